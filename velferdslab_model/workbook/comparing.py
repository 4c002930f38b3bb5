"""The one comparison of a workbook's cells with what they should hold, for tests and audits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from velferdslab_model.workbook.formula import formeltre
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok, Celle, Verdi

#: «Equal» (docs/modell.md section 7): within this share of the largest amount in the rows that enter the cell.
RELATIV_TOLERANSE = 1e-9
#: Keys of cells that may differ: Sist brukt moves whenever the file is opened.
UNNTATT = ("sist_brukt",)


@dataclass(frozen=True)
class Celleavvik:
    """One cell that does not hold what it should."""

    ark: str
    adresse: str
    ventet: Verdi
    funnet: object
    formel: str | None

    def __str__(self) -> str:
        return f"{self.ark}!{self.adresse}: ventet {self.ventet!r}, fant {self.funnet!r} ({self.formel})"


def formelceller(bok: Bok) -> Iterator[tuple[str, Celle]]:
    """Every formula cell of a plan with its sheet, the exempt ones left out."""
    unntatt = {(bok.steder[n].ark, bok.steder[n].rad, bok.steder[n].kol) for n in UNNTATT if n in bok.steder}
    for ark in bok.ark:
        for celle in ark.celler():
            if celle.formel is not None and (ark.navn, celle.rad, celle.kol) not in unntatt:
                yield ark.navn, celle


def sammenlign_celler(
    ventet: Iterable[tuple[str, Celle]], funnet: Mapping[tuple[str, str], object]
) -> list[Celleavvik]:
    """Compare cells with the values found under (sheet, address); a missing one counts as empty."""
    return [
        Celleavvik(ark, celle.adresse, celle.verdi, verdi, celle.formel)
        for ark, celle in ventet
        if not er_lik(celle.verdi, verdi := funnet.get((ark, celle.adresse)), celle.skala)
    ]


def er_lik(ventet: Verdi, funnet: object, skala: float = 1.0) -> bool:
    """Whether two cell values are equal: numbers within tolerance, texts alike, an empty text like no value."""
    avvik = relativt_avvik(ventet, funnet, skala)
    if avvik is not None:
        return avvik <= RELATIV_TOLERANSE
    if not (isinstance(ventet, str | None) and isinstance(funnet, str | None)):
        return False
    # Some programs write å as an a and a ring, which nobody can see.
    return (ventet or "") == (funnet or "") or ventet == normalize("NFC", funnet or "")


def relativt_avvik(ventet: Verdi, funnet: object, skala: float = 1.0) -> float | None:
    """How far two numbers are apart, as a share of the largest amount that enters; None when one is no number."""
    if not isinstance(ventet, int | float) or not isinstance(funnet, int | float) or isinstance(funnet, bool):
        return None
    if not math.isfinite(funnet):
        return math.inf
    return abs(ventet - funnet) / max(1.0, skala, abs(ventet))


def arknavn(bok: Bok, innhold: Innhold) -> dict[str, str]:
    """Title in the plan -> title in the file; a renamed tab is found by the names that point into it."""
    ut = {ark.navn: ark.navn for ark in bok.ark if ark.navn in innhold.verdier}
    for sted in bok.steder.values():
        if sted.ark not in ut and sted.navn and (omraade := innhold.omraade(sted.navn)):
            ut[sted.ark] = omraade.ark
    # A tab that no name points into is told by being the only one missing, where one is there that nobody planned.
    med_navn = {sted.ark for sted in bok.steder.values() if sted.navn}
    borte = [ark.navn for ark in bok.ark if ark.navn not in ut]
    nye = [tittel for tittel in innhold.verdier if tittel not in ut.values()]
    if len(borte) == len(nye) == 1 and borte[0] not in med_navn:
        ut[borte[0]] = nye[0]
    return ut


def lik_formel(ventet: str, funnet: str, titler: Mapping[str, str]) -> bool:
    """Whether two formulas say the same in the same cell; programs differ in spaces, quoting and parentheses."""
    if ventet == funnet or _normal(ventet, titler) == _normal(funnet, {}):
        return True
    tre = formeltre(ventet, titler)
    return tre is not None and tre == formeltre(funnet, {})


def _normal(formel: str, titler: Mapping[str, str]) -> str:
    """Sheet names quoted and as they are titled in the file, no spaces or $, upper case; texts as they stand."""
    deler = re.split(r'("(?:[^"]|"")*")', formel.removeprefix("="))
    for i in range(0, len(deler), 2):
        del_ = re.sub(r"(?<![\w'])([^\W\d]\w*)!", r"'\1'!", deler[i])
        stykker = re.split(r"('(?:[^']|'')*'!)", del_)
        for k, stykke in enumerate(stykker):
            if k % 2:
                tittel = stykke[1:-2].replace("''", "'")
                stykker[k] = f"'{titler.get(tittel, tittel)}'!"
            else:
                stykker[k] = re.sub(r"[\s$]+", "", stykke).upper()
        deler[i] = "".join(stykker)
    return "".join(deler)
