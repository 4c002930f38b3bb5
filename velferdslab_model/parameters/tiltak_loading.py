"""Read the list of tiltak of a group in a scenario file, laid over the defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.parameters.felt import TILTAKSFELT
from velferdslab_model.parameters.kilder import UTEN_KILDE, kildetekst
from velferdslab_model.parameters.standard import STANDARD_PRISAAR, standardtiltak
from velferdslab_model.parameters.tidligere import som_standard
from velferdslab_model.parameters.timesatser import les_henvisning
from velferdslab_model.parameters.typer import (
    BETALERE,
    KATEGORIER,
    KOSTNADSDRIVERE,
    MAKS_TILTAK,
    UTGANGSSITUASJONER,
    Tiltak,
)
from velferdslab_model.parameters.validation import Feilliste, vis

_TILTAKSNOEKLER = tuple(Tiltak.__dataclass_fields__)


def les_tiltak(
    feil: Feilliste, gruppe: str, verdi: Any, behold: bool, prisaar: int, satser: Sequence[str]
) -> tuple[Tiltak, ...]:
    """The tiltak of a group; every fault goes to feil. behold: lay them over the defaults. satser: the common hourly rates."""
    sted, standard = f"{gruppe}.tiltak", standardtiltak(gruppe) if behold else ()
    if not isinstance(verdi, list):
        feil.meld(sted, f"er {vis(verdi)}, ventet tiltak skrevet som [[{sted}]].")
        return standard
    liste = {sammenligningsnavn(t.navn): t for t in standard}
    sett: dict[str, int] = {}
    for nummer, raa in enumerate(verdi, start=1):
        rad = feil.tabell(f"{sted}[{nummer}]", raa, _TILTAKSNOEKLER)
        navn = feil.tekst(f"{sted}[{nummer}].navn", rad["navn"], MAKS_NAVN) if "navn" in rad else None
        if navn is None:
            if isinstance(raa, dict) and "navn" not in raa:
                feil.meld(f"{sted}[{nummer}]", "mangler navn.")
            continue
        noekkel = sammenligningsnavn(navn)
        if noekkel in sett:
            feil.meld(f"{sted}[{nummer}]", f"heter «{navn}», det samme som nummer {sett[noekkel]}. Gi dem ulike navn.")
            continue
        sett[noekkel] = nummer
        gammel = liste.get(noekkel)
        felter = _tiltaksfelter(feil, f"{sted} «{navn}»", rad, gammel, satser)
        if gammel:
            liste[noekkel] = replace(gammel, **felter | _kilder_over(gammel, felter, prisaar))
        elif ny := _nytt_tiltak(feil, f"{sted} «{navn}»", rad, felter, [t.navn for t in standard]):
            er_gammel = "volumkilde" not in rad and "timesats" not in rad and prisaar == STANDARD_PRISAAR
            liste[noekkel] = som_standard(gruppe, ny) if er_gammel else ny
    if len(liste) > MAKS_TILTAK:
        feil.meld(
            sted, f"gir {len(liste)} tiltak i alt, ventet høyst {MAKS_TILTAK}: arbeidsboken har ikke flere rader."
        )
    return tuple(liste.values())


def _kilder_over(gammel: Tiltak, felter: Mapping[str, Any], prisaar: int) -> dict[str, str]:
    """The sources of a default tiltak with some fields laid over it: each of the numbers it was given with.

    A number without a source of its own counts as the user's antakelse, not as the default's.
    """
    mengde = [n for n in ("volum", "ganger_per_aar") if n in felter]
    ny_mengde = any(getattr(gammel, n) != felter[n] for n in mengde)
    gitt = felter.get("kilde")
    pris = "enhetskostnad" in felter
    ny_pris = pris and (felter["enhetskostnad"] != gammel.enhetskostnad or prisaar != STANDARD_PRISAAR)
    ny_pris = ny_pris or felter.get("timesats", gammel.timesats) != gammel.timesats
    volumkilde = (gitt or UTEN_KILDE) if ny_mengde else (gitt if mengde and gitt and not pris else gammel.volumkilde)
    kilde = gammel.kilde if gitt is None or (mengde and not pris) else gitt
    if ny_pris and gitt is None:
        kilde = UTEN_KILDE
    return {"kilde": kilde, "volumkilde": felter.get("volumkilde", volumkilde)}


def _nytt_tiltak(
    feil: Feilliste, sted: str, rad: dict[str, Any], felter: dict[str, Any], kjente: list[str]
) -> Tiltak | None:
    valgfrie = {"kilde", "volumkilde", "timesats"} | ({"enhetskostnad"} if felter.get("timesats") else set())
    mangler = [navn for navn in _TILTAKSNOEKLER if navn not in rad and navn not in valgfrie]
    if mangler:
        forslag = mente_du(rad["navn"], kjente)
        feil.meld(sted, f"er et nytt tiltak og mangler {', '.join(mangler)}.{forslag}")
        return None
    if rad.keys() - felter.keys():  # a field was refused above
        return None
    # A price that follows a common hourly rate is taken from it later.
    valgt: dict[str, Any] = {"kilde": UTEN_KILDE, "enhetskostnad": 0.0} | felter
    return Tiltak(**valgt)


def _tiltaksfelter(
    feil: Feilliste, sted: str, rad: dict[str, Any], gammel: Tiltak | None, satser: Sequence[str]
) -> dict[str, Any]:
    """The legal fields of one tiltak in a file. gammel: the default it is laid over, if any."""
    ut: dict[str, Any] = {"navn": feil.tekst(f"{sted} navn", rad["navn"], MAKS_NAVN)}
    for navn, verdi in rad.items():
        her = f"{sted}: {navn}"
        if navn in ("beskrivelse", "type_kostnad"):
            ut[navn] = feil.tekst(her, verdi, MAKS_TEKST, tom_er_lovlig=True)
        elif navn == "volumkilde" and verdi == "":
            ut[navn] = ""  # the source of the price covers the volumes, too
        elif navn in ("kilde", "volumkilde"):
            ut[navn] = kildetekst(feil, her, verdi, tom_er_lovlig=True)
        elif navn == "kategori":
            ut[navn] = feil.ord_fra(her, verdi, KATEGORIER)
        elif navn == "betaler":
            ut[navn] = feil.ord_fra(her, verdi, BETALERE)
        elif navn == "kostnadsdriver":
            ut[navn] = feil.ord_fra(her, verdi, KOSTNADSDRIVERE, tom_er_lovlig=True)
        elif navn == "volum":
            ut[navn] = _volum(feil, her, verdi, gammel)
        elif navn == "timesats":
            ut[navn] = les_henvisning(feil, her, verdi, satser, "enhetskostnad" in rad)
        elif navn in TILTAKSFELT:
            ut[navn] = feil.tall(her, verdi, TILTAKSFELT[navn])
    # A number of its own takes the place of the common hourly rate.
    if "enhetskostnad" in rad and "timesats" not in rad:
        ut["timesats"] = ""
    return {navn: verdi for navn, verdi in ut.items() if verdi is not None}


def _volum(feil: Feilliste, sted: str, verdi: Any, gammel: Tiltak | None) -> tuple[float, ...] | None:
    """Volume in the three situations; those left out keep the default's, if there is one."""
    tabell = feil.tabell(sted, verdi, UTGANGSSITUASJONER)
    if gammel and isinstance(verdi, dict):
        tabell = dict(zip(UTGANGSSITUASJONER, gammel.volum, strict=True)) | tabell
    mangler = [s for s in UTGANGSSITUASJONER if s not in tabell]
    if mangler and isinstance(verdi, dict):
        feil.meld(sted, f"mangler {', '.join(mangler)}.")
    tall = [feil.tall(f"{sted}.{s}", tabell[s], TILTAKSFELT["volum"]) for s in UTGANGSSITUASJONER if s in tabell]
    return None if mangler or None in tall else tuple(t for t in tall if t is not None)
