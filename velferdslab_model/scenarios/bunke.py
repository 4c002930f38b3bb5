"""Many workbooks at once: made side by side on all cores, and written only when every one of them could be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from velferdslab_model.base.files import Utfil, proev_maal, skriv_alle
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.base.workers import Fremdrift, for_hver, uten_fremdrift
from velferdslab_model.effektbok.tabs import UVALGT, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import KanIkkeLese, KanIkkeSkrive, VelferdslabError
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.prisliste.kvittering import prislistemelding
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.finding import finn_filer
from velferdslab_model.scenarios.loading import kontrollvarsel, les_scenario
from velferdslab_model.scenarios.many import proev_hver
from velferdslab_model.workbook.kind import EFFEKTMODELL


@dataclass(frozen=True)
class Oppdrag:
    """What every workbook is made with, as the options of `generate`. tilvalg: keys of TILVALG."""

    dato: date
    priser: Path | None = None
    prisaar: int | None = None
    tilvalg: frozenset[str] = frozenset()
    fanevalg: Fanevalg = UVALGT
    indekser: Path | None = None
    prisaar_er: int | None = None
    krev_kontroll: bool = False


@dataclass(frozen=True)
class Skrevet:
    """A workbook that was written, the scenario it was made of, and what a price list did to it."""

    fil: Path
    scenario: Path
    priser: str


@dataclass(frozen=True)
class _Laget:
    """A workbook made, not yet written; or why it could not be."""

    navn: str = ""
    innhold: bytes = b""
    priser: str = ""
    feil: str = ""


def skriv_bunke(
    steder: Sequence[Path],
    mappe: Path,
    oppdrag: Oppdrag,
    *,
    overskriv: bool = False,
    hopp_over_feil: bool = False,
    fremdrift: Fremdrift = uten_fremdrift,
) -> tuple[list[Skrevet], list[str]]:
    """Write effektmodell_<navn>.xlsx in a folder for each scenario; names that give the same file get a number.

    steder: scenarios, folders of them, or .csv lists of paths.

    Returns what was written, and a message for each file that was passed over. Raises FeilIFiler with all broken
    ones unless hopp_over_feil, and KanIkkeSkrive with every file in the folder that somebody has changed; then nothing
    is written.
    """
    funnet, forbi = finn_filer(steder)
    if mappe.suffix.lower() == ".xlsx" or (mappe.exists() and not mappe.is_dir()):
        raise KanIkkeSkrive(f"{mappe}: flere scenarier skrives i en mappe, ventet et mappenavn etter -o.")
    if any(sted.is_dir() and sted.resolve() == mappe.resolve() for sted in steder):
        raise KanIkkeSkrive(f"{mappe}: arbeidsbøkene ville blitt scenarier neste gang. Velg en annen mappe med -o.")
    filer = list(dict.fromkeys(funnet))
    laget: dict[Path, _Laget] = {}
    for fil, en in zip(filer, for_hver(partial(_lag, oppdrag=oppdrag), filer), strict=True):
        laget[fil] = en
        fremdrift(len(laget), len(filer))

    def krev(fil: Path) -> None:
        if laget[fil].feil:
            raise KanIkkeLese(laget[fil].feil)

    feil = proev_hver(filer, krev, hopp_over_feil)
    ferdige = {fil: laget[fil] for fil in filer if not laget[fil].feil}
    maal = _filnavn(ferdige, mappe)
    _krev_uroert(ferdige, maal, overskriv, [*steder, *filer, oppdrag.priser, oppdrag.indekser])
    skriv_alle([Utfil(maal[fil], en.innhold, EFFEKTMODELL.hindring) for fil, en in ferdige.items()], overskriv)
    return [Skrevet(maal[fil], fil, en.priser) for fil, en in ferdige.items()], [*forbi, *feil]


def _lag(fil: Path, oppdrag: Oppdrag) -> _Laget:
    try:
        oppgitt, endring = les_scenario(
            fil,
            oppdrag.priser,
            oppdrag.prisaar,
            oppdrag.indekser,
            oppdrag.prisaar_er,
            bare_skrevet_over=True,
            krev_kontroll=oppdrag.krev_kontroll,
        )
        f = regn_om(oppgitt, oppdrag.prisaar)
        innhold = arbeidsbok(beregn(f), oppdrag.dato, tilleggsfaner(oppdrag.tilvalg, oppdrag.fanevalg, f))
    except VelferdslabError as feil:
        return _Laget(feil=str(feil))
    om_prisene = prislistemelding(endring) if endring else ""
    meldinger = filter(None, (om_prisene, f.prisaarvarsel, kontrollvarsel(oppgitt.kilde, oppgitt.kontroll)))
    return _Laget(f.navn, innhold, " ".join(meldinger))


def _filnavn(ferdige: dict[Path, _Laget], mappe: Path) -> dict[Path, Path]:
    """A file for each; the first of several names that are the same as file names keeps it, the next get _2, _3.

    By the names and not by the order given, so that the same scenarios always get the same files.
    """
    ut: dict[Path, Path] = {}
    brukt: set[str] = set()
    for fil, en in sorted(ferdige.items(), key=lambda par: (par[1].navn, str(par[0]))):
        stamme, nummer = filnavn(en.navn), 1
        navn = stamme
        while navn in brukt:
            nummer += 1
            navn = f"{stamme}_{nummer}"
        brukt.add(navn)
        ut[fil] = mappe / f"effektmodell_{navn}.xlsx"
    return ut


def _krev_uroert(
    ferdige: dict[Path, _Laget], maal: dict[Path, Path], overskriv: bool, lest: Sequence[Path | None]
) -> None:
    """Raise KanIkkeSkrive with every file that holds somebody's work, is read, or is another scenario's workbook."""
    feil = []
    for fil, en in ferdige.items():
        sti = maal[fil]
        gammelt = EFFEKTMODELL.navn_i(sti)
        try:
            proev_maal(sti, EFFEKTMODELL.hindring, overskriv, lest)
        except KanIkkeSkrive as grunn:
            feil.append(str(grunn))
        else:
            if not overskriv and gammelt not in (None, en.navn):
                feil.append(
                    f"{sti} er laget for «{gammelt}», ikke for «{en.navn}». Velg en annen mappe med -o, eller skriv "
                    "over den med --force."
                )
    if feil:
        raise KanIkkeSkrive("\n".join([*feil, "Ingenting er skrevet."]))
