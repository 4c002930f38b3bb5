"""Pages of the app as text: the frame that all have, and the page of a room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from velferdslab_model.app.cases import Sak
from velferdslab_model.app.room import PAKKE, Siderom, Skjemadata
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.svg import SKRAVERT
from velferdslab_model.version import __version__


@cache
def fast_fil(navn: str) -> str:
    """The style sheet or the script: that of any page of ours, and what this one adds."""
    endelse = navn.rpartition(".")[2]
    deler = [("velferdslab_model.page", f"base.{endelse}"), (PAKKE, f"app.{endelse}")]
    if endelse == "css":  # the answer of a comparison is shown as its report shows it
        deler.insert(1, ("velferdslab_model.compare.report", "report.css"))
    return "\n".join((files(pakke) / "data" / fil).read_text(encoding="utf-8") for pakke, fil in deler)


def avslagsside(tittel: str, tekst: str) -> str:
    """A page without style or links, for whoever is not let in."""
    return str(bit(PAKKE, "avslag.html", tittel=tittel, tekst=tekst))


def inngangsside(adresse: str) -> str:
    """A page that goes on to the page itself: a browser that comes from elsewhere then sends the cookie."""
    return str(bit(PAKKE, "inngang.html", adresse=adresse))


def meldingsside(alle: Sequence[Siderom], tittel: str, tekst: str) -> str:
    """A page that says one thing."""
    return _side(alle, alle[0] if alle else None, tittel, Markup("<p>{}</p>").format(tekst))


def romside(alle: Sequence[Siderom], rom: Siderom, data: Skjemadata, sak: Sak | None = None) -> str:
    """The page of a room: the answer when there is one, and the form with what was typed."""
    svar = sak.svar if sak else None
    innhold = bit(
        PAKKE,
        "rom.html",
        rom=rom,
        data=data,
        id=sak.id if sak else "",
        svar=Markup(svar.html) if svar and svar.html else "",
        filer=list(enumerate(svar.filer)) if svar else [],
        kort=svar.kort if svar else "",
        kan_brukes_videre=bool(svar and svar.scenario),
        stoppet=sak is not None and sak.tilstand == "stoppet",
        skjema=rom.skjema(data),
        maler=list(rom.maler.items()),
        tekstmaler=any(mal.navn.endswith(".toml") for mal in rom.maler.values()),
    )
    hva = "" if sak is None else "Noe må rettes" if data.feil else sak.kalles or "Svaret"
    return _side(alle, rom, rom.tittel, innhold, faneblad=hva)


def venteside(alle: Sequence[Siderom], rom: Siderom, sak: Sak) -> str:
    """The page while the work goes on."""
    innhold = bit(PAKKE, "venter.html", rom=rom, id=sak.id, tekst=fremdriftstekst(sak))
    return _side(alle, rom, rom.tittel, innhold, venter=f"/{rom.noekkel}/{sak.id}", faneblad="Regner")


def fremdriftstekst(sak: Sak) -> str:
    """How far the work has come, in a few words."""
    return "Venter på tur …" if sak.tilstand == "venter" else sak.fremdrift() or "Regner …"


def _side(
    alle: Sequence[Siderom], rom: Siderom | None, tittel: str, innhold: Markup, venter: str = "", faneblad: str = ""
) -> str:
    return str(
        bit(
            PAKKE,
            "app.html",
            alle=alle,
            rom=rom,
            tittel=tittel,
            faneblad=f"{faneblad} – {tittel}" if faneblad else tittel,
            innhold=innhold,
            venter=venter,
            versjon=__version__,
            skravert=SKRAVERT,
        )
    )
