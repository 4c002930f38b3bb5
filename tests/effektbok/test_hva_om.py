"""The block «Hva om?»: nine nets, live, equal to running the model with other success rates and prices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import DATO
from tests.regneark import Innskriving, LibreOffice, avvik, regn_ut_formualizer
from tests.scenarier import KONSTRUERTE
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.hva_om import HvaOm, hva_om
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.workbook.comparing import formelceller
from velferdslab_model.workbook.plan import Bok

VALG = HvaOm(suksess=(0.35, 1.6), pris=(0.0, 2.25))
SCENARIOER = ("standard", "utvidet", "ulike_grupper", "korteste_periode")


def scenario(navn: str) -> Forutsetninger:
    return fra_toml(KONSTRUERTE.get(navn, {}), "test", "Asker")


def skrevet(bok: Bok) -> Innskriving:
    """What a user types into the yellow cells of the block, in both groups."""
    ut: Innskriving = []
    for prefiks in ("UV", "FAM"):
        for navn, andeler in (("suksess", VALG.suksess), ("pris", VALG.pris)):
            for nivaa, andel in zip(("lav", "hoy"), andeler, strict=True):
                sted = bok.steder[f"{prefiks}.hva_om_{navn}_{nivaa}"]
                ut.append((sted.ark, sted.adresse.replace("$", ""), andel))
    return ut


@pytest.mark.parametrize("navn", SCENARIOER)
def test_hver_netto_er_modellen_kjoert_med_andre_suksessrater_og_priser(navn: str) -> None:
    for g in beregn(scenario(navn)).grupper.values():
        svar = hva_om(g, VALG)
        for i, andel in enumerate((0.35, 1.0, 1.6)):
            for k, pris in enumerate((0.0, 1.0, 2.25)):
                p = g.gruppe.suksessrate
                annen = replace(
                    g.gruppe,
                    suksessrate=(min(1.0, p[0] * andel), min(1.0, p[1] * andel), min(1.0, p[2] * andel)),
                    tiltak=tuple(replace(t, enhetskostnad=t.enhetskostnad * pris) for t in g.gruppe.tiltak),
                )
                f = replace(scenario("standard"), unge_voksne=annen)
                ventet = beregn(f).grupper["unge_voksne"].sum
                stoerst = max(abs(v) for v in (*ventet.values(), 1.0))
                assert abs(svar.netto_budsjett[i, k] - ventet["netto_budsjett"]) <= 1e-9 * stoerst
                assert abs(svar.netto_samfunn[i, k] - ventet["netto_samfunn"]) <= 1e-9 * stoerst


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize("navn", SCENARIOER)
def test_formlene_foelger_de_skrevne_andelene_i_formualizer(navn: str, tmp_path: Path) -> None:
    f = scenario(navn)
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO))
    ny = planlegg(beregn(f), DATO, hva_om={"unge_voksne": VALG, "familier": VALG})
    celler = [(ark, celle.adresse) for ark, celle in formelceller(ny)]
    assert avvik("formualizer", ny, regn_ut_formualizer(fil, skrevet(ny), celler)) == []


@pytest.mark.libreoffice
def test_formlene_foelger_de_skrevne_andelene_i_libreoffice_og_kontrollen_ser_ingen_feil(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    f = scenario("utvidet")
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(arbeidsbok(beregn(f), DATO))
    ny = planlegg(beregn(f), DATO, hva_om={"unge_voksne": VALG, "familier": VALG})
    assert avvik("LibreOffice", ny, libreoffice.regn_ut(fra, skrevet(ny))) == []
    libreoffice.lagre(fra, til, skrevet(ny))
    k = kontroller(til)
    assert k.funn == []
    assert k.forutsetninger == f


def test_det_midterste_tallet_er_modellens_eget(standardbok: Bok) -> None:
    for prefiks in ("UV", "FAM"):
        for x in ("budsjett", "samfunn"):
            midten = standardbok.steder[f"{prefiks}.hva_om_{x}_suksess_forventet_pris_forventet"].verdier[0]
            assert midten == pytest.approx(standardbok.steder[f"{prefiks}.sum_netto_{x}"].verdier[0], rel=1e-12)
