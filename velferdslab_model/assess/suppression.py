"""Which counts may be shown to others: none of 1 to 4 persons, and none from which such a one follows.

Counts are tied together by sums: a row and its cells, all years and each, the same people in two tables. What is hidden
must stay so for a reader who knows every sum and every count that is shown: no hidden count may be worked out, by algebra or
because only one whole number is left for it, and what is hidden under a shown sum must be nobody or more than four. Nought
is shown: it is nobody. Where something follows, one more count is hidden, the least important first, until nothing does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from velferdslab_model.model.array import Array

#: Counts of 1 to this many persons are not shown.
SKJUL_TIL = 4
_NAER = 1e-7
#: Shown counts of each distance that are tried before the nearest is taken.
_KANDIDATER = 40
#: Directions in which another solution is looked for.
_RETNINGER = 8

Noekkel = tuple[str | int, ...]
#: First in the key of those who are alike in everything that is counted: never in a table, and so no cell to protect.
PROFIL = "profil"


@dataclass(frozen=True)
class Likhet:
    """A count that is the sum of others."""

    sum: Noekkel
    deler: tuple[Noekkel, ...]


class Opptelling:
    """Counts by key, and which persons each is of; a person may count several times, one for each year.

    viktighet: of the counts that are shown, by key; the least important is hidden first. A count that is not there is
    never shown, but must not follow either.
    """

    def __init__(self) -> None:
        self.av: dict[Noekkel, Counter[str]] = defaultdict(Counter)
        self.likheter: list[Likhet] = []
        self.viktighet: dict[Noekkel, int] = {}

    def tell(self, noekkel: Noekkel, person: str) -> None:
        """Count a person once more under a key."""
        self.av[noekkel][person] += 1

    def sum(self, noekkel: Noekkel, deler: Iterable[Noekkel]) -> None:
        """A key that is the sum of others; one that is known already must be the same."""
        deler = tuple(deler)
        samlet: Counter[str] = Counter()
        for del_ in deler:
            samlet.update(self.av[del_])
        if self.av[noekkel] and self.av[noekkel] != samlet:
            raise ValueError(f"{noekkel} is not the sum of {deler}")
        self.av[noekkel] = samlet
        self.likheter.append(Likhet(noekkel, deler))

    def vis(self, viktighet: int, *noekler: Noekkel) -> None:
        """Show some counts."""
        self.viktighet |= dict.fromkeys(noekler, viktighet)

    def verdi(self, noekkel: Noekkel) -> int:
        """The count."""
        return sum(self.av[noekkel].values())


def skjulte(t: Opptelling) -> frozenset[Noekkel]:
    """The shown counts that must be hidden."""
    skjul = {n for n in t.viktighet if 0 < len(t.av[n]) <= SKJUL_TIL}
    system = _System(t)
    while nye := system.flere(skjul):
        skjul |= nye
    return frozenset(skjul | set(_nuller_som_roeper(t, skjul)))


def vis_om_mulig(t: Opptelling, noekler: Iterable[Noekkel], skjul: frozenset[Noekkel]) -> None:
    """Show some more counts when nothing more need be hidden for it; none of them otherwise."""
    noekler = tuple(noekler)
    t.vis(0, *noekler)
    if any(0 < len(t.av[n]) <= SKJUL_TIL for n in noekler) or _System(t).flere(set(skjul)):
        for n in noekler:
            del t.viktighet[n]


def _nuller_som_roeper(t: Opptelling, skjul: set[Noekkel]) -> Iterator[Noekkel]:
    """Noughts beside a hidden sum that only one part has a share in: they would tell that all of them are there."""
    for likhet in t.likheter:
        nuller = [n for n in likhet.deler if not t.av[n] and n in t.viktighet]
        if likhet.sum in skjul and len(likhet.deler) - sum(not t.av[n] for n in likhet.deler) == 1:
            yield from nuller


class _System:
    """The sums of a count, without what is nobody."""

    def __init__(self, t: Opptelling) -> None:
        self.t = t
        self.verdi = {n: t.verdi(n) for n in t.av if t.av[n]}
        alle = ((likhet.sum, *likhet.deler) for likhet in t.likheter if likhet.sum in self.verdi)
        self.rader = [rad for rad in (tuple(n for n in rad if n in self.verdi) for rad in alle) if len(rad) > 1]
        self.i_rad: dict[Noekkel, list[int]] = defaultdict(list)
        for nummer, rad in enumerate(self.rader):
            for n in rad:
                self.i_rad[n].append(nummer)

    def flere(self, skjul: set[Noekkel]) -> set[Noekkel]:
        """More to hide; none when nothing follows."""
        nye: set[Noekkel] = set()
        for rad in self.rader:
            if self._liten_rest(rad, skjul | nye):
                # Hiding the sum is always enough, and a part may be of less importance.
                viste = [n for n in rad if self._vises(n, skjul | nye)]
                borte = [n for n in rad if n in skjul | nye]
                nye.add(self._nok(viste, borte, skjul | nye) or min(viste, key=self._rang))
        if nye:
            return nye
        for noekkel in self._som_foelger(skjul):
            # What has just been hidden for another is often enough for this one, too.
            if self._ligninger(skjul | nye).som_foelger([noekkel]):
                nabo = self._nabo(noekkel, skjul | nye)
                nye |= {nabo} if nabo else set()
        return nye

    def _vises(self, n: Noekkel, skjul: set[Noekkel]) -> bool:
        return n in self.t.viktighet and n not in skjul

    def _rang(self, n: Noekkel) -> tuple[int, int, str]:
        return self.t.viktighet[n], self.verdi[n], str(n)

    def _liten_rest(self, rad: tuple[Noekkel, ...], skjul: set[Noekkel]) -> bool:
        """Whether 1 to 4 persons are what is left of a shown sum when its shown parts are taken away."""
        if not self._vises(rad[0], skjul):
            return False
        borte = [n for n in rad[1:] if not self._vises(n, skjul)]
        return 0 < len(set().union(*(self.t.av[n] for n in borte))) <= SKJUL_TIL

    def _vern(self, skjul: set[Noekkel]) -> set[Noekkel]:
        """What must not follow: what is hidden, and small counts that are never shown."""
        return skjul | {
            n for n in self.verdi if n not in self.t.viktighet and len(self.t.av[n]) <= SKJUL_TIL and n[0] != PROFIL
        }

    def _ligninger(self, skjul: set[Noekkel]) -> _Ligninger:
        """What a reader knows: every sum, with what is shown put in."""
        ukjente = [n for n in self.verdi if not self._vises(n, skjul)]
        nummer = {n: i for i, n in enumerate(ukjente)}
        rader = [rad for rad in self.rader if any(n in nummer for n in rad)]
        a, hoeyre = np.zeros((len(rader), len(ukjente))), np.zeros(len(rader))
        for i, rad in enumerate(rader):
            for plass, n in enumerate(rad):
                fortegn = -1.0 if plass == 0 else 1.0
                if n in nummer:
                    a[i, nummer[n]] += fortegn
                else:
                    hoeyre[i] -= fortegn * self.verdi[n]
        minst = np.array([1.0 if n in skjul else 0.0 for n in ukjente])
        return _Ligninger(nummer, a, hoeyre, minst, np.array([float(self.verdi[n]) for n in ukjente]))

    def _som_foelger(self, skjul: set[Noekkel]) -> list[Noekkel]:
        # In a fixed order, so that the same file gives the same answer.
        return self._ligninger(skjul).som_foelger(sorted(self._vern(skjul), key=str))

    def _nabo(self, noekkel: Noekkel, skjul: set[Noekkel]) -> Noekkel | None:
        """A shown count to hide so that another no longer follows: the least important that alone is enough, of those the
        sums tie to it; else the least important of the nearest."""
        naermest: Noekkel | None = None
        for viste in self._naboer(noekkel, skjul):
            naermest = naermest or min(viste, key=self._rang)
            if nok := self._nok(viste, [noekkel], skjul):
                return nok
        return naermest

    def _nok(self, viste: Sequence[Noekkel], skal: Sequence[Noekkel], skjul: set[Noekkel]) -> Noekkel | None:
        """The least important shown count such that, when it is hidden, neither it nor those that must not follow do."""
        for kandidat in sorted(viste, key=self._rang)[:_KANDIDATER]:
            if not self._ligninger(skjul | {kandidat}).som_foelger([*skal, kandidat]):
                return kandidat
        return None

    def _naboer(self, noekkel: Noekkel, skjul: set[Noekkel]) -> Iterator[list[Noekkel]]:
        """Shown counts that are tied to one: by a sum of both, then by one more of what is hidden, and so on."""
        sett, lag = {noekkel}, [noekkel]
        while lag:
            rader = {nummer for n in lag for nummer in self.i_rad[n]}
            naere = {n for nummer in rader for n in self.rader[nummer]} - sett
            if viste := [n for n in naere if self._vises(n, skjul)]:
                yield viste
            lag = sorted((n for n in naere if not self._vises(n, skjul)), key=str)
            sett |= naere


@dataclass(frozen=True)
class _Ligninger:
    """nummer: unknown -> its column in a, (sums, unknowns); a times the unknowns is hoeyre. minst: what each is at least;
    sanne: what it is."""

    nummer: dict[Noekkel, int]
    a: Array
    hoeyre: Array
    minst: Array
    sanne: Array

    def som_foelger(self, noekler: Sequence[Noekkel]) -> list[Noekkel]:
        """Those of some that can be worked out."""
        bundne = [n for n in noekler if n in self.nummer and self.a[:, self.nummer[n]].any()]
        if not bundne:
            return []
        gitt = _gitt_av_summene(self.a)
        funnet = [n for n in bundne if self.nummer[n] in gitt]
        if not funnet:
            faste = _bestemte(self.a, self.hoeyre, self.minst, self.sanne, [self.nummer[n] for n in bundne])
            funnet = [n for n in bundne if self.nummer[n] in faste]
        return funnet


def _gitt_av_summene(a: Array) -> set[int]:
    """The unknowns that the sums give: in reduced form, those alone on a row. a: (sums, unknowns)."""
    a = a.copy()
    rad = 0
    for kol in range(a.shape[1]):
        if rad == len(a):
            break
        pivot = rad + int(np.abs(a[rad:, kol]).argmax())
        if abs(a[pivot, kol]) < _NAER:
            continue
        a[[rad, pivot]] = a[[pivot, rad]]
        a[rad] /= a[rad, kol]
        andre = np.flatnonzero(np.abs(a[:, kol]) > _NAER)
        andre = andre[andre != rad]
        a[andre] -= np.outer(a[andre, kol], a[rad])
        rad += 1
    alene = (np.abs(a) > _NAER).sum(axis=1) == 1
    return {int(np.abs(rad_).argmax()) for rad_ in a[alene]}


def _bestemte(a: Array, hoeyre: Array, minst: Array, sanne: Array, hvilke: Sequence[int]) -> set[int]:
    """Those for which one whole number is left, the true one.

    Solutions in a few directions show that most may be something else; the rest are pressed down and up one by one.
    """
    from scipy import optimize  # noqa: PLC0415  # a quarter of a second that only this should cost

    mest = 10 * float(sanne.max())  # so that there is an answer in every direction
    grenser = [(float(m), mest) for m in minst]

    def loesning(maal: Array) -> Array | None:
        svar = optimize.linprog(maal, A_eq=a, b_eq=hoeyre, bounds=grenser, method="highs")
        return None if svar.x is None else np.asarray(svar.x)

    rng = np.random.default_rng(1)
    igjen = set(hvilke)
    for _ in range(_RETNINGER):
        if not igjen:
            break
        x = loesning(rng.normal(size=(a.shape[1],)))
        if x is not None:
            igjen -= {k for k in igjen if abs(x[k] - sanne[k]) >= 1 - _NAER}
    faste = set()
    for k in sorted(igjen):
        ned, opp = np.zeros(a.shape[1]), np.zeros(a.shape[1])
        ned[k], opp[k] = 1.0, -1.0
        ender = [loesning(ned), loesning(opp)]
        if all(x is not None and abs(x[k] - sanne[k]) < 1 - _NAER for x in ender):
            faste.add(k)
    return faste
