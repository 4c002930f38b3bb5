"""Read the inputs of a workbook that the program generated and someone edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from velferdslab_model.base.celleverdi import Datotall, celletekst
from velferdslab_model.base.tekst import normalisert, sammenligningsnavn
from velferdslab_model.effektbok.avledede import (
    FOERSTE_MED_AVLEDEDE,
    SATSKOLONNER,
    Avledede,
    les_avledede,
    satsrader,
    satssteder,
    timesatsdata,
    uten_avledede,
)
from velferdslab_model.effektbok.bevegelse_tab import les_bevegelsesfane
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.origin import pakk_ut
from velferdslab_model.effektbok.prisindekser import (
    KILDENAVN,
    les_indekskildeceller,
    les_prisindekser,
    oedelagte_indeksnavn,
)
from velferdslab_model.effektbok.prisvalg import les_prisvalg
from velferdslab_model.effektbok.tabellrader import radfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.bevegelse import BEVEGELSE, bevegelsesdata
from velferdslab_model.parameters.felt import FELT, PRISAAR
from velferdslab_model.parameters.ikke_prissatt import MAKS_IKKE_PRISSATT
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import oppgitt
from velferdslab_model.parameters.overskrevet import NOEKKEL as OVERSKREVET
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.standard import standardkilder, standardtiltak, standardverdier
from velferdslab_model.parameters.typer import (
    MAKS_TILTAK,
    MAKS_TIMESATSER,
    UTGANGSSITUASJONER,
    Brukergruppe,
    Forutsetninger,
    IkkePrissatt,
    Tiltak,
)
from velferdslab_model.parameters.usikkerhet import tiltaksnoekkel
from velferdslab_model.workbook.opening import Innhold, Navneomraade

#: Said of a number whose source was there when the file was made.
KILDE_SLETTET = "antakelse: kilden er slettet i arbeidsboken"
#: Number, text, or nothing, as it stands in a cell.
Celleverdi = Any

_TILTAK = {
    "navn": "navn",
    "beskrivelse": "beskrivelse",
    "type": "type_kostnad",
    "kategori": "kategori",
    "driver": "kostnadsdriver",
    "enhetskostnad": "enhetskostnad",
    "betaler": "betaler",
    "volum_uholdbar": "volum",
    "volum_utsatt": "volum",
    "volum_stabil": "volum",
    "ganger": "ganger_per_aar",
    "kilde": "kilde",
    "volumkilde": "volumkilde",
}
#: Columns of a tiltak that hold any text; the rest hold numbers and words of a list.
_TEKSTER = ("navn", "beskrivelse", "type", "kilde", "volumkilde")
#: Columns that files of an earlier format than this do not have.
_NYE_KOLONNER = {"volumkilde": 4}
#: Field of an effect without a price -> name of its column in the tab on request.
_IKKE_PRISSATT = {f.name: f"ikke_prissatt_{f.name}" for f in fields(IkkePrissatt)}
#: Inputs that files of an earlier format than this do not have; they were computed at the neutral value.
_NYE_I_FORMAT = {
    "utvidet.offentlig_andel_produksjonsgevinst": 3,
    "utvidet.kommunal_andel_offentlig_inntekt": 3,
    "nullalternativ_faktor.uholdbar": 4,
    "nullalternativ_faktor.stabil": 4,
    "utvidet.fylkeskommunal_andel_av_resten": 5,
}
#: When a whole tab is gone, naming every name it held helps nobody.
_MAKS_NEVNT = 3


def _felt(format_: int) -> list[str]:
    """The inputs that a file of this format has."""
    return [noekkel for noekkel in FELT if format_ >= _NYE_I_FORMAT.get(noekkel, 0)]


def _kolonner(format_: int) -> dict[str, str]:
    """The columns of the tiltak table that a file of this format has, and the field of each."""
    return {del_: felt for del_, felt in _TILTAK.items() if format_ >= _NYE_KOLONNER.get(del_, 0)}


def _ventede_navn(innhold: Innhold) -> dict[str, int]:
    """Every name this file must have for its inputs, and how many rows it covers."""
    navn = ["navn", "prisaar"]
    for prefiks, *_ in GRUPPER.values():
        navn += [f"{prefiks}_{FELT[n].navn}{del_}" for n in _felt(innhold.format) for del_ in ("", "_kilde")]
        navn += [f"{prefiks}_tiltak_{del_}" for del_ in _kolonner(innhold.format)]
    ut = {navn: MAKS_TILTAK if "_tiltak_" in navn else 1 for navn in navn}
    if innhold.format >= FOERSTE_MED_AVLEDEDE:
        ut |= dict.fromkeys(SATSKOLONNER, MAKS_TIMESATSER)
    # The tab on request has all of its columns, or is not there.
    if any(navn in innhold.navn for navn in _IKKE_PRISSATT.values()):
        ut |= dict.fromkeys(_IKKE_PRISSATT.values(), MAKS_IKKE_PRISSATT)
    return ut


def les_arbeidsbok(innhold: Innhold) -> Oppgitt:
    """Read the inputs of a generated workbook back by their defined names, own tiltak in spare rows included."""
    fil, celler = innhold.fil, _Celler(innhold)
    if feil := radfeil(innhold) or _om_navnene(innhold):
        raise UgyldigInndata(fil.name, feil)
    laget = pakk_ut(innhold.egenskaper)
    data: dict[str, Any] = {"navn": celler.tekst("navn"), "prisaar": celler.verdi("prisaar")}
    data[OVERSKREVET] = _overskrevet(celler, laget)
    indekser, indeksfeil = les_prisindekser(innhold, laget.indekser if laget else {})
    resten = [*celler.prisvalg.feil, *indeksfeil]
    data["indekser"] = {navn: {str(aar): n for aar, n in serie.items()} for navn, serie in indekser.items()}
    data["indekser"]["kilder"] = les_indekskildeceller(innhold, laget.indekskilder if laget else {})
    avledet = les_avledede(innhold, celler.prisvalg.formler)
    satser: dict[int, dict[str, Any]] = {}
    if innhold.format >= FOERSTE_MED_AVLEDEDE:
        satser = satsrader({navn: celler.kolonne(navn) for navn in SATSKOLONNER})
        data["timesatser"] = timesatsdata(satser, laget.timesatser if laget else ())
    data["ikke_prissatt"] = _ikke_prissatt(celler, laget)
    steder = {navn: str(celler.omraade(navn)) for navn in ("navn", "prisaar")} | satssteder(innhold, satser)
    steder |= {
        f"indekser.kilder.{indeks}": str(celler.omraade(navn))
        for indeks, navn in KILDENAVN.items()
        if celler.finnes(navn)
    }
    for gruppe, (prefiks, *_) in GRUPPER.items():
        data[gruppe] = _gruppe(celler, gruppe, laget.grupper[gruppe] if laget else None, innhold.format, avledet)
        if innhold.format >= FOERSTE_MED_AVLEDEDE:
            plasser = list(celler.tiltaksrader(prefiks))
            uten_avledede(data[gruppe], avledet.noekler[gruppe], avledet.satser[gruppe], plasser)
        felter = _felt(innhold.format)
        steder |= {f"{gruppe}.{n}": str(celler.omraade(f"{prefiks}_{FELT[n].navn}")) for n in felter}
        steder |= {f"{gruppe}.kilder.{n}": str(celler.omraade(f"{prefiks}_{FELT[n].navn}_kilde")) for n in felter}
        steder |= _tiltakssteder(celler, gruppe, prefiks)
        steder |= _bevegelse(innhold, gruppe, data[gruppe], laget)
    try:
        ulagrede = {f"{ark}!{adresse}" for ark, adresse in innhold.formler.ulagrede}
        svar = oppgitt(data, fil.name, fil.stem, steder, ulagrede)
    except UgyldigInndata as andre:
        raise UgyldigInndata(fil.name, [*andre.feil, *resten]) from None
    if resten:
        raise UgyldigInndata(fil.name, resten)
    if laget:
        return _med_opphav(svar, laget)
    omregning = innhold.verdi("omregning")
    samme_aar = innhold.verdi("prisaar_da_laget") == svar.vis_i_prisaar
    return replace(svar, omregning=omregning) if samme_aar and isinstance(omregning, str) else svar


def _bevegelse(innhold: Innhold, gruppe: str, data: dict[str, Any], laget: Forutsetninger | None) -> dict[str, str]:
    """The null alternative that moves, from its tab; without the tab, what the file was made with. Returns its places."""
    lest = les_bevegelsesfane(innhold, gruppe)
    b = laget.grupper[gruppe].bevegelse if laget else None
    foer = bevegelsesdata(b) if b else {}
    if lest is None:
        data |= {BEVEGELSE: foer} if b else {}
        return {}
    naa, hvor = lest
    if naa and b and naa["kilde"] == b.kilde and any(naa[hva] != foer[hva] for hva in ("overganger", "kostnad")):
        naa |= {"kilde": ""}  # the source the numbers had says nothing of other numbers under it
    data |= {BEVEGELSE: naa} if naa else {}
    return hvor


def _overskrevet(celler: _Celler, laget: Forutsetninger | None) -> dict[str, Any] | None:
    """The mark of a price year that is another than the amounts were in when the file was made, or that it had then."""
    foer: Celleverdi = laget.beloepsaar if laget else None
    if not laget and celler.finnes("prisaar_da_laget"):
        foer = celler.verdi("prisaar_da_laget")
    naa = celler.verdi("prisaar")
    if not (_er_prisaar(foer) and _er_prisaar(naa)):
        return None
    if foer != naa:
        return {"fra": int(foer), "til": int(naa)}
    return asdict(laget.overskrevet) if laget and laget.overskrevet and laget.overskrevet.regnet_om else None


def _er_prisaar(verdi: Celleverdi) -> bool:
    return isinstance(verdi, int | float) and not isinstance(verdi, bool) and PRISAAR.er_lovlig(verdi)


def _ikke_prissatt(celler: _Celler, laget: Forutsetninger | None) -> list[dict[str, Any]]:
    """The lines of the tab on request, empty ones between them too; without the tab, what the file was made with."""
    if not all(celler.finnes(navn) for navn in _IKKE_PRISSATT.values()):
        return [asdict(en) for en in laget.ikke_prissatt] if laget else []
    kolonner = [celler.kolonne(navn) for navn in _IKKE_PRISSATT.values()]
    rader = [
        {
            felt: celletekst(v) if felt not in ("betydning", "omfang") else ("" if v is None else v)
            for felt, v in zip(_IKKE_PRISSATT, rad, strict=True)
        }
        for rad in zip(*kolonner, strict=True)
    ]
    while rader and all(v == "" for v in rader[-1].values()):
        rader.pop()
    return rader


def _med_opphav(svar: Oppgitt, laget: Forutsetninger) -> Oppgitt:
    """What no cell holds: how amounts were converted, the distributions of what is uncertain, and own rows of the catalogue."""
    omregning = laget.omregning if laget.beloepsaar == svar.maalaar else ""
    grupper, prisaar = {}, {}
    for navn, g in svar.grupper.items():
        borte = {tiltaksnoekkel(t) for t in laget.grupper[navn].tiltak} - {tiltaksnoekkel(t) for t in g.tiltak}
        usikkerhet = {n: f for n, f in laget.grupper[navn].usikkerhet.items() if n not in borte}
        grupper[navn] = replace(g, usikkerhet=usikkerhet)
        prisaar[navn] = {**svar.prisaar[navn], **{f"usikkerhet.{n}": laget.beloepsaar for n in usikkerhet}}
    return replace(svar, omregning=omregning, grupper=grupper, prisaar=prisaar, egne_priser=laget.egne_priser)


def oedelagte_navn(innhold: Innhold) -> list[str]:
    """Names of inputs that are gone, or point at something else than one cell or a whole column of their table."""
    ut = []
    for navn, hoeyde in _ventede_navn(innhold).items():
        sted = innhold.omraade(navn)
        if sted is None or sted.kol != sted.siste_kol or sted.siste_rad - sted.rad + 1 != hoeyde:
            ut.append(navn)
    return ut + oedelagte_indeksnavn(innhold)


def _om_navnene(innhold: Innhold) -> list[str]:
    """One sentence for each name that cannot be read by, the first few of them."""
    borte = oedelagte_navn(innhold)
    feil = [f"navnet {n} mangler eller peker ikke på cellene det skal." for n in borte[:_MAKS_NEVNT]]
    if len(borte) > _MAKS_NEVNT:
        feil.append(f"{len(borte) - _MAKS_NEVNT} navn til mangler. Er en fane slettet eller omdøpt?")
    return feil


def _tiltakssteder(celler: _Celler, gruppe: str, prefiks: str) -> dict[str, str]:
    """Where each field of each tiltak stands, by the keys that faults are reported under."""
    ut: dict[str, str] = {f"{gruppe}.tiltak": str(celler.omraade(f"{prefiks}_tiltak_navn"))}
    for nummer, (plass, rad) in enumerate(celler.tiltaksrader(prefiks).items(), start=1):
        for del_, felt in celler.kolonner.items():
            sted = celler.omraade(f"{prefiks}_tiltak_{del_}")
            celle = f"{sted.ark}!{sted.kol}{sted.rad + plass}"
            situasjon = f".{del_.removeprefix('volum_')}" if felt == "volum" else ""
            ut[f"{gruppe}.tiltak[{nummer}].{felt}"] = celle
            ut[f"{gruppe}.tiltak «{normalisert(str(rad['navn']))}»: {felt}{situasjon}"] = celle
            if del_ == "navn":
                ut[f"{gruppe}.tiltak[{nummer}]"] = celle
    return ut


def tiltakskolonne(noekkel: str) -> str:
    """The column of a field of a tiltak, «volum.utsatt» or «enhetskostnad», as its defined name ends."""
    felt, _, situasjon = noekkel.partition(".")
    return f"volum_{situasjon}" if situasjon else next(kol for kol, navn in _TILTAK.items() if navn == felt)


def tiltaksplasser(innhold: Innhold) -> dict[str, list[int]]:
    """Which rows of the tiltak tables are filled in, per group, from 0. The names must be there."""
    return {gruppe: list(_Celler(innhold).tiltaksrader(prefiks)) for gruppe, (prefiks, *_) in GRUPPER.items()}


def med_cellenes_kilder(innhold: Innhold, f: Forutsetninger) -> Forutsetninger:
    """The same inputs with each source as its cell has it, which the workbook's own formulas read.

    Reading takes the source of a number for an antakelse when the number was changed under it; the cell still says the
    old one. The names must be there.
    """
    celler = _Celler(innhold)
    grupper: dict[str, Any] = {}
    for gruppe, (prefiks, *_) in GRUPPER.items():
        g = f.grupper[gruppe]
        celle = {n: celler.verdi(f"{prefiks}_{FELT[n].navn}_kilde") for n in _felt(innhold.format)}
        kilder = {n: "" if verdi is None else str(verdi) for n, verdi in celle.items()}
        rader = celler.tiltaksrader(prefiks).values()
        tiltak = tuple(_med_cellenes_kilder(t, rad) for t, rad in zip(g.tiltak, rader, strict=True))
        grupper[gruppe] = replace(g, kilder={**g.kilder, **kilder}, tiltak=tiltak)
    return replace(f, **grupper)


def _med_cellenes_kilder(t: Tiltak, rad: Mapping[str, Celleverdi]) -> Tiltak:
    kilder = {n: "" if rad[n] is None else str(rad[n]) for n in ("kilde", "volumkilde") if n in rad}
    return replace(t, kilde=kilder["kilde"], volumkilde=kilder.get("volumkilde", t.volumkilde))


def _gruppe(
    celler: _Celler, gruppe: str, laget: Brukergruppe | None, format_: int, avledet: Avledede
) -> dict[str, Any]:
    prefiks = GRUPPER[gruppe][0]
    tiltak = _tiltak(celler, prefiks, laget.tiltak if laget else standardtiltak(gruppe), avledet.satser[gruppe])
    data: dict[str, Any] = {"behold_standardtiltak": False, "tiltak": tiltak, "kilder": {}}
    gamle_kilder = laget.kilder if laget else standardkilder(gruppe)
    gamle_verdier = {n: laget.verdi(n) for n in FELT} if laget else standardverdier(gruppe)
    for noekkel in _felt(format_):
        felt = FELT[noekkel]
        hode, _, del_ = noekkel.partition(".")
        verdi = celler.verdi(f"{prefiks}_{felt.navn}")
        if del_:
            data.setdefault(hode, {})[del_] = verdi
        else:
            data[hode] = verdi
        kilde = celler.tekst(f"{prefiks}_{felt.navn}_kilde")
        # The source a number had says nothing of another number under it, nor of the same that follows no longer.
        naa_avledet = noekkel in avledet.noekler[gruppe]
        var_avledet = laget is not None and noekkel in laget.avledet
        er_ny = not naa_avledet and (var_avledet or verdi != gamle_verdier[noekkel])
        if not (kilde == gamle_kilder[noekkel] and er_ny):
            data["kilder"][noekkel] = kilde or KILDE_SLETTET
        elif var_avledet:
            data["kilder"][noekkel] = UTEN_KILDE
    return data


def _tiltak(celler: _Celler, prefiks: str, laget: Sequence[Tiltak], satser: Mapping[int, str]) -> list[dict[str, Any]]:
    gamle = {sammenligningsnavn(t.navn): t for t in laget}
    ut = []
    for plass, rad in celler.tiltaksrader(prefiks).items():
        ett: dict[str, Any] = {"volum": {s: rad[f"volum_{s}"] for s in UTGANGSSITUASJONER}}
        for del_, felt in celler.kolonner.items():
            if felt != "volum":
                valgfri = del_ in ("beskrivelse", "type", "driver", "kilde", "volumkilde")
                ett[felt] = "" if rad[del_] is None and valgfri else rad[del_]
        if gammel := gamle.get(sammenligningsnavn(str(ett["navn"]))):
            ett |= _kilder(gammel, ett, satser.get(plass, ""))
        ut.append(ett)
    return ut


def _kilder(gammel: Tiltak, ett: Mapping[str, Any], timesats: str) -> dict[str, str]:
    """The sources of a tiltak, given what it was when the file was made: one that was there says nothing of a new number.

    timesats: the common hourly rate its price follows; empty for a number of its own.
    A file without sources of the volumes has one for all of its numbers; it stays with those that are as they were.
    """
    ny_pris = bool(timesats) != bool(gammel.timesats) or (not timesats and ett["enhetskostnad"] != gammel.enhetskostnad)
    ny_mengde = (*ett["volum"].values(), ett["ganger_per_aar"]) != (*gammel.volum, gammel.ganger_per_aar)
    ut = {}
    if ett["kilde"] == gammel.kilde and ny_pris:
        ut["kilde"] = ""
        if not ett.get("volumkilde") and not ny_mengde and not gammel.volumkilde:
            ut["volumkilde"] = gammel.kilde
    elif not ett["kilde"]:
        ut["kilde"] = KILDE_SLETTET
    if "volumkilde" not in ett:
        return ut
    if ny_mengde and ett["volumkilde"] == gammel.volumkilde and (gammel.volumkilde or ett["kilde"] == gammel.kilde):
        ut["volumkilde"] = UTEN_KILDE
    elif gammel.volumkilde and not ett["volumkilde"]:
        ut["volumkilde"] = KILDE_SLETTET
    return ut


class _Celler:
    """The cells of a workbook by defined name."""

    def __init__(self, innhold: Innhold) -> None:
        self._innhold = innhold
        self.kolonner = _kolonner(innhold.format)
        self.prisvalg = les_prisvalg(innhold)

    def omraade(self, navn: str) -> Navneomraade:
        """Where a name points."""
        funn = self._innhold.omraade(navn)
        assert funn is not None  # oedelagte_navn was asked first
        return funn

    def finnes(self, navn: str) -> bool:
        """Whether a name points at cells."""
        return self._innhold.omraade(navn) is not None

    def verdi(self, navn: str) -> Celleverdi:
        """Value of a single cell."""
        sted = self._innhold.omraade(navn)
        return None if sted is None else self._som_dato(sted.ark, sted.adresse, self._innhold.verdi(navn))

    def tekst(self, navn: str) -> Any:
        """Text of a single cell, an error as it is; nothing counts as empty."""
        return celletekst(self.verdi(navn))

    def tiltaksrader(self, prefiks: str) -> dict[int, dict[str, Celleverdi]]:
        """The rows of the tiltak table that hold anything, by their place in it from 0."""
        kolonner = {del_: self.kolonne(f"{prefiks}_tiltak_{del_}") for del_ in self.kolonner}
        alle = enumerate(zip(*kolonner.values(), strict=True))
        valgt = self.prisvalg.celler
        rader = {i: {**dict(zip(kolonner, rad, strict=True)), **valgt.get((prefiks, i), {})} for i, rad in alle}
        fylte = {plass: rad for plass, rad in rader.items() if any(verdi is not None for verdi in rad.values())}
        return {
            plass: {del_: celletekst(v) if del_ in _TEKSTER and v is not None else v for del_, v in rad.items()}
            for plass, rad in fylte.items()
        }

    def kolonne(self, navn: str) -> list[Celleverdi]:
        """Values of a column of cells."""
        sted = self.omraade(navn)
        verdier = enumerate(self._innhold.kolonne(navn), start=sted.rad)
        return [self._som_dato(sted.ark, f"{sted.kol}{rad}", verdi) for rad, verdi in verdier]

    def _som_dato(self, ark: str, adresse: str, verdi: Celleverdi) -> Celleverdi:
        dato = self._innhold.datoer.get((ark, adresse))
        return verdi if dato is None else Datotall(verdi, dato)
