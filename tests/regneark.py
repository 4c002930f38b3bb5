"""Recalculate a workbook in three spreadsheet programs: LibreOffice, Gnumeric and formualizer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from tests import protokoll
from velferdslab_model.workbook.comparing import Celleavvik, formelceller, relativt_avvik, sammenlign_celler
from velferdslab_model.workbook.plan import Bok, Verdi

SYSTEMPYTHON = "/usr/bin/python3"
Innskriving = list[tuple[str, str, Verdi]]
Celleverdier = dict[tuple[str, str], object]


def hvorfor_ikke_libreoffice() -> str | None:
    """Why the LibreOffice tests cannot run here, or None."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) er ikke installert"
    if (
        not Path(SYSTEMPYTHON).exists()
        or subprocess.run([SYSTEMPYTHON, "-c", "import uno"], check=False, capture_output=True).returncode
    ):
        return "python3-uno mangler i systemets Python"
    return None


def hvorfor_ikke_gnumeric() -> str | None:
    """Why the Gnumeric tests cannot run here, or None."""
    return None if shutil.which("ssconvert") else "Gnumeric (ssconvert) er ikke installert"


def innskrivinger(fra: Bok, til: Bok) -> Innskriving:
    """What a user types to get from one workbook's inputs to another's: unlocked cells that differ.

    A derived input is typed over when the other workbook holds a number there, and so is one that follows a choice on the tab
    «Priskatalog», which knows the prices it was made with.
    """
    ut: Innskriving = []
    for ark_fra, ark_til in zip(fra.ark, til.ark, strict=True):
        gammel = {c.adresse: (c.formel, c.verdi) for c in ark_fra.celler() if c.er_inndata}
        for c in ark_til.celler():
            fulgt = "Priskatalog" in (c.formel or "") and c.verdi != gammel.get(c.adresse, ("", c.verdi))[1]
            skrevet = c.formel is None and (None, c.verdi) != gammel.get(c.adresse)
            if c.er_inndata and c.adresse in gammel and (fulgt or skrevet):
                ut.append((ark_til.navn, c.adresse, c.verdi))
    return ut


def avvik(program: str, ny: Bok, funnet: Celleverdier) -> list[Celleavvik]:
    """Compare every formula cell with the engine, and note how many and how far apart for the dossier."""
    celler = list(formelceller(ny))
    protokoll.tell(f"{program}: omregninger")
    protokoll.tell(f"{program}: formelceller", len(celler))
    avstander = (relativt_avvik(c.verdi, funnet.get((ark, c.adresse)), c.skala) for ark, c in celler)
    if maalt := [avstand for avstand in avstander if avstand is not None]:
        protokoll.stoerst(f"{program}: største relative avvik", max(maalt))
    return sammenlign_celler(celler, funnet)


class LibreOffice:
    """One running LibreOffice, driven over UNO. spraak: the locale of its user's settings, such as nb-NO."""

    def __init__(self, spraak: str | None = None) -> None:
        driver = Path(__file__).parent / "libreoffice" / "driver.py"
        miljoe = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        self._prosess = subprocess.Popen(
            [SYSTEMPYTHON, str(driver), *([spraak] if spraak else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=miljoe,
        )
        self._les()
        versjon = subprocess.run(["soffice", "--version"], capture_output=True, check=False, text=True).stdout.split()
        protokoll.VERSJONER["LibreOffice"] = versjon[1] if len(versjon) > 1 else "ukjent"

    def regn_ut(self, fil: Path, skriv: Innskriving = (), regn: bool = True) -> Celleverdier:  # type: ignore[assignment]  # nothing to type
        """Open a file, type into cells, recalculate everything, and return every cell that holds something."""
        svar = self._be_om({"fil": str(fil), "skriv": list(skriv), "regn": regn})
        return {(ark, adresse): verdi for ark, celler in svar["celler"].items() for adresse, verdi in celler.items()}

    def lagre(
        self,
        fil: Path,
        til: Path,
        skriv: Innskriving = (),  # type: ignore[assignment]  # as above
        rekkefoelge: Sequence[str] = (),
        rader: Sequence[tuple[str, int, int]] = (),
        gjenbruk: bool = False,
    ) -> None:
        """Open a file, type into cells as a user would, put the sheets in another order, and save it as .xlsx, .xls or .ods.

        rader: sheet, row and count of rows that are put in before a row first, or taken out when the count is negative.
        gjenbruk: when values alone are typed, the file may be one kept open, with what was typed before put back. That shows in
        the formats alone, of cells with formulas.
        """
        assert not (gjenbruk and (rekkefoelge or rader))
        self._be_om({
            "fil": str(fil), "skriv": list(skriv), "lagre": str(til), "rekkefoelge": list(rekkefoelge), "rader": list(rader),
            "gjenbruk": gjenbruk,
        })  # fmt: skip

    def vist(self, fil: Path, skriv: Innskriving = (), lagre: Path | None = None) -> dict[tuple[str, str], str]:  # type: ignore[assignment]  # as above
        """Open a file and type into cells: of every cell that holds a number, the text a reader sees; then save it."""
        svar = self._be_om(
            {"fil": str(fil), "skriv": list(skriv), "vist": True, **({"lagre": str(lagre)} if lagre else {})}
        )
        return {(ark, adresse): tekst for ark, celler in svar["vist"].items() for adresse, tekst in celler.items()}

    def _be_om(self, oppdrag: dict[str, Any]) -> dict[str, Any]:
        assert self._prosess.stdin is not None
        self._prosess.stdin.write(json.dumps(oppdrag) + "\n")
        self._prosess.stdin.flush()
        svar = self._les()
        if "feil" in svar:
            raise RuntimeError(svar["feil"])
        return svar

    def _les(self) -> dict[str, Any]:
        assert self._prosess.stdout is not None
        linje = self._prosess.stdout.readline()
        if not linje:
            raise RuntimeError("LibreOffice svarte ikke")
        return json.loads(linje)  # type: ignore[no-any-return]  # the driver writes objects only

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._prosess.stdin is not None
        assert self._prosess.stdout is not None
        self._prosess.stdin.close()
        self._prosess.wait(300)
        self._prosess.stdout.close()


def regn_ut_formualizer(fil: Path, skriv: Innskriving, celler: list[tuple[str, str]]) -> Celleverdier:
    """The same in formualizer, for the cells asked for."""
    import formualizer

    protokoll.VERSJONER["formualizer"] = version("formualizer")
    bok = formualizer.load_workbook(str(fil))
    bok.set_changelog_enabled(False)  # nothing is undone
    for ark, adresse, verdi in skriv:
        bok.set_value(ark, *_sted(adresse), verdi)
    bok.evaluate_all()
    return {(ark, adresse): _verdi(bok.get_value(ark, *_sted(adresse))) for ark, adresse in celler}


@cache
def _sted(adresse: str) -> tuple[int, int]:
    """Row and column, from 1."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    bokstaver, rad = coordinate_from_string(adresse)
    return rad, column_index_from_string(bokstaver)


def _verdi(verdi: Any) -> object:
    if isinstance(verdi, dict) and verdi.get("type") == "Error":
        return {"Na": "#N/A"}.get(str(verdi.get("kind")), f"#FEIL {verdi}")
    return dagnummer(verdi)


def dagnummer(verdi: Any) -> object:
    """A date as the number a spreadsheet keeps it as."""
    if not isinstance(verdi, date):
        return verdi
    from openpyxl.utils.datetime import to_excel

    return to_excel(verdi)


@cache
def _gnumerics_versjon() -> str:
    versjon = subprocess.run(["ssconvert", "--version"], capture_output=True, check=True, text=True)
    return (versjon.stdout + versjon.stderr).split("'")[1]


def regn_ut_gnumeric(fil: Path, skriv: Innskriving = (), regn: bool = True) -> Celleverdier:  # type: ignore[assignment]  # nothing to type
    """The same in Gnumeric: every cell that holds something after a recalculation, as it writes it."""
    from openpyxl import load_workbook

    protokoll.VERSJONER["Gnumeric"] = _gnumerics_versjon()
    with tempfile.TemporaryDirectory() as mappe, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of the bars in cells, which it passes over
        inn, ut = fil, Path(mappe) / "ut.xlsx"
        if skriv:
            bok = load_workbook(fil)
            for ark, adresse, verdi in skriv:
                bok[ark][adresse] = verdi
            inn = Path(mappe) / "inn.xlsx"
            bok.save(inn)
        valg = ["--recalc"] if regn else []
        subprocess.run(["ssconvert", *valg, str(inn), str(ut)], check=True, capture_output=True, timeout=300)
        return lagrede_verdier(ut)


def lagrede_verdier(fil: Path) -> Celleverdier:
    """Every stored value of a workbook, as openpyxl reads it in one pass."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of what it passes over, and that Gnumeric names no default style.
        warnings.simplefilter("ignore")
        bok = load_workbook(fil, data_only=True, read_only=True)
        celler = [(ark.title, c) for ark in bok for rad in ark.iter_rows() for c in rad if c.value not in (None, "")]
        bok.close()
    return {(tittel, c.coordinate): dagnummer(c.value) for tittel, c in celler}
