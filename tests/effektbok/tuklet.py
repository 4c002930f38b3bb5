"""Constructed tampering: a generated workbook changed outside its inputs, each in one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import DATO
from tests.workbook.fiendtlige import deler, pakk
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne


@dataclass(frozen=True)
class Tukling:
    """navn: defined name of the cell, or sheet. endring: of the XML of the cell, or of the sheet. ventet: said of it."""

    navn: str
    endring: Callable[[str], str]
    ventet: str
    hele_arket: bool = False


def _uten_formel(celle: str) -> str:
    return re.sub(r"<f>.*?</f>|<f/>", "", celle)


def _med_verdi(verdi: str) -> Callable[[str], str]:
    return lambda celle: re.sub(r"<v>.*?</v>", f"<v>{verdi}</v>", celle)


TUKLET = {
    "beskyttelse": Tukling(
        "Unge voksne", lambda ark: re.sub(r"<sheetProtection[^>]*/>", "", ark), "arket Unge voksne uten beskyttelse", True
    ),
    "lagret sum": Tukling("UV_sum_besparelse", _med_verdi("74700000"), "besparelse lagret som 74\u00a0700\u00a0000, mens inndata gir 25\u00a0"),
    "tall for formel": Tukling("UV_sum_netto_budsjett", _uten_formel, "tall i stedet for formel i netto offentlige budsjetter"),
    # Computed again in LibreOffice, the stored number is that of the formula, and every sum is as it was.
    "byttet formel": Tukling(
        "UV_tilbakebetalingsaar_stat", lambda celle: re.sub(r"<f>.*?</f>", "<f>2+3</f>", celle), "en annen formel enn programmets i Unge voksne!"
    ),
    "kontrollen feiler": Tukling("kontroll", _med_verdi("FEIL"), "som svar på sin egen kontroll, ventet «OK»"),
    "kontrollen tastet": Tukling("kontroll", _uten_formel, "ikke lenger formelen for kontroll"),
    "ingen lagrede tall": Tukling(
        "", lambda ark: re.sub(r"(</f>)<v>.*?</v>", r"\1", ark), "har ingen lagrede tall å kontrollere", True
    ),
}  # fmt: skip


@cache
def _bok() -> bytes:
    return arbeidsbok(beregn(load_forutsetninger()), DATO)


def uroert(fil: Path) -> Path:
    """The default workbook as the program writes it."""
    fil.write_bytes(_bok())
    return fil


def endre(fil: Path, hva: str) -> Path:
    """Change a file in one of the ways of TUKLET."""
    t, innhold, alle = TUKLET[hva], aapne(fil, EFFEKTMODELL), deler(fil.read_bytes())
    arkene = list(innhold.verdier)
    if t.hele_arket:
        valgte = [t.navn] if t.navn else arkene
        for ark in valgte:
            alle[_del(arkene, ark)] = t.endring(alle[_del(arkene, ark)].decode()).encode()
    else:
        sted = innhold.omraade(t.navn)
        assert sted is not None
        del_ = _del(arkene, sted.ark)
        moenster = rf'<c r="{sted.adresse}"[^>]*>.*?</c>'
        ny, antall = re.subn(moenster, lambda funn: t.endring(funn[0]), alle[del_].decode(), count=1)
        assert antall == 1
        alle[del_] = ny.encode()
    assert alle != deler(fil.read_bytes()), hva
    fil.write_bytes(pakk(alle))
    return fil


def _del(arkene: list[str], ark: str) -> str:
    return f"xl/worksheets/sheet{arkene.index(ark) + 1}.xml"
