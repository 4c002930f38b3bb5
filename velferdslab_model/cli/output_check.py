"""How the audit of a workbook is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from velferdslab_model.check.funn import Funn
from velferdslab_model.check.kontroll import Kontroll
from velferdslab_model.cli.output import kroner
from velferdslab_model.endringer.finne import Endring, Verdi
from velferdslab_model.endringer.virkning import Gruppevirkning, Virkning
from velferdslab_model.parameters.typer import BRUKERGRUPPER
from velferdslab_model.results import SUMMER

_BREDDE = 100
_MAKS_FUNN = 15
#: Label and key of what is shown before and after.
_LINJER = (
    ("Kostnad", "kostnad"),
    ("Besparelse", "besparelse"),
    ("Helsegevinst", "helsegevinst"),
    ("Produksjonsgevinst", "produksjonsgevinst"),
    ("Netto offentlige budsjetter", "netto_budsjett"),
    ("Netto samfunn", "netto_samfunn"),
    ("Netto kommune", "netto_kommune"),
    ("Netto stat", "netto_stat"),
)
_TILBAKE = (
    ("budsjett", "offentlige budsjetter"),
    ("samfunn", "samfunnet"),
    ("kommune", "kommunen"),
    ("stat", "staten"),
)
_SLAG = {
    "versjon": "Eldre versjon",
    "fane": "Faner",
    "navn": "Navn på celler",
    "beskyttelse": "Beskyttelse",
    "inndata": "Inndata som ikke kan leses",
    "formel": "Formler som ikke er programmets",
    "låst celle": "Låste celler med annet innhold",
    "ekstra celle": "Innhold der det ikke skal være noe",
    "lagret tall": "Lagrede tall som ikke følger av inndata",
    "kontroll": "Arbeidsbokens egne kontroller som feiler",
}


def rapport(k: Kontroll) -> str:
    """The whole audit as lines of at most 100 characters, sources left out of the count."""
    linjer = [f"Kontroll av {k.fil} (velferdslab {k.versjon})", "", *wrap(_konklusjon(k), _BREDDE), ""]
    if k.funn:
        linjer += [*_funn(k.funn), ""]
    linjer += [linje for m in k.merknader for linje in wrap(m, _BREDDE)]
    linjer += [*_endringer(k.endringer, k.mot), ""]
    if k.virkning and k.endringer:
        linjer += [*_virkning(k.virkning), "", *_bidrag(k.virkning)]
    return "\n".join(linjer).rstrip()


def _konklusjon(k: Kontroll) -> str:
    antall = len(k.endringer)
    endret = "Ingen inndata avviker" if not antall else f"{antall} inndata avviker"
    fra = f"fra {k.mot}"
    if k.forutsetninger is None:
        return f"Inndata kan ikke leses. {len(k.funn)} funn må rettes før resultatet kan brukes."
    if not k.funn:
        return f"{endret} {fra}. Ellers er faner, navn, beskyttelse, formler, låste celler og lagrede tall som programmet skrev dem. Formater og figurer er ikke kontrollert."
    return f"{endret} {fra}. {len(k.funn)} funn ellers: bruk ikke tallene før hvert av dem er forklart."


def _funn(funn: Sequence[Funn]) -> Iterator[str]:
    for slag, tittel in _SLAG.items():
        like = [f for f in funn if f.slag == slag]
        if not like:
            continue
        yield f"{tittel} ({len(like)})"
        for f in like[:_MAKS_FUNN]:
            yield from wrap(
                f"{f.sted}: ventet {_kort(f.ventet)}, fant {_kort(f.funnet)}",
                _BREDDE,
                initial_indent="  ",
                subsequent_indent="    ",
            )
        if len(like) > _MAKS_FUNN:
            yield f"  og {len(like) - _MAKS_FUNN} til; «--format json» viser alle"


def _endringer(endringer: Sequence[tuple[str, Endring]], mot: str) -> Iterator[str]:
    if not endringer:
        return
    yield f"Inndata som avviker fra {mot}"
    for celle, e in endringer:
        gruppe = f"{BRUKERGRUPPER[e.gruppe]}: " if e.gruppe else ""
        tekst = f"{gruppe}{e.tekst}: {verdi(e.gammel, e.enhet)} -> {verdi(e.ny, e.enhet)}{_enhet(e)}"
        yield from wrap(tekst, _BREDDE, initial_indent="  ", subsequent_indent="    ")
        detaljer = "; ".join(del_ for del_ in (celle, e.kilde) if del_)
        yield from wrap(detaljer, _BREDDE, initial_indent="      ", subsequent_indent="      ")


def _enhet(e: Endring) -> str:
    return "" if e.enhet in ("tekst", "andel", "årstall") else f" {e.enhet}"


def verdi(v: Verdi, enhet: str) -> str:
    """A value as it is shown: shares as per cent, numbers with decimal comma."""
    if v is None:
        return "(ingen)"
    if isinstance(v, str):
        return f"«{_kort(v)}»" if v else "(tom)"
    if enhet == "andel":
        return f"{v * 100:.10g} %".replace(".", ",")
    if enhet == "årstall":
        return f"{v:.0f}"
    if enhet.startswith("kr") and v != round(v):
        return f"{v:,.2f}".replace(",", " ").replace(".", ",")
    return kroner(v) if v == round(v) else f"{v:.10g}".replace(".", ",")


def _virkning(v: Virkning) -> Iterator[str]:
    yield "Virkning på resultatet (kr over analyseperioden)"
    deler = [(BRUKERGRUPPER[navn], g) for navn, g in v.grupper.items() if _er_endret(g)]
    if v.samlet and len(deler) > 1:
        deler.append(("Samlet", v.samlet))
    if not deler:
        yield "  Ingen: endringene gjelder bare tekst, eller noe resultatet ikke avhenger av."
    for tittel, g in deler:
        yield f"  {tittel:<34}{'før':>18}{'nå':>18}{'endring':>18}"
        for tekst, navn in _LINJER:
            yield f"    {tekst:<32}{kroner(g.foer[navn]):>18}{kroner(g.etter[navn]):>18}{_fortegn(g.differanse(navn)):>18}"
        for x, tekst in _TILBAKE:
            foer, etter = (str(aar[x] or "ikke innen") for aar in (g.tilbake_foer, g.tilbake_etter))
            yield f"    {'Tilbakebetalt, ' + tekst:<32}{foer:>18}{etter:>18}{'' if foer == etter else 'endret':>18}"


def _er_endret(g: Gruppevirkning) -> bool:
    return any(g.differanse(navn) for navn in SUMMER) or g.tilbake_foer != g.tilbake_etter


def _bidrag(v: Virkning) -> Iterator[str]:
    """How much each change explains, the largest first; parts and remainder sum to the change of the group."""
    for gruppe, navn in BRUKERGRUPPER.items():
        egne = [b for b in v.bidrag if b.endring.gruppe == gruppe]
        if not egne:
            continue
        yield f"{f'Hva hver endring forklarer alene, {navn.lower()} (kr)':<60}{'netto budsjett':>20}{'netto samfunn':>20}"
        for b in sorted(egne, key=lambda b: -abs(b.summer["netto_samfunn"])):
            yield _bidragslinje(b.endring.tekst, b.summer["netto_budsjett"], b.summer["netto_samfunn"])
        rest, g = v.samspill[gruppe], v.grupper[gruppe]
        yield _bidragslinje("Samspill mellom endringene", rest["netto_budsjett"], rest["netto_samfunn"])
        yield _bidragslinje("Sum", g.differanse("netto_budsjett"), g.differanse("netto_samfunn"))
        yield ""


def _bidragslinje(tekst: str, budsjett: float, samfunn: float) -> str:
    return f"  {_kort(tekst, 56):<58}{_fortegn(budsjett):>20}{_fortegn(samfunn):>20}"


def _fortegn(kr: float) -> str:
    tekst = kroner(kr)
    return f"+{tekst}" if kr > 0 and tekst != "0" else tekst


def _kort(tekst: str, maks: int = 160) -> str:
    synlig = "".join(tegn if tegn.isprintable() else "?" for tegn in tekst)
    return synlig if len(synlig) <= maks else synlig[: maks - 3] + "..."
