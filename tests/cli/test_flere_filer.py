"""Commands that write several files: all of them or none, whatever goes wrong and wherever."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.assess.konstruert import skriv_csv
from tests.cli.test_assess import personer
from tests.ladet import ROT
from velferdslab_model.base import files
from velferdslab_model.base.files import Utfil, skriv_alle
from velferdslab_model.base.maler import maler
from velferdslab_model.cli import cli
from velferdslab_model.errors import KanIkkeSkrive, VelferdslabError
from velferdslab_model.scenarios import bunke

_A, _B = (ROT / "templates" / "kommuner" / f"konstruert_{bokstav}.toml" for bokstav in "ab")
_SAMMENLIGN = ["compare", str(_A), str(_B), "--draws", "100"]
#: Command -> the files it writes. Each is refused, and fails, in turn.
KOMMANDOER: dict[str, tuple[list[str], list[str]]] = {
    "compare": ([*_SAMMENLIGN, "-o", "a.xlsx", "--html", "ny/b.html"], ["a.xlsx", "ny/b.html"]),
    "assess": (
        ["assess", "register.csv", "--inn", str(_A), "--til", "s.toml", "-o", "ny/r.xlsx"],
        ["s.toml", "ny/r.xlsx"],
    ),
    "personas": (["personas", "-o", "a.xlsx", "--html", "ny/b.html"], ["a.xlsx", "ny/b.html"]),
    "new": (["new", "--maler", "ny/eks"], [f"ny/eks/{navn}" for navn in maler()]),
    "generate": (
        ["generate", str(_A), str(_B), "-o", "ny"],
        ["ny/effektmodell_konstruert_a_kommune.xlsx", "ny/effektmodell_konstruert_b_kommune.xlsx"],
    ),
}


@pytest.fixture
def mappe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    skriv_csv(tmp_path / "register.csv", personer())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tilstand(mappe: Path) -> dict[str, bytes | None]:
    """Every file and folder, hidden ones too."""
    return {str(p.relative_to(mappe)): p.read_bytes() if p.is_file() else None for p in mappe.rglob("*")}


def avslag(argumenter: list[str]) -> str:
    """The message of a command that is refused."""
    svar = CliRunner().invoke(cli, argumenter)
    assert isinstance(svar.exception, VelferdslabError), (argumenter, svar.output, svar.exception)
    return str(svar.exception)


def ved_kall(nummer: int, ekte: Callable[..., Any], feil: BaseException) -> Callable[..., Any]:
    """The function, which raises at the call of this number and only then."""
    kall = 0

    def en(*argumenter: Any, **valg: Any) -> Any:
        nonlocal kall
        kall += 1
        if kall == nummer:
            raise feil
        return ekte(*argumenter, **valg)

    return en


@pytest.mark.parametrize("kommando", KOMMANDOER)
def test_ett_maal_som_avvises_stopper_alle(kommando: str, mappe: Path) -> None:
    argumenter, maal = KOMMANDOER[kommando]
    for fil in (maal[0], maal[-1]):
        (mappe / fil).parent.mkdir(parents=True, exist_ok=True)
        (mappe / fil).write_text("mitt", encoding="utf-8")
        foer = tilstand(mappe)
        melding = avslag(argumenter)
        assert Path(fil).name in melding
        assert "Den er ikke rørt" in melding
        assert tilstand(mappe) == foer
        (mappe / fil).unlink()


@pytest.mark.parametrize("kommando", KOMMANDOER)
@pytest.mark.parametrize("finnes", [False, True], ids=["nye", "erstatter"])
def test_en_feil_paa_disken_i_hvert_trinn_lar_alt_staa_som_foer(
    kommando: str, finnes: bool, mappe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    argumenter, maal = KOMMANDOER[kommando]
    if finnes:
        for fil in maal:
            (mappe / fil).parent.mkdir(parents=True, exist_ok=True)
            (mappe / fil).write_bytes(b"gammel")
            (mappe / fil).chmod(0o600)
    foer, sett = tilstand(mappe), []

    def med_feil(filer: Sequence[Utfil], _overskriv: bool) -> None:
        sett.append([os.path.relpath(en.sti) for en in filer])
        for funksjon in ("fsync", "chmod", "replace"):
            for nummer in sorted({1, 2, len(filer)}):
                for feil in (OSError(errno.ENOSPC, "full"), KeyboardInterrupt()):
                    with monkeypatch.context() as m:
                        m.setattr(os, funksjon, ved_kall(nummer, getattr(os, funksjon), feil))
                        with pytest.raises((KanIkkeSkrive, KeyboardInterrupt)) as svar:
                            skriv_alle(filer, True)
                    assert tilstand(mappe) == foer, (funksjon, nummer)
                    if isinstance(feil, OSError):
                        assert "disken er full" in str(svar.value)
                        assert str(svar.value).endswith("\nIngenting er skrevet.")
        skriv_alle(filer, True)

    for modul in (files, bunke):
        monkeypatch.setattr(modul, "skriv_alle", med_feil)
    svar = CliRunner().invoke(cli, [*argumenter, *(["--force"] if finnes else [])])
    assert svar.exit_code == 0, (svar.output, svar.exception)
    assert len(sett) == 1, "the files of a command are one set"
    assert sorted(sett[0]) == sorted(maal)
    etter = tilstand(mappe)
    assert {fil for fil in etter if foer.get(fil, b"") != etter[fil] and etter[fil] is not None} == set(maal)
    if finnes:
        assert {(mappe / fil).stat().st_mode & 0o777 for fil in maal} == {0o600}


@pytest.mark.parametrize("kommando", KOMMANDOER)
def test_det_som_ikke_kan_settes_tilbake_blir_sagt(kommando: str, mappe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails for good after the first move: neither the rest nor the way back can be done."""
    argumenter, maal = KOMMANDOER[kommando]
    for fil in maal:
        (mappe / fil).parent.mkdir(parents=True, exist_ok=True)
        (mappe / fil).write_bytes(b"gammel")
    ekte = os.replace
    flyttet: list[Path] = []

    def en_gang(fra: str, til: Path) -> None:
        if flyttet:
            raise OSError(errno.EIO, "gone")
        ekte(fra, til)
        flyttet.append(til)

    monkeypatch.setattr(os, "replace", en_gang)
    melding = avslag([*argumenter, "--force"])
    nye = [fil for fil in maal if (mappe / fil).read_bytes() != b"gammel"]
    assert len(nye) == 1
    assert melding.endswith(f"\nDisse er skrevet og lot seg ikke sette tilbake: {flyttet[0]}. Ingen andre er.")
    assert flyttet == [mappe.resolve() / nye[0]]
    assert not [fil for fil in tilstand(mappe) if fil.endswith(".tmp")]


def test_et_ark_for_en_ukjent_kommune_skriver_heller_ikke_arbeidsboken(mappe: Path) -> None:
    foer = tilstand(mappe)
    assert "«Ukjent» er ikke blant kommunene" in avslag([*KOMMANDOER["compare"][0], "--ark", "Ukjent"])
    assert tilstand(mappe) == foer


def test_to_maal_som_er_den_samme_filen_avvises(mappe: Path) -> None:
    (mappe / "b.html").symlink_to("a.xlsx")
    foer = tilstand(mappe)
    melding = avslag([*_SAMMENLIGN, "-o", "a.xlsx", "--html", "b.html"])
    assert "a.xlsx er oppgitt to ganger" in melding
    assert tilstand(mappe) == foer


def test_en_kontrakt_skrives_ikke_over_det_den_er_lest_fra(mappe: Path) -> None:
    """Not even with --force: what somebody typed in it is its only copy."""
    assert CliRunner().invoke(cli, ["generate", "-o", "scenario.xlsx"]).exit_code == 0
    (mappe / "scenario.xlsx").write_bytes((mappe / "scenario.xlsx").read_bytes() + b"\0")  # no longer as written
    foer = tilstand(mappe)
    melding = avslag(["contract", "--scenario", "scenario.xlsx", "-o", "scenario.xlsx", "--force"])
    assert "er filen det leses fra" in melding
    assert tilstand(mappe) == foer


@pytest.mark.skipif(os.name != "posix", reason="grensen finnes bare på POSIX")
def test_flere_filer_enn_systemet_lar_staa_aapne_skrives_som_ett_sett(
    mappe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    myk, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    monkeypatch.setattr(files, "_MAKS_LAASTE", 5)
    filer = [Utfil(mappe / "mange" / f"{nummer}.txt", b"x", lambda _: None) for nummer in range(200)]
    brukt = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 60
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(brukt + 60, myk), hard))
    try:
        skriv_alle(filer, False)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (myk, hard))
    assert sorted(os.listdir(mappe / "mange")) == sorted(f"{nummer}.txt" for nummer in range(200))
