"""The investeringsferd as a picture on Introduksjonsark: four situations, what each means, the steps between them.

The meanings are the note's figure 2 in our own words; criteria for each theme belong to the placement of one person.
"""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN, liten
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.plan import Ark

#: First and last column of each box, and the column of each arrow between them: what a small screen shows.
_BOKSER = ((1, 3), (5, 7), (9, 11), (13, 15))
_PILER = (4, 8, 12)
_BETYR = {
    "uholdbar": "Mangler det mest grunnleggende: et sted å bo, nok å leve for og noen rundt seg. Rus eller dårlig helse er "
    "vanlig, og hjelpen treffer ofte ikke.",
    "utsatt": "Bolig, økonomi og helse er ustø, og dagene er uten fast innhold. Har gjerne kontakt med hjelpeapparatet, men "
    "får ikke nok eller ikke riktig oppfølging.",
    "stabil": "Bor i en bolig som passer, har noe å gå til om dagen, og helse og økonomi er avklart. Oppfølgingen er som regel "
    "stor nok og riktig.",
    "baerekraftig": "Klarer seg selv: bolig som passer, fast inntekt, orden på økonomien, venner og fritid. Trenger lite eller "
    "ingen oppfølging.",
}
#: Letters on a line across the sheet, with some room to spare.
_EN_LINJE = 150
#: What happens to those who take a step, and to those who do not.
_REGEL = (
    "Den som lykkes et år, går ett steg mot høyre og er med ett år til. Den som når bærekraftig, slutter og blir der.",
    "Den som ikke lykkes, slutter etter året, blir i situasjonen hun er i (valgt her) og får de ordinære tjenestene. Hun koster ikke "
    "velferdslab mer, og kommer ikke inn igjen.",
    "Hvor mange som beholder steget, og hvor mange som faller tilbake, kan endres under utvidede forutsetninger på fanen Gevinster.",
    "Hva de ordinære tjenestene koster, er regnet av oppdiktede historier om personer som ikke er med. Ingen kontrollgruppe er fulgt.",
)


def investeringsferd(ark: Ark, rad: int, grupper: Sequence[tuple[str, Grupperesultat]]) -> int:
    """Plan the picture from a row down; returns the next free row. grupper: prefix of the keys, and result, of each."""
    ark.tekst(rad, 0, "Investeringsferden: fire livssituasjoner, ett steg i året", "overskrift", AAR.siste_kolonne)
    rad += 1
    ark.tekst(rad, 0, "Livssituasjon", "etikett_fet")
    for i, (s, (fra, til)) in enumerate(zip(LIVSSITUASJONER, _BOKSER, strict=True)):
        ark.tekst(rad, fra, SITUASJONSNAVN[s], f"trinn_{i + 1}", til)
    for kol in _PILER:
        ark.tekst(rad, kol, "→", "status")
    ark.radhoeyder[rad] = 26
    rad += 1
    ark.tekst(rad, 0, "Hva den betyr", "etikett_fet")
    for s, (fra, til) in zip(LIVSSITUASJONER, _BOKSER, strict=True):
        ark.tekst(rad, fra, _BETYR[s], "bryt", til)
    # Seven lines in the narrowest box, in the widest letters.
    ark.radhoeyder[rad] = 98
    for (prefiks, g), gruppe in zip(grupper, BRUKERGRUPPER.values(), strict=True):
        rad += 1
        ark.tekst(rad, 0, f"Sjanse for steget, {liten(gruppe)}", "etikett")
        for kol, s, p in zip(_PILER, UTGANGSSITUASJONER, g.gruppe.suksessrate, strict=True):
            ark.formel(rad, kol, f"={{{prefiks}.suksessrate_{s}}}", p, "andel")
    for (prefiks, g), gruppe in zip(grupper, BRUKERGRUPPER.values(), strict=True):
        rad += 1
        ark.tekst(rad, 0, f"Ordinære tjenester, {liten(gruppe)}, kr i året", "etikett")
        for (fra, til), s, n in zip(_BOKSER, LIVSSITUASJONER, g.gruppe.nullalternativ, strict=True):
            ark.formel(rad, fra, f"={{{prefiks}.nullalternativ_{s}}}", n, "kr", til_kol=til)
    for tekst in _REGEL:
        rad += 1
        ark.tekst(rad, 0, tekst, "tekst_bryt", AAR.siste_kolonne)
        if len(tekst) > _EN_LINJE:
            ark.radhoeyder[rad] = 28
    return rad + 2
