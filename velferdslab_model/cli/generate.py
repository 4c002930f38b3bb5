"""velferdslab generate: write the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from velferdslab_model.base.felt import FOERSTE_AAR, SISTE_AAR
from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    fra_aar_valg,
    fremdrift,
    indekser_valg,
    krev_endelse,
    krev_kontroll_valg,
    krev_maal,
    krev_oekonomiplan,
    loepende_valg,
    prisaar_er_valg,
    prisaar_valg,
    prisliste_valg,
    regn_ut_valg,
    tving_valg,
    ut_valg,
)
from velferdslab_model.effektbok.tabs import TILVALG, Fanevalg, tilleggsfaner

if TYPE_CHECKING:
    from velferdslab_model.endringer.siden import Siden
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.scenarios.bunke import Oppdrag


def _dato(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> date | None:
    """Read a date written YYYY-MM-DD, or say what was expected."""
    if verdi is None:
        return None
    try:
        dato = date.fromisoformat(verdi)
    except ValueError:
        dato = date.min
    if not FOERSTE_AAR <= dato.year <= SISTE_AAR:
        raise click.BadParameter(f"{verdi} er ikke en dato fra {FOERSTE_AAR} til {SISTE_AAR}, for eksempel 2026-11-22.")
    return dato


def _tilvalg_valg(kommando: Callable[..., None]) -> Callable[..., None]:
    """An option for each of the tabs that can be asked for, in their order."""
    for en in reversed(TILVALG):
        slag: dict[str, Any] = {"type": click.Path(path_type=Path), "metavar": en.fil} if en.fil else {"is_flag": True}
        kommando = click.option(en.valg, en.noekkel, help=en.hjelp, **slag)(kommando)
    return kommando


@click.command(
    options_metavar="[VALG]",
    short_help="Lag arbeidsboken (.xlsx) med levende formler og figurer.",
    epilog="\b\nEksempler:\n  velferdslab generate\n  velferdslab generate bergen.toml\n"
    "  velferdslab generate bergen.toml -o bergen_2025.xlsx --dato 2026-01-15\n"
    "  velferdslab generate bergen.toml --prices priser.xlsx --prisaar 2024\n"
    "  velferdslab generate bergen.toml --register --oekonomiplan --fra-aar 2027\n"
    "  velferdslab generate fjor.xlsx --prisaar 2025 --mot fjor.xlsx -o i_aar.xlsx\n"
    "  velferdslab generate kommuner/ -o arbeidsboeker",
)
@click.argument("scenarier", metavar="[SCENARIO...]", nargs=-1, type=click.Path(path_type=Path))
@ut_valg("Hvor arbeidsboken skrives; med flere scenarier en mappe. Standard: output/effektmodell_<navn>.xlsx")
@prisliste_valg
@prisaar_valg
@prisaar_er_valg
@indekser_valg
@krev_kontroll_valg
@click.option(
    "--dato",
    callback=_dato,
    metavar="YYYY-MM-DD",
    help="Datoen som vises som Sist brukt til filen åpnes. Standard: i dag",
)
@regn_ut_valg
@tving_valg
@_tilvalg_valg
@fra_aar_valg
@loepende_valg
@click.option(
    "--hopp-over-feil",
    is_flag=True,
    help="Med flere scenarier: skriv de andre når noen ikke kan brukes, og list dem opp.",
)
def generate(
    scenarier: tuple[Path, ...],
    ut: Path | None,
    priser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    indekser: Path | None,
    krev_kontroll: bool,
    regn_ut: tuple[str, ...],
    dato: date | None,
    force: bool,
    fra_aar: int | None,
    loepende: bool,
    hopp_over_feil: bool,
    **tilvalg: bool | Path | None,
) -> None:
    """Lag den beskyttede arbeidsboken for et SCENARIO (.toml, eller en arbeidsbok du har redigert).

    Uten SCENARIO brukes de innebygde tallene for Asker 2019. En tidligere arbeidsbok som ingen har endret, erstattes;
    alt annet blir stående. Flere scenarier, en mappe, eller en .csv-liste med en fil på hver linje gir en arbeidsbok
    for hvert.
    """
    valgt = frozenset(noekkel for noekkel, med in tilvalg.items() if med)
    krev_oekonomiplan(fra_aar, "oekonomiplan" in valgt, loepende)
    fanevalg = Fanevalg(fra_aar, loepende)
    if len(scenarier) > 1 or (scenarier and _er_samling(scenarier[0])):
        if alene := [en.valg for en in TILVALG if en.noekkel in valgt and en.en_om_gangen]:
            raise click.UsageError(f"{' og '.join(alene)} gjelder ett scenario om gangen.")
        if regn_ut:
            raise click.UsageError("--regn-ut gjelder ett scenario om gangen.")
        from velferdslab_model.base.dato import dagens_dato
        from velferdslab_model.scenarios.bunke import Oppdrag

        oppdrag = Oppdrag(dato or dagens_dato(), priser, prisaar, valgt, fanevalg, indekser, prisaar_er, krev_kontroll)
        _mange(scenarier, ut or Path("output"), oppdrag, force, hopp_over_feil)
        return
    scenario = scenarier[0] if scenarier else None
    from velferdslab_model.base.tekst import filnavn
    from velferdslab_model.cli.output import prisaarmerknad
    from velferdslab_model.effektbok.writing import write_arbeidsbok
    from velferdslab_model.results import beregn
    from velferdslab_model.workbook.kind import EFFEKTMODELL

    mot = tilvalg["mot"]
    forutsetninger, prisendring = _last(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll, regn_ut)
    if ut is None:
        ut = Path("output") / f"effektmodell_{filnavn(forutsetninger.navn)}.xlsx"
        if not force:
            _samme_scenario(ut, forutsetninger.navn)
    krev_endelse(ut, ".xlsx")
    krev_maal(ut, EFFEKTMODELL, force, scenario, priser, indekser, *([mot] if isinstance(mot, Path) else []))
    ekstra = tilleggsfaner(valgt, fanevalg, forutsetninger)
    if isinstance(mot, Path):
        from velferdslab_model.effektbok.endringer_tab import endringsfane
        from velferdslab_model.scenarios.mot import siden

        ekstra.append(endringsfane(siden(mot, forutsetninger, indekser)))
    if prisendring is not None and "register" in valgt:
        from velferdslab_model.effektbok.endringer_tab import prisendringsfane

        ekstra.append(prisendringsfane(prisendring))
    if "usikkerhet" in valgt:
        from velferdslab_model.cli.uncertainty import analyser_med_melding
        from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER
        from velferdslab_model.uncertainty.tabs import faner

        ekstra += faner(analyser_med_melding(forutsetninger, STANDARD_TREKNINGER, STANDARD_FROE))
    resultat = beregn(forutsetninger)
    write_arbeidsbok(resultat, ut, dato, force, ekstra)
    varsler: list[str] = []
    if "oekonomiplan" in valgt:
        from velferdslab_model.oekonomiplan import oekonomiplan

        varsler = oekonomiplan(resultat, fra_aar).varsler
    for linje in (*varsler, *prisaarmerknad(forutsetninger), f"Skrev {ut}"):
        si(linje, err=True)


def _last(
    scenario: Path | None,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None,
    prisaar_er: int | None,
    krev_kontroll: bool,
    regn_ut: tuple[str, ...],
) -> tuple[Forutsetninger, Siden | None]:
    """The scenario, and what a price list did to it, which also goes to stderr."""
    from velferdslab_model.cli.valg import last_med_endring, vis_kvittering
    from velferdslab_model.parameters.prisaar import regn_om
    from velferdslab_model.scenarios.mot import siden_prislisten

    forutsetninger, endring = last_med_endring(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll, regn_ut)
    if endring is None or priser is None:
        return forutsetninger, None
    vis_kvittering(endring, prisaar)
    return forutsetninger, siden_prislisten(regn_om(endring.foer, prisaar), forutsetninger, priser.name)


def _er_samling(sted: Path) -> bool:
    from velferdslab_model.scenarios.finding import er_samling

    return er_samling(sted)


def _mange(scenarier: tuple[Path, ...], mappe: Path, oppdrag: Oppdrag, force: bool, hopp_over_feil: bool) -> None:
    """One workbook for each, in a folder; what could not be made is told last."""
    from velferdslab_model.scenarios.bunke import skriv_bunke

    skrevet, feil = skriv_bunke(
        scenarier, mappe, oppdrag, overskriv=force, hopp_over_feil=hopp_over_feil, fremdrift=fremdrift("regnet ut")
    )
    for en in skrevet:
        if en.priser:
            si(f"{en.scenario}: {en.priser}", err=True)
        si(f"Skrev {en.fil} (fra {en.scenario})", err=True)
    for tekst in feil:
        si(f"Hoppet over: {tekst}", err=True)
    si(f"{len(skrevet)} arbeidsbøker i {mappe}" + (f", {len(feil)} hoppet over" if feil else ""), err=True)


def _samme_scenario(fil: Path, navn: str) -> None:
    """Two names may give the same file name (Bø and Boe); the one must not take the place of the other unasked."""
    from velferdslab_model.errors import KanIkkeSkrive
    from velferdslab_model.workbook.kind import EFFEKTMODELL

    gammelt = EFFEKTMODELL.navn_i(fil)
    if gammelt is not None and gammelt != navn:
        raise KanIkkeSkrive(
            f"{fil} er laget for «{gammelt}», ikke for «{navn}». Velg et annet navn med -o, eller skriv over med --force."
        )
