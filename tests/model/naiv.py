"""The model once more, without arrays: every life path of an entrant, with its probability, priced year by year.

Written from docs/modell.md sections 1-3 and 6, sharing nothing with the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

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
                        ut["erstattede_tjenester"][t] += personer * u.erstatningsgrad * n[naa]
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
        kostnad = ut["kostnad_kommune"][t] + ut["kostnad_fylkeskommune"][t] + ut["kostnad_stat"][t]
        # The public's share of the gain is paid by those who work, so society neither wins nor loses by it.
        inntekt = u.offentlig_andel_produksjonsgevinst * ut["produksjonsgevinst"][t]
        til_kommunen = u.kommunal_andel_offentlig_inntekt * inntekt
        netto = ut["besparelse"][t] - kostnad + inntekt
        skatt = -u.skattefinansieringssats * netto
        m = u.kommunal_andel_nullalternativ
        ut["kostnad"][t] = kostnad
        ut["bedret_situasjon"][t] = ut["besparelse"][t] - ut["erstattede_tjenester"][t]
        ut["offentlig_inntekt"][t] = inntekt
        ut["offentlig_inntekt_kommune"][t] = til_kommunen
        ut["offentlig_inntekt_stat"][t] = inntekt - til_kommunen
        ut["skattefinansieringskostnad"][t] = skatt
        ut["netto_budsjett"][t] = netto
        ut["netto_samfunn"][t] = netto - inntekt + ut["helsegevinst"][t] + ut["produksjonsgevinst"][t] - skatt
        ut["netto_kommune"][t] = m * ut["besparelse"][t] - ut["kostnad_kommune"][t] + til_kommunen
        fylkets = (1 - m) * u.fylkeskommunal_andel_av_resten * ut["besparelse"][t]
        ut["netto_fylkeskommune"][t] = fylkets - ut["kostnad_fylkeskommune"][t]
        statens = (1 - m) * ut["besparelse"][t] - fylkets
        ut["netto_stat"][t] = statens - ut["kostnad_stat"][t] + inntekt - til_kommunen
        realiserbar = u.realiserbar_andel * m * ut["besparelse"][t]
        ut["netto_kommune_realiserbar"][t] = realiserbar - ut["kostnad_kommune"][t]
    return dict(ut)


def naive_summer(gruppe: Brukergruppe) -> dict[str, float]:
    """Sums over the period at the group's rate."""
    rente = gruppe.neddiskontering
    return {
        navn: sum(verdi / (1 + rente) ** t for t, verdi in enumerate(rad))
        for navn, rad in naiv_beregning(gruppe).items()
    }


def naiv_dfoe(gruppe: Brukergruppe) -> Brukergruppe:
    """The group on the terms of the DFØ view: 4 % a year, 20 øre of tax cost per krone, and 0.9 % real growth."""
    utvidet = replace(gruppe.utvidet, skattefinansieringssats=0.20, reell_vekst=0.009)
    return replace(gruppe, neddiskontering=0.04, utvidet=utvidet)


def naiv_forsiktig(gruppe: Brukergruppe) -> Brukergruppe:
    """The group on the cautious terms: 4 % a year or more, and a quarter or more of the improvement would have come anyway."""
    utvidet = replace(gruppe.utvidet, skjedd_uansett=max(gruppe.utvidet.skjedd_uansett, 0.25))
    return replace(gruppe, neddiskontering=max(gruppe.neddiskontering, 0.04), utvidet=utvidet)


def naiv_uten_effekt(gruppe: Brukergruppe) -> Brukergruppe:
    """The group when nobody succeeds."""
    return replace(gruppe, suksessrate=(0.0, 0.0, 0.0))


def naiv_per_inntatt(gruppe: Brukergruppe, start: int) -> tuple[dict[str, float], float]:
    """One person who enters in a situation in the first year, without fixed cost: sums, and the chance of the goal."""
    inntak = (float(start == 0), float(start == 1), float(start == 2))
    utvidet = replace(gruppe.utvidet, fast_aarskostnad=0.0)
    sjanse = 0.0
    for livets, sti in livsloep(start, replace(gruppe, utvidet=replace(utvidet, aarlig_tilbakefall=0.0)), 4):
        sjanse += livets * (sti[-1] == ("ute", BAEREKRAFTIG))
    return naive_summer(replace(gruppe, inntak=inntak, inntaksaar=1, utvidet=utvidet)), sjanse


def har_del(lister: dict[str, list[float]], x: str) -> list[float]:
    """What must not be nothing for a net to be paid back: the cost, and of the fylkeskommune that it has a part in anything."""
    if x != "fylkeskommune":
        return lister["kostnad"]
    med = any(lister["kostnad_fylkeskommune"]) or any(lister["besparelse_fylkeskommune"])
    return [verdi * med for verdi in lister["kostnad"]]


def naiv_tilbakebetaling(netto: list[float], kostnad: list[float], foerste_aar: int) -> int | None:
    """The first year from which the running sum never falls below -0.005 kr again."""
    if sum(kostnad) <= 0:
        return None
    akkumulert = [sum(netto[: t + 1]) for t in range(len(netto))]
    for t in range(len(netto)):
        if all(a >= -0.005 for a in akkumulert[t:]):
            return foerste_aar + t
    return None
