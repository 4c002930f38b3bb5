"""Read the terms of a contract. All faults of a file are reported together."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.tekst import mente_du
from velferdslab_model.contract.checking import strid
from velferdslab_model.contract.terms import (
    AVRUNDING,
    DELER,
    FASTFELT,
    KOHORTER,
    KONTRAKTFELT,
    LINJEFELT,
    LINJER,
    MAKS_LINJER,
    PRISGRUNNLAG,
    VALUTAER,
    Avvikling,
    FastBetaling,
    Inntak,
    Investor,
    Kommunevilkaar,
    Kontrakt,
    Leverandoer,
    Nullalternativ,
    Prislinje,
    Tak,
)
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import KONTRAKTFIL
from velferdslab_model.parameters.kilder import UTEN_KILDE, les_kildetabell
from velferdslab_model.parameters.loading import les_toml_fil
from velferdslab_model.parameters.telling import les_telling
from velferdslab_model.parameters.validation import Feilliste, SkrevetTall, vis

NOEYTRAL = "antakelse: nøytral verdi, ikke oppgitt i kontrakten"
#: Templates in the package, by name; the first is the default contract.
MALER = ("asker", "dansk_priskort", "koebenhavn", "nav_innovasjonspris", "overtakelse")
_TEKSTER = ("maalgruppe", "maal", "validering")
_EGNE = ("navn", "valuta", "betalingsaar", "kohorter", "avrunding", "pris_grunnlag", "suksessrate", "telling")
_NOEKLER = (
    *_EGNE, *_TEKSTER, *DELER, *LINJER, "kilder",
    *(n for n in KONTRAKTFELT if "." not in n and n != "suksessrate"),
)  # fmt: skip
_KREVES = ("valuta", "startaar", "kontraktaar")
#: What a table that is given must hold.
_KREVES_I = {
    "nullalternativ": ("foer", "etter", "varighet"),
    "avvikling": ("etter_aar", "kompensasjon"),
    "inntak": ("forventet",),
}


def les_kontrakt(sti: str | os.PathLike[str] | None = None) -> Kontrakt:
    """Read a contract file (.toml), or Asker's contract when sti is None.

    Raises KanIkkeLese when the file cannot be read or is not TOML, UgyldigInndata with every fault it holds.
    """
    if sti is None:
        import tomllib  # noqa: PLC0415

        return kontrakt_av(tomllib.loads(kontraktsmal(MALER[0]), parse_float=SkrevetTall), "standard", "Asker")
    fil = Path(sti)
    data = les_toml_fil(fil, KONTRAKTFIL)
    return kontrakt_av(data, fil.name, fil.stem)


def kontraktsmal(navn: str) -> str:
    """The text of a template. Raises KanIkkeLese when there is none of that name."""
    if navn not in MALER:
        raise KanIkkeLese(
            f"{navn[:60]} er ikke en kontraktmal, ventet en av {', '.join(MALER)}.{mente_du(navn, MALER)}"
        )
    return files("velferdslab_model.contract").joinpath("maler", f"{navn}.toml").read_text(encoding="utf-8")


def kontrakt_av(
    data: dict[str, Any],
    kilde: str,
    standardnavn: str,
    steder: dict[str, str] | None = None,
    kalles: dict[str, str] | None = None,
) -> Kontrakt:
    """The terms from a parsed file. kilde: name of the file for messages. steder: where a key stands, when not in a file.
    kalles: what it is called there.

    Raises UgyldigInndata with every fault.
    """
    les = _Leser(Feilliste(steder=steder or {}, kalles=kalles or {}), data)
    v = les.kontrakt_av(standardnavn)
    if v is not None:
        for noekkel, tekst in strid(v):
            les.feil.meld(noekkel, tekst)
    if les.feil.feil or v is None:
        raise UgyldigInndata(kilde, les.feil.feil)
    return v


class _Leser:
    """Takes the values of one parsed file out, one by one, and notes what is wrong and where each came from."""

    def __init__(self, feil: Feilliste, data: dict[str, Any]) -> None:
        self.feil = feil
        self.data = feil.tabell("", data, _NOEKLER)
        self.kilder: dict[str, str] = {}
        tabeller = {n: [k.partition(".")[2] for k in KONTRAKTFELT if k.startswith(f"{n}.")] for n in DELER}
        tabeller["tak"].append("overfoering")
        self.tabeller = {
            n: feil.tabell(n, self.data[n], lovlige) if n in self.data else {} for n, lovlige in tabeller.items()
        }
        for noekkel in _KREVES:
            if noekkel not in self.data:
                feil.meld(noekkel, "mangler.")
        for tabell, krav in _KREVES_I.items():
            mangler = [f"{tabell}.{n}" for n in krav if n not in self.tabeller[tabell]]
            if mangler and (tabell in self.data or tabell == "inntak"):
                feil.meld(", ".join(mangler), "mangler.")

    def raa(self, noekkel: str) -> Any:
        tabell, _, del_ = noekkel.rpartition(".")
        return self.tabeller[tabell].get(del_) if tabell else self.data.get(noekkel)

    def tall(self, noekkel: str, ellers: float) -> float:
        """A number, or the neutral one when it is left out or wrong."""
        raa = self.raa(noekkel)
        if raa is None:
            self.kilder[noekkel] = NOEYTRAL
            return ellers
        self.kilder[noekkel] = UTEN_KILDE
        tall = self.feil.tall(noekkel, raa, KONTRAKTFELT[noekkel])
        return ellers if tall is None else tall

    def heltall(self, noekkel: str, ellers: int) -> int:
        return int(self.tall(noekkel, ellers))

    def kanskje(self, noekkel: str) -> float | None:
        return None if self.raa(noekkel) is None else self.tall(noekkel, 0.0)

    def ord(self, noekkel: str, lovlige: Any, ellers: str) -> Any:
        if noekkel not in self.data:
            return ellers
        raa = self.data[noekkel]
        liten = raa.lower() if isinstance(raa, str) else raa
        finnes = {ord_.lower(): ord_ for ord_ in lovlige}
        return finnes.get(self.feil.ord_fra(noekkel, liten, tuple(finnes)) or "", ellers)

    def tekst(self, noekkel: str, ellers: str = "") -> str:
        if noekkel not in self.data:
            return ellers
        maks = MAKS_NAVN if noekkel == "navn" else MAKS_TEKST
        return self.feil.tekst(noekkel, self.data[noekkel], maks, tom_er_lovlig=noekkel != "navn") or ellers

    def kontrakt_av(self, standardnavn: str) -> Kontrakt | None:
        kontraktaar = self.heltall("kontraktaar", 4)
        inntaksaar = self.heltall("inntaksaar", kontraktaar)
        startaar = self.heltall("startaar", 2024)
        forventet = self.heltall("inntak.forventet", 1)
        telling = self._telling()
        valuta = str(self.data.get("valuta", "NOK")).upper()
        if valuta not in VALUTAER:
            self.feil.meld("valuta", f"er {vis(self.data['valuta'])}, ventet en av {', '.join(VALUTAER)}.")
        mest, minst = self.kanskje("inntak.mest"), self.kanskje("inntak.minst")
        stanses = self.kanskje("stanses_etter")
        nullalternativ = avvikling = None
        if "nullalternativ" in self.data:
            nullalternativ = Nullalternativ(
                self.tall("nullalternativ.foer", 0.0),
                self.tall("nullalternativ.etter", 0.0),
                self.tall("nullalternativ.etter_videre", 0.0),
                self.tall("nullalternativ.andel_videre", 0.0),
                self.heltall("nullalternativ.varighet", 1),
                self.tall("nullalternativ.tilbakefall", 0.0),
                self.tall("nullalternativ.kommunal_andel", 1.0),
                self.tall("nullalternativ.realiserbar_andel", 1.0),
            )
        if "avvikling" in self.data:
            avvikling = Avvikling(self.heltall("avvikling.etter_aar", 1), self.tall("avvikling.kompensasjon", 0.0))
        v = Kontrakt(
            navn=self.tekst("navn", standardnavn),
            valuta=valuta,
            prisaar=self.heltall("prisaar", startaar),
            startaar=startaar,
            kontraktaar=kontraktaar,
            inntaksaar=inntaksaar,
            betalingsaar=self._betalingsaar(),
            kohorter=self.ord("kohorter", KOHORTER, "alle"),
            avrunding=self.ord("avrunding", AVRUNDING, "eksakt"),
            pris_grunnlag=self.ord("pris_grunnlag", PRISGRUNNLAG, "før fradrag"),
            indeksering=self.tall("indeksering", 0.0),
            skjedd_uansett=self.tall("skjedd_uansett", 0.0),
            inntak=Inntak(
                self.heltall("inntak.lav", forventet),
                forventet,
                self.heltall("inntak.hoey", forventet),
                None if minst is None else int(minst),
                None if mest is None else int(mest),
            ),
            suksessrate=self._rater(inntaksaar, telling),
            telling=telling,
            priskort=self._priskort(valuta),
            fast_betaling=self._faste(valuta),
            tak=self._tak(),
            nullalternativ=nullalternativ,
            kommune=Kommunevilkaar(self.tall("kommune.andel_av_betaling", 1.0), self.tall("kommune.evaluering", 0.0)),
            investor=Investor(
                self._finansiering(kontraktaar),
                self.tall("investor.andel_av_betaling", 1.0),
                self.tall("investor.honorar", 0.0),
                self.tall("investor.avkastningskrav", 0.0),
            ),
            leverandoer=Leverandoer(
                self.tall("leverandoer.fast_aarskostnad", 0.0),
                self.tall("leverandoer.kostnad_per_deltaker", 0.0),
                self.tall("leverandoer.mellomledd", 0.0),
            ),
            avvikling=avvikling,
            maalgruppe=self.tekst("maalgruppe"),
            maal=self.tekst("maal"),
            validering=self.tekst("validering"),
            kilder=self.kilder,
            stanses_etter=None if stanses is None else int(stanses),
        )
        self._kilder()
        return None if self.feil.feil else v

    def _betalingsaar(self) -> tuple[int, ...]:
        raa = self.data.get("betalingsaar")
        if raa is None:
            if self._teller_lykkede():
                i_celle = "betalingsaar" in self.feil.steder
                raad = "Skriv 1 ved minst ett kontraktår" if i_celle else "Skriv for eksempel betalingsaar = [3, 4]"
                self.feil.meld("betalingsaar", f"mangler. {raad}.")
            return ()
        if not isinstance(raa, list) or not raa or not all(type(aar) is int for aar in raa):
            er = (
                "er en tom liste"
                if raa == []
                else "er en liste med noe annet enn hele tall"
                if isinstance(raa, list)
                else f"er {vis(raa)}"
            )
            self.feil.meld("betalingsaar", f"{er}, ventet en liste med kontraktår, for eksempel [3, 4].")
            return ()
        if sorted(set(raa)) != raa:
            self.feil.meld("betalingsaar", f"er {raa}, ventet hvert år én gang, i stigende rekkefølge.")
        return tuple(raa)

    def _teller_lykkede(self) -> bool:
        """Whether any payment hangs on successes, so that it must be known when they are settled."""
        linjer = [(self.data.get("priskort", []), "pris"), (self.data.get("fast_betaling", []), "krav_lykkede")]
        return any(
            isinstance(rad, dict) and rad.get(n, 0) != 0
            for liste, n in linjer
            if isinstance(liste, list)
            for rad in liste
        )

    def _rater(self, inntaksaar: int, telling: tuple[float, float] | None) -> tuple[float, ...]:
        raa = self.data.get("suksessrate")
        if telling is not None:
            if raa is not None:
                self.feil.meld("suksessrate", "er oppgitt sammen med telling. Oppgi bare den ene av dem.")
            return (telling[0] / telling[1],) * inntaksaar
        self.kilder["suksessrate"] = UTEN_KILDE
        if raa is None:
            if "telling" not in self.data:
                self.feil.meld(
                    "suksessrate", "mangler. Oppgi en andel, eller telling = { suksess = 12, forsoek = 20 }."
                )
            return (0.0,) * inntaksaar
        liste = raa if isinstance(raa, list) else [raa] * inntaksaar
        if len(liste) != inntaksaar:
            self.feil.meld("suksessrate", f"har {len(liste)} tall, ventet ett for hver av de {inntaksaar} kohortene.")
        felt = KONTRAKTFELT["suksessrate"]
        if not isinstance(raa, list):
            return (self.feil.tall("suksessrate", raa, felt) or 0.0,) * inntaksaar
        return tuple(self.feil.tall(f"suksessrate[{i}]", r, felt) or 0.0 for i, r in enumerate(liste, start=1))

    def _telling(self) -> tuple[float, float] | None:
        if "telling" not in self.data:
            return None
        self.kilder["telling"] = UTEN_KILDE
        return les_telling(self.feil, self.data["telling"], "sikker suksessrate")

    def _valuta(self, sted: str, rad: dict[str, Any], valuta: str) -> None:
        egen = rad.get("valuta", valuta)
        if egen != valuta:
            self.feil.meld(
                f"{sted}.valuta",
                f"er {vis(egen)}, men kontrakten er i {valuta}. Regn om, så alle beløp står i samme valuta.",
            )

    def _liste(self, noekkel: str, lovlige: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
        raa = self.data.get(noekkel, [])
        if not isinstance(raa, list):
            self.feil.meld(noekkel, f"er {vis(raa)}, ventet linjer skrevet som [[{noekkel}]].")
            return []
        if len(raa) > MAKS_LINJER:
            self.feil.meld(noekkel, f"har {len(raa)} linjer, ventet høyst {MAKS_LINJER}.")
            return []
        ut = []
        for i, rad in enumerate(raa, start=1):
            sted = f"{noekkel}[{i}]"
            ut.append((sted, self.feil.tabell(sted, rad, lovlige)))
        return ut

    def _linjetall(self, sted: str, rad: dict[str, Any], navn: str, felter: Any, ellers: float | None) -> float:
        if navn not in rad:
            if ellers is None:
                self.feil.meld(f"{sted}.{navn}", "mangler.")
            return ellers or 0.0
        return self.feil.tall(f"{sted}.{navn}", rad[navn], felter[navn]) or 0.0

    def _linjetekst(self, sted: str, rad: dict[str, Any]) -> str:
        return self.feil.tekst(f"{sted}.tekst", rad.get("tekst", ""), MAKS_NAVN, tom_er_lovlig=True) or ""

    def _priskort(self, valuta: str) -> tuple[Prislinje, ...]:
        linjer = []
        for sted, rad in self._liste("priskort", (*LINJEFELT, "tekst", "valuta")):
            self._valuta(sted, rad, valuta)
            maaned = int(self._linjetall(sted, rad, "maaned", LINJEFELT, None))
            pris = self._linjetall(sted, rad, "pris", LINJEFELT, None)
            linjer.append(
                Prislinje(
                    maaned, pris, self._linjetall(sted, rad, "holder", LINJEFELT, 1.0), self._linjetekst(sted, rad)
                )
            )
            self.kilder[f"{sted}.pris"] = UTEN_KILDE
        if not linjer:
            self.feil.meld(
                "priskort", "mangler. Oppgi minst én oppfølging, med pris 0 når det ikke betales per person."
            )
        return tuple(linjer)

    def _faste(self, valuta: str) -> tuple[FastBetaling, ...]:
        ut = []
        for sted, rad in self._liste("fast_betaling", (*FASTFELT, "tekst", "valuta")):
            self._valuta(sted, rad, valuta)
            ut.append(
                FastBetaling(
                    int(self._linjetall(sted, rad, "aar", FASTFELT, None)),
                    self._linjetall(sted, rad, "beloep", FASTFELT, None),
                    int(self._linjetall(sted, rad, "krav_lykkede", FASTFELT, 0.0)),
                    self._linjetekst(sted, rad),
                )
            )
            self.kilder[f"{sted}.beloep"] = UTEN_KILDE
        return tuple(ut)

    def _tak(self) -> Tak:
        overfoering = self.tabeller["tak"].get("overfoering", False)
        if not isinstance(overfoering, bool):
            self.feil.meld("tak.overfoering", f"er {vis(overfoering)}, ventet true eller false.")
            overfoering = False
        return Tak(
            self.kanskje("tak.per_person"), self.kanskje("tak.per_aar"), self.kanskje("tak.kontrakt"), overfoering
        )

    def _finansiering(self, kontraktaar: int) -> tuple[float, ...]:
        raa = self.raa("investor.finansiering")
        if raa is None:
            self.kilder["investor.finansiering"] = NOEYTRAL
            return (0.0,) * kontraktaar
        self.kilder["investor.finansiering"] = UTEN_KILDE
        if not isinstance(raa, list) or len(raa) > kontraktaar:
            self.feil.meld(
                "investor.finansiering",
                f"er {vis(raa)}, ventet en liste med et beløp for hvert kontraktår, høyst {kontraktaar}.",
            )
            return (0.0,) * kontraktaar
        felt = KONTRAKTFELT["investor.finansiering"]
        tall = [self.feil.tall(f"investor.finansiering[{i}]", r, felt) or 0.0 for i, r in enumerate(raa, start=1)]
        return (*tall, *[0.0] * (kontraktaar - len(tall)))

    def _kilder(self) -> None:
        self.kilder |= les_kildetabell(self.feil, self.data.get("kilder", {}), self.kilder)
