"""The inputs of a contract as cells: the registers of its workbook, and the terms from what they hold.

A workbook has room for MAKS_KONTRAKTAAR years and cohorts, and for a few lines more than the contract uses, so that those
numbers are inputs too. What a contract may leave out, a cap or a null alternative, has a word beside it: ja or nei.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from velferdslab_model.base.felt import Felt, Ordfelt
from velferdslab_model.contract.terms import (
    AVRUNDING,
    FASTFELT,
    KOHORTER,
    KONTRAKTFELT,
    LINJEFELT,
    MAKS_INNTAK,
    MAKS_KONTRAKTAAR,
    PRISGRUNNLAG,
    VALUTAER,
    Kontrakt,
)
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.telling import TELLINGSFELT
from velferdslab_model.workbook.inputs import Inndata, Ordinndata
from velferdslab_model.workbook.reading import Lest

JA, NEI = "ja", "nei"
SIKKER, TELLING = "sikker", "fra telling"
#: Lines a workbook has room for, at least.
_LINJER, _FASTE = 5, 4
#: Budget years shown, at least.
_AAR = 20
#: Said of a line nobody uses.
_LEDIG = "antakelse: ikke i bruk"


@dataclass(frozen=True)
class JaNei(Ordfelt):
    """Whether something holds; all of them share one list."""

    @property
    def liste(self) -> str:
        """The shared list."""
        return "liste_ja_nei"


@dataclass(frozen=True)
class Rom:
    """What a workbook has room for: follow-up dates, fixed payments and budget years."""

    linjer: int
    faste: int
    aar: int


@dataclass(frozen=True)
class Vilkaarsdel:
    """One register. noekkel: its name in formulas. kolonner: key of a column of cells -> its first row and number of rows."""

    noekkel: str
    tittel: str
    rader: tuple[Inndata | Ordinndata, ...]
    kolonner: Mapping[str, tuple[int, int]]


def rom_for(v: Kontrakt, aar: int) -> Rom:
    """The room a contract needs when its money lasts so many years."""
    return Rom(max(_LINJER, len(v.priskort)), max(_FASTE, len(v.fast_betaling)), max(_AAR, aar))


def _janei(noekkel: str, tekst: str, hjelp: str) -> JaNei:
    return JaNei(f"{noekkel}_brukes", tekst, (JA, NEI), hjelp)


ORDFELT: dict[str, Ordfelt] = {
    felt.noekkel: felt
    for felt in (
        Ordfelt("valuta", "Valuta", VALUTAER, "Valutaen alle beløp i kontrakten står i. Beløpene regnes ikke om."),
        Ordfelt("kohorter", "Kohorter som gjøres opp", tuple(KOHORTER), "alle: også de som bedømmes etter det siste betalingsåret. innen kontrakten: bedømt innen den er slutt. i betalingsår: bedømt i et betalingsår."),
        Ordfelt("avrunding", "Antall som lykkes", AVRUNDING, "hele personer: rundet av for hver kohort."),
        Ordfelt("pris_grunnlag", "Prisen gjelder", tuple(PRISGRUNNLAG), "Før eller etter fradrag for dem som ville lyktes uansett."),
        Ordfelt("rate_maate", "Suksessraten er", (SIKKER, TELLING), "sikker: ratene under. fra telling: usikker, regnet av hvor mange som har lyktes før."),
        _janei("inntak.minst", "Bundet til et minste antall", "Om kommunen har bundet seg til å henvise et antall."),
        _janei("inntak.mest", "Grense for antallet", "Om det er en grense for hvor mange som tas inn i året."),
        _janei("tak.per_person", "Tak per person gjelder", "nei: ikke noe tak."),
        _janei("tak.per_aar", "Tak per år gjelder", "nei: ikke noe tak."),
        _janei("tak.kontrakt", "Tak for kontrakten gjelder", "nei: ikke noe tak."),
        JaNei("tak.overfoering", "Overføring mellom år", (JA, NEI), "ja: det taket per år kutter, betales et senere år."),
        _janei("nullalternativ", "Nullalternativet er oppgitt", "nei: besparelsen regnes ikke."),
        _janei("avvikling", "Avvikling er avtalt", "ja: gir et scenario når filen lages på nytt."),
        _janei("stanses_etter", "Avsluttes før tiden", "ja: hele boken regnes som om kontrakten stanser etter dette året."),
    )
}  # fmt: skip


def seksjoner(v: Kontrakt, rom: Rom, celler: Mapping[str, float | str] | None = None) -> tuple[Vilkaarsdel, ...]:
    """Every register of a workbook with this room, filled in from the terms.

    celler: what the cells of a file hold, by key of the field, where it is not the program that filled them in: a cell that
    is out of use keeps what stands in it.
    """
    deler = _fylt_ut(v, rom)
    verdier = {en.felt.noekkel: en.verdi for del_ in deler for en in del_.rader} | dict(celler or {})

    def som_i_cellen(en: Inndata | Ordinndata) -> Inndata | Ordinndata:
        verdi = verdier[en.felt.noekkel]
        if isinstance(en, Ordinndata):
            return replace(en, verdi=str(verdi))
        mal, gjelder = _i_bruk(en.felt.noekkel, verdier)
        return replace(en, verdi=float(verdi), brukes=mal, gjelder=gjelder)

    return tuple(replace(del_, rader=tuple(som_i_cellen(en) for en in del_.rader)) for del_ in deler)


def _i_bruk(noekkel: str, verdier: Mapping[str, float | str]) -> tuple[str, bool]:
    """When the other cells let a number count, as a formula template, and whether they do; an empty one always."""
    tabell, _, resten = noekkel.partition(".")
    for eier in (noekkel, tabell):
        if (ja := ORDFELT.get(f"{eier}_brukes")) is not None:
            return f"{{{ja.navn}}}={{ord_ja}}", verdier[ja.noekkel] == JA
    if tabell == "telling":
        return "{rate_maate}={ord_rate_maate_2}", verdier["rate_maate"] == TELLING
    nummer, _, del_ = resten.partition(".")
    if tabell == "suksessrate":
        mal = f"AND({{rate_maate}}={{ord_rate_maate_1}},{{inntaksaar}}>=ROW($A${nummer}))"
        return mal, verdier["rate_maate"] == SIKKER and float(verdier["inntaksaar"]) >= int(nummer)
    if tabell == "priskort":
        return f"{{oppfoelginger}}>=ROW($A${nummer})", float(verdier["oppfoelginger"]) >= int(nummer)
    if tabell == "fast_betaling" and del_ != "beloep":
        beloep = f"{tabell}.{nummer}.beloep"
        return f"{{{beloep.replace('.', '_')}}}>0", float(verdier[beloep]) > 0
    return "", True


def _fylt_ut(v: Kontrakt, rom: Rom) -> tuple[Vilkaarsdel, ...]:
    b = _Bygger(v)
    n, a, i = v.nullalternativ, v.avvikling, v.inntak
    hull = [0.0] * MAKS_KONTRAKTAAR
    null = {k.partition(".")[2]: 0.0 for k in KONTRAKTFELT if k.startswith("nullalternativ.")} | {"varighet": 1.0}
    null |= {"kommunal_andel": 1.0, "realiserbar_andel": 1.0}
    return (
        b.seksjon("kontrakt", "Kontrakten", [
            b.ord("valuta", v.valuta), b.tall("prisaar", v.prisaar), b.tall("startaar", v.startaar),
            b.tall("kontraktaar", v.kontraktaar), b.tall("inntaksaar", v.inntaksaar), b.ord("kohorter", v.kohorter),
            b.ord("avrunding", v.avrunding), b.ord("pris_grunnlag", v.pris_grunnlag), b.tall("indeksering", v.indeksering),
            b.tall("skjedd_uansett", v.skjedd_uansett),
        ]),
        b.seksjon("inntaket", "Inntak", [
            b.tall("inntak.lav", i.lav), b.tall("inntak.forventet", i.forventet), b.tall("inntak.hoey", i.hoey),
            b.janei("inntak.minst", i.minst is not None), b.tall("inntak.minst", i.minst or 0),
            b.janei("inntak.mest", i.mest is not None), b.tall("inntak.mest", i.mest or MAKS_INNTAK),
        ]),
        b.rater(v),
        b.liste("priskort", "Priskort", v.priskort, LINJEFELT, rom.linjer, "Oppfølging",
                lambda k: {"maaned": min(120, 12 * k), "pris": 0.0, "holder": v.priskort[-1].holder},
                foran=[Inndata(Felt("oppfoelginger", "Antall oppfølginger", "antall", "heltall", 1, rom.linjer, "hoved",
                                    "Så mange av linjene under er i bruk, regnet ovenfra."), len(v.priskort), "antakelse: fra kontrakten")]),
        b.liste("fast_betaling", "Faste betalinger (beløp 0: ikke i bruk)", v.fast_betaling, FASTFELT, rom.faste, "Fast betaling",
                lambda _: {"aar": 1, "beloep": 0.0, "krav_lykkede": 0}),
        b.seksjon("takene", "Tak, i den rekkefølgen de brukes", [
            en for navn in ("per_person", "per_aar", "kontrakt")
            for en in (b.janei(f"tak.{navn}", getattr(v.tak, navn) is not None), b.tall(f"tak.{navn}", getattr(v.tak, navn) or 0.0))
        ] + [b.ord("tak.overfoering", JA if v.tak.overfoering else NEI)]),
        b.aarlig("betalingsaar", "Betalingsår (1: det betales i kontraktåret)",
                 Felt("", "Betales i kontraktår", "0 / 1", "heltall", 0, 1, "hoved", "1 når det betales i året, ellers 0."),
                 [float(k in v.betalingsaar) for k in range(1, MAKS_KONTRAKTAAR + 1)]),
        b.seksjon("nullet", "Nullalternativ", [b.janei("nullalternativ", n is not None)] + [
            b.tall(f"nullalternativ.{del_}", ellers if n is None else getattr(n, del_)) for del_, ellers in null.items()
        ]),
        b.seksjon("partene", "Partene", [
            b.tall("kommune.andel_av_betaling", v.kommune.andel_av_betaling), b.tall("kommune.evaluering", v.kommune.evaluering),
            *(b.tall(f"investor.{d}", getattr(v.investor, d)) for d in ("andel_av_betaling", "honorar", "avkastningskrav")),
            *(b.tall(f"leverandoer.{d}", getattr(v.leverandoer, d)) for d in ("fast_aarskostnad", "kostnad_per_deltaker", "mellomledd")),
        ]),
        b.aarlig("investor.finansiering", "Investorens utlegg", KONTRAKTFELT["investor.finansiering"],
                 [*v.investor.finansiering, *hull][:MAKS_KONTRAKTAAR]),
        b.seksjon("avviklingen", "Avvikling før tiden", [
            b.janei("avvikling", a is not None), b.tall("avvikling.etter_aar", a.etter_aar if a else 1),
            b.tall("avvikling.kompensasjon", a.kompensasjon if a else 0.0),
            b.janei("stanses_etter", v.stanses_etter is not None), b.tall("stanses_etter", v.stanses_etter or (a.etter_aar if a else 1)),
        ]),
    )  # fmt: skip


class _Bygger:
    """Makes cells of terms, each with its source."""

    def __init__(self, v: Kontrakt) -> None:
        self.kilder = v.kilder

    def kilde(self, noekkel: str, felles: str = "") -> str:
        return self.kilder.get(noekkel) or self.kilder.get(felles) or UTEN_KILDE

    def tall(self, noekkel: str, verdi: float) -> Inndata:
        return Inndata(KONTRAKTFELT[noekkel], verdi, self.kilde(noekkel))

    def ord(self, noekkel: str, verdi: str) -> Ordinndata:
        return Ordinndata(ORDFELT[noekkel], verdi, self.kilde(noekkel))

    def janei(self, noekkel: str, gjelder: bool) -> Ordinndata:
        return Ordinndata(
            ORDFELT[f"{noekkel}_brukes"], JA if gjelder else NEI, self.kilde(f"{noekkel}_brukes", noekkel)
        )

    def seksjon(self, noekkel: str, tittel: str, rader: list[Any], kolonner: Any = None) -> Vilkaarsdel:
        return Vilkaarsdel(noekkel, tittel, tuple(rader), kolonner or {})

    def rater(self, v: Kontrakt) -> Vilkaarsdel:
        lyktes, proevde = v.telling or (0.0, 0.0)
        rader: list[Any] = [self.ord("rate_maate", TELLING if v.telling else SIKKER)]
        for navn, tall in (("suksess", lyktes), ("forsoek", proevde)):
            rader.append(Inndata(_telling(navn), tall, self.kilde(f"telling.{navn}", "telling")))
        alle = [*v.suksessrate, *[v.suksessrate[-1]] * MAKS_KONTRAKTAAR][:MAKS_KONTRAKTAAR]
        for k, rate in enumerate(alle, start=1):
            rader.append(Inndata(_i_aar(KONTRAKTFELT["suksessrate"], "suksessrate", k, "kohort"), rate,
                                 self.kilde(f"suksessrate.{k}", "suksessrate")))  # fmt: skip
        return Vilkaarsdel("raten", "Suksessrate", tuple(rader), {"kol_rate": (3, MAKS_KONTRAKTAAR)})

    def aarlig(self, noekkel: str, tittel: str, felt: Felt, verdier: list[float]) -> Vilkaarsdel:
        rader = [
            Inndata(_i_aar(felt, noekkel, k, "år"), verdi, self.kilde(f"{noekkel}.{k}", noekkel))
            for k, verdi in enumerate(verdier, start=1)
        ]
        navn = noekkel.rpartition(".")[2]
        return Vilkaarsdel(f"{navn}_per_aar", tittel, tuple(rader), {f"kol_{navn}": (0, len(rader))})

    def liste(
        self,
        noekkel: str,
        tittel: str,
        linjer: tuple[Any, ...],
        felter: Mapping[str, Felt],
        antall: int,
        kalles: str,
        ledig: Callable[[int], Mapping[str, float]],
        foran: list[Any] | None = None,
    ) -> Vilkaarsdel:
        """Field by field, so that the cells of a field stand below each other."""
        rader: list[Any] = list(foran or [])
        kolonner = {}
        for navn, felt in felter.items():
            kolonner[f"kol_{noekkel}_{navn}"] = (len(rader), antall)
            for k in range(1, antall + 1):
                i_bruk = k <= len(linjer)
                verdi = getattr(linjer[k - 1], navn) if i_bruk else ledig(k)[navn]
                kilde = self.kilde(f"{noekkel}.{k}.{navn}", f"{noekkel}[{k}].{navn}") if i_bruk else _LEDIG
                rader.append(Inndata(_linjefelt(felt, noekkel, kalles, k), verdi, kilde))
        return Vilkaarsdel(f"{noekkel}_linjer", tittel, tuple(rader), kolonner)


def _telling(navn: str) -> Felt:
    return replace(TELLINGSFELT[navn], noekkel=f"telling.{navn}")


def _i_aar(felt: Felt, noekkel: str, k: int, hva: str) -> Felt:
    hale = f" {k}" if felt.tekst.endswith(hva) else f", {hva} {k}"
    return replace(felt, noekkel=f"{noekkel}.{k}", tekst=f"{felt.tekst}{hale}")


def _linjefelt(felt: Felt, noekkel: str, kalles: str, k: int) -> Felt:
    tekst = f"{kalles} {k}" if felt.tekst == kalles else f"{kalles} {k}: {felt.tekst.lower()}"
    return replace(felt, noekkel=f"{noekkel}.{k}.{felt.noekkel}", tekst=tekst)


def data_av(lest: Mapping[str, Lest], rom: Rom) -> tuple[dict[str, Any], dict[str, str]]:
    """The terms as a contract file holds them, and the cell of every key."""

    def tall(noekkel: str, felt: Felt) -> float | int:
        verdi = lest[noekkel].verdi or 0.0
        return int(verdi) if felt.heltall else verdi

    def brukes(noekkel: str) -> bool:
        return lest[f"{noekkel}_brukes"].ordet == JA

    data: dict[str, Any] = {n: lest[n].ordet for n in ("valuta", "kohorter", "avrunding", "pris_grunnlag")}
    for noekkel, felt in KONTRAKTFELT.items():
        tabell, _, navn = noekkel.rpartition(".")
        utelatt = any(f"{n}_brukes" in lest and not brukes(n) for n in (noekkel, tabell))
        if noekkel not in lest or utelatt:
            continue
        (data.setdefault(tabell, {}) if tabell else data)[navn] = tall(noekkel, felt)
    data.setdefault("tak", {})["overfoering"] = lest["tak.overfoering"].ordet == JA
    if lest["rate_maate"].ordet == TELLING:
        data["telling"] = {n: lest[f"telling.{n}"].verdi for n in TELLINGSFELT}
    else:
        data["suksessrate"] = [lest[f"suksessrate.{k}"].verdi for k in range(1, data["inntaksaar"] + 1)]
    if aar := [k for k in range(1, MAKS_KONTRAKTAAR + 1) if lest[f"betalingsaar.{k}"].verdi]:
        data["betalingsaar"] = aar
    utlegg = [lest[f"investor.finansiering.{k}"].verdi for k in range(1, MAKS_KONTRAKTAAR + 1)]
    while utlegg and not utlegg[-1]:
        utlegg.pop()
    data["investor"]["finansiering"] = utlegg
    steder = {noekkel: en.celle for noekkel, en in lest.items()}
    for navn, felter, antall in (
        ("priskort", LINJEFELT, int(lest["oppfoelginger"].verdi or 1)),
        ("fast_betaling", FASTFELT, rom.faste),
    ):
        data[navn] = []
        for k in range(1, antall + 1):
            linje = {n: tall(f"{navn}.{k}.{n}", felt) for n, felt in felter.items()}
            if navn == "fast_betaling" and not linje["beloep"]:
                continue
            data[navn].append(linje)
            steder |= {f"{navn}[{len(data[navn])}].{n}": lest[f"{navn}.{k}.{n}"].celle for n in felter}
    steder |= {f"suksessrate[{k}]": lest[f"suksessrate.{k}"].celle for k in range(1, MAKS_KONTRAKTAAR + 1)}
    steder |= {
        "betalingsaar": lest[f"betalingsaar.{max(data.get('betalingsaar', [1]))}"].celle,
        "inntak": f"{lest['inntak.lav'].celle} til {lest['inntak.hoey'].celle.rpartition('!')[2]}",
        "priskort": lest["priskort.1.pris"].celle,
    }
    return data, steder


def kalles(felter: Iterable[Felt | Ordfelt]) -> dict[str, str]:
    """What each key of a contract file is called in the workbook, where its cell has a label."""
    ut = {felt.noekkel: felt.tekst for felt in felter}
    for noekkel, tekst in list(ut.items()):
        navn, _, resten = noekkel.partition(".")
        nummer, _, del_ = resten.partition(".")
        if nummer.isdigit():
            ut[f"{navn}[{nummer}].{del_}" if del_ else f"{navn}[{nummer}]"] = tekst
    return ut | {"betalingsaar": "Betalingsår", "inntak": "Inntak per år", "priskort": "Priskort"}
