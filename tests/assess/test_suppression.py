"""Attacks on what is published: nothing that is hidden follows from what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.assess.angrep import angrip, smaa_som_vises
from tests.assess.konstruert import par, reg, tilfeldige
from tests.contract.vilkaar import TABELLEN, kort, med
from velferdslab_model.assess.analysis import Registeranalyse, analyser_registreringer
from velferdslab_model.assess.payments import BETALES
from velferdslab_model.assess.published import ALLE_AAR, Publisert, publiser, ratenoekler
from velferdslab_model.assess.registrering import Registrering
from velferdslab_model.assess.report import rapportplan, registerrapport
from velferdslab_model.assess.screen import register_json, registertabell
from velferdslab_model.assess.sentences import synlige_rater
from velferdslab_model.assess.suppression import SKJUL_TIL, Opptelling, skjulte
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.terms import Kontrakt, Tak
from velferdslab_model.scenarios.loading import load_forutsetninger

F = load_forutsetninger()
GRUPPER = tuple(BRUKERGRUPPER)


def analyse(antall: int, froe: int, **valg: object) -> Registeranalyse:
    return analyser_registreringer(
        tilfeldige(antall, froe),
        "r.csv",
        F,
        date(2027, 1, 1),
        kontrakt=les_kontraktfil(None),
        **valg,  # type: ignore[arg-type]  # its own options
    )


def en_ubekreftet() -> list[Registrering]:
    """Of 55 one is not confirmed; six began before the contract, which the years tell as well as the reasons."""
    alle = [r for i in range(22) for r in par(f"P{i}", 1, 2 if i < 14 else 1, 2024, bekreftet=i != 3)]
    alle += [r for i in range(18) for r in par(f"S{i}", 2, 3 if i < 10 else 2, 2024)]
    alle += [reg(f"N{i}", "2024-06-01", "oppstart", 1) for i in range(9)]
    return alle + [reg(f"O{i}", "2023-06-01", "oppstart", 1) for i in range(6)]


def test_fire_som_ikke_er_forfalt_tar_ikke_med_seg_raten() -> None:
    """Constructed: the four are hidden in the year and in all, and the number of persons that would tell them. Nothing more."""
    alle = [r for i in range(38) for r in par(f"P{i}", 1, 2 if i < 19 else 1, 2024)]
    alle += [reg(f"N{i}", "2024-12-01", "oppstart", 1) for i in range(4)]
    a = analyser_registreringer(alle, "r.csv", F, date(2025, 12, 31))
    p = publiser(a, internt=False)
    assert p.skjul == {("unge_voksne", aar, 1, "ikke forfalt") for aar in (ALLE_AAR, 2024)} | {
        ("unge_voksne", "personer")
    }
    assert angrip(a, p) == []
    assert smaa_som_vises(a, p) == []


#: Two dates, and a cap per person that makes the second amount tell who had the first.
TO_DATOER = med(priskort=kort((12, 150_000, 1.0), (24, 80_000, 0.7)), tak=Tak(200_000, None, None, False))


@pytest.mark.parametrize(
    ("alle", "vilkaar"),
    [
        (en_ubekreftet(), TABELLEN),
        *((tilfeldige(n, froe, (2023, 2024)), TABELLEN) for n, froe in ((8, 1), (30, 1), (60, 3))),
        (tilfeldige(33, 2, (2023, 2024)), TO_DATOER),
        (tilfeldige(250, 4, (2023, 2024)), TO_DATOER),
    ],
    ids=["en ubekreftet", "8", "30", "60", "33, to datoer", "250, to datoer"],
)
def test_ingenting_som_er_skjult_foelger_av_regnearket_json_eller_kronene(
    alle: list[Registrering], vilkaar: Kontrakt
) -> None:
    a = analyser_registreringer(alle, "r.csv", F, date(2025, 9, 1), kontrakt=vilkaar)
    p = publiser(a, internt=False)
    assert p.skjul
    assert angrip(a, p) == []
    assert smaa_som_vises(a, p) == []


def test_angrepet_finner_noe_naar_bare_de_smaa_er_skjult() -> None:
    """Else the attack above would prove nothing."""
    a = analyser_registreringer(en_ubekreftet(), "r.csv", F, date(2025, 9, 1), kontrakt=TABELLEN)
    p = publiser(a, internt=False)
    bare_smaa = frozenset(n for n in p.telling.viktighet if 0 < len(p.telling.av[n]) <= SKJUL_TIL)
    assert "0 ikke bekreftet av kommunen: 1" in angrip(a, replace(p, skjul=bare_smaa))


def test_med_en_ubekreftet_skjules_den_betalte_grunnen_og_kronene_men_ikke_ratene() -> None:
    """What is hidden beside it is what is enough: the paid, and the amount that would tell them."""
    a = analyser_registreringer(en_ubekreftet(), "r.csv", F, date(2025, 3, 1), kontrakt=TABELLEN)
    p = publiser(a, internt=False)
    assert p.skjul == {("oppgjør", 0, BETALES), ("oppgjør", 0, "ikke bekreftet av kommunen")}
    data = register_json(a, p)
    assert data["oppgjoer"]["betalt"] is None
    assert data["grupper"]["unge_voksne"]["steg"]["utsatt"]["lyktes"] == 14
    alle_bekreftet = [replace(r, bekreftet=True) for r in en_ubekreftet()]
    a = analyser_registreringer(alle_bekreftet, "r.csv", F, date(2025, 3, 1), kontrakt=TABELLEN)
    assert sum(register_json(a, publiser(a, internt=False))["oppgjoer"]["betalt"]) == 14 * 150_000


@pytest.mark.parametrize("felles", ["nei", "steg", "aar"])
def test_to_skjulte_utfall_gir_samme_skjerm_samme_ark_og_samme_json(felles: str) -> None:
    """Three or four of eleven: whoever reads every text of the screen, the tabs and JSON cannot tell which."""
    alt = []
    for lyktes in (3, 4):
        steg = ((11, lyktes), (12, 6), (13, 7))
        alle = [r for s, (n, opp) in enumerate(steg) for i in range(n) for r in par(f"P{s}{i}", s, s + (i < opp))]
        a = analyser_registreringer(alle, "r.csv", F, felles=felles)  # type: ignore[arg-type]  # one of its words
        p = publiser(a, internt=False)
        celler = [(x.navn, c.rad, c.kol, c.verdi) for x in rapportplan(a, p).ark for c in x.celler()]
        alt.append((registertabell(a, p), celler, register_json(a, p)))
    assert alt[0] == alt[1]
    assert "Fra stabil: 7 av 13 lyktes" in alt[0][0].replace("\u00a0", " ")


def tabell(*celler: int) -> Opptelling:
    """A row of cells and their sum, each person counted once."""
    t = Opptelling()
    for i, antall in enumerate(celler):
        for k in range(antall):
            t.tell(("celle", i), f"P{i}-{k}")
        t.vis(0, ("celle", i))
    t.sum(("sum",), [("celle", i) for i in range(len(celler))])
    t.vis(1, ("sum",))
    return t


def test_en_liten_celle_tar_med_seg_en_til_saa_den_ikke_foelger_av_summen() -> None:
    assert skjulte(tabell(12, 3, 7)) == {("celle", 1), ("celle", 2)}


def test_smaa_celler_som_til_sammen_er_faa_tar_med_seg_en_til() -> None:
    assert skjulte(tabell(12, 1, 1)) == {("celle", 0), ("celle", 1), ("celle", 2)}


def test_fem_celler_med_en_i_hver_skjuler_ogsaa_summen() -> None:
    assert ("sum",) in skjulte(tabell(1, 1, 1, 1, 1))


def test_null_og_store_tall_vises_og_ingen_skjules_uten_grunn() -> None:
    assert skjulte(tabell(12, 0, 7)) == frozenset()
    assert skjulte(Opptelling()) == frozenset()


def test_samme_person_i_flere_aar_teller_som_en() -> None:
    t = Opptelling()
    for _ in range(6):
        t.tell(("celle",), "P1")
    t.vis(0, ("celle",))
    assert skjulte(t) == {("celle",)}


def test_raten_vises_bare_naar_antallene_bak_den_vises() -> None:
    faa = analyser_registreringer([r for i in range(9) for r in par(f"P{i}", 1, 2 if i < 6 else 1)], "r.csv", F)
    p = publiser(faa, internt=False)
    assert p.tall("unge_voksne", ALLE_AAR, 1, "lyktes ikke") is None
    assert not p.vises(*ratenoekler("unge_voksne", ALLE_AAR, 1))
    mange = analyser_registreringer([r for i in range(20) for r in par(f"P{i}", 1, 2 if i < 12 else 1)], "r.csv", F)
    p = publiser(mange, internt=False)
    assert p.vises(*ratenoekler("unge_voksne", ALLE_AAR, 1))
    assert p.tall("unge_voksne", ALLE_AAR, 1, "lyktes") == 12


def test_internt_viser_alt() -> None:
    p = publiser(analyse(8, 1), internt=True)
    assert isinstance(p, Publisert)
    assert all(p.tall(*n) == p.telling.verdi(n) for n in list(p.telling.av))


def test_den_interne_rapporten_vet_hva_som_kan_deles_uten_at_skjulingen_regnes_om_igjen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a = analyse(25, 1)
    p, delt = publiser(a, internt=True), publiser(a, internt=False)
    monkeypatch.setattr("velferdslab_model.assess.published.skjulte", None)
    assert (p.delbar.skjul, p.delbar.telling.viktighet) == (delt.skjul, delt.telling.viktighet)
    assert any(r.internt for r in synlige_rater(a, p).values())
    assert registerrapport(a, p, date(2027, 1, 1))[:2] == b"PK"


def test_naar_en_skjult_rate_vises_staar_en_gang_under_ratene_og_bare_naar_en_er_skjult() -> None:
    for antall, ganger in ((2, 1), (12, 0)):
        alle = [
            r for s in range(3) for i in range(24) for r in par(f"P{s}{i}", s, s + (i < antall), gruppe=GRUPPER[i % 2])
        ]
        a = analyser_registreringer(alle, "r.csv", F)
        p = publiser(a, internt=False)
        svar = next(x for x in rapportplan(a, p).ark if x.navn == "Svar")
        assert registertabell(a, p).count(": skjult.") == 6 * ganger
        for tekst in (" ".join(registertabell(a, p).split()), " ".join(str(c.verdi) for c in svar.celler())):
            assert tekst.count("En rate vises når de som lyktes, er minst 5 eller ingen, de andre også") == ganger


@pytest.mark.parametrize("froe", [1, 2])
def test_det_som_er_skjult_staar_ikke_i_rapporten_paa_skjermen_eller_i_json(froe: int) -> None:
    """Every count of the published tables, where it stands, and every figure worked out from it."""
    a = analyse(25, froe)
    p = publiser(a, internt=False)
    data = register_json(a, p)["grupper"]["unge_voksne"]["steg"]
    bok = rapportplan(a, p)
    ark = {x.navn: x for x in bok.ark}
    assert set(ark) == {"Svar", "Suksessrater", "Overganger", "Oppgjør", "Mål videre"}
    celler = {n: {(c.rad, c.kol): c.verdi for c in x.celler()} for n, x in ark.items()}
    sett = 0
    for (_, situasjon), r in a.rater.items():
        rader = [rad for (rad, kol), v in celler["Suksessrater"].items() if kol == 0 and v == SITUASJONSNAVN[situasjon]]
        rad = [celler["Suksessrater"].get((rader[0], kol)) for kol in range(1, 11)]
        her = ("unge_voksne", ALLE_AAR, r.steg)
        for hva, kol in (("lyktes", 0), ("fulgt opp", 1), ("mangler", 5), ("ikke forfalt", 8), ("frafall", 9)):
            skjult = (*her, hva) in p.skjul
            sett += skjult
            assert rad[kol] == ("skjult" if skjult else p.telling.verdi((*her, hva)))
            assert (data[situasjon][hva.replace(" ", "_")] is None) == skjult
        if not p.vises(*ratenoekler(*her)):
            assert rad[2:5] == ["skjult"] * 3
            assert data[situasjon]["rate"] is None
            assert f"Fra {situasjon}: skjult" in registertabell(a, p)
        if not p.vises(*ratenoekler(*her), (*her, "mangler")):
            assert rad[6:8] == ["skjult"] * 2
    assert sett > 2
    ider = {x.registrering.id for x in a.plasserte}
    assert not ider & {str(v) for alle in celler.values() for v in alle.values()}
    assert not ider & set(registertabell(a, p).split())


def test_tegningen_har_bare_de_overgangene_tabellen_viser() -> None:
    a = analyse(60, 3)
    p = publiser(a, internt=False)
    (figur,) = next(x for x in rapportplan(a, p).ark if x.navn == "Overganger").figurer
    vist = sorted(s.vist for s in figur.stroemmer)
    tall = [p.tall("unge_voksne", ALLE_AAR, fra, til) for fra in range(4) for til in range(4)]
    assert vist == sorted(str(x) for x in tall if x)


def test_en_null_ved_siden_av_en_skjult_sum_roeper_ikke_at_alle_er_i_den_ene() -> None:
    """Of two people, both went up: with the other noughts shown, the hidden rate is 100 per cent."""
    t = Opptelling()
    for person in "ab":
        t.tell(("opp",), person)
    t.sum(("alle",), [("opp",), ("ned",), ("samme",)])
    t.vis(1, ("opp",), ("ned",), ("samme",), ("alle",))
    assert skjulte(t) == {("opp",), ("ned",), ("samme",), ("alle",)}
