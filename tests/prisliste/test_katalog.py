"""A price chosen from the catalogue in a price list: amount, year, source, grade and payer arrive; nothing else moves."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from tests.regneark import LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.katalogvalg import valgt_id
from velferdslab_model.parameters.typer import Tiltak
from velferdslab_model.prisliste.katalogark import KATALOGARK
from velferdslab_model.prisliste.table import KATALOGKOLONNE, PRISKOLONNER
from velferdslab_model.prisliste.writing import prisliste_csv, prisliste_xlsx, prislisteplan
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser
from velferdslab_model.workbook.writing import bytes_av

RENNEBU = "praktisk_bistand_rennebu_2018"


def liste(fil: Path, *endringer: tuple[str, str, str]) -> Path:
    """A CSV list of the defaults, with (tiltak, column, value) written into unge voksne."""
    rader = list(csv.DictReader(StringIO(prisliste_csv(les_oppgitt()).decode("utf-8-sig")), delimiter=";"))
    for tiltak, kolonne, verdi in endringer:
        next(r for r in rader if r["tiltak"] == tiltak)[kolonne] = verdi
    ut = StringIO()
    skriver = csv.DictWriter(ut, list(PRISKOLONNER), delimiter=";")
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


def test_et_tall_som_er_holdt_mot_tiltaket_ganges_som_der(tmp_path: Path) -> None:
    fil = liste(
        tmp_path / "p.csv",
        ("Bostøtte", KATALOGKOLONNE, "bostoette_husstand_2022_januar"),
        ("Økonomisk rådgivning", KATALOGKOLONNE, "ks_garantiloenn_3_aarig_2022"),
    )
    assert tiltaket(fil, "Bostøtte", 2022).enhetskostnad == 12 * 2841
    assert tiltaket(fil, "Økonomisk rådgivning", 2022).enhetskostnad == pytest.approx(547.04, abs=0.005)
    svar = CliRunner().invoke(cli, ["run", "--prices", str(fil)])
    assert "Tiltaket «Bostøtte» har en overføring" in " ".join(svar.stdout.split())


@pytest.mark.parametrize(
    ("endringer", "ventet"),
    [
        ([("Booppfølging", KATALOGKOLONNE, "g_2091")], "fra katalogen er «g_2091», som ikke finnes i priskatalogen"),
        ([("Booppfølging", KATALOGKOLONNE, "bpa_asker_udatert")], "har ikke prisår (udatert)"),
        ([("Booppfølging", KATALOGKOLONNE, "g_2019")], "er en pris per år, men tiltaket regnes per time"),
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
    tiltak = {(g, t.navn) for g, alle in (("Unge voksne", les_oppgitt().grupper["unge_voksne"]), ("Familie", les_oppgitt().grupper["familier"])) for t in alle.tiltak}  # fmt: skip
    assert {(r[0], r[1]) for r in linjer} == tiltak
    (rad,) = [r for r in linjer if r[1] == "Avlastning" and r[11] == "avlaster_helse_2022"]
    assert (rad[2], rad[4], rad[8], rad[9]) == (400, "antakelse", "A", "motsier")
    ider = [r[13] for r in ark.iter_rows(min_row=5, values_only=True) if r[13]]
    assert len(ider) == 120
    regel = next(v for v in bok["Priser"].data_validations.dataValidation if "Priskatalog" in str(v.formula1))
    assert regel.formula1 == "Priskatalog!$N$5:$N$124"
    assert kontroller(fil).funn == []
    assert kontroller(fil).endringer == []


@pytest.mark.libreoffice
def test_valget_i_listen_overlever_libreoffice_og_naar_arbeidsbok_og_revisjon(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(prisliste_xlsx(les_oppgitt(), fra.name, DATO))
    libreoffice.lagre(fra, til, [("Priser", "J8", RENNEBU)])
    assert tiltaket(til, "Booppfølging", 2018).enhetskostnad == 330
    k = kontroller(til)
    assert k.funn == []
    nye = {e.felt: e.ny for _, e in k.endringer}
    assert (nye["enhetskostnad"], nye["prisår"]) == (330, 2018)
    assert RENNEBU in str(nye["kilde"])
    svar = CliRunner().invoke(
        cli, ["generate", "--prices", str(til), "-o", str(tmp_path / "bok.xlsx"), "--priskatalog"]
    )
    assert svar.exit_code == 0, svar.output
    bok = openpyxl.load_workbook(tmp_path / "bok.xlsx", data_only=True)
    assert {r[3] for r in bok["Priskatalog"].iter_rows(min_row=6, values_only=True) if r[0] == "Unge voksne" and r[1] == "Booppfølging"} == {"fra katalogen"}  # fmt: skip
    lest = next(t for t in load_forutsetninger(tmp_path / "bok.xlsx").unge_voksne.tiltak if t.navn == "Booppfølging")
    assert valgt_id(lest.kilde) == RENNEBU
    assert kontroller(tmp_path / "bok.xlsx").funn == []


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
