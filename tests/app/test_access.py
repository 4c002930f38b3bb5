"""The page is safe by default: who asks, how, with what and how much is settled before anything is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.app.tjener import NOEKKEL, TYPE, Tjener, skjema
from velferdslab_model.app.access import MAKS_FORESPOERSEL, Adgang, Adresser
from velferdslab_model.cli import cli


@pytest.mark.parametrize(
    ("hoder", "status", "sagt"),
    [
        ({"Host": "ond.example:{port}"}, 421, "sin egen adresse"),  # a name that was made to point here
        ({"Host": "127.0.0.1"}, 421, "sin egen adresse"),
        ({"Host": "127.0.0.1:1"}, 421, "sin egen adresse"),
        ({"Host": ""}, 400, ""),
        ({"Origin": "http://ond.example"}, 403, "annet nettsted"),
        ({"Origin": "null"}, 403, "annet nettsted"),
        ({"Origin": "https://127.0.0.1:{port}"}, 403, "annet nettsted"),
        ({"Origin": "http://127.0.0.1:{port}.ond.example"}, 403, "annet nettsted"),
        ({"Origin": ""}, 403, "siden selv"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "siden selv"),
        ({"Cookie": ""}, 403, "hemmelige adressen"),
        ({"Cookie": "velferdslab_{port}=feil"}, 403, "hemmelige adressen"),
        ({"Content-Length": str(MAKS_FORESPOERSEL + 1)}, 413, "60 MB"),
        ({"Content-Length": "9" * 15}, 413, "60 MB"),
        ({"Content-Length": "9" * 30}, 400, ""),
        ({"Transfer-Encoding": "chunked", "Content-Length": ""}, 411, "hvor stor"),
    ],
)
def test_det_som_ikke_kommer_fra_siden_selv_avvises_foer_det_leses(
    tjener: Tjener, hoder: dict[str, str], status: int, sagt: str
) -> None:
    egne = {"Origin": tjener.adresse, "Content-Type": TYPE, "Content-Length": "10"}
    egne |= {navn: verdi.replace("{port}", str(tjener.port)) for navn, verdi in hoder.items()}
    svar = tjener.be("POST", "/start", None, **egne)  # nothing is sent: an answer means that nothing was waited for
    assert svar.status == status
    assert sagt in svar.tekst


def test_lokalt_vertsnavn_og_ipv6_er_ogsaa_siden_selv(tjener: Tjener) -> None:
    for vert in (f"localhost:{tjener.port}", f"[::1]:{tjener.port}"):
        assert tjener.be("GET", "/start", Host=vert).status == 200


@pytest.mark.parametrize("metode", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "TULL"])
def test_bare_get_head_og_post_tas_imot(tjener: Tjener, metode: str) -> None:
    assert tjener.be(metode, "/start").status == 405
    assert tjener.be("POST", "/stil.css", b"", Origin=tjener.adresse).status in (404, 405)


@pytest.mark.parametrize("gitt", ["", "feil", NOEKKEL[:-1], NOEKKEL + "x", "æ" * 40, "x" * 5000])
def test_uten_den_hemmelige_noekkelen_slippes_ingen_inn(tjener: Tjener, gitt: str) -> None:
    from urllib.parse import quote

    svar = tjener.be("GET", f"/?noekkel={quote(gitt)}", Cookie="")
    assert svar.status == 403
    assert "set-cookie" not in svar.hoder
    for sti in ("/", "/start", "/stil.css", "/skript.js"):
        assert tjener.be("GET", sti, Cookie="").status == 403


def test_noekkelen_blir_en_kake_som_bare_siden_har(tjener: Tjener) -> None:
    svar = tjener.be("GET", f"/?noekkel={NOEKKEL}", Cookie="")
    assert svar.status == 303
    kake = svar.hoder["set-cookie"]
    assert NOEKKEL not in kake
    assert f"velferdslab_{tjener.port}=" in kake
    assert all(del_ in kake for del_ in ("HttpOnly", "SameSite=Strict", "Path=/"))
    # From a link in another page the cookie would not come along with a redirect.
    fra_lenke = tjener.be("GET", f"/?noekkel={NOEKKEL}", Cookie="", Sec_Fetch_Site="cross-site")
    assert fra_lenke.status == 200
    assert 'content="0;url=/start"' in fra_lenke.tekst


def test_hvert_svar_har_en_streng_policy_og_ingenting_hentes_utenfra(tjener: Tjener) -> None:
    for sti in ("/start", "/stil.css", "/finnes-ikke", f"/?noekkel={NOEKKEL}"):
        svar = tjener.be("GET", sti)
        policy = svar.hoder["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert svar.hoder["cache-control"] == "no-store"
        assert svar.hoder["x-content-type-options"] == "nosniff"
        assert "server" not in svar.hoder
    side = tjener.be("GET", "/start").tekst
    assert not re.search(r"(?:src|href|action)=\"(?!/|#)", side)
    assert not re.search(r"<style|<script(?! src)|\sstyle=|\son[a-z]+=", side)


@pytest.mark.parametrize(
    "sti",
    [
        "/start/../../etc/passwd",
        "/start/%2e%2e%2f%2e%2e/fil/0",
        "/start/..%2f..%2fetc%2fpasswd/fil/0",
        "/start/{sak}/fil/99",
        "/start/{sak}/fil/-1",
        "/start/{sak}/fil/0%00",
        "/start/{sak}/fil/..%2f..%2fscenario.toml",
        "/start/{sak}/fil/²",
        "/start/mal/finnes_ikke",
        "/finnes_ikke",
    ],
)
def test_ingen_adresse_naar_en_fil_som_ikke_er_et_svar(tjener: Tjener, sti: str) -> None:
    from urllib.parse import quote

    sak = tjener.svar("/start", {"navn": "Bø"}).hoder["location"].rpartition("/")[2]
    svar = tjener.be("GET", quote(sti.replace("{sak}", sak), safe="/%"))
    assert svar.status == 404
    assert "root:" not in svar.tekst


def test_en_annen_nettleser_ser_ikke_svaret(tjener: Tjener) -> None:
    sted = tjener.svar("/start", {"navn": "Bø"}).hoder["location"]
    annen = tjener.be("GET", f"/?noekkel={NOEKKEL}", Cookie="").hoder["set-cookie"].partition(";")[0]
    assert tjener.be("GET", f"{sted}/fil/0").status == 200
    assert tjener.be("GET", f"{sted}/fil/0", Cookie=annen).status == 404
    assert tjener.be("GET", sted, Cookie=annen).status == 404


def test_skjema_som_ikke_er_et_skjema_gir_en_side_og_ikke_en_stans(tjener: Tjener) -> None:
    for kropp, type_ in (
        (b"x" * 50, TYPE),
        (b"", "application/json"),
        (skjema({f"f{i}": "x" for i in range(500)}), TYPE),
        (skjema({"navn": "x" * 10_000}), TYPE),
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded"),
    ):
        svar = tjener.be("POST", "/start", kropp, Origin=tjener.adresse, Content_Type=type_)
        assert svar.status in (303, 400)
    assert tjener.be("GET", "/start").status == 200


def test_adressen_bak_en_paalogging_er_den_eneste_som_gjelder() -> None:
    adgang = Adgang(Adresser("0.0.0.0", 8765, "https://velferdslab.kommunen.no"))
    gode = {"host": "velferdslab.kommunen.no", "origin": "https://velferdslab.kommunen.no", "content-length": "1"}
    assert adgang.avslag("POST", gode) is None
    assert adgang.avslag("GET", {"host": "127.0.0.1:8765"}) is not None
    assert adgang.avslag("POST", {**gode, "origin": "http://velferdslab.kommunen.no"}) is not None
    assert "; Secure" in adgang.kake("x")


@pytest.mark.parametrize(
    ("valg", "sagt"),
    [
        (["--host", "0.0.0.0"], "--tillat-nettverk"),
        (["--host", "192.168.1.5"], "--tillat-nettverk"),
        (["--host", "min-maskin"], "--tillat-nettverk"),
        (["--host", "0.0.0.0", "--tillat-nettverk"], "--adresse"),
        (["--adresse", "javascript:x"], "ventet en adresse"),
        (["--adresse", "https://kommunen.no/velferdslab"], "ventet en adresse"),
    ],
)
def test_siden_er_bare_for_denne_maskinen_om_ikke_noen_sier_noe_annet(valg: list[str], sagt: str) -> None:
    svar = CliRunner().invoke(cli, ["app", "--uten-nettleser", *valg])
    assert svar.exit_code == 2
    assert sagt in svar.output


def test_uten_pakkene_sies_hvordan_de_installeres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    svar = CliRunner().invoke(cli, ["app"])
    assert 'pip install ".[app]" i programmets mappe' in str(svar.exception)


@pytest.mark.parametrize("port", ["opptatt", "-1", "65536", "x"])
def test_en_port_som_ikke_kan_brukes_gir_en_melding(tjener: Tjener, port: str) -> None:
    svar = CliRunner().invoke(
        cli, ["app", "--uten-nettleser", "--port", str(tjener.port) if port == "opptatt" else port]
    )
    assert svar.exit_code != 0
    assert "port" in f"{svar.output} {svar.exception}".lower()


def test_stopp_fjerner_alt_og_sier_det(tmp_path: Path) -> None:
    with Tjener(tmp_path) as kjoerer:
        kjoerer.svar("/start", {"navn": "Hemmelig kommune"}, [("x", "x.xlsx", b"hemmelig innhold")])
        assert any(p.name == "x.xlsx" for p in tmp_path.rglob("*"))
        sagt = kjoerer.stopp()
    assert kjoerer.prosess.returncode == 0
    assert "slettet" in sagt
    assert "Hemmelig" not in sagt + "".join(kjoerer.linjer)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
