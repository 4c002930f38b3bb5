"""Read and check the [gruppe.usikkerhet] table, and the distributions that count where it is silent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from velferdslab_model.base.felt import MAKS_BELOEP, MINSTE_INNTAK, Felt
from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.base.tall import femten_siffer, maskintall
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT, TIMESATSFELT
from velferdslab_model.parameters.fordeling import FELLESFAKTORER, FORDELINGER, STRUKTURELL, Fordeling, Fordelingsslag
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe, Tiltak
from velferdslab_model.parameters.validation import Feilliste, vis

#: Common factor -> how the keys begin of the single numbers that take its place.
FORAN = {"priser": "tiltak.", "nullalternativ": "nullalternativ."}
#: A common factor multiplies a price by at most this.
MAKS_FAKTOR = 100.0
_FAKTORFELT = Felt("faktor", "Felles faktor", "faktor", "indeks", 0.0, MAKS_FAKTOR, "hoved", "")
_ETTER = ".enhetskostnad"
#: Begins the key of a common hourly rate.
TIMESATS = "timesats."
_MAKS_TEKST = 1000
#: A larger spread beside the mean leaves no number that a sample would hold: nearly all draws are 0.
_MAKS_SPREDNING = 100.0
#: Kinds that may become any positive number.
_UTEN_TAK: tuple[Fordelingsslag, ...] = ("lognormal", "gamma")


def tiltaksnoekkel(t: Tiltak) -> str:
    """Key of the price of one tiltak."""
    return f"{FORAN['priser']}{t.navn}{_ETTER}"


def felt_for(noekkel: str) -> Felt:
    """Unit and legal range of an uncertain number. Raises KeyError for a key that is none."""
    noekkel = noekkel.removeprefix(STRUKTURELL)
    if noekkel in FELLESFAKTORER:
        return _FAKTORFELT
    if noekkel.startswith(TIMESATS):
        return TIMESATSFELT
    return TILTAKSFELT["enhetskostnad"] if noekkel.startswith(FORAN["priser"]) else FELT[noekkel]


def navn_paa(noekkel: str) -> str:
    """An uncertain number as a reader sees it."""
    if noekkel == "priser":
        return "Priser på tiltak (felles faktor)"
    if noekkel == "nullalternativ":
        return "Nullalternativ (felles faktor)"
    if noekkel == "suksessrate":
        return "Suksessrater (felles faktor)"
    if noekkel.startswith(TIMESATS):
        return f"Felles timesats: {noekkel.removeprefix(TIMESATS)}"
    if noekkel.startswith(FORAN["priser"]):
        return f"Pris: {noekkel.removeprefix(FORAN['priser']).removesuffix(_ETTER)}"
    return FELT[noekkel].tekst


def les_usikkerhet(feil: Feilliste, sted: str, verdi: Any, tiltak: Sequence[Tiltak]) -> dict[str, Fordeling]:
    """The distributions of a group, by key; every fault goes to feil. verdi: the table as parsed."""
    if not isinstance(verdi, dict):
        feil.meld(sted, f"er {vis(verdi)}, ventet en tabell med en fordeling for hvert tall, for eksempel [{sted}].")
        return {}
    kjente = {sammenligningsnavn(noekkel): noekkel for noekkel in (*_lovlige(tiltak), *_strukturelle())}
    ut: dict[str, Fordeling] = {}
    for skrevet, raa in _flat(verdi).items():
        her = f"{sted}.{skrevet[:80]}"
        noekkel = kjente.get(sammenligningsnavn(skrevet))
        if skrevet == STRUKTURELL.rstrip("."):
            if raa != {}:  # one in which everything is a comment says nothing
                feil.meld(her, f"er {vis(raa)}, ventet en tabell med en fordeling for hvert tall.")
        elif noekkel is None:
            feil.meld(her, _ukjent(skrevet, list(kjente.values())))
        elif (fordeling := _fordeling(feil, her, raa, felt_for(noekkel))) is not None:
            ut[noekkel] = fordeling
    return ut


def _lovlige(tiltak: Sequence[Tiltak]) -> list[str]:
    felter = [noekkel for noekkel, felt in FELT.items() if not felt.heltall]
    satser = dict.fromkeys(f"{TIMESATS}{t.timesats}" for t in tiltak if t.timesats)
    return [*FELLESFAKTORER, *felter, *satser, *(tiltaksnoekkel(t) for t in tiltak)]


def _strukturelle() -> list[str]:
    return [f"{STRUKTURELL}{noekkel}" for noekkel, felt in FELT.items() if not felt.heltall]


def _ukjent(skrevet: str, kjente: list[str]) -> str:
    if skrevet.removeprefix(STRUKTURELL) in FELT:
        return "er et helt tall eller et årstall og kan ikke ha en fordeling."
    if skrevet.startswith(FORAN["priser"]):
        return f"gjelder et tiltak som ikke finnes.{mente_du(skrevet, kjente)}"
    return f"er ikke et tall som kan ha en fordeling.{mente_du(skrevet, kjente)}"


def _flat(tabell: Mapping[str, Any], foran: str = "") -> dict[str, Any]:
    """Keys may be quoted («"suksessrate.utsatt" = ...») or spelled by tables; a table with «fordeling» is one entry."""
    ut: dict[str, Any] = {}
    for navn, verdi in tabell.items():
        if isinstance(verdi, dict) and "fordeling" not in verdi and any(isinstance(v, dict) for v in verdi.values()):
            ut |= _flat(verdi, f"{foran}{navn}.")
        else:
            ut[f"{foran}{navn}"] = verdi
    return ut


def _fordeling(feil: Feilliste, sted: str, verdi: Any, felt: Felt) -> Fordeling | None:
    if not isinstance(verdi, dict):
        feil.meld(
            sted,
            f'er {vis(verdi)}, ventet en fordeling, for eksempel {{ fordeling = "uniform", minst = 1, mest = 2 }}.',
        )
        return None
    if "fordeling" not in verdi:
        feil.meld(sted, f"mangler fordeling, ventet en av {', '.join(FORDELINGER)}.")
        return None
    slag: Any = feil.ord_fra(f"{sted}.fordeling", verdi["fordeling"], tuple(FORDELINGER))
    if slag is None:
        return None
    sett = FORDELINGER[slag]
    rest = feil.tabell(sted, verdi, ("fordeling", "begrunnelse", *dict.fromkeys(n for navn in sett for n in navn)))
    if len(rest) < len(verdi):  # a key was refused
        return None
    oppgitt = {navn for navn in rest if navn not in ("fordeling", "begrunnelse")}
    navn = next((n for n in sett if set(n) == oppgitt), None)
    if navn is None:
        feil.meld(
            sted,
            f"har {' og '.join(sorted(oppgitt)) or 'ingen tall'}, ventet {' eller '.join(' og '.join(n) for n in sett)}.",
        )
        return None
    verdier: dict[str, float] = {}
    for n in navn:
        ett = _tall(feil, f"{sted}.{n}", rest[n], n, felt)
        if ett is None:
            return None
        verdier[n] = ett
    if galt := _galt(slag, verdier, felt):
        feil.meld(sted, galt)
        return None
    hvorfor = feil.tekst(f"{sted}.begrunnelse", rest["begrunnelse"], _MAKS_TEKST) if "begrunnelse" in rest else ""
    return None if hvorfor is None else Fordeling(slag, verdier, _minst(felt), felt.mest, hvorfor)


def _minst(felt: Felt) -> float:
    return MINSTE_INNTAK if felt.slag == "antall" else felt.minst


def _tall(feil: Feilliste, sted: str, verdi: Any, navn: str, felt: Felt) -> float | None:
    """Places must be legal values of the number itself; counts and spreads have ranges of their own."""
    if navn in ("minst", "typisk", "mest", "snitt"):
        return feil.tall(sted, verdi, felt)
    tekst = {"suksess": "Suksess", "forsoek": "Forsøk", "sd": "Standardavvik"}[navn]
    return feil.tall(sted, verdi, Felt(navn, tekst, "", "indeks", 0.0, MAKS_BELOEP, "hoved", ""))


def _galt(slag: Fordelingsslag, t: Mapping[str, float], felt: Felt) -> str:
    """What is wrong with the numbers together, as the end of a sentence; empty when nothing is."""
    if slag == "triangulaer" and not t["minst"] <= t["typisk"] <= t["mest"]:
        return f"har minst {maskintall(t['minst'])}, typisk {maskintall(t['typisk'])} og mest {maskintall(t['mest'])}, ventet dem i stigende rekkefølge."
    if slag == "uniform" and t["minst"] > t["mest"]:
        return f"har minst {maskintall(t['minst'])} og mest {maskintall(t['mest'])}, ventet minst lavere enn mest."
    if "minst" in t and t["minst"] < _minst(felt):
        return f"har minst {maskintall(t['minst'])}, utenfor det lovlige området: ventet {felt.ventet}."
    if slag == "beta":
        return _galt_med_beta(t, felt)
    if slag in _UTEN_TAK and felt.slag == "andel":
        return f"er {slag} og kan bli større enn {maskintall(felt.mest)}. Bruk beta, triangulaer eller uniform for en andel."
    if slag in _UTEN_TAK and t["snitt"] <= 0:
        return f"har snitt {maskintall(t['snitt'])}, ventet et tall over 0."
    if slag in _UTEN_TAK and t["sd"] > _MAKS_SPREDNING * t["snitt"]:
        return f"har sd {maskintall(t['sd'])} og snitt {maskintall(t['snitt'])}, ventet sd høyst {_MAKS_SPREDNING:.0f} ganger snittet."
    return ""


def _galt_med_beta(t: Mapping[str, float], felt: Felt) -> str:
    if felt.minst > 0 or felt.mest < 1 or felt.slag != "andel":
        return f"er beta, som går fra 0 til 1, utenfor det lovlige området: ventet {felt.ventet}. Bruk triangulaer eller uniform."
    if "suksess" in t:
        if t["suksess"] > t["forsoek"]:
            return f"har suksess {maskintall(t['suksess'])} av forsoek {maskintall(t['forsoek'])}, ventet høyst like mange."
        if not 0 < t["suksess"] < t["forsoek"]:
            return f"har suksess {maskintall(t['suksess'])} av forsoek {maskintall(t['forsoek'])}, ventet noen av begge slag. Bruk ellers snitt og sd, eller triangulaer."
        return ""
    if not 0 < t["snitt"] < 1 and t["sd"] > 0:
        return f"har snitt {maskintall(t['snitt'])}, ventet et tall mellom 0 og 1."
    if t["sd"] > 0 and t["sd"] ** 2 >= t["snitt"] * (1 - t["snitt"]):
        return f"har sd {maskintall(t['sd'])}, ventet under {math.sqrt(t['snitt'] * (1 - t['snitt'])):.4f} når snittet er {maskintall(t['snitt'])}."
    return ""


def fordelinger(g: Brukergruppe) -> dict[str, Fordeling]:
    """Every distribution that counts for a group: its own, and the defaults where it has none; the certain left out.

    A distribution of one price, or of one situation's null cost, takes the place of the default common factor; a common
    factor for the success rates takes the place of the default for each.
    """
    standard = _standard(g)
    for faktor, foran in FORAN.items():
        egne = (foran, TIMESATS) if faktor == "priser" else (foran,)
        if any(noekkel.startswith(egne) for noekkel in g.usikkerhet):
            standard.pop(faktor, None)
    if "suksessrate" in g.usikkerhet:
        standard = {noekkel: f for noekkel, f in standard.items() if not noekkel.startswith("suksessrate.")}
    alle = standard | {n: f for n, f in g.usikkerhet.items() if not n.startswith(STRUKTURELL)}
    rekkefoelge = {noekkel: k for k, noekkel in enumerate(_lovlige(g.tiltak))}
    return {n: alle[n] for n in sorted(alle, key=rekkefoelge.__getitem__) if alle[n].slag != "fast"}


#: What _standard holds, in words.
OM_STANDARD = (
    "Der kommunen ikke har oppgitt egne fordelinger, brukes programmets antakelser: suksessrater som om de var sett hos ti "
    "deltakere, priser ± 20 %, nullalternativ ± 30 % og 0,6 til 1,4 millioner 2019-kroner for en QALY. Rater på 0 og 100 % "
    "regnes som sikre. En egen fordeling for én pris eller ett nullalternativ gjør de andre av samme slag sikre."
)


def _standard(g: Brukergruppe) -> dict[str, Fordeling]:
    """The defaults, laid around the scenario's own numbers, each with its reason."""
    ut = {
        "priser": _trekant(
            (0.8, 1.0, 1.2), 1.0, "priser",
            "antakelse: prisene er ikke publisert; ± 20 % felles for alle, fordi feil i prisnivået rammer alle likt",
        ),
        "nullalternativ": _trekant(
            (0.7, 1.0, 1.3), 1.0, "nullalternativ",
            "antakelse: notatet kaller nullalternativet svært usikkert; ± 30 % felles, fordi alle er regnet ut fra utsatt",
        ),
        "verdi_qaly": _trekant(
            (0.6 / 1.12, 1.0, 1.4 / 1.12), g.verdi_qaly, "verdi_qaly",
            "antakelse: spennet 0,6 / 1,12 / 1,4 millioner 2019-kroner, skalert til scenariets verdi",
        ),
    }  # fmt: skip
    for s, p in zip(UTGANGSSITUASJONER, g.suksessrate, strict=True):
        if 0 < p < 1:
            hvorfor = (
                f"antakelse: raten fra {SITUASJONSNAVN[s].lower()} er et anslag, vektet som ti observerte deltakere"
            )
            ut[f"suksessrate.{s}"] = Fordeling(
                "beta", {"suksess": femten_siffer(10 * p), "forsoek": 10.0}, 0.0, 1.0, hvorfor
            )
    return {noekkel: f for noekkel, f in ut.items() if any(f.tall.values())}


def _trekant(ender: tuple[float, float, float], verdi: float, noekkel: str, hvorfor: str) -> Fordeling:
    felt = felt_for(noekkel)
    tre = {
        navn: min(felt.mest, femten_siffer(ende * verdi))
        for navn, ende in zip(("minst", "typisk", "mest"), ender, strict=True)
    }
    return Fordeling("triangulaer", tre, felt.minst, felt.mest, hvorfor)
