"""A price chosen from the catalogue in a price list: amount, year, source, grade and payer arrive; nothing else moves."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.errors import KanIkkeSkrive, UgyldigInndata
from velferdslab_model.parameters.katalogvalg import valgt_id
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.parameters.typer import Tiltak
from velferdslab_model.prisliste.katalogark import KATALOGARK
from velferdslab_model.prisliste.table import KATALOGKOLONNE
from velferdslab_model.prisliste.writing import prisliste_csv, prisliste_xlsx, prislisteplan
from velferdslab_model.scenarios.loading import les_oppgitt, load_med_priser
from velferdslab_model.workbook.writing import bytes_av

RENNEBU = "praktisk_bistand_rennebu_2018"


def liste(fil: Path, *endringer: tuple[str, str, str]) -> Path:
    """A CSV list of the defaults, with (tiltak, column, value) written into unge voksne."""
    rader = list(csv.DictReader(StringIO(prisliste_csv(les_oppgitt()).decode("utf-8-sig")), delimiter=";"))
    for tiltak, kolonne, verdi in endringer:
        next(r for r in rader if r["tiltak"] == tiltak)[kolonne] = verdi
    ut = StringIO()
    skriver = csv.DictWriter(ut, list(rader[0]), delimiter=";")
    skriver.writeheader()
    skriver.writerows(rader)
    fil.write_text(ut.getvalue(), encoding="utf-8")
    return fil


def tiltaket(fil: Path, navn: str, prisaar: int = 2019) -> Tiltak:
    f, _ = load_med_priser(None, fil, prisaar)
    return next(t for t in f.unge_voksne.tiltak if t.navn == navn)


def test_en_id_i_listen_gir_beloep_aar_kilde_grad_og_betaler(tmp_path: Path) -> None:
    fil = liste(tmp_path / "p.csv", ("Booppfølging", KATALOGKOLONNE, RENNEBU))
    bo = tiltaket(fil, "Booppfølging", 2018)
    assert (bo.enhetskostnad, valgt_id(bo.kilde), bo.betaler) == (330, RENNEBU, "kommune")
    assert "grad A: offentlig kilde; sats; 2018" in bo.kilde
    endring = load_med_priser(None, fil)[1]
    assert (endring.endret, endring.egne, endring.aar) == (1, 0, (2018,))
    assert tiltaket(fil, "Hjelp til å skaffe egnet bolig").enhetskostnad == 550
    # The receipt and the audit say the same in JSON.
    (linje,) = json.loads(CliRunner().invoke(cli, ["run", "--prices", str(fil), "--format", "json"]).stdout)[
        "prisliste"
    ]
    ventet = {"katalog": RENNEBU, "grad": "A", "overfoering": False}
    assert {n: linje[n] for n in ventet} == ventet
    assert (linje["etter"], linje["etter_aar"], linje["betaler"]) == (330, 2018, "kommune")
    endret = json.loads(CliRunner().invoke(cli, ["check", str(fil), "--format", "json"]).stdout)["endringer"]
    assert [(e["noekkel"].rpartition(".")[2], {n: e[n] for n in ventet}) for e in endret] == [
        ("enhetskostnad", ventet), ("prisår", dict.fromkeys(ventet) | {"overfoering": False}), ("kilde", ventet),
    ]  # fmt: skip


def test_et_tall_som_er_holdt_mot_tiltaket_ganges_som_der(tmp_path: Path) -> None:
    fil = liste(
        tmp_path / "p.csv",
        ("Bostøtte", KATALOGKOLONNE, "bostoette_husstand_2022_januar"),
        ("Økonomisk rådgivning", KATALOGKOLONNE, "ks_garantiloenn_3_aarig_2022"),
    )
    assert tiltaket(fil, "Bostøtte", 2022).enhetskostnad == 12 * 2841
    assert tiltaket(fil, "Økonomisk rådgivning", 2022).enhetskostnad == pytest.approx(547.04, abs=0.005)
    svar = CliRunner().invoke(cli, ["run", "--prices", str(fil)])
    assert "«Bostøtte» er en overføring" in " ".join(svar.stdout.split())


@pytest.mark.parametrize(
    ("endringer", "ventet"),
    [
        ([("Booppfølging", KATALOGKOLONNE, "g_2091")], "fra katalogen er «g_2091», som ikke finnes i priskatalogen"),
        (
            [("Booppfølging", KATALOGKOLONNE, "bpa_asker_udatert")],
            "fra katalogen er «bpa_asker_udatert», som ikke har prisår (udatert) og ikke kan brukes som pris.",
        ),
        ([("Booppfølging", KATALOGKOLONNE, "g_2019")], "er «g_2019», grunnbeløpet i folketrygden: et regnegrunnlag"),
        (
            [("Booppfølging", KATALOGKOLONNE, RENNEBU), ("Booppfølging", "enhetskostnad", "500")],
            "enhetskostnad er også endret, fra 475 til 500. Behold det ene",
        ),
    ],
)
def test_et_umulig_valg_i_listen_avvises_med_rad_og_raad(
    endringer: list[tuple[str, str, str]], ventet: str, tmp_path: Path
) -> None:
    fil = liste(tmp_path / "p.csv", *endringer)
    with pytest.raises(UgyldigInndata) as feil:
        load_med_priser(None, fil)
    assert ventet in str(feil.value)
    assert "p.csv: rad 5 («Booppfølging»): " in str(feil.value)


def test_arket_viser_hver_pris_ved_siden_av_publiserte_tall_og_alle_id_er(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(prisliste_xlsx(les_oppgitt(), fil.name, DATO))
    bok = openpyxl.load_workbook(fil)
    ark = bok[KATALOGARK]
    linjer = [r for r in ark.iter_rows(min_row=5, values_only=True) if r[0]]
    # By hand: all but Bostøtte and Økonomisk verge, in both groups, are assumed; only Avlastning is far from all there is.
    assert str(ark["A2"].value).startswith("35 priser: 31 antatt, 4 med oppgitt kilde, 0 fra katalogen. 29 er holdt mot publiserte tall. 10 har minst ett tall mer enn 25\u00a0% unna, og 1 ligger så langt fra alle sine. ")  # fmt: skip
    tiltak = {(g, t.navn) for g, alle in (("Unge voksne", les_oppgitt().grupper["unge_voksne"]), ("Familie", les_oppgitt().grupper["familier"])) for t in alle.tiltak}  # fmt: skip
    assert {(r[0], r[1]) for r in linjer} == tiltak
    (rad,) = [r for r in linjer if r[1] == "Avlastning" and r[11] == "avlaster_helse_2022"]
    assert (rad[2], rad[4], rad[8], rad[9]) == (400, "antakelse", "B", "motsier")
    # The two numbers of a transfer, each with its index, by hand: 12 x 2841 kr by KPI, and as a price of the model by the deflator.
    (rad,) = [r for r in linjer if r[0] == "Familie" and r[11] == "bostoette_husstand_2022_januar"]
    assert (rad[5], rad[12]) == pytest.approx((34_092 * 110.8 / 122.8, 34_092 / (1.01 * 1.044 * 1.067)))
    assert str(rad[7]).endswith("omregnet med KPI")
    assert ark["M4"].value == "Pris om den velges (kommunal deflator)"
    assert rad[4] == "oppgitt kilde; overføring: ingen kostnad for samfunnet"
    ider = [r[14] for r in ark.iter_rows(min_row=5, values_only=True) if r[14]]
    assert len(ider) == 120
    regel = next(v for v in bok["Priser"].data_validations.dataValidation if "Priskatalog" in str(v.formula1))
    assert regel.formula1 == "Priskatalog!$O$5:$O$124"
    assert kontroller(fil).funn == []
    assert kontroller(fil).endringer == []


def test_en_liste_uten_katalogens_ark_og_kolonne_leses(tmp_path: Path) -> None:
    bok = prislisteplan(les_oppgitt(), "gammel.xlsx", format_=1)
    assert [ark.navn for ark in bok.ark] == ["Priser"]
    innhold = bytes_av(bok, DATO)
    fil = tmp_path / "gammel.xlsx"
    fil.write_bytes(innhold)
    assert len(load_med_priser(None, fil)[0].unge_voksne.tiltak) == 16


def test_prices_foreslaar_en_nyere_sats_og_endrer_ingenting(tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text('[[unge_voksne.tiltak]]\nnavn = "Økonomisk verge"\nkatalog = "fast_verge_oekonomi_2024"\n', encoding="utf-8")  # fmt: skip
    svar = CliRunner().invoke(cli, ["prices", str(scenario), "-o", str(tmp_path / "p.csv")])
    assert svar.exit_code == 0, svar.output
    assert "fast_verge_standard_2025 er nyere (10" in svar.stderr
    assert "Prisen er ikke endret" in svar.stderr
    f, _ = load_med_priser(scenario, tmp_path / "p.csv", 2024)
    assert next(t for t in f.unge_voksne.tiltak if t.navn == "Økonomisk verge").enhetskostnad == 7500
    uten = CliRunner().invoke(cli, ["prices", "-o", str(tmp_path / "q.csv")])
    assert "er nyere" not in uten.stderr
    # The list of a new year: of the two prices that have a source, and of no antakelse.
    scenario.write_text("prisaar = 2019\nvis_i_prisaar = 2025\n", encoding="utf-8")
    nytt = CliRunner().invoke(cli, ["prices", str(scenario), "-o", str(tmp_path / "r.csv")])
    forslag = [linje for linje in nytt.stderr.replace("\N{NO-BREAK SPACE}", " ").splitlines() if "er nyere" in linje]
    assert forslag == [
        "«Bostøtte» er fra 2019; bostoette_husstand_2022_januar er nyere (2 841 kr per måned, januar 2022). Prisen er ikke endret: velg den nye selv.",
        "«Økonomisk verge» er fra 2019; fast_verge_standard_2025 er nyere (10 000 kr per år, 2025). Prisen er ikke endret: velg den nye selv.",
    ]
    assert load_med_priser(scenario, tmp_path / "r.csv")[1].endret == 0


#: A municipality's own rows: one held against a tiltak by name, one more year of a built-in price, and one that takes a built-in row's place.
EGNE = (
    "id;serie;navn;enhet;beloep;prisaar;betaler;slag;overfoering;indeks;grad;kilde;dato;forbehold;tiltak;ganger\n"
    "boopp_asker_2025;;Konstruert booppfølging;time;612,50;2025;kommune;regnskapstall;nei;kommunal_deflator;A;"
    "Konstruert regnskap;01.02.2026;Konstruert rad.;Booppfølging;\n"
    "fast_verge_2027;fast_verge;Konstruert verge;år;11000,50;2026;borger;sats;nei;kpi;A;Konstruert vedtak;01.01.2027;Konstruert rad.;;\n"
    "avlaster_helse_2022;;Konstruert avlaster;time;210;2022;kommune;sats;nei;loennsvekst;B;Konstruert vedtak;01.05.2022;"
    "Konstruert rad.;;\n"
    "nettverk_asker_2024;;Konstruert nettverk;samling;500;2024;kommune;anslag;nei;kpi;C;Konstruert;01.01.2024;"
    "=HYPERLINK(1);Nettverkstiltak;1,5\n"
)


@pytest.fixture
def med_egne(tmp_path: Path) -> Path:
    (tmp_path / "egne.csv").write_text(EGNE, encoding="utf-8")
    scenario = tmp_path / "s.toml"
    scenario.write_text('katalogfil = "egne.csv"\n[[unge_voksne.tiltak]]\nnavn = "Økonomisk verge"\nkatalog = "fast_verge_oekonomi_2024"\n', encoding="utf-8")  # fmt: skip
    return scenario


def test_kommunens_egne_rader_er_i_listen_ved_tiltakene_og_kan_velges_der(med_egne: Path, tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    svar = CliRunner().invoke(cli, ["prices", str(med_egne), "-o", str(fil)])
    assert svar.exit_code == 0, svar.output
    # The newer rate is the municipality's own; nothing is changed by it.
    assert "fast_verge_2027 er nyere (11 000,50 kr)" in svar.stderr.replace("\N{NO-BREAK SPACE}", " ")
    bok = openpyxl.load_workbook(fil)
    linjer = {(r[1], r[11]): r for r in bok[KATALOGARK].iter_rows(min_row=5, values_only=True) if r[0]}
    assert linjer["Booppfølging", "boopp_asker_2025"][9] == "egen rad"
    assert linjer["Økonomisk verge", "fast_verge_2027"][9] == "samme størrelse"
    assert linjer["Nettverkstiltak", "nettverk_asker_2024"][5] == pytest.approx(750 / 1.031 / 1.035, rel=0.2)
    assert ("Nettverkstiltak", None) not in linjer
    assert (
        linjer["Avlastning", "avlaster_helse_2022"][7]
        == "Konstruert avlaster: 210 kr per time (2022); regnet ut av det: x 1,141; omregnet med årslønn (2022 foreløpig)"
    )
    ider = [r[14] for r in bok[KATALOGARK].iter_rows(min_row=5, values_only=True) if r[14]]
    assert len(ider) == 120 + 3
    assert kontroller(fil).funn == []
    bok["Priser"]["J8"] = "boopp_asker_2025"
    bok.save(fil)
    # The list carries the rows: the scenario's own file need not be there.
    f, endring = load_med_priser(None, fil, 2025)
    bo = next(t for t in f.unge_voksne.tiltak if t.navn == "Booppfølging")
    assert (bo.enhetskostnad, valgt_id(bo.kilde), endring.egne) == (612.5, "boopp_asker_2025", 0)
    assert "boopp_asker_2025 i egne.csv (grad A: egen vurdering;" in bo.kilde
    assert {(e.felt, e.ny) for _, e in kontroller(fil).endringer} >= {("enhetskostnad", 612.5), ("prisår", 2025)}


def test_ganger_og_nyeste_sats_foelger_valget_til_listen(tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text(
        '[[unge_voksne.tiltak]]\nnavn = "Økonomisk verge"\nkatalog = "sosialhjelp_enslig_2019"\nkatalog_ganger = 12\n',
        "utf-8",
    )
    fil = tmp_path / "p.csv"
    assert CliRunner().invoke(cli, ["prices", str(scenario), "-o", str(fil)]).exit_code == 0
    nyeste = next(rad for rad in innebygd_katalog().values() if rad.id == "sosialhjelp_enslig_2024")
    fil.write_text(fil.read_text("utf-8-sig").replace(';2019;;"kilde: priskatalogen', ';2019;sosialhjelp_enslig_2024;"kilde: priskatalogen'), "utf-8")  # fmt: skip
    f, _ = load_med_priser(scenario, fil, 2024)
    verge = next(t for t in f.unge_voksne.tiltak if t.navn == "Økonomisk verge")
    assert verge.enhetskostnad == 12 * nyeste.beloep


@pytest.mark.parametrize("fra", ["scenario", "valg"])
def test_en_prisliste_skrives_aldri_over_katalogfilen_den_er_laget_av(fra: str, med_egne: Path, tmp_path: Path) -> None:
    argumenter = [str(med_egne)] if fra == "scenario" else ["--katalog", str(tmp_path / "egne.csv")]
    svar = CliRunner().invoke(cli, ["prices", *argumenter, "-o", str(tmp_path / "egne.csv"), "--force"])
    assert isinstance(svar.exception, KanIkkeSkrive), svar.output
    assert "egne.csv" in str(svar.exception)
    assert (tmp_path / "egne.csv").read_text("utf-8") == EGNE
