"""The Status of a row while it is typed: formulas that say of it what the reader says of the file, and what the engine makes of them.

What is typed is first read as the reader reads it (spaces, case, dates as text), in columns out of sight; between the rows of
one person, both forms are looked through. tests/assess/test_status.py types odd values and holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from velferdslab_model.assess.criteria import Kriterier
from velferdslab_model.assess.dates import KLOKKEN, MAANEDSNAVN
from velferdslab_model.assess.registrering import FELLES, Kolonnevalg, temanavn
from velferdslab_model.assess.rows import (
    FOERSTE_DATO,
    MAKS_ALDER,
    MAKS_PAA_RAD,
    ORDET,
    TEGN_I_KODE,
    TRE_BOKSTAVER,
    Mellomfeil,
    Radlesning,
    alder_av,
    dato_av,
    kode_av,
    ligner_navn,
    mellom_radene,
    skrevet_tekst,
    tegnmoenster,
)
from velferdslab_model.workbook.cells import dag, datoen
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.table import Tabell

#: What stands for a word that cannot be read; no wildcard of a count.
ULESELIG = "!"
#: Before a code, so that 017 and 17 are two texts.
KODE = "#"
UTEN_DAG = -1.0
TALL = "tall"
_SIFFER = "0123456789"
_ENDER = (("h_forst", "oppstart"), ("h_sist", "avslutning"))
#: Columns that others count in, by a name that is shorter than their addresses.
_TELLES = ("h_tom", "h_id", "h_dag", "h_rolle", "h_gr", "h_start", "h_forst", "h_sist", "h_naar")
_ORD = tuple(f for f in FELLES if f.ordene or f.noekkel.startswith("sentralt"))
MELLOM: tuple[tuple[Mellomfeil, str], ...] = (
    ("ingen oppstart", "Ingen oppstart"),
    ("andre alene", "Ingen første vurdering samme dag"),
    ("to oppstarter", "To oppstarter"),
    ("to avslutninger", "To avslutninger"),
    ("før oppstart", "Før oppstarten"),
    ("etter avslutning", "Etter avslutningen"),
    ("to ganger", "To ganger samme dag"),
    ("to andre", "To andre vurderinger samme dag"),
    ("begge grupper", "I begge gruppene"),
)
STATUSKOLONNER = (
    "h_tom", "h_ren", "h_siffer", "h_tegn", "h_rest", "h_navn", "h_id", "h_d", "h_d1", "h_d2", "h_d3", "h_aar", "h_dagen", "h_mnd", "h_dato", "h_dag", "h_alder",
    "h_tid", "h_rolle", "h_gr", "h_start", "h_forst", "h_sist", "h_naar", "feil_rad", "feil_mellom",
)  # fmt: skip


def ren(celle: str) -> str:
    """A cell as it is compared, as rows.skrevet_tekst has it; what is no word an illegal one."""
    tekst = f'SUBSTITUTE(SUBSTITUTE({celle},{{hardt_mellomrom}}," "),CHAR({{linjeskift}})," ")'
    return f'IFERROR(IF(ISLOGICAL({celle}),"{ULESELIG}",LOWER(TRIM({tekst}))),"{ULESELIG}")'


def _liste(felt: Kolonnevalg) -> str:
    return "{liste_sentralt_1:}" if felt.noekkel.startswith("sentralt") else f"{{liste_{felt.noekkel}:}}"


def _uten(tekst: str, tegnene: str) -> str:
    """A text without some signs. One SUBSTITUTE for each: not every program lets one look through a list of them."""
    for tegn in tegnene:
        tekst = f'SUBSTITUTE({tekst},"{tegn}","")'
    return tekst


def lest(felt: str) -> str:
    """The column that holds what is typed in another as it is compared."""
    return f"r_{felt}"


def lesekolonner(felter: Sequence[Kolonnevalg]) -> list[str]:
    """Those of every column that is typed in."""
    return [lest(felt.noekkel) for felt in felter]


def _r(felt: str) -> str:
    return f"{{{lest(felt)}}}"


def _ord(felt: str, tomt: str) -> str:
    """The word of a cell; tomt: what an empty one means."""
    skrevet = _r(felt)
    return f'=IF({{h_tom}}=1,"",IF({skrevet}="","{tomt}",IF(SUMPRODUCT(--({{liste_{felt}:}}={skrevet}))=1,{skrevet},"{ULESELIG}")))'


def _maler(foerste: str, siste: str) -> dict[str, str]:
    """The template of each column but the last two. foerste, siste: of the columns that are typed in."""
    nuller = "{h_ren}"
    for siffer in "123456789":
        nuller = f'SUBSTITUTE({nuller},"{siffer}","0")'
    antall = 'LEN({h_siffer})-LEN(SUBSTITUTE({h_siffer},"0",""))'
    tegn = "{h_siffer}"
    for bokstav in TEGN_I_KODE:
        if bokstav.isalpha() and bokstav != "A":
            tegn = f'SUBSTITUTE({tegn},"{bokstav}","A")'
    kode = ",".join((
        "{h_navn}=0", "LEN({h_ren})>0", "LEN({h_ren})<={maks_tegn}", '{h_rest}=""', 'LEFT({h_ren},1)<>"-"', 'LEFT({h_ren},1)<>"_"',
        f"{antall}>0", f"{antall}<={{maks_siffer}}", f'ISERROR(FIND("{"0" * (MAKS_PAA_RAD + 1)}",{{h_siffer}}))',
    ))  # fmt: skip
    uten_klokke = _r("dato")
    for klokken in KLOKKEN:
        uten_klokke = f'SUBSTITUTE({uten_klokke},"{klokken}","")'
    mellomrom_1, mellomrom_2 = 'FIND(" ",{h_d})', 'FIND(" ",{h_d},FIND(" ",{h_d})+1)'
    dato = "DATE(VALUE({h_aar}),{h_mnd},VALUE({h_dagen}))"
    tre = ",".join((
        f'{_uten("{h_aar}&{h_dagen}", _SIFFER)}=""', "LEN({h_aar})={siffer_i_aar}", "LEN({h_dagen})>0",
        "LEN({h_dagen})<={siffer_i_dag}", "{h_mnd}>=1", "{h_mnd}<={maaneder_i_aar}", f"DAY({dato})=VALUE({{h_dagen}})",
    ))  # fmt: skip
    alder = _r("alder")
    start = 'AND({h_rolle}<>"andre",OR({h_tid}="oppstart",{h_tid}="' + ULESELIG + '"))'
    return {
        "h_tom": f'=IF(SUMPRODUCT(--({_r(foerste)}:{_r(siste)}<>""))=0,1,0)',
        "h_ren": f"=UPPER({_r('id')})",
        "h_siffer": f"={nuller}",
        "h_tegn": f"={tegn}",
        "h_rest": f"={_uten('{h_tegn}', 'A0-_')}",
        "h_navn": f'=IF(ISNUMBER(FIND("{ORDET}",{{h_tegn}})),1,IF(ISNUMBER(FIND("{TRE_BOKSTAVER}",{{h_tegn}})),IF(EXACT({{id}},UPPER({{id}})),0,1),0))',
        "h_id": f'=IF(AND({kode}),"{KODE}"&{{h_ren}},"")',
        "h_d": f'=TRIM(SUBSTITUTE(SUBSTITUTE({uten_klokke},"."," "),"-"," "))',
        "h_d1": f'=IFERROR(LEFT({{h_d}},{mellomrom_1}-1),"")',
        "h_d2": f'=IFERROR(MID({{h_d}},{mellomrom_1}+1,{mellomrom_2}-{mellomrom_1}-1),"")',
        "h_d3": f'=IFERROR(MID({{h_d}},{mellomrom_2}+1,{{maks_tegn}}),"")',
        "h_aar": "=IF(LEN({h_d1})={siffer_i_aar},{h_d1},{h_d3})",
        "h_dagen": "=IF(LEN({h_d1})={siffer_i_aar},{h_d3},{h_d1})",
        "h_mnd": f'=IFERROR(IF(AND(LEN({{h_d2}})>0,LEN({{h_d2}})<={{siffer_i_dag}},{_uten("{h_d2}", _SIFFER)}=""),VALUE({{h_d2}}),SUMPRODUCT(({{maaneder:}}={{h_d2}})*{{maanedsnumre:}})),0)',
        "h_dato": f'=IF({_r("dato")}="","",IFERROR(IF(AND(ISNUMBER({{dato}}),NOT(ISLOGICAL({{dato}}))),MAX(-1,INT({{dato}})),IF(AND({tre}),{dato},-1)),-1))',
        "h_dag": "=IF(ISNUMBER({h_dato}),IF(AND({h_dato}>={foerste_dag},{h_dato}<=TODAY()),{h_dato},-1),-1)",
        "h_alder": f'=IFERROR(IF(AND(LEN({alder})>0,LEN({alder})<={{siffer_i_alder}},{_uten(alder, _SIFFER)}=""),IF(VALUE({alder})<={{maks_alder}},VALUE({alder}),""),""),"")',
        "h_tid": _ord("tidspunkt", ULESELIG),
        "h_rolle": _ord("vurderer", "første"),
        "h_gr": _ord("gruppe", "unge voksne"),
        "h_start": f'=IF({start},{{h_id}},"")',
        **{n: f'=IF(AND({{h_rolle}}="første",{{h_tid}}="{tid}"),{{h_id}},"")' for n, tid in _ENDER},
        "h_naar": '=IF({h_id}="","",{h_id}&"|"&{h_rolle}&"|"&{h_dag})',
    }


@dataclass(frozen=True)
class _Feil:
    """One fault of a row by itself. naar: the formula that finds it; the engine's `_radfeil` names it by its key."""

    noekkel: str
    tekst: str
    naar: str


def _radfeilene() -> Iterator[_Feil]:
    """In the order they are told."""
    yield _Feil("uten id", "Id mangler", '{h_ren}=""')
    yield _Feil("navn", "Id ligner et navn", "{h_navn}=1")
    yield _Feil("id", "Id er ikke en kode", 'AND({h_ren}<>"",{h_navn}=0,{h_id}="")')
    yield _Feil("uten dato", "Dato mangler", '{h_dato}=""')
    yield _Feil("dato", "Dato er ikke en dato", "{h_dato}=-1")
    yield _Feil("tid", "Dato er før 2000 eller etter i dag", 'AND({h_dato}<>"",{h_dato}<>-1,{h_dag}=-1)')
    for felt in _ORD:
        skrevet = _r(felt.noekkel)
        if felt.kreves:
            yield _Feil(f"uten {felt.noekkel}", f"{felt.tekst} mangler", f'{skrevet}=""')
        ukjent = f'AND({skrevet}<>"",SUMPRODUCT(--({_liste(felt)}={skrevet}))<>1)'
        yield _Feil(felt.noekkel, f"{felt.tekst} er ikke i listen", ukjent)
    yield _Feil("alder", f"Alder er ikke et helt tall til {MAKS_ALDER}", f'AND({_r("alder")}<>"",{{h_alder}}="")')
    yield _Feil("svar", "Et svar er ikke i listen", "SUMPRODUCT(--({koder}<0))>0")
    to_like = f'AND({_r("sentralt_1")}<>"",{_r("sentralt_1")}={_r("sentralt_2")})'
    yield _Feil("samme tema", "Samme tema to ganger", to_like)
    grunn = f'AND({_r("grunn")}<>"",{{h_tid}}<>"avslutning",{{h_tid}}<>"{ULESELIG}")'
    yield _Feil("grunn nå", "Grunn bare ved avslutning", grunn)


RADFEIL = tuple(_radfeilene())


def _radmal(koder: str) -> str:
    """The faults of one row by itself. koder: the cells with the codes of its answers."""
    feil = "&".join(f'IF({f.naar},"{f.tekst}. ","")' for f in RADFEIL).replace("{koder}", koder)
    return f'=IF({{h_tom}}=1,"",{feil})'


def _mellommal(forord: Sequence[str]) -> str:
    """The faults between the rows of one person. forord: what begins the columns of each form."""

    def n(*krav: tuple[str, str]) -> str:
        return "+".join(f"COUNTIFS({','.join(f'{{{f}{kol}:}},{v}' for kol, v in krav)})" for f in forord)

    start, slutt, gyldig = ("h_forst", "{h_id}"), ("h_sist", "{h_id}"), ("h_dag", '">0"')
    foerste_samme_dag, foerste_uten_dag = ('{h_id}&"|første|"&' + d for d in ("{h_dag}", str(int(UTEN_DAG))))
    foer, til, ulik = (("h_dag", f'"{tegn}"&{{h_dag}}') for tegn in ("<", "<=", "<>"))
    har_dag, kan_starte = "{h_dag}>0", n(("h_start", "{h_id}"))
    krav = {
        "ingen oppstart": f"{kan_starte}=0",
        "andre alene": f'AND({{h_rolle}}="andre",{har_dag},{kan_starte}>0,{n(("h_naar", foerste_samme_dag))}=0,{n(("h_naar", foerste_uten_dag))}=0,{n(("h_id", "{h_id}"), ("h_rolle", f"{chr(34)}{ULESELIG}{chr(34)}"))}=0)',
        "to oppstarter": f"AND({{h_forst}}={{h_id}},{n(start, ulik)}>0)",
        "to avslutninger": f"AND({{h_sist}}={{h_id}},{n(slutt, ulik)}>0)",
        "før oppstart": f'AND({{h_rolle}}="første",{har_dag},OR({{h_tid}}="underveis",{{h_tid}}="avslutning"),{n(start, gyldig)}>0,{n(start, gyldig, til)}=0)',
        "etter avslutning": f'AND({{h_rolle}}="første",{har_dag},{{h_tid}}="underveis",{n(slutt, gyldig, foer)}>0)',
        "to ganger": f'AND({{h_rolle}}="første",{har_dag},{n(("h_naar", "{h_naar}"))}>1)',
        "to andre": f'AND({{h_rolle}}="andre",{har_dag},{n(("h_naar", "{h_naar}"))}>1)',
        "begge grupper": f'AND({{h_gr}}<>"{ULESELIG}",{n(("h_id", "{h_id}"), ("h_gr", f"{chr(34)}<>{chr(34)}&{{h_gr}}"), ("h_gr", f"{chr(34)}<>{ULESELIG}{chr(34)}"))}>0)',
    }
    feil = "&".join(f'IF({krav[hva]},"{tekst}. ","")' for hva, tekst in MELLOM)
    return f'=IF(OR({{h_tom}}=1,{{h_id}}=""),"",{feil})'


def statuskolonner(
    t: Tabell, felter: Sequence[Kolonnevalg], koder: str, forord: Sequence[str], rader: Sequence[Radstatus]
) -> None:
    """Plan the columns of a form."""
    maler = _maler(felter[0].noekkel, felter[-1].noekkel) | {
        "feil_rad": _radmal(koder),
        "feil_mellom": _mellommal(forord),
    }
    for felt in felter:
        skrevet = ren(f"{{{felt.noekkel}}}")
        # A number that is a date is read as one, and its decimals are written in the language of the program.
        mal = f'=IF(ISNUMBER({{dato}}),"{TALL}",{skrevet})' if felt.noekkel == "dato" else f"={skrevet}"
        t.regnet(lest(felt.noekkel), mal, [r.lest.get(felt.noekkel, "") for r in rader], "tekst")
    for noekkel in STATUSKOLONNER:
        t.regnet(noekkel, maler[noekkel], [r.hjelp[noekkel] for r in rader], "tekst", noekkel in _TELLES)


@dataclass(frozen=True)
class Radstatus:
    """What the engine makes of the columns above. lest: what is typed as it is compared."""

    lest: dict[str, str]
    hjelp: dict[str, Verdi]

    @property
    def alder(self) -> int | None:
        """As the placement uses it."""
        alder = self.hjelp["h_alder"]
        return int(alder) if isinstance(alder, float) else None

    @property
    def tom(self) -> bool:
        """Whether nothing is typed."""
        return bool(self.hjelp["h_tom"])

    @property
    def feil(self) -> str:
        """Everything that is wrong."""
        return f"{self.hjelp['feil_rad']}{self.hjelp['feil_mellom']}"


def skrevet_ord(verdi: Verdi) -> str:
    """A cell as `ren` reads it."""
    return ULESELIG if isinstance(verdi, bool) else skrevet_tekst(verdi)


def radstatuser(
    skjemaene: Mapping[str, Sequence[Mapping[str, Verdi]]],
    ulovlige_svar: Mapping[str, Sequence[bool]],
    k: Kriterier,
    i_dag: date,
) -> dict[str, list[Radstatus]]:
    """By form, every row. ulovlige_svar: whether an answer of the row is none of its list."""
    hjelpene = {skjema: [_hjelp(rad, i_dag) for rad in rader] for skjema, rader in skjemaene.items()}
    leste = [_lesning(h, skjema, n) for skjema, alle in hjelpene.items() for n, h in enumerate(alle) if not h["h_tom"]]
    funnet: dict[tuple[str, int], set[Mellomfeil]] = {}
    for f in mellom_radene(leste):
        for r in f.rader:
            funnet.setdefault((r.ark, r.nummer), set()).add(f.hva)
    ut: dict[str, list[Radstatus]] = {}
    for skjema, rader in skjemaene.items():
        ut[skjema] = []
        for nummer, (rad, hjelp) in enumerate(zip(rader, hjelpene[skjema], strict=True)):
            ulovlig = ulovlige_svar[skjema][nummer]
            i_rad = set() if hjelp["h_tom"] else set(_radfeil(rad, hjelp, k, ulovlig))
            mellom = funnet.get((skjema, nummer), set())
            hjelp["feil_rad"] = "".join(f"{f.tekst}. " for f in RADFEIL if f.noekkel in i_rad)
            hjelp["feil_mellom"] = "".join(f"{tekst}. " for hva, tekst in MELLOM if hva in mellom)
            skrevet = {felt: TALL if _er_tall(felt, verdi) else skrevet_ord(verdi) for felt, verdi in rad.items()}
            ut[skjema].append(Radstatus(skrevet, hjelp))
    return ut


def _lesning(hjelp: Mapping[str, Verdi], skjema: str, nummer: int) -> Radlesning:
    """What the engine has read of a row, as the reader of a file has it."""
    id_, dagen = hjelp["h_id"], hjelp["h_dag"]
    ordene = (None if hjelp[n] == ULESELIG else str(hjelp[n]) for n in ("h_tid", "h_rolle", "h_gr"))
    dato = datoen(dagen) if isinstance(dagen, float) and dagen != UTEN_DAG else None
    return Radlesning(skjema, nummer, str(id_).removeprefix(KODE) or None, dato, *ordene)


def _er_tall(felt: str, verdi: Verdi) -> bool:
    return felt == "dato" and isinstance(verdi, int | float | date) and not isinstance(verdi, bool)


def _hjelp(rad: Mapping[str, Verdi], i_dag: date) -> dict[str, Verdi]:
    """The columns out of sight but the last two."""
    har_noe = any(skrevet_ord(verdi) for verdi in rad.values())
    skrevet = skrevet_ord(rad.get("id")).upper()
    id_ = ULESELIG if isinstance(rad.get("id"), bool) else rad.get("id")
    kode = kode_av(id_)
    siffer = "".join("0" if tegn in "123456789" else tegn for tegn in skrevet)
    dato, verdi = dato_av(rad.get("dato")), rad.get("dato")
    gyldig = dato is not None and FOERSTE_DATO <= dato <= i_dag
    tekst = TALL if _er_tall("dato", verdi) else skrevet_ord(verdi)
    for klokken in KLOKKEN:
        tekst = tekst.replace(klokken, "")
    d = " ".join(re.findall(r"[^\s.-]+", tekst))
    d1, d2, d3 = (*d.split(" ", 2),) if d.count(" ") > 1 else (d.split(" ", 1)[0] if " " in d else "", "", "")
    alder = alder_av(skrevet_ord(rad.get("alder")))
    ordene = {
        n: _ordet(rad.get(n), n, tomt) if har_noe else ""
        for n, tomt in (("tidspunkt", ULESELIG), ("vurderer", "første"), ("gruppe", "unge voksne"))
    }
    tid, rolle, gruppe = ordene.values()
    start = har_noe and rolle != "andre" and tid in ("oppstart", ULESELIG)
    return {
        "h_tom": float(not har_noe),
        "h_ren": skrevet,
        "h_siffer": siffer,
        "h_tegn": tegnmoenster(id_),
        "h_rest": "".join(tegn for tegn in tegnmoenster(id_) if tegn not in "A0-_"),
        "h_navn": float(ligner_navn(id_)),
        "h_id": f"{KODE}{kode}" if kode else "",
        "h_d": d,
        "h_d1": d1,
        "h_d2": d2,
        "h_d3": d3,
        "h_aar": d1 if len(d1) == 4 else d3,
        "h_dagen": d3 if len(d1) == 4 else d1,
        "h_mnd": float(_maaned(d2)),
        "h_dato": "" if not tekst else UTEN_DAG if dato is None else float(dag(dato)),
        "h_dag": float(dag(dato)) if dato is not None and gyldig else UTEN_DAG,
        "h_alder": "" if alder is None else float(alder),
        "h_tid": tid,
        "h_rolle": rolle,
        "h_gr": gruppe,
        "h_start": f"{KODE}{kode}" if start and kode else "",
        **{n: f"{KODE}{kode}" if kode and rolle == "første" and tid == t else "" for n, t in _ENDER},
        "h_naar": f"{KODE}{kode}|{rolle}|{dag(dato) if dato is not None and gyldig else int(UTEN_DAG)}" if kode else "",
    }


def _maaned(d2: str) -> int:
    return int(d2) if d2.isascii() and d2.isdigit() and len(d2) <= 2 else MAANEDSNAVN.get(d2, 0)


def _ordet(verdi: Verdi, felt: str, tomt: str) -> str:
    ordene = next(f.ordene for f in FELLES if f.noekkel == felt)
    skrevet = skrevet_ord(verdi)
    return tomt if not skrevet else skrevet if skrevet in ordene else ULESELIG


def _radfeil(rad: Mapping[str, Verdi], hjelp: Mapping[str, Verdi], k: Kriterier, ulovlig_svar: bool) -> Iterator[str]:
    """What is missing or wrong of one row by itself, by the keys of RADFEIL."""
    if not hjelp["h_id"]:
        yield "uten id" if not hjelp["h_ren"] else "navn" if hjelp["h_navn"] else "id"
    if hjelp["h_dato"] in ("", UTEN_DAG):
        yield "uten dato" if hjelp["h_dato"] == "" else "dato"
    elif hjelp["h_dag"] == UTEN_DAG:
        yield "tid"
    skrevet = {felt.noekkel: skrevet_ord(rad.get(felt.noekkel)) for felt in (*_ORD, *FELLES)}
    for felt in _ORD:
        if not skrevet[felt.noekkel]:
            if felt.kreves:
                yield f"uten {felt.noekkel}"
        elif skrevet[felt.noekkel] not in (felt.ordene or tuple(temanavn(k))):
            yield felt.noekkel
    if skrevet["alder"] and hjelp["h_alder"] == "":
        yield "alder"
    if ulovlig_svar:
        yield "svar"
    if skrevet["sentralt_1"] and skrevet["sentralt_1"] == skrevet["sentralt_2"]:
        yield "samme tema"
    if skrevet["grunn"] and hjelp["h_tid"] not in ("avslutning", ULESELIG):
        yield "grunn nå"
