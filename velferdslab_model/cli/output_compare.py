"""How a comparison is printed: the key figures of each municipality, and what makes it differ from the reference."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN, liten
from velferdslab_model.base.tall import aar, antall, kr, med_fortegn, prosent
from velferdslab_model.bevegelse import BEVEGELSESNETTO
from velferdslab_model.cli.output_virkning import (
    BREDDE,
    bidragslinjer,
    endringslinjer,
    virkningslinjer,
)
from velferdslab_model.compare.bevegelse import BEVEGELSESTITTEL, OM_BEVEGELSEN, bevegelsesrader
from velferdslab_model.compare.faktorer import FAKTORER, HOVEDNETTO
from velferdslab_model.compare.kolonner import (
    OM_OPPDELINGEN,
    harmonisert_linje,
    merknader,
    om_referansen,
    oppdelinger,
    prisaarlinje,
    referansetekst,
)
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning
from velferdslab_model.compare.svar import fordeling, svarene
from velferdslab_model.compare.vurdering import om_rekkefoelgen, om_usikkerheten, usikkerhetsrader
from velferdslab_model.endringer.finne import endringer
from velferdslab_model.endringer.showing import kort
from velferdslab_model.endringer.virkning import virkning

_NAVN = 22
#: Short names of the factors, nine characters a column.
_KORTE = ("Inntak", "Suksess", "Priser", "Volum", "Nullalt.", "Gevinst", "Utvidet", "Horisont")
_MAKS_HARMONISERT = 20
OM_TO_FORKLARINGER = (
    "Under er de samme to filene forklart på en annen måte, og tallene er derfor ikke de samme som over: her er summer over "
    "kalenderårene i egen blanding, og hver endring er gjort alene med alt annet likt, så resten er samspill. Over er forskjellen delt på alle "
    "rekkefølger, og «per inntatt» er med lik blanding og like antakelser."
)


def sammenligningstabell(s: Sammenligning) -> str:
    """The comparison as lines of at most 100 characters."""
    linjer = wrap(f"Sammenligning av {len(s.medlemmer)} scenarier. {om_referansen(s)}", BREDDE)
    linjer += [linje for tekst in (f"{prisaarlinje(s)}.", *merknader(s)) for linje in wrap(tekst, BREDDE)]
    linjer += list(_harmonisert(s))
    for gruppe, tittel in BRUKERGRUPPER.items():
        linjer += list(_svar(s, gruppe, tittel))
    for gruppe, tittel in BRUKERGRUPPER.items():
        linjer += ["", *_noekkeltall(s, gruppe, tittel)]
    linjer += ["", "Er forskjellene ekte?"]
    linjer += [linje for tekst in om_usikkerheten(s) for linje in wrap(tekst, BREDDE)]
    for gruppe, tittel in BRUKERGRUPPER.items():
        for navn in HOVEDNETTO:
            linjer += _usikkerhet(s, gruppe, f"{tittel}, {NETTONAVN[navn].lower()} per inntatt", navn)
    linjer += ["", *wrap(f"Forskjell fra {kort(referansetekst(s), 60)}, 1 000 kr. {OM_OPPDELINGEN}", BREDDE)]
    for gruppe, tittel in BRUKERGRUPPER.items():
        for navn in HOVEDNETTO:
            linjer += ["", *_forskjeller(s, gruppe, f"{tittel}, {NETTONAVN[navn].lower()}", navn)]
    linjer += list(_to(s))
    return "\n".join(linje.rstrip() for linje in linjer)


def _harmonisert(s: Sammenligning) -> Iterator[str]:
    if not s.harmonisert:
        return
    yield f"Gjort likt for å kunne sammenlignes ({len(s.harmonisert)}):"
    for h in s.harmonisert[:_MAKS_HARMONISERT]:
        gruppe = f", {BRUKERGRUPPER[h.gruppe].lower()}" if h.gruppe else ""
        fra, til = harmonisert_linje(h.hva, h.fra, h.til)
        yield f"  {kort(h.kommune, 40)}{gruppe}: {h.hva} {fra} -> {til}"
    if len(s.harmonisert) > _MAKS_HARMONISERT:
        yield f"  og {len(s.harmonisert) - _MAKS_HARMONISERT} til; «--format json» og arbeidsboken viser alle"
    for tekst in dict.fromkeys(h.merknad for h in s.harmonisert if h.merknad):
        yield from wrap(f"Beløp i {s.prisaar}-kroner{tekst}.", BREDDE)


def _svar(s: Sammenligning, gruppe: str, tittel: str) -> Iterator[str]:
    """The answer: a few sentences for each municipality, the largest number first, with its flags."""
    svar = svarene(s, gruppe)
    if not svar:
        return
    yield from ["", f"{tittel}: netto samfunn per inntatt, i lik blanding og med like antakelser"]
    for en in svar:
        yield from wrap(f"{en.plass}. {kort(en.kommune, 60)}. {en.tekst} {en.fakta}", BREDDE, subsequent_indent="   ")
        if en.flagg:
            yield from wrap(f"   Forbehold: {'; '.join(f.tekst for f in en.flagg)}.", BREDDE, subsequent_indent="   ")
    tall = fordeling(s, gruppe)
    if tall is not None:
        yield from wrap(
            f"Veid snitt {kr(tall.veid_snitt)}, median {kr(tall.median)}, kvartiler {kr(tall.nedre_kvartil)} og "
            f"{kr(tall.oevre_kvartil)} kr.",
            BREDDE,
        )
    yield from wrap(om_rekkefoelgen(s, gruppe, "netto_samfunn"), BREDDE)


def _noekkeltall(s: Sammenligning, gruppe: str, tittel: str) -> Iterator[str]:
    yield (
        f"{tittel:<{_NAVN}}{'tatt inn':>9}{'kostnad':>14}{'netto budsj.':>14}{'netto samf.':>14}"
        f"{'per inntatt':>13}{'tilbakebetalt':>14}"
    )
    yield "-" * BREDDE
    for m in s.medlemmer:
        rad = m.rader[gruppe]
        tilbake = f"{aar(rad.tilbakebetalt_budsjett)} / {aar(rad.tilbakebetalt_samfunn)}" if rad.deltakere else ""
        yield (
            f"{kort(m.navn, _NAVN - 1):<{_NAVN}}{antall(rad.deltakere):>9}{kr(rad.kostnad):>14}"
            f"{kr(rad.netto_budsjett):>14}{kr(rad.netto_samfunn):>14}{kr(rad.samfunn_per_inntatt):>13}{tilbake:>14}"
        )
    if not (rader := bevegelsesrader(s, gruppe)):
        return
    yield from ["", *wrap(f"{tittel}: {liten(BEVEGELSESTITTEL)}. {' '.join(OM_BEVEGELSEN)}", BREDDE)]
    yield f"{'':<{_NAVN + 10}}" + "".join(
        f"{tekst:>17}" for tekst in ("fast", "+ kostnad per år", "+ flytter seg", "= i bevegelse")
    )
    for r in rader:
        for i, n in enumerate(BEVEGELSESNETTO):
            tall_ = r.tall[4 * i : 4 * i + 4]
            hvem = kort(r.kommune, _NAVN - 1) if i == 0 else ""
            deler = [kr(tall_[0]), med_fortegn(tall_[1]), med_fortegn(tall_[2]), kr(tall_[3])]
            vist = deler if r.visning else [deler[0], "", "", r.hvorfor]
            yield f"{f'{hvem:<{_NAVN}}{n}':<{_NAVN + 10}}" + "".join(f"{tekst:>17}" for tekst in vist)


def _usikkerhet(s: Sammenligning, gruppe: str, tittel: str, navn: str) -> Iterator[str]:
    rader = usikkerhetsrader(s, gruppe, navn)
    if not rader:
        return
    yield from ["", tittel]
    yield (
        f"{'':<{_NAVN}}{'5 %':>10}{'50 %':>10}{'95 %':>10}{'plass':>6}{'5–95 %':>8}{'best':>6}  bedre enn {'snittet' if s.referanse == GJENNOMSNITT else 'referansen'}"
    )
    yield "-" * BREDDE
    for r in rader:
        r5, r50, r95 = r.rangspenn
        mot = "" if r.mot_referansen is None else f"{prosent(r.mot_referansen, 1):>7} "
        yield (
            f"{kort(r.kommune, _NAVN - 1):<{_NAVN}}{''.join(f'{kr(p):>10}' for p in r.persentiler)}{r50:>6}"
            f"{f'{r5}–{r95}':>8}{prosent(r.best, 0):>6}  {mot}{r.vurdering}"
        )


def _forskjeller(s: Sammenligning, gruppe: str, tittel: str, navn: str) -> Iterator[str]:
    yield tittel
    yield f"{'':<{_NAVN}}{'i alt':>9}" + "".join(f"{tekst:>8}" if len(tekst) < 8 else f" {tekst}" for tekst in _KORTE)
    yield "-" * BREDDE
    for m in s.medlemmer:
        if m is s.referansemedlem:
            continue
        delt = oppdelinger(s, m, gruppe, "totalt").get(navn)
        if delt is None:
            continue
        deler = "".join(
            f"{_tusen(delt.deler[f]):>{8 if len(tekst) < 8 else 9}}" for f, tekst in zip(FAKTORER, _KORTE, strict=True)
        )
        yield f"{kort(m.navn, _NAVN - 1):<{_NAVN}}{_tusen(delt.differanse):>9}{deler}"


def _tusen(verdi: float) -> str:
    return med_fortegn(verdi / 1000)


def _to(s: Sammenligning) -> Iterator[str]:
    """For two on the same terms: the change in the result, and what each changed input explains, as check shows it."""
    if len(s.medlemmer) != 2 or s.som_oppgitt or not s.referansemedlem:
        return
    fra = s.referansemedlem.kommune.forutsetninger
    til = next(m for m in s.medlemmer if m is not s.referansemedlem).kommune.forutsetninger
    alle = [("", e) for e in endringer(fra, til) if e.sett]
    if not alle:
        yield from ["", f"Ingen inndata skiller {kort(til.navn, 40)} fra {kort(fra.navn, 40)}."]
        return
    v = virkning(fra, til)
    yield from ["", *wrap(OM_TO_FORKLARINGER, BREDDE)]
    yield from ["", *endringslinjer(alle, kort(fra.navn, 60)), ""]
    yield from [*virkningslinjer(v, fra.navn, til.navn, "forskjell"), "", *bidragslinjer(v)]
