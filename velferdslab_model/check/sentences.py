"""What an audit found, in words that the screen and a page share."""

from __future__ import annotations

from velferdslab_model.check.kontrollsvar import KONTROLLERT, Kontrollsvar
from velferdslab_model.workbook.kind import REGISTRERINGER

#: Kind of finding -> heading, in the order shown.
FUNNSLAG = {
    "rader": "Rader satt inn eller slettet",
    "beregning": "Hvordan arbeidsboken regner",
    "inndata": "Inndata som ikke kan leses",
    "status": "Rader der Status ikke er OK",
    "versjon": "Eldre versjon",
    "fane": "Faner",
    "navn": "Navn på celler",
    "beskyttelse": "Beskyttelse",
    "formel": "Formler som ikke er programmets",
    "låst celle": "Låste celler med annet innhold",
    "ekstra celle": "Innhold der det ikke skal være noe",
    "lagret tall": "Lagrede tall som ikke følger av inndata",
    "kontroll": "Arbeidsbokens egne kontroller som feiler",
}
#: Findings that are a sentence by themselves, without what was expected.
SETNINGER = ("rader", "beregning")


def konklusjon(k: Kontrollsvar) -> str:
    """Whether anything but inputs was changed, in a sentence or two."""
    antall = len(k.endringer)
    endret = "Ingen inndata avviker" if not antall else f"{antall} inndata avviker"
    fra = f"fra {k.mot}"
    if k.slag == REGISTRERINGER.noekkel:  # to fill it in is what it is for
        endret, fra = "Det som er fylt ut,", "kan leses"
    if not k.beloep_sammenlignet:
        endret = f"Beløpene er IKKE sammenlignet (ulike prisår). {endret} ellers"
    if not k.leselig:
        return f"Inndata kan ikke leses. {len(k.funn)} funn må rettes før resultatet kan brukes."
    if not k.funn:
        deler = [del_ for del_ in KONTROLLERT if del_ not in k.ikke_kontrollert]
        if not deler:
            return f"{endret} {fra}. Ingenting annet er kontrollert."
        return (
            f"{endret} {fra}. Ellers er {', '.join(deler[:-1])} og {deler[-1]} som programmet skrev dem. "
            "Formater og figurer er ikke kontrollert."
        )
    return f"{endret} {fra}. {len(k.funn)} funn ellers: bruk ikke tallene før hvert av dem er forklart."
