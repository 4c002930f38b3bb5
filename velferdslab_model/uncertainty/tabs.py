"""The uncertainty tabs: numbers the program computed, with figures."""

from __future__ import annotations

from collections.abc import Callable

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, HVEM_KORT, IKKE_INNEN_KORT, liten
from velferdslab_model.base.tall import kr, med_fortegn, prosent
from velferdslab_model.effektbok.tabs import USIKKERHETSFANER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.results import Resultat
from velferdslab_model.uncertainty.analyse import Gruppeanalyse, Usikkerhet
from velferdslab_model.uncertainty.foelsomhet import ENDER, HOVED, PRIS_STEG, RATE_STEG, UTSLAG
from velferdslab_model.uncertainty.montecarlo import SOBOL
from velferdslab_model.uncertainty.parametre import Parameter
from velferdslab_model.uncertainty.setninger import flyttesetninger, tallnavn
from velferdslab_model.workbook.charts import (
    Histogram,
    Liggende,
    Plass,
    Serie,
    Tornado,
    hoeyde,
    i_kolonne,
)
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import Ark, Verdi

IKKE_LEVENDE = (
    "Tallene på denne fanen er regnet ut av programmet da filen ble laget. "
    "De er ikke levende formler, og følger ikke med når noe endres i en arbeidsbok."
)
INGEN = "ingen i lovlig område"
#: Said on top of a tab in a workbook whose inputs can change after the numbers were drawn.
FORELDET = (
    "Foreldet: inndata er endret etter at tallene på denne fanen ble regnet ut. Bruk dem ikke. "
    "Lag arbeidsboken på nytt med --usikkerhet."
)
FERSK = "Inndata er de samme som da tallene ble regnet ut."
#: Bars shown in a tornado; the smallest numbers would not be seen.
_SOEYLER = 12
#: Rows a chart covers.
_FIGURRADER = 17
_SISTE = 12
_FIGUR_PX = 610


def faner(u: Usikkerhet) -> list[Tilleggsfane]:
    """The tabs, in order, as tabs that may be added to a workbook."""
    skrivere = (_usikkerhet, _tornado, _bytteverdier, _toveis, _informasjon)

    def fane(navn: str, forklaring: str, skriv: Callable[[Skriver, str, Gruppeanalyse, bool], None]) -> Tilleggsfane:
        def skriv_ark(ark: Ark, _resultat: Resultat) -> None:
            skriver = _topp(ark, u)
            for k, (gruppe, a) in enumerate(u.grupper.items()):
                skriv(skriver, BRUKERGRUPPER[gruppe], a, k > 0)

        return Tilleggsfane(navn, forklaring, skriv_ark)

    return [fane(*navn, skriv) for navn, skriv in zip(USIKKERHETSFANER, skrivere, strict=True)]


def _topp(ark: Ark, u: Usikkerhet) -> Skriver:
    """The title of a tab and what its numbers are; what follows stands below."""
    f = u.resultat.forutsetninger
    ark.kolonnebredder += [(0, 0, 40.0), (1, _SISTE, 14.5)]
    ark.siste_kolonne, ark.skalering, ark.gjentatte_rader = _SISTE, 58, (0, 0)
    ark.laas_ruter = (1, 0)
    ark.radhoeyder[0] = 23
    b = Skriver(ark, 0, _SISTE)
    b.setning(f"{ark.navn}: {f.navn}", "tittel")
    b.setning(IKKE_LEVENDE, "dempet")
    antall = kr(u.trekninger)
    b.setning(
        f"Kroner i {f.prisaar}-priser{f.omregning if f.beloepsaar == f.prisaar else ''}, summer over analyseperioden.",
        "dempet",
    )
    if f.prisaarvarsel:
        b.setning(f.prisaarvarsel, "setning")
    b.setning(f"Trekninger: {antall}. Frø: {u.froe}. Samme scenario, frø og antall gir samme tall.", "dempet")
    if "kontrolltall" in ark.bok.steder:
        _om_inndata(ark, b.rad)
    b.rad += 1
    return b


def _om_inndata(ark: Ark, rad: int) -> None:
    """A live line: whether the digest of the inputs is the one the numbers were drawn with."""
    trukket = f"{ark.navn}.trukket_med"
    ark.verdi(trukket, rad, _SISTE, ark.bok.steder["kontrolltall"].verdier[0], "seks_siffer")
    ark.tekst(rad, _SISTE - 2, "Kontrolltall for inndata den gang", "dempet", _SISTE - 1)
    ark.formel(
        rad, 0, f'=IF({{kontrolltall}}={{{trukket}}},"{FERSK}","{FORELDET}")', FERSK, "dempet", til_kol=_SISTE - 3
    )
    regel = {"type": "text", "criteria": "begins with", "value": FORELDET.partition(":")[0]}
    ark.betingede.append((rad, 0, rad, 0, regel, "cf_feil"))


def _usikkerhet(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    mc, aarene = a.montecarlo, a.basis.aar
    b.overskrift(f"{tittel}: hva netto kan bli", ny_side)
    for setning in a.forbehold:
        b.setning(setning, "setning" if setning.startswith("OBS") else "dempet")
    b.hode(
        "Netto, kr", "Grunnberegning", "Snitt", "Standardfeil i snittet", "Standardavvik", "2,5 %", "5 %", "Median",
        "95 %", "97,5 %", "Sannsynlig lønnsom", "Standardfeil",
    )  # fmt: skip
    for x in NETTO:
        n = mc.netto[x]
        p = n.persentiler
        kroner = (a.basis.sum[f"netto_{x}"], n.snitt, n.feil, n.sd, p[0], p[1], p[3], p[5], p[6])
        b.tabellrad(HVEM[x], *((v, "kr") for v in kroner), (n.p_positiv, "andel"), (n.p_feil, "andel"))
    b.rad += 1
    b.setning("Sannsynlighet for at det er tilbakebetalt innen utgangen av året", "etikett_fet")
    for fra in range(0, len(aarene), _SISTE):
        b.hode("Hvem", *(str(y) for y in aarene[fra : fra + _SISTE]), hoeyde=15)
        for x in NETTO:
            b.tabellrad(HVEM[x], *((p, "andel") for p in mc.netto[x].p_tilbake[fra : fra + _SISTE]))
    b.rad += 1
    b.hode("Usikre tall i trekningene", "Fordeling", hoeyde=15)
    for noekkel, f in mc.fordelinger.items():
        b.ark.tekst(b.rad, 0, tallnavn(a, noekkel), "etikett")
        b.ark.tekst(b.rad, 1, f.tekst, "etikett", 5)
        b.ark.tekst(b.rad, 6, f.begrunnelse or "egen fordeling, uten oppgitt begrunnelse", "dempet")
        b.rad += 1
    b.rad += 1
    figur = b.figurrader(_FIGURRADER)
    b.ark.sideskift.append(b.rad)
    hode = b.hode(
        "Midten av stolpen, millioner kr", *(f"{t}, {liten(HVEM[x])}" for x in HOVED for t in ("Midt", "Andel"))
    )
    for i in range(len(mc.histogram["budsjett"][1])):
        celler: list[tuple[Verdi, str]] = []
        for x in HOVED:
            grenser, antall = mc.histogram[x]
            midt = float((grenser[i] + grenser[i + 1]) / 2)
            celler += [(midt / 1e6, "antall"), (float(antall[i]) / mc.trekninger, "andel")]
        b.tabellrad(f"Stolpe {i + 1}", *celler)
    for k, x in enumerate(HOVED):
        b.ark.figurer.append(
            Histogram(
                ark=b.ark.navn,
                plass=_plass(figur, k),
                tittel=f"{tittel}: netto, {liten(HVEM[x])}",
                beskrivelse="Stolper for hvor stor andel av trekningene som gir hver netto.",
                etiketter=(hode + 1, 1 + 2 * k, b.rad - 1, 1 + 2 * k),
                serier=[i_kolonne(2 + 2 * k, hode + 1, b.rad - 1, FARGER["kommune" if k else "stat"])],
                x_akse="Netto, millioner kr",
                y_akse="Andel av trekningene",
                tallformat=AKSE_ANDEL,
                fra_null=True,
            )
        )


def _plass(rad: int, nummer: int, rader: int = _FIGURRADER) -> Plass:
    """Two charts stand side by side; nummer: 0 or 1."""
    return Plass(rad, nummer * _FIGUR_PX, _FIGUR_PX - 8, hoeyde(rader))


def _to_serier(kol: int, fra: int, til: int) -> tuple[Serie, Serie]:
    """Two columns beside each other as series."""
    return i_kolonne(kol, fra, til, FARGER["stat"]), i_kolonne(kol + 1, fra, til, FARGER["kommune"], skravert=True)


def _tall(p: Parameter, verdi: Verdi) -> tuple[Verdi, str]:
    """A value of a number with the style of its kind."""
    if p.andel:
        return verdi, "andel"
    return verdi, "faktor" if p.enhet == "faktor" else "kr" if p.enhet.startswith("kr") else "antall"


def _tornado(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    b.overskrift(f"{tittel}: ett tall om gangen", ny_side)
    lav, hoey = (prosent(e, 0) for e in ENDER)
    b.setning(
        f"Hvert tall settes til sin nedre ({lav}) og øvre ({hoey}) persentil; et tall uten fordeling til "
        f"{prosent(UTSLAG, 0)} under og over. De andre står som i scenariet. De {_SOEYLER} som betyr mest, vises."
    )
    b.rad += 1
    figur = b.figurrader(_FIGURRADER + 3)
    for k, x in enumerate(HOVED):
        basis = a.basis.sum[f"netto_{x}"]
        utvalg = sorted((u for u in a.tornado if u.spenn(x) > 0), key=lambda u, x=x: -u.spenn(x))[:_SOEYLER]  # type: ignore[misc]
        hode = b.hode(
            f"Netto, {liten(HVEM[x])}", "Verdi i scenariet", "Lav verdi", "Høy verdi", "Netto ved lav verdi",
            "Netto ved høy verdi", "Endring ved lav verdi", "Endring ved høy verdi",
        )  # fmt: skip
        for u in utvalg:
            ved_lav, ved_hoey = u.netto[x]
            b.tabellrad(
                u.parameter.navn, *(_tall(u.parameter, v) for v in (u.parameter.basis, *u.ender)), (ved_lav, "kr"),
                (ved_hoey, "kr"), (_hele(ved_lav - basis), "kr"), (_hele(ved_hoey - basis), "kr"),
            )  # fmt: skip
        b.setning("De to siste kolonnene er endringen fra grunnberegningen, kr; figuren viser dem.", "dempet")
        b.rad += 1
        if utvalg:
            b.ark.figurer.append(
                Tornado(
                    ark=b.ark.navn,
                    plass=_plass(figur, k, _FIGURRADER + 3),
                    tittel=f"{tittel}: endring i netto, {liten(HVEM[x])}",
                    beskrivelse="Liggende stolper for hvor mye netto endres når hvert tall er lavt og høyt, de viktigste øverst.",
                    etiketter=(hode + 1, 0, hode + len(utvalg), 0),
                    serier=_to_serier(6, hode + 1, hode + len(utvalg)),
                    x_akse="Endring fra grunnberegningen, 1 000 kr",
                    y_akse="Tall som endres",
                )
            )


def _hele(kroner: float) -> float:
    """Without the rounding of the engine, which would show as «-0»."""
    return round(kroner, 2) + 0.0


def _bytteverdier(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    b.overskrift(f"{tittel}: hvor lite skal til for at tilbakebetalingsåret (figur 8) flytter seg", ny_side)
    for setning in flyttesetninger(a):
        b.setning(setning, "setning")
    b.hode("Prisnivå", *(_pst(nivaa) for nivaa, _ in a.nivaaer), hoeyde=15)
    b.tabellrad(
        f"Tilbakebetalt fra, {liten(HVEM_KORT['budsjett'])}",
        *((tilbake or IKKE_INNEN_KORT, "aar") for _, tilbake in a.nivaaer),
    )
    b.overskrift(f"{tittel}: verdien av hvert tall som gjør netto lik null")
    b.setning("Den nærmeste lovlige verdien, de andre tallene som i scenariet. Netto er innenfor 1 krone fra null der.")
    b.hode(
        "Tall", "Enhet", "Verdi i scenariet", "Bytteverdi, budsjetter", "Endring", "Bytteverdi, samfunnet", "Endring"
    )
    for v in sorted(a.bytteverdier, key=lambda v: _avstand(v.endring("budsjett"))):
        celler: list[tuple[Verdi, str]] = [(v.parameter.enhet, "enhet"), _tall(v.parameter, v.parameter.basis)]
        for x in HOVED:
            verdi, endring = v.verdi[x], v.endring(x)
            celler += [_tall(v.parameter, INGEN if verdi is None else verdi), (endring, "andel")]
        b.tabellrad(v.parameter.navn, *celler)


def _avstand(endring: float | None) -> float:
    return float("inf") if endring is None else abs(endring)


def _pst(andel: float) -> str:
    return "som i scenariet" if andel == 0 else f"{_poeng(andel)}\u00a0%"


def _poeng(andel: float) -> str:
    return med_fortegn(andel * 100)


def _toveis(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    b.overskrift(f"{tittel}: suksessrate og pris sammen", ny_side)
    b.setning("Nedover: endring i alle suksessrater, prosentpoeng (holdt mellom 0 og 100 %). Bortover: prisnivå.")
    for x in HOVED:
        b.rad += 1
        b.hode(f"Netto, {liten(HVEM[x])}, kr", *(_pst(round(pris - 1, 4)) for pris in PRIS_STEG))
        start = b.rad
        for i, steg in enumerate(RATE_STEG):
            rad = [(float(v), "kr") for v in a.toveis[x][i]]
            b.tabellrad(f"Suksessrate {'som i scenariet' if steg == 0 else f'{_poeng(steg)} prosentpoeng'}", *rad)
        regel = {"type": "cell", "criteria": "<", "value": 0}
        b.ark.betingede.append((start, 1, b.rad - 1, len(PRIS_STEG), regel, "cf_feil"))


def _informasjon(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    b.overskrift(f"{tittel}: hva det er verdt å vite mer", ny_side)
    b.setning(
        "EVPI: forventet gevinst, kr, av å vite alt før en velger mellom velferdslab og å la være. EVPPI: av å vite ett tall. "
        "0 betyr at valget er det samme uansett."
    )
    feil = kr(max(a.montecarlo.netto[x].feil for x in HOVED))
    b.setning(
        f"Verdier på noen få ganger standardfeilen i snittet (inntil {feil} kr her) kan skyldes tilfeldigheter i trekningene."
    )
    b.setning(
        "Sobol: andelen av variansen i netto som tallet forklarer alene (første) og med samspill (total). Regnet med 2 × "
        f"{SOBOL} egne trekninger; små forskjeller mellom de to kan være tilfeldige."
    )
    b.rad += 1
    figur = b.figurrader(_FIGURRADER)
    hode = b.hode(
        "Tall", "EVPPI, budsjetter", "EVPPI, samfunnet", "Sobol første, budsjetter", "Sobol total, budsjetter",
        "Sobol første, samfunnet", "Sobol total, samfunnet",
    )  # fmt: skip
    info = a.montecarlo.informasjon
    noekler = sorted(a.montecarlo.fordelinger, key=lambda n: -a.sobol["budsjett"].total[n])
    for n in noekler:
        sobol = [(s[n], "andel") for x in HOVED for s in (a.sobol[x].foerste, a.sobol[x].total)]
        b.tabellrad(tallnavn(a, n), *((info[x].evppi[n], "kr") for x in HOVED), *sobol)
    b.tabellrad("Alt sammen (EVPI)", *((info[x].evpi, "kr") for x in HOVED))
    if not noekler:
        return
    for k, x in enumerate(HOVED):
        b.ark.figurer.append(
            Liggende(
                ark=b.ark.navn,
                plass=_plass(figur, k),
                tittel=f"{tittel}: hva usikkerheten i netto kommer av, {liten(HVEM[x])}",
                beskrivelse="Liggende stolper for andelen av variansen som hvert tall forklarer, alene og med samspill.",
                etiketter=(hode + 1, 0, hode + len(noekler), 0),
                serier=_to_serier(3 + 2 * k, hode + 1, hode + len(noekler)),
                x_akse="Andel av variansen i netto",
                y_akse="Usikre tall",
                tallformat=AKSE_ANDEL,
            )
        )
