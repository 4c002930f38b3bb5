"""velferdslab uncertainty as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.base.prosesser import som_i_en_terminal
from tests.cli.test_kommandolinje import avvist
from tests.ladet import ROT, kjoer
from velferdslab_model.effektbok.tabs import USIKKERHETSFANER


def test_uten_valg_vises_et_sammendrag_paa_en_skjerm(tmp_path: Path) -> None:
    svar = kjoer("uncertainty", "--draws", "500", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    tekst = svar.stdout.decode()
    assert "500 trekninger, frø 2019" in tekst
    assert "gir 2024 som tilbakebetalingsår for offentlige budsjetter, ikke 2025" in tekst
    assert max(map(len, tekst.splitlines())) <= 100
    assert len(tekst.splitlines()) <= 85
    assert list(tmp_path.iterdir()) == []


def test_skjermen_sier_hvor_sannsynlig_det_er_i_begge_analysene_og_hva_som_er_holdt_fast(tmp_path: Path) -> None:
    tekst = kjoer("uncertainty", mappe=tmp_path).stdout.decode()
    flytende = " ".join(tekst.split())
    assert (
        "% sannsynlighet når også modellens forenklinger er usikre (strukturell usikkerhet), og over 99,9 % når bare tallene er det"
        in flytende
    )
    assert "100,0 %" not in tekst
    for sagt in (
        "Tilfeldigheter blant 30 personer kommer i tillegg: ",
        "Lønnsom om suksessratene følger hverandre helt",
        "Holdt fast i begge analysene, de viktigste først: Livskvalitet",
        "Neddiskontering (0 %, i den strukturelle 4 %)",
        "Det gjelder hele inntaket i scenariet: 6 nye i året i 5 år, 30 familier.",
        "OBS: netto, offentlige budsjetter samlet, er 10,42 millioner i scenariet ved 4 % rente, høyere enn i",
        "Samlet",
    ):
        assert sagt in flytende, sagt


def test_uten_tilfeldigheter_er_et_valg(tmp_path: Path) -> None:
    svar = kjoer("uncertainty", "--draws", "500", "--uten-tilfeldigheter", "--format", "json", mappe=tmp_path)
    data = json.loads(svar.stdout)
    gruppe = data["brukergrupper"]["unge_voksne"]
    assert not gruppe["tilfeldighet_blant_deltakere"]
    assert gruppe["uten_tilfeldighet"]["budsjett"]["andel_av_variansen"] == 0
    assert data["samlet"]["strukturell"]["netto"]["budsjett"]["p_lonnsom"] < 1
    assert (
        "Tilfeldigheter"
        not in kjoer("uncertainty", "--draws", "100", "--uten-tilfeldigheter", mappe=tmp_path).stdout.decode()
    )


@pytest.mark.treg
def test_samme_froe_gir_samme_bytes_og_json(tmp_path: Path) -> None:
    miljoe = ("--draws", "500", "--seed", "7", "--format", "json")
    a, b = (kjoer("uncertainty", "-o", f"{n}.xlsx", *miljoe, mappe=tmp_path) for n in "ab")
    assert a.stdout == b.stdout
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    data = json.loads(a.stdout)
    assert (data["froe"], data["trekninger"], data["navn"]) == (7, 500, "Asker")
    assert list(data["brukergrupper"]["unge_voksne"]["netto"]) == [
        "budsjett",
        "samfunn",
        "kommune",
        "fylkeskommune",
        "stat",
        "kommune_realiserbar",
    ]
    c = kjoer("uncertainty", "--draws", "500", "--seed", "8", "--format", "json", mappe=tmp_path)
    assert c.stdout != a.stdout


def test_fordelinger_i_scenariofilen_brukes(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        '[unge_voksne.usikkerhet]\nverdi_qaly = { fordeling = "gamma", snitt = 1e6, sd = 1e5, begrunnelse = "Prøve" }\n',
        encoding="utf-8",
    )
    svar = kjoer("uncertainty", "s.toml", "--draws", "100", "--format", "json", mappe=tmp_path)
    gruppe = json.loads(svar.stdout)["brukergrupper"]["unge_voksne"]
    assert gruppe["fordelinger"]["verdi_qaly"] == {
        "fordeling": "gamma", "snitt": 1e6, "sd": 1e5, "begrunnelse": "Prøve",
    }  # fmt: skip


def test_en_daarlig_fordeling_avvises_og_ingenting_skrives(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        "[familier.usikkerhet]\n"
        'suksessrate.utsatt = { fordeling = "beta", suksess = 11, forsoek = 10 }\n'
        'loennskostnad = { fordeling = "normal", snitt = 3, sd = -1 }\n',
        encoding="utf-8",
    )
    melding = avvist(kjoer("uncertainty", "s.toml", "-o", "u.xlsx", mappe=tmp_path))
    assert "2 feil i s.toml" in melding
    assert "suksess 11 av forsoek 10" in melding
    assert not (tmp_path / "u.xlsx").exists()


@pytest.mark.parametrize("antall", ["0", "99", "1000000000000", "-5", "mange", "1e4", "9" * 400])
def test_et_umulig_antall_trekninger_avvises(antall: str, tmp_path: Path) -> None:
    assert "ventet et helt tall fra 100 til 5 000 000" in avvist(
        kjoer("uncertainty", f"--draws={antall}", mappe=tmp_path)
    )


@pytest.mark.parametrize("froe", ["-1", "tall", "99999999999"])
def test_et_umulig_froe_avvises(froe: str, tmp_path: Path) -> None:
    assert "er ikke et frø" in avvist(kjoer("uncertainty", f"--seed={froe}", mappe=tmp_path))


def test_feil_filendelse_avvises(tmp_path: Path) -> None:
    assert "slutter på .xlsx" in avvist(kjoer("uncertainty", "-o", "u.csv", mappe=tmp_path))


def test_generate_med_usikkerhet_legger_til_fanene(tmp_path: Path) -> None:
    svar = kjoer("generate", "--usikkerhet", "--register", "-o", "bok.xlsx", "--dato", "2026-01-15", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    navn = [fane for fane, _ in USIKKERHETSFANER]
    assert load_workbook(tmp_path / "bok.xlsx").sheetnames[7:] == ["Forutsetninger", *navn]


@pytest.mark.skipif(os.name != "posix", reason="SIGINT sendes bare slik på POSIX")
def test_ctrl_c_etterlater_ingenting_og_gir_130(tmp_path: Path) -> None:
    prosess = subprocess.Popen(
        [sys.executable, "-m", "velferdslab_model", "uncertainty", "--draws", "5000000", "-o", "ny/u.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT)},
        stderr=subprocess.PIPE,
        preexec_fn=som_i_en_terminal,  # noqa: PLW1509  # no thread here holds a lock
    )
    assert prosess.stderr is not None
    assert prosess.stderr.readline().decode() == "Trekker 5\u00a0000\u00a0000 ganger ...\n"
    prosess.send_signal(signal.SIGINT)
    _, resten = prosess.communicate()
    assert prosess.returncode == 130
    assert resten.decode().endswith("Avbrutt.\n")
    assert "Traceback" not in resten.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("linje", "ventet"),
    [
        (
            'strukturell.utvidet.skjedd_uansett = { fordeling = "uniform", minst = 0, mest = 2 }',
            "mest er 2, ventet en andel mellom 0 og 1",
        ),
        ('strukturell.utvidet.skjedd_uanset = { fordeling = "fast" }', "Mente du strukturell.utvidet.skjedd_uansett?"),
        ('strukturell.inntaksaar = { fordeling = "fast" }', "er et helt tall"),
        ("strukturell = 4", "strukturell er 4, ventet en tabell med en fordeling for hvert tall"),
    ],
)
def test_et_daarlig_strukturelt_spenn_avvises_med_en_melding(linje: str, ventet: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(f"[unge_voksne.usikkerhet]\n{linje}\n", encoding="utf-8")
    melding = avvist(kjoer("uncertainty", "s.toml", "-o", "u.xlsx", mappe=tmp_path))
    assert "s.toml" in melding
    assert ventet in melding
    assert not (tmp_path / "u.xlsx").exists()
