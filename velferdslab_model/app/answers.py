"""What a worker answers with: messages at the field or file they belong to, and pieces of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from velferdslab_model.app.cases import Arbeidsordre, Feilmelding
from velferdslab_model.app.room import PAKKE, SKJEMAET
from velferdslab_model.app.wording import paa_siden
from velferdslab_model.base.ord import (
    BRUKERGRUPPER,
    HVEM_KORT,
    IKKE_INNEN_KORT,
    NETTONAVN,
    SERIENAVN,
    har_kilde,
    liten,
)
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.showing import er_endret, verdi, virkningsaar, virkningsrader
from velferdslab_model.endringer.virkning import Virkning
from velferdslab_model.errors import UgyldigInndata, VelferdslabError
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.table import endringscelle, tabell, tallcelle, tekstcelle
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.register import GRUPPENAVN, registerposter

_NOEKKEL = re.compile(r" \(([a-z_.]+)\) ")


def feil_av(feil: VelferdslabError, ordre: Arbeidsordre) -> list[Feilmelding]:
    """The messages of the commands, each with the field it belongs to, and files by the names the person knows."""
    if isinstance(feil, UgyldigInndata) and feil.kilde == SKJEMAET:
        return [_i_skjemaet(tekst) for tekst in feil.feil]
    tekst = str(feil)
    for sti, navn in [*ordre.scenarier.values(), *((f.sti, f.navn) for f in ordre.filer)]:
        tekst = tekst.replace(sti, Path(sti).name if sti.endswith(navn) else f"{Path(sti).name} ({navn})")
    # Whatever else lies in the folder of a case is named without it.
    tekst = re.sub(rf"{re.escape(str(Path(ordre.mappe).parent))}[\\/][^\\/\s]+[\\/](?:inn[\\/]\d+[\\/])?", "", tekst)
    felt = next((f.felt for f in ordre.filer if f.navn in tekst), "")
    return [Feilmelding(felt, paa_siden(linje)) for linje in tekst.split("\n") if linje]


def _i_skjemaet(tekst: str) -> Feilmelding:
    funn = _NOEKKEL.search(tekst)
    return Feilmelding(funn[1] if funn else "", paa_siden(_NOEKKEL.sub(" ", tekst, count=1)))


def avsnittene(tekster: Iterable[str]) -> Markup:
    """A paragraph for each text."""
    return Markup("").join(Markup("<p>{}</p>").format(tekst) for tekst in tekster if tekst)


def antakelsesliste(f: Forutsetninger) -> Markup:
    """Which numbers of a scenario are antakelser."""
    return kildeliste((GRUPPENAVN[post.gruppe], post.tekst, post.kilde) for post in registerposter(f))


def kildeliste(tall: Iterable[tuple[str, str, str]]) -> Markup:
    """Which numbers have no source, closed until asked for. tall: part, name and source of each."""
    grupper: dict[str, list[Mapping[str, str]]] = {}
    alle = list(tall)
    for del_, tekst, kilde in alle:
        if not har_kilde(kilde):
            grupper.setdefault(del_, []).append({"tekst": tekst, "kilde": kilde})
    antall = sum(map(len, grupper.values()))
    return bit(PAKKE, "antakelser.html", grupper=grupper, antall=antall, alle=len(alle))


def hvem_sine_tall(f: Forutsetninger, grupper: Sequence[str]) -> str:
    """How many numbers of the groups that take somebody in are not the defaults: an answer of defaults says nothing of the
    municipality whose name it has."""
    poster = [post for post in registerposter(f) if post.gruppe in grupper]
    egne = sum(post.egen for post in poster)
    if not egne:
        return "Ingen tall er endret: dette er standardtallene (Asker 2019), og svaret er det samme for enhver kommune."
    return f"Egne tall: {egne} av {len(poster)} (endret, eller med egen kilde). Resten er standardtallene (Asker 2019)."


def endringstabell(tittel: str, endringer: Sequence[tuple[str, Endring]]) -> Markup:
    """Every input that differs: where it stands, what it was and is, and where the new number comes from."""
    rader = [
        [
            tekstcelle(f"{BRUKERGRUPPER[e.gruppe]}: {e.tekst}" if e.gruppe else e.tekst),
            tekstcelle(verdi(e.gammel, e.enhet)),
            tekstcelle(verdi(e.ny, e.enhet)),
            tekstcelle("" if e.enhet in ("tekst", "andel", "årstall") else e.enhet),
            tekstcelle(e.kilde),
            tekstcelle(celle),
        ]
        for celle, e in endringer
    ]
    return tabell(tittel, ["Hva", "Før", "Nå", "Enhet", "Kilde", "Celle"], rader)


def virkningstabeller(v: Virkning) -> Markup:
    """What changes did to the result: before, after and the difference; and what each explains alone."""
    deler = [(BRUKERGRUPPER[navn], g) for navn, g in v.grupper.items() if er_endret(g)]
    if v.samlet and len(deler) > 1:
        deler.append(("Samlet", v.samlet))
    if not deler:
        return avsnittene(
            ["Virkning på resultatet: ingen. Endringene gjelder bare tekst, eller noe resultatet ikke avhenger av."]
        )
    ut = Markup("")
    for tittel, g in deler:
        rader = [
            [tekstcelle(SERIENAVN[n]), tallcelle(g.foer[n]), tallcelle(g.etter[n]), endringscelle(g.differanse(n))]
            for n in virkningsrader(g)
        ]
        for x in virkningsaar(g):
            foer, etter = g.tilbake_foer[x], g.tilbake_etter[x]
            rader.append(
                [
                    tekstcelle(f"Tilbakebetalt fra, {liten(HVEM_KORT[x])}"),
                    tallcelle(foer, "aar", IKKE_INNEN_KORT),
                    tallcelle(etter, "aar", IKKE_INNEN_KORT),
                    tekstcelle("" if foer == etter else "endret"),
                ]
            )
        ut += tabell(
            f"{tittel}: virkning på resultatet, kr over analyseperioden", ["Tall", "Før", "Nå", "Endring"], rader
        )
    return ut + _bidrag(v)


def _bidrag(v: Virkning) -> Markup:
    ut = Markup("")
    for gruppe, navn in BRUKERGRUPPER.items():
        egne = [b for b in v.bidrag if b.endring.gruppe == gruppe]
        if len(egne) < 2:  # one alone explains all of it
            continue
        rest, g = v.samspill[gruppe], v.grupper[gruppe]
        rader = [
            [tekstcelle(b.endring.tekst), *(endringscelle(b.summer[n]) for n in NETTONAVN)]
            for b in sorted(egne, key=lambda b: -abs(b.summer["netto_samfunn"]))
        ]
        rader.append([tekstcelle("Samspill mellom endringene"), *(endringscelle(rest[n]) for n in NETTONAVN)])
        rader.append([tekstcelle("Sum"), *(endringscelle(g.differanse(n)) for n in NETTONAVN)])
        ut += tabell(f"{navn}: hva hver endring forklarer alene, kr", ["Endring", *NETTONAVN.values()], rader)
    return ut
