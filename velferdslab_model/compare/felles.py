"""What all are held to: assumptions that are nobody's achievement, and one price index for everybody."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from velferdslab_model.base.files import til_lesing
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import mente_du
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.indekser import INDEKSER, nivaaer
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.typer import Brukergruppe, Utvidet
from velferdslab_model.scenarios.loading import les_oppgitt

#: The inputs that are assumed, not achieved: field of Brukergruppe -> word of --felles.
ANTAKELSER: dict[str, str] = {
    "nullalternativ": "nullalternativ",
    "verdi_qaly": "qaly",
    "livskvalitet": "livskvalitet",
    "loennskostnad": "loenn",
    "stillingsandel": "stillingsandel",
    "utvidet": "utvidet",
}
ALLE = "alle"
#: Begins the source of a number that was made equal.
FELLES_KILDE = "antakelse: felles for alle i sammenligningen"
_VALG = "--felles"


@dataclass(frozen=True)
class FellesAntakelser:
    """What --felles holds equal. felt: keys of ANTAKELSER by group. fra: the scenario they are taken from; None for the
    terms' own municipality."""

    felt: Mapping[str, frozenset[str]]
    fra: Oppgitt | None = None


def les_felles(verdi: str) -> FellesAntakelser:
    """Read what is held equal: words such as «qaly,loenn», «alle», or a .toml file with the numbers all are to have.

    Raises UgyldigInndata for an unknown word or a file with other numbers, KanIkkeLese for a file that cannot be read.
    """
    if Path(verdi).suffix.lower() == ".toml":
        return _fra_fil(Path(verdi))
    ord_ = [en.strip().lower() for en in verdi.split(",") if en.strip()]
    kjente = [ALLE, *ANTAKELSER.values()]
    if ukjente := [en for en in ord_ if en not in kjente] or ([] if ord_ else [verdi]):
        raise UgyldigInndata(
            _VALG,
            [
                f"«{ukjente[0]}» er ingen felles antakelse, ventet {', '.join(kjente)} (flere med komma mellom), eller en "
                f".toml-fil.{mente_du(ukjente[0], kjente)}"
            ],
        )
    felt = frozenset(felt for felt, en in ANTAKELSER.items() if ALLE in ord_ or en in ord_)
    return FellesAntakelser(dict.fromkeys(BRUKERGRUPPER, felt))


def _fra_fil(fil: Path) -> FellesAntakelser:
    """The assumptions a file gives; it is read as a scenario, so that its numbers, years and sources are checked."""
    oppgitt = les_oppgitt(fil)
    with til_lesing(fil) as stroem:
        raa: dict[str, Any] = tomllib.loads(stroem.read().decode("utf-8-sig"))
    felt = {g: frozenset(ANTAKELSER.keys() & raa.get(g, {}).keys()) for g in BRUKERGRUPPER}
    tillatt = {"kilder", "usikkerhet", "prisaar", *ANTAKELSER}
    andre = [f"{g}.{n}" for g in BRUKERGRUPPER for n in raa.get(g, {}) if n not in tillatt]
    if andre:
        raise UgyldigInndata(
            fil.name, [f"{andre[0]} kan ikke være felles for alle, ventet bare {', '.join(ANTAKELSER)} i hver gruppe."]
        )
    if not any(felt.values()):
        raise UgyldigInndata(fil.name, [f"filen har ingen felles antakelser, ventet {', '.join(ANTAKELSER)}."])
    return FellesAntakelser(felt, oppgitt)


def med_antakelser(g: Brukergruppe, fra: Brukergruppe, felt: Collection[str]) -> Brukergruppe:
    """A group with some assumptions of another, and how uncertain that one takes them to be. felt: keys of ANTAKELSER.

    One that moves belongs to the null alternative; it goes where all are to have what would have happened anyway, which says
    the same.
    """
    utvidet, null = (fra if n in felt else g for n in ("utvidet", "nullalternativ"))
    bevegelse = None if utvidet.utvidet.skjedd_uansett else null.bevegelse
    if bevegelse != g.bevegelse:
        g = replace(g, bevegelse=bevegelse)
    if not felt or (all(getattr(g, n) == getattr(fra, n) for n in felt) and _usikre(g, felt) == _usikre(fra, felt)):
        return g
    nye = [n for n in FELT if n.partition(".")[0] in felt and g.verdi(n) != fra.verdi(n)]
    egne = {n: f for n, f in g.usikkerhet.items() if n.partition(".")[0] not in felt}
    return replace(
        g,
        **{n: getattr(fra, n) for n in felt},
        usikkerhet={**egne, **_usikre(fra, felt)},
        kilder={**g.kilder, **dict.fromkeys(nye, FELLES_KILDE)},
    )


def _usikre(g: Brukergruppe, felt: Collection[str]) -> dict[str, Any]:
    """The own distributions of some assumptions."""
    return {n: f for n, f in g.usikkerhet.items() if n.partition(".")[0] in felt}


def i_midten(grupper: Sequence[Brukergruppe]) -> Brukergruppe:
    """The first of the groups with the median of each assumption, number by number; nobody's own distributions."""

    def midt(noekkel: str) -> float:
        return float(median(g.verdi(noekkel) for g in grupper))

    ut: dict[str, Any] = {}
    for felt in ANTAKELSER:
        noekler = [n for n in FELT if n.partition(".")[0] == felt]
        if felt == "utvidet":
            ut[felt] = Utvidet(**{n.partition(".")[2]: midt(n) for n in noekler})
        else:
            ut[felt] = tuple(map(midt, noekler)) if len(noekler) > 1 else midt(noekler[0])
    g = grupper[0]
    egne = {n: f for n, f in g.usikkerhet.items() if n.partition(".")[0] not in ANTAKELSER}
    return replace(g, **ut, usikkerhet=egne, bevegelse=None)


def felles_indekser(
    egne: Mapping[str, Mapping[int, float]], fra_fil: Mapping[str, Mapping[int, float]]
) -> tuple[dict[str, Mapping[int, float]], list[int]]:
    """One set of price indices for all: the built-in ones with the points of --indekser laid over.

    egne: a municipality's own points, which count only in years that nothing common reaches. Returns the points to convert
    with, and the years in which the municipality's own were needed.
    """
    ut: dict[str, Mapping[int, float]] = {}
    brukt: set[int] = set()
    for indeks in INDEKSER:
        felles = dict(fra_fil.get(indeks, {}))
        naadd, mine = nivaaer(indeks, felles), egne.get(indeks, {})
        utenfor = [aar for aar in mine if aar not in naadd]
        if utenfor:
            fulle = nivaaer(indeks, mine)
            # Where the two meet, the common one gives the level and the municipality's own the growth from there.
            moetes = [aar for aar in fulle if aar in naadd]
            for aar in utenfor:
                anker = min(((abs(en - aar), en) for en in moetes), default=(0, None))[1]
                felles[aar] = mine[aar] * (naadd[anker] / fulle[anker] if anker is not None else 1.0)
                if anker is not None:
                    felles.setdefault(anker, naadd[anker])
            brukt |= set(utenfor)
        if felles:
            ut[indeks] = dict(sorted(felles.items()))
    return ut, sorted(brukt)
