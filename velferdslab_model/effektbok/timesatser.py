"""The block «Felles timesatser» on Introduksjonsark: rates entered once, which prices of tiltak in both groups follow."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.parameters.felt import TIMESATSFELT
from velferdslab_model.parameters.typer import MAKS_TIMESATSER, Timesats
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.constants import OK
from velferdslab_model.workbook.digest import kontrolledd, kontrolltall
from velferdslab_model.workbook.inputs import Kolonner, statusfarger, sumrad, tekstregel, validering
from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.rules import har_innhold, ren_tekst, tallkrav, tekstkrav

_NAVN, _ENHET, _KR = 0, 1, 2
_GJELDER, _SKRIV, _STATUS, _TALL, _RENT, _INNHOLD, _KILDE = (AAR.foerste_kolonne + i for i in range(7))
_KOLONNER = Kolonner(_NAVN, _ENHET, _KR, _GJELDER, _SKRIV, _STATUS, _TALL, _KILDE, AAR.siste_kolonne)
_HODER = (
    (_NAVN, "Timesats", "hode_v"),
    (_ENHET, "Enhet", "hode_v"),
    (_KR, "Sats", "hode"),
    (_GJELDER, "Gjelder", "hode"),
    (_SKRIV, "Skriv", "hode"),
    (_STATUS, "Status", "hode"),
    (_TALL, "Kontrolltall", "hode"),
    (_RENT, "Sammenlignes som", "hode"),
    (_INNHOLD, "Har innhold", "hode"),
)


def timesatsblokk(ark: Ark, rad: int, satser: Sequence[Timesats]) -> int:
    """Plan the block. Returns the next free row."""
    ark.tekst(rad, 0, "Felles timesatser (kan endres)", "overskrift", AAR.siste_kolonne)
    ark.tekst(
        rad + 1,
        0,
        "Et tiltak følger en sats når Enhetskostnad på Kostnader er det som står under «Skriv». Skriv et tall der for å gi "
        "tiltaket sin egen pris, og formelen igjen for å følge satsen. Tomme rader er til egne satser.",
        "dempet",
    )
    hode = rad + 2
    ark.radhoeyder[hode] = 28
    for kol, tekst, stil in _HODER:
        ark.tekst(hode, kol, tekst, stil)
    ark.tekst(hode, _KILDE, "Kilde eller antakelse (kan endres)", "hode_v", AAR.siste_kolonne)
    foerste = hode + 1
    alle: list[Timesats | None] = [*satser, *[None] * (MAKS_TIMESATSER - len(satser))]
    navn, kr, kilder = ([None if en is None else getattr(en, felt) for en in alle] for felt in ("navn", "kr", "kilde"))
    ark.kolonne("timesats_navn", foerste, _NAVN, navn, "inn_tekst", "timesats_navn")
    ark.kolonne("timesats_kr", foerste, _KR, kr, "inn_kroner_oere", "timesats_kr")
    tall = [_rad(ark, foerste + i, i + 1, en) for i, en in enumerate(alle)]
    ark.registrer("timesats_kilde", foerste, _KILDE, tuple(kilder), hoeyde=MAKS_TIMESATSER, navn="timesats_kilde")
    rene = ["" if en is None else " ".join(en.navn.split()) for en in alle]
    ark.registrer("timesats_rent", foerste, _RENT, tuple(rene), hoeyde=MAKS_TIMESATSER)
    status = ["" if en is None else OK for en in alle]
    ark.registrer("timesats_status", foerste, _STATUS, tuple(status), hoeyde=MAKS_TIMESATSER)
    ark.registrer("timesats_tall", foerste, _TALL, tuple(tall), hoeyde=MAKS_TIMESATSER)
    _regler(ark, foerste)
    statusfarger(ark, foerste, _STATUS, foerste + MAKS_TIMESATSER - 1)
    feil = '=SUMPRODUCT(({timesats_status:}<>"")*({timesats_status:}<>{ord_ok}))'
    neste = foerste + MAKS_TIMESATSER
    sumrad(ark, neste, _KOLONNER, "timesatser", feil, "=SUM({timesats_tall:})", sum(tall))
    return neste + 1


def _rad(ark: Ark, rad: int, nummer: int, sats: Timesats | None) -> int:
    """One rate; the cell that tiltak refer to is empty until the rate is in order. Returns its part of the digest."""
    navn, kr, status, rent, innhold, kilde = (
        celleadresse(rad, kol) for kol in (_NAVN, _KR, _STATUS, _RENT, _INNHOLD, _KILDE)
    )
    ark.tekst(rad, _ENHET, TIMESATSFELT.enhet, "enhet")
    gjelder = f"timesats_{nummer}"
    ark.formel(
        rad, _GJELDER, f'=IF({status}={{ord_ok}},{kr},"")', sats.kr if sats else "", "kroner_oere", gjelder, gjelder
    )
    ark.tekst(rad, _SKRIV, f"=timesats_{nummer}", "status")
    ark.formel(rad, _RENT, f"={ren_tekst(navn)}", " ".join(sats.navn.split()) if sats else "", "dempet")
    ark.formel(rad, _INNHOLD, f"={har_innhold((navn, kr, kilde))}", int(sats is not None), "flagg")
    ark.formel(rad, _STATUS, _status(navn, kr, kilde, rent, innhold), OK if sats else "", "status")
    ledd = kontrolledd(kr, "kontroll_skala", kr)
    tall = kontrolltall(sats.kr, rad, _KR) if sats else 0
    ark.formel(rad, _TALL, f"=IF({innhold}=0,0,IFERROR({ledd},0))", tall, "heltall")
    tekst = sats.kilde if sats else None
    ark.verdi(f"timesats_kilde.{nummer}", rad, _KILDE, tekst, "inn_kilde", til_kol=AAR.siste_kolonne)
    return tall


def _status(navn: str, kr: str, kilde: str, rent: str, innhold: str) -> str:
    """The formula of the Status of a row, by the cells of the row. No two rates have the same name."""
    lovlig = f"{tallkrav(TIMESATSFELT, kr, '0', '{maks_beloep}')},{tekstkrav(navn, '{maks_navn}')},{tekstkrav(kilde)}"
    alene = f"SUMPRODUCT(--({{timesats_rent:}}={rent}))<=1"
    i_orden = f'IFERROR(AND({innhold}>0,{rent}<>"",ISNUMBER({kr}),{lovlig},{alene}),0)'
    return f'=IF({innhold}=0,"",IF({i_orden},{{ord_ok}},IF(OR({rent}="",{alene}),"Ikke i orden","Samme navn")))'


def _regler(ark: Ark, foerste: int) -> None:
    """Excel's rules for the cells to edit."""
    siste = foerste + MAKS_TIMESATSER - 1
    for kol, regel in (
        (_NAVN, tekstregel("Timesats", MAKS_NAVN, "Et navn som ingen annen sats har.")),
        (_KR, validering(TIMESATSFELT)),
        (_KILDE, tekstregel("Kilde", MAKS_TEKST, "Hvor satsen kommer fra, eller «antakelse: ...».")),
    ):
        ark.valideringer.append((foerste, kol, siste, kol, regel))
