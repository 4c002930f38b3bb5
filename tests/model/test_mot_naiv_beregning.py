from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given

from tests import protokoll
from tests.model.naiv import har_del, livsloep, naiv_beregning, naiv_tilbakebetaling
from tests.strategier import eksempler, en_gruppe
from velferdslab_model.alternativ import tilbakebetalingsaar
from velferdslab_model.model.aarsserier import NETTO, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import tilbakebetalt_etter
from velferdslab_model.model.inndata import inndata
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.results import Resultat, beregn

_PENGER = ("kostnad", "kostnad_kommune", "kostnad_stat", "besparelse", "erstattede_tjenester", "bedret_situasjon",
           "helsegevinst", "produksjonsgevinst", "offentlig_inntekt", "offentlig_inntekt_kommune",
           "offentlig_inntekt_stat", "skattefinansieringskostnad", "netto_budsjett", "netto_samfunn", "netto_kommune", "netto_stat",
           "netto_kommune_realiserbar")  # fmt: skip


def lik(motor: Array, naiv: Sequence[float], skala: float) -> bool:
    """«Equal» of docs/modell.md section 7."""
    return bool(np.all(np.abs(motor - np.array(naiv)) <= 1e-9 * max(1.0, skala)))


@eksempler(500)
@given(en_gruppe())
def test_motoren_er_lik_summen_av_alle_livsloep(gruppe: Brukergruppe) -> None:
    protokoll.tell("livsløp: forutsetningssett")
    serier, naiv = aarsserier(inndata(gruppe)), naiv_beregning(gruppe)
    null = [0.0] * gruppe.analyseperiode
    folk = sum(gruppe.inntak) * gruppe.analyseperiode
    for j in range(4):
        if j < 3:
            assert lik(serier.deltakere[j], naiv.get(f"inne_{j}", null), folk)
        assert lik(serier.kohort.utenfor[:, j].sum(0), naiv.get(f"ute_{j}", null), folk)
    assert lik(serier.aarsverk, naiv.get("aarsverk", null), float(np.max(serier.aarsverk)))
    innganger = ("kostnad_kommune", "kostnad_stat", "besparelse", "helsegevinst", "produksjonsgevinst")
    stoerst = max(max(map(abs, naiv.get(navn, null))) for navn in innganger)
    # Pris x volum before summing may be larger than the sums, when gains of opposite sign meet.
    ledd = folk * max(*gruppe.nullalternativ, gruppe.verdi_qaly, gruppe.loennskostnad)
    for navn in _PENGER:
        assert lik(getattr(serier.ikke_neddiskontert, navn), naiv.get(navn, null), max(stoerst, ledd)), navn


@eksempler(200)
@given(en_gruppe())
def test_tilbakebetalingsaar_er_det_en_leter_seg_frem_til(gruppe: Brukergruppe) -> None:
    penger = aarsserier(inndata(gruppe)).neddiskontert
    svar = tilbakebetalingsaar(penger, gruppe.analysetidspunkt)
    for x in NETTO:
        netto = getattr(penger, f"netto_{x}").tolist()
        lister = {
            n: getattr(penger, n).tolist() for n in ("kostnad", "kostnad_fylkeskommune", "besparelse_fylkeskommune")
        }
        assert svar[x] == naiv_tilbakebetaling(netto, har_del(lister, x), gruppe.analysetidspunkt)


def test_en_halv_oere_under_null_er_betalt_tilbake() -> None:
    kostnad = np.ones(4)
    for sist, ventet in ((-0.005, 0.0), (-0.0051, 3.0), (0.0, 0.0)):
        akkumulert = np.array([0.0, -0.001, sist, 1.0])
        assert tilbakebetalt_etter(akkumulert, kostnad) == ventet
    assert np.isnan(tilbakebetalt_etter(np.array([1.0, 1.0, 1.0, -1.0]), kostnad))
    assert np.isnan(tilbakebetalt_etter(np.ones(4), np.zeros(4)))


def test_tilbakebetaling_for_mange_trekninger_er_en_om_gangen() -> None:
    """Each draw has its own answer: early, late, never, at once, and no cost at all."""
    akkumulert = np.array([[-1.0, 1, 1, 1], [-1, -1, -1, 1], [-1, 1, -1, -1], [1, 1, 1, 1], [1, 1, 1, 1]])
    kostnad = np.array([[0.5, 0, 0, 0]] * 4 + [[0.0, 0, 0, 0]])
    svar = tilbakebetalt_etter(akkumulert, kostnad)
    assert svar.tolist()[:2] == [1.0, 3.0]
    assert svar[3] == 0.0
    assert np.isnan(svar[[2, 4]]).all()
    assert np.isnan(tilbakebetalt_etter(akkumulert[2], kostnad[2]))


def test_livsloepene_har_samlet_sannsynlighet_en(standard: Resultat) -> None:
    for start in range(3):
        assert sum(sjanse for sjanse, _ in livsloep(start, standard.forutsetninger.unge_voksne, 10)) == pytest.approx(1)


def test_kjent_livsloep_for_haand() -> None:
    """10 enter in stabil with 60 %: 6 become bærekraftig, 4 leave as stabil, and the saving is worked out by hand."""
    data = {
        "unge_voksne": {
            "analyseperiode": 4,
            "inntaksaar": 1,
            "inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 10},
            "suksessrate": {"stabil": 0.6},
        }
    }
    gruppe = beregn(fra_toml(data, "test", "test")).grupper["unge_voksne"]
    assert gruppe.penger.besparelse.tolist() == pytest.approx([1_210_500, 726_300, 726_300, 726_300])
    assert gruppe.penger.helsegevinst.tolist() == pytest.approx([0, 336_000, 336_000, 336_000])
    assert gruppe.penger.produksjonsgevinst.tolist() == pytest.approx([0, 540_000, 540_000, 540_000])
    assert gruppe.penger.kostnad.tolist() == pytest.approx([1_005_300, 0, 0, 0])
