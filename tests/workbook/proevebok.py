"""A made-up workbook on the kit alone: savings month by month for four years (konstruert).

It has what every live workbook has, inputs with one derived, a table, rows on two axes, checks, a digest and a chart,
and nothing from any other workbook. docs/arkitektur.md shows pieces of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.felt import MAKS_BELOEP, MAKS_NAVN, Felt, Ordfelt
from velferdslab_model.workbook.charts import Plass, Soeyler, i_rad
from velferdslab_model.workbook.checks import (
    Hjelperad,
    Kontroll,
    Radkontroll,
    grense,
    holder,
    kontrollblokk,
    kontrollcelle,
)
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter, plasser_ordliste
from velferdslab_model.workbook.digest import kontrolldeler, kontrolledd, kontrolltall, samlet_kontrolltall, samlet_mal
from velferdslab_model.workbook.inputs import Inndata, Kolonner, Ordinndata, register, sumrad, tekstregel, validering
from velferdslab_model.workbook.kind import Bokslag
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Akse, Ark, Bok
from velferdslab_model.workbook.reading import les_inndata
from velferdslab_model.workbook.rows import Radskriver, bredder
from velferdslab_model.workbook.table import Kolonne, Tabell

PROEVE = Bokslag(
    "proeve", "velferdslab_proeve", 1, "Prøvebok: ", "en prøvebok", "Den leses av testene.", "velferdslab proeve"
)
MAANEDER, AAR = Akse(4, 48, "måned"), Akse(4, 4, "år")
_MAANEDER_I_AAR = 12
_VARER = 3


def _beloep(noekkel: str, tekst: str, enhet: str, hjelp: str) -> Felt:
    return Felt(noekkel, tekst, enhet, "beloep", 0, MAKS_BELOEP, "", hjelp)


KAPITALISERING = Ordfelt("kapitalisering", "Renter", ("Hver måned", "Aldri"), "Når renter legges til.")
FELT = (
    _beloep("start", "Beløp ved start", "kr", "Det som står på kontoen før noe kjøpes."),
    _beloep("sparing.1", "Sparing", "kr per måned", "Settes inn hver måned så lenge det spares."),
    Felt("maaneder", "Måneder med sparing", "måneder", "heltall", 0, 48, "", "Regnet fra den første måneden."),
    Felt("rente", "Rente", "per år", "andel", 0, 0.2, "", "Legges til hver måned."),
    _beloep("maal", "Mål for et år", "kr per år", "Hva det er meningen å sette inn i løpet av et år."),
)
_PRIS, _ANTALL = _beloep("pris", "Pris", "kr", "Per stykk."), Felt("antall", "Antall", "stk", "heltall", 0, 99, "", "")
_REGISTER = Kolonner(tekst=0, enhet=1, verdi=2, minst=3, mest=4, status=5, kontrolltall=6, kilde=7)
_KOLONNER = (
    Kolonne("navn", "Innkjøp", 33, "hode_v"),
    Kolonne("pris", "Pris (kr)", 14),
    Kolonne("antall", "Antall", 14),
    Kolonne("kostnad", "Kostnad (kr)", 14),
    Kolonne("feil", "Feil (1)", 14),
    Kolonne("kontroll", "Kontrolltall", 14),
)


@dataclass(frozen=True)
class Vilkaar:
    """What a user may set. maal: None for twelve months' savings, as long as nobody has typed another."""

    navn: str = "Konstruert"
    start: float = 10_000.0
    sparing: float = 500.0
    maaneder: float = 40
    rente: float = 0.03
    maal: float | None = None
    kapitalisering: str = "Hver måned"
    varer: tuple[tuple[str, float, float], ...] = (("Sykkel", 4_000.0, 1), ("Hjelm", 600.5, 2))

    @property
    def maal_brukt(self) -> float:
        """The goal that counts."""
        return self.sparing * _MAANEDER_I_AAR if self.maal is None else self.maal


@dataclass(frozen=True)
class Svar:
    """The engine's rows: (48,) a month, (4,) a year."""

    start: float
    innskudd: NDArray[np.float64]
    renter: NDArray[np.float64]
    saldo: NDArray[np.float64]

    @property
    def per_aar(self) -> NDArray[np.float64]:
        """Paid in each year."""
        per_aar: NDArray[np.float64] = self.innskudd.reshape(AAR.antall, _MAANEDER_I_AAR).sum(-1)
        return per_aar


def regn(v: Vilkaar) -> Svar:
    """Month by month."""
    start = v.start - sum(pris * antall for _, pris, antall in v.varer)
    innskudd = np.where(np.arange(1, MAANEDER.antall + 1) <= v.maaneder, v.sparing, 0.0)
    saldo, renter, hittil = [], [], start
    for inn in innskudd.tolist():
        renter.append(hittil * v.rente / _MAANEDER_I_AAR if v.kapitalisering == "Hver måned" else 0.0)
        hittil += renter[-1] + inn
        saldo.append(hittil)
    return Svar(start, innskudd, np.array(renter), np.array(saldo))


def inndata(v: Vilkaar) -> list[Inndata]:
    """The inputs as the cells hold them."""
    verdier = (v.start, v.sparing, v.maaneder, v.rente, v.maal_brukt)
    ut = [Inndata(felt, verdi, "antakelse: konstruert") for felt, verdi in zip(FELT, verdier, strict=True)]
    if v.maal is None:
        ut[-1] = replace(ut[-1], formel="={sparing_1}*{maaneder_i_aar}")
    return ut


def planlegg(v: Vilkaar | None = None) -> Bok:
    """Plan every cell."""
    v = v or Vilkaar()
    bok = Bok(PROEVE, v.navn)
    forside, beregning = bok.nytt_ark("Forutsetninger"), bok.nytt_ark("Beregning")
    _forside(forside, v)
    _beregning(beregning, v, regn(v))
    return bok


def _forside(ark: Ark, v: Vilkaar) -> None:
    ark.kolonnebredder += [(6, 6, 12), (7, 7, 40)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter = 7, 70, (3, 1)
    ark.formel(0, 0, '="Prøvebok: "&TRIM({navn})', f"Prøvebok: {v.navn}", "tittel")
    ark.tekst(1, 0, "Kontroll", "etikett")
    kontrollcelle(ark, 1, 1, 2, ("kontroll_feil",))
    ark.tekst(2, 0, "Navn", "etikett")
    ark.verdi("navn", 2, 1, v.navn, "inn_tekst", navn="navn", til_kol=2)
    ark.valideringer.append((2, 1, 2, 1, tekstregel("Navn", MAKS_NAVN, "Vises i tittelen.", 1)))
    ordet = Ordinndata(KAPITALISERING, v.kapitalisering, "antakelse: konstruert")
    rad = register(ark, 4, _REGISTER, "sparing", [*inndata(v), ordet]) + 1
    rad = _varer(ark, rad, v)
    ark.tekst(rad, 0, "Faste verdier (låst)", "overskrift", 7)
    egne = (
        Konstant("maaneder_i_aar", "Måneder i et år", "antall", _MAANEDER_I_AAR, "desimal"),
        Konstant("varer_tall", "Tall et innkjøp må ha", "antall", 2.0, "desimal"),
    )
    rad = plasser_konstanter(ark, rad + 1, (*FASTE.values(), *egne))
    rad = plasser_ordliste(ark, rad, KAPITALISERING.liste, "Når renter legges til", KAPITALISERING.ordene)
    ark.registrer("ord_maaned", rad - 2, 2, ("Hver måned",), navn="ord_maaned")
    registre = {"sparing": "Kontrolltall: sparing", "vare": "Kontrolltall: innkjøp"}
    rad = kontrolldeler(ark, rad, registre, 2, (3, 3))
    ark.tekst(rad, 0, "Kontrolltall for inndata", "etikett")
    tall = samlet_kontrolltall(ark.bok, registre)
    ark.formel(rad, 2, samlet_mal(), tall, "seks_siffer", "kontrolltall", "kontrolltall")


def _varer(ark: Ark, rad: int, v: Vilkaar) -> int:
    t = Tabell(ark, rad, _KOLONNER, _VARER, "vare_")
    tomme: list[tuple[str | None, float | None, float | None]] = [(None, None, None)] * (_VARER - len(v.varer))
    rader = [*v.varer, *tomme]
    t.gitt("navn", [navn for navn, _, _ in rader], "inn_tekst")
    t.gitt("pris", [pris for _, pris, _ in rader], "inn_kroner_oere")
    t.gitt("antall", [antall for _, _, antall in rader], "inn_heltall")
    t.regel("navn", tekstregel("Innkjøp", MAKS_NAVN, "Hva som kjøpes. Tomme rader teller ikke."))
    t.regel("pris", validering(_PRIS))
    t.regel("antall", validering(_ANTALL))
    kostnader = [(pris or 0) * (antall or 0) for _, pris, antall in rader]
    t.regnet("kostnad", "=IF(COUNT({pris}:{antall})={varer_tall},{pris}*{antall},0)", kostnader, "kr", navngitt=True)
    tallene = [kontrolltall(kostnad, t.rad + i, t.kol["kostnad"]) for i, kostnad in enumerate(kostnader)]
    mal = f"=IFERROR({kontrolledd('{kostnad}', 'kontroll_skala', '{kostnad}')},0)"
    t.regnet("kontroll", mal, tallene, "heltall")
    t.regnet(
        "feil", "=IF(OR(COUNT({pris}:{antall})={varer_tall},COUNTA({navn}:{antall})=0),0,1)", [0] * _VARER, "flagg"
    )
    sumrad(ark, t.siste_rad + 1, _REGISTER, "vare", "=SUM({vare_feil:})", "=SUM({vare_kontroll:})", sum(tallene))
    return t.siste_rad + 3


def _beregning(ark: Ark, v: Vilkaar, svar: Svar) -> None:
    ark.kolonnebredder += bredder(MAANEDER, foer=9)
    ark.siste_kolonne, ark.skalering, ark.laas_ruter = 15, 60, (2, 3)
    ark.formel(0, 0, '="Beregning: "&TRIM({navn})', f"Beregning: {v.navn}", "tittel")
    m = Radskriver(ark, 1, MAANEDER, "={maaned}")
    nummer = np.arange(1.0, MAANEDER.antall + 1)
    m.linje("maaned", "Måned nummer", "måned", "={<maaned}+1", nummer, "heltall")
    aarene = (nummer - 1) // _MAANEDER_I_AAR + 1
    m.linje("maanedens_aar", "År nummer", "år", "=INT(({maaned}-1)/{maaneder_i_aar})+1", aarene, "heltall")
    m.blokk("Måned for måned", nummer)
    m.linje("innskudd", "Innskudd", "kr", "=IF({maaned}<={maaneder},{sparing_1},0)", svar.innskudd)
    # The column before the axis holds the opening balance.
    ark.formel(m.rad, 3, "={start}-SUM({vare_kostnad:})", svar.start, "kr", "saldo_start")
    mal = "=IF({kapitalisering}={ord_maaned},{<saldo}*{rente}/{maaneder_i_aar},0)"
    m.linje("rente_kr", "Renter", "kr", mal, svar.renter, skala=abs(svar.start))
    ark.formel(m.rad, 3, "={saldo_start}", svar.start, "kr")
    m.linje("saldo", "På konto", "kr", "={<saldo}+{rente_kr}+{innskudd}", svar.saldo, skala=abs(svar.start))
    a = Radskriver(ark, m.rad, AAR, '="År "&{aar2}')
    a.overskrift("År for år")
    a.linje("aar2", "År nummer", "år", "={<aar2}+1", [1.0, 2.0, 3.0, 4.0], "heltall")
    a.blokk("Sum av månedene", [f"År {i}" for i in range(1, 5)], "Sum")
    hode = a.rad - 1
    mal = "=SUMPRODUCT(({maanedens_aar:}={aar2})*{innskudd:})"
    a.linje("innskudd2", "Innskudd", "kr", mal, svar.per_aar, "kr", navn="innskudd_per_aar")
    a.sum_av_forrige("innskudd2.sum", "innskudd_sum", "=SUM({innskudd2:})", float(svar.per_aar.sum()))
    ved_slutten = svar.saldo[_MAANEDER_I_AAR - 1 :: _MAANEDER_I_AAR]
    a.linje(
        "saldo2", "På konto ved slutten av året", "kr", "=INDEX({saldo:},1,{aar2}*{maaneder_i_aar})", ved_slutten, "kr"
    )
    a.linje("avvik2", "Innskudd utover målet", "kr", "={innskudd2}-{maal}", svar.per_aar - v.maal_brukt, "kr")
    serier = [i_rad(hode + 1, 4, 7, FARGER["besparelse"]), i_rad(hode + 2, 4, 7, FARGER["kostnad"])]
    tekst = "Søyler for innskudd og for saldo ved slutten av hvert av de fire årene."
    plass = Plass(a.rad + 1, 0, 900)
    ark.figurer.append(
        Soeyler(
            ark=ark.navn,
            plass=plass,
            tittel="Innskudd og saldo (konstruert)",
            beskrivelse=tekst,
            etiketter=(hode, 4, hode, 7),
            x_akse="År",
            y_akse="1 000 kr",
            serier=serier,
        )
    )
    _kontroller(ark, plass.siste_rad + 1, svar)


def _kontroller(ark: Ark, rad: int, svar: Svar) -> None:
    r = Radskriver(ark, rad, MAANEDER, "={maaned}")
    r.overskrift("Kontroll (1 i kolonne C betyr feil)")
    r.blokk("Avvik", np.arange(1.0, MAANEDER.antall + 1), "Feil")
    hittil = np.cumsum(svar.innskudd + svar.renter)
    mal, ventet = "={<k.hittil}+{innskudd}+{rente_kr}", svar.start + hittil
    linjer = (
        Hjelperad("k.hittil", "Innskudd og renter hittil", "kr", mal, hittil, "kr_strek"),
        Radkontroll(
            "k.saldo1", "Saldo er start, innskudd og renter", "=ABS({saldo}-{saldo_start}-{k.hittil})",
            np.abs(svar.saldo - ventet), "saldo",
        ),
        Kontroll(
            "k.aar", "Årene lik månedene",
            holder(f"ABS({{innskudd2.sum}}-SUM({{innskudd:}}))<={grense('SUM({innskudd:})')}"),
        ),
        Kontroll("k.inndata", "Inndata er i orden", holder("{sparing.feil}+{vare.feil}=0")),
    )  # fmt: skip
    kontrollblokk(r, linjer, "kontroll_feil", "kontroll_feil")


def les(fil: Path) -> Vilkaar:
    """Read a workbook of this kind back. Raises UgyldigInndata and KanIkkeLese."""
    innhold = aapne(fil, PROEVE)
    lest = les_inndata(innhold, (*FELT, KAPITALISERING), bok=planlegg())
    start, sparing, maaneder, rente, *_ = (en.verdi or 0.0 for en in lest.values())
    maal = lest["maal"].verdi if lest["maal"].skrevet else None
    kolonner = [innhold.kolonne(f"vare_{navn}") for navn in ("navn", "pris", "antall")]
    varer = tuple((str(n), p, a) for n, p, a in zip(*kolonner, strict=True) if n is not None)
    ordet = lest["kapitalisering"].ordet
    return Vilkaar(str(innhold.verdi("navn")), start, sparing, maaneder, rente, maal, ordet, varer)
