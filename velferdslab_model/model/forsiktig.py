"""How much of the improvement must have come anyway for a net to be 0, at the cautious rate (docs/modell.md section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from velferdslab_model.model.aarsserier import Pengeserier
from velferdslab_model.model.diskontering import TOLERANSE_KR

#: What is said where no share makes a net 0.
ALDRI_UNDER, ALLTID_UNDER = "aldri under 0", "alltid under 0"


@dataclass(frozen=True)
class Vippepunkt:
    """What each headline net is made of at the cautious rate, kr over the period, by net.

    fast: what does not depend on the share that would have come anyway. bedring: what the improvement is worth if none of
    it would. bare_rente: with the scenario's own share. kjent: whether bedring is, which it is not when all would.
    """

    fast: Mapping[str, float]
    bedring: Mapping[str, float]
    bare_rente: Mapping[str, float]
    kjent: bool

    def snur(self, netto: str) -> float | str | None:
        """The share at which the net is 0; that it never or always is below it; None where that cannot be told."""
        if not self.kjent:
            return None
        uten_bedring, full = self.fast[netto], self.fast[netto] + self.bedring[netto]
        under, under_full = uten_bedring < -TOLERANSE_KR, full < -TOLERANSE_KR
        if under == under_full:
            return ALLTID_UNDER if under else ALDRI_UNDER
        return 1 + uten_bedring / self.bedring[netto]


def vippepunkt(penger: Pengeserier, skattefinansieringssats: float, skjedd_uansett: float) -> Vippepunkt:
    """The parts of one scenario. penger: its series (T,) at the cautious rate, with its own skjedd_uansett."""
    fast = float((penger.erstattede_tjenester - penger.kostnad).sum())
    inntekt = float(penger.offentlig_inntekt.sum())
    budsjett = float(penger.bedret_situasjon.sum()) + inntekt
    gevinst = float((penger.helsegevinst + penger.produksjonsgevinst).sum())
    skatt = 1 + skattefinansieringssats
    faste = {"budsjett": fast, "samfunn": skatt * fast}
    bedring = {"budsjett": budsjett, "samfunn": skatt * budsjett - inntekt + gevinst}
    andel = 1 - skjedd_uansett
    full = {x: verdi / andel if andel else 0.0 for x, verdi in bedring.items()}
    return Vippepunkt(faste, full, {x: faste[x] + bedring[x] for x in faste}, andel > 0)


def lagt_sammen_vippepunkt(hver: list[Vippepunkt]) -> Vippepunkt:
    """Several together: the same share would have come anyway in all of them."""
    fast, bedring, bare_rente = (
        {x: sum(getattr(v, felt)[x] for v in hver) for x in hver[0].fast} for felt in ("fast", "bedring", "bare_rente")
    )
    return Vippepunkt(fast, bedring, bare_rente, all(v.kjent for v in hver))
