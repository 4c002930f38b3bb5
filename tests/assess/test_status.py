"""Odd values typed into every column of the registration workbook in LibreOffice: the Status of a row is OK exactly when
`assess` has nothing to say of it, and what the engine makes of the Status is what the formulas make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.assess.konstruert import SVAR, skriv_csv
from tests.assess.konstruert import rad as _csvrad
from tests.regneark import LibreOffice
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.sentences import om_ubesvarte
from velferdslab_model.assess.tabs.words import HODE
from velferdslab_model.assess.template import SKJEMAARK, registerplan
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.constants import OK, i_orden
from velferdslab_model.workbook.writing import bytes_av

NBSP, FEIL = "\u00a0", {"formel": "=NA()"}
# LibreOffice makes no difference between TRUE() and 1 in a cell with a number format; Excel does, and so does the program.
SANN = {"tastet": "SANN"}
I_DAG = date.today()
#: What is typed in one column of a row that is otherwise right.
RARE: dict[str, tuple[Any, ...]] = {
    "id": (17.0, "017", "p2 ", f"P3{NBSP}", "P4\u200b", "1E5", "ÆØ-1_a", "P1234567", "2024-001-017", "P5\n",
           "BL01", "P013", "K-17", "sa17", "SAK17", "Sak17", "sak18", "ASKER17", "Kari2", "KARI2", "Ola1", "øst-1", "Kari-2", "Åse_3", "3Eva", "KaRi4",
           None, "P 1", "Kari", "1,5", 1.5, -5.0, "-P1", "_1", "P12345678", "123456-12345", "20240001", "P*1", "x" * 20 + "1", " ", FEIL, SANN),
    "dato": (None, "2024-03-01", "01.03.2024", "1. mars 2024", "1 mar. 2024", f" 1.  mars{NBSP}2024 ", "3/4/2024", "01.03.24",
             "31.02.2024", "mars 2024", "45352", 45_352.6, 5.0, -3.0, 36_525.0, 36_526.0, 60_000.0, "2030-01-01",
             "2024-03-01 00:00:00", "2024-03-01T00:00", "i går", "01-03-2024", "1.13.2024", "2023-02-29", "29.02.2024",
             "1.1.1999", "mar* 1 2024", "1. ma* 2024", FEIL, SANN),
    "tidspunkt": (None, "start", "OPPSTART", " oppstart ", f"oppstart{NBSP}", "opp*", "?", 4.0, "oppstart\n", "o\u200bppstart", "oppstart\t", "opp\nstart", FEIL),
    "gruppe": ("Familie", "barn", "unge  voksne", "familie*"),
    "alder": (18.0, "18", " 18 ", "018", 18.5, 121.0, 120.0, 0.0, -1.0, "18 år", "1e2", 1e20, FEIL, SANN),
    "maate": (None, "SELV", "egen", "selv ", "*"),
    "vurderer": ("første", "Første ", "tredje"),
    "gitt": ("utsatt", "Utsatt ", "ute", 2.0, "bærekraftig"),
    "sentralt_1": ("Helse", "helse ", "hels", "økonomi og  inntekt"),
    "grunn": ("frafall", "sluttet", " "),
    "bekreftet": ("ja", "JA", "j", "nei", SANN),
    "helse": ("utsatt ", "UTSATT", "uts*", "stabbil", 4.0, "gjelder ikke", FEIL, f"stabil{NBSP}"),
    "arbeid": ("stabil", "Bærekraftig", "gjelder ikke", "stabil eller  bærekraftig"),
    "nettverk": ("utsatt", "4", "tre til fem", "ingen?", None),
    "barn": (None, "gjelder ikke"),
}  # fmt: skip
#: Several rows of one person: form and what is typed beside the date, in days, and the tidspunkt.
PERSONER: dict[str, list[tuple[str, int, str, dict[str, Any]]]] = {
    "i orden": [("kriterier", 0, "oppstart", {}), ("kriterier", 366, "underveis", {}), ("kriterier", 700, "avslutning", {"grunn": "frafall"})],
    "oppstart på det andre arket": [("kriterier", 0, "oppstart", {}), ("eget", 366, "underveis", {})],
    "to oppstarter": [("kriterier", 0, "oppstart", {}), ("eget", 20, "oppstart", {}), ("kriterier", 400, "underveis", {})],
    "to avslutninger": [("kriterier", 0, "oppstart", {}), ("kriterier", 300, "avslutning", {}), ("kriterier", 400, "avslutning", {})],
    "samme dag to ganger": [("kriterier", 0, "oppstart", {}), ("kriterier", 0, "oppstart", {})],
    "samme dag på begge ark": [("kriterier", 0, "oppstart", {}), ("kriterier", 400, "underveis", {}), ("eget", 400, "underveis", {})],
    "før oppstart": [("kriterier", 100, "oppstart", {}), ("kriterier", 50, "underveis", {}), ("kriterier", 500, "underveis", {})],
    "etter avslutning": [("kriterier", 0, "oppstart", {}), ("kriterier", 300, "avslutning", {}), ("kriterier", 500, "underveis", {})],
    "andre vurderer": [("kriterier", 0, "oppstart", {}), ("kriterier", 0, "oppstart", {"vurderer": "andre"})],
    "andre alene": [("kriterier", 0, "oppstart", {}), ("kriterier", 9, "oppstart", {"vurderer": "andre"})],
    "to andre": [("kriterier", 0, "oppstart", {}), *[("kriterier", 0, "oppstart", {"vurderer": "andre"})] * 2],
    "bare en andre": [("kriterier", 0, "oppstart", {"vurderer": "andre"})],
    "andre, den første kan ikke leses": [("kriterier", 0, "oppstart", {}), ("kriterier", 5, "underveis", {"vurderer": "den ene"}), ("kriterier", 5, "underveis", {"vurderer": "andre"})],
    "begge grupper": [("kriterier", 0, "oppstart", {}), ("kriterier", 400, "underveis", {"gruppe": "familie"})],
    "uten oppstart": [("kriterier", 0, "underveis", {}), ("eget", 400, "avslutning", {})],
    "oppstart med gal dato": [("kriterier", 0, "oppstart", {"dato": "i går"}), ("kriterier", 400, "underveis", {})],
    "oppstart i fremtiden": [("kriterier", 0, "oppstart", {"dato": 60_000.0}), ("kriterier", 400, "underveis", {})],
    "galt tidspunkt": [("kriterier", 0, "start", {"grunn": "frafall"}), ("kriterier", 400, "underveis", {})],
    "grunn ved oppstart": [("kriterier", 0, "oppstart", {"grunn": "fullført"})],
    "samme tema": [("kriterier", 0, "oppstart", {"sentralt_1": "helse", "sentralt_2": "Helse "})],
}  # fmt: skip
Rader = dict[str, list[dict[str, Any]]]


def _rad(id_: Any, dag: int, tidspunkt: Any, skjema: str = "kriterier", **nytt: Any) -> dict[str, Any]:
    svar = SVAR[1] if skjema == "kriterier" else {"eget_oekonomi": "ja"}
    return {"id": id_, "dato": 45_000.0 + dag, "tidspunkt": tidspunkt, "maate": "sammen", **svar, **nytt}


def _rare() -> Rader:
    ut: Rader = {"kriterier": [], "eget": [{"id": "  "}, _rad("E1", 0, "oppstart", "eget", eget_nettverk="mange")]}
    for felt, verdier in RARE.items():
        ut["kriterier"] += [_rad(f"{felt[:3].upper()}{i}", 0, "oppstart") | {felt: v} for i, v in enumerate(verdier)]
    for i, hans in enumerate(PERSONER.values()):
        for skjema, dag, tidspunkt, nytt in hans:
            ut[skjema].append(_rad(f"Q{i}", dag, tidspunkt, skjema) | nytt)
    return ut


@pytest.mark.treg
@pytest.mark.libreoffice
def test_status_og_assess_sier_det_samme_om_hver_rad(libreoffice: LibreOffice, tmp_path: Path) -> None:
    rader = _rare()
    antall = max(map(len, rader.values()))
    bok, fil = registerplan(antall=antall), tmp_path / "utfylt.xlsx"
    (tmp_path / "mal.xlsx").write_bytes(bytes_av(bok, I_DAG))
    skriv = [
        (SKJEMAARK[skjema], celleadresse(sted.rad + n, sted.kol), verdi)
        for skjema, alle in rader.items()
        for n, rad in enumerate(alle)
        for felt, verdi in rad.items()
        if verdi is not None
        for sted in [bok.steder[f"{skjema[0]}_{felt}"]]
    ]
    libreoffice.lagre(tmp_path / "mal.xlsx", fil, skriv)
    with pytest.raises(UgyldigInndata) as feil:
        les_registreringer(fil, I_DAG)
    avvist = {sted for tekst in feil.value.feil for sted in steder(tekst)}
    assert not [f for f in feil.value.feil if f.startswith("og ")]
    live = load_workbook(fil, data_only=True)
    motor = registerplan(rader, antall, i_dag=I_DAG)
    ulike = []
    for skjema, alle in rader.items():
        ark, kol = live[SKJEMAARK[skjema]], bok.steder[f"{skjema[0]}_status"].kol + 1
        for n, rad in enumerate(alle):
            status = ark.cell(HODE + 2 + n, kol).value or ""
            if ((SKJEMAARK[skjema], HODE + 2 + n) in avvist) != (not i_orden(status)):
                ulike.append((rad, status))
            if FEIL not in rad.values() and SANN not in rad.values():
                assert status == motor.steder[f"{skjema[0]}_status"].verdier[n], rad
    assert not ulike
    assert len(avvist) > len(rader["kriterier"]) // 3


def test_en_rad_med_ubesvarte_temaer_er_i_orden_og_det_blir_sagt(tmp_path: Path) -> None:
    """In the Status of the row as when the file is read; what the age takes away is not asked for."""
    ubesvart = dict.fromkeys(SVAR[1], "")
    alle: list[dict[str, str]] = [
        _csvrad("P1", "2023-03-01", "oppstart"),
        _csvrad("P1", "2024-03-01", "underveis") | ubesvart,
        _csvrad("P1", "2025-03-01", "underveis") | {"helse": ""},
        _csvrad("P2", "2023-03-01", "oppstart") | {"helse": "", "rus": "", "barn": ""},
        _csvrad("P3", "2023-03-01", "oppstart") | {"alder": "12", "arbeid": ""},
        _csvrad("P3", "2024-03-01", "avslutning") | ubesvart | {"alder": "25", "helse": "utsatt"},
    ]
    registreringer = les_registreringer(skriv_csv(tmp_path / "r.csv", alle), I_DAG)
    sagt = om_ubesvarte(registreringer)
    assert sagt == [
        "rad 4: OK, men 1 tema er ubesvart.",
        "rad 5: OK, men 3 temaer er ubesvart.",
        "rad 7: OK, men 7 temaer er ubesvart.",
        "rad 3: OK, men ingenting er besvart, så den kan ikke plasseres og er ingen oppfølging.",
    ]
    typet = [{f: date.fromisoformat(v) if f == "dato" else v for f, v in en.items() if v} for en in alle]
    status = registerplan({"kriterier": typet}, len(typet), i_dag=I_DAG).steder["k_status"].verdier
    ventet = {f"rad {n}": en for n, en in enumerate(status, start=2) if en != OK}
    assert ventet == {x.split(": ")[0]: re.split(r", så|\.$", x.split(": ")[1])[0] for x in sagt}


def steder(tekst: str) -> Iterator[tuple[str, int]]:
    """The rows a message is about: those before what it says of them."""
    hode = re.split(r": |, kolonne", tekst)[0]
    for ark, numre in re.findall(rf"({'|'.join(SKJEMAARK.values())}), rad ([0-9–, og]*[0-9])", hode):
        for del_ in re.split(r", | og ", numre):
            fra, _, til = del_.partition("–")
            yield from ((ark, rad) for rad in range(int(fra), int(til or fra) + 1))
