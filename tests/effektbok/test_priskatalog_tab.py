"""The tab «Priskatalog»: prices live beside published figures, and a choice that is read where it stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.conftest import DATO
from tests.regneark import LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.priskatalog_tab import PRISKATALOGFANE
from velferdslab_model.effektbok.register_tab import REGISTERFANE
from velferdslab_model.effektbok.tabs import TILVALG, USIKKERHETSFANER, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

KOSTNADER = "Unge voksne | Kostnader"
VALG = '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nkatalog = "praktisk_bistand_rennebu_2018"\n'


def rader(fil: Path) -> dict[tuple[str, str], tuple[object, ...]]:
    """Stored values of the tab by tiltak and id, of unge voksne."""
    ark = openpyxl.load_workbook(fil, data_only=True)["Priskatalog"]
    alle = ark.iter_rows(min_row=6, values_only=True)
    return {(str(r[1]), str(r[10] or "")): r for r in alle if r[0] == "Unge voksne"}


def test_fanen_viser_pris_opphav_publisert_tall_og_avstand(tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml({}, "t", "Asker")), DATO, [PRISKATALOGFANE]))
    r = rader(fil)["Økonomisk rådgivning", "ks_garantiloenn_3_aarig_2022"]
    assert (r[2], r[3], r[6], r[8]) == (550, "antakelse", "A", "samme størrelse")
    assert r[4] == pytest.approx(529_900 * 1.3 * 1.35 / 1700 / (1.031 * 1.035 * 1.044), rel=1e-9)
    assert r[7] == pytest.approx(550 / 491.04 - 1, abs=1e-4)
    assert rader(fil)["Bostøtte", "bostoette_husstand_2022_januar"][3] == "oppgitt kilde"
    uten = rader(fil)["Nettverkstiltak", ""]
    assert (uten[2], uten[4], uten[7], uten[8]) == (10_000, None, None, "ikke funnet")
    assert kontroller(fil).funn == []


@pytest.mark.libreoffice
def test_pris_og_avstand_foelger_cellene_og_et_valg_fra_katalogen_overlever_libreoffice(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    (tmp_path / "s.toml").write_text(VALG, encoding="utf-8")
    f = load_forutsetninger(tmp_path / "s.toml")
    (tmp_path / "fra.xlsx").write_bytes(arbeidsbok(beregn(f), DATO, [REGISTERFANE, PRISKATALOGFANE]))
    libreoffice.lagre(tmp_path / "fra.xlsx", tmp_path / "til.xlsx", [(KOSTNADER, "F10", 491.04)])
    etter = rader(tmp_path / "til.xlsx")
    assert etter["Booppfølging", "praktisk_bistand_rennebu_2018"][2:4] == (pytest.approx(340.56), "fra katalogen")
    assert etter["Booppfølging", "praktisk_bistand_rennebu_2018"][7] == pytest.approx(0, abs=1e-12)
    assert etter["Hjelp til å skaffe egnet bolig", "ks_garantiloenn_3_aarig_2022"][2] == 491.04
    assert etter["Hjelp til å skaffe egnet bolig", "ks_garantiloenn_3_aarig_2022"][7] == pytest.approx(0, abs=1e-4)
    k = kontroller(tmp_path / "til.xlsx")
    assert k.funn == []
    assert any("praktisk_bistand_rennebu_2018" in str(e.kilde) for _, e in k.endringer)
    lest = next(t for t in load_forutsetninger(tmp_path / "til.xlsx").unge_voksne.tiltak if t.navn == "Booppfølging")
    assert lest == next(t for t in f.unge_voksne.tiltak if t.navn == "Booppfølging")


def test_alle_faner_er_nevnt_paa_introduksjonsark_ogsaa_naar_de_er_flere_enn_linjene() -> None:
    ekstra = [*tilleggsfaner([en.noekkel for en in TILVALG]), *(fane for en in TILVALG if en.revisjon == "navn" for fane in en.faner(Fanevalg()))]  # fmt: skip
    assert len(ekstra) > 8
    intro = planlegg(beregn(fra_toml({}, "t", "Asker")), DATO, ekstra).ark[0]
    tekster = " ".join([str(c.verdi) for c in intro.celler()] + [lenke[3] for lenke in intro.lenker])
    assert {navn for navn, _ in USIKKERHETSFANER if navn not in tekster} == set()
    assert "Også «" in tekster
