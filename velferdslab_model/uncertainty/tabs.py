"""The uncertainty tabs: numbers the program computed, with figures. Each opens with the answer and a picture."""

from __future__ import annotations

from collections.abc import Callable

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.tabs import USIKKERHETSFANER
from velferdslab_model.effektbok.tilleggsfane import Sannsynlig, Tilleggsfane
from velferdslab_model.effektbok.visninger import IKKE_BEREGNET
from velferdslab_model.results import Resultat
from velferdslab_model.uncertainty.analyse import Usikkerhet
from velferdslab_model.uncertainty.bytteverdi_tab import bytteverdiark, toveisark
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.fordeling_tab import fordelingsark, samletark, sannsynlighetscelle
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse
from velferdslab_model.uncertainty.informasjon_tab import informasjonsark
from velferdslab_model.uncertainty.oppsett import SISTE
from velferdslab_model.uncertainty.tornado_tab import tornadoark
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark

IKKE_LEVENDE = (
    "Tallene på denne fanen er regnet ut av programmet da filen ble laget. "
    "De er ikke levende formler, og følger ikke med når noe endres i en arbeidsbok."
)
#: Said on top of a tab in a workbook whose inputs can change after the numbers were drawn.
FORELDET = (
    "Foreldet: inndata er endret etter at tallene på denne fanen ble regnet ut. Bruk dem ikke. "
    "Lag arbeidsboken på nytt med --usikkerhet."
)
FERSK = "Inndata er de samme som da tallene ble regnet ut."


def faner(u: Usikkerhet) -> list[Tilleggsfane]:
    """The tabs, in order, as tabs that may be added to a workbook."""
    skrivere = (fordelingsark, tornadoark, bytteverdiark, toveisark, informasjonsark)

    def fane(navn: str, forklaring: str, skriv: Callable[[Skriver, str, Gruppeanalyse, bool], None]) -> Tilleggsfane:
        def skriv_ark(ark: Ark, _resultat: Resultat) -> None:
            skriver = _topp(ark, u)
            for k, (gruppe, a) in enumerate(u.grupper.items()):
                skriv(skriver, BRUKERGRUPPER[gruppe], a, k > 0)
            if skriv is fordelingsark and u.samlet:
                samletark(skriver, u.samlet, u.aarene)

        return Tilleggsfane(navn, forklaring, skriv_ark, _sannsynlig(u) if skriv is fordelingsark else None)

    return [fane(*navn, skriv) for navn, skriv in zip(USIKKERHETSFANER, skrivere, strict=True)]


def _sannsynlig(u: Usikkerhet) -> Sannsynlig:
    """What Introduksjonsark says of how likely it pays: with the model's simplifications drawn too."""
    alle = {GRUPPER[navn][0]: a.trekninger for navn, a in u.grupper.items()} | {"samlet": u.samlet}
    return Sannsynlig(
        {
            (prefiks, x): IKKE_BEREGNET
            if t is None
            else sannsynlighetscelle(t.strukturell.netto[x].p_positiv, t.strukturell, x)[0]
            for prefiks, t in alle.items()
            for x in HOVED
        }
    )


def _topp(ark: Ark, u: Usikkerhet) -> Skriver:
    """The title of a tab and what its numbers are; what follows stands below."""
    f = u.resultat.forutsetninger
    ark.kolonnebredder += [(0, 0, 40.0), (1, SISTE, 14.5)]
    ark.siste_kolonne, ark.skalering, ark.gjentatte_rader = SISTE, 58, (0, 0)
    ark.laas_ruter = (1, 0)
    ark.radhoeyder[0] = 23
    b = Skriver(ark, 0, SISTE)
    b.setning(f"{ark.navn}: {f.navn}", "tittel")
    b.setning(IKKE_LEVENDE, "dempet")
    b.setning(
        f"Kroner i {f.prisaar}-priser{f.omregning if f.beloepsaar == f.prisaar else ''}, summer over analyseperioden. "
        f"Trekninger: {kr(u.trekninger)}. Frø: {u.froe}. Samme scenario, frø og antall gir samme tall.",
        "dempet",
    )
    if f.prisaarvarsel:
        b.setning(f.prisaarvarsel, "setning")
    if "kontrolltall" in ark.bok.steder:
        _om_inndata(ark, b.rad)
        b.rad += 1
    return b


def _om_inndata(ark: Ark, rad: int) -> None:
    """A live line: whether the digest of the inputs is the one the numbers were drawn with."""
    trukket = f"{ark.navn}.trukket_med"
    ark.verdi(trukket, rad, SISTE, ark.bok.steder["kontrolltall"].verdier[0], "seks_siffer")
    ark.tekst(rad, SISTE - 2, "Kontrolltall for inndata den gang", "dempet", SISTE - 1)
    ark.formel(
        rad, 0, f'=IF({{kontrolltall}}={{{trukket}}},"{FERSK}","{FORELDET}")', FERSK, "dempet", til_kol=SISTE - 3
    )
    regel = {"type": "text", "criteria": "begins with", "value": FORELDET.partition(":")[0]}
    ark.betingede.append((rad, 0, rad, 0, regel, "cf_feil"))
