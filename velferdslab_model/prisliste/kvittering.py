"""The receipt of a price list: every changed price, from what to what, what it does to both nets, and what looks like a slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from velferdslab_model.base.tall import med_fortegn, prosent, tall
from velferdslab_model.endringer.virkning import virkning
from velferdslab_model.parameters.katalogvalg import fra_katalogen
from velferdslab_model.parameters.prisaar import Oppgitt, beloepsindeks, regn_om
from velferdslab_model.prisliste.applying import Prisendring
from velferdslab_model.prisliste.priser import FELLESGRUPPE, GRUPPER_I_LISTEN, listepriser

#: A price that is more than this many times the old one, or less than one part of as many, is marked.
SPRANG = 2.0
_MAKS_NAVN = 60


@dataclass(frozen=True)
class Kvitteringslinje:
    """One changed price, kr per unit. foer_i_nytt_aar: the old one in the new one's year, None when no index reaches.

    gruppe: a key of GRUPPER_I_LISTEN. tiltak: the name of the row; noekkel: of the price, as in Listepris. virkning: what it does
    alone to netto_budsjett and netto_samfunn of its group (of both for a common hourly rate), kr, once that has been computed.
    kilde: of the new price. betaler: who pays for the tiltak; empty for another amount.
    """

    gruppe: str
    noekkel: str
    tiltak: str
    foer: float
    foer_aar: int
    etter: float
    etter_aar: int
    foer_i_nytt_aar: float | None
    virkning: Mapping[str, float] | None = None
    kilde: str = ""
    betaler: str = ""

    @property
    def endring(self) -> float | None:
        """Real change as a share of the old price in the same year; None when there is nothing to divide by."""
        return None if not self.foer_i_nytt_aar else self.etter / self.foer_i_nytt_aar - 1

    @property
    def samme_aar(self) -> bool:
        """Whether the price changed and its year did not."""
        return self.foer_aar == self.etter_aar

    @property
    def merke(self) -> str:
        """What makes it look like a slip of the keyboard; empty when nothing does."""
        if self.etter == 0:
            return "prisen er satt til 0"
        if self.endring is None:
            return "prisen var 0" if self.foer == 0 else ""
        if self.endring + 1 > SPRANG:
            return "mer enn det dobbelte"
        return "under det halve" if self.endring + 1 < 1 / SPRANG else ""

    @property
    def tekst(self) -> str:
        """The change in one line, without its effect."""
        endring = "" if self.endring is None else f", {_pst(self.endring)}"
        if not self.samme_aar and self.endring is not None:
            endring += " når prisveksten er trukket fra"
        merke = f". OBS: {self.merke}" if self.merke else ""
        return (
            f"{tall(self.foer, 2)} kr ({self.foer_aar}) -> {tall(self.etter, 2)} kr ({self.etter_aar}){endring}{merke}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The form of JSON."""
        return {
            **asdict(self),
            **fra_katalogen(self.kilde),
            "endring": self.endring,
            "samme_prisaar": self.samme_aar,
            "merke": self.merke,
        }


def prislinjer(foer: Oppgitt, etter: Oppgitt) -> list[Kvitteringslinje]:
    """Every price that differs, in the order of the scenario; the effect is left out."""
    ut = []
    gamle = {pris.sted: pris for pris in listepriser(foer)}
    for pris in listepriser(etter):
        gammel = gamle[pris.sted]
        # What follows another price is told with that.
        if (gammel.beloep, gammel.prisaar) == (pris.beloep, pris.prisaar) or (gammel.foelger and pris.foelger):
            continue
        fra, til = gammel.prisaar, pris.prisaar
        _, serie = beloepsindeks(pris.noekkel, etter.indekser)
        kan = fra == til or (fra in serie and til in serie)
        faktor = 1.0 if fra == til else serie[til] / serie[fra] if kan else 0.0
        i_aaret = gammel.beloep * faktor if kan else None
        ut.append(
            Kvitteringslinje(
                pris.gruppe, pris.noekkel, pris.navn, gammel.beloep, fra, pris.beloep, til, i_aaret,
                kilde=pris.kilde, betaler=pris.betaler,
            )
        )  # fmt: skip
    return ut


def kvittering(foer: Oppgitt, etter: Oppgitt, prisaar: int | None = None) -> list[Kvitteringslinje]:
    """Every changed price with its effect, in the price year all are converted to."""
    linjer = prislinjer(foer, etter)
    if not linjer:
        return []
    bidrag = virkning(regn_om(foer, prisaar), regn_om(etter, prisaar)).bidrag

    def effekt(en: Kvitteringslinje, netto: str) -> float:
        return sum(
            b.summer[netto]
            for b in bidrag
            if en.gruppe in (b.endring.gruppe, FELLESGRUPPE)
            and b.endring.noekkel.removesuffix(".enhetskostnad") == en.noekkel
        )

    return [replace(en, virkning={x: effekt(en, x) for x in ("netto_budsjett", "netto_samfunn")}) for en in linjer]


def kvitteringslinjer(linjer: Sequence[Kvitteringslinje]) -> list[str]:
    """The receipt for the screen: a line for each price, and what should be looked at again."""
    ut = []
    for en in linjer:
        navn = en.tiltak if len(en.tiltak) <= _MAKS_NAVN else en.tiltak[: _MAKS_NAVN - 1] + "…"
        ut.append(f"  {GRUPPER_I_LISTEN[en.gruppe]}: {navn}: {en.tekst}")
        if en.virkning:
            budsjett, samfunn = (f"{med_fortegn(en.virkning[x])} kr" for x in ("netto_budsjett", "netto_samfunn"))
            ut.append(f"    netto offentlige budsjetter {budsjett}, netto samfunn {samfunn}")
    return [*ut, *varsler(linjer)]


def varsler(linjer: Sequence[Kvitteringslinje]) -> list[str]:
    """What looks like a slip, a sentence for each kind."""
    ut = []
    if samme := [en for en in linjer if en.samme_aar]:
        aar = " og ".join(str(a) for a in sorted({en.etter_aar for en in samme}))
        hva = "1 pris er endret" if len(samme) == 1 else f"{len(samme)} priser er endret"
        ut.append(
            f"OBS: {hva} uten at prisåret er det (fortsatt {aar}). Gjelder prisen et annet år, skriv det i kolonnen prisår; "
            "ellers regnes den om som om den var gammel."
        )
    if merket := [en for en in linjer if en.merke]:
        hvilke = ", ".join(f"«{en.tiltak[:_MAKS_NAVN]}» ({en.merke})" for en in merket[:5])
        flere = f" og {len(merket) - 5} til" if len(merket) > 5 else ""
        ut.append(f"OBS: se over disse prisene: {hvilke}{flere}.")
    return ut


def prislistemelding(endring: Prisendring) -> str:
    """What a list did to one of many scenarios, in one line: how many prices, and what looks like a slip."""
    return " ".join([endring.melding(), *varsler(prislinjer(endring.foer, endring.oppgitt))])


def _pst(andel: float) -> str:
    return f"{'+' if andel > 0 else ''}{prosent(andel, 1)}"
