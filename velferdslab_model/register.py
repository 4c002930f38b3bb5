"""The assumption register: every number of a scenario with unit, price year, default, origin and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from velferdslab_model.base.felt import MAKS_BELOEP, MINSTE_INNTAK, Slag
from velferdslab_model.base.ord import ANTAKELSE, BRUKERGRUPPER, SITUASJONSNAVN, er_antakelse
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.model.diskontering import STANDARD_ALTERNATIV_RENTE, TOLERANSE_KR
from velferdslab_model.model.kostnad import TIMER_PER_AARSVERK
from velferdslab_model.model.visninger import (
    DFOE_REELL_VEKST,
    DFOE_RENTE,
    DFOE_SKATTEFINANSIERINGSSATS,
    FORSIKTIG_RENTE,
    FORSIKTIG_SKJEDD_UANSETT,
)
from velferdslab_model.parameters.bevegelse import BEVEGELSE, BEVEGELSESFELT, INGEN_BEVEGELSE
from velferdslab_model.parameters.felt import FELT, PRISAAR, TILTAKSFELT, TIMESATSFELT
from velferdslab_model.parameters.katalogvalg import katalogopphav
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import standard_for
from velferdslab_model.parameters.standard import STANDARD_PRISAAR, standardkilder, standardverdier
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER, Brukergruppe, Forutsetninger, Tiltak

#: Whose number it is: one of the three words and ANTAKELSE, or what katalogopphav says.
PUBLISERT, ANSLAG, ENDRET = "publisert", "anslag", "endret av kommunen"
#: How the source of an estimate that is published as one begins.
FORAN_ANSLAG = "kilde: anslag"
#: The price of a tiltak: the one number that may be chosen from the catalogue.
PRISCELLE = "tiltak_enhetskostnad"

#: The sources of a null alternative that moves, where it says nothing.
KOSTNAD_IKKE_OPPGITT = "antakelse: ikke oppgitt; nullalternativet i situasjonen"
INGEN_TALT = "antakelse: ingen år er talt"
#: Closer than this share, two numbers are the same; `kontroll_toleranse` in the workbook.
LIKT_TALL = 1e-9
#: What stands before the name of a tiltak in the text of a post.
FORAN_TILTAK = "Tiltak «"
FORAN_SATS = "Felles timesats «"
#: Key of the gruppe of a post -> how it is shown. The price year is common; the constants are the model's own.
GRUPPENAVN = {"felles": "Felles", **BRUKERGRUPPER, "modellen": "Modellen"}

_KILDE_PRISAAR = "kilde: følgenotatet til effektmodellen (PwC for Husbanken 2019): faste 2019-kroner"
#: Defined name, label, unit, kind, value and source of the constants. Those that only serve the workbook's own checks
#: and digest decide no result and are left out.
_FASTE: tuple[tuple[str, str, str, Slag, float, str], ...] = (
    (
        "timer_per_aarsverk",
        "Timer i et årsverk",
        "timer",
        "mengde",
        TIMER_PER_AARSVERK,
        "antakelse: vanlig timetall; brukes også i timekostnaden 550 kr",
    ),
    (
        "toleranse_kr",
        "Så nær null regnes som betalt tilbake",
        "kr",
        "mengde",
        TOLERANSE_KR,
        "antakelse: et halvt øre, så avrunding ikke flytter tilbakebetalingsåret",
    ),
    (
        "standard_alternativ_rente",
        "Rente ved siden av 0 %",
        "per år",
        "andel",
        STANDARD_ALTERNATIV_RENTE,
        "kilde: følgenotatet til effektmodellen (PwC for Husbanken 2019): 0 eller 4 %",
    ),
    (
        "dfoe_rente",
        "DFØ-visning: rente",
        "per år",
        "andel",
        DFOE_RENTE,
        "kilde: Finansdepartementets rundskriv R-109, gjengitt i DFØs veileder i samfunnsøkonomiske analyser",
    ),
    (
        "dfoe_skattefinansieringssats",
        "DFØ-visning: skattefinansiering",
        "andel",
        "andel",
        DFOE_SKATTEFINANSIERINGSSATS,
        "kilde: DFØs veileder i samfunnsøkonomiske analyser: 20 øre per krone",
    ),
    (
        "dfoe_reell_vekst",
        "DFØ-visning: reell vekst i QALY og lønn",
        "per år",
        "andel",
        DFOE_REELL_VEKST,
        "antakelse: veksten i BNP per innbygger, som verdien av et statistisk liv justeres med",
    ),
    (
        "forsiktig_rente_minst",
        "Forsiktig: minste rente",
        "per år",
        "andel",
        FORSIKTIG_RENTE,
        "antakelse: et valg, renten i DFØs veileder",
    ),
    (
        "forsiktig_skjedd_uansett",
        "Forsiktig: minste andel skjedd uansett",
        "andel",
        "andel",
        FORSIKTIG_SKJEDD_UANSETT,
        "antakelse: et valg, midten av spennet i strukturell usikkerhet; ingen har målt den",
    ),
    ("maks_beloep", "Største beløp", "kr", "mengde", MAKS_BELOEP, "antakelse: grense mot tastefeil"),
    ("minste_inntak", "Minste inntak over null", "per år", "antall", MINSTE_INNTAK, "antakelse: grense mot tastefeil"),
    (
        "maks_ganger",
        "Flest ganger per år",
        "antall",
        "mengde",
        TILTAKSFELT["ganger_per_aar"].mest,
        "antakelse: grense mot tastefeil",
    ),
    ("prisaar_minst", "Tidligste prisår", "årstall", "aarstall", PRISAAR.minst, "antakelse: grense mot tastefeil"),
    ("prisaar_mest", "Seneste prisår", "årstall", "aarstall", PRISAAR.mest, "antakelse: grense mot tastefeil"),
)


@dataclass(frozen=True)
class Registerpost:
    """One number of a scenario.

    gruppe: a key of GRUPPENAVN. noekkel: dotted key in a scenario file; of a constant, its defined name.
    prisaar: price year of an amount, None for what is no amount. standardverdi: the embedded default, None for a
    tiltak that is no default. kilde, standardkilde: «kilde: ...» or «antakelse: ...».
    celle: defined name in the workbook, without the group's prefix; of a null alternative that moves, its key there, with
    its row from 0 as nedover and the cell that counts where it is empty as ellers. tiltak: name and row in the table, from
    0; sats: the same of a common hourly rate.
    """

    gruppe: str
    noekkel: str
    tekst: str
    verdi: float
    enhet: str
    slag: Slag
    prisaar: int | None
    standardverdi: float | None
    standardkilde: str
    kilde: str
    celle: str
    aapen: bool = True
    tiltak: tuple[str, int] | None = None
    sats: tuple[str, int] | None = None
    nedover: int | None = None
    ellers: str = ""

    @property
    def opphav(self) -> str:
        """Whose number it is. The default's number with a source of the municipality's own is the municipality's."""
        if self.celle == PRISCELLE and (valgt := katalogopphav(self.kilde)):
            return valgt
        if self.egen:
            return ENDRET
        if er_antakelse(self.kilde):
            return ANTAKELSE
        return ANSLAG if self.kilde.lower().startswith(FORAN_ANSLAG) else PUBLISERT

    @property
    def egen(self) -> bool:
        """Whether it is not the default's: another number, or one with a source of its own, also from the catalogue."""
        return not _samme_tall(self.verdi, self.standardverdi) or (
            not er_antakelse(self.kilde) and self.kilde != self.standardkilde
        )

    @property
    def hvem(self) -> str:
        """Who may change it."""
        return "kommunen" if self.aapen else "modellen (låst)"


def _samme_tall(verdi: float, standardverdi: float | None) -> bool:
    """Whether a number is the default's; one converted in two steps differs in its last digits."""
    return standardverdi is not None and abs(verdi - standardverdi) <= LIKT_TALL * abs(standardverdi)


def registerposter(f: Forutsetninger, tom_bevegelse: bool = False) -> list[Registerpost]:
    """Every number of a scenario: the price year, both groups with their tiltak, and the model's constants.

    A null alternative that moves is there where the group has one; with tom_bevegelse, as its tab has it, also where not.
    Defaults stand in the scenario's price year; where no index reaches it, every amount counts as the municipality's.
    """
    standard = standard_for(f)
    return [
        Registerpost(
            "felles",
            "prisaar",
            PRISAAR.tekst,
            f.prisaar,
            PRISAAR.enhet,
            PRISAAR.slag,
            None,
            STANDARD_PRISAAR,
            _KILDE_PRISAAR,
            _KILDE_PRISAAR if f.prisaar == STANDARD_PRISAAR else UTEN_KILDE,
            "prisaar",
        ),
        *_satsposter(f, standard),
        *(
            post
            for noekkel, gruppe in f.grupper.items()
            for post in (
                *_gruppeposter(noekkel, gruppe, standard.grupper[noekkel] if standard else None, f.prisaar),
                *(_bevegelsesposter(noekkel, gruppe, f.prisaar) if gruppe.bevegelse or tom_bevegelse else ()),
            )
        ),
        *(
            Registerpost("modellen", navn, tekst, verdi, enhet, slag, None, verdi, kilde, kilde, navn, aapen=False)
            for navn, tekst, enhet, slag, verdi, kilde in _FASTE
        ),
    ]


def _satsposter(f: Forutsetninger, standard: Forutsetninger | None) -> Iterator[Registerpost]:
    kjente = {sammenligningsnavn(sats.navn): sats for sats in standard.timesatser} if standard else {}
    for rad, sats in enumerate(f.timesatser):
        gammel = kjente.get(sammenligningsnavn(sats.navn))
        yield Registerpost(
            "felles",
            f"timesatser.{sats.navn}",
            f"{FORAN_SATS}{sats.navn}»",
            sats.kr,
            TIMESATSFELT.enhet,
            TIMESATSFELT.slag,
            f.prisaar,
            gammel.kr if gammel else None,
            gammel.kilde if gammel else "",
            sats.kilde,
            "timesats_kr",
            sats=(sats.navn, rad),
        )


def _gruppeposter(
    noekkel: str, gruppe: Brukergruppe, standard: Brukergruppe | None, prisaar: int
) -> Iterator[Registerpost]:
    for navn, felt in FELT.items():
        er_beloep = felt.slag == "beloep"
        if er_beloep:
            standardverdi = standard.verdi(navn) if standard else None
            standardkilde = standard.kilder[navn] if standard else ""
        else:
            standardverdi, standardkilde = standardverdier(noekkel)[navn], standardkilder(noekkel)[navn]
        yield Registerpost(
            noekkel,
            f"{noekkel}.{navn}",
            felt.tekst,
            gruppe.verdi(navn),
            felt.enhet,
            felt.slag,
            prisaar if er_beloep else None,
            standardverdi,
            standardkilde,
            gruppe.kilder[navn],
            felt.navn,
        )
    kjente = {sammenligningsnavn(t.navn): t for t in standard.tiltak} if standard else {}
    for rad, ett in enumerate(gruppe.tiltak):
        yield from _tiltaksposter(noekkel, rad, ett, kjente.get(sammenligningsnavn(ett.navn)), prisaar)


def _bevegelsesposter(noekkel: str, gruppe: Brukergruppe, prisaar: int) -> Iterator[Registerpost]:
    b = gruppe.bevegelse or INGEN_BEVEGELSE
    for navn, felt in BEVEGELSESFELT.items():
        _, fra, *til = navn.split(".")
        er_beloep, oppgitt = felt.slag == "beloep", b.verdi(navn)
        standardverdi = gruppe.verdi(f"nullalternativ.{fra}") if er_beloep else 0.0
        standardkilde = KOSTNAD_IKKE_OPPGITT if er_beloep else INGEN_TALT
        # The source of the table says nothing of a cost that it does not give.
        tom = oppgitt is None or (oppgitt == 0 and not er_beloep and b.kilde == UTEN_KILDE)
        yield Registerpost(
            noekkel,
            f"{noekkel}.{BEVEGELSE}.{navn}",
            felt.tekst,
            standardverdi if oppgitt is None else oppgitt,
            felt.enhet,
            felt.slag,
            prisaar if er_beloep else None,
            standardverdi,
            standardkilde,
            standardkilde if tom else b.kilde,
            f"bev.antall.{til[0]}" if til else "bev.kr",
            nedover=LIVSSITUASJONER.index(fra),
            ellers=f"nullalternativ_{fra}" if er_beloep else "",
        )


def _tiltaksposter(noekkel: str, rad: int, ett: Tiltak, gammel: Tiltak | None, prisaar: int) -> Iterator[Registerpost]:
    tall = _tiltakstall(ett)
    standard = _tiltakstall(gammel) if gammel else dict[str, float]()
    # A new source of the volumes belongs to those that are new, and to all when none is.
    nye = [d for d, verdi in tall.items() if d != "enhetskostnad" and not _samme_tall(verdi, standard.get(d))]
    for del_, verdi in tall.items():
        hode, _, situasjon = del_.partition(".")
        felt = TILTAKSFELT[hode]
        volum = del_ != "enhetskostnad"
        egen = ett.kilde_til_volum if volum else ett.kilde
        standardkilde = "" if gammel is None else gammel.kilde_til_volum if volum else gammel.kilde
        merke = f"{felt.tekst.lower()}, {SITUASJONSNAVN[situasjon].lower()}" if situasjon else felt.tekst.lower()
        yield Registerpost(
            noekkel,
            f"{noekkel}.tiltak «{ett.navn}»: {del_}",
            # The name stands second: one that begins with «=» must not become a formula where a CSV is opened.
            f"{FORAN_TILTAK}{ett.navn}»: {merke}",
            verdi,
            felt.enhet,
            felt.slag,
            prisaar if felt.slag == "beloep" else None,
            standard.get(del_),
            standardkilde,
            standardkilde if nye and gammel and volum and del_ not in nye else egen,
            "tiltak_" + {"ganger_per_aar": "ganger"}.get(del_, del_).replace(".", "_"),
            tiltak=(ett.navn, rad),
        )


def _tiltakstall(t: Tiltak) -> dict[str, float]:
    """The five numbers of a tiltak by key."""
    return {
        "enhetskostnad": t.enhetskostnad,
        **{f"volum.{s}": volum for s, volum in zip(UTGANGSSITUASJONER, t.volum, strict=True)},
        "ganger_per_aar": t.ganger_per_aar,
    }


def om_kommunal_andel(grupper: Sequence[Brukergruppe]) -> str:
    """Where the split of the saving between the payers comes from, or that it is an antakelse."""
    kilder = dict.fromkeys(g.kilder["utvidet.kommunal_andel_nullalternativ"] for g in grupper)
    if all(map(er_antakelse, kilder)):
        return "Antakelse: fordelingen av besparelsen mellom betalerne er ikke kjent."
    return "; ".join(kilder)[:200]
