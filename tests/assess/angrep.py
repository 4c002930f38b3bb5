"""An attack on a finished report, by somebody who has the workbook, the JSON and the rules, and nothing else of the program.

Whoever attacks knows which kinds of people there are, and not how many of each: every shown number, amounts in kroner too,
is an equation in those, and each hidden one is pressed down and up by linear programming.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.published import Publisert
from velferdslab_model.assess.report import rapportplan
from velferdslab_model.assess.screen import register_json
from velferdslab_model.assess.transitions import Overgang
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN

SITUASJONER = ("uholdbar", "utsatt", "stabil", "baerekraftig")
_FRA = {SITUASJONSNAVN[s]: i for i, s in enumerate(SITUASJONER)}


@dataclass(frozen=True)
class Slag:
    """One kind of year: whose group, the year or none, and, in a first year, what the contract makes of the person: (reason,
    contract year, amount) of each date."""

    gruppe: str
    foerste: bool
    aaret: tuple[int, int, int | None, str, bool, bool] | None
    oppgjoer: tuple[tuple[str, int | None, float], ...]

    def er(self, hva: str) -> bool:
        """Whether the year is in a column of the tables."""
        assert self.aaret is not None
        _, fra, til, oppfoelging, blandet, frafall = self.aaret
        fulgt = oppfoelging == "fulgt opp"
        return {
            "lyktes": fulgt and til is not None and til > fra,
            "fulgt opp": fulgt,
            "mangler": oppfoelging == "mangler",
            "ikke forfalt": oppfoelging == "ikke forfalt",
            "frafall": frafall,
            "blandet": fulgt and blandet,
            **{f"til {SITUASJONSNAVN[s].lower()}": fulgt and til == i for i, s in enumerate(SITUASJONER)},
        }[hva]


def slagene(a: Registeranalyse) -> tuple[list[Slag], list[list[str]]]:
    """Every kind, and the persons of each; counted from the years and the settlement, and from no table."""
    hos: dict[Slag, list[str]] = {}
    opp: dict[str, list[tuple[str, int | None, float]]] = {}
    for p in a.oppgjoer.personer if a.oppgjoer else ():
        opp.setdefault(p.id, []).append((p.grunn, p.betalt_i if p.betales else None, p.beloep))
    foerste: dict[str, Overgang] = {o.id: o for o in a.overganger if o.nummer == 1}
    grupper = {p.registrering.id: p.registrering.gruppe for p in a.plasserte}
    for id_, gruppe in grupper.items():
        o = foerste.get(id_)
        hos.setdefault(Slag(gruppe, True, None if o is None else _aaret(o), tuple(opp.get(id_, ()))), []).append(id_)
    for o in a.overganger:
        if o.nummer > 1:
            hos.setdefault(Slag(o.gruppe, False, _aaret(o), ()), []).append(o.id)
    return list(hos), list(hos.values())


def _aaret(o: Overgang) -> tuple[int, int, int | None, str, bool, bool]:
    return o.aar, o.fra, o.til, o.oppfoelging, o.blandet, o.frafall


Vekt = Callable[[Slag], float]


def tallene(a: Registeranalyse, p: Publisert) -> Iterator[tuple[str, Vekt, float | None]]:
    """Every number of the report: where it stands, what each kind counts in it, and the number, None where it is hidden."""
    yield from _regnearket(a, p)
    data = register_json(a, p)
    for gruppe, innhold in data["grupper"].items():
        yield f"{gruppe} personer", _personer(gruppe), innhold["personer"]
        for steg, tall in innhold["steg"].items():
            her = (gruppe, SITUASJONER.index(steg))
            for hva in ("lyktes", "fulgt opp", "mangler", "ikke forfalt", "frafall", "blandet"):
                yield f"{her} {hva}", _celle(*her, None, hva), tall[hva.replace(" ", "_")]
    if data["oppgjoer"]:
        for linje, grunner in enumerate(data["oppgjoer"]["grunner"].values()):
            for grunn, antall in grunner.items():
                yield f"{linje} {grunn}", _grunn(linje, grunn), antall


def _personer(gruppe: str) -> Vekt:
    return lambda s: float(s.gruppe == gruppe and s.foerste)


def _celle(gruppe: str, fra: int, aar: int | None, hva: str) -> Vekt:
    def vekt(s: Slag) -> float:
        er_her = s.aaret is not None and (s.gruppe, s.aaret[1]) == (gruppe, fra) and aar in (None, s.aaret[0])
        return float(er_her and s.er(hva))

    return vekt


def _grunn(linje: int, grunn: str) -> Vekt:
    return lambda s: float(len(s.oppgjoer) > linje and s.oppgjoer[linje][0] == grunn)


def _kroner(aar: int | None) -> Vekt:
    return lambda s: sum(kr for _, i, kr in s.oppgjoer if i is not None and aar in (None, i))


def _regnearket(a: Registeranalyse, p: Publisert) -> Iterator[tuple[str, Vekt, float | None]]:
    gruppene = {navn: noekkel for noekkel, navn in BRUKERGRUPPER.items()}
    for ark in rapportplan(a, p).ark:
        rader: dict[int, dict[int, object]] = {}
        for c in ark.celler():
            rader.setdefault(c.rad, {})[c.kol] = c.verdi
        gruppe, hode, linje = "", dict[int, str](), -1
        for _, rad in sorted(rader.items()):
            etikett = str(rad.get(0, ""))
            gruppe = next((noekkel for navn, noekkel in gruppene.items() if etikett.startswith(f"{navn}: ")), gruppe)
            if isinstance(rad.get(1), str) and rad[1] != "skjult":
                hode = {kol: str(v).lower() for kol, v in rad.items()}
                linje += etikett.startswith("Hvorfor")
                continue
            verdier = {hode.get(kol, ""): None if v == "skjult" else v for kol, v in rad.items() if kol}
            navn, _, aar = etikett.partition(", ")
            if ark.navn in ("Suksessrater", "Overganger") and navn in _FRA:
                for hva, v in verdier.items():
                    if hva in ("lyktes", "fulgt opp", "mangler", "ikke forfalt", "frafall") or hva.startswith("til "):
                        yield (
                            f"{ark.navn} {etikett} {hva}",
                            _celle(gruppe, _FRA[navn], int(aar) if aar else None, hva),
                            v,
                        )  # type: ignore[misc]  # a number or None
            elif ark.navn == "Oppgjør" and etikett.startswith("betales"):
                yield f"{ark.navn} {etikett}", _grunn(linje, etikett.partition(": ")[2]), next(iter(verdier.values()))  # type: ignore[misc]  # as above
            elif ark.navn == "Oppgjør" and "kontraktår" in hode.get(0, ""):
                aaret = None if etikett == "I alt" else int(etikett.split(maxsplit=1)[0])
                yield f"{ark.navn} kroner {etikett}", _kroner(aaret), next(iter(verdier.values()))  # type: ignore[misc]  # as above


def angrip(a: Registeranalyse, p: Publisert) -> list[str]:
    """Where something hidden follows, and what it is."""
    slag, hos = slagene(a)
    antall = np.array([float(len(x)) for x in hos])
    vist: list[tuple[np.ndarray, float]] = []
    skjult: dict[str, np.ndarray] = {}
    for sted, vekt, tall in tallene(a, p):
        v = np.array([vekt(s) for s in slag])
        if tall is None:
            # A nought is hidden only where it would tell of the others.
            if "kroner" not in sted and v.any():
                skjult[sted] = v
        else:
            assert abs(v @ antall - tall) < 1, f"{sted} er {tall}, men det er {v @ antall} etter registreringene"
            vist.append((v, tall))
    funnet = []
    for sted, v in skjult.items():
        ender = []
        for fortegn in (1.0, -1.0):
            svar = optimize.linprog(
                fortegn * v,
                A_ub=-np.array(list(skjult.values())),
                b_ub=-np.ones(len(skjult)),
                A_eq=np.array([x for x, _ in vist]) if vist else None,
                b_eq=[x for _, x in vist] if vist else None,
                bounds=(0, None),
                method="highs",
            )
            ender.append(-fortegn * np.inf if svar.fun is None else fortegn * svar.fun)
        if ender[1] - ender[0] < 1 - 1e-6:
            funnet.append(f"{sted}: {v @ antall:.0f}")
    return funnet


def smaa_som_vises(a: Registeranalyse, p: Publisert) -> list[str]:
    """Shown counts of 1 to 4 persons, who may count for several years."""
    slag, hos = slagene(a)
    ut = []
    for sted, vekt, tall in tallene(a, p):
        personer = Counter(id_ for s, ider in zip(slag, hos, strict=True) if vekt(s) for id_ in ider)
        if tall is not None and 0 < len(personer) < 5:
            ut.append(sted)
    return ut
