"""The tab «Informasjonsverdi»: what it is worth to know more, and where the uncertainty comes from."""

from __future__ import annotations

from velferdslab_model.base.ord import HVEM, liten
from velferdslab_model.base.tall import kr
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse
from velferdslab_model.uncertainty.informasjon import OBSERVASJONER, SOBOL
from velferdslab_model.uncertainty.oppsett import FIGURRADER, avsnitt, plass, si_svaret, tallrad, to_serier
from velferdslab_model.uncertainty.setninger import (
    OM_EVALUERING,
    for_inntaket,
    hva_betyr_mest,
    hva_mer_er_verdt,
    tallnavn,
)
from velferdslab_model.workbook.charts import Liggende
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL


def informasjonsark(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    """Plan the part of one group."""
    b.overskrift(f"{tittel}: er det verdt å vite mer før en velger?", ny_side)
    si_svaret(b, [*hva_mer_er_verdt(a), OM_EVALUERING, hva_betyr_mest(a)])
    egen, annen = a.trekninger.egen, a.trekninger.strukturell
    noekler = sorted(annen.fordelinger, key=lambda n: -a.sobol_strukturell["budsjett"].total[n])
    figur = b.figurrader(FIGURRADER) if noekler else 0
    b.overskrift(f"{tittel}: hvilke tall usikkerheten kommer av")
    avsnitt(
        b,
        "Til hva: å vite hvilke tall det hjelper å finne ut av. Første: så stor del av spredningen i netto ville vært borte om tallet var "
        f"kjent. Total: så stor del som er igjen om bare det var ukjent. (Sobol-indekser, 2 × {kr(SOBOL)} egne trekninger; små forskjeller "
        "kan være tilfeldige. Tilfeldigheter blant deltakerne kan ingen vite på forhånd, og er holdt utenfor her.)",
    )
    fire = [f"{navn}, {hvem}" for hvem in ("budsjetter", "samfunnet") for navn in ("Første", "Total")]
    hode = b.hode("Tall", *(f"{t}, egen" for t in fire), *(f"{t}, strukturell" for t in fire), hoeyde=42)
    for n in noekler:
        celler = []
        for sobol in (a.sobol, a.sobol_strukturell):
            for x in HOVED:
                celler += [(sobol[x].foerste.get(n), "andel"), (sobol[x].total.get(n), "andel")]
        tallrad(b, tallnavn(a, n), *celler)
    for k, x in enumerate(HOVED):
        if noekler:
            b.ark.figurer.append(
                Liggende(
                    ark=b.ark.navn,
                    plass=plass(figur, k),
                    tittel=f"{tittel}: hva usikkerheten i netto kommer av (strukturell), {liten(HVEM[x])}",
                    beskrivelse="Liggende stolper for andelen av variansen som hvert tall forklarer, alene og med samspill.",
                    etiketter=(hode + 1, 0, hode + len(noekler), 0),
                    serier=to_serier(5 + 2 * k, hode + 1, hode + len(noekler)),
                    x_akse="Andel av variansen i netto",
                    y_akse="Usikre tall",
                    tallformat=AKSE_ANDEL,
                )
            )
    b.overskrift(f"{tittel}: hva det er verdt, i kroner, å vite det før en velger", ny_side=True)
    avsnitt(
        b,
        "Til hva: å se om det lønner seg å undersøke mer før en velger mellom velferdslab og å la være. 0 betyr at valget blir det samme "
        f"uansett hva en finner ut. {for_inntaket(a)} EVPPI: å vite ett tall helt sikkert. EVPI: å vite alle.",
    )
    feil = kr(max(mc.netto[x].feil for mc in (egen, annen) for x in HOVED))
    avsnitt(
        b,
        f"Verdier på noen få ganger standardfeilen i snittet (inntil {feil} kr her) kan skyldes tilfeldigheter i trekningene.",
    )
    b.hode(
        "Tall", *(f"EVPPI, {hvem}, {hva}" for hva in ("egen", "strukturell") for hvem in ("budsjetter", "samfunnet"))
    )
    for n in noekler:
        tallrad(b, tallnavn(a, n), *((mc.informasjon[x].evppi.get(n), "kr") for mc in (egen, annen) for x in HOVED))
    b.tabellrad("Alt sammen (EVPI)", *((mc.informasjon[x].evpi, "kr") for mc in (egen, annen) for x in HOVED))
    b.rad += 1
    for k, antall in enumerate(OBSERVASJONER):
        b.hode(
            f"Å følge {antall} {'deltaker' if antall == 1 else 'deltakere'} til", "Budsjetter, egen", "Samfunnet, egen",
            "Budsjetter, strukturell", "Samfunnet, strukturell",
        )  # fmt: skip
        rater = list(annen.informasjon["budsjett"].observasjon)
        for n in rater:
            celler = [
                (mc.informasjon[x].observasjon[n][k] if n in mc.informasjon[x].observasjon else None, "kr")
                for mc in (egen, annen)
                for x in HOVED
            ]
            tallrad(b, tallnavn(a, n), *celler)
        if not rater:
            b.setning("Ingen suksessrate trekkes.", "dempet")
