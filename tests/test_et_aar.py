"""A finance officer's year, played through LibreOffice with Norwegian settings: every number against an independent computation.

The amounts are converted here by the published growth, and the model is the naive loop of tests/model; nothing is the engine's own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from math import floor, prod
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.conftest import DATO, hopp_over
from tests.model.naiv import naiv_beregning, naive_summer
from tests.parameters.test_indekser import PUBLISERT
from tests.regneark import LibreOffice, hvorfor_ikke_libreoffice
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.oekonomiplan_tab import oekonomiplanfane
from velferdslab_model.effektbok.prisindekser import indekscelle
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.typer import Brukergruppe, Tiltak
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne

#: As people type and paste prices, and the number that was meant.
TASTET = (
    ("475,50", 475.5), ("1 200 kr", 1_200.0), ("1200", 1_200.0), ("1 350,75", 1_350.75), ("kr 980", 980.0), ("812,4", 812.4),
    ("2500,00", 2_500.0), ("1\u00a0049", 1_049.0), ("755", 755.0), ("92 000,00", 92_000.0), ("640,05", 640.05), ("99,9", 99.9),
)  # fmt: skip
AARET = 2025
#: What the municipality is told next year, typed in the block: the growth to 2026.
NESTE = {"kommunal_deflator": ("3,9 %", 0.039), "loennsvekst": ("4,4 %", 0.044), "kpi_vekst": ("2,8 %", 0.028)}
#: In the blocks under the prices: the common hourly rate, and what is typed in each group.
SATS, I_BLOKKENE = ("712,50", 712.5), {
    ("Unge voksne", "Lønnskostnad"): ("545 000", {"loennskostnad": 545_000.0}),
    ("Familie", "Nullalternativ, utsatt"): ("480 000 kr", {"utsatt": 480_000.0}),
}  # fmt: skip
INDEKSKILDE = "Meld. St. 1, avlest 3.11"
NETTO = ("netto_budsjett", "netto_samfunn")
EGET = Tiltak(
    "Egen miljøvert", "Konstruert", "Bolig", "drift", "timer", 615.5, "kommune", (3.0, 2.0, 1.0), 12, "Avtale 2025"
)
SPOR: list[str] = []


def kjoer(*argumenter: str | Path) -> str:
    """Run a command; the transcript keeps it and the beginning of the answer."""
    svar = CliRunner().invoke(cli, [str(a) for a in argumenter])
    SPOR.append(f"$ velferdslab {' '.join(Path(a).name if isinstance(a, Path) else a for a in argumenter)}")
    SPOR.extend(f"  {linje[:150]}" for linje in (svar.stderr + svar.stdout).splitlines()[:9])
    # An audit that finds changes ends with 1.
    assert svar.exit_code == 0 or (argumenter[0] == "check" and svar.exit_code == 1), svar.output
    return svar.stdout


def vekst(plass: int, fra: int, til: int) -> float:
    """Growth of the deflator (1) or wages (2), as published."""
    return prod(1 + PUBLISERT[aar][plass][0] / 100 for aar in range(fra + 1, til + 1))


def omregnet(
    g: Brukergruppe, tjenester: float, loenn: float, kpi: float, priser: dict[str, float] | None = None
) -> Brukergruppe:
    """Every amount of a group times the growth of its index; prices that were given stay as they are."""
    utsatt = g.nullalternativ[1] * tjenester
    tiltak = tuple(replace(t, enhetskostnad=(priser or {}).get(t.navn, t.enhetskostnad * tjenester)) for t in g.tiltak)
    return replace(
        g,
        tiltak=tiltak,
        # Two of them follow utsatt, in whole kroner, as the note has it.
        nullalternativ=(floor(1.1 * utsatt + 0.5), utsatt, floor(0.8 * utsatt + 0.5), 0.0),
        loennskostnad=g.loennskostnad * loenn,
        verdi_qaly=g.verdi_qaly * kpi,
        utvidet=replace(g.utvidet, fast_aarskostnad=g.utvidet.fast_aarskostnad * kpi),
    )


def med_blokkene(g: Brukergruppe, egne: dict[str, float], loennskostnad: float = 0, utsatt: float = 0) -> Brukergruppe:
    """A group with what was typed in the blocks: prices that follow the rate follow it, uholdbar and stabil follow utsatt."""
    tiltak = (replace(t, enhetskostnad=SATS[1]) if t.timesats and t.navn not in egne else t for t in g.tiltak)
    null = (floor(1.1 * utsatt + 0.5), utsatt, floor(0.8 * utsatt + 0.5), 0.0) if utsatt else g.nullalternativ
    return replace(g, tiltak=tuple(tiltak), loennskostnad=loennskostnad or g.loennskostnad, nullalternativ=null)


def like(svar: dict[str, Any], grupper: dict[str, Brukergruppe]) -> None:
    for navn, g in grupper.items():
        naiv = naive_summer(g)
        for x in (*NETTO, "kostnad", "besparelse", "helsegevinst", "produksjonsgevinst"):
            assert svar["brukergrupper"][navn]["sum"][x] == pytest.approx(naiv[x], rel=1e-9), (navn, x)


def prisrader(liste: Path) -> dict[tuple[str, str], int]:
    """Row of each price in the list, by group and tiltak."""
    rader = load_workbook(liste)["Priser"].iter_rows(values_only=True)
    return {(str(r[0]), str(r[1])): i for i, r in enumerate(rader, start=1) if i > 4 and r[0] and r[3] is not None}


def regn(fil: Path) -> dict[str, Any]:
    svar: dict[str, Any] = json.loads(kjoer("run", fil, "--format", "json"))
    return svar


@pytest.mark.libreoffice
@pytest.mark.treg
def test_et_aar_fra_prisliste_til_neste_aars_bok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(grunn)
    monkeypatch.chdir(tmp_path)
    tom, fylt, bok, kollega, neste = (tmp_path / f"{n}.xlsx" for n in ("liste", "priser", "bok", "kollega", "neste"))
    standard = load_forutsetninger()
    with LibreOffice("nb-NO") as lo:
        # The list goes out, and twelve prices come back with their year and source.
        kjoer("prices", "-o", tom)
        # Every third of those that are a price by themselves, from both groups.
        valgt = list(prisrader(tom).items())[1::2][: len(TASTET)]
        skriv: list[tuple[str, str, Any]] = []
        priser: dict[str, dict[str, float]] = {"unge_voksne": {}, "familier": {}}
        for ((gruppe, tiltak), rad), (tekst, tall) in zip(valgt, TASTET, strict=True):
            verdier = (("D", {"tastet": tekst}), ("G", {"tastet": str(AARET)}), ("H", f"Budsjett {AARET}"))
            skriv += [("Priser", f"{kol}{rad}", verdi) for kol, verdi in verdier]
            priser["unge_voksne" if gruppe == "Unge voksne" else "familier"][tiltak] = tall
        blokker = {("Felles", "Kommunal timesats"): SATS[0], **{sted: tekst for sted, (tekst, _) in I_BLOKKENE.items()}}
        for sted, tekst in blokker.items():
            verdier = (("D", {"tastet": tekst}), ("G", {"tastet": str(AARET)}), ("H", f"Regnskap {AARET}"))
            skriv += [("Priser", f"{kol}{prisrader(tom)[sted]}", verdi) for kol, verdi in verdier]
        lo.lagre(tom, fylt, skriv)
        kjoer(
            "generate",
            "--prices",
            fylt,
            "--prisaar",
            str(AARET),
            "--register",
            "--oekonomiplan",
            "--fra-aar",
            "2025",
            "-o",
            bok,
        )
        grunnlag = {n: (vekst(1, 2019, AARET), vekst(2, 2019, AARET), 137.7 / 110.8, priser[n]) for n in priser}
        typet = {"unge_voksne" if g == "Unge voksne" else "familier": tall for (g, _), (_, tall) in I_BLOKKENE.items()}
        grupper = {n: med_blokkene(omregnet(standard.grupper[n], *grunnlag[n]), priser[n], **typet[n]) for n in priser}
        like(regn(bok), grupper)
        # A slip: a percentage where a price should be.
        rad = next(iter(prisrader(tom).values()))
        gal: list[tuple[str, str, Any]] = [("Priser", f"D{rad}", {"tastet": "80 %"})]
        lo.lagre(tom, tmp_path / "gal.xlsx", gal)
        kjoer("run", "--prices", tmp_path / "gal.xlsx")
        assert any("550,00 kr (2019) -> 0,80 kr (2019)" in linje.replace("\u00a0", " ") for linje in SPOR)
        assert any("under det halve" in linje for linje in SPOR)
        # An own tiltak, and the økonomiplan in løpende kroner.
        ark = "Unge voksne | Kostnader"
        ledig = planlegg(beregn(load_forutsetninger(bok)), DATO).steder["UV.tiltak_navn"]
        her = ledig.rad + 1 + sum(v is not None for v in ledig.verdier)
        celler = (
            EGET.navn,
            EGET.beskrivelse,
            EGET.type_kostnad,
            "Drift",
            "Timer",
            {"tastet": "615,50"},
            "Kommune",
            3,
            2,
            1,
            12,
        )
        innhold = aapne(bok, EFFEKTMODELL)
        kolonner = ("navn", "beskrivelse", "type", "kategori", "driver", "enhetskostnad", "betaler", "volum_uholdbar", "volum_utsatt", "volum_stabil", "ganger")  # fmt: skip
        skriv = [(ark, f"{innhold.omraade(f'UV_tiltak_{k}').kol}{her}", v) for k, v in zip(kolonner, celler, strict=True)]  # type: ignore[union-attr]  # fmt: skip
        skriv.append((ark, f"{innhold.omraade('UV_tiltak_kilde').kol}{her}", EGET.kilde))  # type: ignore[union-attr]
        plan = planlegg(beregn(load_forutsetninger(bok)), DATO, [oekonomiplanfane(2025)])
        skriv.append(("Økonomiplan", "C5", {"tastet": "Løpende kroner"}))
        lo.lagre(bok, kollega, skriv)
        # The colleague's audit: the tiltak, what it did, and nothing else.
        svar = json.loads(kjoer("check", kollega, "--against", bok, "--format", "json"))
        assert svar["funn"] == []
        assert [(e["noekkel"], e["ny"]) for e in svar["endringer"]] == [(f"tiltak.{EGET.navn}", 615.5)]
        foer, grupper["unge_voksne"] = grupper["unge_voksne"], replace(grupper["unge_voksne"], tiltak=(*grupper["unge_voksne"].tiltak, EGET))  # fmt: skip
        like(regn(kollega), grupper)
        (bidrag,) = svar["virkning"]["bidrag"]
        etter_naiv, foer_naiv = naive_summer(grupper["unge_voksne"]), naive_summer(foer)
        for x in NETTO:
            assert bidrag["summer"][x] == pytest.approx(etter_naiv[x] - foer_naiv[x], rel=1e-8)
        _plan(kollega, plan, grupper)
        # Next year: the new growth in one cell for each index, and the same file in next year's kroner.
        punkter = [(*indekscelle(innhold, noekkel, 2026).rsplit("!", 1), {"tastet": tekst}) for noekkel, (tekst, _) in NESTE.items()]  # fmt: skip
        kildecelle = innhold.omraade("prisindeks_kommunal_deflator_kilde")
        assert kildecelle is not None
        punkter.append((kildecelle.ark, kildecelle.adresse, INDEKSKILDE))
        lo.lagre(kollega, tmp_path / "indekser.xlsx", punkter)  # type: ignore[arg-type]  # sheet, cell and value
    kjoer("generate", tmp_path / "indekser.xlsx", "--prisaar", "2026", "--mot", kollega, "-o", neste)
    neste_grupper = {n: omregnet(g, 1.039, 1.044, 1.028) for n, g in grupper.items()}
    like(regn(neste), neste_grupper)
    siden = json.loads(kjoer("run", neste, "--mot", kollega, "--format", "json"))["endringer_siden"]
    assert {(e["noekkel"], e["ny"]) for e in siden["endringer"]} == {
        (f"indekser.{n}.2026", v) for n, (_, v) in NESTE.items()
    }
    assert {e["kilde"] for e in siden["endringer"]} == {INDEKSKILDE, UTEN_KILDE}
    for n, g in grupper.items():
        assert siden["foer"]["netto"][n]["netto_samfunn"] == pytest.approx(naive_summer(g)["netto_samfunn"], rel=1e-9)
    assert json.loads(kjoer("check", neste, "--against", kollega, "--format", "json"))["endringer"] == []
    if mappe := os.environ.get("VELFERDSLAB_TRANSKRIPT"):
        (Path(mappe) / "et_aar.txt").write_text("\n".join(SPOR) + "\n", encoding="utf-8")


def _plan(fil: Path, plan: Any, grupper: dict[str, Brukergruppe]) -> None:
    """The tab of the file, as LibreOffice computed it, in løpende kroner of 2025 to 2028."""
    celler = aapne(fil, EFFEKTMODELL).verdier["Økonomiplan"]
    # Built-in growth to 2026, which goes on as assumed.
    faktorer: Sequence[float] = [1.035**t for t in range(4)]
    naiv = {n: naiv_beregning(g) for n, g in grupper.items()}
    for navn, naivt in (("kostnad_kommune", "kostnad_kommune"), ("kostnad_stat", "kostnad_stat"), ("besparelse_kommune", "besparelse")):  # fmt: skip
        sted = plan.steder[f"plan.samlet.{navn}"]
        for t, (kol, faktor) in enumerate(zip("CDEF", faktorer, strict=True)):
            i = 2025 + t - 2020
            ventet = sum(n[naivt][i] for n in naiv.values()) * faktor
            assert celler[f"{kol}{sted.rad + 1}"] == pytest.approx(ventet, rel=1e-9, abs=1e-6), (navn, 2025 + t)
