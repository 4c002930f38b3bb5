"""The public names: all of them load, and each says what it takes, gives and raises."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import velferdslab_model


@pytest.mark.parametrize("navn", [n for n in velferdslab_model.__all__ if not n.startswith("_")])
def test_hvert_offentlig_navn_finnes_og_er_beskrevet(navn: str) -> None:
    ting = getattr(velferdslab_model, navn)
    beskrivelse = inspect.getdoc(ting) or ""
    assert len(beskrivelse) > 30, navn
    if navn.startswith(("write_", "load_", "les_", "kontroller", "sammenlign")):
        assert "Raises" in beskrivelse, f"{navn} does not say what it raises"


def test_listen_er_ordnet_og_et_ukjent_navn_er_en_feil() -> None:
    assert sorted(velferdslab_model.__all__) == velferdslab_model.__all__
    with pytest.raises(AttributeError, match="finnes_ikke"):
        getattr(velferdslab_model, "finnes_ikke")  # noqa: B009  # mypy knows that it does not exist


def test_aaret_med_python_gir_alle_filene(tmp_path: Path) -> None:
    from datetime import date

    v = velferdslab_model
    v.write_prisliste(v.les_oppgitt(), tmp_path / "priser.xlsx", date(2026, 1, 1))
    f, endring = v.load_med_priser(None, tmp_path / "priser.xlsx")
    assert endring.endret == 0
    resultat = v.beregn(f)
    v.write_arbeidsbok(resultat, tmp_path / "bok.xlsx", date(2026, 1, 1))
    assert not v.kontroller(tmp_path / "bok.xlsx").funn
    v.write_usikkerhet(v.analyser(f, 1000, 1), tmp_path / "usikkerhet.xlsx", date(2026, 1, 1))
    (tmp_path / "a.toml").write_text('navn = "A"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('navn = "B"\n', encoding="utf-8")
    s = v.sammenlign([tmp_path / "a.toml", tmp_path / "b.toml"], trekninger=200)
    v.write_sammenligning(s, tmp_path / "sammenligning.xlsx", date(2026, 1, 1))
    v.write_rapport(s, tmp_path / "sammenligning.html")
    assert len(list(tmp_path.glob("*.xlsx"))) == 4


@pytest.mark.treg
def test_registreringer_med_python_gir_plassering_rater_og_rapport(tmp_path: Path) -> None:
    from datetime import date

    from tests.assess.konstruert import rad, skriv_csv

    v = velferdslab_model
    assert v.plasser_svar({"helse": "utsatt", "rus": "utsatt"}, "kriterier").situasjon == 1
    fil = skriv_csv(
        tmp_path / "r.csv", [rad("P1", "2023-03-01", "oppstart", 1), rad("P1", "2024-03-01", "avslutning", 2)]
    )
    a = v.analyser_registreringer(v.les_registreringer(fil), fil.name, v.load_forutsetninger())
    assert a.rater["unge_voksne", "utsatt"].antallet.lyktes == 1
    v.write_registerrapport(a, tmp_path / "rapport.xlsx", internt=False, dato=date(2026, 1, 1))
    v.write_registermal(tmp_path / "mal.xlsx", date(2026, 1, 1))
    assert not v.kontroller(tmp_path / "mal.xlsx").funn
