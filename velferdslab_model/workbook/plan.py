"""The plan of a workbook: every cell with its formula and the engine's value, before anything is written.

A formula is a template. `{x}` is the cell, or in a row on an axis the same period's cell, that was placed under the
key x; `{<x}` the period before; `{x:}` the whole row or column. Keys are looked up in the sheet's own group first.
So rows may refer to rows placed later, and the key figures on top can read from the calculations below. What stands
in quotes in a template is text, braces and all; any other brace that is no reference is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.workbook.adresse import fast_omraade, i_anfoersel, kolonnenavn
from velferdslab_model.workbook.kind import Bokslag

Verdi = float | int | str | date | None
#: The engine's values of a row, first period first.
Tallrekke = Sequence[Verdi] | NDArray[np.float64]

#: A #N/A as cached value; charts skip it.
IKKE_TILGJENGELIG = "#N/A"

#: A text in quotes, which is left as it stands; a reference; or a brace that is neither.
REFERANSE = re.compile(r'("[^"]*")|\{(<?)([A-Za-z_][A-Za-z0-9_.]*)(:?)\}|([{}])')
#: Words that mean something else in a formula, or belong to the sheet.
_OPPTATTE_NAVN = {"TRUE", "FALSE", "PRINT_AREA", "PRINT_TITLES"}
#: A defined name that Excel takes: no address of a cell, such as AAR1 or R1C1.
_NAVN = re.compile(r"(?!(?i:[a-z]{1,3}[0-9]+|[rc][0-9]*|r[0-9]*c[0-9]*)$)[A-Za-z_][A-Za-z0-9_]{0,254}")
#: A key that a template can refer to.
_NOEKKEL = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_DENNE, _FORRIGE = "\x01", "\x02"


class Planfeil(ValueError):
    """A plan that cannot be written.

    A key placed twice or not at all, two things in one cell, a style that is none, a template that says nothing.
    """


@dataclass(frozen=True)
class Akse:
    """Periods side by side: 15 years, 4 years, 48 months. Rows on the same axis read each other period by period.

    `{<x}` in the first period is the column before the axis: left empty, or an opening balance.
    navn: tells two axes of the same shape apart.
    """

    foerste_kolonne: int
    antall: int
    navn: str = ""

    def __post_init__(self) -> None:
        if self.foerste_kolonne < 1 or self.antall < 1:
            raise Planfeil(f"an axis needs a column before it and a period: {self}")

    @property
    def siste_kolonne(self) -> int:
        """Column of the last period."""
        return self.foerste_kolonne + self.antall - 1

    @property
    def kolonner(self) -> range:
        """The column of each period."""
        return range(self.foerste_kolonne, self.foerste_kolonne + self.antall)

    @cached_property
    def bokstaver(self) -> tuple[str, ...]:
        """Letters of the column before and of each period."""
        return tuple(kolonnenavn(k) for k in (self.foerste_kolonne - 1, *self.kolonner))


@dataclass(frozen=True)
class Sted:
    """Where a key stands: a cell, a row on an axis, a column of cells (hoeyde > 1) or a table."""

    ark: str
    rad: int
    kol: int
    bredde: int
    hoeyde: int
    navn: str | None
    verdier: tuple[Verdi, ...]
    akse: Akse | None = None

    @cached_property
    def skala(self) -> float:
        """The largest amount in it; a column is read by every row of a table, and looked through once."""
        return max((abs(float(v)) for v in self.verdier if isinstance(v, int | float)), default=0.0)

    @cached_property
    def adresse(self) -> str:
        """Absolute address without sheet: $C$5 or $E$61:$S$61."""
        return fast_omraade(self.rad, self.kol, self.rad + self.hoeyde - 1, self.kol + self.bredde - 1)

    @property
    def full_adresse(self) -> str:
        """Address with sheet, as defined names and charts want it."""
        return f"{i_anfoersel(self.ark)}!{self.adresse}"


@dataclass(frozen=True, slots=True)
class Celle:
    """One cell to write: a value, or a formula with the engine's value as cached value. skala: the largest amount in the
    rows that enter the formula, for comparing (docs/modell.md section 7)."""

    rad: int
    kol: int
    verdi: Verdi
    stil: str
    formel: str | None = None
    skala: float = 1.0

    @property
    def er_inndata(self) -> bool:
        """Whether it is unlocked for the user."""
        return self.stil.startswith("inn_")

    @property
    def adresse(self) -> str:
        """A1 address."""
        return f"{kolonnenavn(self.kol)}{self.rad + 1}"


@dataclass(frozen=True, slots=True)
class _Formelrad:
    """A formula template waiting for the addresses of what it refers to: one cell, or one for each period of an axis.

    foerste: template of the first period where it is another.
    """

    rad: int
    kol: int
    mal: str
    verdier: tuple[Verdi, ...]
    stil: str
    skala: float = 1.0
    akse: Akse | None = None
    foerste: str | None = None


@dataclass(repr=False)
class Ark:
    """One sheet being planned. prefiks: «UV» or «FAM» on a group's tabs, empty on the workbook's own."""

    bok: Bok
    navn: str
    prefiks: str = ""
    fanefarge: str | None = None
    faste: list[Celle] = field(default_factory=list)
    formler: list[_Formelrad] = field(default_factory=list)
    sammenslaatt: list[tuple[int, int, int, int]] = field(default_factory=list)
    kolonnebredder: list[tuple[int, int, float]] = field(default_factory=list)
    radhoeyder: dict[int, float] = field(default_factory=dict)
    valideringer: list[tuple[int, int, int, int, dict[str, Any]]] = field(default_factory=list)
    betingede: list[tuple[int, int, int, int, dict[str, Any], str]] = field(default_factory=list)
    #: Bars and scales in cells, by first row and column, last row and column.
    skalaer: list[tuple[int, int, int, int, dict[str, Any]]] = field(default_factory=list)
    lenker: list[tuple[int, int, str, str, str]] = field(default_factory=list)
    #: What is drawn: anything with tegn(bok, arbeidsark).
    figurer: list[Any] = field(default_factory=list)
    sideskift: list[int] = field(default_factory=list)
    #: Rows where a block of years starts, so that pages are not broken inside one.
    blokkstarter: list[int] = field(default_factory=list)
    #: Rows of the headings across the sheet, which stand over what follows.
    overskrifter: list[int] = field(default_factory=list)
    laas_ruter: tuple[int, int] = (0, 0)
    #: Rows repeated on top of every printed page; None where the tab holds two lists.
    gjentatte_rader: tuple[int, int] | None = (0, 1)
    #: Columns repeated on every printed page.
    gjentatte_kolonner: tuple[int, int] | None = None
    #: A list whose header offers filters: its first row and column, its last row and column.
    filter: tuple[int, int, int, int] | None = None
    #: Whether the protected sheet lets its unlocked cells be sorted.
    kan_ordnes: bool = False
    #: Pages beside each other that the print is made to fit; None prints at skalering, per cent.
    sider_bredt: int | None = None
    skalering: int = 60
    #: Last printed column; None prints every one that holds anything.
    siste_kolonne: int | None = None
    #: What stands on top of every printed page, such as that it is not to be shared.
    topptekst: str = ""
    #: Last printed row, where something stands below or beside the page; None prints every row.
    siste_utskriftsrad: int | None = None
    #: Whether the page stands on its short side, how many pages down it is made to fit (0 as many as it takes), and whether it prints.
    staaende: bool = False
    sider_hoeyt: int = 0
    skrives_ut: bool = True
    #: Columns out of sight, read by formulas, lists of choices and charts.
    skjulte_kolonner: list[tuple[int, int]] = field(default_factory=list)
    #: What stands in each cell, for whoever would place something more there.
    _opptatt: dict[tuple[int, int], Verdi] = field(default_factory=dict)
    #: The cells as they were last asked for, after how much was placed; nothing that is placed is taken away.
    _utfylt: tuple[int, tuple[Celle, ...]] = field(default=(-1, ()), init=False, compare=False)

    def tekst(self, rad: int, kol: int, tekst: str, stil: str = "tekst", til_kol: int | None = None) -> None:
        """Place a fixed text, over several columns when til_kol is given."""
        self._fast(rad, kol, tekst, stil, tekst)
        self._slaa_sammen(rad, kol, til_kol, stil, tekst)

    def fast(self, rad: int, kol: int, verdi: Verdi, stil: str) -> None:
        """Place a number that no formula names by itself."""
        self._fast(rad, kol, verdi, stil, verdi)

    def lenke(self, rad: int, kol: int, ark: str, adresse: str, tekst: str, stil: str = "lenke") -> None:
        """Place a text that leads to a cell of this workbook."""
        self._opptar(rad, kol, tekst)
        self.lenker.append((rad, kol, f"internal:{i_anfoersel(ark)}!{adresse}", tekst, stil))

    def verdi(
        self,
        noekkel: str,
        rad: int,
        kol: int,
        verdi: Verdi,
        stil: str,
        navn: str | None = None,
        til_kol: int | None = None,
    ) -> None:
        """Place a number or text that formulas may refer to: an input or a constant."""
        self._fast(rad, kol, verdi, stil, noekkel)
        self._slaa_sammen(rad, kol, til_kol, stil, noekkel)
        self.registrer(noekkel, rad, kol, (verdi,), navn=navn)

    def kolonne(
        self, noekkel: str, rad: int, kol: int, verdier: Sequence[Verdi], stil: str, navn: str | None = None
    ) -> None:
        """Place a column of cells that formulas may refer to; None leaves a cell empty."""
        for i, verdi in enumerate(verdier):
            self._fast(rad + i, kol, verdi, stil, noekkel)
        self.registrer(noekkel, rad, kol, tuple(verdier), hoeyde=len(verdier), navn=navn)

    def formel(
        self,
        rad: int,
        kol: int,
        mal: str,
        verdi: Verdi,
        stil: str,
        noekkel: str | None = None,
        navn: str | None = None,
        til_kol: int | None = None,
        skala: float = 1.0,
    ) -> None:
        """Place one formula with the engine's value. skala: largest amount in what it reads by plain address."""
        self._opptar(rad, kol, noekkel or mal)
        self.formler.append(_Formelrad(rad, kol, mal, (verdi,), stil, skala))
        self._slaa_sammen(rad, kol, til_kol, stil, noekkel or mal)
        if noekkel:
            self.registrer(noekkel, rad, kol, (verdi,), navn=navn)

    def akserad(
        self,
        noekkel: str | None,
        rad: int,
        akse: Akse,
        mal: str,
        verdier: Tallrekke,
        stil: str,
        etter: Verdi = 0.0,
        navn: str | None = None,
        skala: float = 1.0,
        foerste: str | None = None,
    ) -> None:
        """Place one formula across an axis with the engine's array.

        etter: the value of the periods after those of the array. foerste: template of the first period where it is
        another. noekkel: None for a row that no formula asks for.
        """
        gitt = verdier.tolist() if isinstance(verdier, np.ndarray) else verdier
        if len(gitt) > akse.antall:
            raise Planfeil(f"{self.navn}, {noekkel}: {len(gitt)} values on an axis of {akse.antall}")
        alle = (*gitt, *[etter] * (akse.antall - len(gitt)))
        for kol in akse.kolonner:
            self._opptar(rad, kol, noekkel or mal)
        self.formler.append(_Formelrad(rad, akse.foerste_kolonne, mal, alle, stil, skala, akse, foerste))
        if noekkel:
            self.registrer(noekkel, rad, akse.foerste_kolonne, alle, bredde=akse.antall, navn=navn, akse=akse)

    def registrer(
        self,
        noekkel: str,
        rad: int,
        kol: int,
        verdier: tuple[Verdi, ...],
        bredde: int = 1,
        hoeyde: int = 1,
        navn: str | None = None,
        akse: Akse | None = None,
    ) -> None:
        """Make a place known to formulas, and under a defined name where one is given (without prefix)."""
        fullt = f"{self.prefiks}.{noekkel}" if self.prefiks else noekkel
        if not _NOEKKEL.fullmatch(fullt):
            raise Planfeil(
                f"{self.navn}: {fullt} cannot be a key, which is letters a–z, digits, _ and ., no digit first"
            )
        if fullt in self.bok.steder:
            raise Planfeil(f"{self.navn}: {fullt} is placed twice")
        if navn is not None and self.prefiks:
            navn = f"{self.prefiks}_{navn}"
        if navn is not None:
            self.bok.bruk_navn(navn, f"{self.navn}: {fullt}")
        self.bok.steder[fullt] = Sted(self.navn, rad, kol, bredde, hoeyde, navn, verdier, akse)

    def _slaa_sammen(self, rad: int, kol: int, til_kol: int | None, stil: str, hva: str) -> None:
        if til_kol is not None and til_kol > kol:
            self.sammenslaatt.append((rad, kol, rad, til_kol))
            for k in range(kol + 1, til_kol + 1):
                self._fast(rad, k, None, stil, hva)

    def _fast(self, rad: int, kol: int, verdi: Verdi, stil: str, hva: Verdi) -> None:
        self._opptar(rad, kol, hva)
        self.faste.append(Celle(rad, kol, verdi, stil))

    def _opptar(self, rad: int, kol: int, hva: Verdi) -> None:
        """Take a cell for a key, a template, a text or a number. Raises Planfeil with both when something stands there."""
        if (rad, kol) in self._opptatt:
            foer = self._opptatt[rad, kol]
            sted = f"{self.navn}!{kolonnenavn(kol)}{rad + 1}"
            raise Planfeil(f"{sted} holds «{foer}» and cannot hold «{hva}» too")
        self._opptatt[rad, kol] = hva

    def sted(self, noekkel: str) -> Sted:
        """Find a key in this sheet's group, then in the workbook. Raises Planfeil."""
        steder = self.bok.steder
        funn = steder.get(f"{self.prefiks}.{noekkel}") or steder.get(noekkel)
        if funn is None:
            raise Planfeil(f"{self.navn}: {noekkel} is not placed")
        return funn

    @property
    def siste_rad(self) -> int:
        """The last row that holds anything. Raises Planfeil for an empty sheet."""
        return max(self._noe())[0]

    @property
    def siste_kolonne_med_noe(self) -> int:
        """The last column that holds anything. Raises Planfeil for an empty sheet."""
        return max(kol for _, kol in self._noe())

    def _noe(self) -> Iterable[tuple[int, int]]:
        if not self._opptatt:
            raise Planfeil(f"{self.navn}: nothing stands on the sheet")
        return self._opptatt

    def skriv_om_formlene(self, ny_mal: Callable[[_Formelrad], str]) -> None:
        """Give each formula placed so far another template."""
        self.formler[:] = [replace(en, mal=ny_mal(en)) for en in self.formler]
        self._utfylt = (-1, ())

    def celler(self) -> tuple[Celle, ...]:
        """Every cell, formulas with their addresses filled in."""
        antall = len(self.faste) + len(self.formler)
        if self._utfylt[0] != antall:
            self._utfylt = antall, (*self.faste, *self._formelceller())
        return self._utfylt[1]

    def _formelceller(self) -> Iterator[Celle]:
        for rad in self.formler:
            mal, skala = self._oppslag(rad, rad.mal)
            if rad.akse is None:
                yield Celle(rad.rad, rad.kol, rad.verdier[0], rad.stil, mal, skala)
                continue
            foerste, foerste_skala = (mal, skala) if rad.foerste is None else self._oppslag(rad, rad.foerste)
            skala = max(skala, foerste_skala)
            par = pairwise(rad.akse.bokstaver)
            for kol, (forrige, denne), verdi in zip(rad.akse.kolonner, par, rad.verdier, strict=True):
                formel = (foerste if kol == rad.kol else mal).replace(_DENNE, denne).replace(_FORRIGE, forrige)
                yield Celle(rad.rad, kol, verdi, rad.stil, formel, skala)

    def utfylt(self, mal: str) -> str:
        """A template outside any axis with its addresses filled in: what a list of choices refers to."""
        return self._oppslag(_Formelrad(0, 0, mal, (), ""), mal)[0]

    def _oppslag(self, rad: _Formelrad, mal: str) -> tuple[str, float]:
        """A template with addresses for keys, and the largest amount in what it reads. Raises Planfeil with the cell."""
        skala = rad.skala

        def feil(hva: str) -> Planfeil:
            return Planfeil(f"{self.navn}!{kolonnenavn(rad.kol)}{rad.rad + 1}: {hva}, in {mal}")

        def erstatt(funn: re.Match[str]) -> str:
            nonlocal skala
            tekst, forrige, noekkel, hele, klamme = funn.groups()
            if tekst:
                return tekst
            if klamme:
                raise feil(f"a {klamme} that is no reference")
            try:
                sted = self.sted(noekkel)
            except Planfeil:
                raise feil(f"{{{noekkel}}} is not placed") from None
            skala = max(skala, sted.skala)
            if sted.akse and rad.akse == sted.akse and not hele:
                ark = "" if sted.ark == self.navn else f"{i_anfoersel(sted.ark)}!"
                return f"{ark}{_FORRIGE if forrige else _DENNE}{sted.rad + 1}"
            if forrige or (sted.akse and not hele):
                raise feil(f"{funn[0]} does not stand on the axis of the row; {{{noekkel}:}} is the whole of it")
            return sted.navn or (sted.adresse if sted.ark == self.navn else sted.full_adresse)

        return REFERANSE.sub(erstatt, mal), skala


@dataclass(repr=False)
class Bok:
    """The whole workbook being planned. slag: its kind. navn: stands after the kind's title in the file's own title.
    egenskaper: further document properties. tekster: what formulas on several tabs put together, by key."""

    slag: Bokslag
    navn: str
    egenskaper: Mapping[str, str] = field(default_factory=dict)
    tekster: Mapping[str, str] = field(default_factory=dict)
    ark: list[Ark] = field(default_factory=list)
    steder: dict[str, Sted] = field(default_factory=dict)
    brukte_navn: set[str] = field(default_factory=set)

    def nytt_ark(self, navn: str, prefiks: str = "", fanefarge: str | None = None) -> Ark:
        """Add a tab at the end."""
        self.ark.append(Ark(self, navn, prefiks, fanefarge))
        return self.ark[-1]

    def bruk_navn(self, navn: str, hvem: str) -> None:
        """Take a defined name into use for one place. Raises Planfeil for one that Excel would not take or has taken."""
        if not _NAVN.fullmatch(navn) or navn.upper() in _OPPTATTE_NAVN:
            raise Planfeil(f"{hvem} cannot have the name {navn}")
        # Excel tells names apart regardless of case; two places under one name would both be read as the first.
        if navn.casefold() in self.brukte_navn:
            raise Planfeil(f"{hvem} cannot have the name {navn}, which stands for another place")
        self.brukte_navn.add(navn.casefold())

    def alle_navn(self) -> dict[str, str]:
        """Every defined name and what it refers to."""
        return {sted.navn: sted.full_adresse for sted in self.steder.values() if sted.navn}
