"""What does not go together in the terms of a contract, each as the key and the end of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from velferdslab_model.base.tall import antall
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR, Kontrakt


def strid(v: Kontrakt) -> Iterator[tuple[str, str]]:
    """Every contradiction, in the order of the file."""
    yield from _aar(v)
    yield from _inntak(v)
    yield from _priskort(v)
    yield from _tak(v)
    if v.pris_grunnlag == "etter fradrag" and v.skjedd_uansett == 0:
        yield (
            "pris_grunnlag",
            "er «etter fradrag», men ingen ville lyktes uansett, så det er ingenting å trekke fra.",
        )
    n = v.nullalternativ
    if n is not None and n.etter > n.foer:
        yield (
            "nullalternativ.etter",
            f"er {antall(n.etter, 15)}, mer enn kostnaden uten måloppnåelse ({antall(n.foer, 15)}). Er de to byttet om?",
        )


def _aar(v: Kontrakt) -> Iterator[tuple[str, str]]:
    if v.inntaksaar > v.kontraktaar:
        yield "inntaksaar", f"er {v.inntaksaar}, men kontrakten har {v.kontraktaar} år."
    if utenfor := [aar for aar in v.betalingsaar if not 1 <= aar <= v.kontraktaar]:
        raad = f" Skriv kontraktår (1 til {v.kontraktaar}), ikke årstall." if max(utenfor) > MAKS_KONTRAKTAAR else ""
        yield (
            "betalingsaar",
            f"har år {' og '.join(map(str, utenfor))}, men kontrakten har {v.kontraktaar} år.{raad}",
        )
    for i, fast in enumerate(v.fast_betaling, start=1):
        if fast.aar > v.kontraktaar:
            yield f"fast_betaling[{i}].aar", f"er {fast.aar}, men kontrakten har {v.kontraktaar} år."
    if v.avvikling is not None and v.avvikling.etter_aar >= v.kontraktaar:
        yield "avvikling.etter_aar", f"er {v.avvikling.etter_aar}, ventet et år før det siste ({v.kontraktaar})."
    if v.stanses_etter is not None and v.stanses_etter >= v.kontraktaar:
        yield "stanses_etter", f"er {v.stanses_etter}, ventet et år før det siste ({v.kontraktaar})."


def _inntak(v: Kontrakt) -> Iterator[tuple[str, str]]:
    i = v.inntak
    if not i.lav <= i.forventet <= i.hoey:
        yield "inntak", f"har lavt {i.lav}, forventet {i.forventet} og høyt {i.hoey}, ventet stigende tall."
    if i.minst is not None and i.mest is not None and i.minst > i.mest:
        yield "inntak.minst", f"er {i.minst}, mer enn det meste som tas inn ({i.mest})."


def _priskort(v: Kontrakt) -> Iterator[tuple[str, str]]:
    if v.priskort and v.priskort[0].holder != 1:
        yield (
            "priskort[1].holder",
            f"er {antall(v.priskort[0].holder, 15)}, ventet 1. Suksessraten er andelen som når målet ved den første oppfølgingen.",
        )
    for i, (foer, etter) in enumerate(pairwise(v.priskort), start=2):
        if etter.maaned <= foer.maaned:
            yield (
                f"priskort[{i}].maaned",
                f"er {etter.maaned}, ikke etter oppfølgingen før ({foer.maaned}). Skriv linjene i rekkefølge.",
            )
        if etter.holder > foer.holder:
            yield (
                f"priskort[{i}].holder",
                f"er {antall(etter.holder, 15)}, mer enn ved oppfølgingen før ({antall(foer.holder, 15)}). Andelen som holder målet, kan bare falle.",
            )
    if v.priskort and v.pris == 0 and not v.fast_betaling:
        yield "priskort", "har bare prisen 0, og det er ingen faste betalinger. Da er det ingenting å regne på."


def _tak(v: Kontrakt) -> Iterator[tuple[str, str]]:
    hoeyest = max((linje.pris for linje in v.priskort), default=0.0)
    for navn, tak in (("per_person", v.tak.per_person), ("per_aar", v.tak.per_aar), ("kontrakt", v.tak.kontrakt)):
        if tak is None:
            continue
        if tak != int(tak):
            yield f"tak.{navn}", f"er {antall(tak, 15)}, ventet hele kroner."
        if tak < hoeyest:
            yield (
                f"tak.{navn}",
                f"er {antall(tak, 15)}, mindre enn én pris ({antall(hoeyest, 15)}). Da kan ikke én eneste person betales fullt ut. Mangler det en null?",
            )
    for i, fast in enumerate(v.fast_betaling, start=1):
        if fast.beloep != int(fast.beloep):
            yield f"fast_betaling[{i}].beloep", f"er {antall(fast.beloep, 15)}, ventet hele kroner."
    if v.tak.overfoering and v.tak.per_aar is None:
        yield "tak.overfoering", "er valgt, men det er ikke noe tak per år å overføre fra."
