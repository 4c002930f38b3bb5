"""Parity at scale: random scenarios typed into the default workbook, every formula cell against a fresh engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.conftest import DATO, hopp_over
from tests.regneark import (
    LibreOffice,
    avvik,
    hvorfor_ikke_gnumeric,
    innskrivinger,
    regn_ut_formualizer,
    regn_ut_gnumeric,
)
from tests.strategier import forutsetninger, saa_mange
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.workbook.comparing import formelceller
from velferdslab_model.workbook.plan import Bok

#: Gnumeric is started anew for every scenario, so it is given fewer.
ANTALL, ANTALL_GNUMERIC = saa_mange(200), saa_mange(20)
_INNSTILLINGER = settings(
    max_examples=ANTALL, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_INNSTILLINGER
@given(forutsetninger())
def test_formualizer_gir_motorens_tall(standardbok: Bok, standardfil: Path, f: Forutsetninger) -> None:
    ny = planlegg(beregn(f), DATO)
    celler = [(ark, celle.adresse) for ark, celle in formelceller(ny)]
    funnet = regn_ut_formualizer(standardfil, innskrivinger(standardbok, ny), celler)
    assert avvik("formualizer", ny, funnet) == []


@pytest.mark.libreoffice
@_INNSTILLINGER
@given(forutsetninger())
def test_libreoffice_gir_motorens_tall(
    libreoffice: LibreOffice, standardbok: Bok, standardfil: Path, f: Forutsetninger
) -> None:
    ny = planlegg(beregn(f), DATO)
    assert avvik("LibreOffice", ny, libreoffice.regn_ut(standardfil, innskrivinger(standardbok, ny))) == []


@settings(_INNSTILLINGER, max_examples=ANTALL_GNUMERIC)
@given(forutsetninger())
def test_gnumeric_gir_motorens_tall(standardbok: Bok, standardfil: Path, f: Forutsetninger) -> None:
    if grunn := hvorfor_ikke_gnumeric():
        hopp_over(grunn)
    ny = planlegg(beregn(f), DATO)
    assert avvik("Gnumeric", ny, regn_ut_gnumeric(standardfil, innskrivinger(standardbok, ny))) == []
