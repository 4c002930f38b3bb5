"""From which situation to which: the table, the figure of the flow, and year by year."""

from __future__ import annotations

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.criteria import SITUASJONER
from velferdslab_model.assess.published import ALLE_AAR, UTFALL, Publisert
from velferdslab_model.assess.tabs.rapport import antallcelle, begynn, om_perioden, rad
from velferdslab_model.assess.transitions import SENEST, TIDLIGST
from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.workbook.charts import Flytfigur, Plass, Serie, hoeyde
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark

OVERGANGER = "Overganger"
_NAVN = [SITUASJONSNAVN[s] for s in SITUASJONER]
_FIGURRADER = 19
#: Columns of the points a figure is drawn from, out of sight.
_PUNKTER = 14
_TYKKEST, _TYNNEST = 16.0, 0.75
#: How far along a line its number stands, so that those that cross do not hide each other: same, better, worse.
_MIDT = {0: 0.5, 1: 0.3, -1: 0.7}


def overgangsark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(ark, "Overganger: hvor folk sto, og hvor de sto et år senere", p)
    ark.skjulte_kolonner.append((_PUNKTER, _PUNKTER + 2 * len(SITUASJONER) ** 2))
    om_perioden(a, s)
    s.setning(
        f"Et år er fra en registrering til den nærmest tolv måneder etter, {TIDLIGST:.0f} til {SENEST:.0f} måneder (antakelse). En person kan ha flere år.",
        "dempet",
    )
    s.setning(
        "«Mangler» er uten brukbar oppfølging etter fristen, eller avsluttet før den kunne gjøres, «Ikke forfalt» uten før den. Så lenge fristen ikke er ute, går en ny oppfølging nærmere tolv måneder foran.",
        "dempet",
    )
    for gruppe in a.grupper:
        s.overskrift(f"{BRUKERGRUPPER[gruppe]}: alle år")
        _tabell(s, gruppe, ALLE_AAR, p)
        _figur(s, gruppe, p)
        if p.internt:
            for aar in sorted({o.aar for o in a.overganger if o.gruppe == gruppe}):
                s.overskrift(f"{BRUKERGRUPPER[gruppe]}: år som begynte i {aar}")
                _tabell(s, gruppe, aar, p)


def _fra(gruppe: str, p: Publisert) -> list[int]:
    return [i for i in range(len(SITUASJONER)) if (gruppe, ALLE_AAR, i, "forfalt") in p.telling.av]


def _tabell(s: Skriver, gruppe: str, aar: int, p: Publisert) -> None:
    ord_ = [_NAVN[u] if isinstance(u, int) else u.capitalize() for u in UTFALL]
    s.hode("Fra situasjon", *(f"Til {o.lower()}" if o in _NAVN else o for o in ord_), "Fulgt opp", "Lyktes")
    for fra in _fra(gruppe, p):
        celler = [antallcelle(p.tall(gruppe, aar, fra, u)) for u in (*UTFALL, "fulgt opp", "lyktes")]
        rad(s, _NAVN[fra], *celler)


def _figur(s: Skriver, gruppe: str, p: Publisert) -> None:
    """Only what is shown in the table is drawn."""
    flyt = {
        (fra, til): antall
        for fra in _fra(gruppe, p)
        for til in range(len(SITUASJONER))
        if (antall := p.tall(gruppe, ALLE_AAR, fra, til))
    }
    if not flyt:
        s.setning("Ingen av overgangene er mange nok til å tegnes.", "dempet")
        return
    s.rad += 1
    topp, ark = s.figurrader(_FIGURRADER), s.ark
    mest = max(flyt.values())
    sett: set[str] = set()
    stroemmer = []
    for i, ((fra, til), antall) in enumerate(sorted(flyt.items(), key=lambda en: -en[1])):
        hva, farge = (
            ("Bedre situasjon", FARGER["besparelse"]) if til > fra else
            ("Samme situasjon", GRAA) if til == fra else ("Verre situasjon", FARGER["kostnad"])
        )  # fmt: skip
        kol = _PUNKTER + 2 * i
        for k, x in enumerate((0.0, _MIDT[(til > fra) - (til < fra)], 1.0)):
            ark.fast(topp + k, kol, x, "desimal")
            ark.fast(topp + k, kol + 1, fra + x * (til - fra), "desimal")
        punkter = (topp, kol, topp + 2, kol)
        stroemmer.append(
            Serie(
                hva,
                (topp, kol + 1, topp + 2, kol + 1),
                farge,
                stiplet=til == fra,
                etiketter=punkter,
                bredde=max(_TYNNEST, _TYKKEST * antall / mest),
                vist=str(antall),
                i_forklaringen=hva not in sett,
            )
        )
        sett.add(hva)
    noder = []
    for side in (0, 1):
        steder = sorted({par[side] for par in flyt})
        for k, sted in enumerate(steder):
            ark.fast(topp + 4 + k, _PUNKTER + 2 * side, float(side), "desimal")
            ark.fast(topp + 4 + k, _PUNKTER + 2 * side + 1, float(sted), "desimal")
        kol, siste = _PUNKTER + 2 * side, topp + 4 + len(steder) - 1
        serie = Serie("", (topp + 4, kol + 1, siste, kol + 1), "#1F3A4D", etiketter=(topp + 4, kol, siste, kol))
        noder.append((serie, [_NAVN[sted] for sted in steder]))
    ark.figurer.append(
        Flytfigur(
            ark=ark.navn,
            plass=Plass(topp, 0, 860, hoeyde(_FIGURRADER)),
            tittel=f"{BRUKERGRUPPER[gruppe]}: fra situasjonen ved årets begynnelse til situasjonen ved årets slutt",
            beskrivelse="En strek for hver overgang i tabellen over, så tykk som det er mange år, med antallet på.",
            etiketter=(topp, _PUNKTER, topp + 2, _PUNKTER),
            x_akse="Ved årets begynnelse (til venstre) og slutt (til høyre)",
            y_akse="Livssituasjon",
            grenser=(-0.5, 3.5),
            stroemmer=stroemmer,
            noder=noder,
        )
    )
    if not p.internt:
        s.setning("Overganger som er skjult i tabellen, er ikke tegnet.", "dempet")
