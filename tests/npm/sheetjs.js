// Open a workbook in SheetJS (the free edition, which keeps no protection) and save it: node sheetjs.js FROM TO
const XLSX = require("xlsx");
const [fra, til] = process.argv.slice(2);
XLSX.writeFile(XLSX.readFile(fra), til); // as most use it: with no choices, an empty cell is no cell
