"""Years: which registrations are a year apart, what is missing, what is not due, and what is said of it."""

from __future__ import annotations

import os
from datetime import date, timedelta

import numpy as np
import pytest

from tests.assess.konstruert import SVAR, par, reg
from tests.assess.test_rates import EKSAKT
from velferdslab_model.assess.analysis import Registeranalyse, analyser_registreringer, tell_overganger
from velferdslab_model.assess.block import Registrertrate
from velferdslab_model.assess.dates import maaneder
from velferdslab_model.assess.placement import STANDARDREGEL, Plasseringsregel
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.rates import Spenn, jeffreys
from velferdslab_model.assess.registrering import Registrering
from velferdslab_model.assess.report import rapportplan
from velferdslab_model.assess.sentences import ratesetninger, synlige_rater
from velferdslab_model.assess.transitions import (
    SENEST,
    TIDLIGST,
    Overgang,
    foerste_dag,
    frist,
    overganger,
    plasser_alle,
    siste_frist,
)
from velferdslab_model.scenarios.loading import load_forutsetninger

PER = date(2026, 6, 1)


def aar(*registreringer: Registrering, per: date = PER) -> tuple[Overgang, ...]:
    return overganger(plasser_alle(registreringer, STANDARDREGEL), per)


def analyse(alle: list[Registrering], **valg: object) -> Registeranalyse:
    return analyser_registreringer(alle, "r.csv", load_forutsetninger(), **valg)  # type: ignore[arg-type]  # its own options


def rater_av(a: Registeranalyse) -> dict[tuple[str, str], Registrertrate]:
    return synlige_rater(a, publiser(a, internt=True))


def test_tre_registreringer_gir_to_aar() -> None:
    to = aar(
        reg("P1", "2022-03-01", "oppstart", 1),
        reg("P1", "2023-02-10", "underveis", 2),
        reg("P1", "2024-04-01", "avslutning", 1),
    )
    assert [(o.aar, o.fra, o.til, o.lyktes, o.oppfoelging) for o in to] == [
        (2022, 1, 2, True, "fulgt opp"),
        (2023, 2, 1, False, "fulgt opp"),
    ]


def test_det_naermeste_tolv_maaneder_brukes_og_ikke_et_halvt_aar() -> None:
    (ett,) = aar(reg("P1", "2022-03-01", "oppstart", 1), reg("P1", "2022-09-01", "underveis", 3), reg("P1", "2023-05-01", "underveis", 0),
                 reg("P1", "2023-03-20", "avslutning", 2), per=date(2023, 6, 1))  # fmt: skip
    assert (ett.til, ett.til_dato) == (2, date(2023, 3, 20))


def test_ikke_forfalt_og_mangler_er_to_ting() -> None:
    alle = [reg("P1", "2025-03-01", "oppstart", 1), reg("P2", "2025-09-01", "oppstart", 1)]
    assert [(o.oppfoelging, o.til) for o in aar(*alle, per=date(2026, 6, 15))] == [
        ("mangler", None),
        ("ikke forfalt", None),
    ]


def test_foerste_dag_og_frist_er_de_ytterste_dagene_en_oppfoelging_teller_hele_aaret_rundt() -> None:
    en_dag = timedelta(days=1)
    for dag in (date(2023, 1, 1) + timedelta(days=i) for i in range(366 + 365)):
        assert maaneder(dag, frist(dag)) <= SENEST < maaneder(dag, frist(dag) + en_dag)
        assert maaneder(dag, foerste_dag(dag) - en_dag) < TIDLIGST
        start = reg("P1", dag.isoformat(), "oppstart", 1)
        for grunn in ("frafall", "fullført"):
            ut = [
                aar(start, reg("P1", d.isoformat(), "avslutning", 2, grunn=grunn))[0]
                for d in (foerste_dag(dag) - en_dag, foerste_dag(dag), frist(dag), frist(dag) + en_dag)
            ]
            assert [o.oppfoelging for o in ut] == ["mangler", "fulgt opp", "fulgt opp", "mangler"], dag
            assert [o.frafall for o in ut[:3]] == [grunn == "frafall"] * 3, dag
            assert ut[0].merknader[0] == "Avsluttet etter 8 måneder, før oppfølgingen", dag
        assert frist(dag) <= siste_frist(dag.year, dag)


def test_dagen_merknaden_sier_oppfoelgingen_kan_gjoeres_fra_teller() -> None:
    """Nine months after 29 May is the last of a February of 28 days."""
    start = reg("P1", "2021-05-29", "oppstart", 1)
    (venter,) = aar(start, per=date(2022, 2, 1))
    assert venter.merknader == ("Ikke forfalt: oppfølgingen kan gjøres fra 28.02.2022 til 29.08.2022",)
    (ett,) = aar(start, reg("P1", "2022-02-28", "avslutning", 2, grunn="frafall"), per=date(2022, 3, 1))
    assert (ett.oppfoelging, ett.lyktes, ett.frafall) == ("fulgt opp", True, True)


def test_siste_frist_er_ikke_etter_at_alle_som_er_registrert_er_forfalt() -> None:
    assert siste_frist(2026, date(2026, 6, 15)) == date(2027, 9, 15)
    assert siste_frist(2025, date(2026, 6, 15)) == date(2027, 3, 31)
    # Those of 2024 are the last who are not due, which may be hidden; the day is that of the last year there is.
    alle = [r for i in range(12) for r in par(f"P{i}", 1, 2 if i < 6 else 1, 2023)] + par("Q", 1, 1, 2024)
    alle += [reg(f"R{i}", "2024-02-01", "oppstart", 1) for i in range(3)]
    alle += [r for i in range(8) for r in (reg(f"S{i}", "2025-02-01", "oppstart", 1), reg(f"S{i}", "2025-03-01", "avslutning", 1))]  # fmt: skip
    a = analyse(alle, per=date(2025, 4, 1))
    p = publiser(a, internt=False)
    assert p.tall("unge_voksne", 2024, 1, "ikke forfalt") is None
    setning = ratesetninger(a, p, "unge_voksne")[0]
    assert "siste frist er senest 01.07.2026" in setning
    (ark,) = (x for x in rapportplan(a, p).ark if x.navn == "Suksessrater")
    datoer = [c.verdi for c in ark.celler() if isinstance(c.verdi, date)]
    assert datoer == [date(2025, 3, 31), date(2026, 3, 31), date(2026, 7, 1)]


def test_en_oppfoelging_som_ikke_kan_plasseres_mangler_foerst_naar_fristen_er_ute() -> None:
    alle = [reg("P1", "2025-03-01", "oppstart", 1), reg("P1", "2026-01-01", "underveis", None)]
    assert [aar(*alle, per=per)[0].oppfoelging for per in (date(2026, 6, 1), date(2026, 6, 2))] == [
        "ikke forfalt",
        "mangler",
    ]
    sluttet = [alle[0], reg("P1", "2026-01-01", "avslutning", None)]
    assert aar(*sluttet, per=date(2026, 2, 1))[0].oppfoelging == "mangler"


def test_de_som_ikke_er_forfalt_er_for_seg_i_antall_spenn_setning_og_kilde() -> None:
    alle = [r for i in range(6) for r in par(f"P{i}", 1, 2, 2024)] + [
        r for i in range(6) for r in par(f"Q{i}", 1, 1, 2024)
    ]
    alle += [reg(f"R{i}", "2024-10-01", "oppstart", 1) for i in range(8)]
    a = analyse(alle, per=date(2025, 12, 31))
    rate = a.rater["unge_voksne", "utsatt"]
    assert (rate.antallet.fulgt_opp, rate.antallet.mangler, rate.antallet.ikke_forfalt) == (12, 0, 8)
    assert rate.andel is not None
    assert (rate.andel.snitt, rate.spenn, rate.spenn_aapne) == (0.5, Spenn(0.5, 0.5), Spenn(6 / 20, 14 / 20))
    p = publiser(a, internt=False)
    assert (
        "8 er ikke forfalt ennå og er ikke i raten (siste frist er senest 31.03.2026); med dem kan den bli fra 30 % til 70 %."
        in ratesetninger(a, p, "unge_voksne")[0].replace("\u00a0", " ")
    )
    assert "8 er ikke forfalt per 31.12.2025 og ikke regnet med" in synlige_rater(a, p)["unge_voksne", "utsatt"].kilde
    # The day after the last deadline the same people are missing, and no longer not due.
    etter = analyse(alle, per=date(2026, 1, 2)).rater["unge_voksne", "utsatt"]
    assert (etter.antallet.mangler, etter.antallet.ikke_forfalt, etter.spenn_aapne) == (8, 0, None)
    assert etter.spenn == Spenn(6 / 20, 14 / 20)


def test_en_sen_oppfoelging_starter_et_nytt_aar() -> None:
    forst, saa = aar(
        reg("P1", "2022-01-01", "oppstart", 1),
        reg("P1", "2023-09-01", "underveis", 2),
        reg("P1", "2024-09-01", "avslutning", 3),
    )
    assert (forst.oppfoelging, forst.aar) == ("mangler", 2022)
    assert (saa.fra, saa.til, saa.aar) == (2, 3, 2023)


def test_det_regnes_per_en_dag_og_det_som_kom_etter_teller_ikke() -> None:
    alle = [r for i in range(4) for r in par(f"P{i}", 1, 2)] + par("Q", 1, 2, 2024)
    foer = analyse(alle, per=date(2024, 4, 1)).rater["unge_voksne", "utsatt"].antallet
    assert (foer.fulgt_opp, foer.ikke_forfalt) == (4, 1)
    assert analyse(alle).rater["unge_voksne", "utsatt"].antallet.fulgt_opp == 5


@pytest.mark.parametrize(
    ("dato", "grunn", "oppfoelging", "frafall"),
    [
        ("2022-03-03", "fullført", "mangler", False),
        ("2022-08-01", "frafall", "mangler", True),
        ("2022-11-30", "frafall", "mangler", True),
        ("2022-12-01", "frafall", "fulgt opp", True),
        ("2023-06-01", "fullført", "fulgt opp", False),
        ("2023-06-02", "fullført", "mangler", False),
    ],
)
def test_en_avslutning_er_oppfoelging_bare_fra_ni_til_femten_maaneder(
    dato: str, grunn: str, oppfoelging: str, frafall: bool
) -> None:
    alle = [reg("P1", "2022-03-01", "oppstart", 1), reg("P1", dato, "avslutning", 2, grunn=grunn)]
    for per in (alle[1].dato, PER):
        (ett,) = aar(*alle, per=per)
        assert (ett.oppfoelging, ett.frafall, ett.lyktes) == (oppfoelging, frafall, oppfoelging == "fulgt opp")


@pytest.mark.parametrize("grunn", ["fullført", "frafall"])
def test_en_avslutning_uker_etter_en_vanlig_oppfoelging_gir_ikke_et_nytt_aar(grunn: str) -> None:
    (ett,) = aar(
        reg("P1", "2022-03-01", "oppstart", 1),
        reg("P1", "2023-03-01", "underveis", 2),
        reg("P1", "2023-04-15", "avslutning", 2, grunn=grunn),
    )
    assert (ett.fra, ett.til, ett.oppfoelging, ett.frafall) == (1, 2, "fulgt opp", False)


def test_ulik_maate_paa_to_datoer_blir_sagt_og_raten_staar_ogsaa_uten() -> None:
    alle = [r for i in range(10) for r in par(f"P{i}", 1, 2)]
    alle += [
        reg("Q1", "2023-03-01", "oppstart", 1, maate="selv"),
        reg("Q1", "2024-03-01", "avslutning", 1, maate="sammen"),
    ]
    rate = analyse(alle).rater["unge_voksne", "utsatt"]
    assert (rate.antallet.lyktes, rate.antallet.fulgt_opp, rate.antallet.blandet) == (10, 11, 1)
    assert rate.uten_blandet is not None
    assert rate.uten_blandet.antall == 10
    assert "1 er vurdert på ulik måte på de to datoene" in rater_av(analyse(alle))["unge_voksne", "utsatt"].kilde


def test_ved_likt_antall_stemmer_avgjoer_investeringslederen_og_uten_valg_brukes_den_ikke() -> None:
    svar = {"bosituasjon": "stabil", "helse": "utsatt"}
    med, uten = (
        reg("P1", "2023-03-01", "oppstart", None, svar=svar, gitt=1),
        reg("P1", "2023-03-01", "oppstart", None, svar=svar, gitt=3),
    )
    (en,) = plasser_alle([med], STANDARDREGEL)
    assert (en.situasjon, en.plassering.samlet) == (1, frozenset({1, 2}))
    assert "Investeringslederen plasserte i utsatt, som er brukt" in en.forklaring
    assert aar(uten, reg("P1", "2024-03-01", "avslutning", 2)) == ()


def test_raten_hviler_paa_dem_som_mangler_og_spennet_staar_ved_siden_av() -> None:
    alle = [r for i in range(6) for r in par(f"P{i}", 1, 2)] + [r for i in range(2) for r in par(f"Q{i}", 1, 1)]
    alle += [r for i in range(4) for r in par(f"R{i}", 1, None, 2022)]
    rate = analyse(alle).rater["unge_voksne", "utsatt"]
    assert rate.andel is not None
    assert rate.spenn is not None
    assert (rate.andel.snitt, rate.spenn.lav, rate.spenn.hoey) == (0.75, 0.5, 10 / 12)
    kilde = rater_av(analyse(alle))["unge_voksne", "utsatt"].kilde
    assert "6 av 8 lyktes, år begynt 2023" in kilde
    assert "hviler på at 4 uten oppfølging er som de andre" in kilde


def test_delvis_felles_mellom_steg_viser_vekten_og_brukes_i_blokken() -> None:
    alle = [r for i in range(6) for r in par(f"P{i}", 1, 2 if i < 3 else 1)] + [
        r for i in range(20) for r in par(f"Q{i}", 2, 3 if i < 12 else 2)
    ]
    a = analyse(alle, felles="steg")
    rate = a.rater["unge_voksne", "utsatt"]
    assert rate.felles is not None
    assert 0.5 < rate.felles.snitt < 0.6
    assert rater_av(a)["unge_voksne", "utsatt"].rate == pytest.approx(rate.felles.snitt)
    assert "delvis felles, de andre teller" in rater_av(a)["unge_voksne", "utsatt"].kilde
    i_aar = analyse(alle, felles="aar").rater["unge_voksne", "utsatt"]
    assert i_aar.felles is None
    assert list(i_aar.per_aar) == [2023]


def test_en_annen_regel_viser_hvem_som_plasseres_annerledes() -> None:
    svar = {**SVAR[1], "rus": "uholdbar", "helse": "uholdbar", "oekonomi": "uholdbar", "nettverk": "tre til fem"}
    alle = [
        reg("P1", "2023-03-01", "oppstart", None, svar=svar, sentrale=frozenset({"bosituasjon", "arbeid"})),
        reg("P2", "2023-03-01", "oppstart", 1),
    ]
    assert analyse(alle).endret is None
    endret = analyse(alle, regel=Plasseringsregel("lik vekt", 1)).endret
    assert endret is not None
    ((foer, etter),) = endret
    assert (foer.registrering.id, foer.situasjon, etter.situasjon) == ("P1", 1, 0)


#: The whole of it is VELFERDSLAB_SIMULERINGER=2000.
SIMULERINGER = int(os.environ.get("VELFERDSLAB_SIMULERINGER", "20"))


@pytest.mark.parametrize(("n", "p"), EKSAKT)
def test_simulerte_registreringer_med_kjent_rate_gir_antallet_og_intervallet_av_det(n: int, p: float) -> None:
    """From registrations to rate and interval: what is counted is what was drawn, so the interval covers as often as it must."""
    rng = np.random.default_rng([n, round(100 * p), 7])
    dekket = 0
    for _ in range(SIMULERINGER):
        lyktes = rng.random(n) < p
        alle = [r for i, ja in enumerate(lyktes) for r in par(f"P{i}", 1, 2 if ja else 1)]
        antallet = tell_overganger(aar(*alle))
        assert (antallet.lyktes, antallet.fulgt_opp) == (int(lyktes.sum()), n)
        andel = jeffreys(antallet.lyktes, antallet.fulgt_opp)
        assert andel is not None
        dekket += andel.lav <= p <= andel.hoey
    ventet = EKSAKT[n, p]
    assert dekket / SIMULERINGER == pytest.approx(
        ventet, abs=4 * (ventet * (1 - ventet) / SIMULERINGER) ** 0.5 + 0.5 / SIMULERINGER
    )


def test_en_rate_med_faa_personer_er_merket_internt_i_kilde_og_usikkerhet() -> None:
    """From utsatt 3 of 10, from stabil 6 of 12: only the first tells a count that is hidden in what is shared."""
    alle = [r for s, n, opp in ((1, 10, 3), (2, 12, 6)) for i in range(n) for r in par(f"P{s}{i}", s, s + (i < opp))]
    intern = rater_av(analyse(alle))
    merket = {
        s: ("INTERNT – skal ikke deles" in r.kilde, "INTERNT" in r.fordeling.begrunnelse)
        for (_, s), r in intern.items()
    }
    assert merket == {"utsatt": (True, True), "stabil": (False, False)}
