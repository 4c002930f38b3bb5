"""The tab people type registrations into: a row each, with lists to choose from and the placement beside, live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from velferdslab_model.assess.criteria import (
    SITUASJONER,
    SITUASJONSORD,
    Kriterier,
    Mulige,
    situasjonstekst,
)
from velferdslab_model.assess.placement import STANDARDREGEL, plasser_svar, ubesvarte_temaer
from velferdslab_model.assess.registrering import FELLES, REGNEDE, Kolonnevalg, skjemakolonner, temanavn
from velferdslab_model.assess.rows import UBESVART_ALT, UBESVART_ETT, UBESVARTE, om_ubesvart, status_av
from velferdslab_model.assess.tabs.row_status import (
    STATUSKOLONNER,
    Radstatus,
    lesekolonner,
    lest,
    skrevet_ord,
    statuskolonner,
)
from velferdslab_model.assess.tabs.words import (
    HODE,
    REKKEFOELGE,
    SISTE_UTSKRIFT,
    SKILLE,
    STRID,
    TOMT,
    UKJENT,
    UTE,
    Temakoder,
    kode,
    mengder,
    temakoder,
)
from velferdslab_model.workbook.cells import dag
from velferdslab_model.workbook.constants import OK_MEN
from velferdslab_model.workbook.inputs import meldinger, statusfarger, tekstregel
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.table import Kolonne, Tabell

#: What is typed in one row, by column; what is not there is empty. A date is a date.
Typetrad = Mapping[str, Verdi]
_FERD, _KJENNETEGN = 7, 6
_STIL = {"id": "inn_tekst", "dato": "inn_dato", "alder": "inn_heltall"}
_BREDDE = {"id": 9.0, "dato": 10.5, "alder": 6.5, "gruppe": 12.0, "maate": 15.5, "vurderer": 9.5}
_REGNET = ("status", "plass", "maalgruppe", "maal", "besvart")
_BARE_DE_FOERSTE = (
    f"Utskriften tar med rad {HODE + 2} til {SISTE_UTSKRIFT}. Utvid utskriftsområdet for å få med resten."
)


def registerark(ark: Ark, skjema: str, k: Kriterier, rader: Sequence[Typetrad], statuser: Sequence[Radstatus]) -> None:
    """Plan the tab. rader: what is typed, in every row there is room for; statuser: of each."""
    foran, antall = forord(skjema), len(rader)
    felter = (*FELLES, *skjemakolonner(skjema, k))
    hjelp = [*_hjelpekolonner(skjema, k), *lesekolonner(felter), *STATUSKOLONNER]
    regnet = [_regn(skjema, k, rad, status) for rad, status in zip(rader, statuser, strict=True)]
    ark.tekst(0, 0, f"Registreringer: {k.skjemanavn[skjema]}", "tittel")
    ark.tekst(
        1,
        0,
        "En rad for hver registrering. Bare koder, aldri navn eller fødselsnummer. Velg fra listene; hjelpen vises når cellen er valgt.",
        "dempet",
    )
    ark.tekst(
        2, 0, "Plasseringen regnes mens du skriver. Tøm en rad ved å slette innholdet i de gule cellene.", "dempet"
    )
    ark.radhoeyder[HODE] = 44
    kolonner = [
        *(Kolonne(f.noekkel, f.tekst, _BREDDE.get(f.noekkel, _bredde(f))) for f in felter),
        *(
            Kolonne(n, tekst, bredde)
            for n, tekst, bredde in zip(_REGNET, REGNEDE, (46.0, 26.0, 11.0, 11.0, 9.0), strict=True)
        ),
        *(Kolonne(n, "", 8.0) for n in hjelp),
    ]
    t = Tabell(ark, HODE, kolonner, antall, foran)
    foerste_hjelp = t.kol[hjelp[0]]
    ark.skjulte_kolonner.append((foerste_hjelp, len(kolonner) - 1))
    ark.siste_kolonne, ark.sider_bredt, ark.laas_ruter = foerste_hjelp - 1, 1, (HODE + 1, 3)
    ark.gjentatte_rader = (HODE, HODE)
    ark.siste_utskriftsrad, ark.sider_hoeyt = SISTE_UTSKRIFT - 1, 1
    ark.filter = (HODE, 0, HODE + antall, foerste_hjelp - 1)
    for felt in felter:
        t.gitt(felt.noekkel, [_i_celle(rad.get(felt.noekkel)) for rad in rader], _STIL.get(felt.noekkel, "inn_ord"))
        _regel(t, felt, k)
    navn = [next(ord_ for ord_, n in temanavn(k).items() if n == tema) for tema in REKKEFOELGE[:_FERD]]
    for i, tekst in enumerate(navn):
        ark.tekst(HODE - 1, foerste_hjelp + i, tekst, "hode")
    ark.registrer(f"{foran}temanavn", HODE - 1, foerste_hjelp, tuple(navn), bredde=_FERD)
    _koder(t, skjema, k, regnet)
    _stemmer(t, mengder(skjema, k), foran, regnet)
    statuskolonner(t, felter, _alle_koder(), [forord(navn) for navn in k.skjema], statuser)
    _svar(t, skjema, k, regnet)
    statusfarger(ark, t.rad, t.kol["status"], t.siste_rad, med_merknad=True)
    feil = f'=SUMPRODUCT(--({{{foran}feil_rad:}}&{{{foran}feil_mellom:}}<>""))'
    ark.formel(
        2, t.kol["status"], feil, float(sum(bool(s.feil) for s in statuser)), "heltall", f"{foran}feil", f"{foran}feil"
    )
    flere = any(not en.tom for en in statuser[SISTE_UTSKRIFT - HODE - 1 :])
    ark.formel(
        3,
        0,
        f'=IF(SUMPRODUCT(({{{foran}h_tom:}}=0)*(ROW({{{foran}h_tom:}})>{{siste_utskrift}}))>0,"{_BARE_DE_FOERSTE}","")',
        _BARE_DE_FOERSTE if flere else "",
        "dempet",
    )
    ark.tekst(2, t.kol["plass"], "rader som ikke er i orden", "enhet_etter_tall")


def _bredde(felt: Kolonnevalg) -> float:
    """Room for the longest word of the list."""
    return max(12.0, *(0.95 * len(ord_) + 2 for ord_ in felt.ordene)) if felt.ordene else 14.0


def _i_celle(verdi: Verdi) -> Verdi:
    return dag(verdi) if isinstance(verdi, date) else verdi


def _regel(t: Tabell, felt: Kolonnevalg, k: Kriterier) -> None:
    """What may be typed, with the criteria as help."""
    hjelp = felt.hjelp
    for spoersmaal in (s for alle in k.skjema.values() for s in alle if s.noekkel == felt.noekkel):
        kriterier = "\n".join(f"{s.ordet}: {s.kriterium}" for s in spoersmaal.svar)
        hjelp = f"{kriterier}\n{felt.hjelp}" if len(f"{kriterier}\n{felt.hjelp}") <= 255 else kriterier
    if felt.ordene or felt.noekkel.startswith("sentralt"):
        liste = "liste_sentralt_1" if felt.noekkel.startswith("sentralt") else f"liste_{felt.noekkel}"
        valg = {"validate": "list", "source": f"={{{liste}:}}"}
        t.regel(felt.noekkel, valg | meldinger(felt.tekst, hjelp, f"{felt.tekst} må velges fra listen."))
    elif felt.noekkel == "dato":
        regel: dict[str, Any] = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2100, 12, 31),
        }
        t.regel(
            felt.noekkel, regel | meldinger(felt.tekst, hjelp, "Dato må være en dag fra 2000 til 2100, som 01.03.2024.")
        )
    elif felt.noekkel == "alder":
        tall = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 120}
        t.regel(felt.noekkel, tall | meldinger(felt.tekst, hjelp, "Alder må være et helt tall fra 0 til 120."))
    else:
        t.regel(felt.noekkel, tekstregel(felt.tekst, 20, hjelp, 1))


def _hjelpekolonner(skjema: str, k: Kriterier) -> list[str]:
    return [
        *(f"c_{tema}" for tema in REKKEFOELGE),
        *(f"sikre_{s}" for s in SITUASJONER),
        *(f"flere_{kode(m)}" for m in mengder(skjema, k)),
        *(f"stemmer_{s}" for s in SITUASJONER),
        "kj_verre",
        "kj_bedre",
        "kj_uviss",
        "ubesvart",
        "om_ubesvart",
    ]


def _koder(t: Tabell, skjema: str, k: Kriterier, regnet: Sequence[_Radverdi]) -> None:
    for i, tema in enumerate(temakoder(skjema, k)):
        alder = [
            f"AND(ISNUMBER({{h_alder}}),{{h_alder}}{tegn}{{alder_{hva}_{kj.tema}}})"
            for kj in k.kjennetegn
            if kj.tema == tema.tema.noekkel
            for hva, tegn, grense in (("fra", "<", kj.fra_alder), ("til", ">", kj.til_alder))
            if grense is not None
        ]
        tomt = f"IF({alder[0]},{{kode_ute}},0)" if alder else "0"
        mal = f"={tomt}"
        if tema.spoersmaal:
            skrevet = f'&"{SKILLE}"&'.join(f"{{{lest(s)}}}" for s in tema.spoersmaal)
            liste = tema.noekkel(skjema)
            # SUMPRODUCT, not MATCH: a pasted «k*» is no answer of the list.
            finn = f"SUMPRODUCT(({{svar_{liste}:}}={skrevet})*{{koder_{liste}:}})-(SUMPRODUCT(--({{svar_{liste}:}}={skrevet}))=0)"
            mal = f'=IF({skrevet}="{SKILLE * (len(tema.spoersmaal) - 1)}",{tomt},{finn})'
        t.regnet(f"c_{tema.tema.noekkel}", mal, [r.koder[i] for r in regnet], "heltall")


def _stemmer(t: Tabell, flere: Sequence[Mulige], foran: str, regnet: Sequence[_Radverdi]) -> None:
    """Votes: of the certain answers, of each set of situations, and in all."""
    koder = f"{{c_{REKKEFOELGE[0]}}}:{{c_{REKKEFOELGE[_FERD - 1]}}}"
    sentrale = "+".join(f"({{{foran}temanavn}}={{{lest(f'sentralt_{i}')}}})" for i in (1, 2))

    def antall(noekkel: str) -> str:
        return f"=SUMPRODUCT(({koder}={{{noekkel}}})*(1+{{sentral_ekstra}}*({sentrale})))"

    for i, s in enumerate(SITUASJONER):
        t.regnet(f"sikre_{s}", antall(f"kode_{i + 1}"), [r.sikre[i] for r in regnet], "heltall")
    for n, m in enumerate(flere):
        t.regnet(f"flere_{kode(m)}", antall(f"kode_{kode(m)}"), [r.flere[n] for r in regnet], "heltall")
    for i, s in enumerate(SITUASJONER):
        ledd = [f"{{sikre_{s}}}"]
        for m in flere:
            if i in m:
                andre = ",".join(f"{{sikre_{SITUASJONER[j]}}}" for j in sorted(m) if j != i)
                ledd.append(f"{{flere_{kode(m)}}}*({{sikre_{s}}}>=MAX({andre}))")
        t.regnet(f"stemmer_{s}", f"={'+'.join(ledd)}", [r.stemmer[i] for r in regnet], "heltall")
    kjennetegn = f"{{c_{REKKEFOELGE[-_KJENNETEGN]}}}:{{c_{REKKEFOELGE[-1]}}}"
    over = [m for m in flere if min(m) <= 1 < max(m)]
    for navn, alle in (
        ("kj_verre", ["{kode_1}", "{kode_2}", "{kode_12}"]),
        ("kj_bedre", ["{kode_3}", "{kode_4}", "{kode_34}"]),
        ("kj_uviss", ["0", "-1", "{kode_strid}", *(f"{{kode_{kode(m)}}}" for m in over)]),
    ):
        mal = "=SUMPRODUCT(" + "+".join(f"({kjennetegn}={x})" for x in alle) + ")"
        t.regnet(navn, mal, [r.kjennetegn[navn] for r in regnet], "heltall")


def _alle_koder() -> str:
    """The cells of a row with the codes of its answers."""
    return f"{{c_{REKKEFOELGE[0]}}}:{{c_{REKKEFOELGE[-1]}}}"


def _svar(t: Tabell, skjema: str, k: Kriterier, regnet: Sequence[_Radverdi]) -> None:
    tom = "{h_tom}=1"
    mest = ",".join(f"{{stemmer_{s}}}" for s in SITUASJONER)
    ord_ = "&".join(f'IF({{stemmer_{s}}}=MAX({mest}),"{SITUASJONSORD[i]} ","")' for i, s in enumerate(SITUASJONER))
    mal = f'=IF(MAX({mest})=0,"",SUBSTITUTE(TRIM({ord_})," "," eller "))'
    t.regnet("plass", mal, [r.plass for r in regnet], "v_tekst")
    for navn, sikre, krav in (("maalgruppe", "kj_verre", "krav_maalgruppe"), ("maal", "kj_bedre", "krav_maal")):
        utfall = f'IF({{{sikre}}}>={{{krav}}},"ja",IF({{{sikre}}}+{{kj_uviss}}>={{{krav}}},"uavklart","nei"))'
        t.regnet(navn, f'=IF({tom},"",{utfall})', [getattr(r, navn) for r in regnet], "v_tekst")
    ferd = f"{{c_{REKKEFOELGE[0]}}}:{{c_{REKKEFOELGE[_FERD - 1]}}}"
    besvart = f"SUMPRODUCT(({ferd}>0)*({ferd}<>{{kode_ute}})*({ferd}<>{{kode_strid}}))"
    t.regnet("besvart", f'=IF({tom},"",{besvart})', [r.besvart for r in regnet], "heltall")
    feil = "{feil_rad}&{feil_mellom}"
    spurt = [tema.tema.noekkel for tema in temakoder(skjema, k) if tema.spoersmaal]
    t.regnet("ubesvart", f"={'+'.join(f'({{c_{n}}}=0)' for n in spurt)}", [r.ubesvart for r in regnet], "heltall")
    foerste, siste = (lest(k.skjema[skjema][i].noekkel) for i in (0, -1))
    flere = f'IF({{ubesvart}}=1,"{UBESVART_ETT}",{{ubesvart}}&" {UBESVARTE}")'
    mal = f'=IF(SUMPRODUCT(--({{{foerste}}}:{{{siste}}}<>""))=0,"{UBESVART_ALT}",{flere})'
    t.regnet("om_ubesvart", mal, [om_ubesvart(int(r.ubesvart), r.noe) for r in regnet], "tekst")
    mal = f'=IF({tom},"",IF({feil}<>"",TRIM({feil}),IF({{ubesvart}}=0,{{ord_ok}},"{OK_MEN}"&{{om_ubesvart}})))'
    t.regnet("status", mal, [r.status for r in regnet], "status")


@dataclass(frozen=True)
class _Radverdi:
    """What the engine makes of a row, cell by cell."""

    koder: list[float]
    sikre: list[float]
    flere: list[float]
    stemmer: list[float]
    kjennetegn: Mapping[str, float]
    plass: str
    maalgruppe: str
    maal: str
    besvart: Verdi
    ubesvart: float
    noe: bool
    status: str


def forord(skjema: str) -> str:
    """What begins the keys and names of a form's columns."""
    return f"{skjema[0]}_"


def ulovlig_svar(skjema: str, k: Kriterier, rad: Typetrad) -> bool:
    """Whether an answer of a row is none of its list."""
    svar = _svarene(skjema, k, rad)
    return bool(svar) and any(_kode(t, svar, None, k) == UKJENT for t in temakoder(skjema, k))


def _svarene(skjema: str, k: Kriterier, rad: Typetrad) -> dict[str, str]:
    """The answers of a row as they are compared."""
    return {s.noekkel: ord_ for s in k.skjema[skjema] if (ord_ := skrevet_ord(rad.get(s.noekkel)))}


def _regn(skjema: str, k: Kriterier, rad: Typetrad, status: Radstatus) -> _Radverdi:
    tekst, alder = _svarene(skjema, k, rad), status.alder
    koder = [_kode(t, tekst, alder, k) for t in temakoder(skjema, k)]
    ferd = koder[:_FERD]
    skrevet = {skrevet_ord(rad.get(f"sentralt_{n}")) for n in (1, 2)}
    sentrale = frozenset(noekkel for ord_, noekkel in temanavn(k).items() if ord_ in skrevet)
    vekter = [STANDARDREGEL.sentral_stemmer if tema in sentrale else 1 for tema in REKKEFOELGE[:_FERD]]

    def med(hva: int) -> float:
        return float(sum(v for v, x in zip(vekter, ferd, strict=True) if x == hva))

    lovlige = {
        s.noekkel: tekst[s.noekkel]
        for s in k.skjema[skjema]
        if s.noekkel in tekst and (s.alternativ(tekst[s.noekkel]) or tekst[s.noekkel] in s.ordene)
    }
    p = plasser_svar(lovlige, skjema, sentrale, alder)
    verre, bedre = p.maalgruppe, p.maal
    ubesvart = ubesvarte_temaer(tekst, skjema, alder, k)
    return _Radverdi(
        [float(x) for x in koder],
        [med(s + 1) for s in range(len(SITUASJONER))],
        [med(kode(m)) for m in mengder(skjema, k)],
        [float(x) for x in p.stemmer],
        {"kj_verre": float(verre.sikre), "kj_bedre": float(bedre.sikre), "kj_uviss": float(verre.mulige)},
        situasjonstekst(p.samlet),
        "" if status.tom else verre.utfall,
        "" if status.tom else bedre.utfall,
        "" if status.tom else float(sum(x not in (TOMT, UKJENT, UTE, STRID) for x in ferd)),
        float(ubesvart),
        bool(tekst),
        "" if status.tom else status_av(status.feil, ubesvart, bool(tekst)),
    )


def _kode(t: Temakoder, tekst: Mapping[str, str], alder: int | None, k: Kriterier) -> int:
    skrevet = [tekst.get(s, "") for s in t.spoersmaal]
    if not any(skrevet):
        gjelder = all(kj.gjelder_ved(alder) for kj in k.kjennetegn if kj.tema == t.tema.noekkel)
        return TOMT if gjelder else UTE
    return t.koder.get(SKILLE.join(skrevet), UKJENT)
