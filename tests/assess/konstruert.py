"""Constructed registrations: nobody is described here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from velferdslab_model.assess.criteria import kriteriene
from velferdslab_model.assess.registrering import FELLES, Registrering
from velferdslab_model.workbook.plan import Verdi

#: Answers that place every theme in one situation.
SVAR: dict[int, dict[str, str]] = {
    0: {"bosituasjon": "uholdbar", "arbeid": "uholdbar", "oekonomi": "uholdbar", "helse": "uholdbar", "rus": "uholdbar",
        "nettverk": "ingen", "barn": "gjelder ikke", "skole": "uholdbar", "aktivitet": "ingen eller få"},
    1: {"bosituasjon": "utsatt", "arbeid": "utsatt", "oekonomi": "utsatt", "helse": "utsatt", "rus": "utsatt",
        "nettverk": "en eller to", "barn": "gjelder ikke", "skole": "utsatt", "aktivitet": "ingen eller få"},
    2: {"bosituasjon": "stabil", "arbeid": "stabil eller bærekraftig", "oekonomi": "stabil", "helse": "stabil",
        "rus": "stabil eller bærekraftig", "nettverk": "tre til fem", "barn": "gjelder ikke",
        "skole": "stabil eller bærekraftig", "aktivitet": "har aktiviteter"},
    3: {"bosituasjon": "bærekraftig", "arbeid": "stabil eller bærekraftig", "oekonomi": "bærekraftig", "helse": "bærekraftig",
        "rus": "stabil eller bærekraftig", "nettverk": "flere enn fem", "barn": "gjelder ikke",
        "skole": "stabil eller bærekraftig", "aktivitet": "har aktiviteter"},
}  # fmt: skip


def reg(id_: str, dato: str, tidspunkt: str, situasjon: int | None, **nytt: Any) -> Registrering:
    """A registration at one situation; None answers nothing."""
    felter: dict[str, Any] = {
        "gruppe": "unge_voksne",
        "alder": 18,
        "maate": "sammen",
        "vurderer": "første",
        "gitt": None,
        "sentrale": frozenset(),
        "grunn": "",
        "bekreftet": True,
        "skjema": "kriterier",
        "svar": {} if situasjon is None else SVAR[situasjon],
        "ark": "",
        "nummer": 1,
    }
    return Registrering(id=id_, dato=date.fromisoformat(dato), tidspunkt=tidspunkt, **{**felter, **nytt})  # type: ignore[arg-type]  # one of its words


def par(id_: str, fra: int, til: int | None, aar: int = 2023, **nytt: Any) -> list[Registrering]:
    """A start, and a follow-up a year later; without one when til is None."""
    start = [reg(id_, f"{aar}-03-01", "oppstart", fra, **nytt)]
    return start if til is None else [*start, reg(id_, f"{aar + 1}-03-01", "avslutning", til, **nytt)]


def tilfeldige(
    antall: int, froe: int, aar: Iterable[int] = (2022, 2023, 2024), mangler: float = 0.15
) -> list[Registrering]:
    """Constructed people with one to three years each, some of them without the last follow-up."""
    rng = np.random.default_rng(froe)
    aarene = list(aar)
    ut: list[Registrering] = []
    for i in range(antall):
        start, situasjon = int(rng.choice(aarene)), int(rng.integers(0, 3))
        maater = ["sammen", "investeringsleder"]
        lengde = int(rng.integers(1, 4))
        ut.append(
            reg(
                f"P{i}",
                f"{start}-{rng.integers(1, 13):02d}-05",
                "oppstart",
                situasjon,
                bekreftet=bool(rng.random() < 0.8),
            )
        )
        for k in range(1, lengde + 1):
            if rng.random() < mangler:
                break
            situasjon = min(3, max(0, situasjon + int(rng.choice([-1, 0, 1, 1, 2]))))
            slutt = k == lengde
            ut.append(
                reg(f"P{i}", f"{start + k}-{ut[-1].dato.month:02d}-05", "avslutning" if slutt else "underveis", situasjon,
                    maate=rng.choice(maater, p=[0.85, 0.15]), grunn="frafall" if slutt and rng.random() < 0.2 else "",
                    bekreftet=bool(rng.random() < 0.8))
            )  # fmt: skip
    return ut


def skriv_csv(fil: Path, rader: Iterable[Mapping[str, str]], skjema: str = "kriterier", foran: str = "") -> Path:
    """A CSV file with the headings of a form; what is left out is empty."""
    kolonner = [k.noekkel for k in FELLES] + [s.noekkel for s in kriteriene().skjema[skjema]]
    linjer = [";".join(kolonner), *(";".join(rad.get(k, "") for k in kolonner) for rad in rader)]
    fil.write_text(foran + "\n".join(linjer), encoding="utf-8")
    return fil


def rad(id_: str, dato: str, tidspunkt: str, situasjon: int = 1, **nytt: str) -> dict[str, str]:
    """One row of a CSV file."""
    return {"id": id_, "dato": dato, "tidspunkt": tidspunkt, "maate": "sammen", **SVAR[situasjon], **nytt}


def _typet(id_: str, dag: int, tidspunkt: str, situasjon: int, **nytt: Verdi) -> dict[str, Verdi]:
    return {"id": id_, "dato": 45_000 + dag, "tidspunkt": tidspunkt, "maate": "sammen", **SVAR[situasjon], **nytt}


#: What is typed into a registration workbook, by form, and something else in the same cells.
REGISTRERT: dict[str, list[dict[str, Verdi]]] = {
    "kriterier": [
        _typet("P1", 0, "oppstart", 1, alder=15, gitt="utsatt", sentralt_1="helse"),
        _typet("P1", 365, "avslutning", 2, alder=16, bekreftet="ja", grunn="fullført"),
        _typet("P2", 30, "oppstart", 0, gruppe="familie", sentralt_1="rus", sentralt_2="nettverk"),
    ],
    "eget": [
        {"id": "P3", "dato": 45_010, "tidspunkt": "oppstart", "maate": "selv", "alder": 23, "eget_bolig": "hospits", "eget_trygt": "nei",
         "eget_arbeid": "ufør", "eget_oekonomi": "ja", "eget_fysisk": "nei", "eget_psykisk": "ja", "eget_nettverk": "en eller to"},
    ],
}  # fmt: skip
REGISTRERT_SAA: dict[str, list[dict[str, Verdi]]] = {
    "kriterier": [
        _typet("P9", 5, "oppstart", 3, nettverk="en eller to", helse="stabil", oekonomi="utsatt", bosituasjon="utsatt"),
        {"id": "P9", "dato": 45_005, "tidspunkt": "oppstart", "maate": "selv", "vurderer": "andre", "alder": 40,
         "bosituasjon": "stabil", "rus": "stabil eller bærekraftig", "nettverk": "tre til fem", "sentralt_1": "rus"},
        _typet("P2", 31, "oppstart", 1, skole="gjelder ikke", arbeid="gjelder ikke", aktivitet="har aktiviteter"),
        _typet("P2", 401, "avslutning", 2, alder=12, grunn="frafall", barn="utsatt", helse="uholdbar", sentralt_2="helse"),
    ],
    "eget": [
        {"id": "P4", "dato": 45_020, "tidspunkt": "oppstart", "maate": "selv", "eget_bolig": "eier", "eget_trygt": "nei", "eget_barn": "vet ikke",
         "eget_arbeid": "heltid", "eget_fritid": "delvis", "eget_fysisk": "ja", "eget_nettverk": "flere enn fem", "sentralt_1": "nettverk"},
        {"id": "P5", "dato": 45_021, "tidspunkt": "oppstart", "maate": "sammen", "eget_bolig": "leier privat", "eget_trygt": "ja",
         "eget_barn": "ja", "eget_oekonomi": "nei", "eget_arbeid": "under utdanning", "eget_psykisk": "nei"},
    ],
}  # fmt: skip
