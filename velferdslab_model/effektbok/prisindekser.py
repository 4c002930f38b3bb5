"""The block «Prisindekser» on Introduksjonsark: the points of the price indices as inputs, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from velferdslab_model.base.celleverdi import Datotall, celletekst, vis_celle
from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.tall import prosent
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.parameters.indeksblokk import (
    BLOKKAAR,
    EGET_TALL,
    GRUNNIVAA,
    RADER,
    Indeksrad,
    Punktrekke,
    Serier,
    kildelinjer,
    kjedet,
    med_punkter,
    merker,
    punkter,
)
from velferdslab_model.parameters.indekser import INDEKSER, INDEKSNAVN, Indeks
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.cells import kolonnenummer
from velferdslab_model.workbook.constants import OK, Konstant, plasser_konstanter
from velferdslab_model.workbook.digest import kontrolledd, kontrolltall
from velferdslab_model.workbook.inputs import statusfarger, tekstregel, validering
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Akse, Ark
from velferdslab_model.workbook.rows import SUM, Radskriver
from velferdslab_model.workbook.rules import tallkrav, tekstkrav

#: The years of the indices; not those of any analysis.
INDEKSAKSE = Akse(AAR.foerste_kolonne, AAR.antall, "prisindekser")
#: Files of an earlier format than this have no such block.
FOERSTE_MED_INDEKSER = 4
#: Files of an earlier format than this have no cell for the source of own points.
_FOERSTE_MED_KILDER = 5
#: The name of the cell with the source of the own points of an index.
KILDENAVN: dict[str, str] = {indeks: f"prisindeks_{indeks}_kilde" for indeks in INDEKSER}
NAVN = {rad.noekkel: f"prisindeks_{rad.noekkel}" for rad in RADER}
_FEIL = "Feil"
_OM = (
    "Brukes når beløp regnes om til et annet prisår, og i økonomiplanen i løpende kroner. Ingen beløp i denne filen endrer seg av dem.",
    "Neste års tall: skriv veksten i prosent i den første tomme gule cellen på raden. Et tall du skriver over, er ditt eget.",
)
_TEGN_PAA_LINJEN = 200
_USIKRE = ("anslag", "foreløpig", "ikke kontrollert")


def indeksblokk(ark: Ark, rad: int, indekser: Serier, kilder: Mapping[str, str]) -> int:
    """Plan the block; returns the next free row. indekser: own levels, as the file now holds them; kilder: their sources."""
    gitt = punkter(indekser)
    r = Radskriver(ark, rad - 1, INDEKSAKSE)
    r.overskrift("Prisindekser (kan endres)")
    for linje in _OM:
        r.setning(linje)
    foerste = "={prisindeks_foerste_aar}"
    ark.tekst(r.rad, SUM, "Status", "blokk_aar")
    aarene = [float(a) for a in BLOKKAAR]
    mal = "={<prisindeks.aar}+1"
    r.linje("prisindeks.aar", "År", "årstall", mal, aarene, "blokk_aar", etikett="blokk", foerste=foerste)
    for en in RADER:
        _inndatarad(r, en, gitt[en.noekkel])
        _merkerad(r, en, indekser, gitt[en.noekkel])
    for indeks in dict.fromkeys(en.indeks for en in RADER):
        _kilderad(r, indeks, kilder.get(indeks))
    r.blokk("Nivå, kjedet av tallene over", aarene, "", "={prisindeks.aar}")
    for indeks, nivaa in kjedet(gitt).items():
        _nivaarad(r, indeks, ["" if n is None else n for n in nivaa])
    r.rad += 1
    for linje in kildelinjer():
        ark.tekst(r.rad, 0, linje, "tekst_bryt", AAR.siste_kolonne)
        ark.radhoeyder[r.rad] = 15 if len(linje) < _TEGN_PAA_LINJEN else 28
        r.rad += 1
    return r.rad + 1


def _inndatarad(r: Radskriver, en: Indeksrad, verdier: Punktrekke) -> None:
    ark, rad, navn = r.ark, r.rad, NAVN[en.noekkel]
    ark.tekst(rad, 0, en.tekst, "etikett_fet")
    ark.tekst(rad, 1, en.enhet, "enhet")
    stil = "inn_antall" if en.maal == "nivå" else "inn_andel"
    for i in en.aapne:
        kol = INDEKSAKSE.foerste_kolonne + i
        ark.fast(rad, kol, verdier[i], stil)
        regel = validering(en.felt, celle=celleadresse(rad, kol))
        ark.valideringer.append((rad, kol, rad, kol, regel))
    antall = INDEKSAKSE.antall
    ark.registrer(navn, rad, INDEKSAKSE.foerste_kolonne, verdier, bredde=antall, navn=navn, akse=INDEKSAKSE)
    mal = f"=IF(SUM({{{navn}.feil:}})=0,{{ord_ok}},{{prisindeks_ord_feil}})"
    ark.formel(rad, SUM, mal, OK, "status", f"{navn}.status")
    statusfarger(ark, rad, SUM, rad)
    r.rad += 1


def _merkerad(r: Radskriver, en: Indeksrad, indekser: Serier, verdier: Punktrekke) -> None:
    """What each point is: its status, the user's own, or a fault."""
    navn, ark = NAVN[en.noekkel], r.ark
    x, da = f"{{{navn}}}", f"{{{navn}.laget}}"
    likt = f"IF(AND(ISNUMBER({da}),{x}={da}),{{{navn}.merke_da}},{{prisindeks_ord_eget}})"
    mal = f'=IF({{{navn}.feil}}=1,{{prisindeks_ord_feil}},IF(ISNUMBER({x}),{likt},""))'
    rad = r.rad
    r.linje(f"{navn}.merke", "  hva tallet er", "status", mal, merker(indekser)[en.noekkel], "sammen", etter="")
    omraade = (rad, INDEKSAKSE.foerste_kolonne, rad, INDEKSAKSE.siste_kolonne)
    for ord_, stil in ((_FEIL, "cf_feil"), (EGET_TALL, "cf_endret"), *((ord_, "cf_utenfor") for ord_ in _USIKRE)):
        ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": f'"{ord_}"'}, stil))


def _kilderad(r: Radskriver, indeks: Indeks, kilde: str | None) -> None:
    """Where the user's own points of an index come from."""
    ark, rad, navn = r.ark, r.rad, KILDENAVN[indeks]
    hva = f"{INDEKSNAVN[indeks][0].upper()}{INDEKSNAVN[indeks][1:]}"
    ark.tekst(rad, 0, f"{hva}: kilde til egne tall", "etikett")
    ark.tekst(rad, 1, "tekst", "enhet")
    kol = INDEKSAKSE.foerste_kolonne
    ark.verdi(navn, rad, kol, kilde, "inn_kilde", navn=navn, til_kol=INDEKSAKSE.siste_kolonne)
    regel = tekstregel(
        "Kilde", MAKS_TEKST, "Hvor tallene du har skrevet i raden over, kommer fra: hvem, hvilken utgave, når."
    )
    ark.valideringer.append((rad, kol, rad, kol, regel))
    mal = f"=IF({tekstkrav(f'{{{navn}}}')},{{ord_ok}},{{prisindeks_ord_feil}})"
    ark.formel(rad, SUM, mal, OK, "status", f"{navn}.status")
    statusfarger(ark, rad, SUM, rad)
    r.rad += 1


def _nivaarad(r: Radskriver, indeks: str, nivaa: list[float | str]) -> None:
    navn = f"prisindeks_nivaa_{indeks}"
    vekst = "prisindeks_kpi_vekst" if indeks == "kpi" else f"prisindeks_{indeks}"
    kjede = f'IF(AND(ISNUMBER({{<{navn}}}),ISNUMBER({{{vekst}}})),{{<{navn}}}*(1+{{{vekst}}}),"")'
    if indeks == "kpi":
        mal = foerste = f"=IF(ISNUMBER({{prisindeks_kpi}}),{{prisindeks_kpi}},{kjede})"
    else:
        mal, foerste = f"={kjede}", f'=IF(ISNUMBER({{{vekst}}}),{{prisindeks_grunnivaa}},"")'
    tekst = INDEKSNAVN[indeks]  # type: ignore[index]  # a key of the same table
    r.linje(navn, f"{tekst[0].upper()}{tekst[1:]}", "nivå", mal, nivaa, "antall", etter="", foerste=foerste)


def indekskontroll(ark: Ark, rad: int, indekser: Serier, laget: Serier) -> int:
    """Plan what the block is held against, out of the reader's way: what stood there when the file was made, faults and digest.

    Returns the next free row.
    """
    rad = plasser_konstanter(
        ark,
        rad,
        (
            Konstant("prisindeks_foerste_aar", "Prisindekser: første år", "årstall", float(BLOKKAAR[0]), "aar"),
            Konstant("prisindeks_grunnivaa", "Prisindekser: nivå det første året", "nivå", GRUNNIVAA, "desimal"),
            Konstant("prisindeks_ord_eget", "Prisindekser: et tall noen har skrevet", "tekst", EGET_TALL, "tekst"),
            Konstant("prisindeks_ord_feil", "Prisindekser: et tall som ikke kan brukes", "tekst", _FEIL, "tekst"),
            *(
                Konstant(f"prisindeks_{del_}_{maal}", f"Prisindekser: {ord_} {tekst}", tekst, verdi, "desimal")
                for maal, tekst, felt in (("nivaa", "nivå", RADER[0].felt), ("vekst", "vekst", RADER[1].felt))
                for del_, ord_, verdi in (("minst", "minste", felt.minst), ("mest", "største", felt.mest))
            ),
        ),
    )
    r = Radskriver(ark, rad, INDEKSAKSE)
    gitt, da, merket = punkter(indekser), punkter(laget), merker(laget)
    for en in RADER:
        navn = NAVN[en.noekkel]
        for del_, tekst, verdier, stil in (
            ("laget", "da filen ble laget", da[en.noekkel], "desimal"),
            ("merke_da", "hva det var", merket[en.noekkel], "sammen"),
        ):
            ark.tekst(r.rad, 0, f"{en.tekst}: {tekst}", "etikett")
            ark.tekst(r.rad, 1, en.enhet, "enhet")
            for i, verdi in enumerate(verdier):
                ark.fast(r.rad, INDEKSAKSE.foerste_kolonne + i, verdi, stil)
            sted = (r.rad, INDEKSAKSE.foerste_kolonne, tuple(verdier))
            ark.registrer(f"{navn}.{del_}", *sted, bredde=INDEKSAKSE.antall, akse=INDEKSAKSE)
            r.rad += 1
        r.linje(
            f"{navn}.feil",
            f"{en.tekst}: feil",
            "1 / 0",
            _feilmal(en),
            [0.0] * INDEKSAKSE.antall,
            "heltall",
            foerste=_feilmal(en, foerste=True),
        )
        sted_ = ark.bok.steder[navn]
        skala = "kontroll_skala_andel" if en.maal == "vekst" else "kontroll_skala"
        tall = [
            0 if v is None else kontrolltall(v, sted_.rad, sted_.kol + i, andel=en.maal == "vekst")
            for i, v in enumerate(gitt[en.noekkel])
        ]
        mal = f"=IF(ISNUMBER({{{navn}}}),IFERROR({kontrolledd(f'{{{navn}}}', skala, f'{{{navn}}}')},0),0)"
        r.linje(f"{navn}.tall", f"{en.tekst}: kontrolltall", "tall", mal, [float(t) for t in tall], "heltall")
    alle = [f"SUM({{{NAVN[en.noekkel]}.tall:}})" for en in RADER]
    sum_ = sum(v for en in RADER for v in ark.bok.steder[f"{NAVN[en.noekkel]}.tall"].verdier if isinstance(v, float))
    r.enkelt(
        "prisindekser.kontrolltall", "Prisindekser: kontrolltall", "tall", f"={'+'.join(alle)}", int(sum_), "heltall"
    )
    feil = [f"SUM({{{NAVN[en.noekkel]}.feil:}})" for en in RADER]
    feil += [f"IF({{{navn}.status}}={{ord_ok}},0,1)" for navn in KILDENAVN.values()]
    r.enkelt("prisindekser.feil", "Prisindekser: celler med feil", "antall", f"={'+'.join(feil)}", 0, "heltall")
    return r.rad


def _feilmal(en: Indeksrad, foerste: bool = False) -> str:
    """1 for a cell that holds no legal number, was emptied, or is growth from a year where nothing stands."""
    navn = NAVN[en.noekkel]
    x = f"{{{navn}}}"
    maal = "nivaa" if en.maal == "nivå" else "vekst"
    krav = tallkrav(en.felt, x, f"{{prisindeks_minst_{maal}}}", f"{{prisindeks_mest_{maal}}}")
    # An emptied cell is its own fault, not that of the year after it.
    foer = "+".join(
        f"IFERROR(LEN({{<{NAVN[rad.noekkel]}}}),1)+COUNT({{<{NAVN[rad.noekkel]}.laget}})"
        for rad in RADER
        if rad.indeks == en.indeks
    )
    henger = "" if en.maal == "nivå" or foerste else f",{foer}>0"
    return f"=IFERROR(IF(LEN({x})=0,IF(ISNUMBER({{{navn}.laget}}),1,0),IF(AND(ISNUMBER({x}),{krav}{henger}),0,1)),1)"


def oedelagte_indeksnavn(innhold: Innhold) -> list[str]:
    """Names of the block that are gone or cover other cells than its years."""
    if innhold.format < FOERSTE_MED_INDEKSER:
        return []
    ut = []
    bredder = dict.fromkeys(NAVN.values(), len(BLOKKAAR))
    if innhold.format >= _FOERSTE_MED_KILDER:
        bredder |= dict.fromkeys(KILDENAVN.values(), 1)
    for navn, ventet in bredder.items():
        sted = innhold.omraade(navn)
        bredde = 0 if sted is None else kolonnenummer(sted.siste_kol) - kolonnenummer(sted.kol) + 1
        if sted is None or sted.rad != sted.siste_rad or bredde != ventet:
            ut.append(navn)
    return ut


def indekscelle(innhold: Innhold, noekkel: str, aar: int) -> str:
    """Sheet and cell of one point; empty when the block or the year is not there."""
    sted = innhold.omraade(NAVN.get(noekkel, ""))
    if sted is None or aar not in BLOKKAAR:
        return ""
    return f"{sted.ark}!{celleadresse(sted.rad - 1, kolonnenummer(sted.kol) - 1 + aar - BLOKKAAR[0])}"


def les_prisindekser(innhold: Innhold, laget: Serier) -> tuple[Serier, list[str]]:
    """Own levels of every index, and a message for each cell that cannot be read.

    laget: those the file was made with. The names must be there, or the file of a format without the block.
    """
    if innhold.format < FOERSTE_MED_INDEKSER:
        return laget, []
    foer, feil = punkter(laget), []
    naa: dict[str, list[float | None]] = {}
    fylt: set[tuple[str, int]] = set()
    for en in RADER:
        naa[en.noekkel] = list(foer[en.noekkel])
        for i in en.aapne:
            celle = indekscelle(innhold, en.noekkel, BLOKKAAR[i])
            ark, _, adresse = celle.rpartition("!")
            verdi = innhold.verdier[ark].get(adresse)
            if verdi is None and foer[en.noekkel][i] is None:
                continue
            fylt.add((en.indeks, i))
            if en.maal == "vekst" and i and (en.indeks, i - 1) not in fylt:
                feil.append(_hull(en, BLOKKAAR[i], celle))
            if _er_tall(verdi) and en.felt.er_lovlig(verdi):
                naa[en.noekkel][i] = float(verdi)
                continue
            dato = innhold.datoer.get((ark, adresse))
            vist = vis_celle(verdi if dato is None or not _er_tall(verdi) else Datotall(verdi, dato))
            feil.append(f"{celle} ({en.tekst} {BLOKKAAR[i]}) er {vist}, ventet {_ventet(en, foer[en.noekkel][i])}.")
    return (laget, feil) if feil else (med_punkter(laget, foer, naa), [])


def les_indekskildeceller(innhold: Innhold, laget: Mapping[str, str]) -> dict[str, Any]:
    """The sources of own points as their cells have them. laget: as for les_prisindekser."""
    if innhold.format < _FOERSTE_MED_KILDER:
        return dict(laget)
    return {indeks: celletekst(innhold.verdi(navn)) for indeks, navn in KILDENAVN.items()}


def _er_tall(verdi: object) -> TypeGuard[float]:
    return isinstance(verdi, int | float) and not isinstance(verdi, bool)


def _ventet(en: Indeksrad, stod: float | None) -> str:
    ventet = f"en vekst fra {prosent(en.felt.minst)} til {prosent(en.felt.mest)}, for eksempel «3,5 %»"
    if en.maal == "nivå":
        ventet = en.felt.ventet_i_celle
    if stod is None:
        return ventet
    return f"{ventet} (det stod {prosent(stod) if en.maal == 'vekst' else vis_celle(stod)} da filen ble laget)"


def _hull(en: Indeksrad, aar: int, celle: str) -> str:
    """Growth from a year that has no number itself."""
    return (
        f"{celle} ({en.tekst} {aar}) er en vekst fra {aar - 1}, men for {aar - 1} står det ikke noe tall. Skriv det også, "
        "eller tøm cellen."
    )


def finnes_i_blokken(serier: Serier) -> bool:
    """Whether every index ends inside the block, so that its rows say all there is of it."""
    vist = kjedet(punkter(serier))
    return all(
        max(serier.get(i, {}), default=0) <= BLOKKAAR[-1] and any(n is not None for n in vist[i]) for i in INDEKSER
    )
