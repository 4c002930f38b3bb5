"""The tabs «Bytteverdier» and «Toveistabell»: what would turn the answer, one number at a time and two together."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import BYTTEVERDI, HVEM, HVEM_KORT, IKKE_INNEN_KORT, liten
from velferdslab_model.base.tall import med_fortegn, prosent
from velferdslab_model.uncertainty.foelsomhet import (
    GRAD_STEG,
    HOVED,
    PRIS_STEG,
    RATE_STEG,
    UANSETT_STEG,
    Bytteverdi,
    rente_utenfor,
)
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse
from velferdslab_model.uncertainty.oppsett import (
    FIGURRADER,
    SKJULT,
    avsnitt,
    plass,
    si_svaret,
    skjul,
    tallrad,
    tallverdi,
)
from velferdslab_model.uncertainty.parametre import Parameter
from velferdslab_model.uncertainty.setninger import flyttesetninger, hva_snur
from velferdslab_model.workbook.charts import Liggende, Linjer, Serie, i_kolonne
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import Verdi

INGEN = "ingen i lovlig område"
#: Bars in a chart of switching values.
_SOEYLER = 10


def bytteverdiark(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    """Plan the part of one group."""
    b.overskrift(f"{tittel}: hva som må være galt for at svaret snur", ny_side)
    si_svaret(b, [hva_snur(a), hva_snur(a, "samfunn"), *flyttesetninger(a)])
    b.rad += 1
    deler = {u.parameter.noekkel for u in a.tornado if u.slag == "del"}
    rader = sorted(a.bytteverdier, key=lambda v: (v.parameter.noekkel in deler, _avstand(v.endring("budsjett"))))
    noen = {}
    for x in HOVED:
        vises = [(v, vei) for v in rader if v.parameter.noekkel not in deler and (vei := _vei(v, x)) is not None]
        noen[x] = sorted(vises, key=lambda par: abs(par[1]))[:_SOEYLER]
    figur = b.figurrader(FIGURRADER) if any(noen.values()) else 0
    b.overskrift(f"{tittel}: hvor lite skal til for at tilbakebetalingsåret (figur 8) flytter seg")
    b.hode("Prisnivå", *(_pst(nivaa) for nivaa, _ in a.nivaaer), hoeyde=15)
    b.tabellrad(
        f"Tilbakebetalt fra, {liten(HVEM_KORT['budsjett'])}",
        *((tilbake or IKKE_INNEN_KORT, "aar") for _, tilbake in a.nivaaer),
    )
    b.overskrift(f"{tittel}: verdien av hvert tall som gjør netto lik null", ny_side=True)
    avsnitt(
        b,
        "Den nærmeste lovlige verdien, de andre tallene som i scenariet, men det som regnes ut av tallet, følger med. Netto er innenfor 1 "
        "krone fra null der; er det som følger med i hele kroner, skifter den fortegn der. Deler av en felles faktor, og faktoren når det er delene som trekkes, står nederst.",
    )
    for x in HOVED:
        if noen[x]:
            _figur(b, tittel, figur, x, [(_soeylenavn(v), vei) for v, vei in noen[x]])
    b.hode(
        "Tall",
        "Enhet",
        "Verdi i scenariet",
        f"{BYTTEVERDI}, budsjetter",
        "Endring",
        f"{BYTTEVERDI}, samfunnet",
        "Endring",
    )
    for v in rader:
        celler: list[tuple[Verdi, str]] = [(v.parameter.enhet, "enhet"), tallverdi(v.parameter, v.parameter.basis)]
        for x in HOVED:
            verdi, endring = v.verdi[x], v.endring(x)
            celler += [
                tallverdi(v.parameter, _ingen(a, v.parameter, x) if verdi is None else verdi),
                (endring, "andel"),
            ]
        tallrad(b, v.parameter.navn, *celler)


def _vei(v: Bytteverdi, x: str) -> float | None:
    """How far a number is from turning the answer: of its value, or of a share that is 0 or 100 % the points to go."""
    verdi = v.verdi[x]
    return v.endring(x) if verdi is None or not _ytterst(v.parameter) else verdi - v.parameter.basis


def _ytterst(p: Parameter) -> bool:
    return p.andel and p.basis == 0 and p.mest == 1


def _soeylenavn(v: Bytteverdi) -> str:
    return f"{v.parameter.navn} (poeng)" if _ytterst(v.parameter) else v.parameter.navn


def _ingen(a: Gruppeanalyse, p: Parameter, x: str) -> str:
    """Why no legal value turns the answer; for the rate, also which one above the legal ones does."""
    rente = rente_utenfor(a.basis.gruppe, x) if p.noekkel == "neddiskontering" else None
    return INGEN if rente is None else f"{prosent(rente, 1)}, over lovlige {prosent(p.mest, 0)}"


def _figur(b: Skriver, tittel: str, rad: int, x: str, noen: list[tuple[str, float]]) -> None:
    """How far each number is from turning the answer; its table stands beside the page."""
    kol = SKJULT + 3 * HOVED.index(x)
    skjul(b.ark)
    b.ark.tekst(rad, kol, "Tall", "hode_v")
    b.ark.tekst(rad, kol + 1, "Endring", "hode")
    for k, (navn, endring) in enumerate(noen, start=rad + 1):
        b.ark.tekst(k, kol, navn, "etikett")
        b.ark.fast(k, kol + 1, endring, "andel")
    b.ark.figurer.append(
        Liggende(
            ark=b.ark.navn,
            plass=plass(rad, HOVED.index(x)),
            tittel=f"{tittel}: endringen som alene gir netto null, {liten(HVEM[x])}",
            beskrivelse="Liggende stolper for hvor mye hvert tall må endres, i prosent av verdien, eller i prosentpoeng for en andel på 0, før netto er null; de nærmeste øverst.",
            etiketter=(rad + 1, kol, rad + len(noen), kol),
            serier=[i_kolonne(kol + 1, rad + 1, rad + len(noen), FARGER["stat"])],
            x_akse="Endring fra verdien i scenariet (poeng: prosentpoeng fra 0)",
            y_akse="Tall som endres",
            tallformat=AKSE_ANDEL,
        )
    )


def _avstand(endring: float | None) -> float:
    return float("inf") if endring is None else abs(endring)


def _pst(andel: float) -> str:
    return "som i scenariet" if andel == 0 else f"{_poeng(andel)}\u00a0%"


def _poeng(andel: float) -> str:
    return med_fortegn(andel * 100)


def toveisark(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    """Plan the part of one group."""
    b.overskrift(f"{tittel}: to tall gale samtidig", ny_side)
    si_svaret(b, [_om_forenklingene(a), _om_rutene(a)])
    _forenklinger(b, tittel, a)
    b.overskrift(f"{tittel}: suksessrate og pris sammen", ny_side=True)
    avsnitt(
        b,
        "Nedover: endring i alle suksessrater, prosentpoeng (holdt mellom 0 og 100 %). Bortover: prisnivå. Røde ruter: i minus.",
    )
    figur = b.figurrader(FIGURRADER)
    for k, x in enumerate(HOVED):
        b.rad += 1
        hode = b.hode(f"Netto, {liten(HVEM[x])}, kr", *(_pst(round(pris - 1, 4)) for pris in PRIS_STEG))
        for i, steg in enumerate(RATE_STEG):
            rad = [(float(v), "kr") for v in a.toveis[x][i]]
            b.tabellrad(f"Suksessrate {'som i scenariet' if steg == 0 else f'{_poeng(steg)} prosentpoeng'}", *rad)
        regel = {"type": "cell", "criteria": "<", "value": 0}
        b.ark.betingede.append((hode + 1, 1, b.rad - 1, len(PRIS_STEG), regel, "cf_feil"))
        _korte_navn(b, hode, "Prosentpoeng", [_poeng(steg) if steg else "0" for steg in RATE_STEG])
        kolonner = [1 + PRIS_STEG.index(pris) for pris in _I_FIGUREN]
        b.ark.figurer.append(
            Linjer(
                ark=b.ark.navn,
                plass=plass(figur, k),
                tittel=f"{tittel}: netto etter suksessrate ved tre prisnivåer, {liten(HVEM[x])}",
                beskrivelse="En linje for hvert av tre prisnivåer, fra lave til høye suksessrater. Under null lønner det seg ikke.",
                etiketter=(hode + 1, SKJULT, b.rad - 1, SKJULT),
                serier=[
                    Serie((hode, kol), (hode + 1, kol, b.rad - 1, kol), farge, stiplet=kol != 1 + PRIS_STEG.index(1.0))
                    for kol, farge in zip(
                        kolonner, (FARGER["besparelse"], FARGER["stat"], FARGER["kostnad"]), strict=True
                    )
                ],
                x_akse="Endring i alle suksessrater, prosentpoeng",
                y_akse="Netto, 1 000 kr",
            )
        )


def _korte_navn(b: Skriver, hode: int, tekst: str, navn: Sequence[str]) -> None:
    """What the chart calls the rows, beside the page."""
    skjul(b.ark)
    b.ark.tekst(hode, SKJULT, tekst, "hode_v")
    for i, en in enumerate(navn, start=hode + 1):
        b.ark.tekst(i, SKJULT, en, "etikett")


def _forenklinger(b: Skriver, tittel: str, a: Gruppeanalyse) -> None:
    """What the model simplifies most: how much would have come anyway, and how much the programme replaces."""
    avsnitt(
        b,
        "Nedover: hvor mye av bedringen som ville skjedd uansett. Bortover: erstatningsgrad, hvor mye av de ordinære tjenestene tiltakene "
        f"erstatter. Ingen av dem er målt. Resten som i scenariet ({prosent(a.basis.gruppe.neddiskontering)} rente). Røde ruter: i minus.",
    )
    figur = b.figurrader(FIGURRADER)
    for k, x in enumerate(HOVED):
        b.rad += 1
        hode = b.hode(f"Netto, {liten(HVEM[x])}, kr", *(f"Erstatter {prosent(grad)}" for grad in GRAD_STEG))
        for i, steg in enumerate(UANSETT_STEG):
            b.tabellrad(f"Skjedd uansett: {prosent(steg)}", *((float(v), "kr") for v in a.toveis_forenklinger[x][i]))
        regel = {"type": "cell", "criteria": "<", "value": 0}
        b.ark.betingede.append((hode + 1, 1, b.rad - 1, len(GRAD_STEG), regel, "cf_feil"))
        _korte_navn(b, hode, "Skjedd uansett", [prosent(steg) for steg in UANSETT_STEG])
        b.ark.figurer.append(
            Linjer(
                ark=b.ark.navn,
                plass=plass(figur, k),
                tittel=f"{tittel}: netto etter hvor mye som ville skjedd uansett, {liten(HVEM[x])}",
                beskrivelse="En linje for hver av tre erstatningsgrader, etter hvor mye av bedringen som ville skjedd uansett. Under null lønner det seg ikke.",
                etiketter=(hode + 1, SKJULT, b.rad - 1, SKJULT),
                serier=[
                    Serie((hode, kol), (hode + 1, kol, b.rad - 1, kol), farge, stiplet=kol != 1)
                    for kol, farge in (
                        (1 + GRAD_STEG.index(1.0), FARGER["besparelse"]),
                        (1 + GRAD_STEG.index(0.5), FARGER["stat"]),
                        (1 + GRAD_STEG.index(0.0), FARGER["kostnad"]),
                    )
                ],
                x_akse="Andel av bedringen som ville skjedd uansett",
                y_akse="Netto, 1 000 kr",
            )
        )


def _om_forenklingene(a: Gruppeanalyse) -> str:
    """How much of the table of the simplifications is in the red."""
    deler = []
    for x in HOVED:
        ruter = a.toveis_forenklinger[x]
        deler.append(f"{liten(HVEM[x])} i {int((ruter < 0).sum())} av {ruter.size} ruter")
    return (
        f"I minus: {' og '.join(deler)} når det er galt både hva som ville skjedd uansett, og hva tiltakene erstatter."
    )


#: Price levels with a line in the chart.
_I_FIGUREN = (0.8, 1.0, 1.2)


def _om_rutene(a: Gruppeanalyse) -> str:
    """How much of the table is in the red, and how near."""
    deler = []
    for x in HOVED:
        roede = int((a.toveis[x] < 0).sum())
        deler.append(f"{liten(HVEM[x])} i {roede} av {a.toveis[x].size} ruter")
    return f"I minus: {' og '.join(deler)} når suksessrater og priser er gale samtidig."
