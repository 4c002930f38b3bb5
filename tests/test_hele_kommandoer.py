"""Whole commands with random scenarios at their limits: a result or one message, and every way round gives the same.

Few by default; as many rounds as VELFERDSLAB_RUNDER says, on demand (eight or nine commands each).
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import protokoll
from tests.strategier import saa_mange
from velferdslab_model.cli import cli
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.fordeling import FORDELINGER
from velferdslab_model.parameters.writing import tekst

RUNDER = int(os.environ.get("VELFERDSLAB_RUNDER", saa_mange(20)))
_SMAA = (0.0, 1e-9, 1e-6, 0.01, 0.3, 0.5, 0.999999, 1.0)
_STORE = (0.0, 1e-9, 1.0, 1234.56, 1e6, 1e9, 1e12)
_UTEN_TAK = ("lognormal", "gamma")
_TEGN = 'aæ"\\=+-@#[]{}😀 ñ'


def _tall(r: random.Random, noekkel: str) -> float:
    felt = FELT[noekkel]
    if felt.heltall:
        return r.randint(int(felt.minst), min(int(felt.mest), 2040))
    if felt.mest <= 1:
        return min(max(r.choice(_SMAA), felt.minst), felt.mest)
    return r.choice([0.0, 0.01, 1.0, 7.5, 1e6]) if felt.slag == "antall" else r.choice(_STORE)


def _tekst(r: random.Random) -> str:
    return "x" + "".join(r.choices(_TEGN, k=r.choice([0, 5, 40, 985, 999]))).strip()


def _verdier(r: random.Random, navn: tuple[str, ...], valg: tuple[float, ...]) -> list[float]:
    """Of places, in order; of mean and spread, or successes and trials, mostly what goes together."""
    ut = [r.choice(valg) for _ in navn]
    if navn[:1] == ("suksess",):
        return sorted(ut)
    return (
        sorted(ut)
        if len(navn) == 3 or navn[:1] in ((), ("minst",))
        else [ut[0], ut[0] * r.choice([0.0, 1e-12, 1e-7, 1e-3, 0.3, 1.0, 90.0])]
    )


def scenario(r: random.Random) -> str:
    """A scenario file, legal for the most part."""
    linjer = [f"navn = {tekst('K' + _tekst(r)[:60])}"]
    if r.random() < 0.3:
        linjer.append(f"vis_i_prisaar = {r.choice([2015, 2019, 2024])}")
    for gruppe in ("unge_voksne", "familier"):
        valgt = r.sample([n for n in FELT if n != "analysetidspunkt"], r.randint(0, 5))
        linjer += [f"{gruppe}.{n} = {_tall(r, n)}" for n in valgt]
        if r.random() < 0.4:
            n = r.choice(valgt or ["verdi_qaly"])
            linjer.append(f"{gruppe}.kilder.{tekst(n)} = {tekst(_tekst(r))}")
        for n in ("verdi_qaly", "suksessrate.utsatt", "priser", "tiltak.Booppfølging.enhetskostnad"):
            if r.random() < 0.25:
                andel = n.startswith("suksess")
                slag = r.choice([s for s in FORDELINGER if (s == "beta") <= andel and (s in _UTEN_TAK) <= (not andel)])
                navn = r.choice(FORDELINGER[slag])
                valg = _SMAA if andel or n == "priser" else _STORE
                ledd = [f"{x} = {v!r}" for x, v in zip(navn, _verdier(r, navn, valg), strict=True)]
                linjer.append(
                    f"{gruppe}.usikkerhet.{tekst(n)} = {{ " + ", ".join([f"fordeling = {tekst(slag)}", *ledd]) + " }"
                )
        if r.random() < 0.4:
            linjer += [
                f"[[{gruppe}.tiltak]]",
                'navn = "Booppfølging"',
                f"enhetskostnad = {r.choice(_STORE)!r}",
                f"kilde = {tekst(_tekst(r))}",
            ]
            break  # dotted keys cannot follow a table
    return "\n".join(linjer) + "\n"


def kjoer(mappe: Path, *argumenter: str) -> tuple[int, str]:
    """Run one command here. Status and output; a message is status 2, anything else that is raised is a fault."""
    svar = CliRunner().invoke(cli, [str(mappe / a) if "." in a and not a.startswith("-") else a for a in argumenter])
    protokoll.tell("hele kommandoer")
    feil = svar.exception
    if isinstance(feil, VelferdslabError):
        assert str(feil).strip(), argumenter
        return 2, str(feil)
    if feil is not None and not isinstance(feil, SystemExit):
        raise AssertionError(f"{argumenter}: {feil!r}") from feil
    assert "NaN" not in svar.stdout, argumenter
    assert "Infinity" not in svar.stdout, argumenter
    return svar.exit_code, svar.stdout


def tall_i(utskrift: str) -> Any:
    """The numbers of `run --format json`, without what names the scenario and its file."""
    svar = json.loads(utskrift)
    return svar["brukergrupper"], svar["samlet"]


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize("froe", range(RUNDER))
def test_hver_vei_rundt_gir_det_samme_eller_en_melding(froe: int, tmp_path: Path) -> None:
    r = random.Random(froe)
    (tmp_path / "s.toml").write_text(scenario(r), encoding="utf-8")
    status, foerst = kjoer(tmp_path, "run", "s.toml", "--format", "json")
    if status == 2:
        assert "s.toml" in foerst
        return
    assert status == 0
    assert kjoer(tmp_path, "generate", "s.toml", "-o", "a.xlsx")[0] == 0
    status, funn = kjoer(tmp_path, "check", "a.xlsx", "--against", "s.toml")
    assert status == 0, funn
    status, av_boken = kjoer(tmp_path, "run", "a.xlsx", "--format", "json")
    assert status == 0, av_boken
    assert tall_i(av_boken) == tall_i(foerst)
    status, sagt = kjoer(tmp_path, "new", "Annen", "--from", "a.xlsx", "-o", "b.toml")
    assert status == 0, sagt
    status, av_toml = kjoer(tmp_path, "run", "b.toml", "--format", "json")
    assert status == 0, av_toml
    assert tall_i(av_toml) == tall_i(foerst)
    status, sammen = kjoer(tmp_path, "compare", "s.toml", "b.toml", "--draws", "100", "--format", "json")
    assert status == 0, sammen
    en, annen = (kommune["brukergrupper"] for kommune in json.loads(sammen)["kommuner"])
    assert en == annen
    assert kjoer(tmp_path, "prices", "s.toml", "-o", "p.xlsx")[0] == 0
    status, med_liste = kjoer(tmp_path, "run", "s.toml", "--prices", "p.xlsx", "--format", "json")
    assert status == 0, med_liste
    assert tall_i(med_liste) == tall_i(foerst)
    assert kjoer(tmp_path, "uncertainty", "s.toml", "--draws", "100", "--format", "json")[0] == 0
