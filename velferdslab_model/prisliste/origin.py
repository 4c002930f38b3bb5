"""What a price list was made with, kept in the file: the prices as they stood, so that an audit can tell what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.overskrevet import Overskrevet
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.typer import Tiltak
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


@dataclass(frozen=True)
class Prislisteopphav:
    """The scenario a list was made of, as far as a list shows it, and the name the file was given.

    oppgitt: its tiltak with price, price year and source; the numbers of everything else are the defaults'.
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
        "tiltak": {
            gruppe: [[asdict(t), oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"]] for t in g.tiltak]
            for gruppe, g in oppgitt.grupper.items()
        },
    }
    return pakk_tekst(json.dumps(data, ensure_ascii=False))


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
            standard,
            kilde=str(data["kilde"]),
            navn=str(data["navn"]),
            vis_i_prisaar=int(data["prisaar"]),
            overskrevet=Overskrevet(**data["overskrevet"]) if "overskrevet" in data else None,
            indekser={navn: {int(aar): float(n) for aar, n in s.items()} for navn, s in data["indekser"].items()},
            grupper={g: replace(standard.grupper[g], tiltak=tuple(t for t, _ in alle)) for g, alle in tiltak.items()},
            prisaar={
                g: {**standard.prisaar[g], **{f"tiltak.{t.navn}": aar for t, aar in alle}} for g, alle in tiltak.items()
            },
        )
        return Prislisteopphav(oppgitt, str(data["filnavn"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _tiltak(felter: dict[str, Any], aar: int) -> tuple[Tiltak, int]:
    return Tiltak(**{**felter, "volum": tuple(felter["volum"])}), int(aar)
