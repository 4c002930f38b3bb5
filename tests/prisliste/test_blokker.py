"""The blocks under the prices of the tiltak: null alternatives, cost of labour, QALY and the common hourly rates, there and back."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.prisliste.lister import xlsx_fil
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indekser import nivaaer
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.kvittering import kvittering
from velferdslab_model.prisliste.origin import pakk_opphav, pakk_ut_opphav
from velferdslab_model.prisliste.priser import listepriser
from velferdslab_model.prisliste.writing import FOERSTE_RAD, prisliste_csv, prisliste_xlsx, prislisteplan, rekkefoelge_i
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser

SATS = "timesats.Kommunal timesats"
KOLONNER = {"enhetskostnad": "D", "prisår": "G", "kilde": "H"}
Skrevet = Mapping[tuple[str, str], Mapping[str, str | float]]


def rader(oppgitt: Oppgitt) -> dict[tuple[str, str], int]:
    """The row of each price in the workbook."""
    linjer = enumerate(rekkefoelge_i(oppgitt), start=FOERSTE_RAD)
    return {linje: rad for rad, linje in linjer if isinstance(linje, tuple)}


def liste(fil: Path, skrevet: Skrevet, scenario: Path | None = None) -> Path:
    """A list in which somebody typed, by the price and the column."""
    oppgitt = les_oppgitt(scenario)
    if fil.suffix == ".xlsx":
        steder = rader(oppgitt)
        celler = {f"{KOLONNER[kol]}{steder[sted]}": v for sted, felt in skrevet.items() for kol, v in felt.items()}
        fil.write_bytes(xlsx_fil(celler, scenario))
        return fil
    alle = list(csv.reader(prisliste_csv(oppgitt).decode("utf-8-sig").splitlines(), delimiter=";"))
    for pris, rad in zip(listepriser(oppgitt), alle[1:], strict=True):
        for kolonne, verdi in skrevet.get(pris.sted, {}).items():
            rad[alle[0].index(kolonne)] = str(verdi).replace(".", ",")
    with fil.open("w", encoding="utf-8-sig", newline="") as ut:
        csv.writer(ut, delimiter=";").writerows(alle)
    return fil


def lagt(mappe: Path, skrevet: Skrevet, endelse: str = "csv") -> Oppgitt:
    return legg_over(les_oppgitt(), liste(mappe / f"priser.{endelse}", skrevet)).oppgitt


TYPET: Skrevet = {
    ("unge_voksne", "nullalternativ.utsatt"): {"enhetskostnad": 200_000, "prisår": 2025, "kilde": "Regnskap 2025"},
    ("familier", "nullalternativ.uholdbar"): {"enhetskostnad": 500_000, "prisår": 2025, "kilde": "Regnskap 2025"},
    ("unge_voksne", "loennskostnad"): {"enhetskostnad": 480_000, "prisår": 2025, "kilde": "Budsjett 2025"},
    ("familier", "verdi_qaly"): {"enhetskostnad": 1_400_000, "prisår": 2024, "kilde": "antakelse: høy verdi"},
    ("felles", SATS): {"enhetskostnad": 712.5, "prisår": 2025, "kilde": "Lønnsmelding"},
}
I_TOML = """
navn = "Asker"
prisaar = 2025
[timesatser]
"Kommunal timesats" = { kr = 712.5, kilde = "Lønnsmelding" }
[unge_voksne]
nullalternativ = { utsatt = 200000 }
loennskostnad = 480000
[unge_voksne.kilder]
"nullalternativ.utsatt" = "Regnskap 2025"
loennskostnad = "Budsjett 2025"
[familier]
nullalternativ = { uholdbar = 500000 }
verdi_qaly = QALY
[familier.kilder]
"nullalternativ.uholdbar" = "Regnskap 2025"
verdi_qaly = "antakelse: høy verdi"
"""


@pytest.mark.parametrize("endelse", ["xlsx", "csv"])
def test_hver_blokk_lest_tilbake_er_det_samme_som_i_scenariofilen(endelse: str, tmp_path: Path) -> None:
    fil = liste(tmp_path / f"priser.{endelse}", TYPET)
    f, endring = load_med_priser(None, fil, 2025)
    kpi = nivaaer("kpi", {})
    qaly = float(f"{1_400_000 * (kpi[2025] / kpi[2024]):.15g}")
    (tmp_path / "s.toml").write_text(I_TOML.replace("QALY", repr(qaly)), encoding="utf-8")
    ventet = load_forutsetninger(tmp_path / "s.toml")
    assert (endring.endret, endring.uendret, endring.egne) == (5, 43, 0)
    assert beregn(f).to_dict() == beregn(ventet).to_dict()
    for gruppe, g in f.grupper.items():
        assert g.avledet == ventet.grupper[gruppe].avledet
        assert g.tiltak == ventet.grupper[gruppe].tiltak
        til_2025 = {n: k for n, k in g.kilder.items() if n != "verdi_qaly"}
        assert til_2025 == {n: k for n, k in ventet.grupper[gruppe].kilder.items() if n != "verdi_qaly"}
    assert f.timesatser == ventet.timesatser
    svar = kontroller(fil)
    assert svar.funn == []
    typet = {(e.gruppe or "felles", e.tiltak, e.ny) for _, e in svar.endringer if e.felt == "enhetskostnad"}
    navn = {pris.sted: pris.navn for pris in listepriser(les_oppgitt())}
    assert typet == {(sted[0], navn[sted], felt["enhetskostnad"]) for sted, felt in TYPET.items()}


def test_det_som_foelger_foelger_den_nye_prisen_og_et_eget_tall_bryter(tmp_path: Path) -> None:
    utsatt: Skrevet = {("unge_voksne", "nullalternativ.utsatt"): {"enhetskostnad": 200_000, "prisår": 2025}}
    foelger = lagt(tmp_path, utsatt)
    assert foelger.grupper["unge_voksne"].nullalternativ == (220_000, 200_000, 160_000, 0)
    assert {foelger.prisaar["unge_voksne"][f"nullalternativ.{s}"] for s in ("uholdbar", "utsatt", "stabil")} == {2025}
    # A list saved where the formulas of the scenario had been worked out already says the same.
    regnet = lagt(tmp_path, {**utsatt, ("unge_voksne", "nullalternativ.uholdbar"): {"enhetskostnad": 220_000}})
    assert regnet == foelger
    # So does one where the year was filled down the whole column; where nothing it follows is new, the year is its own.
    fylt_ned = {("unge_voksne", f"nullalternativ.{s}"): {"prisår": 2025} for s in ("uholdbar", "stabil")}
    assert lagt(tmp_path, {**utsatt, **fylt_ned}) == foelger
    assert lagt(tmp_path, fylt_ned).grupper["unge_voksne"].avledet == set()
    eget = lagt(tmp_path, {**utsatt, ("unge_voksne", "nullalternativ.stabil"): {"enhetskostnad": 150_000}})
    assert eget.grupper["unge_voksne"].nullalternativ == (220_000, 200_000, 150_000, 0)
    assert eget.grupper["unge_voksne"].avledet == {"nullalternativ.uholdbar"}
    assert eget.prisaar["unge_voksne"]["nullalternativ.stabil"] == 2019
    sats = lagt(tmp_path, {("felles", SATS): {"enhetskostnad": 600, "prisår": 2024}})
    priser = {
        t.navn: (t.enhetskostnad, sats.prisaar["familier"][f"tiltak.{t.navn}"])
        for t in sats.grupper["familier"].tiltak
        if t.timesats
    }
    assert set(priser.values()) == {(600, 2024)}
    assert len(priser) == sum(bool(t.timesats) for t in les_oppgitt().grupper["familier"].tiltak) == 6
    raadgivning = ("familier", "tiltak.Økonomisk rådgivning")
    likt = lagt(
        tmp_path,
        {("felles", SATS): {"enhetskostnad": 600, "prisår": 2024}, raadgivning: {"enhetskostnad": 600, "prisår": 2024}},
    )
    assert likt == sats
    timer = {("familier", f"tiltak.{navn}"): {"prisår": 2024} for navn in priser}
    assert lagt(tmp_path, {("felles", SATS): {"enhetskostnad": 600, "prisår": 2024}, **timer}).grupper == sats.grupper
    egen = lagt(
        tmp_path, {("felles", SATS): {"enhetskostnad": 600, "prisår": 2024}, raadgivning: {"enhetskostnad": 590}}
    )
    (t,) = [t for t in egen.grupper["familier"].tiltak if t.navn == "Økonomisk rådgivning"]
    assert (t.enhetskostnad, t.timesats, egen.prisaar["familier"][raadgivning[1]]) == (590, "", 2019)


def test_kvitteringen_viser_hver_verdi_i_kroner_av_sitt_aar_og_virkningen_av_den_alene(tmp_path: Path) -> None:
    endring = legg_over(les_oppgitt(), liste(tmp_path / "priser.csv", TYPET))
    linjer = {(en.gruppe, en.noekkel): en for en in kvittering(endring.foer, endring.oppgitt, 2025)}
    assert linjer.keys() == TYPET.keys()
    # Each by its own index: services, wages, consumer prices.
    for sted, indeks, gammel, aar in (
        (("unge_voksne", "nullalternativ.utsatt"), "kommunal_deflator", 151_312, 2025),
        (("unge_voksne", "loennskostnad"), "loennsvekst", 300_000, 2025),
        (("familier", "verdi_qaly"), "kpi", 1_120_000, 2024),
        (("felles", SATS), "kommunal_deflator", 550, 2025),
    ):
        serie = nivaaer(indeks, {})  # type: ignore[arg-type]  # one of the three
        assert linjer[sted].foer_i_nytt_aar == pytest.approx(gammel * serie[aar] / serie[2019], rel=1e-12)
    foer = regn_om(les_oppgitt(), 2025)
    for sted, en in linjer.items():
        alene = regn_om(legg_over(les_oppgitt(), liste(tmp_path / "en.csv", {sted: TYPET[sted]})).oppgitt, 2025)
        for netto in ("netto_budsjett", "netto_samfunn"):
            ventet = sum(beregn(alene).grupper[g].sum[netto] - beregn(foer).grupper[g].sum[netto] for g in foer.grupper)
            assert en.virkning
            assert en.virkning[netto] == pytest.approx(ventet, abs=0.01)
    assert linjer["felles", SATS].virkning["netto_budsjett"] != 0  # type: ignore[index]  # told above
    sagt = CliRunner().invoke(cli, ["run", "--prices", str(tmp_path / "priser.csv"), "--prisaar", "2025"]).output
    assert "Felles: Kommunal timesats: 550,00 kr (2019) -> 712,50 kr (2025)" in sagt
    svar = CliRunner().invoke(cli, ["run", "--prices", str(tmp_path / "priser.csv"), "--register", "--format", "json"])
    merket = {post["noekkel"] for post in json.loads(svar.stdout)["register"] if post["prisendring"]}
    assert merket == {
        "unge_voksne.nullalternativ.utsatt", "familier.nullalternativ.uholdbar", "unge_voksne.loennskostnad",
        "familier.verdi_qaly", "timesatser.Kommunal timesats",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("skrevet", "sagt"),
    [
        ({("unge_voksne", "loennskostnad"): {"enhetskostnad": "mye"}}, "(«Lønnskostnad»): enhetskostnad er «mye»"),
        ({("familier", "verdi_qaly"): {"enhetskostnad": "80 %"}}, "(«Verdi av en QALY»): enhetskostnad er «80 %»"),
        ({("felles", SATS): {"prisår": 1800}}, "(«Kommunal timesats»): prisår er «1800»"),
        ({("unge_voksne", "nullalternativ.utsatt"): {"kategori": "drift"}}, "kategori er «drift», men er «nullalternativ»"),
        ({("unge_voksne", "nullalternativ.utsatt"): {"betaler": "stat"}}, "betaler er «stat», men står tom"),
        ({("unge_voksne", "nullalternativ.utsatt"): {"tiltak": "Nullalternativ, utsat"}}, "Mente du Nullalternativ, utsatt?"),
        ({("felles", SATS): {"tiltak": "Timesats for leger"}}, "ikke en felles timesats i dette scenariet. En ny sats føres i en tom rad"),
        ({("familier", "loennskostnad"): {"gruppe": "Felles"}}, "Det finnes i Unge voksne."),
        ({("familier", "loennskostnad"): {"gruppe": "Unge voksne"}}, "«Lønnskostnad» i Unge voksne står også i rad"),
    ],
)  # fmt: skip
def test_feil_i_en_blokk_sies_med_raden(skrevet: Skrevet, sagt: str, tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        lagt(tmp_path, skrevet)
    assert len(feil.value.feil) == 1
    assert sagt in feil.value.feil[0]


def test_en_katalogpris_velges_bare_for_et_tiltak(tmp_path: Path) -> None:
    fil, rad = tmp_path / "priser.xlsx", rader(les_oppgitt())["unge_voksne", "loennskostnad"]
    fil.write_bytes(xlsx_fil({f"J{rad}": "aarsloenn_kommune_2023"}))
    with pytest.raises(UgyldigInndata, match="fra katalogen er «aarsloenn_kommune_2023», men gjelder bare tiltak"):
        legg_over(les_oppgitt(), fil)


def test_summer_under_hver_blokk_er_merknader_og_slettede_rader_sies(tmp_path: Path) -> None:
    fil, steder = tmp_path / "priser.xlsx", rader(les_oppgitt())
    sum_rad = steder["unge_voksne", "nullalternativ.uholdbar"] - 2
    fil.write_bytes(xlsx_fil({f"B{sum_rad}": "Sum tiltak", f"D{sum_rad}": "=SUM(D5:D39)", "A61": "Merk: uten mva."}))
    endring = legg_over(les_oppgitt(), fil)
    assert endring.oppgitt == les_oppgitt()
    assert endring.merknader == (f"rad {sum_rad} («Sum tiltak»)", "rad 61 («Merk: uten mva.»)")
    bok = load_workbook(fil)
    bok["Priser"].delete_rows(steder["familier", "verdi_qaly"])
    bok["Priser"].delete_rows(5)
    bok.save(fil)
    assert [f.funnet.partition(" er slettet")[0] for f in kontroller(fil).funn if f.slag == "rader"] == [
        "raden for «Investeringsleder / koordineringsleder (forarbeid til oppstartsmøte)» (Unge voksne)",
        "raden for «Verdi av en QALY» (Familie)",
    ]


@pytest.mark.parametrize("format_", [1, 2])
def test_en_liste_av_et_eldre_format_har_ingen_blokker_og_mangler_ingen(format_: int, tmp_path: Path) -> None:
    fil = tmp_path / "gammel.xlsx"
    uten = prislisteplan(les_oppgitt(), fil.name, format_=format_)
    assert uten.ark[0].valideringer[0][2] == 38
    fil.write_bytes(prisliste_xlsx(les_oppgitt(), fil.name, DATO))
    bok = load_workbook(fil)
    bok["Priser"].delete_rows(40, 30)
    for egenskap in bok.custom_doc_props.props:
        if egenskap.name == "velferdslab_prisliste":
            egenskap.value = 2
    bok.save(fil)
    assert [f for f in kontroller(fil).funn if f.slag != "låst celle"] == []
    endring = legg_over(les_oppgitt(), fil)
    assert (endring.endret, endring.uendret, endring.utenfor) == (0, 35, 0)


def test_opphavet_husker_hvert_beloep_i_listen(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(I_TOML.replace("QALY", "1500000"), encoding="utf-8")
    oppgitt = les_oppgitt(tmp_path / "s.toml")
    opphav = pakk_ut_opphav(pakk_opphav(oppgitt, "p.xlsx"))
    assert opphav is not None
    assert listepriser(opphav.oppgitt) == listepriser(oppgitt)
    fil = liste(tmp_path / "priser.xlsx", {("familier", "verdi_qaly"): {"enhetskostnad": 600_000}}, tmp_path / "s.toml")
    svar = kontroller(fil)
    assert svar.funn == []
    assert [(e.gammel, e.ny) for _, e in svar.endringer] == [(1_500_000, 600_000)]


def test_et_tiltak_som_heter_som_et_beloep_er_tiltaket(tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(
        '[[unge_voksne.tiltak]]\nnavn = "Lønnskostnad"\nbeskrivelse = ""\ntype_kostnad = ""\nkategori = "drift"\n'
        'kostnadsdriver = ""\nenhetskostnad = 10\nbetaler = "kommune"\nganger_per_aar = 1\n'
        "volum = { uholdbar = 1, utsatt = 1, stabil = 1 }\n", encoding="utf-8",
    )  # fmt: skip
    for endelse in ("xlsx", "csv"):
        for sted in (("unge_voksne", "tiltak.Lønnskostnad"), ("unge_voksne", "loennskostnad")):
            endring = legg_over(les_oppgitt(fil), liste(tmp_path / f"p.{endelse}", {sted: {"enhetskostnad": 20}}, fil))
            foer, etter = ({p.sted: p.beloep for p in listepriser(o)} for o in (les_oppgitt(fil), endring.oppgitt))
            assert {s for s in foer if foer[s] != etter[s]} == {sted}
