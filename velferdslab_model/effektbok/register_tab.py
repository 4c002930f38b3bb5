"""The tab «Forutsetninger»: every number of the workbook, live, with its default, origin and source and where it stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.parameters.felt import FELT, PRISAAR, TILTAKSFELT, TIMESATSFELT
from velferdslab_model.parameters.katalogvalg import FORAN_VALGT, FRA_EGEN_KATALOG, FRA_KATALOGEN, valgt_id
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER
from velferdslab_model.register import (
    ANSLAG,
    ENDRET,
    FORAN_ANSLAG,
    FORAN_SATS,
    FORAN_TILTAK,
    GRUPPENAVN,
    PRISCELLE,
    PUBLISERT,
    Registerpost,
    registerposter,
)
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.adresse import celleadresse, i_anfoersel
from velferdslab_model.workbook.inputs import stil
from velferdslab_model.workbook.plan import Ark, Bok, Sted

_NAVN = "Forutsetninger"
GRUPPE, TEKST, VERDI, ENHET, PRISAARET, OPPHAV, STANDARD, KILDE, HVEM, HVOR, STANDARDKILDE, VALGT, FRA_KATALOG = range(
    13
)
_HODE = 4
_HODER = {
    GRUPPE: ("Gruppe", 13),
    TEKST: ("Forutsetning", 47),
    VERDI: ("Verdi", 14),
    ENHET: ("Enhet", 20),
    PRISAARET: ("Prisår", 8),
    OPPHAV: ("Opphav", 19),
    STANDARD: ("Standardverdi", 15),
    KILDE: ("Kilde eller antakelse", 60),
    HVEM: ("Kan endres av", 15),
    HVOR: ("Hvor", 31),
    STANDARDKILDE: ("Standardverdiens kilde", 40),
}
#: Before the grade in the source of a chosen price, after its id.
_FORAN_GRAD = "(grad "
#: Characters that fit on a line of the columns that wrap.
_TEGN_TEKST, _TEGN_KILDE = 58, 76
#: The numbers of a tiltak that share a source, in the order they are listed.
VOLUMTALL = (*(f"tiltak_volum_{s}" for s in UTGANGSSITUASJONER), "tiltak_ganger")
_STIL = {felt.slag: stil(felt) for felt in (*FELT.values(), PRISAAR, *TILTAKSFELT.values(), TIMESATSFELT)}
_FORKLARING = (
    ". Alle tall i modellen. Endre et tall der det står, med lenken i siste kolonne; listen følger med. "
    "Prisår står bare ved beløp."
)
_SOM_FOER = (
    "Tiltak som føres opp i tomme rader etter at filen er laget, er ikke med her. "
    "Tall som bare brukes i kontrollene, står under Faste verdier på Introduksjonsark."
)
_TILTAK_ENDRET = (
    "Tiltak er lagt til eller tatt bort etter at listen ble laget: lag arbeidsboken på nytt av denne filen."
)


def _registerark(ark: Ark, resultat: Resultat) -> None:
    bevegelsesfane = any(noekkel.endswith(".bev.kr") for noekkel in ark.bok.steder)
    poster = registerposter(resultat.forutsetninger, tom_bevegelse=bevegelsesfane)
    if not bevegelsesfane:
        poster = [post for post in poster if post.nedover is None]  # they stand in no cell
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde) in _HODER.items()]
    ark.siste_kolonne, ark.skalering = HVOR, 55
    ark.radhoeyder |= {0: 23, _HODE: 18}
    ark.laas_ruter, ark.gjentatte_rader = (_HODE + 1, TEKST + 1), (_HODE, _HODE)
    navn = resultat.forutsetninger.navn
    ark.formel(0, 0, '="Forutsetninger: "&TRIM({navn})', f"Forutsetninger: {navn}", "tittel")
    ark.formel(1, 0, f'={{prisaartekst}}&"{_FORKLARING}"', f"{ark.bok.tekster['prisaartekst']}{_FORKLARING}", "dempet")
    for kol, (tekst, _) in _HODER.items():
        ark.tekst(_HODE, kol, tekst, "hode" if kol in (VERDI, PRISAARET, STANDARD) else "hode_v")
    for rad, post in enumerate(poster, start=_HODE + 1):
        _rad(ark, rad, post)
    ark.skjulte_kolonner.append((VALGT, FRA_KATALOG))
    siste = _HODE + len(poster)
    ark.filter = (_HODE, GRUPPE, siste, HVOR)
    _antall(ark, poster, siste)
    _om_tiltak(ark, resultat)
    rest = (_HODE + 1, OPPHAV, siste, OPPHAV)
    ark.betingede.append((*rest, {"type": "cell", "criteria": "==", "value": f'"{ENDRET}"'}, "cf_endret"))


def _antall(ark: Ark, poster: Sequence[Registerpost], siste: int) -> None:
    """How many numbers there are of each origin."""
    omraade = f"{celleadresse(_HODE + 1, OPPHAV)}:{celleadresse(siste, OPPHAV)}"
    antall = Counter(FRA_KATALOGEN if post.opphav.startswith(FRA_KATALOGEN) else post.opphav for post in poster)
    mal = "&".join(
        f'"{foran}{o}: "&COUNTIF({omraade},"{o}{"*" if o == FRA_KATALOGEN else ""}")' for foran, o in _med_skille()
    )
    ark.formel(2, 0, f"={mal}", "".join(f"{foran}{o}: {antall[o]}" for foran, o in _med_skille()), "fet")
    for kol in range(1, HVOR + 1):
        ark.tekst(2, kol, "", "etikett_fet")


def _med_skille() -> list[tuple[str, str]]:
    andre = (ANSLAG, ANTAKELSE, FRA_KATALOGEN, FRA_EGEN_KATALOG, ENDRET)
    return [("Antall tall som er ", PUBLISERT), *((", ", en) for en in andre)]


def _om_tiltak(ark: Ark, resultat: Resultat) -> None:
    """Say so when tiltak have come or gone since the list was made."""
    i_listen = sum(len(g.gruppe.tiltak) for g in resultat.grupper.values())
    ark.tekst(3, HVEM, "Tiltak i listen", "dempet")
    ark.verdi("register.tiltak", 3, HVOR, i_listen, "heltall")
    naa = "+".join(f"COUNTA({{{prefiks}.tiltak_navn:}})" for prefiks, *_ in GRUPPER.values())
    ark.formel(3, 0, f'=IF({naa}={{register.tiltak}},"{_SOM_FOER}","{_TILTAK_ENDRET}")', _SOM_FOER, "dempet")
    regel = {"type": "text", "criteria": "begins with", "value": "Tiltak er"}
    ark.betingede.append((3, 0, 3, 0, regel, "cf_feil"))


def _rad(ark: Ark, rad: int, post: Registerpost) -> None:
    verdi, standard, kilde, standardkilde = (celleadresse(rad, kol) for kol in (VERDI, STANDARD, KILDE, STANDARDKILDE))
    ark.tekst(rad, GRUPPE, GRUPPENAVN[post.gruppe], "bryt")
    navn = ""
    if (egen := post.tiltak or post.sats) is None:
        ark.tekst(rad, TEKST, post.tekst, "bryt")
    else:
        navn = adresse(ark.bok, post, "tiltak_navn" if post.tiltak else "timesats_navn")
        foran = FORAN_TILTAK if post.tiltak else FORAN_SATS
        etter = post.tekst.removeprefix(foran + egen[0])
        ark.formel(rad, TEKST, f'="{foran}"&TRIM({navn})&"{etter}"', post.tekst, "bryt")
    celle = adresse(ark.bok, post)
    ellers = '""' if post.nedover is None else adresse(ark.bok, post, post.ellers) if post.ellers else "0"
    ark.formel(rad, VERDI, f'=IF({celle}="",{ellers},{celle})', post.verdi, _STIL[post.slag])
    ark.tekst(rad, ENHET, post.enhet, "bryt")
    if post.prisaar is None:
        ark.tekst(rad, PRISAARET, "", "aar")
    else:
        ark.formel(rad, PRISAARET, "={prisaar}", post.prisaar, "aar")
    opphav = _uten_katalog(post, verdi, standard, kilde, standardkilde, navn)
    if post.celle == PRISCELLE:
        _fra_katalogen(ark, rad, post)
        fra = celleadresse(rad, FRA_KATALOG)
        opphav = f'=IF(OR({verdi}="",{fra}<>""),{fra},{opphav})'
    else:
        opphav = f'=IF({verdi}="","",{opphav})'
    ark.formel(rad, OPPHAV, opphav, post.opphav, "bryt")
    if post.ellers:
        ark.formel(rad, STANDARD, f"={ellers}", post.standardverdi, _STIL[post.slag])
    else:
        ark.fast(rad, STANDARD, post.standardverdi, _STIL[post.slag])
    ark.tekst(rad, STANDARDKILDE, post.standardkilde, "dempet")
    _kilde(ark, rad, post)
    ark.tekst(rad, HVEM, post.hvem, "bryt")
    maal = hvor(ark.bok, post)
    arknavn, _, celle = maal.rpartition("!")
    ark.lenke(rad, HVOR, arknavn, celle, maal)
    linjer = max(math.ceil(len(post.kilde) / _TEGN_KILDE), math.ceil(len(post.tekst) / _TEGN_TEKST))
    ark.radhoeyder[rad] = 15 + 12 * (linjer - 1)


def _kilde(ark: Ark, rad: int, post: Registerpost) -> None:
    """The source of a number, live: of a volume, that of the volumes, if it says anything of this one."""
    verdi, standard, standardkilde = (celleadresse(rad, kol) for kol in (VERDI, STANDARD, STANDARDKILDE))
    if post.gruppe not in GRUPPER and not post.sats:
        if post.aapen:  # the price year has no source cell
            mal = f'=IF({verdi}={standard},"{post.standardkilde}","{UTEN_KILDE}")'
            ark.formel(rad, KILDE, mal, post.kilde, "bryt")
        else:
            ark.tekst(rad, KILDE, post.kilde, "bryt")
        return
    if post.nedover is not None:
        tabellens, celle = adresse(ark.bok, post, "bev.kilde"), adresse(ark.bok, post)
        fra = f'IF({tabellens}="","{UTEN_KILDE}",{tabellens})'
        tom = f'{celle}=""' if post.ellers else f'AND({verdi}=0,{fra}="{UTEN_KILDE}")'
        ark.formel(rad, KILDE, f"=IF({tom},{standardkilde},{fra})", post.kilde, "bryt")
        return
    kilde = "tiltak_kilde" if post.tiltak else "timesats_kilde" if post.sats else f"{post.celle}_kilde"
    fra = adresse(ark.bok, post, kilde)
    mal = f'IF({fra}="","",{fra})'
    if post.tiltak and post.celle != "tiltak_enhetskostnad":
        volum = adresse(ark.bok, post, "tiltak_volumkilde")
        mal = f'IF({volum}="",IF({fra}="","",{fra}),{volum})'
        if post.standardverdi is not None:
            ulik = _ulike(rad, post)
            mal = f"IF(AND({ulik}>0,{verdi}={standard}),{standardkilde},{mal})"
    ark.formel(rad, KILDE, f"={mal}", post.kilde, "bryt")


def _ulike(rad: int, post: Registerpost) -> str:
    """How many of the four numbers of a tiltak that share a source are not the default's; they stand side by side."""
    foerste = rad - VOLUMTALL.index(post.celle)
    verdi, standard = (
        f"{celleadresse(foerste, kol)}:{celleadresse(foerste + len(VOLUMTALL) - 1, kol)}" for kol in (VERDI, STANDARD)
    )
    return f"SUMPRODUCT(--({verdi}<>{standard}))"


def _fra_katalogen(ark: Ark, rad: int, post: Registerpost) -> None:
    """The live origin of a price chosen from the catalogue, out of sight; empty for one that is not."""
    verdi, kilde, foer = (celleadresse(rad, kol) for kol in (VERDI, KILDE, VALGT))
    fra = f'{verdi}<>"",LEFT({kilde},LEN("{FORAN_VALGT}"))="{FORAN_VALGT}"'
    if (id_ := valgt_id(post.kilde)) is not None:  # a price typed over it is the municipality's
        ark.fast(rad, VALGT, post.verdi, _STIL[post.slag])
        foran = f"{FORAN_VALGT}{id_} "
        like = f"ABS({verdi}-{foer})<={{kontroll_toleranse}}*ABS({foer})"
        fra += f',OR(LEFT({kilde},LEN("{foran}"))<>"{foran}",IFERROR({like},1=0))'
    # The id ends at the first space; then comes the grade, or the file the row is from.
    etter = f'MID({kilde},FIND(" ",{kilde},LEN("{FORAN_VALGT}")+1)+1,LEN({kilde}))'
    grad = f'MID({etter},LEN("{_FORAN_GRAD}")+1,1)'
    mal = f'=IF(AND({fra}),IF(LEFT({etter},1)="(","{FRA_KATALOGEN}, grad "&{grad},"{FRA_EGEN_KATALOG}"),"")'
    ark.formel(
        rad, FRA_KATALOG, mal, post.opphav if post.opphav.startswith((FRA_KATALOGEN, FRA_EGEN_KATALOG)) else "", "bryt"
    )


def _uten_katalog(post: Registerpost, verdi: str, standard: str, kilde: str, standardkilde: str, navn: str) -> str:
    """The origin of a number that was not chosen from the catalogue."""
    if post.standardverdi is None:
        return f'"{ENDRET}"'
    # What is no number is not the default's.
    endret = [f"IFERROR(ABS({verdi}-{standard})>{{kontroll_toleranse}}*ABS({standard}),0=0)"]
    if med_navn := post.tiltak or post.sats:
        endret.append(f'TRIM({navn})<>"{med_navn[0].replace(chr(34), 2 * chr(34))}"')
    er = f'OR({kilde}="",LEFT({kilde},LEN({{ord_antakelse}}))={{ord_antakelse}})'
    egen = f"AND(NOT({er}),{kilde}<>{standardkilde})"
    som_standard = ANSLAG if post.standardkilde.lower().startswith(FORAN_ANSLAG) else PUBLISERT
    return f'IF(OR({",".join([*endret, egen])}),"{ENDRET}",IF({er},{{ord_antakelse}},"{som_standard}"))'


def _celle(bok: Bok, post: Registerpost, noekkel: str | None = None) -> tuple[Sted, str]:
    """Where a number stands, or what belongs to it: the place of its key, and the address of its own cell there."""
    prefiks = f"{GRUPPER[post.gruppe][0]}." if post.gruppe in GRUPPER else ""
    sted = bok.steder[f"{prefiks}{noekkel or post.celle}"]
    egen = post.tiltak or post.sats
    nedover = egen[1] if egen else post.nedover or 0
    return sted, celleadresse(sted.rad + (nedover if sted.hoeyde > 1 else 0), sted.kol)


def adresse(bok: Bok, post: Registerpost, noekkel: str | None = None) -> str:
    """The cell as formulas write it."""
    sted, celle = _celle(bok, post, noekkel)
    return sted.navn if sted.navn and sted.hoeyde == 1 else f"{i_anfoersel(sted.ark)}!{celle}"


def hvor(bok: Bok, post: Registerpost) -> str:
    """Sheet and cell of a number, for a reader."""
    sted, celle = _celle(bok, post)
    return f"{sted.ark}!{celle}"


REGISTERFANE = Tilleggsfane(_NAVN, "Alle tall, med kilde og opphav", _registerark, leser_fanene=True)
