"""Load many scenarios, going on past the broken ones so that all of them can be told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from velferdslab_model.base.tekst import forvekslingsnavn, normalisert, sammenligningsnavn
from velferdslab_model.base.workers import Fremdrift, for_hver, uten_fremdrift
from velferdslab_model.errors import FeilIFiler, KanIkkeLese, UgyldigInndata, VelferdslabError
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.prisliste.kvittering import prislistemelding
from velferdslab_model.scenarios.finding import finn_filer
from velferdslab_model.scenarios.loading import les_scenario

#: Workbooks in one go before starting processes is worth it; one takes most of a second to read.
_MINST_SIDE_OM_SIDE = 4
#: What a fault about names is told under.
SAMME_NAVN = "samme navn flere ganger"


@dataclass(frozen=True)
class Scenariofil:
    """A scenario as given, and the file it came from."""

    fil: Path
    oppgitt: Oppgitt


@dataclass(frozen=True)
class Innlest:
    """What could be read. feil: the message of each file that was passed over. priser: what a price list did to each.

    oedelagt: those of feil that could not be used. navnefeil: names that cannot be told apart. antall: files there were.
    """

    scenarier: tuple[Scenariofil, ...]
    feil: tuple[str, ...] = ()
    priser: tuple[str, ...] = ()
    oedelagt: tuple[str, ...] = ()
    navnefeil: tuple[str, ...] = ()
    antall: int = 0


@dataclass(frozen=True)
class _Svar:
    """One scenario as given and what a price list did to it, or why it could not be read."""

    oppgitt: Oppgitt | None = None
    priser: str = ""
    feil: str = ""


def les_scenarier(
    steder: Iterable[Path],
    priser: Path | None = None,
    prisaar: int | None = None,
    hopp_over_feil: bool = False,
    fremdrift: Fremdrift = uten_fremdrift,
    indekser: Path | None = None,
    prisaar_er: int | None = None,
    krev_kontroll: bool = False,
    samle: bool = False,
    skill: Callable[[Path, str], str] | None = None,
) -> Innlest:
    """Read every scenario somebody means by files, folders and lists, with the prices of a list laid over each.

    fremdrift: told of each file. indekser: a file of price indices for all of them. prisaar_er: the year the amounts are in where
    the price year was typed over. krev_kontroll: refuse workbooks changed outside their inputs. samle: raise
    neither for broken files nor for names, but return both, so that they can be told with what comes later. skill: what one
    of several with the same name is called, by its file and that name. Raises FeilIFiler with the message of every broken file, unless hopp_over_feil (the
    fault itself when there is only one file); UgyldigInndata when two scenarios have the same name.
    """
    filer, forbi = finn_filer(steder)
    if len(filer) == 1:
        svar = {filer[0]: _Svar(*_les(filer[0], priser, prisaar, indekser, prisaar_er, krev_kontroll))}
    else:
        svar = {}
        ulike = list(dict.fromkeys(filer))
        arbeid = partial(
            _proev_les,
            priser=priser,
            prisaar=prisaar,
            indekser=indekser,
            prisaar_er=prisaar_er,
            krev_kontroll=krev_kontroll,
        )
        faa = sum(fil.suffix.lower() != ".toml" for fil in ulike) < _MINST_SIDE_OM_SIDE
        for fil, en in zip(ulike, for_hver(arbeid, ulike, i_en_prosess=faa), strict=True):
            svar[fil] = en
            fremdrift(len(svar), len(ulike))
    lest: list[Scenariofil] = []

    def ta_med(fil: Path) -> None:
        if (oppgitt := svar[fil].oppgitt) is None:
            raise KanIkkeLese(svar[fil].feil)
        lest.append(Scenariofil(fil, oppgitt))

    feil = proev_hver(filer, ta_med, hopp_over_feil or samle)
    lest = skilt_paa_aar(lest)
    if skill:
        lest = _skilt(lest, skill)
    like = like_navn(lest)
    if like and not samle:
        raise UgyldigInndata(SAMME_NAVN, like)
    meldinger = [f"{en.fil}: {svar[en.fil].priser}" for en in lest if svar[en.fil].priser]
    return Innlest(tuple(lest), (*forbi, *feil), tuple(meldinger), tuple(feil), tuple(like), len(filer))


def _proev_les(
    fil: Path,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None,
    prisaar_er: int | None,
    krev_kontroll: bool,
) -> _Svar:
    """In a worker; the fault goes back as its message."""
    try:
        return _Svar(*_les(fil, priser, prisaar, indekser, prisaar_er, krev_kontroll))
    except VelferdslabError as grunn:
        return _Svar(feil=str(grunn))


def _les(
    fil: Path,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None,
    prisaar_er: int | None,
    krev_kontroll: bool,
) -> tuple[Oppgitt, str]:
    oppgitt, endring = les_scenario(
        fil, priser, prisaar, indekser, prisaar_er, bare_skrevet_over=True, krev_kontroll=krev_kontroll
    )
    return oppgitt, prislistemelding(endring) if endring else ""


def proev_hver(filer: Sequence[Path], gjoer: Callable[[Path], None], hopp_over_feil: bool) -> list[str]:
    """Do something with each file; returns the messages of those that failed.

    Raises FeilIFiler when any failed, unless hopp_over_feil; the fault itself when there is only one file.
    """
    feil: list[str] = []
    for fil in filer:
        try:
            gjoer(fil)
        except VelferdslabError as grunn:
            if len(filer) == 1:
                raise
            tekst = str(grunn)
            feil.append(tekst if str(fil) in tekst else _med_sti(fil, tekst))
    if feil and not hopp_over_feil:
        raise FeilIFiler(feil, len(filer))
    return feil


def _med_sti(fil: Path, tekst: str) -> str:
    """A message with the whole path, for two folders may hold files of the same name."""
    return f"{fil.parent / tekst}" if tekst.startswith(fil.name) else f"{fil}: {tekst}"


def skilt_paa_aar(lest: Sequence[Scenariofil]) -> list[Scenariofil]:
    """The same municipality in two years is two: those of one name that begin their analysis, or have their amounts, in years
    that are all different, get the year behind the name."""
    ut = list(lest)
    for flere in _etter_navn(lest).values():
        if len(flere) < 2 or len({sammenligningsnavn(en.oppgitt.navn) for en in flere}) > 1:
            continue
        for aarene in ([_foerste_aar(en.oppgitt) for en in flere], [en.oppgitt.vis_i_prisaar for en in flere]):
            if len(set(aarene)) == len(flere):
                for en, aar in zip(flere, aarene, strict=True):
                    navn = f"{normalisert(en.oppgitt.navn)} ({aar})"
                    ut[ut.index(en)] = _kalt(en, navn)
                break
    return ut


def _skilt(lest: Sequence[Scenariofil], skill: Callable[[Path, str], str]) -> list[Scenariofil]:
    like = {en.fil for flere in _etter_navn(lest).values() if len(flere) > 1 for en in flere}
    return [_kalt(en, skill(en.fil, en.oppgitt.navn)) if en.fil in like else en for en in lest]


def _kalt(en: Scenariofil, navn: str) -> Scenariofil:
    return replace(en, oppgitt=replace(en.oppgitt, navn=navn))


def _foerste_aar(oppgitt: Oppgitt) -> int:
    return min(g.analysetidspunkt for g in oppgitt.grupper.values())


def like_navn(lest: Sequence[Scenariofil]) -> list[str]:
    """Names tell the municipalities apart in every table: a sentence for every name that comes twice, or that a reader
    cannot tell from another."""
    return [_om_like(flere) for flere in _etter_navn(lest).values() if len(flere) > 1]


def _etter_navn(lest: Sequence[Scenariofil]) -> dict[str, list[Scenariofil]]:
    hvor: dict[str, list[Scenariofil]] = {}
    for en in lest:
        hvor.setdefault(forvekslingsnavn(en.oppgitt.navn), []).append(en)
    return hvor


def _om_like(flere: Sequence[Scenariofil]) -> str:
    filer, navn = ", ".join(str(en.fil) for en in flere), list(dict.fromkeys(en.oppgitt.navn for en in flere))
    raad = 'Gi hver sitt navn, øverst i filen: navn = "..." (i en arbeidsbok: cellen for scenariets navn).'
    if len({sammenligningsnavn(en) for en in navn}) == 1:
        return f"{filer} heter {'begge' if len(flere) == 2 else 'alle'} «{navn[0]}». {raad}"
    return f"{filer} heter {' og '.join(f'«{en}»' for en in navn)}, som ikke kan skilles fra hverandre i en tabell (mellomrom eller tegn som ligner). {raad}"
