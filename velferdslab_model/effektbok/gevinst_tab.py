"""The tab «... | Gevinster»: quality of life, work, the extended assumptions, and the gain per step."""

from __future__ import annotations

from velferdslab_model.base.ord import SERIENAVN, SITUASJONSNAVN
from velferdslab_model.effektbok.grupper import gruppeinndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.inputs import Kolonner, register
from velferdslab_model.workbook.plan import Ark

_K = Kolonner(tekst=0, enhet=1, verdi=2, minst=3, mest=4, status=5, kontrolltall=6, kilde=7)
_TEGN_KILDE = 105

_BLOKKER = (
    ("helse", "Helsegevinst: livskvalitet og verdi av en QALY", ("livskvalitet", "verdi_qaly"), None),
    ("produksjon", "Produksjonsgevinst: stillingsandel og lønnskostnad", ("stillingsandel", "loennskostnad"), None),
    (
        "utvidet",
        "Utvidede forutsetninger (ikke en del av den opprinnelige modellen)",
        ("utvidet",),
        "Alle er nøytrale som standard, unntatt kommunens andel av nullalternativet, som er en antakelse.",
    ),
)
#: How a sentence of the note is read (docs/modell.md section 5).
_LESNING = (
    "Notatet sier at potensialet er størst i steget fra uholdbar til utsatt og faller mot høyre. Med standardtallene for unge "
    "voksne og gevinstene alene er de tre stegene verdt 206 000, 116 000 og 146 000 kr i året: det første er størst.",
    "Med besparelsen lagt til er steget fra stabil til bærekraftig størst (267 050 kr). Verdien av en QALY er ikke notatets, og "
    "setningen gjelder en tidligere fase av modellen, så dette er en lesning og ingen feil.",
)


def gevinstark(ark: Ark, g: Grupperesultat) -> None:
    """Plan the tab of one group."""
    for kol, bredde in enumerate((44, 21, 15, 13, 20, 13, 12, 88)):
        ark.kolonnebredder.append((kol, kol, bredde))
    ark.siste_kolonne, ark.skalering = _K.kilde, 55
    ark.radhoeyder[0] = 23
    ark.tekst(0, 0, ark.navn, "tittel")
    hjelp = ". Gule felt kan endres. Gevinster regnes fra året etter det første steget."
    ark.formel(1, 0, f'={{prisaartekst}}&"{hjelp}"', f"{ark.bok.tekster['prisaartekst']}{hjelp}", "dempet")
    rad = 3
    for navn, tittel, hoder, merknad in _BLOKKER:
        ark.tekst(rad, 0, tittel, "overskrift", _K.kilde)
        if merknad:
            rad += 1
            ark.tekst(rad, 0, merknad, "dempet")
        felter = [felt for felt in FELT.values() if felt.noekkel.partition(".")[0] in hoder]
        rad = register(ark, rad + 1, _K, navn, gruppeinndata(g.gruppe, felter), tegn_i_kilde=_TEGN_KILDE) + 1
    _gevinstsatser(ark, rad, g)
    ark.laas_ruter = (2, 1)


def _gevinstsatser(ark: Ark, rad: int, g: Grupperesultat) -> None:
    ark.tekst(
        rad,
        0,
        "Beregnet verdi per deltaker og år etter flytting (før reell vekst og neddiskontering)",
        "overskrift",
        _K.kilde,
    )
    hoder = (
        "Fra utgangssituasjon til nåværende situasjon",
        "Enhet",
        SERIENAVN["helsegevinst"],
        "Produksjons-\ngevinst",
        "Besparelse etter velferdslab",
        "Samlet",
    )
    for kol, tekst in enumerate(hoder):
        ark.tekst(rad + 1, kol, tekst, "hode_v" if kol < 2 else "hode")
    ark.radhoeyder[rad + 1] = 30
    rad += 2
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(LIVSSITUASJONER[s + 1 :], start=s + 1):
            ark.tekst(rad, 0, f"{SITUASJONSNAVN[fra]} → {SITUASJONSNAVN[naa].lower()}", "etikett")
            ark.tekst(rad, 1, "kr per år", "enhet")
            helse, produksjon = float(g.serier.sats_helse[s, j]), float(g.serier.sats_produksjon[s, j])
            spart = float(g.serier.sats_etter[s, j])
            for kol, noekkel, verdi, nivaa, sats in (
                (2, "helsesats", "verdi_qaly", "livskvalitet", helse),
                (3, "produksjonssats", "loennskostnad", "stillingsandel", produksjon),
            ):
                mal = f"=(1-{{skjedd_uansett}})*{{{verdi}}}*({{{nivaa}_{naa}}}-{{{nivaa}_{fra}}})"
                ark.formel(rad, kol, mal, sats, "kr_strek", f"{noekkel}.{fra}.{naa}", f"{noekkel}_{fra}_{naa}")
            ark.formel(rad, 4, f"={{besparelse_etter.{fra}.{naa}}}", spart, "kr_strek")
            mal = f"={{helsesats.{fra}.{naa}}}+{{produksjonssats.{fra}.{naa}}}+{{besparelse_etter.{fra}.{naa}}}"
            ark.formel(rad, 5, mal, helse + produksjon + spart, "kr_strek")
            rad += 1
    for i, tekst in enumerate(_LESNING):
        ark.tekst(rad + i, 0, tekst, "dempet")
