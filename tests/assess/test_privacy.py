"""Identity numbers, phone numbers and addresses are found; account numbers, amounts and case numbers are left alone."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import hopp_over
from velferdslab_model.assess.privacy import (
    EPOSTADRESSE,
    IDENTITETSNUMMER,
    TELEFONNUMMER,
    er_identitetsnummer,
    foedselsdato_i_kode,
    personkolonne,
    personopplysning,
)
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.template import write_registermal
from velferdslab_model.errors import UgyldigInndata

V1, V2 = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: Kind -> what is added to day and month.
SLAG = {
    "fødselsnummer": (0, 0), "D-nummer": (40, 0), "H-nummer": (0, 40), "syntetisk +65": (0, 65), "syntetisk +80": (0, 80),
    "syntetisk D +40": (40, 40), "syntetisk D +65": (40, 65), "syntetisk D +80": (40, 80),
}  # fmt: skip


def nummer(rng: random.Random, dag: int, maaned: int, rest: int = 0) -> str:
    """A number made by the definition, with a remainder of the first control digit."""
    while True:
        d = date(1940, 1, 1) + timedelta(days=rng.randrange(31_000))
        ni = f"{d.day + dag:02d}{d.month + maaned:02d}{d.year % 100:02d}{rng.randrange(1000):03d}"
        k1 = (rest - sum(v * int(s) for v, s in zip(V1, ni, strict=True))) % 11
        if k1 == 10:
            continue
        k2 = -sum(v * int(s) for v, s in zip(V2, f"{ni}{k1}", strict=True)) % 11
        if k2 < 10:
            return f"{ni}{k1}{k2}"


def konto(rng: random.Random) -> str:
    """An account number: its own control digit has the weights of the second one of an identity number."""
    while True:
        ti = f"{rng.randrange(10**10):010d}"
        k = -sum(v * int(s) for v, s in zip(V2, ti, strict=True)) % 11
        if k < 10:
            return f"{ti}{k}"


@pytest.mark.parametrize("slag", SLAG)
@pytest.mark.parametrize("rest", [0, 1, 2, 3])
def test_tusen_identitetsnumre_av_hvert_slag_blir_funnet(slag: str, rest: int) -> None:
    """Remainder 0 is the rule of today, 1 to 3 come in 2032."""
    rng = random.Random(f"{slag}{rest}")
    for _ in range(1000):
        n = nummer(rng, *SLAG[slag], rest)
        assert er_identitetsnummer(n)
        assert personopplysning(n) == IDENTITETSNUMMER
        assert personopplysning(f"{n[:6]} {n[6:]}") == IDENTITETSNUMMER
        assert personopplysning(f"sak {n[:2]}.{n[2:4]}.{n[4:6]} {n[6:]}") == IDENTITETSNUMMER
        # A spreadsheet keeps a number, and drops the nought in front.
        assert personopplysning(int(n)) == IDENTITETSNUMMER


def test_tusen_kontonumre_er_ikke_identitetsnumre() -> None:
    """As banks write them, all; in one run of digits, all whose first digits are no date."""
    rng = random.Random(1)
    som_id = 0
    for _ in range(1000):
        k = konto(rng)
        for skrevet in (f"{k[:4]}.{k[4:6]}.{k[6:]}", f"{k[:4]} {k[4:6]} {k[6:]}", f"konto {k[:4]}.{k[4:6]}.{k[6:]}"):
            assert personopplysning(skrevet) is None, skrevet
        if personopplysning(k):
            assert er_identitetsnummer(k)  # every digit is that of an identity number: nobody can tell
            som_id += 1
    # A date in six of twenty, and four of eleven first control digits.
    assert 0.05 < som_id / 1000 < 0.15
    ledige = 0
    while ledige < 1000:
        k = konto(rng)
        if not 1 <= int(k[:2]) % 40 <= 31 or int(k[2:4]) in range(13, 41):
            assert personopplysning(k) is None
            ledige += 1


def test_tusen_beloep_og_saksnumre_slippes_gjennom() -> None:
    rng = random.Random(2)
    for i in range(1000):
        b = rng.choice([rng.randrange(10**7), rng.randrange(40_000, 100_000) * 1000, rng.randrange(10**5) * 1000])
        med = f"{b:,}".replace(",", "\u00a0")
        for skrevet in (b, f"{med} kr", f"kr {med}", f"{b} kroner", f"{b},50", f"kr {b},-", med):
            assert personopplysning(skrevet) is None, skrevet
        for sak in (f"BL{i:02d}", f"BL01-{i}", f"2024/{rng.randrange(10**6)}", f"P{rng.randrange(10**5)}"):
            assert personopplysning(sak) is None, sak
    for annet in (
        "2024-03-01",
        "01.03.2024",
        "1. mars 2024",
        45_352,
        0.5,
        True,
        None,
        "",
        "utsatt",
        "E-post?",
        "kl. 12@",
    ):
        assert personopplysning(annet) is None, annet


def test_tusen_telefonnumre_blir_funnet() -> None:
    rng = random.Random(3)
    for _ in range(1000):
        n = f"{rng.choice('49')}{rng.randrange(10**7):07d}"
        if n.endswith("000"):
            continue
        for skrevet in (
            n,
            f"+47{n}",
            f"+47 {n}",
            f"0047{n}",
            f"{n[:3]} {n[3:5]} {n[5:]}",
            f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}",
            f"ring {n}",
            int(n),
        ):
            assert personopplysning(skrevet) == TELEFONNUMMER, skrevet
    assert personopplysning("+47 45 000 000") == TELEFONNUMMER


@pytest.mark.parametrize("adresse", ["ola@kommune.no", "Ola.N+x@sub.kommune.no (jobb)", "<o@k.io>"])
def test_epost_blir_funnet(adresse: str) -> None:
    assert personopplysning(adresse) == EPOSTADRESSE


@pytest.mark.parametrize(
    "tekst", ["Navn", "Fornavn", "Fødselsnummer", "fodselsnr", "Tlf", "E-post", "Adresse", "Mobilnr"]
)
def test_kolonner_for_personopplysninger_blir_kjent(tekst: str) -> None:
    assert personkolonne(tekst)


@pytest.mark.parametrize("tekst", ["Id", "Dato", "Nettverk", "Bosituasjon", "Vurdert av", "Alder"])
def test_registerets_egne_overskrifter_er_ingen_personopplysning(tekst: str) -> None:
    assert not personkolonne(tekst)


@pytest.mark.parametrize(
    ("kode", "ja"),
    [
        ("150299", True), ("15-02-99", True), ("KN150299", True), ("290200", True), ("15-02-1999", True), ("1999-02-15", True),
        ("1502995A007", True), ("150299-5007", True), ("1A029950072", True), ("P017", False), ("BL01", False), ("320199", False),
        ("151399", False), ("2024-17", False), ("P123", False), ("2024-123456", False), ("1502995", False), ("12345", False),
    ],
)  # fmt: skip
def test_en_kode_av_en_foedselsdato_eller_ti_sifre_av_et_nummer_blir_funnet(kode: str, ja: bool) -> None:
    assert foedselsdato_i_kode(kode) is ja


def test_et_identitetsnummer_med_en_bokstav_for_et_siffer_blir_funnet() -> None:
    rng = random.Random(5)
    for _ in range(300):
        n, i = nummer(rng, 0, 0), rng.randrange(11)
        assert foedselsdato_i_kode(f"{n[:i]}A{n[i + 1 :]}")


@pytest.fixture(scope="module")
def orakel() -> Path:
    pakke = Path(__file__).parents[2] / "node_modules" / "@navikt" / "fnrvalidator"
    if not pakke.is_dir() or shutil.which("node") is None:
        hopp_over("fnrvalidator mangler")
    return pakke


def test_svaret_er_det_navs_validator_gir(orakel: Path) -> None:
    """Numbers of every kind, with one digit changed in half of them, and accounts. The oracle knows no month + 65."""
    rng = random.Random(4)
    alle = []
    for slag, (dag, maaned) in SLAG.items():
        for _ in range(250):
            n = nummer(rng, dag, maaned, rng.randrange(4))
            i = rng.randrange(11)
            alle += [n] if slag.endswith("65") else [n, f"{n[:i]}{rng.randrange(10)}{n[i + 1 :]}"]
    alle += [konto(rng) for _ in range(2000)]
    kode = "const v=require(process.argv[1]);const a=JSON.parse(require('fs').readFileSync(0));console.log(JSON.stringify(a.map(n=>v.idnr(n).status==='valid')))"
    svar = subprocess.run(
        ["node", "-e", kode, str(orakel)], input=json.dumps(alle), capture_output=True, text=True, check=True
    )
    for n, gyldig in zip(alle, json.loads(svar.stdout), strict=True):
        pluss_65 = 66 <= int(n[2:4]) <= 77
        assert pluss_65 or er_identitetsnummer(n) == gyldig, n
    assert sum(json.loads(svar.stdout)) > 1500


def test_ogsaa_en_merknad_paa_en_celle_blir_lest(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    fil = tmp_path / "r.xlsx"
    write_registermal(fil)
    bok = load_workbook(fil)
    bok.worksheets[0]["B2"].comment = Comment("ring 912 34 567", "X")
    bok.save(fil)
    with pytest.raises(UgyldigInndata, match="en merknad på en celle ser ut som") as feil:
        les_registreringer(fil)
    assert "912" not in str(feil.value)
