"""What a distribution of an uncertain number is, and what each kind needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from velferdslab_model.base.ord import FORDELINGSNAVN, FORDELINGSTALL
from velferdslab_model.base.tall import antall, femten_siffer

Fordelingsslag = Literal["beta", "triangulaer", "uniform", "normal", "lognormal", "gamma", "fast"]

#: Kind -> the sets of numbers that describe it; the first is the one named in messages.
FORDELINGER: dict[Fordelingsslag, tuple[tuple[str, ...], ...]] = {
    "beta": (("suksess", "forsoek"), ("snitt", "sd")),
    "triangulaer": (("minst", "typisk", "mest"),),
    "uniform": (("minst", "mest"),),
    "normal": (("snitt", "sd"),),
    "lognormal": (("snitt", "sd"),),
    "gamma": (("snitt", "sd"),),
    "fast": ((),),
}
#: Common factors, which multiply every number of their kind: key -> what they multiply.
FELLESFAKTORER: dict[str, str] = {
    "priser": "enhetskostnaden til alle tiltak",
    "nullalternativ": "kostnaden i nullalternativet i alle situasjoner",
    "suksessrate": "alle suksessratene, som likevel aldri går over 1",
}

#: How the keys begin of what is uncertain only in the second standard analysis.
STRUKTURELL = "strukturell."


@dataclass(frozen=True)
class Fordeling:
    """The distribution of one number, in the number's own unit; of a common factor, without unit.

    tall: by the names of FORDELINGER, as given. minst, mest: the legal range of the number; a normal distribution is cut
    to it. begrunnelse: why this distribution. slag «fast»: the number is certain.
    """

    slag: Fordelingsslag
    tall: Mapping[str, float]
    minst: float
    mest: float
    begrunnelse: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Of what is compared; a mapping has none of its own."""
        return hash((self.slag, frozenset(self.tall.items()), self.minst, self.mest))

    def ganget(self, faktor: float) -> Fordeling:
        """The same distribution of the number times a factor, for amounts in another price year."""
        return replace(self, tall={navn: femten_siffer(verdi * faktor) for navn, verdi in self.tall.items()})

    @property
    def tekst(self) -> str:
        """The distribution as a reader sees it: «beta (lyktes 8; av 10)»."""
        tall = "; ".join(f"{FORDELINGSTALL.get(navn, navn)} {antall(verdi)}" for navn, verdi in self.tall.items())
        return f"{FORDELINGSNAVN[self.slag]} ({tall})" if tall else FORDELINGSNAVN[self.slag]
