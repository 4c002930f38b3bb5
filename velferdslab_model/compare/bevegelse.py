"""Municipalities against a null alternative that moves, beside the fixed one that all are ranked by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN, liten
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.bevegelse import BEVEGELSESNETTO, OM_FORSKJELLEN, Bevegelsesvisning
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.sammenligning import Sammenligning

BEVEGELSESTITTEL = "Mot et nullalternativ i bevegelse"
IKKE_OPPGITT, SATT_TIL_SIDE = "ikke oppgitt", "satt til side"
#: What the table is, a line each.
OM_BEVEGELSEN = (
    "Fast: uten velferdslab ville folk blitt i situasjonen de hadde. I bevegelse: de ville kommet seg videre eller falt, så ofte som kommunen har talt.",
    OM_FORSKJELLEN,
    "Bare det faste er regnet for alle, så listen er ikke ordnet, og de to er aldri blandet i en rekkefølge.",
)
_OM_SATT_TIL_SIDE = (
    "Satt til side, fordi nullalternativet er felles for alle, eller fordi skjedd uansett er det og sier det samme:"
)
#: Headings of the columns after the municipality's name, two nets with four figures each.
BEVEGELSESKOLONNER = tuple(
    f"{NETTONAVN[f'netto_{n}']}: {hva}" for n in BEVEGELSESNETTO for hva in ("fast", "+ kostnad per år", "+ folk flytter seg", "= i bevegelse")
)  # fmt: skip


@dataclass(frozen=True)
class Bevegelsesrad:
    """A group of one municipality. visning: None where it has none, and hvorfor says so."""

    kommune: str
    gruppe: str
    fast: dict[str, float]
    visning: Bevegelsesvisning | None
    hvorfor: str

    @property
    def tall(self) -> list[float | None]:
        """The figures of BEVEGELSESKOLONNER, kr; None where there is none."""
        ut: list[float | None] = []
        for n, fast in self.fast.items():
            v = self.visning
            ut += [
                fast,
                *((v.forskjell[n]["kostnad"], v.forskjell[n]["bevegelse"], v.sum_netto[n]) if v else (None,) * 3),
            ]
        return ut


def bevegelsesrader(s: Sammenligning, gruppe: str) -> list[Bevegelsesrad]:
    """A row for each municipality that takes in somebody, in the order given; none when no municipality has any."""
    rader = [_rad(m, gruppe) for m in s.medlemmer if m.rader[gruppe].deltakere]
    return rader if any(r.visning or r.hvorfor == SATT_TIL_SIDE for r in rader) else []


def _rad(m: Medlem, gruppe: str) -> Bevegelsesrad:
    g, oppgitt = m.resultat.grupper[gruppe], m.kommune.oppgitt
    egen = oppgitt is not None and oppgitt.grupper[gruppe].bevegelse is not None
    hvorfor = "" if g.bevegelse else SATT_TIL_SIDE if egen else IKKE_OPPGITT
    return Bevegelsesrad(m.navn, gruppe, {n: g.sum[f"netto_{n}"] for n in BEVEGELSESNETTO}, g.bevegelse, hvorfor)


def om_bevegelsen(s: Sammenligning) -> Iterator[str]:
    """Who is shown against one that moves too, and who is not, a sentence for each group; nothing where nobody is."""
    for gruppe, tittel in BRUKERGRUPPER.items():
        if not (rader := bevegelsesrader(s, gruppe)):
            continue
        med, uten, bort = (
            [r.kommune for r in rader if r.hvorfor == hvorfor] for hvorfor in ("", IKKE_OPPGITT, SATT_TIL_SIDE)
        )
        deler = [f"oppgitt av {oppramset(med)}" if med else "", f"{IKKE_OPPGITT} av {oppramset(uten)}" if uten else ""]
        tekst = f"{BEVEGELSESTITTEL}, {liten(tittel)}: {', '.join(filter(None, deler))}. Rekkefølgen er mot det faste for alle."
        yield tekst + (f" {_OM_SATT_TIL_SIDE} {oppramset(bort)}." if bort else "")
