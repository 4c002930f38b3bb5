"""A published price chosen on the tab «Priskatalog»: where the choice and what follows from it stand, and how it is read back.

The tab has a line for each published figure beside a tiltak; the yellow cell on the first of them takes the id of one. What then
holds for the tiltak stands at the end of that line, and the cells of the tiltak on Kostnader point there until somebody types in
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from velferdslab_model.base.celleverdi import Feilverdi, celletekst, vis_celle
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.effektbok.avledede import formelledd
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.parameters.katalogvalg import GANGER
from velferdslab_model.parameters.typer import MAKS_TILTAK
from velferdslab_model.workbook.adresse import i_anfoersel, kolonnenavn
from velferdslab_model.workbook.opening import Innhold, Navneomraade

#: The defined name of every line of the tab.
KATALOGLINJER = "katalog_linjer"
#: What follows a choice: columns of the table of tiltak, as their defined names end.
FULGT = ("enhetskostnad", "betaler", "kilde", "volumkilde")
#: Columns of the tab: the name of the tiltak, the choice, the id of the line, and where the four of FULGT stand: as they become if
#: the line is chosen, as they are without a choice, and as they count; what tells which tiltak a line is for; and two that the words
#: about a choice are made of.
TILTAK, VALG, ID, OM_VALGT, UTEN, GJELDER, STED, OVERFOERT, SVAR = 1, 4, 12, 13, 17, 21, 25, 26, 27
KATALOGBREDDE = SVAR + 1
_STED = re.compile(r"(\w+) (\d{1,2})")


@dataclass(frozen=True)
class Prisvalg:
    """Where the tiltak stand on the tab. ark: its name. foerste, antall: the lines, by row from 0.

    rader: by group, the first line of each tiltak by its place in the table; None for one without a figure to choose.
    """

    ark: str
    foerste: int
    antall: int
    rader: Mapping[str, Sequence[int | None]]

    def mal(self, gruppe: str, plass: int, felt: str) -> str:
        """The formula of a cell that follows the tab; empty for one that does not."""
        rader = self.rader[gruppe]
        rad = rader[plass] if plass < len(rader) else None
        if rad is None:
            return ""
        return f"={i_anfoersel(self.ark)}!${kolonnenavn(GJELDER + FULGT.index(felt))}${rad + 1}"


def stedstekst(prefiks: str, plass: int) -> str:
    """How a line says which tiltak it is for. plass: from 0."""
    return f"{prefiks} {plass + 1}"


@dataclass(frozen=True)
class LestPrisvalg:
    """What follows from the tab in a file.

    celler: by prefix of the group and place of the tiltak, the columns of FULGT that follow, with their value. formler: of a price that
    follows without a choice, the formula it stands for and the sheet that is on. feil: every choice that cannot be followed.
    """

    celler: Mapping[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    formler: Mapping[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    feil: Sequence[str] = ()


def les_prisvalg(innhold: Innhold) -> LestPrisvalg:
    """Read the choices; nothing from a file without the tab."""
    fane = innhold.omraade(KATALOGLINJER)
    if fane is None:
        return LestPrisvalg()
    celler: dict[tuple[str, int], Mapping[str, Any]] = {}
    formler: dict[tuple[str, int], tuple[str, str]] = {}
    feil: list[str] = []
    for tekst, rader in groupby(range(fane.rad, fane.siste_rad + 1), lambda rad: _verdi(innhold, fane, STED, rad)):
        sted = _STED.fullmatch(str(tekst or ""))
        if sted is None or sted[1] not in {prefiks for prefiks, *_ in GRUPPER.values()} or int(sted[2]) > MAKS_TILTAK:
            continue
        ett = _Tiltaksvalg(innhold, fane, sted[1], int(sted[2]) - 1, tuple(rader))
        valgt, mangel = ett.valgt()
        feil += [mangel] if mangel else []
        fra = UTEN if valgt is None else OM_VALGT
        celler[sted[1], ett.plass] = {
            felt: ett.verdi(fra + FULGT.index(felt), ett.rader[0] if valgt is None else valgt) for felt in ett.foelger
        }
        formel = innhold.formler.formler.get(fane.ark, {}).get(_adresse(fane, UTEN, ett.rader[0]))
        if valgt is None and formel and "enhetskostnad" in ett.foelger:
            formler[sted[1], ett.plass] = formel, fane.ark
    return LestPrisvalg(celler, formler, feil)


@dataclass(frozen=True)
class _Tiltaksvalg:
    """The lines of one tiltak. rader: as Excel numbers them."""

    innhold: Innhold
    fane: Navneomraade
    prefiks: str
    plass: int
    rader: tuple[int, ...]

    def verdi(self, kol: int, rad: int) -> Any:
        return _verdi(self.innhold, self.fane, kol, rad)

    @property
    def foelger(self) -> tuple[str, ...]:
        """The columns of FULGT whose cell on Kostnader still points at the tab."""
        return tuple(self._foelger())

    def _foelger(self) -> Iterator[str]:
        for i, felt in enumerate(FULGT):
            celle = self._paa_kostnader(felt)
            formel = self.innhold.formler.formler.get(celle.ark, {}).get(celle.adresse) if celle else None
            maal = f"{self.fane.ark}!{_adresse(self.fane, GJELDER + i, self.rader[0])}"
            if celle and formel and formelledd(formel, celle.ark, self.innhold) == [maal]:
                yield felt

    def _paa_kostnader(self, felt: str) -> Navneomraade | None:
        kolonne = self.innhold.omraade(f"{self.prefiks}_tiltak_{felt}")
        return Navneomraade(kolonne.ark, kolonne.kol, kolonne.rad + self.plass, "", 0) if kolonne else None

    def valgt(self) -> tuple[int | None, str]:
        """The line that is chosen, None for none; and why a choice cannot be followed, empty when it can."""
        valg = celletekst(self.verdi(VALG, self.rader[0]))
        if valg == "":
            return None, ""
        navn = str(self.verdi(TILTAK, self.rader[0]))
        her = f"{self.fane.ark}!{_adresse(self.fane, VALG, self.rader[0])} (valget for «{navn}»)"
        ider = {str(self.verdi(ID, rad)): rad for rad in self.rader if self.verdi(ID, rad)}
        rad = None if isinstance(valg, Feilverdi) else ider.get(str(valg).casefold())
        if rad is None:
            return None, (
                f"{her} er {vis_celle(valg)}, ventet id-en til et tall ved tiltaket: {', '.join(ider)}."
                f"{mente_du(str(valg)[:80], ider)} Andre velges i prislisten eller scenariofilen."
            )
        pris = self.verdi(OM_VALGT, rad)
        if not isinstance(pris, int | float):
            grunn = pris if str(pris).startswith("«") else f"«{valg}»: {pris}"
            raad = " Det gjøres i scenariofilen, eller i kolonnen ganger i katalogfilen." if GANGER in str(pris) else ""
            return None, f"{her} er {grunn}{raad}"
        heter = celletekst(self._verdi_paa_kostnader("navn"))
        if sammenligningsnavn(str(heter)) != sammenligningsnavn(navn):
            raad = f"men raden heter nå «{heter}»" if heter else "men tiltaket er fjernet"
            return None, f"{her} er «{valg}», {raad}. Tøm valget, eller skriv navnet tilbake."
        if skrevet := [
            i for i, felt in enumerate(FULGT) if felt in ("enhetskostnad", "kilde") and felt not in self.foelger
        ]:
            hva = "kilden" if FULGT[skrevet[0]] == "kilde" else "prisen"
            celle, gjelder = (
                self._paa_kostnader(FULGT[skrevet[0]]),
                _adresse(self.fane, GJELDER + skrevet[0], self.rader[0]),
            )
            tilbake = f"={i_anfoersel(self.fane.ark)}!{gjelder}"
            return (
                None,
                f"{her} er «{valg}», men {hva} i {celle} er skrevet over. Tøm valget, eller skriv {tilbake} der.",
            )
        return rad, ""

    def _verdi_paa_kostnader(self, felt: str) -> Any:
        celle = self._paa_kostnader(felt)
        return self.innhold.verdier[celle.ark].get(celle.adresse) if celle else None


def _adresse(fane: Navneomraade, kol: int, rad: int) -> str:
    return f"{kolonnenavn(kol)}{rad}"


def _verdi(innhold: Innhold, fane: Navneomraade, kol: int, rad: int) -> Any:
    return innhold.verdier[fane.ark].get(_adresse(fane, kol, rad))
