"""Rows of the catalogue in another year, by hand, and the prices of the defaults beside the published figures."""

from __future__ import annotations

import pytest

from velferdslab_model.katalog.avstand import avstander, opphav
from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.katalog.soek import eldre_enn, nyere, soek
from velferdslab_model.parameters.katalogtreff import treff
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.parameters.standard import standardtiltak

KATALOG = innebygd_katalog()


@pytest.mark.parametrize(
    ("id_", "aar", "for_haand", "hvordan"),
    [
        # Transfers that follow G: the rule is a multiple of it.
        ("kvp_25_aar_og_over_2024", 2025, 2 * 130_160, "med G"),
        ("aap_minste_2019", 2025, 199_716 * 130_160 / 99_858, "med G"),
        # Other transfers: consumer prices.
        ("sosialhjelp_enslig_2019", 2024, 6_150 * 133.6 / 110.8, "med KPI"),
        ("bostoette_husstand_2022_januar", 2019, 2_841 * 110.8 / 122.8, "med KPI"),
        ("barnetrygd_over_6_2024", 2026, 1_510 * 137.7 / 133.6 * 1.03, "med KPI (2026 anslag)"),
        # Services: the municipal deflator.
        ("barnevernsinstitusjon_doegn_2022", 2024, 15_562 * 1.043 * 1.050, "med kommunal deflator"),
        ("praktisk_bistand_rennebu_2018", 2019, 330 * 1.032, "med kommunal deflator"),
        ("fast_verge_oekonomi_2024", 2025, 7_500 * 1.040, "med kommunal deflator (2025 foreløpig)"),
        # Wages: wage growth.
        ("ks_garantiloenn_3_aarig_2022", 2019, 529_900 / (1.031 * 1.035 * 1.044), "med årslønn (2022 foreløpig)"),
        ("stoettekontakt_alta_2021", 2024, 140 * 1.044 * 1.052 * 1.056, "med årslønn (2022 foreløpig, 2023 ikke kontrollert)"),
        ("g_2024", 2024, 124_028, ""),
    ],
)  # fmt: skip
def test_en_rad_regnes_om_med_sin_egen_indeks(id_: str, aar: int, for_haand: float, hvordan: str) -> None:
    svar = i_prisaar(KATALOG[id_], aar, KATALOG)
    assert svar.beloep == pytest.approx(for_haand, rel=1e-13)
    assert svar.hvordan == hvordan


@pytest.mark.parametrize(
    ("id_", "aar", "hvorfor"),
    [
        ("bpa_asker_udatert", 2024, "uten prisår (udatert)"),
        ("hospits_maaned_2002", 2024, "kommunal deflator dekker 2014-2026, ikke 2002"),
        ("bostoette_mottaker_2010", 2024, "KPI dekker 2015-2026, ikke 2010"),
        ("kvp_25_aar_og_over_2024", 2026, "G dekker 2015-2025, ikke 2026"),
    ],
)
def test_en_rad_som_ingen_indeks_naar_vises_uten_omregnet_beloep(id_: str, aar: int, hvorfor: str) -> None:
    svar = i_prisaar(KATALOG[id_], aar, KATALOG)
    assert svar.beloep is None
    assert hvorfor in svar.hvordan


def test_egne_indekser_gjelder_ogsaa_katalogen() -> None:
    egne = {"kommunal_deflator": {2024: 100.0, 2025: 110.0}}
    assert i_prisaar(KATALOG["fast_verge_oekonomi_2024"], 2025, KATALOG, egne).beloep == pytest.approx(8_250, rel=1e-14)


def test_hvert_standardtiltak_er_holdt_mot_publiserte_tall_eller_sagt_aa_mangle_dem() -> None:
    for gruppe in ("unge_voksne", "familier"):
        for t in standardtiltak(gruppe):
            assert avstander(gruppe, t, 2019, KATALOG), t.navn
    navn = {t.navn for gruppe in ("unge_voksne", "familier") for t in standardtiltak(gruppe)}
    assert {ett.tiltak for alle in treff().values() for ett in alle} == navn


@pytest.mark.parametrize(
    ("gruppe", "tiltak", "id_", "i_radens_aar", "i_2019", "vurdering"),
    [
        # The hourly cost by the model's own formula: 547 on the KS guarantee wage, 633 on the average municipal wage.
        ("unge_voksne", "Økonomisk rådgivning", "ks_garantiloenn_3_aarig_2022", 547.04, 491.04, "samme størrelse"),
        ("unge_voksne", "Økonomisk rådgivning", "aarsloenn_kommune_2023", 633.04, 540.16, "samme størrelse"),
        ("familier", "Omfattende helseoppfølging", "aarsloenn_sykepleier_2023", 682.39, 582.26, "samme størrelse"),
        ("unge_voksne", "Aktiv fritid: støttekontakt", "stoettekontakt_stavanger_18_2016", 165.01, 179.63, "samme størrelse"),
        ("familier", "Støttekontakt for barn", "stoettekontakt_stavanger_30_2016", 203.45, 221.48, "samme størrelse"),
        ("familier", "Avlastning", "avlaster_helse_2022", 103.83, 93.20, "motsier"),
        ("unge_voksne", "Bostøtte", "bostoette_husstand_2022_januar", 34_092, 30_760.5, "samme størrelse"),
        ("familier", "Investeringsmøte (alle deltakere)", "ks_garantiloenn_3_aarig_2022", 12 * 547.04, 12 * 491.04, "samme størrelse"),
        ("unge_voksne", "Investeringsmøte (alle deltakere)", "ks_garantiloenn_3_aarig_2022", 9 * 547.04, 9 * 491.04, "samme størrelse"),
    ],
)  # fmt: skip
def test_avstanden_til_naermeste_publiserte_tall(
    gruppe: str, tiltak: str, id_: str, i_radens_aar: float, i_2019: float, vurdering: str
) -> None:
    t = next(t for t in standardtiltak(gruppe) if t.navn == tiltak)
    (avstand,) = [a for a in avstander(gruppe, t, 2019, KATALOG) if a.treff.id == id_]
    assert avstand.rad is not None
    assert avstand.rad.beloep * avstand.treff.ganger == pytest.approx(i_radens_aar, rel=2e-5)
    assert avstand.publisert == pytest.approx(i_2019, rel=4e-4)
    assert avstand.avvik == pytest.approx(t.enhetskostnad / i_2019 - 1, abs=1e-3)
    assert avstand.treff.vurdering == vurdering


def test_et_eget_tiltak_har_ingen_avstand_og_opphavet_sies() -> None:
    t = les_toml().grupper["unge_voksne"].tiltak[0]
    assert opphav(t) == "antakelse"
    assert avstander("unge_voksne", type(t)(**{**vars(t), "navn": "Eget"}), 2019, KATALOG) == []


def test_soeket_tar_navnet_foerst_og_det_nyeste_aaret_foerst_i_hver_serie() -> None:
    svar = [rad.id for rad in soek(KATALOG, "sosialhjelp  ENSLIG")]
    assert svar == [f"sosialhjelp_enslig_{aar}" for aar in (2024, 2023, 2022, 2021, 2019)]
    assert soek(KATALOG, "verge")[0].id == "fast_verge_standard_2025"
    assert [r.id for r in soek(KATALOG, "vergemal.no")] == ["fast_verge_oekonomi_2024", "fast_verge_begge_2024"]
    assert len(soek(KATALOG)) == 124
    assert soek(KATALOG, "romferge") == []


def test_rader_eldre_enn_tre_aar_er_den_nyeste_av_hver_pris_og_de_uten_aar_sist() -> None:
    gamle = eldre_enn(KATALOG, 3, 2026)
    assert all(rad.prisaar is None or rad.prisaar <= 2022 for rad in gamle)
    aar = [rad.prisaar or 0 for rad in gamle]
    assert aar == sorted(aar, reverse=True)
    ider = [rad.id for rad in gamle]
    assert "barnevernsinstitusjon_doegn_2022" in ider
    assert not {"barnevernsinstitusjon_doegn_2013", "g_2015", "sosialhjelp_enslig_2019"} & set(ider)
    assert sum(rad.prisaar is None for rad in gamle) == 4
    assert nyere(KATALOG, KATALOG["fast_verge_oekonomi_2024"]) == KATALOG["fast_verge_standard_2025"]
    assert nyere(KATALOG, KATALOG["g_2025"]) is None
