"""The model once more, without arrays: every life path of an entrant, with its probability, priced year by year.

Written from docs/modell.md sections 1-3 and 6, sharing nothing with the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from velferdslab_model.parameters.typer import Brukergruppe

Tilstand = tuple[str, int]  # («inne» or «ute», livssituasjon 0..3)
BAEREKRAFTIG = 3


def livsloep(start: int, gruppe: Brukergruppe, aar: int) -> Iterator[tuple[float, list[Tilstand]]]:
    """Every path of one who enters in a situation, as (probability, state in each year since entry)."""
    k, rho = gruppe.utvidet.beholder_steget, gruppe.utvidet.aarlig_tilbakefall
    stabel: list[tuple[float, list[Tilstand]]] = [(1.0, [("inne", start)])]
    while stabel:
        sjanse, sti = stabel.pop()
        if sjanse == 0:
            continue
        if len(sti) == aar:
            yield sjanse, sti
            continue
        hvor, naa = sti[-1]
        if hvor == "inne":
            p = gruppe.suksessrate[naa]
            neste = "ute" if naa + 1 == BAEREKRAFTIG else "inne"
            stabel.append((sjanse * p, [*sti, (neste, naa + 1)]))
            if naa == start:
                stabel.append((sjanse * (1 - p), [*sti, ("ute", start)]))
            else:
                stabel.append((sjanse * (1 - p) * k, [*sti, ("ute", naa)]))
                stabel.append((sjanse * (1 - p) * (1 - k), [*sti, ("ute", start)]))
        elif naa > start:
            stabel.append((sjanse * (1 - rho), [*sti, ("ute", naa)]))
            stabel.append((sjanse * rho, [*sti, ("ute", start)]))
        else:
            stabel.append((sjanse, [*sti, ("ute", naa)]))


def naiv_beregning(gruppe: Brukergruppe) -> dict[str, list[float]]:
    """Yearly money of the whole group, undiscounted, and persons by situation, by plain loops."""
    t_slutt = gruppe.analyseperiode
    u = gruppe.utvidet
    n, q, w = gruppe.nullalternativ, gruppe.livskvalitet, gruppe.stillingsandel
    ut: dict[str, list[float]] = defaultdict(lambda: [0.0] * t_slutt)
    for start in range(3):
        for sjanse, sti in livsloep(start, gruppe, t_slutt):
            for inntak_i in range(min(gruppe.inntaksaar, t_slutt)):
                for alder in range(t_slutt - inntak_i):
                    t = inntak_i + alder
                    hvor, naa = sti[alder]
                    personer = gruppe.inntak[start] * sjanse
                    vekst = (1 + u.reell_vekst) ** t
                    bedring = n[start] - n[naa]
                    if hvor == "inne":
                        ut[f"inne_{naa}"][t] += personer
                        spart = n[start] - u.skjedd_uansett * bedring - (1 - u.erstatningsgrad) * n[naa]
                        for tiltak in gruppe.tiltak:
                            if tiltak.kategori == "drift" or alder == 0:
                                kroner = tiltak.enhetskostnad * tiltak.volum[naa] * tiltak.ganger_per_aar
                                ut[f"kostnad_{tiltak.betaler}"][t] += personer * kroner
                                if tiltak.kostnadsdriver == "timer":
                                    ut["aarsverk"][t] += personer * tiltak.volum[naa] * tiltak.ganger_per_aar / 1700
                    else:
                        ut[f"ute_{naa}"][t] += personer
                        spart = (1 - u.skjedd_uansett) * bedring
                    ut["besparelse"][t] += personer * spart
                    gevinst = personer * (1 - u.skjedd_uansett) * vekst
                    ut["helsegevinst"][t] += gevinst * gruppe.verdi_qaly * (q[naa] - q[start])
                    ut["produksjonsgevinst"][t] += gevinst * gruppe.loennskostnad * (w[naa] - w[start])
    for t in range(min(gruppe.inntaksaar, t_slutt)):
        ut["kostnad_kommune"][t] += u.fast_aarskostnad
    for t in range(t_slutt):
        kostnad = ut["kostnad_kommune"][t] + ut["kostnad_stat"][t]
        netto = ut["besparelse"][t] - kostnad
        skatt = -u.skattefinansieringssats * netto
        m = u.kommunal_andel_nullalternativ
        ut["kostnad"][t] = kostnad
        ut["skattefinansieringskostnad"][t] = skatt
        ut["netto_budsjett"][t] = netto
        ut["netto_samfunn"][t] = netto + ut["helsegevinst"][t] + ut["produksjonsgevinst"][t] - skatt
        ut["netto_kommune"][t] = m * ut["besparelse"][t] - ut["kostnad_kommune"][t]
        ut["netto_stat"][t] = (1 - m) * ut["besparelse"][t] - ut["kostnad_stat"][t]
        realiserbar = u.realiserbar_andel * m * ut["besparelse"][t]
        ut["netto_kommune_realiserbar"][t] = realiserbar - ut["kostnad_kommune"][t]
    return dict(ut)


def naiv_tilbakebetaling(netto: list[float], kostnad: list[float], foerste_aar: int) -> int | None:
    """The first year from which the running sum never falls below -0.005 kr again."""
    if sum(kostnad) <= 0:
        return None
    akkumulert = [sum(netto[: t + 1]) for t in range(len(netto))]
    for t in range(len(netto)):
        if all(a >= -0.005 for a in akkumulert[t:]):
            return foerste_aar + t
    return None
