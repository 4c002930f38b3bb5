"""What is drawn when nobody says otherwise, and how the number of draws and the seed are read."""

from __future__ import annotations

from velferdslab_model.base.tall import uten_mellomrom

STANDARD_TREKNINGER = 10_000
STANDARD_FROE = 2019
MAKS_FROE = 2**32 - 1
MINST_TREKNINGER, MEST_TREKNINGER = 100, 5_000_000


def les_antall_trekninger(skrevet: str) -> int:
    """The number of draws. Raises ValueError with what was expected."""
    renset = uten_mellomrom(skrevet).replace("_", "")
    if (
        renset.isascii()
        and renset.isdigit()
        and len(renset) < 20
        and (MINST_TREKNINGER <= int(renset) <= MEST_TREKNINGER)
    ):
        return int(renset)
    raise ValueError(f"{skrevet[:30]} er ikke et antall trekninger, ventet et helt tall fra 100 til 5 000 000.")


def les_froe(skrevet: str) -> int:
    """The seed. Raises ValueError with what was expected."""
    if skrevet.isascii() and skrevet.isdigit() and len(skrevet) <= 10 and int(skrevet) <= MAKS_FROE:
        return int(skrevet)
    raise ValueError(f"{skrevet[:30]} er ikke et frø, ventet et helt tall fra 0 til {MAKS_FROE}.")
