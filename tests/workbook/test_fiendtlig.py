"""Files from outside: each bad one gives one clear message, exit 2, in bounded time and memory; good ones are read."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests import protokoll
from tests.conftest import DATO
from tests.ladet import kjoer
from tests.maskin import langsomhet
from tests.scenarier import KONSTRUERTE
from tests.workbook.fiendtlige import fiendtlige
from tests.workbook.test_flommer import MAKS_MB, MAKS_SEKUNDER, oppstart
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import load_forutsetninger


@pytest.mark.treg
@pytest.mark.skipif(os.name != "posix", reason="måler med getrusage")
def test_hver_fiendtlig_fil_gir_en_melding_i_begrenset_tid_og_minne(standardfil: Path, tmp_path: Path) -> None:
    start = oppstart(tmp_path, "run", "bok.xlsx")
    antall, lengst, stoerst = 0, 0.0, 0.0
    for navn, innhold in fiendtlige(standardfil.read_bytes()):
        fil = tmp_path / "bok.xlsx"
        fil.write_bytes(innhold)
        svar = kjoer("run", "bok.xlsx", mappe=tmp_path)
        melding = svar.stderr.decode()
        assert svar.returncode == 2, (navn, melding)
        assert "Traceback" not in melding, navn
        assert melding.startswith("Feil: "), navn
        assert "bok.xlsx" in melding, navn
        assert len(melding) < 2000, navn
        # Time of the processor, which does not depend on what else the machine is doing; and allowing for a slow one.
        sekunder, megabyte = start + svar.sekunder, svar.megabyte
        assert sekunder <= MAKS_SEKUNDER * langsomhet(), (navn, sekunder)
        assert megabyte <= MAKS_MB, (navn, megabyte)
        antall, lengst, stoerst = antall + 1, max(lengst, sekunder), max(stoerst, megabyte)
    assert antall >= 60
    protokoll.tell("fiendtlige filer", antall)
    protokoll.stoerst("fiendtlige filer: sekunder", lengst)
    protokoll.stoerst("fiendtlige filer: MB", stoerst)


@pytest.mark.treg
@pytest.mark.parametrize("scenario", ["standard", *KONSTRUERTE])
def test_en_arbeidsbok_leses_tilbake_som_det_den_ble_laget_av(scenario: str, tmp_path: Path) -> None:
    f = fra_toml({"navn": "Bærum", "prisaar": 2021, **KONSTRUERTE.get(scenario, {})}, "t", "t")
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO))
    assert load_forutsetninger(fil) == f


def test_endret_tall_under_standardkilden_regnes_som_antakelse(standard: Resultat, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(standard, DATO))
    bok = load_workbook(fil)
    bok["Unge voksne"]["C11"] = 0.6
    bok["Unge voksne | Kostnader"]["F9"] = 500
    bok.save(fil)
    lest = load_forutsetninger(fil).unge_voksne
    assert lest.suksessrate[0] == 0.6
    assert lest.kilder["suksessrate.uholdbar"] == UTEN_KILDE
    assert lest.kilder["suksessrate.utsatt"] == standard.forutsetninger.unge_voksne.kilder["suksessrate.utsatt"]
    assert (lest.tiltak[3].navn, lest.tiltak[3].enhetskostnad, lest.tiltak[3].kilde) == (
        "Booppfølging",
        500,
        UTEN_KILDE,
    )


def test_feil_i_en_celle_nevner_ark_og_celle(standard: Resultat, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(standard, DATO))
    bok = load_workbook(fil)
    bok["Unge voksne"]["C11"] = 80
    bok["Unge voksne"]["C6"] = None
    bok.save(fil)
    with pytest.raises(VelferdslabError) as feil:
        load_forutsetninger(fil)
    assert "Unge voksne!C11 (unge_voksne.suksessrate.uholdbar) er 80, ventet en andel" in str(feil.value)
    assert "Unge voksne!C6 (unge_voksne.analyseperiode) er tom, ventet et helt tall" in str(feil.value)


def mutert(tekst: bytes, tilfeldig: random.Random) -> bytes:
    """A scenario file with a few random changes: bytes flipped, cut, doubled, or pieces put in."""
    ut = bytearray(tekst)
    biter = [b"[", b"7", b"0.25", b"# ", b"]", b"{", b"}", b'"', b"=", b"#", b"\n", b"nan", b"inf", b"-1", b"1e400", b"0,5", b"true", b"''",
             b"\xff", b"\x00", b"[[familier.tiltak]]\n", b"navn = 1\n", b"999999999999999999999", b"2020-01-01", b"."]  # fmt: skip
    for _ in range(tilfeldig.randint(1, 3)):
        sted = tilfeldig.randrange(len(ut) + 1)
        match tilfeldig.randrange(8):
            case 0:
                ut[sted:sted] = tilfeldig.choice(biter)
            case 1:
                del ut[sted : sted + tilfeldig.randint(1, 40)]
            case 2 if sted < len(ut):
                ut[sted] = tilfeldig.randrange(256)
            case 3 | 4 | 5:  # another digit, which may well be legal
                siffer = [k for k, tegn in enumerate(ut) if chr(tegn).isdigit()]
                if siffer:
                    ut[tilfeldig.choice(siffer)] = tilfeldig.choice(b"0123456789")
            case _:
                ut[sted:sted] = ut[sted : sted + tilfeldig.randint(1, 60)]
    return bytes(ut)


@pytest.mark.treg
def test_ti_tusen_oedelagte_scenariofiler_gir_resultat_eller_melding(tmp_path: Path) -> None:
    """Starts from a file with every value in force, so that the changes hit values and not comments."""
    grunn = "\n".join(
        linje.removeprefix("# ") if " = " in linje else linje
        for linje in scenariomal("Konstruert").splitlines()
        if " = " in linje or linje.startswith("[")
    )
    korte = [
        b'navn = "x"\n[unge_voksne]\nanalyseperiode = 8\ninntak = { stabil = 3 }\n',
        b'[[familier.tiltak]]\nnavn = "Bost\xc3\xb8tte"\nvolum = { uholdbar = 1, utsatt = 2, stabil = 3 }\n',
        b'[unge_voksne.kilder]\nverdi_qaly = "x"\n[unge_voksne.utvidet]\nreell_vekst = 0.01\n',
    ]
    tilfeldig = random.Random(2019)
    fil = tmp_path / "scenario.toml"
    gyldige, meldinger = 0, list[str]()
    for runde in range(10_000):
        kilde = grunn.encode() if runde % 20 == 0 else korte[runde % 3]
        fil.write_bytes(mutert(kilde, tilfeldig))
        try:
            f = load_forutsetninger(fil)
        except VelferdslabError as feil:
            meldinger.append(str(feil))
        else:
            gyldige += 1
            beregn(f)
    protokoll.tell("muterte scenariofiler", 10_000)
    assert gyldige > 300
    assert len(meldinger) == 10_000 - gyldige > 5_000
    assert all("scenario.toml" in melding for melding in meldinger)
