"""The [gruppe.usikkerhet] table: what it gives, what it refuses, and that nothing is lost on the way."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.parameters.test_writing import lest_igjen
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indekser import Indeks, nivaaer
from velferdslab_model.parameters.loading import fra_toml, les_toml
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.parameters.validation import SkrevetTall
from velferdslab_model.scenarios.loading import load_forutsetninger


def lest(tekst: str, gruppe: str = "unge_voksne", topp: str = "") -> Forutsetninger:
    data = tomllib.loads(f"{topp}\n[{gruppe}.usikkerhet]\n{tekst}", parse_float=SkrevetTall)
    return fra_toml(data, "scenario.toml", "Prøve")


ALLE = """
"suksessrate.utsatt" = { fordeling = "beta", suksess = 8, forsoek = 10, begrunnelse = "Registrert 2023" }
suksessrate.stabil = { fordeling = "beta", snitt = 0.8, sd = 0.1 }
livskvalitet.utsatt = { fordeling = "uniform", minst = 0.8, mest = 0.95 }
verdi_qaly = { fordeling = "triangulaer", minst = 600_000, typisk = 1_120_000, mest = 1_400_000 }
loennskostnad = { fordeling = "normal", snitt = 300_000, sd = 40_000 }
inntak.stabil = { fordeling = "gamma", snitt = 2, sd = 0.5 }
"tiltak.booppfølging.enhetskostnad" = { fordeling = "lognormal", snitt = 475, sd = 50 }
priser = { fordeling = "uniform", minst = 0.9, mest = 1.1 }
utvidet.skjedd_uansett = { fordeling = "fast" }
"""

UGYLDIGE = {
    "elleve av ti": (
        'suksessrate.utsatt = { fordeling = "beta", suksess = 11, forsoek = 10 }',
        ["unge_voksne.usikkerhet.suksessrate.utsatt har suksess 11 av forsoek 10, ventet høyst like mange"],
    ),
    "alle lyktes": ('suksessrate.utsatt = { fordeling = "beta", suksess = 10, forsoek = 10 }', ["begge slag"]),
    "trekant i uorden": (
        'verdi_qaly = { fordeling = "triangulaer", minst = 3, typisk = 2, mest = 4 }',
        ["minst 3, typisk 2 og mest 4, ventet dem i stigende rekkefølge"],
    ),
    "uniform i uorden": ('verdi_qaly = { fordeling = "uniform", minst = 3, mest = 2 }', ["lavere enn mest"]),
    "negativ sd": ('loennskostnad = { fordeling = "normal", snitt = 3, sd = -1 }', ["loennskostnad.sd er -1"]),
    "for stor sd": ('suksessrate.stabil = { fordeling = "beta", snitt = 0.8, sd = 0.5 }', ["ventet under 0.4000"]),
    "utenfor lovlig omraade": (
        'livskvalitet.stabil = { fordeling = "uniform", minst = 0.5, mest = 1.5 }',
        ["livskvalitet.stabil.mest er 1.5, ventet en andel mellom 0 og 1"],
    ),
    "beta utenfor": ('utvidet.reell_vekst = { fordeling = "beta", snitt = 0.05, sd = 0.01 }', ["går fra 0 til 1"]),
    "beta paa kroner": ('verdi_qaly = { fordeling = "beta", snitt = 0.5, sd = 0.1 }', ["utenfor det lovlige"]),
    "lognormal andel": ('suksessrate.stabil = { fordeling = "lognormal", snitt = 0.8, sd = 0.1 }', ["større enn 1"]),
    "for lite inntak": ('inntak.stabil = { fordeling = "uniform", minst = 0, mest = 1 }', ["har minst 0", "0.01"]),
    "ukjent navn": ('suksessrate.utsat = { fordeling = "fast" }', ["utsat er ikke", "Mente du suksessrate.utsatt?"]),
    "ukjent tiltak": ('"tiltak.Bo.enhetskostnad" = { fordeling = "fast" }', ["et tiltak som ikke finnes"]),
    "ukjent noekkel": (
        'verdi_qaly = { fordeling = "uniform", minst = 1, meste = 2 }',
        ["verdi_qaly.meste er en ukjent nøkkel", "Mente du mest?"],
    ),
    "ukjent fordeling": ('verdi_qaly = { fordeling = "betta", snitt = 1, sd = 1 }', ["Mente du beta?"]),
    "uten fordeling": ("verdi_qaly = { minst = 1, mest = 2 }", ["verdi_qaly mangler fordeling"]),
    "uten tall": ('verdi_qaly = { fordeling = "gamma" }', ["har ingen tall, ventet snitt og sd"]),
    "et tall": ("verdi_qaly = 3", ["verdi_qaly er 3, ventet en fordeling"]),
    "et helt tall": ('analyseperiode = { fordeling = "fast" }', ["kan ikke ha en fordeling"]),
    "tekst som tall": ('verdi_qaly = { fordeling = "gamma", snitt = "mye", sd = 1 }', ["snitt er teksten «mye»"]),
    "snitt null": ('verdi_qaly = { fordeling = "gamma", snitt = 0, sd = 1 }', ["har snitt 0, ventet et tall over 0"]),
    "tusenskille": ('verdi_qaly = { fordeling = "gamma", snitt = 600.000, sd = 1 }', ["Mente du 600000?"]),
}


@pytest.mark.parametrize("navn", UGYLDIGE)
def test_en_daarlig_fordeling_gir_en_melding_med_sted_og_forventning(navn: str) -> None:
    tekst, ventet = UGYLDIGE[navn]
    with pytest.raises(UgyldigInndata) as feil:
        lest(tekst)
    assert len(feil.value.feil) == 1, feil.value.feil
    melding = str(feil.value)
    assert melding.startswith("scenario.toml: unge_voksne.usikkerhet.")
    assert [del_ for del_ in ventet if del_ not in melding] == [], melding


def test_alle_daarlige_fordelinger_meldes_i_en_omgang() -> None:
    with pytest.raises(UgyldigInndata) as feil:
        lest("\n".join([UGYLDIGE["elleve av ti"][0], UGYLDIGE["trekant i uorden"][0], UGYLDIGE["et helt tall"][0]]))
    assert len(feil.value.feil) == 3


def test_tabellen_maa_vaere_en_tabell() -> None:
    with pytest.raises(UgyldigInndata, match="usikkerhet er 3, ventet en tabell"):
        fra_toml({"familier": {"usikkerhet": 3}}, "s", "S")


def test_hver_fordeling_leses_og_skrives_uten_tap() -> None:
    f = lest(ALLE)
    u = f.unge_voksne.usikkerhet
    assert len(u) == 9
    assert u["suksessrate.utsatt"].tall == {"suksess": 8, "forsoek": 10}
    assert u["tiltak.Booppfølging.enhetskostnad"].slag == "lognormal"
    igjen = lest_igjen(f)
    assert igjen == f
    assert igjen.unge_voksne.usikkerhet["suksessrate.utsatt"].begrunnelse == "Registrert 2023"


def test_uten_tabellen_er_scenariet_som_foer() -> None:
    assert fra_toml({}, "s", "Asker") == load_forutsetninger()
    assert not load_forutsetninger().unge_voksne.usikkerhet


def test_standardfordelingene_har_begrunnelse_og_ligger_rundt_egne_tall() -> None:
    g = fra_toml({"unge_voksne": {"suksessrate": {"utsatt": 0.6, "stabil": 1}}}, "s", "S").unge_voksne
    alle = fordelinger(g)
    assert list(alle) == ["priser", "nullalternativ", "suksessrate.uholdbar", "suksessrate.utsatt", "verdi_qaly"]
    assert all(f.begrunnelse.startswith(("kilde:", "antakelse:")) for f in alle.values())
    assert alle["suksessrate.utsatt"].tall == {"suksess": 6, "forsoek": 10}
    assert alle["verdi_qaly"].tall == pytest.approx({"minst": 6e5, "typisk": 1.12e6, "mest": 1.4e6})


def test_egne_fordelinger_gaar_foran_og_fast_tar_bort() -> None:
    alle = fordelinger(lest(ALLE).unge_voksne)
    assert alle["verdi_qaly"].begrunnelse == ""
    assert alle["priser"].slag == "uniform"  # given beside the price of one tiltak, so both count
    assert "utvidet.skjedd_uansett" not in alle
    uten = fordelinger(
        lest('"tiltak.Booppfølging.enhetskostnad" = { fordeling = "gamma", snitt = 475, sd = 5 }').unge_voksne
    )
    assert "priser" not in uten
    assert "verdi_qaly" not in fordelinger(lest('verdi_qaly = { fordeling = "fast" }').unge_voksne)


def test_en_felles_faktor_for_ratene_tar_plassen_til_standarden_for_hver() -> None:
    alle = fordelinger(lest('suksessrate = { fordeling = "uniform", minst = 0.5, mest = 1.2 }').unge_voksne)
    assert [n for n in alle if n.startswith("suksessrate")] == ["suksessrate"]


def test_beloep_i_en_fordeling_foelger_prisaaret_og_faktorer_staar() -> None:
    oppgitt = les_toml()
    tekst = ALLE
    f = lest(tekst, topp="prisaar = 2019\nvis_i_prisaar = 2023").unge_voksne.usikkerhet
    uendret = lest(tekst, topp="prisaar = 2019").unge_voksne.usikkerhet
    assert regn_om(oppgitt, 2023).unge_voksne.verdi_qaly == pytest.approx(1.12e6 * 129.6 / 110.8)
    indeks_for: dict[str, Indeks] = {
        "verdi_qaly": "kpi",
        "loennskostnad": "loennsvekst",
        "tiltak.Booppfølging.enhetskostnad": "kommunal_deflator",
    }
    for noekkel, indeks in indeks_for.items():
        faktor = nivaaer(indeks)[2023] / nivaaer(indeks)[2019]
        for navn, verdi in uendret[noekkel].tall.items():
            assert f[noekkel].tall[navn] == pytest.approx(verdi * faktor, rel=1e-12), noekkel
    for noekkel in ("priser", "suksessrate.utsatt", "inntak.stabil", "livskvalitet.utsatt"):
        assert f[noekkel] == uendret[noekkel]


def test_malen_viser_en_tabell_som_virker(tmp_path: Path) -> None:
    mal = (Path(__file__).parents[2] / "templates" / "kommune.toml").read_text(encoding="utf-8")
    start = mal.index("# [unge_voksne.usikkerhet]")
    linjer = mal[start:].splitlines()[:6]
    (tmp_path / "s.toml").write_text("\n".join(linje.removeprefix("# ") for linje in linjer), encoding="utf-8")
    assert len(load_forutsetninger(tmp_path / "s.toml").unge_voksne.usikkerhet) == 5
