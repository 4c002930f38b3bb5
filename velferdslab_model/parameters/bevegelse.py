"""Read and write a null alternative that moves: the table [gruppe.bevegelse]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from velferdslab_model.base.felt import MAKS_BELOEP, Felt
from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.base.tall import maskintall
from velferdslab_model.parameters.kilder import UTEN_KILDE, kildetekst
from velferdslab_model.parameters.typer import LIVSSITUASJONER, Bevegelse
from velferdslab_model.parameters.validation import Feilliste, SkrevetTall, vis

BEVEGELSE = "bevegelse"
#: A count of years that histories moved from one situation to another.
OVERGANGSFELT = Felt(
    "overganger",
    "Overganger",
    "år talt",
    "mengde",
    0,
    1e6,
    "hoved",
    "År som endte med et skifte hit, eller uten noe skifte.",
)
SITUASJONSKOSTNAD = Felt(
    "kostnad", "Kostnad per år i situasjonen", "kr per deltaker og år", "beloep", 0, MAKS_BELOEP, "hoved",
    "Snittet av årene i situasjonen, i de samme historiene. Tom: nullalternativet i situasjonen.",
)  # fmt: skip
#: Every number of the table, by dotted key.
BEVEGELSESFELT: Mapping[str, Felt] = {
    felt.noekkel: felt
    for s, fra in SITUASJONSNAVN.items()
    for felt in (
        *(
            replace(
                OVERGANGSFELT, noekkel=f"overganger.{s}.{naa}", tekst=f"Overganger, {fra.lower()} til {til.lower()}"
            )
            for naa, til in SITUASJONSNAVN.items()
        ),
        replace(SITUASJONSKOSTNAD, noekkel=f"kostnad.{s}", tekst=f"{SITUASJONSKOSTNAD.tekst}, {fra.lower()}"),
    )
}
#: Nobody moves, and a year costs what the null alternative says.
INGEN_BEVEGELSE = Bevegelse(((0.0,) * 4,) * 4, (None,) * 4, UTEN_KILDE)
#: Why the two are not given together.
MED_SKJEDD_UANSETT = "kan ikke brukes sammen med skjedd_uansett over 0: begge sier hva som ville skjedd uten velferdslab. Bruk bare den ene."


def les_bevegelse(feil: Feilliste, sted: str, raa: Any) -> Bevegelse | None:
    """The table of a group; None when it is not given, or when anything is reported. sted: its dotted key."""
    if raa is None:
        return None
    for_mange = len(feil.feil)
    tabell = feil.tabell(sted, raa, ("overganger", "kostnad", "kilde"))
    rader = feil.tabell(f"{sted}.overganger", tabell.get("overganger", {}), LIVSSITUASJONER)
    if not rader and len(feil.feil) == for_mange:
        feil.meld(f"{sted}.overganger", "mangler, ventet for eksempel { utsatt = [2, 20, 3, 0] }.")
    kostnad = feil.tabell(f"{sted}.kostnad", tabell.get("kostnad", {}), LIVSSITUASJONER)
    overganger = tuple(_rad(feil, f"{sted}.overganger.{s}", rader.get(s, [0.0] * 4)) for s in LIVSSITUASJONER)
    kroner = tuple(
        feil.tall(f"{sted}.kostnad.{s}", kostnad[s], SITUASJONSKOSTNAD) if s in kostnad else None
        for s in LIVSSITUASJONER
    )
    kilde = kildetekst(feil, f"{sted}.kilde", tabell.get("kilde", UTEN_KILDE), tom_er_lovlig=True)
    return None if len(feil.feil) > for_mange else Bevegelse(overganger, kroner, kilde or UTEN_KILDE)


def _rad(feil: Feilliste, sted: str, raa: Any) -> tuple[float, ...]:
    if not isinstance(raa, list) or len(raa) != len(LIVSSITUASJONER):
        navn = ", ".join(n.lower() for n in SITUASJONSNAVN.values())
        feil.meld(sted, f"er {vis(raa)}, ventet fire tall: år som endte i {navn}.")
        return (0.0,) * len(LIVSSITUASJONER)
    lest = (feil.tall(f"{sted}.{til}", tall, OVERGANGSFELT) for til, tall in zip(LIVSSITUASJONER, raa, strict=True))
    return tuple(float(tall or 0.0) for tall in lest)


def bevegelseslinjer(gruppe: str, b: Bevegelse) -> Iterator[str]:
    """The table as a scenario file has it, without line ends."""

    def tall(verdi: float) -> str:
        return SkrevetTall(maskintall(verdi)).entydig

    yield f"[{gruppe}.{BEVEGELSE}]"
    rader = ", ".join(
        f"{s} = [{', '.join(map(tall, rad))}]" for s, rad in zip(LIVSSITUASJONER, b.overganger, strict=True) if any(rad)
    )
    yield f"overganger = {{ {rader} }}"
    if egne := [f"{s} = {tall(kr)}" for s, kr in zip(LIVSSITUASJONER, b.kostnad, strict=True) if kr is not None]:
        yield f"kostnad = {{ {', '.join(egne)} }}"
    kilde = b.kilde.replace("\\", "\\\\").replace('"', '\\"')
    yield f'kilde = "{kilde}"'


def bevegelsesdata(b: Bevegelse) -> dict[str, Any]:
    """The table as it is parsed."""
    kroner = {s: kr for s, kr in zip(LIVSSITUASJONER, b.kostnad, strict=True) if kr is not None}
    return {
        "overganger": {s: list(rad) for s, rad in zip(LIVSSITUASJONER, b.overganger, strict=True)},
        "kostnad": kroner,
        "kilde": b.kilde,
    }
