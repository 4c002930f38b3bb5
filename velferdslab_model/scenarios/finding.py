"""Find the scenarios somebody means by files, folders and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from velferdslab_model.base.csv_reading import alle_delt, velg_skilletegn
from velferdslab_model.base.file_reading import les_csv_fil
from velferdslab_model.base.files import hvorfor
from velferdslab_model.base.tekst import normalisert, synlig
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import LISTEFIL
from velferdslab_model.scenarios.kinds import ANDRE_ENDELSER, hva_er, krev_slag, tomlslag
from velferdslab_model.workbook.kind import EFFEKTMODELL

#: What a scenario file in a folder is called.
ENDELSER = (".toml", ".xlsx")
_MAKS_LISTE = 1_000_000
_MAKS_RADER, _MAKS_KOLONNER = 5_000, 256
_KOLONNE = "fil"


def finn_filer(steder: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Every scenario file in the order given: a folder means the files in it, a .csv the files it lists.

    Also a sentence for each file of a folder that the program wrote and that is no scenario: a price list, a comparison
    that was written beside what it compares. Raises KanIkkeLese for an empty folder or list, UgyldigInndata for a list that cannot be read.
    """
    ut: list[Path] = []
    forbi: list[str] = []
    for sted in steder:
        if _er_mappe(sted):
            filer, andre = _i_mappe(sted)
            ut += filer
            forbi += andre
        elif sted.suffix.lower() == ".csv":
            ut += _i_liste(sted)
        else:
            ut.append(sted)
    return ut, forbi


def er_samling(sted: Path) -> bool:
    """Whether a place means several scenarios: a folder, or a list."""
    return _er_mappe(sted) or sted.suffix.lower() == ".csv"


def _er_mappe(sted: Path) -> bool:
    try:
        return sted.is_dir()
    except ValueError:  # a NUL in the path
        return False


def _i_mappe(mappe: Path) -> tuple[list[Path], list[str]]:
    try:
        alle = sorted(mappe.iterdir())
    except OSError as feil:
        raise KanIkkeLese(f"{mappe}: mappen kan ikke leses ({hvorfor(feil)}).") from None
    # Excel keeps a lock file «~$bok.xlsx» beside an open workbook.
    filer = [p for p in alle if p.suffix.lower() in ENDELSER and not p.name.startswith(("~$", ".")) and p.is_file()]
    mulige = [p for p in alle if p in filer or (p.suffix.lower() in ANDRE_ENDELSER and p.is_file())]
    andre = {p: slag for p in mulige if (slag := tomlslag(p) or hva_er(p)) not in (None, EFFEKTMODELL)}
    filer = [p for p in filer if p not in andre]
    if brutt := next((p for p in mulige if _paa_flere_linjer(p.name)), None):
        raise KanIkkeLese(f"{mappe}: filen «{synlig(brutt.name)}» har et linjeskift i navnet. Gi den et annet navn.")
    if not filer:
        raise KanIkkeLese(f"{mappe} er en mappe uten scenarier, ventet filer som slutter på .toml eller .xlsx.")
    return filer, [f"{p} er {slag.kalles}, ikke et scenario." for p, slag in andre.items() if slag]


def _paa_flere_linjer(navn: str) -> bool:
    """A message shows the name, and each of its lines must be the program's own."""
    return "\n" in navn or "\r" in navn


def _i_liste(fil: Path) -> list[Path]:
    """The files of a list: the column «fil», or the first when no heading says so, seen from the list's own folder."""
    krev_slag(fil, LISTEFIL)
    rader = _rader(fil, les_csv_fil(fil, "en liste over scenariofiler", _MAKS_LISTE))
    if not rader:
        raise KanIkkeLese(f"{fil}: listen er tom, ventet en scenariofil på hver linje under overskriften «{_KOLONNE}».")
    hode = [normalisert(celle).casefold() for celle in rader[0]]
    kolonne = hode.index(_KOLONNE) if _KOLONNE in hode else 0
    if _KOLONNE in hode:
        rader = rader[1:]
    celler = [_celle(rad, kolonne) for rad in rader]
    mangler = [f"rad {n} har ingen fil." for n, celle in enumerate(celler, start=1) if not celle]
    mangler += [
        f"rad {n} er «{synlig(celle)}», ventet et filnavn uten linjeskift."
        for n, celle in enumerate(celler, start=1)
        if _paa_flere_linjer(celle)
    ]
    if mangler:
        raise UgyldigInndata(fil.name, mangler)
    if not rader:
        raise KanIkkeLese(f"{fil}: listen har en overskrift, men ingen filer.")
    return [fil.parent / celle for celle in celler]


def _rader(fil: Path, tekst: str) -> list[list[str]]:
    lest = velg_skilletegn(alle_delt(tekst, _MAKS_RADER, _MAKS_KOLONNER), _passer)
    if lest.feil:
        raise KanIkkeLese(f"{fil}: {lest.feil}")
    return [rad for rad in lest.rader if any(rad)]


def _passer(rader: list[list[str]]) -> int:
    """How well rows look like those of a list: with its heading, else with more than one column."""
    hode = [normalisert(celle).casefold() for celle in rader[0]] if rader else []
    return 2 if _KOLONNE in hode else int(len(hode) > 1)


def _celle(rad: Sequence[str], kolonne: int) -> str:
    return normalisert(rad[kolonne]) if kolonne < len(rad) else ""
