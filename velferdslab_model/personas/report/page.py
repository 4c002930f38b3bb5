"""Personas as one self-contained HTML page: the null alternative, and the journey of each history, a page each in print."""

from __future__ import annotations

from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN, liten
from velferdslab_model.base.tall import kr
from velferdslab_model.page.rendering import Seksjon, bit, side
from velferdslab_model.page.table import Tabellcelle, tabell, tallcelle, tekstcelle
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Historietall, Personaanalyse
from velferdslab_model.personas.block import nullblokk
from velferdslab_model.personas.report.journey import FERDMOENSTRE, ferd
from velferdslab_model.personas.sentences import KONSTRUERTE_HISTORIER, PERSONAFORBEHOLD, SLIK_LESES, gruppesvar
from velferdslab_model.personas.terms import NOTATFELT, Persona, betalernavn, historienavn
from velferdslab_model.workbook.kind import PERSONASIDE

_PAKKE = "velferdslab_model.personas.report"


def personaside(a: Personaanalyse) -> str:
    """The page as text."""
    svar = Seksjon("svaret", "Hva livet uten velferdslab koster", _svaret(a))
    return side(
        _PAKKE,
        "personas.html",
        tittel="Personas: ti år i de ordinære tjenestene",
        seksjoner=[svar, *(_persona(a, i, p) for i, p in enumerate(a.sett.personas, start=1))],
        slag=PERSONASIDE,
        moenstre=FERDMOENSTRE,
        prisaar=a.sett.prisaar,
        konstruert=KONSTRUERTE_HISTORIER if a.sett.konstruert else "",
    )


def _svaret(a: Personaanalyse) -> Markup:
    grupper = [(BRUKERGRUPPER[g.gruppe], list(gruppesvar(a, g)), _tabell(g)) for g in a.grupper.values()]
    situasjoner = tabell(
        "Nullkostnad, kr i året",
        ["Livssituasjon", *(BRUKERGRUPPER[g] for g in a.grupper)],
        [
            [tekstcelle(SITUASJONSNAVN[s]), *(tallcelle(g.situasjoner[s].nullkostnad) for g in a.grupper.values())]
            for s in LIVSSITUASJONER
        ],
    )
    return bit(
        _PAKKE,
        "svaret.html",
        grupper=grupper,
        situasjoner=situasjoner,
        blokk=nullblokk(a),
        forbehold=PERSONAFORBEHOLD,
        slik_leses=SLIK_LESES,
    )


def _tabell(g: Gruppetall) -> Markup:
    def rad(t: Historietall, uten: float | None) -> list[Tabellcelle]:
        tall = (t.snitt, *(float(t.betalt_av(b).mean()) for b in ("kommune", "stat")), float(t.overfoeringer.mean()),
                float(t.telles.max()), uten)  # fmt: skip
        return [tekstcelle(historienavn(t.persona, t.historie)), *map(tallcelle, tall)]

    hode = ["Historie", "Kr i året", "Kommunen", "Staten", "Herav overføringer", "Dyreste år", "Snittet uten denne"]
    return tabell(
        f"{BRUKERGRUPPER[g.gruppe]}: historiene", hode, [rad(t, u) for t, u in zip(g.historier, g.uten, strict=True)]
    )


def _persona(a: Personaanalyse, nummer: int, p: Persona) -> Seksjon:
    historier = [t for t in a.historier if t.persona.navn == p.navn]
    # The best and the worst of one persona are read against each other.
    hoeyest = max(float(t.alt.max()) for t in historier)
    ferder = [(ferd(t, hoeyest), _som_tekst(t)) for t in historier]
    fakta = [(NOTATFELT[n], tekst) for n, tekst in p.notatet.items() if tekst]
    kilder = [h.kilde for h in p.historier if h.kilde]
    innhold = bit(_PAKKE, "persona.html", fakta=fakta, ferder=ferder, kilder=list(dict.fromkeys(kilder)))
    tittel = f"{p.navn}: {liten(p.beskrivelse)}" if p.beskrivelse else p.navn
    return Seksjon(f"persona{nummer}", tittel, innhold)


def _som_tekst(t: Historietall) -> list[tuple[str, str]]:
    """The years of a history in words: when and how it stands, and what happens and is given."""
    ut = []
    for i, a in enumerate(t.historie.aar):
        gitt = [
            f"{x.navn} {kr(float(x.beloep[i]))} kr ({betalernavn(x.betaler)})"
            for x in t.historie.tjenester
            if x.mengde[i] > 0
        ]
        hode = f"År {i + 1}, {liten(SITUASJONSNAVN[a.livssituasjon])}, {kr(float(t.alt[i]))} kr."
        ut.append((hode, f"{a.hendelse}. {'; '.join(gitt) or 'Ingen tjenester'}."))
    return ut
