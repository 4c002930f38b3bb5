"""The nouns of the model: a scenario, its two brukergrupper, and their tiltak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.overskrevet import Overskrevet
from velferdslab_model.parameters.priskatalog import Katalograd

Livssituasjon = Literal["uholdbar", "utsatt", "stabil", "baerekraftig"]
Betaler = Literal["kommune", "fylkeskommune", "stat"]
Kategori = Literal["oppstart", "drift"]
Kostnadsdriver = Literal["timer", "fast sum", "årskostnad", "annet"]

#: Left to right in the investeringsferd; the first three are also the utgangssituasjoner.
LIVSSITUASJONER: tuple[Livssituasjon, ...] = ("uholdbar", "utsatt", "stabil", "baerekraftig")
UTGANGSSITUASJONER = LIVSSITUASJONER[:3]
BETALERE: tuple[Betaler, ...] = ("kommune", "fylkeskommune", "stat")
KATEGORIER: tuple[Kategori, ...] = ("oppstart", "drift")
KOSTNADSDRIVERE: tuple[Kostnadsdriver, ...] = ("timer", "fast sum", "årskostnad", "annet")

#: The pluss-minus scale of effects without a price.
BETYDNING = ("liten", "middels", "stor")
OMFANG = (
    "stort negativt",
    "middels negativt",
    "lite negativt",
    "intet",
    "lite positivt",
    "middels positivt",
    "stort positivt",
)

MAKS_TILTAK = 30
MAKS_TIMESATSER = 6
MAKS_ANALYSEPERIODE = 15


@dataclass(frozen=True)
class Tiltak:
    """One measure in the programme; costs enhetskostnad x volum x ganger_per_aar per person-year.

    enhetskostnad: kr per unit. volum: units per occasion in uholdbar, utsatt, stabil.
    ganger_per_aar: 1 yearly, 12 monthly. kostnadsdriver is a label and enters no money formula.
    kilde: starts with «kilde:» or «antakelse:»; of the price. volumkilde: the same of the volumes and how often; empty
    where kilde covers them, too. timesats: the common hourly rate that enhetskostnad follows; empty for a number of its own.
    """

    navn: str
    beskrivelse: str
    type_kostnad: str
    kategori: Kategori
    kostnadsdriver: Kostnadsdriver | Literal[""]
    enhetskostnad: float
    betaler: Betaler
    volum: tuple[float, float, float]
    ganger_per_aar: int
    kilde: str
    volumkilde: str = ""
    timesats: str = ""

    @property
    def kilde_til_volum(self) -> str:
        """Where the volumes and the number of times come from."""
        return self.volumkilde or self.kilde


@dataclass(frozen=True)
class Timesats:
    """A common hourly rate, entered once and followed by the tiltak that refer to it.

    kr: per hour. kilde: starts with «kilde:» or «antakelse:».
    """

    navn: str
    kr: float
    kilde: str


@dataclass(frozen=True)
class Utvidet:
    """Extended assumptions, not part of the original model (docs/modell.md section 6). All are shares or kr/year."""

    erstatningsgrad: float
    beholder_steget: float
    aarlig_tilbakefall: float
    skjedd_uansett: float
    reell_vekst: float
    skattefinansieringssats: float
    fast_aarskostnad: float
    kommunal_andel_nullalternativ: float
    fylkeskommunal_andel_av_resten: float
    realiserbar_andel: float
    offentlig_andel_produksjonsgevinst: float
    kommunal_andel_offentlig_inntekt: float


@dataclass(frozen=True)
class Bevegelse:
    """A null alternative that moves (docs/modell.md section 9). Tuples follow LIVSSITUASJONER.

    overganger: years counted from a situation (row) to that of the next year (column), without the programme. kostnad: kr per
    person-year in each situation; None where it is the null alternative's. kilde: starts with «kilde:» or «antakelse:».
    """

    overganger: tuple[tuple[float, ...], ...]
    kostnad: tuple[float | None, ...]
    kilde: str

    def verdi(self, noekkel: str) -> float | None:
        """The number at a dotted key of its table of inputs, for example «overganger.utsatt.stabil»; None when not given."""
        felt, fra, *til = noekkel.split(".")
        rad = LIVSSITUASJONER.index(fra)
        return self.overganger[rad][LIVSSITUASJONER.index(til[0])] if felt == "overganger" else self.kostnad[rad]

    @property
    def andeler(self) -> tuple[tuple[float, ...], ...]:
        """The counts as shares of their row; who is in a situation that was never counted stays there (antakelse)."""
        ut = []
        for i, rad in enumerate(self.overganger):
            sum_ = sum(rad)
            ut.append(tuple(n / sum_ for n in rad) if sum_ else tuple(float(j == i) for j in range(len(rad))))
        return tuple(ut)


@dataclass(frozen=True)
class Brukergruppe:
    """The assumptions of one group. Tuples follow LIVSSITUASJONER (three or four long).

    analyseperiode, inntaksaar: years. analysetidspunkt: calendar year. neddiskontering: share per year.
    inntak: persons (or families) per year. nullalternativ: kr per person-year. verdi_qaly: kr.
    loennskostnad: kr per full-time year. kilder: dotted key -> «kilde: ...» or «antakelse: ...». usikkerhet: the
    scenario's own distributions, by the keys of parameters.usikkerhet; those of usikkerhet.fordelinger count elsewhere.
    nullalternativ_faktor: what utsatt is multiplied with, for uholdbar, utsatt (1) and stabil. avledet: dotted keys of the
    numbers that nobody has given and that follow others (parameters.avledet). bevegelse: the null alternative that moves, shown
    beside the one that does not; None when there is none.
    """

    analyseperiode: int
    inntaksaar: int
    analysetidspunkt: int
    neddiskontering: float
    inntak: tuple[float, float, float]
    suksessrate: tuple[float, float, float]
    nullalternativ: tuple[float, float, float, float]
    livskvalitet: tuple[float, float, float, float]
    stillingsandel: tuple[float, float, float, float]
    verdi_qaly: float
    loennskostnad: float
    utvidet: Utvidet
    tiltak: tuple[Tiltak, ...]
    kilder: Mapping[str, str] = field(repr=False)
    usikkerhet: Mapping[str, Fordeling] = field(default_factory=dict, repr=False)
    nullalternativ_faktor: tuple[float, float, float] = (1.0, 1.0, 1.0)
    avledet: frozenset[str] = frozenset()
    bevegelse: Bevegelse | None = None

    def verdi(self, noekkel: str) -> float:
        """Return the number at a dotted key of the input table, for example «suksessrate.utsatt»."""
        felt, _, del_ = noekkel.partition(".")
        verdi = getattr(self, felt)
        if not del_:
            return verdi  # type: ignore[no-any-return]  # a plain number; getattr cannot say so
        if felt == "utvidet":
            return getattr(verdi, del_)  # type: ignore[no-any-return]  # as above
        return verdi[LIVSSITUASJONER.index(del_)]  # type: ignore[no-any-return]  # as above


@dataclass(frozen=True)
class IkkePrissatt:
    """An effect without a price. hvem: who is affected. betydning, omfang: a word of BETYDNING and OMFANG, or empty."""

    virkning: str
    hvem: str
    betydning: str
    omfang: str
    begrunnelse: str


@dataclass(frozen=True)
class Forutsetninger:
    """A scenario: what is assumed for both groups.

    prisaar: the price year of every amount. omregning: how amounts came to be in that year, as the end of the sentence
    «Beløp i 2024-kroner»; empty when none was converted. indekser: level by year of the user's own price indices.
    ikke_prissatt: effects without a price, which enter no sum. overskrevet: the price year was typed over and nobody has
    said which is meant; prisaar is then what is shown, and beloepsaar what the amounts are in. timesatser: the common
    hourly rates. indekskilder: where the own points of an index come from, as somebody wrote it. egne_priser: the municipality's own
    rows of the price catalogue, by id.
    """

    navn: str
    prisaar: int
    unge_voksne: Brukergruppe
    familier: Brukergruppe
    omregning: str = field(default="", compare=False)
    indekser: Mapping[str, Mapping[int, float]] = field(default_factory=dict, compare=False, repr=False)
    ikke_prissatt: tuple[IkkePrissatt, ...] = ()
    timesatser: tuple[Timesats, ...] = ()
    indekskilder: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    overskrevet: Overskrevet | None = field(default=None, compare=False)
    egne_priser: Mapping[str, Katalograd] = field(default_factory=dict, compare=False, repr=False)

    @property
    def beloepsaar(self) -> int:
        """The year the amounts are in, as far as anybody knows: not one that was only typed over it."""
        return self.overskrevet.fra if self.overskrevet and not self.overskrevet.regnet_om else self.prisaar

    @property
    def prisaarvarsel(self) -> str:
        """What the user must settle about the price year; empty when all is well."""
        return self.overskrevet.varsel if self.overskrevet else ""

    @property
    def om_prisaar(self) -> str:
        """How amounts came to be in the price year, and what must be settled, as the end of «Beløp i 2024-kroner»."""
        omregning = self.omregning if self.beloepsaar == self.prisaar else ""
        return f"{omregning}. {self.prisaarvarsel.rstrip('.')}" if self.overskrevet else omregning

    @property
    def grupper(self) -> dict[str, Brukergruppe]:
        """The groups by key, in the fixed order."""
        return {noekkel: getattr(self, noekkel) for noekkel in BRUKERGRUPPER}
