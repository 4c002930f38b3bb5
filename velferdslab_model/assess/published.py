"""Which counts of an analysis are published, and which of them are hidden; every page, sheet and block asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.criteria import SITUASJONER
from velferdslab_model.assess.payments import BETALES, Personbetaling
from velferdslab_model.assess.suppression import PROFIL, Noekkel, Opptelling, skjulte, vis_om_mulig
from velferdslab_model.assess.transitions import SENEST, Overgang

#: All years together.
ALLE_AAR = 0
#: What stands where a count is hidden.
SKJULT = "skjult"
#: The outcomes of a year that has begun, after the situation it began in.
UTFALL: tuple[str | int, ...] = (*range(len(SITUASJONER)), "mangler", "ikke forfalt")
#: From the first to be hidden to the last.
_DETALJ, _CELLE, _AARSTALL, _GRUNN, _IKKE_FORFALT, _MANGLER, _RATE = range(7)


@dataclass(frozen=True)
class Publisert:
    """telling: every count, by key. skjul: the keys hidden in what may be shared. internt: everything is shown, and every
    page marked."""

    telling: Opptelling
    skjul: frozenset[Noekkel]
    internt: bool

    @property
    def delbar(self) -> Publisert:
        """What of it may be shared."""
        return replace(self, internt=False)

    def tall(self, *noekkel: str | int) -> int | None:
        """A count, or None where it is not shown."""
        vist = self.internt or (noekkel in self.telling.viktighet and noekkel not in self.skjul)
        return self.telling.verdi(noekkel) if vist else None

    def vises(self, *noekler: Noekkel) -> bool:
        """Whether what is worked out from some counts may be shown."""
        return all(self.tall(*n) is not None for n in noekler)


def publiser(a: Registeranalyse, internt: bool) -> Publisert:
    """Count everything that is shown, and find what must be hidden."""
    t = Opptelling()
    for gruppe in a.grupper:
        _profiler(t, gruppe, a)
        _overganger(t, gruppe, a)
    for navn, par in (("leder", a.par_med_leder), ("vurderere", a.par_mellom)):
        for id_, en, annen in par:
            hva = "ikke sammenlignet" if en is None or annen is None else "enige" if en == annen else "uenige"
            t.tell((navn, hva), id_)
        t.sum((navn, "sammenlignet"), [(navn, "enige"), (navn, "uenige")])
        t.vis(_GRUNN, *((navn, hva) for hva in ("enige", "uenige", "sammenlignet", "ikke sammenlignet")))
    if a.oppgjoer is not None:
        _oppgjoer(t, a)
    if a.endret is not None:
        for _, ny in a.endret:
            t.tell(("endret",), ny.registrering.id)
        t.vis(_DETALJ, ("endret",))
    skjul = skjulte(t)
    # The amounts of a settlement come last: they tell how many are paid, and say nothing where that is hidden.
    vis_om_mulig(t, oppgjoersnoekler(a), skjul)
    return Publisert(t, skjul, internt)


def _profiler(t: Opptelling, gruppe: str, a: Registeranalyse) -> None:
    """What is counted of one year of a person is a profile, and each count the sum of the profiles it is in: so tables of
    the same people are tied, whichever way they are counted."""
    like: dict[tuple[Noekkel, ...], list[str]] = defaultdict(list)
    for id_, aarene in _personenes_aar(gruppe, a).items():
        for celler in aarene:
            like[tuple(sorted(celler, key=str))].append(id_)
    deler: dict[Noekkel, list[Noekkel]] = defaultdict(list)
    for nummer, (profil, ider) in enumerate(sorted(like.items(), key=str)):
        noekkel = (PROFIL, gruppe, nummer)
        for id_ in ider:
            t.tell(noekkel, id_)
        for celle in profil:
            deler[celle].append(noekkel)
    for celle, profiler in deler.items():
        t.sum(celle, profiler)


def _personenes_aar(gruppe: str, a: Registeranalyse) -> dict[str, list[list[Noekkel]]]:
    """The counts each year of each person is in. A settlement belongs to the first year; when it has dates beyond it, all
    years of a person are one."""
    aarene: dict[str, list[list[Noekkel]]] = {
        p.registrering.id: [[]] for p in a.plasserte if p.registrering.gruppe == gruppe
    }
    for o in (o for o in a.overganger if o.gruppe == gruppe):
        if o.nummer == 1:
            aarene[o.id][0] += _aarets_celler(o)
        else:
            aarene[o.id].append(_aarets_celler(o))
    for hans in aarene.values():
        hans[0] = hans[0] or [(gruppe, "uten første år")]
    if a.oppgjoer is None or gruppe != "unge_voksne":
        return aarene
    for p in a.oppgjoer.personer:
        aarene[p.id][0] += [("oppgjør", p.linje, p.grunn), *([_sats(p)] if p.betales else [])]
    if any(kort.maaned > SENEST for kort in a.oppgjoer.vilkaar.priskort):
        return {id_: [[celle for celler in hans for celle in celler]] for id_, hans in aarene.items()}
    return aarene


def _aarets_celler(o: Overgang) -> list[Noekkel]:
    utfall: str | int = o.til if o.oppfoelging == "fulgt opp" and o.til is not None else o.oppfoelging
    ut: list[Noekkel] = [(o.gruppe, o.aar, o.fra, utfall, "første" if o.nummer == 1 else "senere")]
    if o.oppfoelging != "ikke forfalt":
        ut.append((o.gruppe, ALLE_AAR, o.fra, "frafall" if o.frafall else "ikke frafall"))
    if o.oppfoelging == "fulgt opp":
        maate = "blandet" if o.blandet else "lik måte"
        ut.append((o.gruppe, ALLE_AAR, o.fra, maate, "lyktes" if o.lyktes else "lyktes ikke"))
    return ut


def _sats(p: Personbetaling) -> Noekkel:
    """Those who bring the same amount in the same year: what an amount in kroner is counted from. Each cohort is rounded by
    itself, so what is left of a krone tells of the cohort."""
    kohort = 0 if p.beloep == round(p.beloep) else p.kohort
    return "oppgjør", p.linje, "betalt", p.betalt_i or 0, kohort, f"{p.beloep:.2f}"


def _overganger(t: Opptelling, gruppe: str, a: Registeranalyse) -> None:
    alle = [o for o in a.overganger if o.gruppe == gruppe]
    aarene = sorted({o.aar for o in alle})
    situasjoner = sorted({o.fra for o in alle})
    for fra in situasjoner:
        for aar in aarene:
            for utfall in UTFALL:
                cellen = (gruppe, aar, fra, utfall)
                t.sum(cellen, [(*cellen, "første"), (*cellen, "senere")])
            _rad(t, gruppe, aar, fra)
        for utfall in UTFALL:
            t.sum((gruppe, ALLE_AAR, fra, utfall), [(gruppe, aar, fra, utfall) for aar in aarene])
        _rad(t, gruppe, ALLE_AAR, fra)
        _flere_summer(t, gruppe, fra, aarene)
    # Everybody of a group has a first year, or none that can be used.
    foerste = [(gruppe, aar, fra, u, "første") for aar in aarene for fra in situasjoner for u in UTFALL]
    t.sum((gruppe, "personer"), [*foerste, (gruppe, "uten første år")])
    t.vis(_MANGLER, (gruppe, "personer"))


def _rad(t: Opptelling, gruppe: str, aar: int, fra: int) -> None:
    """The sums of one row: those who succeeded, those who did not, those followed up, and those who were due."""
    her = {utfall: (gruppe, aar, fra, utfall) for utfall in UTFALL}
    lyktes, ikke, opp, forfalt = ((gruppe, aar, fra, hva) for hva in ("lyktes", "lyktes ikke", "fulgt opp", "forfalt"))
    t.sum(lyktes, [her[s] for s in range(len(SITUASJONER)) if s > fra])
    t.sum(ikke, [her[s] for s in range(len(SITUASJONER)) if s <= fra])
    t.sum(opp, [lyktes, ikke])
    t.sum(forfalt, [opp, her["mangler"]])
    if aar == ALLE_AAR:
        t.vis(_CELLE, *(her[s] for s in range(len(SITUASJONER))))
        t.vis(_IKKE_FORFALT, her["ikke forfalt"])
        t.vis(_MANGLER, her["mangler"])
        t.vis(_RATE, lyktes, ikke, opp)
    else:
        t.vis(_AARSTALL, lyktes, ikke, opp, her["mangler"], her["ikke forfalt"])


def _flere_summer(t: Opptelling, gruppe: str, fra: int, aarene: Sequence[int]) -> None:
    """The same people added up in another way: by year, by how they were scored, and by whether they left."""
    for hva in ("lyktes", "lyktes ikke", "fulgt opp", "forfalt"):
        t.sum((gruppe, ALLE_AAR, fra, hva), [(gruppe, aar, fra, hva) for aar in aarene])
    maater = [(gruppe, ALLE_AAR, fra, maate) for maate in ("blandet", "lik måte")]
    for maate in maater:
        t.sum(maate, [(*maate, "lyktes"), (*maate, "lyktes ikke")])
        t.vis(_DETALJ, maate, (*maate, "lyktes"), (*maate, "lyktes ikke"))
    t.sum((gruppe, ALLE_AAR, fra, "fulgt opp"), maater)
    for hva in ("lyktes", "lyktes ikke"):
        t.sum((gruppe, ALLE_AAR, fra, hva), [(*maate, hva) for maate in maater])
    frafall = [(gruppe, ALLE_AAR, fra, hva) for hva in ("frafall", "ikke frafall")]
    t.sum((gruppe, ALLE_AAR, fra, "forfalt"), frafall)
    t.vis(_DETALJ, frafall[0])


def _oppgjoer(t: Opptelling, a: Registeranalyse) -> None:
    assert a.oppgjoer is not None
    alle = a.oppgjoer.personer
    for linje in sorted({p.linje for p in alle}):
        grunner = [("oppgjør", linje, grunn) for grunn in a.oppgjoer.grunner(linje)]
        t.sum(("unge_voksne", "personer"), grunner)
        t.vis(_GRUNN, *grunner)
        satser = dict.fromkeys(_sats(p) for p in alle if p.linje == linje and p.betales)
        if satser:
            t.sum(("oppgjør", linje, BETALES), satser)


def ratenoekler(gruppe: str, aar: int, fra: int) -> tuple[Noekkel, ...]:
    """The counts a rate and its interval tell."""
    return tuple((gruppe, aar, fra, hva) for hva in ("lyktes", "lyktes ikke", "fulgt opp"))


def oppgjoersnoekler(a: Registeranalyse) -> tuple[Noekkel, ...]:
    """The counts the amounts of a settlement tell: an amount is a price times persons."""
    alle = a.oppgjoer.personer if a.oppgjoer is not None else ()
    return tuple(dict.fromkeys(_sats(p) for p in alle if p.betales))
