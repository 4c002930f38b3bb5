"""Find rows of the catalogue by words, or by age; the same price in several years stands together, the newest first."""

from __future__ import annotations

from collections.abc import Iterable

from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.parameters.priskatalog import Katalog, Katalograd


def soek(katalog: Katalog, ord_: str = "") -> list[Katalograd]:
    """The rows in which every word stands, those with the words in their name first. No word: all of them."""
    letes_etter = sammenligningsnavn(ord_).split()
    i_navn, ellers = [], []
    for rad in katalog.values():
        navn = sammenligningsnavn(f"{rad.navn} {rad.id}")
        alt = sammenligningsnavn(
            f"{rad.navn} {rad.id} {rad.enhet} {rad.kilde} {rad.forbehold} {rad.betaler} {rad.slag}"
        )
        if all(ett in navn for ett in letes_etter):
            i_navn.append(rad)
        elif all(ett in alt for ett in letes_etter):
            ellers.append(rad)
    return [*_etter_serie(i_navn), *_etter_serie(ellers)]


def eldre_enn(katalog: Katalog, aar: int, naa: int) -> list[Katalograd]:
    """The newest row of every price that is older than so many years, or has no year. naa: the present year."""
    nyeste: dict[str, Katalograd] = {}
    for rad in katalog.values():
        if rad.serie not in nyeste or (rad.prisaar or 0) > (nyeste[rad.serie].prisaar or 0):
            nyeste[rad.serie] = rad
    gamle = [rad for rad in nyeste.values() if rad.prisaar is None or naa - rad.prisaar > aar]
    return sorted(gamle, key=lambda rad: (rad.prisaar is None, -(rad.prisaar or 0), rad.navn))


def nyere(katalog: Katalog, rad: Katalograd) -> Katalograd | None:
    """The newest row of the same price in a later year; None when this is the newest."""
    senere = [en for en in katalog.values() if en.serie == rad.serie and (en.prisaar or 0) > (rad.prisaar or 0)]
    return max(senere, key=lambda en: en.prisaar or 0, default=None)


def _etter_serie(rader: Iterable[Katalograd]) -> list[Katalograd]:
    """In the order of the catalogue, but each price with its newest year first."""
    serier: dict[str, list[Katalograd]] = {}
    for rad in rader:
        serier.setdefault(rad.serie, []).append(rad)
    return [rad for serie in serier.values() for rad in sorted(serie, key=lambda r: -(r.prisaar or 0))]
