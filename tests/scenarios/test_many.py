"""Many scenarios at once: the same answers and the same messages as one by one, in the order given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.kommuner import skriv
from tests.conftest import DATO
from velferdslab_model.base import workers
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import FeilIFiler
from velferdslab_model.prisliste.kvittering import prislistemelding
from velferdslab_model.prisliste.writing import write_prisliste
from velferdslab_model.results import beregn
from velferdslab_model.scenarios import many
from velferdslab_model.scenarios.loading import les_oppgitt, les_scenario, load_forutsetninger
from velferdslab_model.scenarios.many import Innlest, les_scenarier


@pytest.fixture
def boeker(tmp_path: Path) -> Path:
    """A folder with four workbooks, one broken workbook and a scenario file that is wrong."""
    kilder, mappe = tmp_path / "kilder", tmp_path / "alle"
    mappe.mkdir()
    for i, navn in enumerate("ABCD"):
        fil = skriv(kilder, navn, f"[unge_voksne]\nloennskostnad = {310 + i}000\n")
        (mappe / f"{navn}.xlsx").write_bytes(arbeidsbok(beregn(load_forutsetninger(fil)), DATO))
    (mappe / "Cc.xlsx").write_bytes((mappe / "C.xlsx").read_bytes()[:5000])
    skriv(mappe, "E", "prisaar = nei\n")
    return mappe


@pytest.fixture
def i_prosesser(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two processes whatever the machine has; notes how many scenarios were sent to them."""
    sendt: list[int] = []
    ekte = workers.for_hver

    def for_hver(arbeid: object, alle: object, i_en_prosess: bool = False) -> object:
        sendt.append(0 if i_en_prosess else len(alle))  # type: ignore[arg-type]  # a sequence, as in the real one
        return ekte(arbeid, alle, i_en_prosess)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(workers, "kjerner", lambda: 2)
    monkeypatch.setattr(many, "for_hver", for_hver)
    return sendt


def test_arbeidsboeker_leses_side_om_side_med_samme_svar_og_i_rekkefoelge(
    boeker: Path, i_prosesser: list[int], tmp_path: Path
) -> None:
    liste = tmp_path / "priser.csv"
    write_prisliste(les_oppgitt(None), liste, DATO)
    fremdrift: list[tuple[int, int]] = []
    svar = les_scenarier([boeker], liste, hopp_over_feil=True, fremdrift=lambda n, av: fremdrift.append((n, av)))
    assert i_prosesser == [6]
    assert fremdrift == [(n, 6) for n in range(1, 7)]
    filer = [boeker / f"{navn}.xlsx" for navn in "ABCD"]
    assert [en.fil for en in svar.scenarier] == filer
    assert [en.oppgitt for en in svar.scenarier] == [les_scenario(fil, liste)[0] for fil in filer]
    endringer = [les_scenario(fil, liste)[1] for fil in filer]
    assert list(svar.priser) == [f"{f}: {prislistemelding(e)}" for f, e in zip(filer, endringer, strict=True) if e]
    assert len(svar.feil) == 2
    assert all(str(boeker / navn) in feil for navn, feil in zip(("Cc.xlsx", "e.toml"), svar.feil, strict=True))


def test_meldingene_er_de_samme_som_i_en_prosess(
    boeker: Path, i_prosesser: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FeilIFiler) as mange:
        les_scenarier([boeker])
    assert i_prosesser == [6]
    monkeypatch.setattr(many, "_MINST_SIDE_OM_SIDE", 100)
    with pytest.raises(FeilIFiler) as en:
        les_scenarier([boeker])
    assert i_prosesser == [6, 0]
    assert str(mange.value) == str(en.value)
    assert "2 av 6 filer kan ikke brukes" in str(en.value)


def test_scenariofiler_sendes_ikke_til_andre_prosesser(tmp_path: Path, i_prosesser: list[int]) -> None:
    filer = [skriv(tmp_path, navn) for navn in ("F", "A", "Ø", "B", "C")]
    svar: Innlest = les_scenarier(filer)
    assert i_prosesser == [0]
    assert [en.oppgitt.navn for en in svar.scenarier] == ["F", "A", "Ø", "B", "C"]
