"""The tab «Tornado»: how much each number means, with ranges of one kind in each chart."""

from __future__ import annotations

from velferdslab_model.base.ord import HVEM, liten
from velferdslab_model.base.tall import med_fortegn, prosent
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse
from velferdslab_model.uncertainty.oppsett import (
    FIGURRADER,
    SISTE,
    avsnitt,
    grunn,
    plass,
    si_svaret,
    tallrad,
    tallverdi,
    to_serier,
)
from velferdslab_model.uncertainty.setninger import hva_betyr_mest
from velferdslab_model.uncertainty.tornado import ENDER, STEG, Utslag, Utslagsslag
from velferdslab_model.workbook.charts import Tornado
from velferdslab_model.workbook.cursor import Skriver

#: Bars in a chart; the smallest numbers would not be seen.
_SOEYLER = 12
_RADER = FIGURRADER + 6


def tornadoark(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    """Plan the part of one group."""
    b.overskrift(f"{tittel}: ett tall om gangen", ny_side)
    si_svaret(b, [_svar(a), hva_betyr_mest(a)])
    lav, hoey = (prosent(e, 0) for e in ENDER)
    avsnitt(
        b,
        f"Figurene: hvert tall over sitt spenn, de andre som i scenariet, men det som regnes ut av tallet, følger med. Med fordeling: fra {lav}- til {hoey}-persentilen. Tall som er "
        f"0 eller 100 % i den opprinnelige modellen: til grensen som står med begrunnelse i tabellen. De {_SOEYLER} som betyr mest.",
    )
    figur = b.figurrader(_RADER)
    for k, x in enumerate(HOVED):
        utvalg = _utvalg(a, "spenn", x)
        if k:
            b.ark.sideskift.append(b.rad)
        hode = _tabell(b, f"Netto, {liten(HVEM[x])}: over spennet", utvalg, x, a.basis.sum[f"netto_{x}"])
        if not utvalg:
            continue
        b.ark.figurer.append(
            Tornado(
                ark=b.ark.navn,
                plass=plass(figur, k, _RADER),
                tittel=f"{tittel}: endring i netto over spennet, {liten(HVEM[x])}",
                beskrivelse="Liggende stolper for hvor mye netto endres når hvert tall er i den lave og den høye enden av sitt spenn.",
                etiketter=(hode + 1, 0, hode + min(_SOEYLER, len(utvalg)), 0),
                serier=to_serier(6, hode + 1, hode + min(_SOEYLER, len(utvalg))),
                x_akse="Endring fra grunnberegningen, 1 000 kr",
                y_akse="Tall som endres",
            )
        )
    b.overskrift(f"{tittel}: tall uten spenn, {prosent(STEG, 0)} ned og opp", ny_side=True)
    avsnitt(b, "Dette sier hva tallene ville betydd, ikke hvor usikre de er, og kan ikke rangeres mot tabellene over.")
    for x in HOVED:
        _tabell(b, f"Netto, {liten(HVEM[x])}: {prosent(STEG, 0)}", _utvalg(a, "steg", x), x, a.basis.sum[f"netto_{x}"])
    b.overskrift(f"{tittel}: fellesfaktorer og deler, hver for seg")
    avsnitt(
        b,
        "En felles faktor og delene av den sier det samme to ganger. De som trekkes, står over; resten her, ti prosent ned og opp.",
    )
    for x in HOVED:
        deler = _utvalg(a, "del", x)[:_SOEYLER]
        _tabell(b, f"Netto, {liten(HVEM[x])}: de {len(deler)} største", deler, x, a.basis.sum[f"netto_{x}"])


def _svar(a: Gruppeanalyse) -> str:
    """The two bars that stand on top for the budgets, with what they do."""
    stoerst = _utvalg(a, "spenn", "budsjett")[:2]
    if not stoerst:
        return "Ingen av tallene med et spenn flytter netto for offentlige budsjetter."
    basis = a.basis.sum["netto_budsjett"]
    deler = []
    for u in stoerst:
        lav, hoey = (v - basis for v in u.netto["budsjett"])
        deler.append(f"{u.parameter.navn} ({mill(lav)} til {mill(hoey)} millioner)")
    return f"Netto for offentlige budsjetter flyttes mest av {' og '.join(deler)}."


def mill(kroner: float) -> str:
    """Millions of kroner with a sign."""
    return med_fortegn(kroner / 1e6 + 0.0, 2)


def _utvalg(a: Gruppeanalyse, slag: Utslagsslag, x: str) -> list[Utslag]:
    """Those of one kind that move the net by an øre or more, the longest first."""
    return sorted((u for u in a.tornado if u.slag == slag and u.spenn(x) > 0.01), key=lambda u: -u.spenn(x))


def _tabell(b: Skriver, tittel: str, utvalg: list[Utslag], x: str, basis: float) -> int:
    hode = b.hode(
        tittel, "Verdi i scenariet", "Lav verdi", "Høy verdi", "Netto ved lav verdi",
        "Netto ved høy verdi", "Endring ved lav verdi", "Endring ved høy verdi",
    )  # fmt: skip
    b.ark.tekst(hode, 8, "Hvorfor dette spennet", "hode_v", SISTE)
    for u in utvalg:
        ved_lav, ved_hoey = u.netto[x]
        tallrad(
            b, u.parameter.navn, *(tallverdi(u.parameter, v) for v in (u.parameter.basis, *u.ender)), (ved_lav, "kr"),
            (ved_hoey, "kr"), (_hele(ved_lav - basis), "kr"), (_hele(ved_hoey - basis), "kr"),
        )  # fmt: skip
        grunn(b, b.rad - 1, 8, u.hvorfor)
    if not utvalg:
        b.setning("Ingen av dem flytter netto.", "dempet")
    b.rad += 1
    return hode


def _hele(kroner: float) -> float:
    """Without the rounding of the engine, which would show as «-0»."""
    return round(kroner, 2) + 0.0
