"""What a price list was made with, kept in the file: the prices as they stood, so that an audit can tell what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, replace
from functools import reduce
from typing import Any

from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.avledet import med_tall
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.overskrevet import Overskrevet
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.priskatalog import Katalog, fra_katalogfiler, som_katalogfiler
from velferdslab_model.parameters.typer import Tiltak, Timesats
from velferdslab_model.prisliste.priser import LISTET
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst

_EGNE = "egne_priser"


@dataclass(frozen=True)
class Prislisteopphav:
    """The scenario a list was made of, as far as a list shows it, and the name the file was given.

    oppgitt: its prices, each with price year and source; the numbers of everything else are the defaults'. A list of an earlier
    format kept the tiltak alone.
    """

    oppgitt: Oppgitt
    filnavn: str


def pakk_opphav(oppgitt: Oppgitt, filnavn: str) -> dict[str, str]:
    """The origin as document properties."""
    data = {
        "kilde": oppgitt.kilde,
        "navn": oppgitt.navn,
        "prisaar": oppgitt.vis_i_prisaar,
        **({"overskrevet": asdict(oppgitt.overskrevet)} if oppgitt.overskrevet else {}),
        "indekser": oppgitt.indekser,
        "filnavn": filnavn,
        **({_EGNE: som_katalogfiler(oppgitt.egne_priser)} if oppgitt.egne_priser else {}),
        "beloep": {
            gruppe: {n: [g.verdi(n), oppgitt.prisaar[gruppe][n], g.kilder[n], n in g.avledet] for n in LISTET}
            for gruppe, g in oppgitt.grupper.items()
        },
        "faktorer": {gruppe: g.nullalternativ_faktor for gruppe, g in oppgitt.grupper.items()},
        "timesatser": [[*astuple(sats), oppgitt.timesats_aar[sats.navn]] for sats in oppgitt.timesatser],
        "tiltak": {
            gruppe: [[asdict(t), oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"]] for t in g.tiltak]
            for gruppe, g in oppgitt.grupper.items()
        },
    }
    return pakk_tekst(json.dumps(data, ensure_ascii=False))


def egne_priser_i(egenskaper: Mapping[str, object]) -> Katalog:
    """The municipality's own rows of the catalogue that a list was made with; none when it does not say."""
    try:
        return fra_katalogfiler(dict(json.loads(pakk_ut_tekst(egenskaper) or "{}").get(_EGNE, {})))
    except (ValueError, TypeError, AttributeError, RecursionError, VelferdslabError):
        return {}


def pakk_ut_opphav(egenskaper: Mapping[str, object]) -> Prislisteopphav | None:
    """The origin of a list; None for one made before it was kept, or when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        data = json.loads(tekst)
        standard = les_toml()
        tiltak = {gruppe: [_tiltak(t, aar) for t, aar in data["tiltak"][gruppe]] for gruppe in standard.grupper}
        oppgitt = replace(
            _med_beloep(standard, data) if "beloep" in data else standard,
            kilde=str(data["kilde"]),
            navn=str(data["navn"]),
            vis_i_prisaar=int(data["prisaar"]),
            overskrevet=Overskrevet(**data["overskrevet"]) if "overskrevet" in data else None,
            egne_priser=egne_priser_i(egenskaper),
            indekser={navn: {int(aar): float(n) for aar, n in s.items()} for navn, s in data["indekser"].items()},
        )
        oppgitt = replace(
            oppgitt,
            grupper={g: replace(oppgitt.grupper[g], tiltak=tuple(t for t, _ in alle)) for g, alle in tiltak.items()},
            prisaar={
                g: {**oppgitt.prisaar[g], **{f"tiltak.{t.navn}": aar for t, aar in alle}} for g, alle in tiltak.items()
            },
        )
        return Prislisteopphav(oppgitt, str(data["filnavn"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _tiltak(felter: dict[str, Any], aar: int) -> tuple[Tiltak, int]:
    return Tiltak(**{**felter, "volum": tuple(felter["volum"])}), int(aar)


def _med_beloep(standard: Oppgitt, data: Mapping[str, Any]) -> Oppgitt:
    """The defaults with the amounts and common hourly rates that a list was made with."""
    grupper, prisaar = {}, {}
    for gruppe, g in standard.grupper.items():
        uholdbar, utsatt, stabil = map(float, data["faktorer"][gruppe])
        alle = {n: data["beloep"][gruppe][n] for n in LISTET}
        med_beloepene = reduce(lambda ut, n: med_tall(ut, n, float(alle[n][0])), LISTET, g)
        grupper[gruppe] = replace(
            med_beloepene,
            nullalternativ_faktor=(uholdbar, utsatt, stabil),
            kilder={**g.kilder, **{n: str(kilde) for n, (_, _, kilde, _) in alle.items()}},
            avledet=frozenset(n for n, (*_, avledet) in alle.items() if avledet),
        )
        prisaar[gruppe] = {**standard.prisaar[gruppe], **{n: int(aar) for n, (_, aar, *_) in alle.items()}}
    satser = [(Timesats(str(navn), float(kr), str(kilde)), int(aar)) for navn, kr, kilde, aar in data["timesatser"]]
    return replace(
        standard,
        grupper=grupper,
        prisaar=prisaar,
        timesatser=tuple(sats for sats, _ in satser),
        timesats_aar={sats.navn: aar for sats, aar in satser},
    )
