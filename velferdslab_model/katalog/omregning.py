"""A row of the catalogue in the money of another year: services by the deflator, wages by wage growth, transfers by KPI or G."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from velferdslab_model.base.tall import femten_siffer
from velferdslab_model.parameters.indekser import INDEKSNAVN, brukte_punkter, merknad_om_status, nivaaer
from velferdslab_model.parameters.priskatalog import GRUNNBELOEP, Katalog, Katalograd

_INGEN: Mapping[str, Mapping[int, float]] = {}


@dataclass(frozen=True)
class Omregnet:
    """A row in another year. beloep: kr per its unit, None when it cannot be converted. hvordan: by which index, or why not."""

    beloep: float | None
    hvordan: str


def i_prisaar(
    rad: Katalograd, aar: int, katalog: Katalog, egne: Mapping[str, Mapping[int, float]] = _INGEN
) -> Omregnet:
    """The amount of a row in the money of a year. egne: the user's own indices."""
    if rad.prisaar is None:
        return Omregnet(None, f"ikke regnet om: uten prisår ({rad.prisaar_merknad})")
    if rad.prisaar == aar:
        return Omregnet(rad.beloep, "")
    if rad.indeks == "g":
        serie, navn, uferdige = _grunnbeloep(katalog), "G", ""
    else:
        serie, navn = nivaaer(rad.indeks, egne.get(rad.indeks, {})), INDEKSNAVN[rad.indeks]
        uferdige = merknad_om_status(brukte_punkter(rad.indeks, egne.get(rad.indeks, {}), rad.prisaar, aar))
    if mangler := [str(a) for a in (rad.prisaar, aar) if a not in serie]:
        return Omregnet(None, f"ikke regnet om: {navn} dekker {min(serie)}-{max(serie)}, ikke {' og '.join(mangler)}")
    merknad = f"med {navn}" + (f" ({uferdige.removeprefix(f'{navn} ')})" if uferdige else "")
    return Omregnet(femten_siffer(rad.beloep * (serie[aar] / serie[rad.prisaar])), merknad)


def som_pris(
    rad: Katalograd, aar: int, katalog: Katalog, egne: Mapping[str, Mapping[int, float]] = _INGEN
) -> Omregnet | None:
    """What a row is as a price of the model in a year, where that is another number: every price follows the deflator.

    None where the two are one, and for a row that is not converted or cannot be a price.
    """
    if rad.indeks == "kommunal_deflator" or rad.prisaar in (None, aar) or rad.serie == GRUNNBELOEP:
        return None
    pris = i_prisaar(replace(rad, indeks="kommunal_deflator"), aar, katalog, egne)
    return None if pris.beloep is None else pris


def _grunnbeloep(katalog: Katalog) -> dict[int, float]:
    return {rad.prisaar: rad.beloep for rad in katalog.values() if rad.serie == GRUNNBELOEP and rad.prisaar}
