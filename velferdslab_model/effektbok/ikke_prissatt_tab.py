"""The tab «Ikke-prissatte virkninger»: what has no price, whom it concerns, and the pluss-minus scale, live."""

from __future__ import annotations

from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.parameters.ikke_prissatt import MAKS_IKKE_PRISSATT, konsekvens
from velferdslab_model.parameters.typer import BETYDNING, OMFANG, IkkePrissatt
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.inputs import meldinger, tekstregel
from velferdslab_model.workbook.plan import Ark

_NAVN = "Ikke-prissatte virkninger"
#: Columns: field of IkkePrissatt -> heading, width. The consequence stands after the extent.
_KOLONNER = (
    ("virkning", "Virkning", 38),
    ("hvem", "Hvem berøres (fordelingsvirkning)", 34),
    ("betydning", "Betydning", 12),
    ("omfang", "Omfang", 18),
    ("konsekvens", "Konsekvens", 13),
    ("begrunnelse", "Begrunnelse", 62),
)
_BETYDNING, _OMFANG, _KONSEKVENS = 2, 3, 4
_FOERSTE = 5
_MAKS_TEKST = 1000
_FORSLAG = (
    "Trygghet og livskvalitet for barn og nære pårørende",
    "Mindre ensomhet og flere i fellesskap i nærmiljøet",
    "Mestring og tillit til hjelpeapparatet hos deltakerne",
    "Læring og samarbeid på tvers av tjenestene",
    "Belastning for ansatte i omstillingen",
    "Andre som må vente lenger når ressurser flyttes til velferdslab",
)


def _ark(ark: Ark, resultat: Resultat) -> None:
    for kol, (_, _, bredde) in enumerate(_KOLONNER):
        ark.kolonnebredder.append((kol, kol, bredde))
    ark.siste_kolonne, ark.skalering = len(_KOLONNER) - 1, 72
    ark.radhoeyder[0] = 23
    navn = resultat.forutsetninger.navn
    ark.formel(0, 0, f'="{_NAVN}: "&TRIM({{navn}})', f"{_NAVN}: {navn}", "tittel")
    ark.tekst(
        1,
        0,
        "Virkninger som ikke er regnet om til kroner, vurdert med pluss-minusmetoden i DFØs veileder. "
        "Pluss og minus kan ikke summeres, og inngår ikke i netto.",
        "dempet",
    )
    ark.formel(2, 0, "={prisaartekst}", ark.bok.tekster["prisaartekst"], "dempet")
    for kol, (_, tekst, _) in enumerate(_KOLONNER):
        ark.tekst(_FOERSTE - 1, kol, tekst, "hode_v")
    gitt = resultat.forutsetninger.ikke_prissatt
    rader = [*gitt, *[IkkePrissatt("", "", "", "", "")] * (MAKS_IKKE_PRISSATT - len(gitt))]
    siste = _FOERSTE + MAKS_IKKE_PRISSATT - 1
    for kol, (felt, tekst, _) in enumerate(_KOLONNER):
        if kol == _KONSEKVENS:
            continue
        ord_ = kol in (_BETYDNING, _OMFANG)
        noekkel = f"ikke_prissatt_{felt}"
        verdier = [getattr(r, felt) or None for r in rader]
        ark.kolonne(noekkel, _FOERSTE, kol, verdier, "inn_ord" if ord_ else "inn_tekst", navn=noekkel)
        regel = tekstregel(tekst, _MAKS_TEKST, "Fritekst.")
        if ord_:
            valg = {"validate": "list", "source": f"=liste_{felt}"}
            regel = {**valg, **meldinger(tekst, "Velg fra listen.", f"{tekst} må velges fra listen.")}
        ark.valideringer.append((_FOERSTE, kol, siste, kol, regel))
    neste = _skala(ark, siste + 2)
    for i, r in enumerate(rader):
        rad = _FOERSTE + i
        sted = "MATCH(D{n},{{liste_omfang:}},0),MATCH(C{n},{{liste_betydning:}},0)".format(n=rad + 1)
        mal = f'=IF(OR(C{rad + 1}="",D{rad + 1}=""),"",INDEX({{pluss_minus:}},{sted}))'
        ark.formel(rad, _KONSEKVENS, mal, konsekvens(r.betydning, r.omfang), "status")
        ark.radhoeyder[rad] = 30
    _forslag(ark, neste + 1)
    ark.laas_ruter = (_FOERSTE, 1)


def _skala(ark: Ark, rad: int) -> int:
    """The matrix that the consequences are looked up in."""
    ark.tekst(rad, 0, "Skalaen: konsekvens av betydning og omfang", "overskrift", len(_KOLONNER) - 1)
    ark.tekst(rad + 1, 0, "Hvordan veilederens matrise er lest her, er en antakelse: trinnene legges sammen.", "dempet")
    rad += 2
    ark.radhoeyder[rad] = 30
    ark.tekst(rad, 0, "Omfang", "hode_v")
    for k, ord_ in enumerate(BETYDNING):
        ark.tekst(rad, 1 + k, f"Betydning: {ord_}", "hode")
    for i, omfang in enumerate(OMFANG, start=1):
        ark.tekst(rad + i, 0, omfang, "etikett")
        for k, ord_ in enumerate(BETYDNING):
            ark.tekst(rad + i, 1 + k, konsekvens(ord_, omfang), "status")
    antall = len(OMFANG)
    ark.registrer("liste_omfang", rad + 1, 0, OMFANG, hoeyde=antall, navn="liste_omfang")
    tabell = tuple(konsekvens(b, o) for o in OMFANG for b in BETYDNING)
    ark.registrer("pluss_minus", rad + 1, 1, tabell, bredde=len(BETYDNING), hoeyde=antall, navn="pluss_minus")
    ark.tekst(rad, 5, "Betydning kan være", "hode_v")
    ark.kolonne("liste_betydning", rad + 1, 5, BETYDNING, "tekst", navn="liste_betydning")
    return rad + antall + 1


def _forslag(ark: Ark, rad: int) -> None:
    ark.tekst(
        rad, 0, "Virkninger det kan være grunn til å vurdere (forslag, ikke vurdert)", "overskrift", len(_KOLONNER) - 1
    )
    for i, tekst in enumerate(_FORSLAG, start=1):
        ark.tekst(rad + i, 0, tekst, "tekst")


IKKE_PRISSATTFANE = Tilleggsfane(_NAVN, "Virkninger uten kroner", _ark)
