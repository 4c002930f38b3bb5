"""The rates as a scenario has them: the block to paste, and a whole scenario with the rates in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from velferdslab_model.assess.rates import DEKNING, Andel
from velferdslab_model.base.tall import antall, femten_siffer, maskintall, prosent
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe, Forutsetninger
from velferdslab_model.parameters.writing import tekst

#: Stands first in all that a scenario says of rates from --internt, so that memo and workbook say it, too; a memo cuts a source at its
#: first comma.
INTERNMERKE = "INTERNT – skal ikke deles: "


@dataclass(frozen=True)
class Registrertrate:
    """A rate ready for a scenario. kilde: where it comes from, with its counts. internt: small counts are told."""

    gruppe: str
    situasjon: str
    andel: Andel
    kilde: str
    internt: bool = False

    @property
    def rate(self) -> float:
        """The rate, to as many digits as a cell keeps."""
        return femten_siffer(self.andel.snitt)

    @property
    def fordeling(self) -> Fordeling:
        """The beta distribution of the rate; what a scenario calls suksess and forsoek are its two counts."""
        tall = {n: float(f"{x:.6g}") for n, x in (("suksess", self.andel.suksess), ("forsoek", self.andel.forsoek))}
        return Fordeling(
            "beta",
            tall,
            0.0,
            1.0,
            f"{INTERNMERKE if self.internt else ''}registreringer: {self.andel.lyktes} av {self.andel.antall} lyktes, se kilder",
        )


def ratekilde(
    a: Andel,
    fil: str,
    mangler: int | None,
    blandet: int | None,
    fra_aar: int,
    til_aar: int,
    felles: bool,
    internt: bool = False,
) -> str:
    """Where a rate comes from, in one line: counts, years, interval, prior, and what it rests on.

    mangler, blandet: how many have no follow-up, and were scored in different ways; None where that is not to be told.
    """
    aar = f"{fra_aar}" if fra_aar == til_aar else f"{fra_aar}–{til_aar}"
    ut = (
        f"kilde: {INTERNMERKE if internt else ''}registreringer i {fil}: {a.lyktes} av {a.antall} lyktes, år begynt {aar}; "
        f"{prosent(DEKNING)} intervall {prosent(a.lav, 0)}–{prosent(a.hoey, 0)} (Jeffreys' prior, ½ og ½)"
    )
    if felles:
        ut = ut.replace("(Jeffreys' prior, ½ og ½)", f"(delvis felles, de andre teller {prosent(a.priorvekt, 0)})")
    if a.lyktes in (0, a.antall):
        ut += f"; alle er talt som {'lykket' if a.lyktes else 'ikke lykket'}, som ikke viser at raten er {prosent(float(bool(a.lyktes)))}"
    if mangler != 0:
        ut += f"; hviler på at {'de' if mangler is None else antall(mangler)} uten oppfølging er som de andre"
    if blandet != 0:
        ut += f"; {'noen' if blandet is None else antall(blandet)} er vurdert på ulik måte på de to datoene"
    return ut


def scenarioblokk(rater: Mapping[tuple[str, str], Registrertrate]) -> str:
    """The block in TOML, to be pasted into a scenario file."""
    linjer = []
    for gruppe in dict.fromkeys(gruppe for gruppe, _ in rater):
        her = {s: r for (g, s), r in rater.items() if g == gruppe}
        deler = ", ".join(f"{s} = {maskintall(r.rate)}" for s, r in her.items())
        linjer += [f"[{gruppe}]", f"suksessrate = {{ {deler} }}", "", f"[{gruppe}.kilder]"]
        linjer += [f"{tekst(f'suksessrate.{s}')} = {tekst(r.kilde)}" for s, r in her.items()]
        linjer += ["", f"[{gruppe}.usikkerhet]"]
        for s, r in her.items():
            tall = ", ".join(f"{n} = {maskintall(x)}" for n, x in r.fordeling.tall.items())
            linjer.append(
                f'{tekst(f"suksessrate.{s}")} = {{ fordeling = "beta", {tall}, begrunnelse = {tekst(r.fordeling.begrunnelse)} }}'
            )
        linjer.append("")
    return "\n".join(linjer)


def med_rater(f: Forutsetninger, rater: Mapping[tuple[str, str], Registrertrate]) -> Forutsetninger:
    """A scenario with the registered rates in place of its own, each with its source and its distribution."""

    def ny(gruppe: str, g: Brukergruppe) -> Brukergruppe:
        her = {s: r for (navn, s), r in rater.items() if navn == gruppe}
        if not her:
            return g
        uholdbar, utsatt, stabil = (
            her[s].rate if s in her else p for s, p in zip(UTGANGSSITUASJONER, g.suksessrate, strict=True)
        )
        return replace(
            g,
            suksessrate=(uholdbar, utsatt, stabil),
            kilder={**g.kilder, **{f"suksessrate.{s}": r.kilde for s, r in her.items()}},
            # A common factor would make the counted rates uncertain twice.
            usikkerhet={
                **{n: fordeling for n, fordeling in g.usikkerhet.items() if n != "suksessrate"},
                **{f"suksessrate.{s}": r.fordeling for s, r in her.items()},
            },
        )

    return replace(f, unge_voksne=ny("unge_voksne", f.unge_voksne), familier=ny("familier", f.familier))
