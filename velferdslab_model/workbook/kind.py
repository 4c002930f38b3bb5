"""The kinds of file the program writes: how each is marked, what users call it, and which command reads it.

A workbook says its kind and format number in a document property, which Excel and LibreOffice keep when they save; a page
in a meta element of the same name.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from velferdslab_model.base.files import les_hele, til_lesing
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.stamp import er_uroert

_EGENSKAPER, _KJERNE = "docProps/custom.xml", "docProps/core.xml"
#: A part of document properties that is larger is nobody's.
_MAKS_DEL = 5_000_000
#: The mark of a page stands among its first bytes.
_MAKS_HODE = 2_000
#: What a broken or foreign archive makes the reader raise; zlib.error is none of the others.
_ARKIVFEIL = (
    OSError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Bokslag:
    """One kind of file.

    noekkel: its name. egenskap: document property that holds its format number. format: the number, raised when cells
    move or change meaning. tittel: begins the file's title, before a name. kalles: what users call it, with its
    article. bruk: which command reads it, as a sentence. lag: the command that makes one. laast: whether its tabs can
    neither be moved, renamed nor joined by others. kjennetegn: format -> defined names that tell a file of it when its
    document properties are gone, newest first.
    """

    noekkel: str
    egenskap: str
    format: int
    tittel: str
    kalles: str
    bruk: str
    lag: str
    laast: bool = True
    kjennetegn: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def hindring(self, innhold: bytes) -> str | None:
        """Why these bytes must not be replaced by a file of this kind, as the end of a sentence; None when they may."""
        funnet = slag_av(innhold, self)
        if funnet is None:
            return "er ikke laget av dette programmet"
        if funnet is not self:
            return f"er {funnet.kalles}, ikke {self.kalles}"
        return None if er_uroert(innhold) else "er endret siden programmet skrev den"

    def navn_i(self, fil: Path) -> str | None:
        """The name in the title of a file of this kind; None for anything else, or no file."""
        try:
            innhold = les_hele(fil)
        except (OSError, ValueError):
            return None
        if slag_av(innhold, self) is not self:
            return None
        tittel = _tittel(innhold)
        return tittel.removeprefix(self.tittel) if tittel.startswith(self.tittel) else None

    def format_etter_navn(self, navn: Collection[str]) -> int | None:
        """The format of a file of this kind without its document properties, told by its defined names."""
        return next((nummer for nummer, alle in self.kjennetegn.items() if set(alle) <= set(navn)), None)

    def krev(self, fil: Path, egenskaper: Mapping[str, object], tittel: str = "") -> int:
        """The format number of a file whose document properties these are.

        Raises KanIkkeLese when it is of another kind, not ours, or from a later version.
        """
        funnet = slag_med(egenskaper, tittel, self)
        if funnet is None:
            raise KanIkkeLese(f"{fil} er ikke laget av velferdslab. Lag {self.kalles} med «{self.lag}».")
        if funnet is not self:
            raise KanIkkeLese(f"{fil} er {funnet.kalles}, ikke {self.kalles}. {funnet.bruk}")
        nummer = egenskaper[self.egenskap]
        if isinstance(nummer, str) and re.fullmatch(r"\d{1,3}(\.0)?", nummer):  # kept as a text by some programs
            nummer = float(nummer)
        if not isinstance(nummer, int | float) or nummer != int(nummer):  # LibreOffice saves 2 as 2.0
            raise KanIkkeLese(f"{fil} er ikke laget av velferdslab. Lag {self.kalles} med «{self.lag}».")
        if nummer > self.format:
            raise KanIkkeLese(f"{fil} er laget av en nyere versjon (format {nummer:.15g}, ventet høyst {self.format}).")
        return int(nummer)


EFFEKTMODELL = Bokslag(
    "effektmodell",
    "velferdslab_format",
    5,
    "Effektmodell for velferdslab: ",
    "en arbeidsbok med effektmodellen",
    "Bruk den som SCENARIO, for eksempel «velferdslab run FIL».",
    "velferdslab generate",
    kjennetegn={
        5: ("navn", "prisaar", "UV_fylkeskommunal_andel_av_resten", "FAM_tiltak_navn"),
        4: ("navn", "prisaar", "prisindeks_kpi", "FAM_tiltak_navn"),
        3: ("navn", "prisaar", "UV_offentlig_andel_produksjonsgevinst", "FAM_tiltak_navn"),
        2: ("navn", "prisaar", "UV_tiltak_navn", "FAM_tiltak_navn"),
    },
)
PRISLISTE = Bokslag(
    "prisliste",
    "velferdslab_prisliste",
    3,
    "Prisliste: ",
    "en prisliste",
    "Oppgi den med --prices.",
    "velferdslab prices -o priser.xlsx",
    # A list that people add their own sheets to.
    laast=False,
)
USIKKERHET = Bokslag(
    "usikkerhet",
    "velferdslab_usikkerhet",
    1,
    "Usikkerhet: ",
    "en usikkerhetsanalyse",
    "Den har ingen inndata og leses ikke av noen kommando; bruk scenarioet den er laget av.",
    "velferdslab uncertainty -o usikkerhet.xlsx",
)
SAMMENLIGNING = Bokslag(
    "sammenligning",
    "velferdslab_sammenligning",
    1,
    "Sammenligning av ",
    "en sammenligning",
    "Den har ingen inndata og leses ikke av noen kommando; bruk scenarioene den er laget av.",
    "velferdslab compare SCENARIO... -o sammenligning.xlsx",
)
SAMMENLIGNINGSSIDE = Bokslag(
    "sammenligningsside",
    "velferdslab_sammenligningsside",
    1,
    "Sammenligning av ",
    "en nettside med en sammenligning",
    "Åpne den i en nettleser; den leses ikke av noen kommando.",
    "velferdslab compare SCENARIO... --html sammenligning.html",
)
PRISKATALOG = Bokslag(
    "priskatalog",
    "velferdslab_priskatalog",
    1,
    "Priskatalog: ",
    "et oppslag i priskatalogen",
    "Den har ingen inndata og leses ikke av noen kommando; bruk id-en til en pris i scenariofilen eller prislisten.",
    "velferdslab katalog -o priskatalog.xlsx",
)
EFFEKTKONTRAKT = Bokslag(
    "effektkontrakt",
    "velferdslab_effektkontrakt",
    3,
    "Effektkontrakt: ",
    "en arbeidsbok med en effektkontrakt",
    "Oppgi den til «velferdslab contract FIL».",
    "velferdslab contract -o kontrakt.xlsx",
    kjennetegn={
        3: ("betalingsaar_1", "forventet_betalt", "stanses_etter_brukes", "priskort_1_pris", "valuta", "avrunding"),
        2: ("betalingsaar_1", "avvikling_brukes", "stanses_etter_brukes", "priskort_1_pris", "valuta", "avrunding"),
        1: ("betalingsaar_1", "avvikling_brukes", "priskort_1_pris", "valuta", "avrunding"),
    },
)
REGISTRERINGER = Bokslag(
    "registreringer",
    "velferdslab_registreringer",
    1,
    "Registreringer: ",
    "en arbeidsbok med registreringer",
    "Oppgi den til «velferdslab assess FIL».",
    "velferdslab assess --mal -o registrering.xlsx",
    kjennetegn={1: ("e_eget_bolig", "k_bosituasjon", "e_bekreftet", "k_bekreftet")},
)
REGISTERSVAR = Bokslag(
    "registersvar",
    "velferdslab_registersvar",
    1,
    "Suksessrater fra registreringer: ",
    "en rapport om registreringer",
    "Den har ingen inndata og leses ikke av noen kommando; bruk filen med registreringene.",
    "velferdslab assess registreringer.xlsx -o rapport.xlsx",
)
UTENFORREGNSKAP = Bokslag(
    "utenfor",
    "velferdslab_utenfor",
    1,
    "Utenforregnskap: ",
    "en arbeidsbok med et utenforregnskap",
    "Oppgi den til «velferdslab utenfor FIL».",
    "velferdslab utenfor -o utenfor.xlsx",
    kjennetegn={1: ("alder_ved_tiltak", "suksessfaktor", "post_1_maalgruppe", "post_1_sammenligning")},
)
UTENFORSIDE = Bokslag(
    "utenforside",
    "velferdslab_utenforside",
    1,
    "Samme tiltak i begge modeller",
    "en nettside med begge modeller",
    "Åpne den i en nettleser; den leses ikke av noen kommando.",
    "velferdslab utenfor FIL --sammen-med SCENARIO --html sammen.html",
)
PERSONAS = Bokslag(
    "personas",
    "velferdslab_personas",
    1,
    "Personas: ",
    "en arbeidsbok med personas",
    "Oppgi den til «velferdslab personas FIL».",
    "velferdslab personas -o personas.xlsx",
    kjennetegn={1: ("H1_persona", "H1_situasjon", "med_overfoeringer", "unge_voksne_null_utsatt")},
)
PERSONASIDE = Bokslag(
    "personaside",
    "velferdslab_personaside",
    1,
    "Personas: ",
    "en nettside med personas",
    "Åpne den i en nettleser; den leses ikke av noen kommando.",
    "velferdslab personas --html personas.html",
)
SAKSFRAMLEGGSSIDE = Bokslag(
    "saksframleggsside",
    "velferdslab_saksframleggsside",
    1,
    "Saksframlegg: ",
    "en nettside med et saksframlegg",
    "Åpne den i en nettleser; den leses ikke av noen kommando.",
    "velferdslab saksframlegg SCENARIO -o sak.html",
)
VEILEDNINGSSIDE = Bokslag(
    "veiledning",
    "velferdslab_veiledning",
    1,
    "Veiledning",
    "veiledningen",
    "Åpne den i en nettleser; den leses ikke av noen kommando.",
    "velferdslab veiledning",
)
#: Every kind, by its name.
SLAG = {
    slag.noekkel: slag
    for slag in (
        EFFEKTMODELL,
        PRISLISTE,
        USIKKERHET,
        SAMMENLIGNING,
        SAMMENLIGNINGSSIDE,
        PRISKATALOG,
        EFFEKTKONTRAKT,
        REGISTRERINGER,
        REGISTERSVAR,
        UTENFORREGNSKAP,
        UTENFORSIDE,
        SAKSFRAMLEGGSSIDE,
        PERSONAS,
        PERSONASIDE,
        VEILEDNINGSSIDE,
    )
}
#: How the first versions titled an uncertainty analysis, which they marked as a workbook of the model.
_GAMMEL_USIKKERHET = " (usikkerhet)"


def slag_av(innhold: bytes, dessuten: Bokslag | None = None) -> Bokslag | None:
    """What kind of file these bytes are; None for anything the program has not written. dessuten: one more kind."""
    if not innhold.startswith(b"PK"):
        merker = re.findall(rb"""<meta name=["'](velferdslab_[a-z_]{1,60})["']""", innhold[:_MAKS_HODE])
        return slag_med({merke.decode(): 1 for merke in merker}, "", dessuten)
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            egenskaper = _les_del(arkiv, _EGENSKAPER)
    except _ARKIVFEIL:
        return None
    navn = dict.fromkeys(html.unescape(n) for n in re.findall(r"""\bname=["']([^"']{1,255})["']""", egenskaper))
    return slag_med(navn, _tittel(innhold), dessuten)


def slag_i(fil: Path) -> Bokslag | None:
    """What kind of file this is; None for anything the program has not written, or that cannot be read."""
    try:
        with til_lesing(fil) as stroem:
            begynnelse = stroem.read(_MAKS_HODE)
        if not begynnelse.startswith(b"PK"):
            return slag_av(begynnelse)
        with zipfile.ZipFile(fil) as arkiv:
            if sum(del_.file_size for del_ in arkiv.infolist() if del_.filename == _EGENSKAPER) > _MAKS_DEL:
                return None
        return slag_av(les_hele(fil))
    except _ARKIVFEIL:
        return None


def slag_med(egenskaper: Mapping[str, object], tittel: str, dessuten: Bokslag | None = None) -> Bokslag | None:
    """The kind of a file with these document properties. dessuten: one more kind."""
    kjente = (*SLAG.values(), dessuten) if dessuten else SLAG.values()
    funnet = next((slag for slag in kjente if slag.egenskap in egenskaper), None)
    if funnet is EFFEKTMODELL and tittel.endswith(_GAMMEL_USIKKERHET):
        return USIKKERHET
    return funnet


def _tittel(innhold: bytes) -> str:
    """The title in the document properties of an archive; empty when there is none."""
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            funn = re.search(r"<dc:title>([^<]*)</dc:title>", _les_del(arkiv, _KJERNE))
    except _ARKIVFEIL:
        return ""
    return html.unescape(funn[1]) if funn else ""


def _les_del(arkiv: zipfile.ZipFile, navn: str) -> str:
    if arkiv.getinfo(navn).file_size > _MAKS_DEL:
        raise ValueError("too large")
    return arkiv.read(navn).decode("utf-8", "replace")
