"""A workbook kept open in LibreOffice answers as one just opened, whatever was typed before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import DATO
from tests.regneark import Innskriving, LibreOffice, innskrivinger
from tests.scenarier import KONSTRUERTE
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok

pytestmark = pytest.mark.libreoffice


@pytest.mark.treg
def test_det_forrige_skrev_er_borte_for_den_neste(
    libreoffice: LibreOffice, standardbok: Bok, standardfil: Path
) -> None:
    ren = libreoffice.regn_ut(standardfil)
    for scenario in ("eget_tiltak", "uten_tiltak", "utvidet"):
        ny = planlegg(beregn(fra_toml(KONSTRUERTE[scenario], scenario, "Asker")), DATO)
        skrevet = libreoffice.regn_ut(standardfil, innskrivinger(standardbok, ny))
        assert skrevet != ren
        # With something else asked for in between, the workbook is opened anew.
        libreoffice.vist(standardfil)
        assert libreoffice.regn_ut(standardfil, innskrivinger(standardbok, ny)) == skrevet
        assert libreoffice.regn_ut(standardfil) == ren


def test_en_fil_som_er_skrevet_paa_nytt_aapnes_paa_nytt(
    libreoffice: LibreOffice, standardfil: Path, tilleggsfil: Path, tmp_path: Path
) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(standardfil.read_bytes())
    foerst = libreoffice.regn_ut(fil)
    fil.write_bytes(tilleggsfil.read_bytes())
    assert {ark for ark, _ in libreoffice.regn_ut(fil)} > {ark for ark, _ in foerst}


def test_etter_en_laast_celle_aapnes_den_paa_nytt(libreoffice: LibreOffice, standardfil: Path) -> None:
    ren = libreoffice.regn_ut(standardfil)
    with pytest.raises(RuntimeError, match="is locked"):
        libreoffice.regn_ut(standardfil, [("Unge voksne", "C6", 12), ("Unge voksne", "A1", "feil")])
    assert libreoffice.regn_ut(standardfil) == ren


def test_en_bok_som_holdes_aapen_lagres_som_en_nylig_aapnet(
    libreoffice: LibreOffice, standardfil: Path, tmp_path: Path
) -> None:
    """Every value and formula of what is saved, after texts, numbers and nothing were typed into it and taken out again."""
    fersk, holdt = tmp_path / "fersk.xlsx", tmp_path / "holdt.xlsx"
    celler = [("Unge voksne", "C6"), ("Unge voksne", "C11"), ("Familie", "C13"), ("Unge voksne | Kostnader", "C6")]
    til_slutt: Innskriving = [("Familie", "C13", 0.25)]
    libreoffice.lagre(standardfil, fersk, til_slutt)
    for verdi in (None, "x" * 40_000, 1e308):
        libreoffice.lagre(standardfil, holdt, [(*celle, verdi) for celle in celler], gjenbruk=True)
        assert _innhold(holdt) != _innhold(fersk)
        # With a formula asked for in between, the workbook is opened anew.
        if verdi is None:
            libreoffice.lagre(standardfil, holdt, [("Unge voksne", "C11", {"formel": "=TRUE()"})], gjenbruk=True)  # type: ignore[list-item]
    libreoffice.lagre(standardfil, holdt, til_slutt, gjenbruk=True)
    assert _innhold(holdt) == _innhold(fersk)


def _innhold(fil: Path) -> tuple[object, object]:
    innhold = aapne(fil, EFFEKTMODELL)
    return innhold.verdier, innhold.formler
