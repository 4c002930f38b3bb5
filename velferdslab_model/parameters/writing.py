"""Write a whole scenario as a scenario file, so that nothing is lost when it is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import wrap

from velferdslab_model.base.tall import maskintall
from velferdslab_model.base.tekst import synlig
from velferdslab_model.parameters.bevegelse import bevegelseslinjer
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.overskrevet import NOEKKEL as OVERSKREVET
from velferdslab_model.parameters.prisaar import BELOEP
from velferdslab_model.parameters.standard import STANDARD_PRISAAR, standardkilder, standardverdier
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe, Forutsetninger, Tiltak
from velferdslab_model.parameters.validation import SkrevetTall

#: What TOML takes only as a number.
_STYRETEGN = re.compile("[\x00-\x1f\x7f]")


def som_toml(f: Forutsetninger, hvorfra: str) -> str:
    """A scenario file with every value written out. hvorfra: the file it was read from, for the heading."""
    linjer = [
        f"# Scenario for effektmodellen, skrevet ut fra {synlig(hvorfra)}. Alle verdier står her; avvik fra standard er merket.",
        "# Lag arbeidsboken med: velferdslab generate DENNE_FILEN",
        "",
        f"navn = {tekst(f.navn)}",
        f"prisaar = {f.prisaar}    # prisåret for alle beløp i filen",
    ]
    if o := f.overskrevet:
        regnet_om = "true" if o.regnet_om else "false"
        linjer += [
            *(f"# {linje}" for linje in wrap(o.varsel, 115)),
            "# I denne filen: sett prisaar til det riktige, og slett linjen under.",
            f"{OVERSKREVET} = {{ fra = {o.fra}, til = {o.til}, regnet_om = {regnet_om} }}",
        ]
    if f.omregning:
        linjer.append(f"# Beløp i {f.beloepsaar}-kroner{f.omregning}.")
    if not f.timesatser:
        linjer += ["timesatser = []"]
    for navn, serie in f.indekser.items():
        linjer += ["", f"[indekser.{navn}]", *(f"{aar} = {maskintall(nivaa)}" for aar, nivaa in serie.items())]
    if f.indekskilder:
        linjer += ["", "[indekser.kilder]", *(f"{navn} = {tekst(kilde)}" for navn, kilde in f.indekskilder.items())]
    for sats in f.timesatser:
        linjer += ["", "[[timesatser]]    # tiltak følger satsen med timesats = navnet"]
        linjer += [f"navn = {tekst(sats.navn)}", f"kr = {_tall(sats.kr)}", f"kilde = {tekst(sats.kilde)}"]
    for en in f.ikke_prissatt:
        linjer += ["", "[[ikke_prissatt]]", *(f"{navn} = {tekst(verdi)}" for navn, verdi in asdict(en).items())]
    for gruppe, g in f.grupper.items():
        linjer += ["", *_gruppe(gruppe, g, f.beloepsaar)]
    return "\n".join(linjer) + "\n"


def tekst(verdi: str) -> str:
    """A text as TOML writes it."""
    rett = verdi.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _STYRETEGN.sub(lambda tegn: f"\\u{ord(tegn[0]):04X}", rett) + '"'


def _gruppe(gruppe: str, g: Brukergruppe, prisaar: int) -> Iterator[str]:
    standard = standardverdier(gruppe)
    enkle = [noekkel for noekkel in FELT if "." not in noekkel]
    tabeller: dict[str, list[str]] = {}
    for noekkel in FELT:
        if "." in noekkel:
            tabeller.setdefault(noekkel.partition(".")[0], []).append(noekkel)
    yield f"[{gruppe}]"
    for noekkel in enkle:
        yield f"{noekkel} = {_tall(g.verdi(noekkel))}{_avvik(g, noekkel, standard)}"
    for hode, noekler in tabeller.items():
        if hode != "utvidet":
            yield from _rekke(g, hode, noekler, standard)
    yield "behold_standardtiltak = false    # alle tiltak står nedenfor"
    yield from ["", f"[{gruppe}.utvidet]"]
    for noekkel in tabeller["utvidet"]:
        yield f"{noekkel.partition('.')[2]} = {_tall(g.verdi(noekkel))}{_avvik(g, noekkel, standard)}"
    yield from ["", f"[{gruppe}.kilder]"]
    for noekkel, kilde in g.kilder.items():
        i_et_annet_aar = noekkel in BELOEP and noekkel not in g.avledet and prisaar != STANDARD_PRISAAR
        if kilde != standardkilder(gruppe)[noekkel] or _avviker(g, noekkel, standard) or i_et_annet_aar:
            yield f"{tekst(noekkel)} = {tekst(kilde)}"
    if g.usikkerhet:
        yield from ["", f"[{gruppe}.usikkerhet]"]
    for noekkel, fordeling in g.usikkerhet.items():
        ledd = [f"fordeling = {tekst(fordeling.slag)}", *(f"{n} = {_tall(v)}" for n, v in fordeling.tall.items())]
        if fordeling.begrunnelse:
            ledd.append(f"begrunnelse = {tekst(fordeling.begrunnelse)}")
        yield f"{tekst(noekkel)} = {{ {', '.join(ledd)} }}"
    yield from ["", *bevegelseslinjer(gruppe, g.bevegelse)] if g.bevegelse else []
    for t in g.tiltak:
        yield from ["", f"[[{gruppe}.tiltak]]", *_tiltak(t)]


def _rekke(g: Brukergruppe, hode: str, noekler: list[str], standard: dict[str, float]) -> Iterator[str]:
    """The numbers of the situations on one line; what is worked out is told in a comment, and left out."""
    egne = [n for n in noekler if n not in g.avledet]
    gamle = " / ".join(maskintall(standard[n]) for n in egne)
    endret = any(g.verdi(n) != standard[n] for n in egne)
    yield f"{hode} = {{ {_deler(g, egne)} }}" + (f"    # standard: {gamle}" if endret else "")
    if avledet := [n for n in noekler if n in g.avledet]:
        yield f"# Regnes ut av utsatt og faktorene til du skriver dem på linjen over: {_deler(g, avledet)}"


def _deler(g: Brukergruppe, noekler: list[str]) -> str:
    return ", ".join(f"{n.partition('.')[2]} = {_tall(g.verdi(n))}" for n in noekler)


def _avviker(g: Brukergruppe, noekkel: str, standard: dict[str, float]) -> bool:
    return noekkel not in g.avledet and g.verdi(noekkel) != standard[noekkel]


def _avvik(g: Brukergruppe, noekkel: str, standard: dict[str, float]) -> str:
    return "" if g.verdi(noekkel) == standard[noekkel] else f"    # standard: {maskintall(standard[noekkel])}"


def _tiltak(t: Tiltak) -> Iterator[str]:
    yield f"navn = {tekst(t.navn)}"
    yield f"beskrivelse = {tekst(t.beskrivelse)}"
    yield f"type_kostnad = {tekst(t.type_kostnad)}"
    yield f"kategori = {tekst(t.kategori)}"
    yield f"kostnadsdriver = {tekst(t.kostnadsdriver)}"
    if t.timesats:
        yield f"timesats = {tekst(t.timesats)}    # {_tall(t.enhetskostnad)} kr"
    else:
        yield f"enhetskostnad = {_tall(t.enhetskostnad)}"
    yield f"betaler = {tekst(t.betaler)}"
    volum = ", ".join(f"{s} = {_tall(v)}" for s, v in zip(UTGANGSSITUASJONER, t.volum, strict=True))
    yield f"volum = {{ {volum} }}"
    yield f"ganger_per_aar = {t.ganger_per_aar}"
    yield f"kilde = {tekst(t.kilde)}"
    yield f"volumkilde = {tekst(t.volumkilde)}"


def _tall(verdi: float) -> str:
    return SkrevetTall(maskintall(verdi)).entydig
