"""What the memo says, part by part; writing it as a document or a page adds no word and no number.

Its sentences are those of the result, the uncertainty and the register: nothing here says more than they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from velferdslab_model.base.ord import BRUKERGRUPPER, DELTAKERORD, SERIENAVN, SITUASJONSNAVN, er_antakelse
from velferdslab_model.base.tall import aarsrekke, antall, kr
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.noekkelrader import i_en_celle, nettorader, om_visningene
from velferdslab_model.oekonomiplan import SERIER, UTENFOR, oekonomiplan
from velferdslab_model.overfoering import om_overfoeringer
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER
from velferdslab_model.register import om_kommunal_andel, registerposter
from velferdslab_model.results import IKKE_SAMLET, Grupperesultat, Noekkeltall, Resultat
from velferdslab_model.setning import DEFINISJON, gunstigst
from velferdslab_model.uncertainty.analyse import Usikkerhet
from velferdslab_model.uncertainty.forbehold import OBS
from velferdslab_model.uncertainty.setninger import hva_betyr_mest, hva_snur, hvor_sannsynlig

#: Left for the municipality to write.
PLASS_TIL_VEDTAK = "[Kommunedirektørens forslag til vedtak skrives her.]"
_PLANSERIER = {
    "kostnad_kommune": SERIER["kostnad_kommune"][0],
    "besparelse_kommune_realiserbar": "Besparelse, realiserbar del",
    "netto_kommune_realiserbar": SERIER["netto_kommune_realiserbar"][0],
}
_MAKS_KILDER = 6
_UTELATT = (
    "Om sosialhjelp og andre ytelser er med i nullalternativet, sier notatet ikke; en annen kilde kan si det. Er de det, er besparelsen for samfunnet mindre enn tallene sier: en "
    "ytelse flytter penger mellom folk, og er ingen kostnad for samfunnet.",
    "Nytte for pårørende, naboer og barn, og virkninger etter analyseperioden, er ikke regnet.",
    "Det er ikke fulgt noen kontrollgruppe. Ville noe av bedringen kommet uansett, er svaret lavere enn det som står først.",
)


@dataclass(frozen=True)
class Sakstabell:
    """A small table. hode: headings; rader: text cells, the first of each row its label."""

    tittel: str
    hode: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Del:
    """One part under a heading. punkter: shown as a list. figurer: groups whose figure 8 stands here."""

    tittel: str
    avsnitt: tuple[str, ...] = ()
    punkter: tuple[str, ...] = ()
    tabell: Sakstabell | None = None
    figurer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Saksframlegg:
    """The whole memo. tittel, ingress: of its top."""

    navn: str
    tittel: str
    ingress: str
    deler: tuple[Del, ...]
    resultat: Resultat


def sett_sammen(u: Usikkerhet) -> Saksframlegg:
    """Compose the memo of a result and its uncertainty. Groups that take in nobody are left out, and said to be.

    Raises UgyldigInndata when nobody is taken in at all.
    """
    r, f = u.resultat, u.resultat.forutsetninger
    grupper = {navn: g for navn, g in r.grupper.items() if g.tatt_inn}
    if not grupper:
        raise UgyldigInndata(f.navn, ["tar ikke inn noen, så det er ingen sak å legge frem."])
    deler = (
        Del("Forslag til vedtak", (PLASS_TIL_VEDTAK,)),
        Del("Hva saken gjelder", tuple(_saken(r, grupper))),
        Del("Svaret", tuple(_svaret(r, grupper)), tabell=_nettotabell(r, grupper), figurer=tuple(grupper)),
        Del("Kommunens eget budsjett, år for år", tuple(_om_planen(r, grupper)), tabell=_plantabell(r)),
        Del("Hvor sikkert er det, og hva snur det", punkter=tuple(_sikkerhet(u, grupper))),
        Del("Hva svaret hviler på", punkter=tuple(_hviler_paa(r, grupper))),
        Del("Hva som ikke er med", punkter=(*_UTELATT, *om_overfoeringer(f), *_ikke_prissatt(r))),
        Del("Kilder", tuple(_om_kildene(r)), tuple(_kilder(r))),
    )
    ingress = f"Kroner i {f.prisaar}-priser{f.om_prisaar}. Regnet med en ny utgave av effektmodellen PwC laget for Asker og Husbanken i 2019."
    return Saksframlegg(f.navn, f"Saksframlegg: velferdslab i {f.navn}", ingress, deler, r)


def _saken(r: Resultat, grupper: dict[str, Grupperesultat]) -> Iterator[str]:
    for navn, g in grupper.items():
        b, ord_ = g.gruppe, DELTAKERORD[navn]
        inn = [
            f"{antall(n)} i {SITUASJONSNAVN[s].lower()}" for s, n in zip(UTGANGSSITUASJONER, b.inntak, strict=True) if n
        ]
        per = g.per_deltaker("kostnad")
        yield (
            f"{BRUKERGRUPPER[navn]}: hvert år i {b.inntaksaar} år fra {g.foerste_aar} tas det inn {oppramset(inn)} livssituasjon, til sammen "
            f"{antall(g.tatt_inn, 15)} {ord_.flertall}. Det koster {kr(g.sum['kostnad'])} kr, {kr(per)} kr per {ord_.entall}. "
            f"Virkningen regnes for {aarsrekke(g.aar[0], g.aar[-1])}."
        )
    for navn in r.grupper:
        if navn not in grupper:
            yield f"{BRUKERGRUPPER[navn]}: det tas ikke inn noen."


def _svaret(r: Resultat, grupper: dict[str, Grupperesultat]) -> Iterator[str]:
    for navn, g in grupper.items():
        u = g.gruppe.utvidet
        yield " ".join(
            f"{BRUKERGRUPPER[navn]}: {g.svar} {g.hviler_paa} {gunstigst(g.gruppe.neddiskontering, u.skjedd_uansett)}".split()
        )
    if len(grupper) > 1:
        yield f"Samlet: {r.samlet.svar}" if r.samlet else f"Samlet er ikke beregnet: {IKKE_SAMLET}."
    yield f"{DEFINISJON} {om_visningene(r)}"


def _kolonner(r: Resultat, grupper: dict[str, Grupperesultat]) -> list[tuple[str, Noekkeltall]]:
    ut: list[tuple[str, Noekkeltall]] = [(BRUKERGRUPPER[navn], g) for navn, g in grupper.items()]
    return [*ut, ("Samlet", r.samlet)] if r.samlet and len(grupper) > 1 else ut


def _nettotabell(r: Resultat, grupper: dict[str, Grupperesultat]) -> Sakstabell:
    kolonner = _kolonner(r, grupper)
    # The stars point to notes that stand above the table here.
    rader = [(tekst.rstrip(" *"), *(i_en_celle(celle(k)) for _, k in kolonner)) for tekst, celle in nettorader(r)]
    return Sakstabell(
        "Netto, kr over analyseperioden, og året den er tilbakebetalt fra",
        ("", *(t for t, _ in kolonner)),
        tuple(rader),
    )


def _om_planen(r: Resultat, grupper: dict[str, Grupperesultat]) -> Iterator[str]:
    yield (
        "De fire første årene i analysen, faste priser, ikke neddiskontert. Bare den realiserbare delen av besparelsen frigjør "
        f"penger; resten er frigjort kapasitet. {om_kommunal_andel([g.gruppe for g in r.grupper.values()])}"
    )
    aarene = oekonomiplan(r).aar
    for navn, g in grupper.items():
        if g.foerste_aar != aarene[0]:
            naar = "er ikke med i tabellen" if g.foerste_aar > aarene[-1] else "er med fra da"
            yield f"{BRUKERGRUPPER[navn]} begynner i {g.foerste_aar} og {naar}."


def _plantabell(r: Resultat) -> Sakstabell:
    plan = oekonomiplan(r)
    del_ = plan.samlet
    rader = []
    for serie, navn in _PLANSERIER.items():
        verdier = [UTENFOR if v is None else kr(v) for v in del_.serier[serie]]
        rader.append((navn, *verdier, kr(del_.sum(serie))))
    return Sakstabell("Kommunen, kr per år, begge grupper", ("", *map(str, plan.aar), "Sum"), tuple(rader))


def _sikkerhet(u: Usikkerhet, grupper: dict[str, Grupperesultat]) -> Iterator[str]:
    for navn in grupper:
        a = u.grupper[navn]
        for setning in (hvor_sannsynlig(a.trekninger), hva_betyr_mest(a), hva_snur(a)):
            yield f"{BRUKERGRUPPER[navn]}: {setning}"
        # Where the draws and the answer do not say the same, a council must know.
        yield from (f"{BRUKERGRUPPER[navn]}: {setning}" for setning in a.forbehold if setning.startswith(OBS))
    yield f"{kr(u.trekninger)} trekninger, frø {u.froe}. Fordelingene er antakelser der kommunen ikke har oppgitt egne."


def _hviler_paa(r: Resultat, grupper: dict[str, Grupperesultat]) -> Iterator[str]:
    poster = registerposter(r.forutsetninger)
    antatt = sum(er_antakelse(p.kilde) for p in poster)
    yield f"{antatt} av {len(poster)} tall er antakelser uten kilde; de andre har en kilde i arbeidsboken."
    for navn, g in grupper.items():
        andel = g.sum["erstattede_tjenester"]
        yield (
            f"{BRUKERGRUPPER[navn]}: av besparelsen på {kr(g.sum['besparelse'])} kr er {kr(andel)} kr ordinære tjenester som erstattes mens "
            f"deltakerne er med, og som er der også om ingen lykkes. {SERIENAVN['helsegevinst']} er {kr(g.sum['helsegevinst'])} kr og "
            f"produksjonsgevinst {kr(g.sum['produksjonsgevinst'])} kr; de er verdier for samfunnet, ikke penger i budsjettet."
        )


def _ikke_prissatt(r: Resultat) -> Iterator[str]:
    for en in r.forutsetninger.ikke_prissatt:
        yield f"Ikke prissatt: {en.virkning}."


def _om_kildene(r: Resultat) -> Iterator[str]:
    yield "Alle tall, med kilde, står i arbeidsboken («velferdslab generate --register»). De kildene flest tall bygger på:"


def _kilder(r: Resultat) -> Iterator[str]:
    telling = Counter(
        p.kilde.removeprefix("kilde: ").partition(",")[0]
        for p in registerposter(r.forutsetninger)
        if not er_antakelse(p.kilde)
    )
    for kilde, n in telling.most_common(_MAKS_KILDER):
        yield f"{kilde} ({n} tall)"
