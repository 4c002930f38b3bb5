"""Read an account back from its workbook, perhaps edited since."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from velferdslab_model.base.celleverdi import ULAGRET, Feilverdi, vis_celle
from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.tekst import normalisert, tekstfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.filslag import REGNSKAPSFIL
from velferdslab_model.parameters.kilder import kilde_av
from velferdslab_model.parameters.validation import Feilliste
from velferdslab_model.scenarios.kinds import krev_slag
from velferdslab_model.utenfor.inputs import postnavn
from velferdslab_model.utenfor.loading import les_utenfor
from velferdslab_model.utenfor.origin import pakk_ut_utenfor
from velferdslab_model.utenfor.tabs.vilkaar_tab import UTENFORTEKSTER
from velferdslab_model.utenfor.terms import (
    FELTENE,
    FORVALTNINGSNIVAAER,
    GRUPPENE,
    MAKS_POSTER,
    PROFILBELOEP,
    SLAGENE,
    Post,
    Utenforvilkaar,
)
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.cells import kolonnenummer
from velferdslab_model.workbook.kind import UTENFORREGNSKAP
from velferdslab_model.workbook.opening import Innhold, aapne, er_arbeidsbok
from velferdslab_model.workbook.reading import les_inndata


def les_utenforfil(sti: Path | None) -> Utenforvilkaar:
    """The account of a file (.toml) or of a workbook (.xlsx); the first template when sti is None.

    Raises KanIkkeLese and UgyldigInndata.
    """
    if sti is not None and er_arbeidsbok(sti):
        return les_utenforbok(aapne(sti, UTENFORREGNSKAP))
    if sti is not None:
        krev_slag(sti, REGNSKAPSFIL)
    return les_utenfor(sti)


def les_utenforbok(innhold: Innhold) -> Utenforvilkaar:
    """The account in the cells. Raises UgyldigInndata with one message for each cell that is wrong."""
    laget = pakk_ut_utenfor(innhold.egenskaper)
    feil: list[str] = []
    lest = les_inndata(innhold, FELTENE.values())
    tall = {n: float(lest[n].verdi or 0.0) for n in FELTENE}
    tekster = {noekkel: _tekst(innhold, noekkel, feil, MAKS_NAVN) for noekkel, *_ in UTENFORTEKSTER}
    poster = []
    for i in range(1, MAKS_POSTER + 1):
        if innhold.omraade(postnavn(i, "maalgruppe")) is None:
            break
        poster.append(_post(innhold, i, feil))
    if not poster:
        feil.append("har ingen poster i profilen. Er fanen «Profil» slettet eller omdøpt?")
    fra = innhold.verdi("fra_alder")
    if not isinstance(fra, int | float):
        feil.append(f"{innhold.omraade('fra_alder')} (første alder) er {vis_celle(fra)}, ventet et helt tall.")
    if feil:
        raise UgyldigInndata(innhold.fil.name, feil)
    v = Utenforvilkaar(
        navn=tekster["navn"],
        maalgruppe=tekster["maalgruppe"],
        sammenligning=tekster["sammenligning"],
        prisaar=int(tall["prisaar"]),
        fra_alder=int(fra),
        poster=tuple(poster),
        alder_ved_tiltak=int(tall["alder_ved_tiltak"]),
        horisont=int(tall["horisont"]),
        aar_til_effekt=int(tall["aar_til_effekt"]),
        antall=int(tall["antall"]),
        suksessfaktor=tall["suksessfaktor"],
        # Counts stand for the rate they gave, and for no other.
        telling=laget.telling if laget and laget.suksessfaktor == tall["suksessfaktor"] else None,
        skjedd_uansett=tall["skjedd_uansett"],
        neddiskontering=tall["neddiskontering"],
        avgang=tall["avgang"],
        kostnad={n: tall[f"kostnad.{n}"] for n in FORVALTNINGSNIVAAER},
        konstruert=str(innhold.verdi("konstruert")) == "ja",
        kilder={n: kilde_av(lest[n].kilde) for n in FELTENE},
    )
    if not v.fra_alder <= v.alder_ved_tiltak <= v.til_alder:
        sted = lest["alder_ved_tiltak"].celle
        ventet = f"ventet en alder i profilen ({v.fra_alder}–{v.til_alder})"
        raise UgyldigInndata(innhold.fil.name, [f"{sted} (Alder ved tiltaket) er {v.alder_ved_tiltak}, {ventet}."])
    return v


def utenfor_laget_med(innhold: Innhold) -> Utenforvilkaar | None:
    """The account a workbook was made with; None when the file does not say."""
    return pakk_ut_utenfor(innhold.egenskaper)


def _tekst(innhold: Innhold, navn: str, feil: list[str], maks: int, tom: bool = False) -> str:
    verdi = innhold.verdi(navn)
    tekst = normalisert("" if verdi is None else str(verdi))
    if innhold.ulagret(navn):
        feil.append(f"{innhold.omraade(navn)} {ULAGRET}")
    elif isinstance(verdi, Feilverdi):
        feil.append(f"{innhold.omraade(navn)} er {vis_celle(verdi)}, ventet en tekst. Rett formelen i cellen.")
    elif hva := tekstfeil(tekst, maks, tom_er_lovlig=tom):
        feil.append(f"{innhold.omraade(navn)} {hva}.")
    return tekst


def _post(innhold: Innhold, i: int, feil: list[str]) -> Post:
    navn, nivaa, slag = (str(innhold.verdi(postnavn(i, del_))) for del_ in ("navn", "nivaa", "slag"))
    nivaaer = {ord_: n for n, ord_ in FORVALTNINGSNIVAAER.items()}
    slagene = {ord_: n for n, ord_ in SLAGENE.items()}
    if slag not in slagene:
        feil.append(f"{innhold.omraade(postnavn(i, 'slag'))} er «{slag[:40]}», ventet en av {', '.join(slagene)}.")
    rekker = [_rekke(innhold, postnavn(i, g), f"{navn}: {ord_.lower()}", feil) for g, ord_ in GRUPPENE.items()]
    kilde = _tekst(innhold, postnavn(i, "kilde"), feil, MAKS_TEKST, tom=True)
    return Post(navn, nivaaer.get(nivaa, ""), slagene.get(slag, "tjeneste"), rekker[0], rekker[1], kilde_av(kilde))


def _rekke(innhold: Innhold, navn: str, hva: str, feil: list[str]) -> Array:
    sted = innhold.omraade(navn)
    if sted is None:
        feil.append(f"navnet {navn} mangler eller peker ikke på celler. Er en fane slettet eller omdøpt?")
        return np.zeros(1)
    fra, til = kolonnenummer(sted.kol), kolonnenummer(sted.siste_kol)
    adresser = [f"{kolonnenavn(kol - 1)}{sted.rad}" for kol in range(fra, til + 1)]
    steder = {f"{hva}, {nummer}. alder": f"{sted.ark}!{adresse}" for nummer, adresse in enumerate(adresser, start=1)}
    liste = Feilliste(steder=steder)
    celler = innhold.verdier[sted.ark]
    ut = [liste.tall(n, celler.get(adresse), PROFILBELOEP) or 0.0 for n, adresse in zip(steder, adresser, strict=True)]
    feil += liste.feil
    return np.array(ut)
