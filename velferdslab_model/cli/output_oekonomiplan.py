"""How the økonomiplan is printed: four years and their sum, per group and together."""

from __future__ import annotations

from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import aarsrekke, kr, prosent, tall
from velferdslab_model.cli.output import csv_av, json_tekst, prisaarmerknad
from velferdslab_model.oekonomiplan import SERIER, SUMMERES, UTENFOR, Oekonomiplan, Plandel
from velferdslab_model.parameters.indekser import INDEKSNAVN
from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.register import om_kommunal_andel

_BREDDE_TEKST, _BREDDE_TALL = 36, 12
_BREDDE = _BREDDE_TEKST + 5 * _BREDDE_TALL


def oekonomiplan_tekst(plan: Oekonomiplan, form: str) -> str:
    """The plan as «table», «json» or «csv»."""
    if form == "json":
        return json_tekst(plan.to_dict())
    if form == "csv":
        return csv_av(("gruppe", "serie", "aar", "verdi"), plan.rader())
    return _tabell(plan) + "\n"


def _tabell(plan: Oekonomiplan) -> str:
    f = plan.resultat.forutsetninger
    linjer = [
        f"Økonomiplan {aarsrekke(plan.aar[0], plan.aar[-1])}: {f.navn}",
        *_kroner(plan),
    ]
    fylket = any(g.penger.fylket_er_med for g in plan.resultat.grupper.values())
    for tittel, del_ in zip((*BRUKERGRUPPER.values(), "Samlet"), plan.deler.values(), strict=True):
        linjer += ["", _linje(tittel, *(str(aar) for aar in plan.aar), "Sum"), "-" * (_BREDDE_TEKST + 5 * _BREDDE_TALL)]
        linjer += [_rad(del_, serie) for serie in SERIER if fylket or not serie.endswith("_fylkeskommune")]
    grupper = list(plan.resultat.grupper.values())
    linjer += ["", f"* {om_kommunal_andel([g.gruppe for g in grupper])}"]
    for navn, g in zip(BRUKERGRUPPER.values(), grupper, strict=True):
        u = g.gruppe.utvidet
        andeler = f"{prosent(u.kommunal_andel_nullalternativ)}, realiserbar andel {prosent(u.realiserbar_andel)}"
        linjer.append(f"  {navn}: kommunens andel av besparelsen {andeler}.")
    if not all(all(del_.i_analysen) for del_ in plan.grupper.values()):
        linjer.append(f"«{UTENFOR}»: året er ikke med i gruppens analyse. Det teller ikke i summene.")
    linjer += prisaarmerknad(f)
    return "\n".join(linje.rstrip() for linje in linjer)


def _kroner(plan: Oekonomiplan) -> list[str]:
    """Which kroner these are, and for løpende what they were multiplied by and how sure that is."""
    f, vekst = plan.resultat.forutsetninger, plan.prisvekst
    if vekst is None:
        return [f"Kroner i {f.prisaar}-priser. Faste priser, ikke neddiskontert."]
    linjer = wrap(
        f"Løpende kroner, ikke neddiskontert: {vekst.fra}-kroner med prisvekst til det enkelte året. Kostnad og besparelse følger "
        "kommunal deflator, offentlig inntekt årslønn (KPI der inntekten alt har reell vekst), fast årskostnad KPI.",
        _BREDDE,
    )
    linjer += [
        "",
        _linje(f"Prisvekst fra {vekst.fra}", *(f"{aar}{'°' if vekst.usikkert_aar(aar) else ''}" for aar in plan.aar)),
    ]
    for indeks, faktorer in vekst.faktorer.items():
        navn = INDEKSNAVN[indeks]
        linjer.append(_linje(navn[:1].upper() + navn[1:], *(tall(faktor, 4) for faktor in faktorer)))
    if vekst.usikre:
        linjer += wrap(f"° Bygger på tall som ikke er endelige: {vekst.usikre}.", _BREDDE)
    linjer += wrap(vekst.brudd, _BREDDE)
    if vekst.videre:
        hvert = ", ".join(
            f"{INDEKSNAVN[i]} {prosent(vekst.vekst_videre[i])} i året etter {siste}"
            for i, siste in vekst.siste.items()
            if max(plan.aar) > siste
        )
        linjer += wrap(f"° Antakelse: siste kjente eller anslåtte vekst fortsetter: {hvert}.", _BREDDE)
    return linjer


def _rad(del_: Plandel, serie: str) -> str:
    tekst, enhet = SERIER[serie]
    merke = f"{tekst} *" if "besparelse" in serie or serie.startswith(tuple(f"netto_{b}" for b in BETALERE)) else tekst
    verdier = (*del_.serier[serie], del_.sum(serie)) if serie in SUMMERES else del_.serier[serie]
    return _linje(merke, *(_tall(verdi, enhet) for verdi in verdier))


def _linje(tekst: str, *celler: str) -> str:
    return tekst.ljust(_BREDDE_TEKST) + "".join(f" {celle}".rjust(_BREDDE_TALL) for celle in celler)


def _tall(verdi: float | None, enhet: str) -> str:
    if verdi is None:
        return UTENFOR
    return kr(verdi) if enhet == "kr" else tall(verdi, 2)
