"""Find every input that differs between two scenarios, each with the way to make that one change alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import zip_longest

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.parameters.avledet import foelg, med_tall
from velferdslab_model.parameters.bevegelse import BEVEGELSE, BEVEGELSESFELT, INGEN_BEVEGELSE
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT, TIMESATSFELT
from velferdslab_model.parameters.indeksblokk import BLOKKAAR, RADER, punkter
from velferdslab_model.parameters.indekser import INDEKSER, INDEKSNAVN, Indeks
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.prisaar import uten_omregning
from velferdslab_model.parameters.typer import (
    UTGANGSSITUASJONER,
    Bevegelse,
    Brukergruppe,
    Forutsetninger,
    IkkePrissatt,
    Tiltak,
)
from velferdslab_model.parameters.usikkerhet import TIMESATS

Inndataverdi = float | str | None
#: Amounts converted between price years are rounded to 15 digits; closer than this they are the same.
_LIKT = 1e-12
#: Text of a tiltak -> how it is named to a reader. The first three enter the result.
_ORD = {
    "kategori": "kategori",
    "betaler": "betaler",
    "kostnadsdriver": "kostnadsdriver",
    "beskrivelse": "beskrivelse",
    "type_kostnad": "type kostnad",
}


@dataclass(frozen=True)
class Endring:
    """One input that differs.

    gruppe: key of the group, empty for the scenario itself. felt: dotted key of an input, or of a field of a tiltak;
    «<key>.kilde» for a source alone, empty for a tiltak that came or went. gammel, ny: values, None where a tiltak is
    missing. kilde: of the new value. tiltak: its name. sett: make this change alone in a group.
    """

    gruppe: str
    felt: str
    tekst: str
    enhet: str
    gammel: Inndataverdi
    ny: Inndataverdi
    kilde: str = ""
    tiltak: str = ""
    sett: Callable[[Brukergruppe], Brukergruppe] | None = field(default=None, repr=False, compare=False)

    @property
    def er_beloep(self) -> bool:
        """Whether it is an amount that changed, in kroner of some year, of something both have."""
        return self.enhet.startswith("kr") and self.gammel is not None and self.ny is not None

    @property
    def noekkel(self) -> str:
        """Dotted key: «suksessrate.utsatt», «tiltak.<navn>.volum.stabil», «tiltak.<navn>»."""
        return f"tiltak.{self.tiltak}.{self.felt}".removesuffix(".") if self.tiltak else self.felt


def endringer(fra: Forutsetninger, til: Forutsetninger) -> list[Endring]:
    """Every input of til that differs from fra; both must be in the same price year. Raises ValueError otherwise."""
    if fra.prisaar != til.prisaar:
        raise ValueError(f"price years {fra.prisaar} and {til.prisaar}")
    ut = [Endring("", "navn", "Scenario", "tekst", fra.navn, til.navn)] if fra.navn != til.navn else []
    ut += _indekser(fra, til)
    ut += _ikke_prissatt(fra.ikke_prissatt, til.ikke_prissatt)
    for gruppe in BRUKERGRUPPER:
        ut += _gruppe(gruppe, fra.grupper[gruppe], til.grupper[gruppe])
        ut += _satser(gruppe, fra, til)
    return ut + list(_ubrukte_satser(fra, til))


def _satser(gruppe: str, fra: Forutsetninger, til: Forutsetninger) -> Iterator[Endring]:
    """Common hourly rates that are another number, in each group that has followed one: what it does there."""
    gamle = {sammenligningsnavn(sats.navn): sats for sats in fra.timesatser}
    foelges = {sammenligningsnavn(t.timesats) for t in fra.grupper[gruppe].tiltak if t.timesats}
    for sats in til.timesatser:
        navn = sammenligningsnavn(sats.navn)
        if navn in foelges and not _lik(gamle[navn].kr, sats.kr):

            def sett(g: Brukergruppe, navn: str = navn, kr: float = sats.kr) -> Brukergruppe:
                nye = (replace(t, enhetskostnad=kr) if sammenligningsnavn(t.timesats) == navn else t for t in g.tiltak)
                return replace(g, tiltak=tuple(nye))

            tekst = f"Felles timesats: {sats.navn}"
            noekkel = f"{TIMESATS}{sats.navn}"
            yield Endring(gruppe, noekkel, tekst, TIMESATSFELT.enhet, gamle[navn].kr, sats.kr, sats.kilde, sett=sett)


def _ubrukte_satser(fra: Forutsetninger, til: Forutsetninger) -> Iterator[Endring]:
    """Common hourly rates that came or went, that no tiltak followed, or of which only the source is another."""
    gamle = {sammenligningsnavn(sats.navn): sats for sats in fra.timesatser}
    nye = {sammenligningsnavn(sats.navn): sats for sats in til.timesatser}
    foelges = {sammenligningsnavn(t.timesats) for g in fra.grupper.values() for t in g.tiltak}
    for navn in dict.fromkeys([*gamle, *nye]):
        gammel, ny = gamle.get(navn), nye.get(navn)
        sats = ny or gammel
        assert sats is not None  # it is in one of the two
        tekst, noekkel = f"Felles timesats: {sats.navn}", f"{TIMESATS}{sats.navn}"
        if gammel is None or ny is None or (navn not in foelges and not _lik(gammel.kr, ny.kr)):
            foer, naa = (None if en is None else en.kr for en in (gammel, ny))
            yield Endring("", noekkel, tekst, TIMESATSFELT.enhet, foer, naa, sats.kilde)
        elif _lik(gammel.kr, ny.kr) and _annen_kilde(gammel.kilde, ny.kilde):
            yield Endring("", f"{noekkel}.kilde", f"Kilde: {sats.navn}", "tekst", gammel.kilde, ny.kilde)


def _ikke_prissatt(fra: Sequence[IkkePrissatt], til: Sequence[IkkePrissatt]) -> Iterator[Endring]:
    """Texts and grades of the effects without a price, line by line."""
    tom = IkkePrissatt("", "", "", "", "")
    for nummer, (gammel, ny) in enumerate(zip_longest(fra, til, fillvalue=tom), start=1):
        for f in fields(IkkePrissatt):
            foer, etter = getattr(gammel, f.name), getattr(ny, f.name)
            if foer != etter:
                tekst = f"Ikke-prissatt virkning {nummer}: {f.name}"
                yield Endring("", f"ikke_prissatt.{nummer}.{f.name}", tekst, "tekst", foer, etter)


def _indekser(fra: Forutsetninger, til: Forutsetninger) -> Iterator[Endring]:
    """Points of the price indices, as the workbook shows them; own levels of years it does not show, as they are.

    A source is of the points that came with it: one that stood there before says nothing of another point.
    """
    foer, etter = punkter(fra.indekser), punkter(til.indekser)
    kilder = {i: (fra.indekskilder.get(i, ""), til.indekskilder.get(i, "")) for i in INDEKSER}
    endret: set[str] = set()

    def endring(
        indeks: Indeks, noekkel: str, tekst: str, enhet: str, gammel: Inndataverdi, ny: Inndataverdi
    ) -> Endring:
        endret.add(indeks)
        var, er = kilder[indeks]
        return Endring(
            "", noekkel, f"Prisindeks: {tekst}", enhet, gammel, ny, er if er not in ("", var) else UTEN_KILDE
        )

    for rad in RADER:
        for aar, gammel, ny in zip(BLOKKAAR, foer[rad.noekkel], etter[rad.noekkel], strict=True):
            if gammel != ny and (gammel is None or ny is None or not _lik(gammel, ny, 1e-10)):
                enhet = "nivå" if rad.maal == "nivå" else "andel"
                yield endring(rad.indeks, f"indekser.{rad.noekkel}.{aar}", f"{rad.tekst} {aar}", enhet, gammel, ny)
    for indeks in INDEKSER:
        egne = [f.indekser.get(indeks, {}) for f in (fra, til)]
        for aar in sorted({*egne[0], *egne[1]} - {*BLOKKAAR}):
            gammel, ny = (serie.get(aar) for serie in egne)
            if gammel != ny:
                tekst = f"{INDEKSNAVN[indeks]}, nivå {aar}"
                yield endring(indeks, f"indekser.{indeks}.{aar}", tekst, "nivå", gammel, ny)
    for indeks, (var, er) in kilder.items():
        if var != er and indeks not in endret:
            tekst = f"Prisindeks: {INDEKSNAVN[indeks]}, kilde til egne tall"
            yield Endring("", f"indekser.{indeks}.kilde", tekst, "tekst", var, er)


def _gruppe(gruppe: str, fra: Brukergruppe, til: Brukergruppe) -> Iterator[Endring]:
    for noekkel, felt in FELT.items():
        gammel, ny, kilde = fra.verdi(noekkel), til.verdi(noekkel), til.kilder[noekkel]
        avledet = noekkel in fra.avledet, noekkel in til.avledet
        # What follows another number in both is no change of its own.
        if not _lik(gammel, ny) and not all(avledet):
            sett = _setter(noekkel, ny, avledet[1])
            yield Endring(gruppe, noekkel, felt.tekst, felt.enhet, gammel, ny, kilde, sett=sett)
        elif avledet[0] != avledet[1]:
            foer, naa = ("regnes ut" if en else "eget tall" for en in avledet)
            yield Endring(gruppe, noekkel, felt.tekst, "tekst", foer, naa, kilde)
        elif _annen_kilde(fra.kilder[noekkel], kilde):
            yield Endring(gruppe, f"{noekkel}.kilde", f"Kilde: {felt.tekst}", "tekst", fra.kilder[noekkel], kilde)
    yield from _bevegelse(gruppe, fra.bevegelse, til.bevegelse)
    yield from _tiltak(gruppe, fra.tiltak, til.tiltak)


def _bevegelse(gruppe: str, fra: Bevegelse | None, til: Bevegelse | None) -> Iterator[Endring]:
    """Numbers of a null alternative that moves, or its source alone; it is shown beside the answer, and changes no sum."""
    foer, etter = (b or INGEN_BEVEGELSE for b in (fra, til))
    like = True
    for noekkel, felt in BEVEGELSESFELT.items():
        gammel, ny = foer.verdi(noekkel), etter.verdi(noekkel)
        if gammel != ny and (gammel is None or ny is None or not _lik(gammel, ny)):
            like = False
            yield Endring(gruppe, f"{BEVEGELSE}.{noekkel}", felt.tekst, felt.enhet, gammel, ny, etter.kilde)
    if like and _annen_kilde(foer.kilde, etter.kilde):
        tekst = "Kilde: nullalternativ i bevegelse"
        yield Endring(gruppe, f"{BEVEGELSE}.kilde", tekst, "tekst", foer.kilde, etter.kilde)


def _annen_kilde(gammel: str, ny: str) -> bool:
    """Whether somebody edited the source. What the program itself says, of conversions for example, is no edit."""
    return ny != UTEN_KILDE and uten_omregning(gammel) != uten_omregning(ny)


def _lik(gammel: float, ny: float, toleranse: float = _LIKT) -> bool:
    return abs(gammel - ny) <= toleranse * max(abs(gammel), abs(ny))


def _setter(noekkel: str, ny: float, avledet: bool = False) -> Callable[[Brukergruppe], Brukergruppe]:
    """Make one number another, and let those that follow it do so. avledet: let it follow others itself."""

    def sett(g: Brukergruppe) -> Brukergruppe:
        foelger = g.avledet | {noekkel} if avledet else g.avledet - {noekkel}
        return foelg(replace(med_tall(g, noekkel, ny), avledet=foelger))

    return sett


def _tiltak(gruppe: str, fra: tuple[Tiltak, ...], til: tuple[Tiltak, ...]) -> Iterator[Endring]:
    gamle = {sammenligningsnavn(t.navn): t for t in fra}
    nye = {sammenligningsnavn(t.navn): t for t in til}
    borte = [t for navn, t in gamle.items() if navn not in nye]
    for navn, t in nye.items():
        gammel = gamle.get(navn)
        if gammel is None:
            # The same tiltak under another name is a change of the name, not one that went and one that came.
            gammel = next(
                (b for b in borte if replace(b, navn=t.navn, kilde=t.kilde, volumkilde=t.volumkilde) == t), None
            )
            if gammel is None:
                yield _kom_eller_gikk(gruppe, None, t)
                continue
            borte.remove(gammel)
            yield Endring(gruppe, "navn", f"{t.navn}: navn", "tekst", gammel.navn, t.navn, t.kilde, t.navn)
        yield from _ett_tiltak(gruppe, gammel, t)
    for t in borte:
        yield _kom_eller_gikk(gruppe, t, None)


def _kom_eller_gikk(gruppe: str, gammel: Tiltak | None, ny: Tiltak | None) -> Endring:
    t = ny or gammel
    assert t is not None  # one of the two is given

    def sett(g: Brukergruppe) -> Brukergruppe:
        uten = tuple(x for x in g.tiltak if sammenligningsnavn(x.navn) != sammenligningsnavn(t.navn))
        return replace(g, tiltak=uten if ny is None else (*uten, ny))

    tekst = f"{t.navn}: {'nytt' if ny else 'fjernet'} tiltak"
    gammel_pris, ny_pris = (None if x is None else x.enhetskostnad for x in (gammel, ny))
    kilde = ny.kilde if ny else ""
    return Endring(gruppe, "", tekst, "kr per enhet", gammel_pris, ny_pris, kilde, t.navn, sett)


def _ett_tiltak(gruppe: str, gammel: Tiltak, t: Tiltak) -> Iterator[Endring]:
    """What differs in one tiltak, a cell at a time."""
    pris_endret = mengde_endret = False

    def endring(
        felt: str, tekst: str, enhet: str, fra: Inndataverdi, til: Inndataverdi, plass: int | None = None
    ) -> Endring:
        def ett(x: Tiltak) -> Tiltak:
            if plass is None:
                ny = {felt: til} | ({"timesats": t.timesats} if felt == "enhetskostnad" else {})
                return replace(x, **ny)  # type: ignore[arg-type]  # fields of the tiltak
            volum = list(x.volum)
            volum[plass] = float(til or 0)
            return replace(x, volum=(volum[0], volum[1], volum[2]))

        def sett(g: Brukergruppe) -> Brukergruppe:
            like = {sammenligningsnavn(gammel.navn), sammenligningsnavn(t.navn)}
            return replace(g, tiltak=tuple(ett(x) if sammenligningsnavn(x.navn) in like else x for x in g.tiltak))

        del_ = felt if plass is None else f"{felt}.{UTGANGSSITUASJONER[plass]}"
        kilde = t.kilde_til_volum if felt in ("volum", "ganger_per_aar") else t.kilde
        return Endring(gruppe, del_, f"{t.navn}: {tekst}", enhet, fra, til, kilde, t.navn, sett)

    for navn in ("enhetskostnad", "ganger_per_aar"):
        felt = TILTAKSFELT[navn]
        fra, til = getattr(gammel, navn), getattr(t, navn)
        # The price that follows the same common hourly rate is changed there.
        foelger = navn == "enhetskostnad" and _samme_sats(gammel, t)
        if not _lik(fra, til) and not foelger:
            pris_endret |= navn == "enhetskostnad"
            mengde_endret |= navn != "enhetskostnad"
            yield endring(navn, felt.tekst.lower(), felt.enhet, fra, til)
    for i, s in enumerate(UTGANGSSITUASJONER):
        if not _lik(gammel.volum[i], t.volum[i]):
            mengde_endret = True
            tekst = f"volum {SITUASJONSNAVN[s].lower()}"
            yield endring("volum", tekst, TILTAKSFELT["volum"].enhet, gammel.volum[i], t.volum[i], plass=i)
    for felt_, tekst in _ORD.items():
        if (fra_ := getattr(gammel, felt_)) != (til_ := getattr(t, felt_)):
            yield endring(felt_, tekst, "tekst", fra_, til_)
    ulik_sats = sammenligningsnavn(gammel.timesats) != sammenligningsnavn(t.timesats)
    if ulik_sats and not pris_endret:
        foer, naa = (f"felles timesats: {x.timesats}" if x.timesats else "eget tall" for x in (gammel, t))
        yield Endring(gruppe, "enhetskostnad", f"{t.navn}: pris", "tekst", foer, naa, t.kilde, t.navn)
    elif _annen_kilde(gammel.kilde, t.kilde) and not pris_endret:
        yield Endring(gruppe, "kilde", f"Kilde: {t.navn}", "tekst", gammel.kilde, t.kilde, tiltak=t.navn)
    if (
        _annen_kilde(foer := gammel.kilde_til_volum, naa := t.kilde_til_volum)
        and not mengde_endret
        and (gammel.volumkilde or t.volumkilde)
    ):
        yield Endring(gruppe, "volumkilde", f"Kilde til volum: {t.navn}", "tekst", foer, naa, tiltak=t.navn)


def _samme_sats(gammel: Tiltak, ny: Tiltak) -> bool:
    return bool(ny.timesats) and sammenligningsnavn(gammel.timesats) == sammenligningsnavn(ny.timesats)
