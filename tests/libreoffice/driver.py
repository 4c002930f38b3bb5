"""Runs under the system's Python, which has UNO: types values into a workbook in LibreOffice and reads it back.

One request a line on standard input, {"fil": path, "skriv": [[sheet, address, value], ...]}; one answer a line on
standard output, {"celler": {sheet: {address: value}}} with every non-empty cell, or {"feil": text}. With "lagre", the
file is saved there instead, as .xlsx, .xls or .ods by its ending, with "gjenbruk" from a workbook that may have been typed in
before; with "rader", [[sheet, row, count], ...], rows are first put in (or, below 0,
taken out) of sheets whose protection is lifted; with "rekkefoelge", the sheets are first put in that order. With "vist", the
answer has "vist" instead: of every cell that holds a number, the text a reader sees. A value {"formel": text} is a formula, in
English; {"tastet": text} is typed on the keyboard, and becomes what the user's locale makes of it. The first argument, such as nb-NO, is
the locale of the user's settings; without it, LibreOffice's own.
"""

import contextlib
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FORMEL_FEIL = 4  # com.sun.star.sheet.FormulaResult.ERROR

#: What LibreOffice calls the formats a file is saved in, by its ending.
FILTRE = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}

TALL = 1 | 2 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, FORMULA
_INNSTILLINGER = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{0}</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse"><value>{0}</value></prop></item>
</oor:items>
"""


def velg_spraak(profil, spraak):
    """The settings a user makes under Tools, Options, Languages and Locales."""
    fil = Path(profil) / "user" / "registrymodifications.xcu"
    fil.parent.mkdir(parents=True)
    fil.write_text(_INNSTILLINGER.format(spraak), encoding="utf-8")


def start(profil):
    """LibreOffice's process, its desktop, and what calls its functions outside any workbook."""
    adresse = f"pipe,name=velferdslab{os.getpid()};urp;StarOffice.ComponentContext"
    prosess = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation=file://{profil}",
            f"--accept={adresse.partition(';')[0]};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lokal = uno.getComponentContext()
    finner = lokal.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", lokal)
    for _ in range(1200):  # five minutes: no machine is so slow
        try:
            kontekst = finner.resolve(f"uno:{adresse}")
            tjenester = ("com.sun.star.frame.Desktop", "com.sun.star.sheet.FunctionAccess")
            return prosess, *(kontekst.ServiceManager.createInstanceWithContext(en, kontekst) for en in tjenester)
        except Exception:
            time.sleep(0.25)
    raise RuntimeError("LibreOffice did not start")


def kolonnenavn(kol):
    navn = ""
    kol += 1
    while kol:
        kol, rest = divmod(kol - 1, 26)
        navn = chr(65 + rest) + navn
    return navn


def kolonnenummer(bokstaver):
    nummer = 0
    for bokstav in bokstaver:
        nummer = nummer * 26 + ord(bokstav) - 64
    return nummer - 1


def skriv(bok, innskrivinger, opprinnelig=None):
    """Type cell by cell, but send cells beside and below each other together: a call to LibreOffice takes a millisecond.

    opprinnelig: what stood in cells before they were first typed in, by sheet and address, which is added to.
    """
    opprinnelig = {} if opprinnelig is None else opprinnelig
    arkene = {}
    enkle = [en for en in innskrivinger if not isinstance(en[2], dict)]
    for navn, adresse, verdi in (en for en in innskrivinger if isinstance(en[2], dict)):
        celle = bok.Sheets.getByName(navn).getCellRangeByName(adresse)
        if "formel" in verdi:
            celle.setFormula(verdi["formel"])
        else:
            celle.FormulaLocal = verdi["tastet"]
    for navn, kol, rad, verdier in felt(enkle):
        if navn not in arkene:
            arkene[navn] = bok.Sheets.getByName(navn)
        siste_kol, siste_rad = kol + len(verdier[0]) - 1, rad + len(verdier) - 1
        omraade = arkene[navn].getCellRangeByPosition(kol, rad, siste_kol, siste_rad)
        cellene = [
            [(navn, f"{kolonnenavn(k)}{r + 1}") for k in range(kol, siste_kol + 1)] for r in range(rad, siste_rad + 1)
        ]
        if any(celle not in opprinnelig for linje in cellene for celle in linje):
            # Of a range with both kinds of cells, IsLocked is true.
            if arkene[navn].isProtected() and omraade.CellProtection.IsLocked:
                raise RuntimeError(f"{navn}!{cellene[0][0][1]}:{cellene[-1][-1][1]} is locked")
            for linje in zip(cellene, omraade.getFormulaArray(), omraade.getDataArray(), strict=True):
                for celle, formel, sto in zip(*linje, strict=True):
                    er_formel = str(formel).startswith("=")
                    opprinnelig.setdefault(celle, formel if er_formel else None if sto == "" else sto)
        omraade.setDataArray(tuple(tuple("" if verdi is None else verdi for verdi in linje) for linje in verdier))


def flytt_rader(ark, rad, antall):
    """Lift the protection, as anybody can, and put rows in before a row, or take some out from it on."""
    ark.unprotect("")
    if antall > 0:
        ark.Rows.insertByIndex(rad - 1, antall)
    else:
        ark.Rows.removeByIndex(rad - 1, -antall)


def felt(innskrivinger):
    """Cells side by side, or below each other, as rectangles: sheet, first column, first row, [(value, ...), ...]."""
    arkene = {}
    for navn, adresse, verdi in innskrivinger:
        bokstaver = adresse.rstrip("0123456789")
        arkene.setdefault(navn, {}).setdefault(int(adresse[len(bokstaver) :]) - 1, {})[kolonnenummer(bokstaver)] = verdi
    for navn, rader in arkene.items():
        aapne = {}  # first column and number of columns -> first row and the rows so far
        for rad in sorted(rader):
            loep = {}
            for kol, verdi in sorted(rader[rad].items()):
                forrige = next(reversed(loep), None)
                if forrige is not None and forrige + len(loep[forrige]) == kol:
                    loep[forrige].append(verdi)
                else:
                    loep[kol] = [verdi]
            denne = {(kol, len(verdier)): (rad, [tuple(verdier)]) for kol, verdier in loep.items()}
            for form, (foerste, linjer) in aapne.items():
                if form in denne and foerste + len(linjer) == rad:
                    denne[form] = (foerste, linjer + denne[form][1])
                else:
                    yield navn, form[0], foerste, linjer
            aapne = denne
        for (kol, _), (foerste, linjer) in aapne.items():
            yield navn, kol, foerste, linjer


def les(ark, funksjoner):
    """Every cell of a sheet that holds something. Of a whole range it is asked at once which errors are #N/A."""
    peker = ark.createCursor()
    peker.gotoEndOfUsedArea(False)
    siste = peker.RangeAddress
    omraade = ark.getCellRangeByPosition(0, 0, siste.EndColumn, siste.EndRow)
    ut = {}
    for r, rad in enumerate(omraade.getDataArray()):
        for k, verdi in enumerate(rad):
            if verdi not in ("", None):
                ut[f"{kolonnenavn(k)}{r + 1}"] = verdi
    for del_ in omraade.queryFormulaCells(FORMEL_FEIL).RangeAddresses:
        kol, rad = del_.StartColumn, del_.StartRow
        er_na = funksjoner.callFunction("ISNA", (ark.getCellRangeByPosition(kol, rad, del_.EndColumn, del_.EndRow),))
        for r, linje in enumerate(er_na if isinstance(er_na, tuple) else ((er_na,),), rad):
            for k, na in enumerate(linje, kol):
                ut[f"{kolonnenavn(k)}{r + 1}"] = "#N/A" if na else f"#FEIL {ark.getCellByPosition(k, r).getError()}"
    return ut


def vist(bok, nummer):
    """Of every cell of a sheet that holds a number: the text a reader sees. nummer: of the sheet, from 0.

    As LibreOffice exports what is shown, all at once; asking for the text of one cell takes a millisecond.
    """
    # Comma, quotation mark, UTF-8, from the first line; numbers as they are shown; of this sheet.
    valg = PropertyValue("FilterOptions", 0, f"44,34,76,1,,0,false,false,true,false,false,{nummer + 1}", 0)
    filter_ = PropertyValue("FilterName", 0, "Text - txt - csv (StarCalc)", 0)
    with tempfile.TemporaryDirectory() as mappe:
        bok.storeToURL(uno.systemPathToFileUrl(f"{mappe}/ark.csv"), (filter_, valg))
        (fil,) = Path(mappe).iterdir()  # called after the sheet, too
        with fil.open(encoding="utf-8", newline="") as tekst:
            rader = list(csv.reader(tekst))
    ut = {}
    ark = bok.Sheets.getByIndex(nummer)
    for del_ in ark.queryContentCells(TALL).RangeAddresses:
        verdier = ark.getCellRangeByPosition(
            del_.StartColumn, del_.StartRow, del_.EndColumn, del_.EndRow
        ).getDataArray()
        for r, rad in enumerate(verdier, del_.StartRow):
            for k, verdi in enumerate(rad, del_.StartColumn):
                if isinstance(verdi, float):
                    ut[f"{kolonnenavn(k)}{r + 1}"] = rader[r][k]
    return ut


class Aapen:
    """A workbook kept open for the next request on the same file: opening takes half the time of a recalculation."""

    def __init__(self, skrivebord, fil):
        skjult = PropertyValue("Hidden", 0, True, 0)
        self.bok = skrivebord.loadComponentFromURL(uno.systemPathToFileUrl(fil), "_blank", 0, (skjult,))
        if self.bok is None:
            raise RuntimeError(f"LibreOffice could not open {fil}")
        self.utgave = utgave(fil)
        self.opprinnelig = {}
        self.skrevet = set()

    def skriv(self, innskrivinger):
        """Type, after putting back what the request before typed in other cells."""
        nye = {(ark, adresse) for ark, adresse, _ in innskrivinger}
        borte = [(ark, adresse, self.opprinnelig[ark, adresse]) for ark, adresse in self.skrevet - nye]
        tilbake = [[ark, adresse, {"formel": sto} if str(sto).startswith("=") else sto] for ark, adresse, sto in borte]
        self.bok.enableAutomaticCalculation(False)  # everything is recalculated once, afterwards
        skriv(self.bok, [*tilbake, *innskrivinger], self.opprinnelig)
        self.bok.enableAutomaticCalculation(True)  # as a file that is saved has it
        self.skrevet = nye


def utgave(fil):
    """Changes when the file is written again."""
    status = os.stat(fil)
    return fil, status.st_mtime_ns, status.st_size, status.st_ino


def regn_ut(skrivebord, funksjoner, oppdrag, aapne):
    """Do one request. aapne: a list of the workbook kept open, or of none."""
    regn, skrives = oppdrag.get("regn", True), oppdrag.get("skriv", ())
    # A formula and what the keyboard makes of a text give the cell a format, which is not put back.
    bare_verdier = not any(isinstance(verdi, dict) for *_, verdi in skrives)
    kan_gjenbrukes = regn and bare_verdier and (oppdrag.get("gjenbruk") or not {"lagre", "vist"} & oppdrag.keys())
    if aapne and not (kan_gjenbrukes and aapne[0].utgave == utgave(oppdrag["fil"])):
        aapne.pop().bok.close(True)
    aapen = aapne.pop() if aapne else Aapen(skrivebord, oppdrag["fil"])
    bok = aapen.bok
    try:
        for navn, rad, antall in oppdrag.get("rader", ()):
            flytt_rader(bok.Sheets.getByName(navn), rad, antall)
        aapen.skriv(skrives)
        if regn:
            bok.calculateAll()
        for plass, navn in enumerate(oppdrag.get("rekkefoelge", ())):
            bok.Sheets.moveByName(navn, plass)
        if "lagre" in oppdrag:
            filter_ = PropertyValue("FilterName", 0, FILTRE[Path(oppdrag["lagre"]).suffix], 0)
            bok.storeToURL(uno.systemPathToFileUrl(oppdrag["lagre"]), (filter_,))
        arkene = [bok.Sheets.getByIndex(i) for i in range(bok.Sheets.Count)]
        if oppdrag.get("vist"):
            svar = {"vist": {ark.Name: vist(bok, nummer) for nummer, ark in enumerate(arkene)}}
        elif "lagre" in oppdrag:
            svar = {}
        else:
            svar = {"celler": {ark.Name: les(ark, funksjoner) for ark in arkene}}
        if kan_gjenbrukes:
            aapne.append(aapen)
        return svar
    finally:
        if not aapne:  # what went wrong half-way is not used again
            bok.close(True)


def main():
    with tempfile.TemporaryDirectory(prefix="velferdslab-lo-") as profil:
        if len(sys.argv) > 1:
            velg_spraak(profil, sys.argv[1])
        prosess, skrivebord, funksjoner = start(profil)
        aapne = []
        try:
            print(json.dumps({"klar": True}), flush=True)
            for linje in sys.stdin:
                try:
                    svar = regn_ut(skrivebord, funksjoner, json.loads(linje), aapne)
                except Exception as feil:
                    svar = {"feil": f"{type(feil).__name__}: {feil}"}
                print(json.dumps(svar), flush=True)
        finally:
            with contextlib.suppress(Exception):
                for aapen in aapne:  # with a changed workbook open, LibreOffice will not end
                    aapen.bok.close(True)
                skrivebord.terminate()
            try:
                prosess.wait(20)
            except subprocess.TimeoutExpired:
                prosess.kill()
                prosess.wait()


if __name__ == "__main__":
    main()
