"""The nouns of a life-course account, and the one table of its inputs: key, label, unit, legal range and help.

Amounts are kroner per person and year in the account's own price year. A person is outside (the target group) or not (the
comparison group); there is nothing between. Source of the form: the note's chapter on Utenforregnskapet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_BELOEP, SISTE_AAR, Felt
from velferdslab_model.base.ord import BETALERNAVN
from velferdslab_model.model.array import Array

#: Levels of government, in the order they are shown.
FORVALTNINGSNIVAAER: dict[str, str] = dict(BETALERNAVN)
#: What a post is, and what it is called. A benefit and a tax move money between people and change nothing for society.
SLAGENE: dict[str, str] = {
    "tjeneste": "Tjenester",
    "ytelse": "Ytelser",
    "skatt": "Skatter og avgifter",
    "produksjon": "Verdien av arbeid",
}
#: Added to the public budgets when the person is no longer outside (+1), or no longer paid for (-1 of more).
FORTEGN: dict[str, int] = {"tjeneste": 1, "ytelse": 1, "skatt": -1, "produksjon": -1}
BUDSJETTSLAG, SAMFUNNSSLAG = ("tjeneste", "ytelse", "skatt"), ("tjeneste", "produksjon")
GRUPPENE: dict[str, str] = {"maalgruppe": "Målgruppen", "sammenligning": "Sammenligningsgruppen"}

YNGST, ELDST, MAKS_POSTER, MAKS_PERSONER = 0, 100, 40, 100_000
#: A group of fewer people is not shown, in case somebody is known again.
MINST_I_GRUPPE = 5


def _f(noekkel: str, tekst: str, enhet: str, slag: str, minst: float, mest: float, hjelp: str) -> Felt:
    return Felt(noekkel, tekst, enhet, slag, minst, mest, "hoved", hjelp)  # type: ignore[arg-type]


FELTENE: dict[str, Felt] = {
    felt.noekkel: felt
    for felt in (
        _f("prisaar", "Prisår", "årstall", "aarstall", FOERSTE_AAR, SISTE_AAR, "Prisåret for alle beløp i filen."),
        _f("alder_ved_tiltak", "Alder ved tiltaket", "år", "heltall", YNGST, ELDST, "Alderen i året tiltaket settes inn."),
        _f("horisont", "Horisont", "år", "heltall", 1, ELDST, "Så mange år regnes med, fra og med året tiltaket settes inn."),
        _f("aar_til_effekt", "År til virkning", "år", "heltall", 0, ELDST, "År fra tiltaket til den første forskjellen."),
        _f("antall", "Antall personer", "personer", "heltall", 1, MAKS_PERSONER, "Så mange får tiltaket."),
        _f("suksessfaktor", "Suksessfaktor", "andel", "andel", 0, 1, "Andelen som blir lik sammenligningsgruppen."),
        _f("skjedd_uansett", "Ville skjedd uansett", "andel", "andel", 0, 1, "Andelen av dem som lykkes, som ville lyktes uten tiltaket."),
        _f("neddiskontering", "Neddiskontering", "per år", "andel", 0, 0.2, "Renten gevinster senere enn tiltaksåret trekkes ned med."),
        _f("avgang", "Årlig avgang", "andel", "andel", 0, 0.5, "Andelen som dør eller flytter i løpet av et år."),
        *(
            _f(f"kostnad.{n}", f"Tiltakets kostnad, {navn.lower()}", "kr", "beloep", 0, MAKS_BELOEP, "Samlet for alle personene, i året tiltaket settes inn.")
            for n, navn in FORVALTNINGSNIVAAER.items()
        ),
    )
}  # fmt: skip
PROFILBELOEP = _f("beloep", "Beløp", "kr per person og år", "beloep", 0, MAKS_BELOEP, "Faste priser.")


@dataclass(frozen=True)
class Post:
    """One line of the account. nivaa: who pays or gets it, "" for produksjon.

    maalgruppe, sammenligning: kr per person at every age of the profile, (aldre,).
    """

    navn: str
    nivaa: str
    slag: str
    maalgruppe: Array
    sammenligning: Array
    kilde: str

    @property
    def gevinst(self) -> Array:
        """What it is worth, at each age, that one person is like the comparison group: (aldre,) kr."""
        return FORTEGN[self.slag] * (self.maalgruppe - self.sammenligning)


@dataclass(frozen=True)
class Utenforvilkaar:
    """A measure for a target group. kostnad: level -> kr in all. telling: successes and people followed, or None.

    kilder: key -> where it comes from. konstruert: whether the profile is made up.
    """

    navn: str
    maalgruppe: str
    sammenligning: str
    prisaar: int
    fra_alder: int
    poster: tuple[Post, ...]
    alder_ved_tiltak: int
    horisont: int
    aar_til_effekt: int
    antall: int
    suksessfaktor: float
    telling: tuple[float, float] | None
    skjedd_uansett: float
    neddiskontering: float
    avgang: float
    kostnad: Mapping[str, float]
    konstruert: bool
    kilder: Mapping[str, str] = field(default_factory=dict)

    @property
    def aldre(self) -> Array:
        """Every age of the profile."""
        return self.fra_alder + np.arange(float(len(self.poster[0].maalgruppe)))

    @property
    def til_alder(self) -> int:
        """The last age of the profile."""
        return self.fra_alder + len(self.poster[0].maalgruppe) - 1
