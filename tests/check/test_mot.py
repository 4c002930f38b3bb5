"""What a workbook is audited against: the defaults, another scenario or workbook, another price year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.regneark import LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.cli.output_check import kontrollrapport
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import Resultat, beregn

DATA = Path(__file__).parents[1] / "effektbok" / "data"


@pytest.mark.libreoffice
def test_bare_prisaaret_endret_er_en_endring(standardfil: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    fil = tmp_path / "prisaar.xlsx"
    libreoffice.lagre(standardfil, fil, [("Introduksjonsark", "B16", 2030)])
    k = kontroller(fil)
    assert [(celle, e.gammel, e.ny) for celle, e in k.endringer] == [("Introduksjonsark!B16", 2019, 2030)]
    assert k.funn == []
    assert any("ingenting er regnet om" in m for m in k.merknader)


def test_sammenligning_i_arbeidsbokens_prisaar(tmp_path: Path) -> None:
    f = fra_toml({"prisaar": 2024, "familier": {"loennskostnad": 1}}, "test", "Asker")
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO))
    k = kontroller(fil)
    assert [(e.noekkel, e.ny) for _, e in k.endringer] == [("loennskostnad", 1.0)]
    assert k.merknader[0].startswith(
        "Sammenlignet i 2024-kroner, regnet om fra 2019 med kommunal deflator, årslønn og KPI"
    )


#: Next year's prices, with points that no built-in series reaches.
NESTE_AAR = {
    "navn": "Asker",
    "vis_i_prisaar": 2028,
    "indekser": {
        "kpi": {"2026": 141.8, "2028": 150},
        "kommunal_deflator": {"2026": 100, "2028": 107},
        "loennsvekst": {"2026": 100, "2028": 109},
    },
}


def test_to_aar_som_bare_skiller_seg_ved_omregningen_er_like_begge_veier(tmp_path: Path) -> None:
    ny, fjor = tmp_path / "ny.xlsx", tmp_path / "fjor.xlsx"
    ny.write_bytes(arbeidsbok(beregn(fra_toml(NESTE_AAR, "test", "test")), DATO))
    fjor.write_bytes(arbeidsbok(beregn(fra_toml({"navn": "Asker", "vis_i_prisaar": 2025}, "test", "test")), DATO))
    for fil, mot in ((ny, fjor), (fjor, ny)):
        k = kontroller(fil, mot)
        assert list(k.endringer) == []
        assert k.beloep_sammenlignet
        assert k.virkning
        assert all(abs(g.differanse("netto_samfunn")) < 1e-6 for g in k.virkning.grupper.values())


def test_uten_indeks_i_noen_av_dem_sies_det_og_beloepene_sammenlignes_ikke(tmp_path: Path, standardfil: Path) -> None:
    data = {"navn": "Asker", "prisaar": 2040, "unge_voksne": {}, "familier": {}}
    for gruppe in ("unge_voksne", "familier"):
        g = fra_toml({}, "test", "test").grupper[gruppe]
        data[gruppe] = {
            "nullalternativ": dict(zip(("uholdbar", "utsatt", "stabil", "baerekraftig"), g.nullalternativ, strict=True)),
            "verdi_qaly": g.verdi_qaly, "loennskostnad": g.loennskostnad, "behold_standardtiltak": False,
            "suksessrate": {"stabil": 0.5},
        }  # fmt: skip
    ny = tmp_path / "ny.xlsx"
    ny.write_bytes(arbeidsbok(beregn(fra_toml(data, "test", "test")), DATO))
    k = kontroller(ny, standardfil)
    assert (k.beloep_sammenlignet, k.virkning) == (False, None)
    assert not [e for _, e in k.endringer if e.er_beloep]
    # The default rate, in 2019-kroner, is followed by no tiltak and covered by no index: the file was made without it.
    assert {e.noekkel for _, e in k.endringer if not e.tiltak} == {"suksessrate.stabil", "timesats.Kommunal timesats"}
    assert "Beløpene er ikke sammenlignet: arbeidsboken er i 2040-kroner" in k.merknader[0]
    rapport = " ".join(kontrollrapport(k).split())
    assert "Beløpene er IKKE sammenlignet (ulike prisår)." in rapport
    assert k.to_dict()["beloep_sammenlignet"] is False


def test_against_et_annet_scenario_eller_en_annen_arbeidsbok(standardfil: Path, tmp_path: Path) -> None:
    mot = tmp_path / "mot.toml"
    mot.write_text('navn = "Asker"\n[unge_voksne]\nsuksessrate = { stabil = 0.5 }\n')
    (endring,) = kontroller(standardfil, mot).endringer
    assert (endring[1].gammel, endring[1].ny) == (0.5, 0.8)
    assert kontroller(standardfil, standardfil).endringer == []


@pytest.mark.parametrize(
    ("fil", "mot", "sagt"),
    [
        ("format1.xlsx", DATA / "format1.toml", []),
        ("format4.xlsx", DATA / "format1.toml", ["Fra en tidligere versjon, og ingen endring: 2 tekster med annen ordlyd."]),
        (
            "format3_2024.xlsx",
            None,
            ["Fra en tidligere versjon, og ingen endring: 4 nullalternativ som nå regnes ut av utsatt og avrundes sist (flytter netto "
             "med høyst 46 kr), 11 priser som nå følger en felles timesats, 35 kilder til volum den ikke hadde og 2 tekster med annen ordlyd."],
        ),
    ],
)  # fmt: skip
def test_en_arbeidsbok_fra_en_tidligere_versjon_som_ingen_har_roert_har_ingen_endring(
    fil: str, mot: Path | None, sagt: list[str]
) -> None:
    """What the version worded otherwise, lacked, or rounded before a conversion is no change of anybody's."""
    k = kontroller(DATA / fil, mot)
    assert (list(k.endringer), list(k.funn)) == ([], [])
    assert "ingen har endret den: hver byte er som programmet skrev den" in k.merknader[0]
    assert [m for m in k.merknader if m.startswith("Fra en tidligere versjon")] == sagt
    assert k.virkning is not None
    assert all(g.differanse(s) == 0 for g in k.virkning.grupper.values() for s in g.foer)


def test_det_noen_har_endret_i_en_arbeidsbok_fra_en_tidligere_versjon_vises_og_bare_det(tmp_path: Path) -> None:
    fil = tmp_path / "eldre.xlsx"
    bok = load_workbook(DATA / "format3_2024.xlsx")
    ark = bok["Unge voksne | Kostnader"]
    endret = {"F8": 700, "F9": 600, "H9": 20, "F53": 190_000, "F54": 150_000}
    endret_kilde = next(rad for rad in ark.iter_rows(min_row=6, max_row=36) if rad[0].value == "Bostøtte")
    for celle, verdi in endret.items():
        ark[celle] = verdi
    (kilden,) = [celle for celle in endret_kilde if str(celle.value).startswith("kilde: anslag i revidert")]
    kilden.value = "Husbanken 2024"
    bok.save(fil)
    k = kontroller(fil)
    assert [f.slag for f in k.funn] == ["versjon"]  # formulas cannot be audited any more
    assert "format 3" in k.funn[0].funnet
    assert not any("ingen har endret" in m for m in k.merknader)
    funnet = {celle.rpartition("!")[2]: e.ny for celle, e in k.endringer if isinstance(e.ny, int | float)}
    # What followed utsatt in that version as a number did not follow the one that was typed.
    assert funnet.pop("F52") == pytest.approx(200_693, abs=1)
    assert funnet == endret
    assert [e.ny for _, e in k.endringer if e.felt == "kilde"] == ["kilde: Husbanken 2024"]


def test_et_scenario_aa_sammenligne_med_som_er_feil_avvises(standardfil: Path, tmp_path: Path) -> None:
    mot = tmp_path / "feil.toml"
    mot.write_text("prisaar = 1")
    with pytest.raises(UgyldigInndata, match=r"feil\.toml"):
        kontroller(standardfil, mot)


def test_json_sier_det_samme_som_rapporten(standard: Resultat, standardfil: Path, tmp_path: Path) -> None:
    mot = tmp_path / "mot.toml"
    mot.write_text('navn = "Asker"\n[unge_voksne]\nloennskostnad = 0\n')
    svar = CliRunner().invoke(cli, ["check", str(standardfil), "--against", str(mot), "--format", "json"])
    data = json.loads(svar.stdout)
    assert data["bare_inndata_er_endret"] is True
    assert [(e["celle"], e["gammel"], e["ny"]) for e in data["endringer"]] == [
        ("Unge voksne | Gevinster!C19", 0.0, 300_000)
    ]
    gevinst = standard.grupper["unge_voksne"].sum["produksjonsgevinst"]
    assert data["virkning"]["bidrag"][0]["summer"]["produksjonsgevinst"] == pytest.approx(gevinst)
    rapport = CliRunner().invoke(cli, ["check", str(standardfil), "--against", str(mot)]).stdout
    assert "Lønnskostnad: 0 -> 300\u00a0000 kr per årsverk" in rapport
    assert "Hva hver endring forklarer alene, unge voksne" in rapport
