"""A price list as rows of cells, whichever kind of file it stood in: its columns, and where the table starts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from velferdslab_model.base.celleverdi import celletekst
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.priskatalog import Katalog
from velferdslab_model.parameters.validation import vis

#: The column that takes a price from the catalogue; lists of format 1 have none.
KATALOGKOLONNE = "fra katalogen"
#: Columns in the order written. Those in NOEDVENDIGE must be there when a list is read, in any order.
PRISKOLONNER = (
    "gruppe",
    "tiltak",
    "kategori",
    "enhetskostnad",
    "enhet",
    "betaler",
    "prisår",
    "kilde",
    "sist endret",
    KATALOGKOLONNE,
)
NOEDVENDIGE = ("gruppe", "tiltak", "enhetskostnad", "prisår", "kilde")
_OGSAA = {
    "prisaar": "prisår",
    "prisar": "prisår",
    "tiltak (navn)": "tiltak",
    "sist_endret": "sist endret",
    "pris": "enhetskostnad",
    "enhetspris": "enhetskostnad",
}
#: What people put around a heading: colons, stars for what must be filled in, soft hyphens, the unit.
_PYNT = re.compile("[:*\u00ad]|\\(kr\\.?\\)$")
#: The headings stand among the first rows; ours on the fourth.
_MAKS_HODERAD = 30
#: No scenario has more than 60 tiltak.
MAKS_RADER = 500


@dataclass(frozen=True, slots=True)  # a hostile file may hold a million
class Priscelle:
    """A value (number, text, truth, error or None), its number format, which may say that it is not kroner, and the date
    it is shown as.
    """

    verdi: Any
    format: str = "General"
    dato: date | None = None

    @property
    def tom(self) -> bool:
        """Whether nothing but spaces stands there."""
        return self.verdi is None or (isinstance(self.verdi, str) and not self.verdi.strip())


TOM = Priscelle(None)


@dataclass(frozen=True)
class Listerad:
    """A row of the table. nummer: as Excel shows it."""

    nummer: int
    celler: Mapping[str, Priscelle]

    def __getitem__(self, kolonne: str) -> Priscelle:
        """Cell in a column; empty when the column is missing."""
        return self.celler.get(kolonne, TOM)


@dataclass(frozen=True)
class Pristabell:
    """The rows of a price list. fil: its name, for messages. ubrukte: headings that mean nothing here.

    ark: the sheet, empty in CSV. hoderad: the row of the headings, as Excel shows it. kolonner: where each column stands, from 0.
    merknader: rows under the prices that were passed by. titler: rows that are the heading of a block -> which. egne_priser: the
    municipality's own rows of the price catalogue, that the list was made with.
    """

    fil: str
    rader: tuple[Listerad, ...]
    ubrukte: tuple[str, ...]
    ark: str
    hoderad: int
    kolonner: Mapping[str, int]
    merknader: tuple[str, ...] = ()
    titler: Mapping[int, str] = field(default_factory=dict)
    egne_priser: Katalog = field(default_factory=dict)


def har_hode(rader: Sequence[Sequence[Priscelle]], kolonner: Sequence[str] = NOEDVENDIGE) -> bool:
    """Whether one of the first rows holds every column that must be there."""
    return any(set(kolonner) <= set(_kjente(rad)) for rad in rader[:_MAKS_HODERAD])


def antall_kjente(rader: Sequence[Sequence[Priscelle]]) -> int:
    """The largest number of known headings on one of the first rows."""
    return max((len(set(_kjente(rad)) - {None}) for rad in rader[:_MAKS_HODERAD]), default=0)


def finn_tabell(fil: str, rader: Sequence[Sequence[Priscelle]], like_lange: bool, ark: str = "") -> Pristabell:
    """Find the headings and the rows under them; rader[0] is row 1 of the file.

    like_lange: a row with more fields than there are headings is a fault, as in CSV, where a separator too many moves
    what follows. Raises UgyldigInndata for that, when headings are missing or stand twice, and when no row follows.
    """
    hode = max(
        range(min(len(rader), _MAKS_HODERAD)),
        key=lambda nummer: (len(set(_kjente(rader[nummer])) - {None}), -nummer),
        default=0,
    )
    navn = _kjente(rader[hode]) if rader else []
    if feil := _hodefeil(hode + 1, navn, rader[hode] if rader else ()):
        raise UgyldigInndata(fil, feil)
    overskrifter = rader[hode]
    ut, lange = [], []
    for nummer, celler in enumerate(rader[hode + 1 :], start=hode + 2):
        rad = {kolonne: celle for kolonne, celle in zip(navn, celler, strict=False) if kolonne and not celle.tom}
        if like_lange and any(not celle.tom for celle in celler[len(overskrifter) :]):
            lange.append(
                f"rad {nummer} har flere felt enn det er kolonner. "
                "Står det et skilletegn i en tekst eller et tall? Sett det i anførselstegn, eller lagre som .xlsx."
            )
        if rad:
            ut.append(Listerad(nummer, rad))
    if len(ut) > MAKS_RADER:
        raise UgyldigInndata(fil, [f"prislisten har {len(ut)} rader, ventet høyst {MAKS_RADER}."])
    if lange:
        raise UgyldigInndata(fil, lange[:MAKS_RADER])
    if not ut:
        raise UgyldigInndata(fil, ["prislisten er tom: det står ingen rader under overskriftene."])
    ubrukte = [str(c.verdi).strip() for c, kolonne in zip(overskrifter, navn, strict=True) if not kolonne and not c.tom]
    kolonner = {kolonne: nummer for nummer, kolonne in enumerate(navn) if kolonne}
    return Pristabell(fil, tuple(ut), tuple(ubrukte), ark, hode + 1, kolonner)


def _kjente(rad: Sequence[Priscelle]) -> list[str | None]:
    """The column each heading of a row stands for; None for one that is not known."""
    navn = [
        sammenligningsnavn(_PYNT.sub("", str(celletekst(c.verdi)))) if isinstance(c.verdi, str) else "" for c in rad
    ]
    kjente = [_OGSAA.get(n, n) for n in navn]
    # A list may have «Pris» beside the column it stands for, and then means something else by it.
    return [
        n if n in PRISKOLONNER and (n == skrevet or n not in navn) else None
        for n, skrevet in zip(kjente, navn, strict=True)
    ]


def _hodefeil(nummer: int, navn: Sequence[str | None], celler: Sequence[Priscelle]) -> list[str]:
    if not any(navn):
        ventet = ", ".join(f"«{n}»" for n in NOEDVENDIGE)
        return [f"finner ingen rad med overskriftene {ventet}. Lag en prisliste med «velferdslab prices»."]
    andre = [str(c.verdi) for c, kjent in zip(celler, navn, strict=True) if not kjent and not c.tom]
    feil = []
    for mangler in (n for n in NOEDVENDIGE if n not in navn):
        forslag = mente_du(mangler, andre)
        skrevet = forslag.removeprefix(" Mente du ").removesuffix("?")
        raad = f" Skal {vis(skrevet)} være «{mangler}»?" if forslag else ""
        feil.append(f"rad {nummer}: kolonnen «{mangler}» mangler.{raad}")
    doble = [n for n in PRISKOLONNER if navn.count(n) > 1]
    feil += [f"rad {nummer}: kolonnen «{n}» står {navn.count(n)} ganger, ventet én gang." for n in doble]
    return feil
