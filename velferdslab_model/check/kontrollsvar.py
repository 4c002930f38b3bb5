"""What the audit of a workbook found, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.virkning import Virkning
from velferdslab_model.parameters.katalogvalg import fra_katalogen
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.workbook.audit import Funn

#: What an audit looks at beside the inputs, in the words of the report.
KONTROLLERT = ("faner", "navn", "beskyttelse", "formler", "låste celler", "lagrede tall")


@dataclass(frozen=True)
class Kontrollsvar:
    """What the audit of a workbook found.

    slag: the kind. mot: what it was compared with. leselig: whether the inputs can be read.
    forutsetninger: those of a scenario. endringer: inputs that
    differ, each with its cell. virkning: what they did to the result, None where that is not computed. funn: everything
    else that is not as the program writes it. merknader: what the reader must know besides. beloep_sammenlignet: False when
    the two are in kroner of different years that no index joins. ikke_kontrollert: parts of the file, in the words of the report,
    that could not be held against anything. om_prisene: what must be known of the prices, changed or not.
    """

    fil: str
    slag: str
    versjon: str
    mot: str
    leselig: bool
    forutsetninger: Forutsetninger | None
    endringer: Sequence[tuple[str, Endring]]
    virkning: Virkning | None
    funn: Sequence[Funn]
    merknader: Sequence[str]
    beloep_sammenlignet: bool = True
    ikke_kontrollert: Sequence[str] = ()
    om_prisene: Sequence[str] = ()

    def to_dict(self) -> dict[str, Any]:
        """The form of `check --format json`."""
        return {
            "fil": self.fil,
            "slag": self.slag,
            "versjon": self.versjon,
            "sammenlignet_med": self.mot,
            "bare_inndata_er_endret": not self.funn,
            "endringer": [_endring(e) | {"celle": celle} for celle, e in self.endringer],
            "beloep_sammenlignet": self.beloep_sammenlignet,
            "virkning": _virkning(self.virkning),
            "funn": [asdict(f) for f in self.funn],
            "merknader": list(self.merknader),
            "om_prisene": list(self.om_prisene),
            "ikke_kontrollert": list(self.ikke_kontrollert),
        }


def _endring(e: Endring) -> dict[str, Any]:
    return {
        "gruppe": e.gruppe,
        "noekkel": e.noekkel,
        "tekst": e.tekst,
        "enhet": e.enhet,
        "gammel": e.gammel,
        "ny": e.ny,
        "kilde": e.kilde,
        **fra_katalogen(str(e.ny) if e.felt.endswith("kilde") else e.kilde),
    }


def _virkning(v: Virkning | None) -> dict[str, Any] | None:
    if v is None:
        return None
    deler: Mapping[str, Any] = {**v.grupper, "samlet": v.samlet}
    return {
        "foer_og_etter": {navn: None if g is None else asdict(g) for navn, g in deler.items()},
        "bidrag": [
            {"gruppe": b.endring.gruppe, "noekkel": b.endring.noekkel, "summer": dict(b.summer)} for b in v.bidrag
        ],
        "samspill": {navn: dict(s) for navn, s in v.samspill.items()},
    }
