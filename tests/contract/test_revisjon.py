"""The audit of a contract's workbook: what somebody has typed, switched off or replaced, and files of earlier versions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.contract.vilkaar import FOER, kort, skriv_celler
from tests.regneark import Innskriving, regn_ut_formualizer
from velferdslab_model.check import kontrakt
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.contract import analysis
from velferdslab_model.contract.analysis import analyser_kontrakt
from velferdslab_model.contract.distribution import FROE
from velferdslab_model.contract.inputs import ORDFELT, JaNei
from velferdslab_model.contract.loading import les_kontrakt
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.tabs.grunnlag import UTDATERT
from velferdslab_model.contract.terms import Avvikling, FastBetaling, Inntak, Tak
from velferdslab_model.contract.writing import kontraktplan, write_kontrakt
from velferdslab_model.workbook.causes import UTEN_LAGREDE_TALL
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

pytestmark = pytest.mark.usefixtures("regnet_en_gang")


def test_check_viser_hva_som_er_skrevet_inn_og_finner_ellers_ingenting(fil: Path) -> None:
    assert kontroller(fil).funn == []
    skriv_celler(fil, {"priskort_1_pris": 140_000})
    svar = kontroller(fil)
    ((celle, endring),) = svar.endringer
    assert (endring.noekkel, endring.gammel, endring.ny) == ("priskort.1.pris", 150_000, 140_000)
    assert celle.startswith("Vilkår!C")
    # The file was saved without its results: told once as the cause, and nothing else.
    assert svar.funn == []
    assert UTEN_LAGREDE_TALL in svar.merknader


#: Every term a workbook can hold in use, two follow-ups, and few enough people that it is soon counted.
ALT_I_BRUK = replace(
    FOER, priskort=kort((12, 60_000, 1.0), (24, 60_000, 0.8)), tak=Tak(200_000, 900_000, 1_500_000, False),
    inntak=Inntak(3, 4, 5, 2, 5), stanses_etter=3, avvikling=Avvikling(3, 300_000), fast_betaling=(FastBetaling(3, 50_000, 1, ""),),
)  # fmt: skip
#: What is typed -> the inputs that then differ, and whether the answers are old.
SLAATT_AV: dict[str, tuple[dict[str, float | str], bool]] = {
    **{felt.navn: ({felt.navn: "nei"}, True) for felt in ORDFELT.values() if isinstance(felt, JaNei) and felt.noekkel != "tak.overfoering"},
    "oppfoelginger": ({"oppfoelginger": 1}, True),
    "inntaksaar": ({"inntaksaar": 3}, True),
    "fast_betaling": ({"fast_betaling_1_beloep": 0}, True),
    "telling": ({"rate_maate": "fra telling", "telling_suksess": 12, "telling_forsoek": 20}, True),
    "siste kohort": ({"suksessrate_4": 0.45}, True),
    "ubrukte": ({"suksessrate_7": 0.9, "priskort_3_pris": 50_000, "priskort_4_maaned": 60, "fast_betaling_3_krav_lykkede": 2, "telling_suksess": 3}, False),
}  # fmt: skip


@cache
def _alt_i_bruk() -> Bok:
    return kontraktplan(analyser_kontrakt(ALT_I_BRUK, FROE))


@cache
def _alt_i_bruk_fil() -> bytes:
    return bytes_av(_alt_i_bruk(), DATO)


@pytest.fixture
def alt_i_bruk(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Its file, for a test that has no use for what the parties may agree on either."""
    monkeypatch.setattr(analysis, "forhandlingsrom", lambda *_: None)
    return _alt_i_bruk_fil()


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("navn", SLAATT_AV)
def test_et_vilkaar_slaatt_av_eller_skrevet_uten_aa_vaere_i_bruk_er_bare_en_endring(
    navn: str, alt_i_bruk: bytes, tmp_path: Path
) -> None:
    """The cells put out of use keep what they held, and no cell that is computed hangs on them."""
    celler, gammelt = SLAATT_AV[navn]
    fil = tmp_path / "k.xlsx"
    fil.write_bytes(alt_i_bruk)
    innhold = aapne(fil, EFFEKTKONTRAKT)
    skriv: Innskriving = [
        (sted.ark, sted.adresse, verdi) for n, verdi in celler.items() if (sted := innhold.omraade(n))
    ]
    celler_ = [(ark.navn, c.adresse) for ark in _alt_i_bruk().ark for c in ark.celler()]
    regnet = regn_ut_formualizer(fil, skriv, celler_)
    skriv_celler(fil, dict(celler))
    i_filen = aapne(fil, EFFEKTKONTRAKT)
    # The file as a program that stores its results would have saved it.
    verdier = {ark: {a: v for (i, a), v in regnet.items() if i == ark and v is not None} for ark in innhold.verdier}
    svar = kontrakt.kontroller_kontrakt(replace(i_filen, verdier=verdier))
    assert [str(f) for f in svar.funn] == []
    assert {celle for celle, _ in svar.endringer} == {f"{ark}!{adresse}" for ark, adresse, _ in skriv}
    assert (str(verdier["Svar"]["A3"]) == UTDATERT) is gammelt


def test_check_finner_en_formel_noen_har_byttet(fil: Path) -> None:
    bok = load_workbook(fil)
    ark, adresse = next(iter(bok.defined_names["betalt"].destinations))
    foerste = adresse.replace("$", "").partition(":")[0]
    bok[ark][foerste] = 1_000_000
    bok.save(fil)
    assert [f.sted for f in kontroller(fil).funn if f.slag == "formel"] == [f"{ark}!{foerste}"]


def test_check_nevner_bare_cellene_noen_har_skrevet_i_naar_raten_blir_en_telling(tmp_path: Path) -> None:
    fil = tmp_path / "k.xlsx"
    write_kontrakt(les_kontrakt(None), fil)
    skriv_celler(fil, {"rate_maate": "fra telling", "telling_suksess": 12, "telling_forsoek": 20})
    assert [celle for celle, _ in kontroller(fil).endringer] == ["Vilkår!C36", "Vilkår!C37", "Vilkår!C38"]


@pytest.mark.parametrize("format_", [1, 2])
def test_en_kontraktsbok_fra_en_tidligere_versjon_leses_og_er_uroert(format_: int, tmp_path: Path) -> None:
    """Written before a contract could be worked through as ended early, and before its expected payments by year."""
    gammel = Path(__file__).parent / "data" / f"format{format_}.xlsx"
    assert replace(les_kontraktfil(gammel), kilder={}) == replace(les_kontrakt(None), kilder={})
    k = kontroller(gammel)
    assert (list(k.endringer), list(k.funn)) == ([], [])
    assert "ingen har endret den" in k.merknader[0]
    endret = tmp_path / "endret.xlsx"
    endret.write_bytes(gammel.read_bytes())
    skriv_celler(endret, {"priskort_1_pris": 140_000})
    k = kontroller(endret)
    assert [(e.gammel, e.ny) for _, e in k.endringer] == [(150_000, 140_000)]
    assert [f.slag for f in k.funn] == ["versjon"]
