"""Checks as data: a list of them becomes a block in which each ends in 0 (holds) or 1 (fails), and one sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from velferdslab_model.workbook.constants import OK
from velferdslab_model.workbook.plan import Ark, Tallrekke
from velferdslab_model.workbook.rows import Radskriver

#: What the check of a workbook says when one of its checks fails.
FEIL = "FEIL"
#: What it says instead when what it looks at was computed of other inputs.
GAMMEL = "UTDATERT"
_RETT = "Rett dette"


class Kontrollinje(Protocol):
    """A line of the block: places itself, and says under which key it fails, if it can."""

    def plasser(self, r: Radskriver) -> str | None:
        """Place the line; returns the key of its 0 or 1, None for a line that checks nothing."""


@dataclass(frozen=True)
class Kontroll:
    """One figure that is 0 or 1. mal: template that gives it, see holder()."""

    noekkel: str
    tekst: str
    mal: str

    def plasser(self, r: Radskriver) -> str:
        """Place it on a row of its own."""
        r.enkelt(self.noekkel, self.tekst, "0 / 1", self.mal, 0, "heltall")
        return self.noekkel


@dataclass(frozen=True)
class Radkontroll:
    """A row of deviations that must be nought in every period, measured against the size of another row.

    avvik: the engine's deviations. stoerrelse: key of the row they are small beside.
    """

    noekkel: str
    tekst: str
    mal: str
    avvik: Tallrekke
    stoerrelse: str

    def plasser(self, r: Radskriver) -> str:
        """Place the row, with its 0 or 1 in the column of the sums."""
        feil = f"{self.noekkel}.feil"
        r.linje(self.noekkel, self.tekst, "avvik", self.mal, self.avvik)
        grense_ = grense(f"MAX({{{self.stoerrelse}:}})", f"-MIN({{{self.stoerrelse}:}})")
        r.sum_av_forrige(feil, None, holder(f"MAX({{{self.noekkel}:}})<={grense_}"), 0, "heltall")
        return feil


@dataclass(frozen=True)
class Hjelperad:
    """A row that the checks after it read."""

    noekkel: str
    tekst: str
    enhet: str
    mal: str
    verdier: Tallrekke
    stil: str

    def plasser(self, r: Radskriver) -> None:
        """Place the row."""
        r.linje(self.noekkel, self.tekst, self.enhet, self.mal, self.verdier, self.stil)


def holder(vilkaar: str) -> str:
    """A template that is 0 when a condition holds, and 1 when it does not or cannot be computed."""
    return f"=IFERROR(IF({vilkaar},0,1),1)"


def grense(*stoerrelser: str) -> str:
    """How far two amounts may be apart: a share of the largest of the sizes."""
    return f"{{kontroll_toleranse}}*MAX({','.join(('1', *stoerrelser))})"


def kontrollblokk(
    r: Radskriver, linjer: Sequence[Kontrollinje], noekkel: str, navn: str | None = None, etikett: str = "etikett"
) -> None:
    """Place the lines and, under noekkel, how many of them fail. etikett: style of the label of that sum."""
    feil = [svar for linje in linjer if (svar := linje.plasser(r)) is not None]
    r.ark.tekst(r.rad, 0, "Kontroller som feiler", etikett)
    r.ark.tekst(r.rad, 1, "antall", "enhet")
    mal = "=" + "+".join(f"{{{navn_}}}" for navn_ in feil)
    r.ark.formel(r.rad, r.sum_kolonne, mal, 0, "heltall", noekkel, navn)
    r.rad += 1


def kontrollcelle(
    ark: Ark, rad: int, kol: int, til_kol: int, summer: Sequence[str], fersk: tuple[str, bool] | None = None
) -> None:
    """Place the check of the whole workbook, `kontroll`: OK, or FEIL when one of the sums is not nought.

    fersk: the condition under which no number on the first tab is old, and whether it holds: without it, all are formulas.
    """
    sum_ = "+".join(f"{{{noekkel}}}" for noekkel in summer)
    vilkaar, holder_ = fersk or ("", True)
    ok = f'IF({vilkaar},{{ord_ok}},"{GAMMEL}")' if vilkaar else "{ord_ok}"
    mal = f'=IFERROR(IF({sum_}=0,{ok},"{FEIL}"),"{FEIL}")'
    ark.formel(rad, kol, mal, OK if holder_ else GAMMEL, "status", "kontroll", "kontroll", til_kol=til_kol)
    for vilkaar, stil in (("==", "cf_ok"), ("!=", "cf_feil")):
        regel = {"type": "cell", "criteria": vilkaar, "value": f'"{OK}"'}
        ark.betingede.append((rad, kol, rad, til_kol, regel, stil))


def svarcelle(ark: Ark, rad: int, kol: int, mal: str, svar: str, stil: str, noekkel: str | None = None) -> None:
    """Place what a first screen says. What must be mended takes its place: a result that must not be used must not look like one.

    mal: the formula of it, without =, and svar what that gives.
    """
    mal = f'=IF({{kontroll_feil}}=0,{mal},"{_RETT} før resultatet brukes: "&{{kontroll_sted}})'
    ark.formel(rad, kol, mal, svar, stil, noekkel)
    ark.betingede.append((rad, kol, rad, kol, {"type": "text", "criteria": "begins with", "value": _RETT}, "cf_feil"))


def bare_naar_alt_holder(ark: Ark, *unntatt: tuple[int, int]) -> None:
    """Leave every formula placed so far empty while a check fails, but for those in these cells."""
    ark.skriv_om_formlene(lambda f: f.mal if (f.rad, f.kol) in unntatt else f'=IF({{kontroll_feil}}=0,{f.mal[1:]},"")')
