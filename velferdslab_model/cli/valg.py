"""Options that more than one command has."""

from __future__ import annotations

import click


def _aarstall(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> int | None:
    """Read a year, or say what was expected. Whether it is in the analysis is for the økonomiplan to say."""
    if verdi is None:
        return None
    if not (verdi.isascii() and verdi.isdigit() and len(verdi) == 4):
        raise click.BadParameter(f"{verdi} er ikke et årstall, for eksempel 2027.")
    return int(verdi)


fra_aar_valg = click.option(
    "--fra-aar",
    callback=_aarstall,
    metavar="ÅÅÅÅ",
    help="Første år i økonomiplanen. Standard: det første året i analysen",
)


def krev_oekonomiplan(fra_aar: int | None, oekonomiplan: bool) -> None:
    """Refuse a first year without a plan. Raises click.UsageError."""
    if fra_aar is not None and not oekonomiplan:
        raise click.UsageError("--fra-aar gjelder økonomiplanen og brukes bare sammen med --oekonomiplan.")
