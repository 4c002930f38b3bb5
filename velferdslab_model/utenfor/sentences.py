"""What an account says, in sentences that the screen and the workbook share."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO

from velferdslab_model.base.tall import antall, kr, med_fortegn, prosent
from velferdslab_model.utenfor.account import SYN, Utenforregnskap
from velferdslab_model.utenfor.sammen import AARSAKER, Sammenstilling
from velferdslab_model.utenfor.terms import FORVALTNINGSNIVAAER, Utenforvilkaar

KONSTRUERT = "Konstruerte tall: profilen viser formen på regnskapet og sier ingenting om en virkelig kommune."
#: Said wherever published figures per person are shown.
FORBEHOLD = (
    "Lest i offentlige gjengivelser og ikke kontrollert mot originalene. Ytelser er ofte regnet som om de var en kostnad for "
    "samfunnet; en spart utgift er ikke alltid en gevinst; og ledig kapasitet er ikke det samme som penger spart."
)
NOK_LYKKES = "Sjansen for at gevinsten blir større enn kostnaden, om profil og priser er sikre. Den sier ikke om forskjellen skyldes tiltaket."
#: What the account leaves out.
UTELATT = (
    "Helse og livskvalitet er ikke med. Den som nås, antas å bli helt lik sammenligningsgruppen og forbli det (antakelse).",
    "Skattefinansieringskostnad og reell vekst i lønn er ikke med. Inntektsutjevningen mellom kommuner er ikke regnet; den tar det meste av en kommunes nye skatt.",
    "Forskjellen mellom gruppene kan ha andre årsaker enn det tiltaket endrer; da er gevinsten mindre (antakelse: det er den ikke).",
)


def svaret(r: Utenforregnskap) -> Iterator[str]:
    """The answer in three sentences: what it costs and gives, for whom, and what it takes."""
    v, b = r.vilkaar, r.utfall["budsjett"]
    lykkede = antall(round(r.lykkede, 1))
    yield (
        f"Tiltaket koster {kr(r.kostnad)} kr for {v.antall} personer. Lykkes det i snitt for {lykkede} av dem "
        f"({prosent(v.suksessfaktor, 1)}), gir det {kr(b.netto)} kr netto for offentlige budsjetter til de er "
        f"{r.aldre[-1]:.0f} år, og {kr(r.utfall['samfunn'].netto)} kr for samfunnet når overføringer ikke regnes med."
    )
    yield f"{_hvem(r)} {_tilbakebetalt(r)}"
    yield _hva_skal_til(r)


def _hvem(r: Utenforregnskap) -> str:
    deler = [f"{navn.lower()} {kr(r.utfall[n].netto)} kr" for n, navn in FORVALTNINGSNIVAAER.items()]
    return f"Netto for hver: {', '.join(deler[:-1])} og {deler[-1]}."


def _tilbakebetalt(r: Utenforregnskap) -> str:
    alder = r.utfall["budsjett"].tilbakebetalt_alder
    if r.kostnad == 0:
        return "Det er ikke oppgitt noen kostnad."
    if alder is None:
        return f"Budsjettene har ikke fått pengene igjen når de er {r.aldre[-1]:.0f} år."
    return f"Budsjettene har fått pengene igjen når de er {alder} år."


def _hva_skal_til(r: Utenforregnskap) -> str:
    v, b = r.vilkaar, r.utfall["budsjett"]
    if b.nullpunkt is None:
        return "Ingen suksessfaktor gjør at det går opp for offentlige budsjetter: den som nås, gir ingen gevinst der."
    if b.nullpunkt > 1:
        return (
            "Selv om det lykkes for alle, går det ikke opp for offentlige budsjetter; da må kostnaden ned til "
            f"{kr(b.per_person * v.antall)} kr."
        )
    return (
        f"Det går opp for offentlige budsjetter når det lykkes for {prosent(b.nullpunkt, 1)}, omtrent "
        f"{antall(round(b.nullpunkt * v.antall, 1))} av {v.antall}."
    )


def regnskapet_hviler_paa(v: Utenforvilkaar) -> Iterator[str]:
    """What the answer rests on."""
    if v.konstruert:
        yield KONSTRUERT
    telling = (
        f"talt hos {antall(v.telling[1])} som er fulgt opp" if v.telling else "en oppgitt andel, regnet som sikker"
    )
    yield f"Suksessfaktoren er {telling}. Sammenlignet med {v.sammenligning}."
    if v.skjedd_uansett == 0:
        yield "Ingen av dem som lykkes, antas å ville lyktes uten tiltaket (antakelse: skjedd_uansett er 0)."
    else:
        yield f"{prosent(v.skjedd_uansett)} av dem som lykkes, antas å ville lyktes uten tiltaket, og er trukket fra."
    yield from UTELATT


def begge_svar(s: Sammenstilling) -> Iterator[str]:
    """What the two models answer to one measure, and what most of the difference is due to."""
    b = s.effekt.gruppe
    yield (
        f"Tiltaket er scenariets: {antall(s.antall)} {_ENHET[s.gruppe]} tas inn, og {prosent(s.suksessfaktor, 1)} av dem "
        "når bærekraftig til slutt (før tilbakefall, også etter perioden). Kostnaden, renten "
        f"({prosent(b.neddiskontering)}) og prisåret er like i begge: {s.vilkaar.prisaar}, regnskapets."
    )
    for hvem in SYN:
        yield (
            f"{synsnavn(hvem)}: utenforregnskapet gir {kr(s.egen_horisont[hvem])} kr netto over hele sin horisont og "
            f"{kr(s.samme_horisont[hvem])} kr innen scenariets {b.analyseperiode} år. Effektmodellen gir {kr(s.effektmodell[hvem])} kr."
        )
        yield _stoerste_aarsaker(s, hvem)


_ENHET = {"unge_voksne": "unge voksne", "familier": "familier"}


def _stoerste_aarsaker(s: Sammenstilling, hvem: str) -> str:
    deler = [par for par in sorted(s.deler[hvem].items(), key=lambda par: -abs(par[1]))[:2] if par[1]]
    if not deler:
        return "Ingenting skiller dem."
    navn = [
        f"{AARSAKER[noekkel][0].lower().replace('qaly', 'QALY')} ({med_fortegn(verdi)} kr)" for noekkel, verdi in deler
    ]
    return f"Mest skiller {' og '.join(navn)}."


def forbehold_ved_begge(s: Sammenstilling) -> Iterator[str]:
    """What to know before the two are held against each other."""
    if s.vilkaar.konstruert:
        yield KONSTRUERT
    yield "Forskjellene regnes ett steg om gangen i rekkefølgen de står; en annen rekkefølge ville delt dem annerledes, men summen er den samme."
    yield (
        "Regnskapet følger profilen fra alderen ved tiltaket for alle som tas inn, og regner at den som når bærekraftig, blir som "
        "sammenligningsgruppen (antakelse). Filens egen suksessfaktor, kostnad, rente og antall er ikke brukt."
    )
    v = s.vilkaar
    yield (
        f"Fra regnskapets fil brukes horisont {v.horisont} år, virkning etter {v.aar_til_effekt} år, årlig avgang {prosent(v.avgang)} og "
        f"skjedd uansett {prosent(v.skjedd_uansett)}."
    )
    yield f"Effektmodellens svar: {s.effekt.hviler_paa}"
    if b := s.effekt.bevegelse:
        yield (
            "Effektmodellens svar er mot det faste nullalternativet. Scenariet har også ett i bevegelse; mot det er netto "
            f"{kr(b.sum_netto['budsjett'])} kr for budsjettene og {kr(b.sum_netto['samfunn'])} kr for samfunnet."
        )
    if s.gruppe == "familier":
        yield "En familie regnes som én person i regnskapet (antakelse)."


@cache
def eksempeltall() -> tuple[dict[str, str], ...]:
    """Published figures per person, as labelled examples: tall, kilde, aar, hva."""
    tekst = files("velferdslab_model.utenfor").joinpath("data", "eksempeltall.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(tekst), delimiter=";"))


def synsnavn(hvem: str) -> str:
    """What a level of government or a view is called."""
    return FORVALTNINGSNIVAAER.get(hvem) or SYN[hvem]
