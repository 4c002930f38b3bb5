"""Prices that are transfers: a cost to the budgets and none to society, which the model's net to society counts all the same."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.parameters.katalogvalg import andre_betalere, ikke_holdt, om_overfoering, overfoeringer
from velferdslab_model.parameters.tidligere import er_standardkilde
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn


def overfoeringskostnad(f: Forutsetninger) -> dict[str, dict[str, float]]:
    """What each transfer takes from netto_samfunn, kr over the period as discounted there: by name of the tiltak, then group."""
    kostnad = {gruppe: g.sum["kostnad"] for gruppe, g in beregn(f).grupper.items()}
    ut = {}
    for navn, grupper in overfoeringer(f.grupper, f.egne_priser).items():
        gratis = {
            gruppe: replace(
                f.grupper[gruppe],
                tiltak=tuple(replace(t, enhetskostnad=0.0) if t.navn == navn else t for t in f.grupper[gruppe].tiltak),
            )
            for gruppe in grupper
        }
        uten = beregn(replace(f, **gratis)).grupper  # type: ignore[arg-type]  # every key is the name of a group
        ut[navn] = {gruppe: kostnad[gruppe] - uten[gruppe].sum["kostnad"] for gruppe in grupper}
    return ut


def om_overfoeringer(f: Forutsetninger, ogsaa_standard: bool = True) -> list[str]:
    """A sentence or two for each tiltak whose price is a transfer, with how much too low it makes the net to society.

    ogsaa_standard: also of one whose price nobody has given another source than the default's.
    """
    ut = []
    for navn, kroner in overfoeringskostnad(f).items():
        if not ogsaa_standard and all(
            er_standardkilde(gruppe, f"tiltak.{navn}", t.kilde)
            for gruppe in kroner
            for t in f.grupper[gruppe].tiltak
            if t.navn == navn
        ):
            continue
        deler = [f"{kr(beloep)} kr ({BRUKERGRUPPER[gruppe].lower()})" for gruppe, beloep in kroner.items() if beloep]
        # Alone: what the null alternative holds of transfers pulls the other way, and is not known.
        for_lav = f", noe som alene gjør netto for samfunnet for lav med {' og '.join(deler)}" if deler else ""
        ut.append(f"{om_overfoering(navn)}{for_lav}.")
    return ut


def prismerknader(f: Forutsetninger, ogsaa_standard: bool = True) -> list[str]:
    """What a reader must know of the prices: transfers, payers that a tiltak cannot have, and rows held against something else.

    ogsaa_standard: as in om_overfoeringer.
    """
    return [*om_overfoeringer(f, ogsaa_standard), *andre_betalere(f), *ikke_holdt(f)]
