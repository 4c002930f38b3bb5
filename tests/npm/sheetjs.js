// Open a workbook in SheetJS (the free edition, which keeps no protection) and save it: node sheetjs.js FROM TO
const XLSX = require("xlsx");
const [fra, til] = process.argv.slice(2);
XLSX.writeFile(XLSX.readFile(fra, { cellFormula: true, cellNF: true, cellStyles: true }), til);
