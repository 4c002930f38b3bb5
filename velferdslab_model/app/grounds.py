"""What a person goes on from: the defaults, what was computed before in the visit, or a file of their own."""

from __future__ import annotations

from pathlib import Path

from velferdslab_model.app.cases import Arbeidsordre
from velferdslab_model.app.room import SKJEMAET
from velferdslab_model.base.tall import les_beloep
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.felt import PRISAAR

#: Field of the choice, and of the file that goes with one of them.
VALGET, FILEN = "grunnlag", "grunnlagsfil"


def grunnlaget(ordre: Arbeidsordre) -> tuple[Path | None, str]:
    """The scenario to go on from, None for the defaults, and what it is called. A file that was sent goes before the choice.

    Raises UgyldigInndata when what was chosen is missing.
    """
    valgt = ordre.felt.get(VALGET, "standard")
    if fil := ordre.fil(FILEN):
        return fil, fil.name
    if valgt == "fil":
        raise UgyldigInndata(
            SKJEMAET, [f"Filen ({FILEN}) mangler: «En fil jeg har» er valgt, ventet at en fil er valgt."]
        )
    if valgt == "standard":
        return None, ""
    if valgt not in ordre.scenarier:
        raise UgyldigInndata(
            SKJEMAET,
            [f"Valget ({VALGET}) gjelder noe som er slettet, ventet et av valgene under. Regn det ut på nytt."],
        )
    sti, navn = ordre.scenarier[valgt]
    return Path(sti), navn


def kreves(ordre: Arbeidsordre, felt: str, hva: str) -> Path:
    """The file of a field. hva: what was expected, with its article. Raises UgyldigInndata when none was sent."""
    fil = ordre.fil(felt)
    if fil is None:
        raise UgyldigInndata(SKJEMAET, [f"Filen ({felt}) mangler, ventet {hva}."])
    return fil


def les_prisaaret(ordre: Arbeidsordre) -> int | None:
    """The price year everything is converted to; None when the field is empty. Raises UgyldigInndata."""
    skrevet = ordre.felt.get("prisaar", "").strip()
    if not skrevet:
        return None
    try:
        aar = les_beloep(skrevet)
    except ValueError:
        aar = 0.0
    if not PRISAAR.er_lovlig(aar):
        raise UgyldigInndata(SKJEMAET, [f"Prisår (prisaar) er «{skrevet[:40]}», ventet {PRISAAR.ventet_i_celle}."])
    return int(aar)
