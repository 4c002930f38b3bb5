"""A price year typed over in a workbook: what the amounts were in, what now stands, and that nobody has said which is meant."""

from __future__ import annotations

from dataclasses import dataclass

#: Key in a scenario file, and the option that settles it.
NOEKKEL, VALG = "prisaar_overskrevet", "--prisaar-er"


@dataclass(frozen=True)
class Overskrevet:
    """The year the amounts were in when the file was made (fra) and the one that was typed over it (til).

    regnet_om: the amounts have since been converted to another year as if they were in fra, which is an antakelse.
    """

    fra: int
    til: int
    regnet_om: bool = False

    @property
    def varsel(self) -> str:
        """What the user must settle, as sentences."""
        if self.regnet_om:
            return (
                f"OBS: prisåret ble skrevet over i arbeidsboken (fra {self.fra} til {self.til}). Antakelse: beløpene er regnet om "
                f"som {self.fra}-kroner. Si hva som er riktig: bruk arbeidsboken om igjen med {VALG} {self.fra} eller {VALG} {self.til}."
            )
        return (
            f"OBS: prisåret er skrevet over i arbeidsboken. Beløpene var i {self.fra}-kroner da den ble laget; nå står det "
            f"{self.til}, og ingenting er regnet om. Si hva som er riktig: {VALG} {self.fra} (beløpene er fortsatt i "
            f"{self.fra}-kroner) eller {VALG} {self.til} (beløpene er i {self.til}-kroner)."
        )
