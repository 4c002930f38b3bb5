"""Read a scenario file and lay it over the defaults. All faults of a file are reported together."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from velferdslab_model.base.felt import MAKS_NAVN
from velferdslab_model.base.file_reading import les_inndatafil
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg, hele_kroner, med_satser
from velferdslab_model.parameters.bevegelse import BEVEGELSE, MED_SKJEDD_UANSETT, les_bevegelse
from velferdslab_model.parameters.egne_indekser import les_indekser, les_indekskilder
from velferdslab_model.parameters.felt import FELT, PRISAAR
from velferdslab_model.parameters.filslag import SCENARIOFIL, Filslag, krev_tomlslag
from velferdslab_model.parameters.ikke_prissatt import les_ikke_prissatt
from velferdslab_model.parameters.katalogvalg import med_katalogaar, med_katalogvalg
from velferdslab_model.parameters.kilder import UTEN_KILDE, kildetekst
from velferdslab_model.parameters.overskrevet import NOEKKEL as OVERSKREVET
from velferdslab_model.parameters.overskrevet import Overskrevet
from velferdslab_model.parameters.prisaar import BELOEP, Oppgitt, regn_om
from velferdslab_model.parameters.standard import (
    STANDARD_NAVN,
    STANDARD_PRISAAR,
    standardkilder,
    standardverdier,
)
from velferdslab_model.parameters.tidligere import er_tidligere_tekst
from velferdslab_model.parameters.tiltak_loading import les_tiltak
from velferdslab_model.parameters.timesatser import les_timesatser
from velferdslab_model.parameters.toml_limits import for_mye
from velferdslab_model.parameters.typer import (
    LIVSSITUASJONER,
    UTGANGSSITUASJONER,
    Brukergruppe,
    Forutsetninger,
    Tiltak,
    Timesats,
    Utvidet,
)
from velferdslab_model.parameters.usikkerhet import les_usikkerhet
from velferdslab_model.parameters.validation import Feilliste, SkrevetTall, vis

MAKS_FILSTOERRELSE = 1_000_000
#: The mistakes people make in a line that is not TOML, and what to do about each; the first that fits is told.
_TOML_RAAD = (
    (
        r"^[^\"']*[\u00a0\u2007\u2009\u202f]",
        "Linjen har et hardt mellomrom (vist som ?), som fra Word eller en nettside. Skriv et vanlig mellomrom; beløp skrives uten.",
    ),
    (r"^\s*\{", 'Det ligner JSON, som programmet skriver ut og ikke leser. Ventet TOML: navn = "Bergen".'),
    (r"[«»“”„]", 'Bruk rette anførselstegn: "tekst".'),
    (r"^[^#=\"]*[æøåÆØÅ][^=\"]*=", "Nøkler skrives uten æ, ø og å: prisaar, loennskostnad, baerekraftig."),
    (r"=\s*-?\d+,\d", "Desimaltall skrives med punktum: 0.8, ikke 0,8."),
    (r"=\s*-?\d+(\.\d+)?\s*%", "Prosent skrives som andel: 80 % er 0.8."),
    (r"=\s*\d{1,3}(\s\d{3})+", "Beløp skrives uten mellomrom: 600000."),
    (r"=\s*\d+\s*(kr|kroner)", "Beløp skrives uten «kr»."),
    (r"=\s*[A-Za-zÆØÅæøå]", 'Tekst står i anførselstegn: navn = "Bergen".'),
    (r"^\[", "Hver [tabell] kan bare stå én gang i filen; samle linjene under den første."),
)
_TOML_RAAD_ELLERS = "Desimaltall skrives med punktum, tekst i anførselstegn, og hver nøkkel står bare én gang."

#: Keys of the tables inside a group, for example «inntak» -> uholdbar, utsatt, stabil.
_TABELLER: dict[str, list[str]] = {}
for _noekkel in FELT:
    if "." in _noekkel:
        _hode, _, _del = _noekkel.partition(".")
        _TABELLER.setdefault(_hode, []).append(_del)
_IKKE_TALL = ("behold_standardtiltak", "tiltak", "kilder", "usikkerhet", BEVEGELSE)
#: Keys at the top of a scenario file, and of the table of a group.
SCENARIONOEKLER = (
    "navn", "prisaar", "vis_i_prisaar", OVERSKREVET, "indekser", "timesatser", "ikke_prissatt", *BRUKERGRUPPER,
)  # fmt: skip
GRUPPENOEKLER = (
    *dict.fromkeys(noekkel.partition(".")[0] for noekkel in FELT),
    *_IKKE_TALL,
)


def les_toml(sti: str | os.PathLike[str] | None = None) -> Oppgitt:
    """Read a scenario file as given, or the embedded default (Asker 2019) when sti is None.

    Raises KanIkkeLese when the file cannot be read or is not TOML, UgyldigInndata with every fault it holds.
    """
    if sti is None:
        return oppgitt({}, "standard", STANDARD_NAVN)
    fil = Path(sti)
    valg = med_katalogvalg(les_toml_fil(fil), fil.parent)
    try:
        lest = oppgitt(valg.data, fil.name, fil.stem)
    except UgyldigInndata as flere:
        raise UgyldigInndata(fil.name, [*valg.feil, *flere.feil]) from None
    if valg.feil:
        raise UgyldigInndata(fil.name, valg.feil)
    return med_katalogaar(lest, valg)


def fra_toml(data: dict[str, Any], kilde: str, standardnavn: str) -> Forutsetninger:
    """Lay a parsed scenario over the defaults, all amounts in its price year. kilde: name of the file for messages."""
    return regn_om(oppgitt(data, kilde, standardnavn))


def standard_for(f: Forutsetninger) -> Forutsetninger | None:
    """The defaults in the price year of a scenario, by its own indices; None when no index reaches that year."""
    try:
        return regn_om(replace(les_toml(), indekser=f.indekser), f.beloepsaar)
    except UgyldigInndata:
        return None


def oppgitt(
    data: dict[str, Any],
    kilde: str,
    standardnavn: str,
    steder: Mapping[str, str] | None = None,
    ulagrede: Collection[str] = (),
) -> Oppgitt:
    """Lay a parsed scenario over the defaults, each amount in its own price year.

    kilde: name of the file for messages. steder: where a key stands, when that is not in a scenario file.
    ulagrede: the places that hold a formula nobody has computed.
    """
    feil = Feilliste(steder=steder or {}, ulagrede=ulagrede)
    data = feil.tabell("", data, SCENARIONOEKLER)
    navn = feil.tekst("navn", data.get("navn", standardnavn), MAKS_NAVN)
    prisaar = int(feil.tall("prisaar", data.get("prisaar", STANDARD_PRISAAR), PRISAAR) or STANDARD_PRISAAR)
    vis_i = feil.tall("vis_i_prisaar", data.get("vis_i_prisaar", prisaar), PRISAAR)
    overskrevet = _les_overskrevet(feil, data.get(OVERSKREVET), prisaar)
    if overskrevet and not overskrevet.regnet_om:
        prisaar = overskrevet.fra  # only the label was changed
    indekser = les_indekser(feil, data.get("indekser", {}))
    indekskilder = les_indekskilder(feil, data.get("indekser", {}))
    ikke_prissatt = les_ikke_prissatt(feil, data.get("ikke_prissatt", []))
    satser, satsaar = les_timesatser(feil, data.get("timesatser", {}), prisaar)
    grupper, aar = {}, {}
    for gruppe in BRUKERGRUPPER:
        g, gruppeaar = _gruppe(feil, gruppe, data.get(gruppe, {}), prisaar, satser)
        if uten := [t for t in g.tiltak if t.timesats and t.timesats not in satsaar]:
            for t in uten:
                feil.meld(f"{gruppe}.tiltak «{t.navn}»: timesats", f"er «{t.timesats}», som ikke står i timesatser.")
            continue
        grupper[gruppe] = med_satser(g, satser)
        av_sats = {f"tiltak.{t.navn}": satsaar[t.timesats] for t in g.tiltak if t.timesats}
        aar[gruppe] = {**gruppeaar, **av_sats}
    if feil.feil:
        raise UgyldigInndata(kilde, feil.feil)
    assert navn is not None  # a None above has left a message
    assert vis_i is not None  # the same
    return Oppgitt(
        kilde,
        navn,
        int(vis_i),
        grupper,
        aar,
        indekser,
        ikke_prissatt=ikke_prissatt,
        timesatser=satser,
        timesats_aar=satsaar,
        overskrevet=overskrevet,
        indekskilder=indekskilder,
    )


def _les_overskrevet(feil: Feilliste, verdi: Any, prisaar: int) -> Overskrevet | None:
    """Read the mark a file carries; None when there is none, or when the price year has been put back."""
    if verdi is None:
        return None
    tabell = feil.tabell(OVERSKREVET, verdi, ("fra", "til", "regnet_om"))
    aar = [feil.tall(f"{OVERSKREVET}.{navn}", tabell.get(navn), PRISAAR) for navn in ("fra", "til")]
    regnet_om = tabell.get("regnet_om", False)
    if not isinstance(regnet_om, bool):
        feil.meld(f"{OVERSKREVET}.regnet_om", f"er {vis(regnet_om)}, ventet true eller false.")
        return None
    fra, til = aar
    if fra is None or til is None:
        return None
    if regnet_om or prisaar == til:
        return Overskrevet(int(fra), int(til), regnet_om) if fra != til else None
    if prisaar != fra:
        feil.meld(
            "prisaar",
            f"er {prisaar}, ventet {fra:g} eller {til:g}. Slett linjen {OVERSKREVET} når prisåret er avklart.",
        )
    return None


def les_toml_fil(fil: Path, slag: Filslag = SCENARIOFIL, *ogsaa: Filslag) -> dict[str, Any]:
    """Read and parse a TOML file. slag: what it should be; ogsaa: others that will do.

    Raises KanIkkeLese with one sentence, also when its keys are of another kind.
    """
    hva = "scenariofil" if slag is SCENARIOFIL else slag.kalles.removeprefix("en ")
    data = toml_i(fil, les_inndatafil(fil, f"en {hva}", ".toml", MAKS_FILSTOERRELSE), hva)
    krev_tomlslag(fil, data, slag, *ogsaa)
    return data


def toml_i(fil: Path, innhold: bytes, hva: str = "scenariofil") -> dict[str, Any]:
    """Parse the bytes of a TOML file. As les_toml_fil."""
    try:
        tekst = innhold.decode("utf-8-sig")
    except UnicodeDecodeError as feil:
        if fil.suffix.lower() not in ("", ".toml", ".txt"):  # a picture, or a document of another program
            raise KanIkkeLese(f"{fil} er ikke en tekstfil, ventet en {hva} (.toml).") from None
        linje = innhold[: feil.start].count(b"\n") + 1
        raise KanIkkeLese(
            f"{fil}: linje {linje} er ikke UTF-8. Lagre filen som UTF-8 i redigeringsprogrammet og prøv igjen."
        ) from None
    if feil_ := for_mye(tekst):
        raise KanIkkeLese(f"{fil}: {feil_}, ventet en {hva}.")
    try:
        lest = tomllib.loads(tekst, parse_float=SkrevetTall)
    except tomllib.TOMLDecodeError as feil:
        raise KanIkkeLese(_toml_feil(fil, tekst, str(feil))) from None
    except (RecursionError, ValueError):  # nesting too deep; a whole number of more than 4 300 digits
        raise KanIkkeLese(f"{fil}: filen er ikke en gyldig {hva} (for dype lister eller for lange tall).") from None
    if not lest:
        # What the file leaves out is Asker's; a file that leaves out all of it was meant to be something else.
        raise KanIkkeLese(f"{fil} er tom: filen har ingen verdier, ventet en {hva}.")
    return lest


def _toml_feil(fil: Path, tekst: str, melding: str) -> str:
    """Say where a TOML file breaks, showing the line, with the mistakes people make."""
    _, _, sted = melding.partition("(at line ")
    oppgitt = sted.partition(",")[0]
    linjer = tekst.rstrip("\n").split("\n")  # as TOML counts lines; splitlines() also breaks at other characters
    # A fault at the end of the document is met on its last line: an open text, or a key given twice.
    nummer = min(int(oppgitt), len(linjer)) if oppgitt.isdigit() else len(linjer)
    raa = linjer[nummer - 1].strip()
    linje = "".join(tegn if tegn.isprintable() else "?" for tegn in raa)
    raad = next((raad for moenster, raad in _TOML_RAAD if re.search(moenster, raa)), _TOML_RAAD_ELLERS)
    return f"{fil}: linje {nummer} er ikke riktig skrevet: «{linje[:80]}». {raad}"


def _gruppe(
    feil: Feilliste, gruppe: str, verdi: Any, prisaar: int, satser: Sequence[Timesats]
) -> tuple[Brukergruppe, dict[str, int]]:
    """A group, and the price year of each of its amounts: the file's for those it gives, else the defaults'."""
    tabell = feil.tabell(gruppe, verdi, GRUPPENOEKLER)
    verdier = dict(standardverdier(gruppe))
    aar = dict.fromkeys(BELOEP, STANDARD_PRISAAR)
    endret: set[str] = set()
    gitt: set[str] = set()
    for hode in (navn for navn in tabell if navn not in _IKKE_TALL):
        oppgitt = {hode: tabell[hode]}
        if hode in _TABELLER:
            deler = feil.tabell(f"{gruppe}.{hode}", tabell[hode], _TABELLER[hode])
            oppgitt = {f"{hode}.{del_}": deler[del_] for del_ in deler}
        for noekkel, raa in oppgitt.items():
            tall = feil.tall(f"{gruppe}.{noekkel}", raa, FELT[noekkel])
            if tall is not None:
                annet_aar = noekkel in aar and prisaar != STANDARD_PRISAAR and tall != 0
                if tall != verdier[noekkel] or annet_aar:
                    endret.add(noekkel)
                verdier[noekkel] = tall
                gitt.add(noekkel)
                if noekkel in aar:
                    aar[noekkel] = prisaar
    kilder = dict(standardkilder(gruppe)) | dict.fromkeys(endret, UTEN_KILDE)
    kilder |= _kilder(feil, f"{gruppe}.kilder", tabell.get("kilder", {}))
    avledet = _avledede(gruppe, verdier, gitt, kilder)
    for noekkel in avledet:
        aar[noekkel] = aar[AVLEDEDE[noekkel][0]]
        if kilder[noekkel] == UTEN_KILDE or er_tidligere_tekst(gruppe, "", noekkel, kilder[noekkel]):
            kilder[noekkel] = standardkilder(gruppe)[noekkel]
    behold = tabell.get("behold_standardtiltak", True)
    if not isinstance(behold, bool):
        feil.meld(f"{gruppe}.behold_standardtiltak", f"er {vis(behold)}, ventet true eller false.")
    liste = tabell.get("tiltak", [])
    tiltak = les_tiltak(feil, gruppe, liste, bool(behold), prisaar, [sats.navn for sats in satser])
    med_pris = {sammenligningsnavn(rad["navn"]) for rad in liste if _gir_pris(rad)} if isinstance(liste, list) else ()
    aar |= {f"tiltak.{t.navn}": prisaar if sammenligningsnavn(t.navn) in med_pris else STANDARD_PRISAAR for t in tiltak}
    usikkerhet = les_usikkerhet(feil, f"{gruppe}.usikkerhet", tabell.get("usikkerhet", {}), tiltak)
    aar |= {f"usikkerhet.{noekkel}": prisaar for noekkel in usikkerhet}
    bevegelse = les_bevegelse(feil, f"{gruppe}.{BEVEGELSE}", tabell.get(BEVEGELSE))
    if bevegelse and verdier["utvidet.skjedd_uansett"] > 0:
        feil.meld(f"{gruppe}.{BEVEGELSE}", MED_SKJEDD_UANSETT)
    aar[BEVEGELSE] = prisaar
    g = replace(bygg_gruppe(verdier, tiltak, kilder), usikkerhet=usikkerhet, avledet=avledet, bevegelse=bevegelse)
    return foelg(g), aar


def _avledede(gruppe: str, verdier: Mapping[str, float], gitt: set[str], kilder: Mapping[str, str]) -> frozenset[str]:
    """The derived inputs that follow others: those not given, and those an earlier version wrote out as they were.

    An earlier version is known by its silence about the factors, and its number by being what they make.
    """
    ut = set()
    for noekkel, (av, faktor) in AVLEDEDE.items():
        som_foer = (
            faktor not in gitt
            and verdier[noekkel] == float(hele_kroner(verdier[av] * verdier[faktor]))
            and (
                kilder[noekkel] in (standardkilder(gruppe)[noekkel], UTEN_KILDE)
                or er_tidligere_tekst(gruppe, "", noekkel, kilder[noekkel])
            )
        )
        if noekkel not in gitt or som_foer:
            ut.add(noekkel)
    return frozenset(ut)


def _gir_pris(rad: Any) -> bool:
    return isinstance(rad, dict) and isinstance(rad.get("navn"), str) and "enhetskostnad" in rad


def bygg_gruppe(verdier: dict[str, float], tiltak: tuple[Tiltak, ...], kilder: dict[str, str]) -> Brukergruppe:
    """Make a group of legal numbers by dotted key; every key of FELT must be there."""

    def rekke(hode: str, situasjoner: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(verdier[f"{hode}.{s}"] for s in situasjoner)

    return Brukergruppe(
        analyseperiode=int(verdier["analyseperiode"]),
        inntaksaar=int(verdier["inntaksaar"]),
        analysetidspunkt=int(verdier["analysetidspunkt"]),
        neddiskontering=verdier["neddiskontering"],
        inntak=rekke("inntak", UTGANGSSITUASJONER),
        suksessrate=rekke("suksessrate", UTGANGSSITUASJONER),
        nullalternativ=rekke("nullalternativ", LIVSSITUASJONER),
        livskvalitet=rekke("livskvalitet", LIVSSITUASJONER),
        stillingsandel=rekke("stillingsandel", LIVSSITUASJONER),
        nullalternativ_faktor=(
            verdier["nullalternativ_faktor.uholdbar"],
            1.0,
            verdier["nullalternativ_faktor.stabil"],
        ),
        verdi_qaly=verdier["verdi_qaly"],
        loennskostnad=verdier["loennskostnad"],
        utvidet=Utvidet(**{navn: verdier[f"utvidet.{navn}"] for navn in Utvidet.__dataclass_fields__}),
        tiltak=tiltak,
        kilder=kilder,
    )


def _kilder(feil: Feilliste, sted: str, verdi: Any) -> dict[str, str]:
    """Sources may be keyed by a quoted dotted key, or by tables that spell it."""
    ut: dict[str, str] = {}
    if not isinstance(verdi, dict):
        feil.tabell(sted, verdi, ())
        return ut
    flat: dict[str, Any] = {}
    for navn, innhold in verdi.items():
        flat |= {f"{navn}.{d}": t for d, t in innhold.items()} if isinstance(innhold, dict) else {navn: innhold}
    for noekkel, raa in feil.tabell(sted, flat, FELT).items():
        kilde = kildetekst(feil, f"{sted}.{noekkel}", raa)
        if kilde is not None:
            ut[noekkel] = kilde
    return ut
