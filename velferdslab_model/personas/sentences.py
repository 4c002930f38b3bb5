"""What the histories say, in sentences that the screen, the page and the workbook share."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import stdev

from velferdslab_model.base.ord import BRUKERGRUPPER, SERIENAVN, SITUASJONSNAVN, liten
from velferdslab_model.base.tall import kr, prosent
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Personaanalyse
from velferdslab_model.personas.terms import historienavn

KONSTRUERTE_HISTORIER = (
    "Konstruerte tall: notatet har ikke publisert historienes mengder og beløp. Malene er laget slik at snittene notatet oppgir, kommer ut; "
    "er noe endret, gjør de ikke det. Tallene sier ingenting om hva en virkelig person koster."
)
#: How the picture of a history is read: what it is of, and what it means.
SLIK_LESES = (
    (
        "Foran scenen",
        "Det personen opplever hvert år. Rett skrift: notatet forteller det. Kursiv: konstruert, laget for å fylle ut historien.",
    ),
    (
        "Livssituasjon",
        "Linjen viser hvilken av fire livssituasjoner året ble levd i: uholdbar nederst er verst, bærekraftig øverst er å klare seg selv.",
    ),
    (
        SERIENAVN["kostnad"],
        "Søylen er det som er priset av det offentlige betalte det året; det som hender uten en tjeneste med pris, er ikke med. Blått (mørkest) er kommunen, oransje (lysere) staten; skravert er overføringer, penger rett til personen.",
    ),
    (
        "Bak scenen",
        "Tjenestene. Streken går over årene tjenesten ble gitt, i betalerens farge, med hva den kostet; til sammen er de søylen over. Rett skrift: notatet nevner tjenesten. Mengder og beløp er konstruert i malene.",
    ),
    ("Møter og dialog", "Hvor mange møter, telefoner og e-poster personen hadde med tjenestene."),
    (
        "Beste og verste utfall",
        "Den samme personen fortalt to ganger, fra samme utgangspunkt: slik det kan gå, godt og dårlig.",
    ),
)
#: What a null alternative of histories cannot tell.
PERSONAFORBEHOLD = (
    "Historiene har ingen kontrollgruppe: de viser hva noen som kjenner tjenestene, tror ville skjedd uten velferdslab.",
    "Overføringer (sosialhjelp, AAP, bostøtte) er budsjettpenger, men ingen kostnad for samfunnet. Tallene vises med og uten.",
    "Det som ikke frigjør budsjettmidler, er tid hos ansatte som er der uansett: kapasitet, ikke penger.",
)


def gruppesvar(a: Personaanalyse, g: Gruppetall) -> Iterator[str]:
    """The answer for a brukergruppe, in a few sentences."""
    u = g.situasjoner["utsatt"]
    navn = BRUKERGRUPPER[g.gruppe]
    if u.snitt is None and u.opphav == "avledet":
        yield f"{navn}: ingen historie begynner i utsatt, så nullalternativet kan ikke avledes."
        return
    hva = "snittet av" if u.opphav == "historier" else "skrevet inn, ikke snittet av"
    tillegg = (
        f" (standardavvik av snittet {kr(u.sd)} kr, mellom historiene {kr(spredning_mellom_historiene(g))} kr)"
        if u.sd is not None
        else " (én persona: hvor sikkert det er, kan ikke sies)"
    )
    yield (
        f"{navn}: {kr(u.nullkostnad)} kr i året i utsatt, {hva} {u.antall} historier om {u.personas} personas{tillegg}. "
        f"{_avledet(a, g, 'uholdbar')}, {liten(_avledet(a, g, 'stabil'))}."
    )
    if aar := _per_situasjonsaar(g):
        yield aar
    alle = sorted(g.historier, key=lambda t: t.snitt)
    yield (
        f"Billigst er {historienavn(alle[0].persona, alle[0].historie)} ({kr(alle[0].snitt)} kr i året), dyrest "
        f"{historienavn(alle[-1].persona, alle[-1].historie)} ({kr(alle[-1].snitt)} kr). {_uten_en(g)}"
    )
    yield (
        f"Kommunen betaler {prosent(g.kommunal_andel, 1)}, og {prosent(g.frigjort_andel, 1)} av det frigjør budsjettmidler. "
        f"Overføringer er {prosent(overfoeringsandel(g), 1)} av alt; uten dem er snittet av historiene {kr(snitt_uten_overfoeringer(g))} kr i året."
    )


def _avledet(a: Personaanalyse, g: Gruppetall, s: str) -> str:
    """The null cost of another situation, and how it follows from utsatt when it does."""
    andel = a.sett.faktorer[s] - 1
    hvordan = (
        f" ({prosent(abs(andel))} {'mer' if andel > 0 else 'mindre'})" if g.situasjoner[s].opphav == "avledet" else ""
    )
    return f"{SITUASJONSNAVN[s]} er {kr(g.situasjoner[s].nullkostnad)} kr{hvordan}"


def _per_situasjonsaar(g: Gruppetall) -> str:
    """What the same histories give where the null cost of a situation is derived, and not theirs; empty where none is."""
    if not any(g.situasjoner[s].opphav == "avledet" for s in ("uholdbar", "stabil")):
        return ""
    deler = [
        f"{kr(k)} kr i {SITUASJONSNAVN[s].lower()}"
        for s, k in zip(LIVSSITUASJONER, g.situasjonskostnad, strict=True)
        if k is not None
    ]
    return f"Årene i de samme historiene kostet {oppramset(deler)}, så faktorene kommer ikke fra historiene."


def spredning_mellom_historiene(g: Gruppetall) -> float:
    """Standard deviation between the histories that began in utsatt, of at least two, kr per year."""
    return stdev(t.snitt for t in g.historier if t.historie.start == "utsatt")


def _uten_en(g: Gruppetall) -> str:
    uten = [(v, t) for v, t in zip(g.uten, g.historier, strict=True) if v is not None and t.historie.start == "utsatt"]
    if not uten:
        return "Det er bare én historie, så alt hviler på den."
    lav, hoey = min(v for v, _ in uten), max(v for v, _ in uten)
    return f"Tas én historie ut, blir snittet i {SITUASJONSNAVN['utsatt'].lower()} fra {kr(lav)} til {kr(hoey)} kr."


def overfoeringsandel(g: Gruppetall) -> float:
    """The share of all the public pays that is money moved."""
    alt = sum(float(t.alt.sum()) for t in g.historier)
    return sum(float(t.overfoeringer.sum()) for t in g.historier) / alt if alt else 0.0


def snitt_uten_overfoeringer(g: Gruppetall) -> float:
    """The mean over all histories of a group of what is no transfer, kr per year."""
    return sum(float((t.alt - t.overfoeringer).mean()) for t in g.historier) / len(g.historier)
