"""Parity of the comparison's formulas: whatever is chosen in the yellow cells, every formula cell holds the engine's number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from tests.compare.kommuner import skriv
from tests.conftest import DATO
from tests.regneark import LibreOffice, avvik, innskrivinger, regn_ut_formualizer
from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.compare.kolonner import MAALNAVN
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning, sammenlign
from velferdslab_model.compare.tabs.valg import Fossvalg, Parvalg, Valg, standardvalg
from velferdslab_model.compare.writing import sammenligningsplan
from velferdslab_model.workbook.comparing import formelceller
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

#: Names that SUMIFS would read as patterns, and one that takes no family in.
KOMMUNER = ("Bø*", "Bø 2", "<Å", "?", "~?")
UTEN_FAMILIER = "?"
#: Opening a file in LibreOffice takes time; the step is prime to the number of groups, nets and measures.
LIBREOFFICE_HVER = 7


@pytest.fixture(scope="module", params=["<Å", GJENNOMSNITT])
def s(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sammenligning:
    mappe = tmp_path_factory.mktemp("kommuner")
    for i, navn in enumerate(KOMMUNER):
        familier = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }" if navn == UTEN_FAMILIER else ""
        uv = f"verdi_qaly = {800_000 + 100_000 * i}\nsuksessrate = {{ utsatt = {0.1 + 0.2 * i} }}"
        skriv(mappe, navn, f"[unge_voksne]\n{uv}\n[familier]\n{familier}\n", fil=f"{i}.toml")
    return sammenlign([mappe], referanse=request.param, trekninger=300)


def hvert_valg(s: Sammenligning) -> Iterator[Valg]:
    """Every waterfall, each with another pair: all pairs in both groups, by both nets, a municipality and itself too."""
    andre = [m.navn for m in s.medlemmer if m is not s.referansemedlem]
    alle = [m.navn for m in s.medlemmer]
    par = [Parvalg(*p) for p in product(alle, alle, BRUKERGRUPPER, NETTONAVN)]
    for i, foss in enumerate(product(andre, BRUKERGRUPPER, NETTONAVN, MAALNAVN)):
        for k in range(i, len(par), len(andre) * 12):
            yield Valg(Fossvalg(*foss), par[k])


@pytest.fixture(scope="module")
def bok(s: Sammenligning) -> Bok:
    return sammenligningsplan(s)


@pytest.fixture(scope="module")
def fil(bok: Bok, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sti = tmp_path_factory.mktemp("bok") / "sammenligning.xlsx"
    sti.write_bytes(bytes_av(bok, DATO))
    return sti


def test_hver_formelcelle_har_verdien_ved_siden_av_seg(bok: Bok) -> None:
    celler = list(formelceller(bok))
    assert len(celler) == 10 * 10 + 1 + 2
    assert all(celle.formel and "{" not in celle.formel for _, celle in celler)
    assert {ark for ark, _ in celler} == {"Forskjeller", "Usikkerhet"}


def test_valgene_er_alle_fosser_og_alle_par(s: Sammenligning) -> None:
    alle = list(hvert_valg(s))
    assert len({v.foss for v in alle}) == (4 if s.referansemedlem else 5) * 12
    assert len({v.par for v in alle}) == 5 * 5 * 2 * 2
    assert standardvalg(s).foss in {v.foss for v in alle}


@pytest.mark.treg
def test_formualizer_gir_motorens_tall_for_hvert_valg(s: Sammenligning, bok: Bok, fil: Path) -> None:
    for valg in hvert_valg(s):
        ny = sammenligningsplan(s, valg)
        celler = [(ark, celle.adresse) for ark, celle in formelceller(ny)]
        funnet = regn_ut_formualizer(fil, innskrivinger(bok, ny), celler)
        assert avvik("formualizer", ny, funnet) == [], valg


@pytest.mark.treg
@pytest.mark.libreoffice
def test_libreoffice_gir_motorens_tall_for_et_utvalg_av_dem(
    libreoffice: LibreOffice, s: Sammenligning, bok: Bok, fil: Path
) -> None:
    for valg in islice(hvert_valg(s), 0, None, LIBREOFFICE_HVER):
        ny = sammenligningsplan(s, valg)
        assert avvik("LibreOffice", ny, libreoffice.regn_ut(fil, innskrivinger(bok, ny))) == [], valg
