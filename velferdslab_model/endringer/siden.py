"""What has changed since an earlier file, as it is told: old, new, why, and what each change does to both nets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.virkning import Virkning
from velferdslab_model.parameters.typer import Forutsetninger

#: The nets whose change is told.
TO_NETTOER = ("netto_budsjett", "netto_samfunn")


@dataclass(frozen=True)
class Siden:
    """What has changed since an earlier file.

    mot: its name. merknader: how its amounts came to the newer one's price year, and what is in the way. virkning: None where
    no index brings them there. foer_aar: the price year it was in. foer_netto: its nets there, kr, by group.
    """

    mot: str
    til: Forutsetninger
    merknader: Sequence[str]
    endringer: Sequence[Endring]
    virkning: Virkning | None
    foer_aar: int
    foer_netto: Mapping[str, Mapping[str, float]]

    def virkning_av(self, endring: Endring) -> Mapping[str, float] | None:
        """What one change does alone to the nets of its group, kr; None for one that enters no result."""
        if self.virkning is None:
            return None
        return next((b.summer for b in self.virkning.bidrag if b.endring == endring), None)

    def to_dict(self) -> dict[str, Any]:
        """The form of JSON."""
        v = self.virkning
        return {
            "mot": self.mot,
            "merknader": list(self.merknader),
            "foer": {"prisaar": self.foer_aar, "netto": {navn: dict(n) for navn, n in self.foer_netto.items()}},
            "netto": None
            if v is None
            else {
                navn: {x: {"foer": g.foer[x], "naa": g.etter[x], "samspill": v.samspill[navn][x]} for x in TO_NETTOER}
                for navn, g in v.grupper.items()
            },
            "endringer": [
                {
                    "gruppe": e.gruppe,
                    "noekkel": e.noekkel,
                    "tekst": e.tekst,
                    "enhet": e.enhet,
                    "gammel": e.gammel,
                    "ny": e.ny,
                    "kilde": e.kilde,
                    "virkning": None if (n := self.virkning_av(e)) is None else {x: n[x] for x in TO_NETTOER},
                }
                for e in self.endringer
            ],
        }
