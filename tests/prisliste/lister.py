"""Price lists made in code: as written by the program, edited by hand, or wrong."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from tests.conftest import DATO
from velferdslab_model.prisliste.writing import CSV_KOLONNER, prisliste_csv, prisliste_xlsx
from velferdslab_model.scenarios.loading import les_oppgitt

HODE = list(CSV_KOLONNER)
#: A right row, to be made wrong in one place.
RIKTIG = {
    "gruppe": "Unge voksne",
    "tiltak": "Booppfølging",
    "kategori": "drift",
    "enhetskostnad": "520",
    "enhet": "kr per time",
    "betaler": "kommune",
    "prisår": "2024",
    "kilde": "Prisliste 2024",
    "sist endret": "31.01.2025",
}


def csv_fil(rader: list[dict[str, str]], hode: list[str] | None = None, skille: str = ";") -> bytes:
    """A list as somebody's Excel saves it, in UTF-8."""
    ut = StringIO()
    skriver = csv.writer(ut, delimiter=skille, lineterminator="\r\n")
    skriver.writerow(hode or HODE)
    for rad in rader:
        skriver.writerow([rad.get(kolonne, "") for kolonne in hode or HODE])
    return ut.getvalue().encode()


def en_rad(**endring: str) -> bytes:
    """A list of one row that is right but for the change; «sist_endret» stands for the column with a space."""
    return csv_fil([RIKTIG | {navn.replace("_", " "): verdi for navn, verdi in endring.items()}])


def xlsx_fil(celler: dict[str, Any], scenario: Path | None = None, formater: dict[str, str] | None = None) -> bytes:
    """The list the program writes, with cells changed and saved by another program (openpyxl)."""
    from openpyxl import load_workbook

    bok = load_workbook(BytesIO(prisliste_xlsx(les_oppgitt(scenario), "priser.xlsx", DATO)))
    for adresse, verdi in celler.items():
        bok["Priser"][adresse] = verdi
    for adresse, form in (formater or {}).items():
        bok["Priser"][adresse].number_format = form
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def standard_csv() -> list[list[str]]:
    """The rows of the default list, headings first."""
    return list(csv.reader(StringIO(prisliste_csv(les_oppgitt()).decode("utf-8-sig")), delimiter=";"))


EN_DAG = date(2025, 1, 31)
FIENDTLIGE_NAVN = (
    "=HYPERLINK(0)", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "'=1+1", "''@x", "'s-Gravenhage", "＝1+1", '"a";b', "a,b",
    "<b>&amp;", "#REF!", "https://x.no", "\u00e5 og a\u030a: ＠", "1-2", "TRUE", "😀",
)  # fmt: skip


def fiendtlig_scenario(mappe: Path) -> Path:
    """A scenario whose tiltak and sources look like formulas and other things a spreadsheet acts upon."""
    linjer = ['navn = "=1+1"', "[unge_voksne]", "behold_standardtiltak = false"]
    for navn in FIENDTLIGE_NAVN:
        i_toml = navn.replace("\\", "\\\\").replace('"', '\\"')
        linjer += ["[[unge_voksne.tiltak]]", f'navn = "{i_toml}"', f'beskrivelse = ""\nkilde = "antakelse: {i_toml}"']
        linjer += ['type_kostnad = ""\nkategori = "drift"\nkostnadsdriver = ""\nenhetskostnad = 1.5\nbetaler = "stat"']
        linjer += ["volum = { uholdbar = 1, utsatt = 1, stabil = 1 }", "ganger_per_aar = 1"]
    fil = mappe / "fiendtlig.toml"
    fil.write_text("\n".join(linjer), encoding="utf-8")
    return fil


def skriv_liste(fil: Path, scenario: Path | None = None) -> Path:
    oppgitt = les_oppgitt(scenario)
    fil.write_bytes(prisliste_csv(oppgitt) if fil.suffix == ".csv" else prisliste_xlsx(oppgitt, fil.name, DATO))
    return fil
