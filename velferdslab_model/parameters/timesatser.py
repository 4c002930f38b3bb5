"""The common hourly rates of a scenario file, [timesatser]: one for each name, which tiltak in either group refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from velferdslab_model.base.felt import MAKS_NAVN
from velferdslab_model.base.tekst import mente_du, normalisert, sammenligningsnavn, tekstfeil
from velferdslab_model.parameters.felt import TIMESATSFELT
from velferdslab_model.parameters.kilder import UTEN_KILDE, kildetekst
from velferdslab_model.parameters.standard import STANDARD_PRISAAR, standard_timesatser
from velferdslab_model.parameters.typer import MAKS_TIMESATSER, Timesats
from velferdslab_model.parameters.validation import Feilliste, vis

_NOEKLER = ("kr", "kilde")


def les_timesatser(feil: Feilliste, verdi: Any, prisaar: int) -> tuple[tuple[Timesats, ...], dict[str, int]]:
    """The rates of a file; every fault goes to feil. verdi: a table, laid over the defaults, or a list of them all.

    Also the price year of each, by its name.
    """
    innebygde = {sammenligningsnavn(sats.navn): sats for sats in standard_timesatser()}
    rader = list(_rader(feil, verdi))
    satser = {} if isinstance(verdi, list) else dict(innebygde)
    aar = {sats.navn: STANDARD_PRISAAR for sats in satser.values()}
    sett: set[str] = set()
    for sted, navn, raa in rader:
        noekkel = sammenligningsnavn(navn)
        if noekkel in sett:
            feil.meld(sted, f"heter «{navn}», som en annen. Gi satsene ulike navn.")
            continue
        sett.add(noekkel)
        gammel = innebygde.get(noekkel)
        riktig = gammel.navn if gammel else navn
        # One that is told as a fault is kept by its name, so that the tiltak that follow it are no faults as well.
        satser[noekkel] = _sats(feil, sted, riktig, raa, gammel, prisaar) or Timesats(riktig, 0.0, UTEN_KILDE)
        aar[riktig] = prisaar
    if len(satser) > MAKS_TIMESATSER:
        feil.meld("timesatser", f"gir {len(satser)} satser i alt, ventet høyst {MAKS_TIMESATSER}.")
    return tuple(satser.values()), aar


def _rader(feil: Feilliste, verdi: Any) -> Iterator[tuple[str, str, Any]]:
    """Place, name and content of each rate with a legal name."""
    if isinstance(verdi, list):
        for nummer, raa in enumerate(verdi, start=1):
            sted = f"timesatser[{nummer}]"
            rad = feil.tabell(sted, raa, ("navn", *_NOEKLER))
            navn = feil.tekst(sted, rad.get("navn"), MAKS_NAVN) if isinstance(raa, dict) else None
            if navn:
                yield sted, navn, {n: v for n, v in rad.items() if n != "navn"}
        return
    if not isinstance(verdi, dict):
        feil.meld("timesatser", f'er {vis(verdi)}, ventet en tabell, for eksempel "Kommunal timesats" = 600.')
        return
    for skrevet, raa in verdi.items():
        navn = normalisert(skrevet)
        if galt := tekstfeil(navn, MAKS_NAVN, tom_er_lovlig=False):
            feil.meld("timesatser", f"har et navn som {galt}.")
        else:
            yield f"timesatser.{navn[:60]}", navn, raa


def _sats(feil: Feilliste, sted: str, navn: str, raa: Any, gammel: Timesats | None, prisaar: int) -> Timesats | None:
    """One rate: a number, or a table of kr and kilde. A changed one without a source is the user's antakelse."""
    tabell = feil.tabell(sted, raa, _NOEKLER) if isinstance(raa, dict) else {"kr": raa}
    if "kr" not in tabell:
        feil.meld(sted, 'mangler kr, for eksempel { kr = 600, kilde = "Budsjett" }.')
        return None
    kr = feil.tall(f"{sted}.kr" if isinstance(raa, dict) else sted, tabell["kr"], TIMESATSFELT)
    oppgitt = tabell.get("kilde", "")
    kilde = kildetekst(feil, f"{sted}.kilde", oppgitt, tom_er_lovlig=True)
    if kr is None or kilde is None:
        return None
    som_foer = gammel is not None and kr == gammel.kr and prisaar == STANDARD_PRISAAR
    uten = gammel.kilde if gammel is not None and som_foer else UTEN_KILDE
    return Timesats(navn, kr, kilde if oppgitt != "" else uten)


def les_henvisning(feil: Feilliste, sted: str, verdi: Any, satser: Sequence[str], egen_pris: bool) -> str | None:
    """The rate a tiltak refers to, by its name; empty for a price of its own. egen_pris: whether it has one, too."""
    navn = feil.tekst(sted, verdi, MAKS_NAVN, tom_er_lovlig=True)
    if not navn:
        return navn
    kjente = {sammenligningsnavn(sats): sats for sats in satser}
    funnet = kjente.get(sammenligningsnavn(navn))
    if funnet is None:
        feil.meld(sted, f"er {vis(navn)}, ventet en sats under [timesatser]: {_liste(satser)}.{mente_du(navn, satser)}")
    elif egen_pris:
        feil.meld(sted, f"er {vis(navn)}, men tiltaket har også enhetskostnad. Behold den ene.")
        return None
    return funnet


def _liste(satser: Sequence[str]) -> str:
    return ", ".join(f"«{sats}»" for sats in satser) or "ingen er oppgitt"
