"""How the assumption register is printed: one line per number, as CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from velferdslab_model.cli.output import csv_av, json_tekst
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.register_tab import hvor
from velferdslab_model.effektbok.tabs import tilleggsfaner
from velferdslab_model.prisliste.kvittering import Kvitteringslinje
from velferdslab_model.register import Registerpost, registerposter
from velferdslab_model.results import Resultat
from velferdslab_model.version import __version__

_KOLONNER = (
    "gruppe",
    "noekkel",
    "forutsetning",
    "verdi",
    "enhet",
    "prisaar",
    "opphav",
    "standardverdi",
    "kilde",
    "kan_endres_av",
    "hvor",
    "prisendring",
)


def register_tekst(resultat: Resultat, form: str, kvittering: Sequence[Kvitteringslinje] = ()) -> str:
    """The register as «json», else as CSV. kvittering: of a price list, told beside the prices it changed."""
    f = resultat.forutsetninger
    # For the places of the cells, which no date moves.
    bok = planlegg(resultat, date.min, tilleggsfaner((), f=resultat.forutsetninger))
    rader = [
        (
            post.gruppe,
            post.noekkel,
            post.tekst,
            float(post.verdi),
            post.enhet,
            post.prisaar,
            post.opphav,
            None if post.standardverdi is None else float(post.standardverdi),
            post.kilde,
            post.hvem,
            hvor(bok, post),
            _prisendring(post, kvittering),
        )
        for post in registerposter(f)
    ]
    if form == "json":
        poster = [dict(zip(_KOLONNER, rad, strict=True)) for rad in rader]
        svar = {
            "navn": f.navn,
            "prisaar": f.prisaar,
            "prisaarvarsel": f.prisaarvarsel,
            "versjon": __version__,
            "register": poster,
        }
        return json_tekst(svar)
    return csv_av(_KOLONNER, rader)


def _prisendring(post: Registerpost, kvittering: Sequence[Kvitteringslinje]) -> str:
    """What a price list did to a number; empty when it left it alone."""
    return next((en.tekst for en in kvittering if _registernoekkel(en) == post.noekkel), "")


def _registernoekkel(en: Kvitteringslinje) -> str:
    """What the register calls the price of a line."""
    hode, _, navn = en.noekkel.partition(".")
    if hode == "timesats":
        return f"timesatser.{navn}"
    return f"{en.gruppe}.tiltak «{navn}»: enhetskostnad" if hode == "tiltak" else f"{en.gruppe}.{en.noekkel}"
