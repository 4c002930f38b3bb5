"""Constructed municipalities for the comparison. None of them describes a real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.scenarier import begge
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger

EGET_TILTAK = {
    "navn": "Konstruert tiltak",
    "beskrivelse": "Egen rad",
    "type_kostnad": "Annet",
    "kategori": "drift",
    "kostnadsdriver": "timer",
    "enhetskostnad": 612.5,
    "betaler": "stat",
    "volum": {"uholdbar": 2.5, "utsatt": 1, "stabil": 0},
    "ganger_per_aar": 52,
}
#: One change for each factor, in both groups.
ETT_AVVIK: dict[str, dict[str, Any]] = {
    "inntak": begge(inntak={"uholdbar": 5, "utsatt": 1, "stabil": 3}),
    "suksessrater": begge(suksessrate={"uholdbar": 0.6, "stabil": 0.9}),
    "enhetspriser": begge(tiltak=[{"navn": "Booppfølging", "enhetskostnad": 601}]),
    "volum": begge(tiltak=[EGET_TILTAK, {"navn": "Booppfølging", "betaler": "stat", "volum": {"uholdbar": 9, "utsatt": 4, "stabil": 2}}]),
    "nullalternativ": begge(nullalternativ={"utsatt": 171_000}),
    "gevinst": begge(verdi_qaly=900_000, livskvalitet={"uholdbar": 0.8}, stillingsandel={"stabil": 0.6}, loennskostnad=350_000),
    "utvidet": begge(utvidet={"skjedd_uansett": 0.1, "fast_aarskostnad": 100_000, "skattefinansieringssats": 0.2}),
    "horisont": begge(analyseperiode=12, inntaksaar=3, analysetidspunkt=2022, neddiskontering=0.04),
}  # fmt: skip


def alle_avvik() -> dict[str, dict[str, Any]]:
    """Every change at once."""
    ut: dict[str, dict[str, Any]] = {}
    for grupper in ETT_AVVIK.values():
        for gruppe, endring in grupper.items():
            mine = ut.setdefault(gruppe, {})
            for noekkel, verdi in endring.items():
                mine[noekkel] = [*mine.get("tiltak", []), *verdi] if noekkel == "tiltak" else verdi
    for mine in ut.values():
        # Booppfølging is given once, with both changes.
        mine["tiltak"] = [EGET_TILTAK, {"enhetskostnad": 601, **mine["tiltak"][2]}]
    return ut


def scenario(navn: str, **grupper: Any) -> Forutsetninger:
    return fra_toml({"navn": navn, **grupper}, f"{navn}.toml", navn)


def skriv(mappe: Path, navn: str, tekst: str = "", fil: str | None = None) -> Path:
    """Write a scenario file; returns its path."""
    mappe.mkdir(parents=True, exist_ok=True)
    sti = mappe / (fil or f"{navn.lower()}.toml")
    sti.write_text(f'navn = "{navn}"\n{tekst}', encoding="utf-8")
    return sti
