"""Load many scenarios, going on past the broken ones so that all of them can be told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.errors import FeilIFiler, UgyldigInndata, VelferdslabError
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.scenarios.loading import les_oppgitt


@dataclass(frozen=True)
class Lest:
    """A scenario as given, and the file it came from."""

    fil: Path
    oppgitt: Oppgitt


@dataclass(frozen=True)
class Innlest:
    """What could be read. feil: the message of each file that was passed over. priser: what a price list did to each."""

    scenarier: tuple[Lest, ...]
    feil: tuple[str, ...] = ()
    priser: tuple[str, ...] = ()


def les_alle(
    filer: Sequence[Path], priser: Path | None = None, prisaar: int | None = None, hopp_over_feil: bool = False
) -> Innlest:
    """Read every file, with the prices of a list laid over each.

    Raises FeilIFiler with the message of every broken file, unless hopp_over_feil; UgyldigInndata when two scenarios
    have the same name.
    """
    lest: list[Lest] = []
    meldinger: list[str] = []

    def en(fil: Path) -> None:
        oppgitt = les_oppgitt(fil)
        if priser is not None:
            endring = legg_over(oppgitt, priser, prisaar)
            oppgitt = endring.oppgitt
            meldinger.append(f"{fil}: {endring.melding()}")
        lest.append(Lest(fil, oppgitt))

    feil = proev_hver(filer, en, hopp_over_feil)
    krev_ulike_navn(lest)
    return Innlest(tuple(lest), tuple(feil), tuple(meldinger))


def proev_hver(filer: Sequence[Path], gjoer: Callable[[Path], None], hopp_over_feil: bool) -> list[str]:
    """Do something with each file; returns the messages of those that failed.

    Raises FeilIFiler when any failed, unless hopp_over_feil; the fault itself when there is only one file.
    """
    feil: list[str] = []
    for fil in filer:
        try:
            gjoer(fil)
        except VelferdslabError as grunn:
            if len(filer) == 1:
                raise
            tekst = str(grunn)
            feil.append(tekst if str(fil) in tekst else _med_sti(fil, tekst))
    if feil and not hopp_over_feil:
        raise FeilIFiler(feil, len(filer))
    return feil


def _med_sti(fil: Path, tekst: str) -> str:
    """A message with the whole path, for two folders may hold files of the same name."""
    return f"{fil.parent / tekst}" if tekst.startswith(fil.name) else f"{fil}: {tekst}"


def krev_ulike_navn(lest: Sequence[Lest]) -> None:
    """Names tell the municipalities apart in every table. Raises UgyldigInndata with every name that comes twice."""
    hvor: dict[str, list[Lest]] = {}
    for en in lest:
        hvor.setdefault(sammenligningsnavn(en.oppgitt.navn), []).append(en)
    like = [flere for flere in hvor.values() if len(flere) > 1]
    if like:
        feil = [
            f"{', '.join(str(en.fil) for en in flere)} heter {'begge' if len(flere) == 2 else 'alle'} «{flere[0].oppgitt.navn}». "
            'Gi hver sitt navn, øverst i filen: navn = "..." (i en arbeidsbok: cellen for scenariets navn).'
            for flere in like
        ]
        raise UgyldigInndata("samme navn flere ganger", feil)
