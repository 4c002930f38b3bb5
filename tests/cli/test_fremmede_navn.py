"""Names that others have given: they neither become code in a file nor reach the terminal as anything but letters."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.kommandoer import alle
from tests.ladet import kjoer
from velferdslab_model.base.tekst import synlig
from velferdslab_model.cli import cli
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.writing import som_toml, tekst
from velferdslab_model.scenarios.loading import load_forutsetninger


@given(st.text())
def test_en_tekst_i_toml_leses_som_den_var(verdi: str) -> None:
    assert tomllib.loads(f"x = {tekst(verdi)}") == {"x": verdi}


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_det_som_vises_er_en_linje_uten_styretegn(verdi: str) -> None:
    vist = synlig(verdi)
    assert len(vist) == len(verdi)
    assert vist.splitlines() in ([], [vist])
    vist.encode()
    assert synlig("1\N{NO-BREAK SPACE}000 æøå – 😀") == "1\N{NO-BREAK SPACE}000 æøå – 😀"


@pytest.mark.skipif(os.name != "posix", reason="slike filnavn finnes ikke her")
def test_et_filnavn_med_linjeskift_blir_ikke_en_linje_i_filen(tmp_path: Path) -> None:
    navn = "x\nneddiskontering = 0.2\n# \x1b[2J.toml"
    skrevet = tomllib.loads(som_toml(load_forutsetninger(None), navn))
    assert skrevet["unge_voksne"]["neddiskontering"] != 0.2
    assert "neddiskontering" not in skrevet


@pytest.mark.parametrize("navn", alle())
def test_et_navn_paa_to_linjer_kommer_ikke_inn_noe_sted(
    navn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of a command's arguments and options in turn: the message shows it on one line, and no file is made."""
    monkeypatch.chdir(tmp_path)
    brutt = "a\r\nFeil: alt er i orden.xlsx"
    valg = [[p.opts[0], brutt] for p in alle()[navn].params if isinstance(p, click.Option) and not p.is_flag]
    for argumenter in ([brutt], *valg):
        svar = CliRunner().invoke(cli, [navn, *argumenter])
        assert svar.exit_code == 2
        assert "«a??Feil: alt er i orden.xlsx» har et linjeskift" in svar.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="slike filnavn finnes ikke her")
def test_et_navn_paa_to_linjer_i_en_mappe_eller_liste_vises_paa_en(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mappe = tmp_path / "kommuner\nFeil: x"
    mappe.mkdir()
    (mappe / "a\nFeil: b.toml").write_text('navn = "A"\n', encoding="utf-8")
    (mappe / "liste.csv").write_text('fil\n"a\nb.toml"\n', encoding="utf-8")
    (mappe / "ut").mkdir()
    monkeypatch.chdir(mappe)
    for argumenter in (
        ("compare", "."),
        ("compare", "liste.csv"),
        ("generate", "-o", "ut"),
        ("generate", ".", "-o", "y"),
    ):
        feil = CliRunner().invoke(cli, argumenter).exception
        assert isinstance(feil, VelferdslabError), argumenter
        assert "?" in str(feil)
        assert not re.search("^Feil: ", str(feil), re.M), feil


@pytest.mark.skipif(os.name != "posix", reason="slike filnavn finnes ikke her")
def test_styretegn_i_lister_navn_og_valg_vises_ikke_raa(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("fil\n\x1b]0;PWN\x07\x1b[2Jx.toml\n", encoding="utf-8")
    for argumenter in (
        ("compare", "liste.csv"),
        ("run", "\x1b[2J.toml"),
        ("run", "--\x1b[2J"),
        ("run", b"\xff\xfe.toml"),
        ("check", b"\xff.xlsx"),
        ("generate", "-o", "\x1b[2J"),
    ):
        svar = kjoer(*argumenter, mappe=tmp_path)
        sagt = svar.stderr.decode()
        assert svar.returncode == 2, (argumenter, sagt)
        assert "Feil: " in sagt, argumenter
        assert "\x1b" not in sagt, argumenter
        assert "\x07" not in sagt, argumenter
        assert "Traceback" not in sagt, sagt


def test_et_navn_som_er_for_langt_gir_en_melding_om_det(tmp_path: Path) -> None:
    langt = "å" * 200
    for argumenter in (("run", f"{langt}.toml"), ("generate", "-o", f"{langt}.xlsx"), ("check", f"{langt}.xlsx"), ("new", "A", "-o", langt)):  # fmt: skip
        svar = kjoer(*argumenter, mappe=tmp_path)
        assert svar.returncode == 2, argumenter
        assert "navnet er for langt" in svar.stderr.decode(), argumenter
