// Open a workbook in exceljs and save it, as a colleague's web service does: node exceljs.js FROM TO
const ExcelJS = require("exceljs");
const [fra, til] = process.argv.slice(2);
const bok = new ExcelJS.Workbook();
bok.xlsx
  .readFile(fra)
  .then(() => bok.xlsx.writeFile(til))
  .catch((feil) => {
    console.error(feil);
    process.exit(1);
  });
