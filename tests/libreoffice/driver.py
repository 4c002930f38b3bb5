"""Runs under the system's Python, which has UNO: types values into a workbook in LibreOffice and reads it back.

One request a line on standard input, {"fil": path, "skriv": [[sheet, address, value], ...]}; one answer a line on
standard output, {"celler": {sheet: {address: value}}} with every non-empty cell, or {"feil": text}. With "til": path in
the request, the workbook is also stored there as .xlsx.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

FEIL_NA = 32767
FORMEL_FEIL = 4  # com.sun.star.sheet.FormulaResult.ERROR


def start(profil):
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
    for _ in range(240):
        try:
            kontekst = finner.resolve(f"uno:{adresse}")
            return prosess, kontekst.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", kontekst)
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


def skriv(ark, adresse, verdi):
    celle = ark.getCellRangeByName(adresse)
    if ark.isProtected() and celle.CellProtection.IsLocked:
        raise RuntimeError(f"{ark.Name}!{adresse} is locked")
    if verdi is None:
        celle.clearContents(1 | 2 | 4 | 16)
    elif isinstance(verdi, str):
        celle.String = verdi
    else:
        celle.Value = verdi


def les(ark):
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
        for r in range(del_.StartRow, del_.EndRow + 1):
            for k in range(del_.StartColumn, del_.EndColumn + 1):
                kode = ark.getCellByPosition(k, r).getError()
                ut[f"{kolonnenavn(k)}{r + 1}"] = "#N/A" if kode == FEIL_NA else f"#FEIL {kode}"
    return ut


def regn_ut(skrivebord, oppdrag):
    skjult = PropertyValue("Hidden", 0, True, 0)
    bok = skrivebord.loadComponentFromURL(uno.systemPathToFileUrl(oppdrag["fil"]), "_blank", 0, (skjult,))
    try:
        for ark, adresse, verdi in oppdrag.get("skriv", ()):
            skriv(bok.Sheets.getByName(ark), adresse, verdi)
        if oppdrag.get("regn", True):
            bok.calculateAll()
        if "til" in oppdrag:
            som_xlsx = PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
            bok.storeToURL(uno.systemPathToFileUrl(oppdrag["til"]), (som_xlsx,))
        return {ark.Name: les(ark) for ark in (bok.Sheets.getByIndex(i) for i in range(bok.Sheets.Count))}
    finally:
        bok.close(True)


def main():
    with tempfile.TemporaryDirectory(prefix="velferdslab-lo-") as profil:
        prosess, skrivebord = start(profil)
        try:
            print(json.dumps({"klar": True}), flush=True)
            for linje in sys.stdin:
                try:
                    svar = {"celler": regn_ut(skrivebord, json.loads(linje))}
                except Exception as feil:
                    svar = {"feil": f"{type(feil).__name__}: {feil}"}
                print(json.dumps(svar), flush=True)
        finally:
            with contextlib.suppress(Exception):
                skrivebord.terminate()
            try:
                prosess.wait(20)
            except subprocess.TimeoutExpired:
                prosess.kill()
                prosess.wait()


if __name__ == "__main__":
    main()
