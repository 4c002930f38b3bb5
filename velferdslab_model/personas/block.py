"""The block of a scenario file that the histories give: null alternative, source, and a distribution from their spread."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.base.tall import maskintall
from velferdslab_model.parameters.avledet import hele_kroner
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Personaanalyse

#: Stands in the block where there is nothing to derive from.
UTEN_UTSATT = (
    "# Ingen historie begynner i utsatt, så nullalternativet kan ikke regnes ut. Legg til en, eller skriv tallet."
)
BRUK_ANDELENE = (
    "# Historienes fordeling på betaler. Fjern # for å bruke den i stedet for at kommunen sparer alt (antakelse):"
)
BRUK_BEVEGELSE = "# Historienes bevegelse. Fjern # for å vise svaret også mot et nullalternativ som beveger seg:"
#: The sources of what no history begins in: without them a scenario would keep the note's, of another number.
AVLEDET, SATT_TIL_NULL = "antakelse: utsatt × faktoren, avrundet til hele kroner", "antakelse: satt til null"
#: A share in the block has four decimals.
ANDELSSKALA = 10_000.0


def nullblokk(a: Personaanalyse) -> str:
    """Lines of TOML to copy into a scenario file, with a line end after each."""
    linjer = [f"prisaar = {a.sett.prisaar}"]
    for gruppe in a.grupper.values():
        linjer += ["", *blokklinjer(a, gruppe)]
    return "\n".join(linjer) + "\n"


def blokklinjer(a: Personaanalyse, g: Gruppetall) -> Iterator[str]:
    """The lines of a group, without a line end."""
    yield f"[{g.gruppe}]"
    if not g.situasjoner["utsatt"].nullkostnad:
        yield UTEN_UTSATT
        return
    yield nullinje(g)
    yield faktorlinje(a)
    yield f"[{g.gruppe}.kilder]"
    yield from (kildelinje(a, g, s) for s in LIVSSITUASJONER)
    yield f"[{g.gruppe}.usikkerhet]"
    yield from (linje for s in LIVSSITUASJONER if (linje := fordelingslinje(g, s)))
    yield BRUK_ANDELENE
    yield f"# [{g.gruppe}.utvidet]"
    yield andelslinje("kommunal_andel_nullalternativ", g.kommunal_andel)
    yield andelslinje("realiserbar_andel", g.frigjort_andel)
    yield BRUK_BEVEGELSE
    yield f"# [{g.gruppe}.bevegelse]"
    yield overgangslinje(g)
    yield situasjonskostnadslinje(g)
    yield bevegelseskilde(a)


def overgangslinje(g: Gruppetall) -> str:
    """How the histories move, as a comment."""
    rader = ", ".join(
        f"{s} = [{', '.join(map(str, rad))}]" for s, rad in zip(LIVSSITUASJONER, g.overganger, strict=True)
    )
    return f"# overganger = {{ {rader} }}"


def situasjonskostnadslinje(g: Gruppetall) -> str:
    """What a year in each situation costs, as a comment; a situation without years is left out."""
    kroner = [
        f"{s} = {maskintall(float(hele_kroner(kr)))}"
        for s, kr in zip(LIVSSITUASJONER, g.situasjonskostnad, strict=True)
        if kr is not None
    ]
    return f"# kostnad = {{ {', '.join(kroner)} }}"


def bevegelseskilde(a: Personaanalyse) -> str:
    """Where both come from, as a comment."""
    ordet = "antakelse: konstruerte historier" if a.sett.konstruert else "kilde: historiene"
    return f'# kilde = "{ordet}, år for år"'


def staar_i_blokken(g: Gruppetall, situasjon: str) -> bool:
    """Whether a null cost is named: what follows utsatt is left to follow it in the scenario too."""
    return situasjon in ("utsatt", "baerekraftig") or g.situasjoner[situasjon].opphav != "avledet"


def nullinje(g: Gruppetall) -> str:
    """The null costs."""
    egne = [s for s in LIVSSITUASJONER if staar_i_blokken(g, s)]
    return f"nullalternativ = {{ {', '.join(f'{s} = {maskintall(g.situasjoner[s].nullkostnad)}' for s in egne)} }}"


def faktorlinje(a: Personaanalyse) -> str:
    """What the others are of utsatt."""
    return f"nullalternativ_faktor = {{ {', '.join(f'{s} = {maskintall(f)}' for s, f in a.sett.faktorer.items())} }}"


def kildelinje(a: Personaanalyse, g: Gruppetall, situasjon: str) -> str:
    """The source of one."""
    tall = g.situasjoner[situasjon]
    if tall.opphav == "skrevet":
        kilde = "antakelse: skrevet i arbeidsboken med personas"
    elif tall.opphav == "avledet":
        kilde = SATT_TIL_NULL if situasjon == "baerekraftig" else AVLEDET
    else:
        ordet, slag = ("antakelse", "konstruerte historier") if a.sett.konstruert else ("kilde", "historier")
        overf = "med overføringer" if a.sett.med_overfoeringer else "uten overføringer"
        kilde = (
            f"{ordet}: snitt av {tall.antall} {slag} om {tall.personas} personas "
            f"(ti år hver, {a.sett.prisaar}-kroner, {overf})"
        )
    return f'"nullalternativ.{situasjon}" = "{kilde}"'


def fordelingslinje(g: Gruppetall, situasjon: str) -> str:
    """The distribution of one, empty where the spread cannot be told or the number is not the histories'."""
    tall = g.situasjoner[situasjon]
    sd = float(hele_kroner(tall.sd)) if tall.sd else 0.0
    if not (sd and tall.nullkostnad and tall.opphav == "historier"):
        return ""
    return (
        f'"nullalternativ.{situasjon}" = {{ fordeling = "gamma", snitt = {maskintall(tall.nullkostnad)}, '
        f'sd = {maskintall(sd)}, begrunnelse = "{begrunnelse(str(tall.antall), str(tall.personas))}" }}'
    )


def begrunnelse(antall: str, personas: str) -> str:
    """Why this distribution."""
    return f"spredningen mellom {personas} personas, og mellom beste og verste utfall, i {antall} historier"


def andelslinje(navn: str, andel: float) -> str:
    """A share, as a comment."""
    deler = int(hele_kroner(andel * ANDELSSKALA))
    return f"# {navn} = {'1' if deler >= ANDELSSKALA else f'0.{deler:04}'}"
