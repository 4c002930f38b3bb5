"""A null alternative that moves (docs/modell.md section 9): every pair of life paths, the identity, and the fast paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest

from velferdslab_model.model.aarsserier import NETTO, Pengeserier, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.blokkserier import pengeserier_i_blokker
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.totaler import TOTALSUMMER, totaler
from velferdslab_model.scenarios.loading import load_forutsetninger

AAR = 4


def _tilfeldig(rng: np.random.Generator, aar: int = AAR) -> Modellinndata:
    """Inputs of every kind, some of them at their ends."""

    def andel() -> Array:
        return np.array(rng.choice([0.0, 1.0, rng.random()], p=[0.15, 0.15, 0.7]))

    b = rng.dirichlet([0.4] * 4, size=4)
    if rng.random() < 0.3:
        b[rng.integers(4)] = np.eye(4)[rng.integers(4)]
    return Modellinndata(
        analyseperiode=aar,
        inntaksaar=int(rng.integers(1, 8)),
        neddiskontering=np.array(rng.choice([0.0, 0.04, 0.2])),
        inntak=np.round(rng.uniform(0, 4, 3), 2),
        suksessrate=np.array([andel() for _ in range(3)]),
        oppstart=rng.uniform(0, 1e5, (3, 3)),
        drift=rng.uniform(0, 1e5, (3, 3)),
        timer_oppstart=rng.uniform(0, 50, 3),
        timer_drift=rng.uniform(0, 50, 3),
        nullalternativ=rng.uniform(0, 4e5, 4),
        livskvalitet=rng.random(4),
        stillingsandel=rng.random(4),
        verdi_qaly=np.array(rng.uniform(0, 2e6)),
        loennskostnad=np.array(rng.uniform(0, 9e5)),
        erstatningsgrad=andel(),
        beholder_steget=andel(),
        aarlig_tilbakefall=andel(),
        skjedd_uansett=np.array(0.0),
        reell_vekst=np.array(rng.choice([0.0, 0.01, -0.05])),
        skattefinansieringssats=np.array(rng.choice([0.0, 0.2])),
        fast_aarskostnad=np.array(rng.uniform(0, 1e5)),
        kommunal_andel_nullalternativ=andel(),
        realiserbar_andel=andel(),
        offentlig_andel_produksjonsgevinst=andel(),
        kommunal_andel_offentlig_inntekt=andel(),
        fylkeskommunal_andel_av_resten=andel(),
        overganger=b,
        situasjonskostnad=rng.uniform(0, 4e5, 4),
    )


def _liv_med(
    x: Modellinndata, s: int, inne: bool, j: int, igjen: int
) -> Iterator[tuple[float, tuple[tuple[bool, int], ...]]]:
    """Every life of one person from here on: its chance, and for each year whether in the programme, and the situation."""
    if igjen == 0:
        yield 1.0, ()
        return
    utfall: list[tuple[float, bool, int]] = []
    if inne:
        p, k = float(x.suksessrate[j]), float(x.beholder_steget)
        utfall.append((p, j + 1 < 3, j + 1))
        if j == s:
            utfall.append((1 - p, False, s))
        else:
            utfall += [((1 - p) * k, False, j), ((1 - p) * (1 - k), False, s)]
    else:
        rho = float(x.aarlig_tilbakefall) if j > s else 0.0
        for fra, sjanse in ((j, 1 - rho), (s, rho)):
            utfall += [(sjanse * float(x.overganger[fra, til]), False, til) for til in range(4)]  # type: ignore[index]
    for sjanse, naa_inne, naa in utfall:
        if sjanse > 0:
            for videre, resten in _liv_med(x, s, naa_inne, naa, igjen - 1):
                yield sjanse * videre, ((naa_inne, naa), *resten)


def _liv_uten(x: Modellinndata, s: int, aar: int) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Every life of the same person without the programme."""
    for sti in product(range(4), repeat=aar - 1):
        hele = (s, *sti)
        sjanse = 1.0
        for fra, til in zip(hele, sti, strict=False):
            sjanse *= float(x.overganger[fra, til])  # type: ignore[index]
        if sjanse > 0:
            yield sjanse, hele


def _naivt(x: Modellinndata) -> dict[str, Array]:
    """Undiscounted saving and gains, by every pair of lives of every person: with the programme and without it."""
    c, q, w = x.situasjonskostnad, x.livskvalitet, x.stillingsandel
    assert c is not None
    per_alder = {
        n: np.zeros(AAR) for n in ("erstattede_tjenester", "bedret_situasjon", "helsegevinst", "produksjonsgevinst")
    }
    e, v, loenn = float(x.erstatningsgrad), float(x.verdi_qaly), float(x.loennskostnad)
    for s in range(3):
        med, uten = list(_liv_med(x, s, True, s, AAR - 1)), list(_liv_uten(x, s, AAR))
        liv = [((True, s), *resten) for _, resten in med]
        inne = np.array([[aar[0] for aar in ett] for ett in liv])[:, None, :]
        j = np.array([[aar[1] for aar in ett] for ett in liv])[:, None, :]
        m = np.array([ett for _, ett in uten])[None, :, :]
        # One weight for each pair of a life with the programme and a life without it.
        par = float(x.inntak[s]) * np.outer([sjanse for sjanse, _ in med], [sjanse for sjanse, _ in uten])[:, :, None]
        # Without: the ordinary services of m. With: (1 - e) of those of j in the programme, all of them after it.
        per_alder["erstattede_tjenester"] += (par * e * c[j] * inne).sum((0, 1))
        per_alder["bedret_situasjon"] += (par * (c[m] - c[j])).sum((0, 1))
        per_alder["helsegevinst"] += (par * v * (q[j] - q[m])).sum((0, 1))
        per_alder["produksjonsgevinst"] += (par * loenn * (w[j] - w[m])).sum((0, 1))
    vekst = (1 + float(x.reell_vekst)) ** np.arange(AAR)
    ut = {}
    for navn, profil in per_alder.items():
        aarlig = np.array([sum(profil[t - i] for i in range(min(x.inntaksaar, AAR)) if t - i >= 0) for t in range(AAR)])
        ut[navn] = aarlig * (vekst if navn.endswith("gevinst") else 1)
    return ut


def _naer(a: Array, b: Array) -> bool:
    storst = max(1.0, float(np.abs(b).max()), float(np.abs(a).max()))
    return bool(np.all(np.abs(np.asarray(a) - np.asarray(b)) <= 1e-9 * max(storst, 1e6)))


@pytest.mark.parametrize("del_", range(5))
def test_modellen_er_alle_par_av_livsloep(del_: int) -> None:
    """Five hundred random inputs: every life with the programme against every life without it."""
    for froe in range(100):
        x = _tilfeldig(np.random.default_rng([17, del_, froe]), AAR)
        penger = aarsserier(x).ikke_neddiskontert
        for navn, ventet in _naivt(x).items():
            assert _naer(getattr(penger, navn), ventet), (del_, froe, navn)


def test_overganger_som_aldri_flytter_noen_er_det_faste_paa_oeret() -> None:
    for froe in range(200):
        x = _tilfeldig(np.random.default_rng([18, froe]), 15)
        x = replace(x, overganger=np.eye(4), situasjonskostnad=x.nullalternativ)
        fast = aarsserier(replace(x, overganger=None, situasjonskostnad=None)).neddiskontert
        flyttet = aarsserier(x).neddiskontert
        for felt in fields(Pengeserier):
            assert np.abs(getattr(fast, felt.name) - getattr(flyttet, felt.name)).max() < 0.005, (froe, felt.name)


def test_lykkes_programmet_som_det_ville_gaatt_uansett_er_ingenting_vunnet() -> None:
    """Everybody moves up with the same chance in the programme as without it: no gain, and no saving after the programme."""
    rng = np.random.default_rng(19)
    for _ in range(50):
        x = _tilfeldig(rng, 12)
        p = rng.random(3)
        b = np.eye(4)
        for j in range(3):
            b[j, j], b[j, j + 1] = 1 - p[j], p[j]
        x = replace(x, suksessrate=p, overganger=b, beholder_steget=np.array(1.0), aarlig_tilbakefall=np.array(0.0))
        penger = aarsserier(x).ikke_neddiskontert
        for navn in ("helsegevinst", "produksjonsgevinst", "bedret_situasjon"):
            assert np.abs(getattr(penger, navn)).max() < 1e-6 * 1e3, navn
        # After the last participant has left, nothing is saved at all.
        siste = min(x.inntaksaar, 12) + 2
        assert np.abs(penger.besparelse[siste:]).max(initial=0.0) < 1e-3


def test_det_kan_gaa_verre_ogsaa_uten_programmet() -> None:
    """Who would have fallen and is held up by the programme is a saving, and counts as a gain."""
    x = inndata(load_forutsetninger().grupper["unge_voksne"])
    ned = np.eye(4)
    ned[1] = [0.3, 0.7, 0, 0]
    fast, faller = (
        aarsserier(replace(x, overganger=b, situasjonskostnad=x.nullalternativ)).ikke_neddiskontert
        for b in (np.eye(4), ned)
    )
    assert faller.helsegevinst.sum() > fast.helsegevinst.sum()
    assert faller.besparelse.sum() > fast.besparelse.sum()


@pytest.mark.parametrize("felles", [False, True])
def test_de_raske_veiene_gir_det_samme(felles: bool) -> None:
    """The totals path and the yearly path of many draws, with transitions that all draws share and that each has its own."""
    deler = [_tilfeldig(np.random.default_rng([20, i]), 11) for i in range(40)]
    x = deler[0]
    varierer = (
        {f.name for f in fields(Modellinndata)}
        - {"analyseperiode", "inntaksaar"}
        - ({"overganger"} if felles else set())
    )
    mange = replace(x, **{n: np.stack([getattr(d, n) for d in deler]) for n in varierer})  # type: ignore[arg-type]
    alle = aarsserier(mange).neddiskontert
    t = totaler(mange)
    for navn in (*TOTALSUMMER, *(f"netto_{n}" for n in NETTO)):
        assert _naer(t.sum[navn], np.broadcast_to(getattr(alle, navn).sum(-1), 40)), navn
    for hvilke, blokk in pengeserier_i_blokker(mange, blokk=16):
        for felt in fields(Pengeserier):
            venter = np.broadcast_to(getattr(alle, felt.name), (40, 11))[hvilke]
            assert _naer(np.broadcast_to(getattr(blokk, felt.name), venter.shape), venter), felt.name
