"""Figures 8-15 and the participants of each year: a small table of numbers on the year columns, and the chart of it.

Bars stand on zero in every figure: figures 9, 12 and the participants cannot be below it, or begin at it; the cost of one
person ends at it; and where cost, saving and what is left of them the first year are all drawn, no scale can leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import SERIENAVN, SITUASJONSNAVN, Enhetsord
from velferdslab_model.effektbok.aarsakse import AAR, aarsskriver
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import BETALERE, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.charts import FIGUR_RADER, Plass, Ring, Serie, Soeyler, i_rad
from velferdslab_model.workbook.formats import AKSE_TUSEN_KR
from velferdslab_model.workbook.plan import IKKE_TILGJENGELIG, Ark
from velferdslab_model.workbook.rows import Radskriver

#: Width of a figure: labels and fourteen years, what a 1 280 pixel wide window shows.
_BREDDE_PX = 1225
_KRONER = "1 000 kr"
_AAR0, _AAR1 = AAR.foerste_kolonne, AAR.siste_kolonne


#: Figures whose labels are placed after them: number of the figure on the tab, and key of the row of labels.
PaaAkse = Sequence[tuple[int, str]]


def figurer(ark: Ark, rad: int, g: Grupperesultat, enhet: Enhetsord) -> tuple[int, PaaAkse]:
    """Plan every figure block from a row down; returns the next free row, and what sett_paa_akse needs.

    enhet: what a participant is called.
    """
    penger, ind = g.penger, g.enkeltindivid.neddiskontert
    gevinst = penger.helsegevinst + penger.produksjonsgevinst
    bestemt = enhet.bestemt
    r = aarsskriver(ark, rad)
    paa_akse: list[tuple[int, str]] = []
    for_alle = _Aarsfigurer(r, paa_akse, "aar", g.aar, "Kalenderår", "År")
    alene = _Aarsfigurer(
        r,
        paa_akse,
        "indeks",
        list(range(1, len(g.aar) + 1)),
        f"År nummer (1 er året {bestemt} kom inn)",
        "År nummer",
    )
    r.overskrift("Totalvurdering")
    for_alle.tegn(
        "Figur 8. Kostnad, og besparelse i de ordinære tjenestene, per år, og akkumulert netto",
        "Søyler for kostnad og besparelse per år, linje for akkumulert netto for offentlige budsjetter.",
        (SERIENAVN["kostnad"], "{kostnad}", penger.kostnad, "kostnad"),
        (
            _med_inntekt(g),
            "{besparelse}+{offentlig_inntekt}",
            penger.besparelse + penger.offentlig_inntekt,
            "besparelse",
        ),
        linje=("Akkumulert netto, offentlige budsjetter", "{akkumulert_budsjett}", penger.akkumulert("budsjett")),
    )
    ark.sideskift.append(r.rad)
    for_alle.tegn(
        "Figur 9. Samlet gevinst per år",
        "Stablede søyler for helsegevinst og produksjonsgevinst per år.",
        (SERIENAVN["helsegevinst"], "{helsegevinst}", penger.helsegevinst, "helsegevinst"),
        (SERIENAVN["produksjonsgevinst"], "{produksjonsgevinst}", penger.produksjonsgevinst, "produksjonsgevinst"),
        stablet=True,
    )
    for_alle.tegn(
        "Figur 10. Kostnad, besparelse og gevinst per år, og akkumulert netto for samfunnet",
        "Søyler for kostnad, besparelse og gevinst per år, linje for akkumulert netto for samfunnet.",
        (
            "Kostnad, medregnet skattefinansiering",
            "{kostnad}+{skattefinansieringskostnad}",
            penger.kostnad + penger.skattefinansieringskostnad,
            "kostnad",
        ),
        (SERIENAVN["besparelse"], "{besparelse}", penger.besparelse, "besparelse"),
        ("Gevinst (helse og produksjon)", "{helsegevinst}+{produksjonsgevinst}", gevinst, "gevinst"),
        linje=("Akkumulert netto, samfunnet", "{akkumulert_samfunn}", penger.akkumulert("samfunn")),
    )
    ark.sideskift.append(r.rad)
    r.overskrift("Utvikling for enkeltindivid")
    r.setning(
        f"Figur 11–13 følger én {enhet.entall} som kommer inn som uholdbar og lykkes hvert år. De utvidede forutsetningene på fanen "
        "Gevinster, som tilbakefall, erstatningsgrad og fast årskostnad, er ikke med i dem.",
        "dempet",
    )
    alene.tegn(
        f"Figur 11. Én {enhet.entall} som lykkes hvert år: kostnad og besparelse, og akkumulert netto",
        "Søyler for kostnad og besparelse per år for en som går fra uholdbar til bærekraftig, linje for akkumulert netto.",
        (SERIENAVN["kostnad"], "{ind_kostnad}", ind.kostnad, "kostnad"),
        (SERIENAVN["besparelse"], "{ind_besparelse}", ind.besparelse, "besparelse"),
        linje=("Akkumulert netto, offentlige budsjetter", "{ind_akkumulert_budsjett}", ind.akkumulert("budsjett")),
    )
    alene.tegn(
        f"Figur 12. Én {enhet.entall} som lykkes hvert år: gevinst fordelt på helse og produksjon",
        "Stablede søyler for helsegevinst og produksjonsgevinst per år for en som går fra uholdbar til bærekraftig.",
        (SERIENAVN["helsegevinst"], "{ind_helsegevinst}", ind.helsegevinst, "helsegevinst"),
        (SERIENAVN["produksjonsgevinst"], "{ind_produksjonsgevinst}", ind.produksjonsgevinst, "produksjonsgevinst"),
        stablet=True,
    )
    ark.sideskift.append(r.rad)
    alene.tegn(
        f"Figur 13. Én {enhet.entall} som lykkes hvert år: kostnad, besparelse og gevinst, og akkumulert netto",
        "Søyler for kostnad, besparelse og gevinst per år for en som går fra uholdbar til bærekraftig, linje for akkumulert netto.",
        (SERIENAVN["kostnad"], "{ind_kostnad}", ind.kostnad, "kostnad"),
        (SERIENAVN["besparelse"], "{ind_besparelse}", ind.besparelse, "besparelse"),
        (
            "Gevinst (helse og produksjon)",
            "{ind_helsegevinst}+{ind_produksjonsgevinst}",
            ind.helsegevinst + ind.produksjonsgevinst,
            "gevinst",
        ),
        linje=("Akkumulert netto, samfunnet", "{ind_akkumulert_samfunn}", ind.akkumulert("samfunn")),
    )
    ark.tekst(
        r.rad - 1,
        0,
        "Kjent avvik: notatets tekst til figur 13 sier «fra utsatt til uholdbar»; retningen er snudd.",
        "dempet",
    )
    r.overskrift("Kostnaden etter hvem som betaler")
    _figur14(r, g, enhet)
    ark.sideskift.append(r.rad)
    r.overskrift("Totalvurdering: sum over analyseperioden")
    _figur15(r, g)
    _deltakere(for_alle, g, enhet)
    return r.rad, paa_akse


def sett_paa_akse(ark: Ark, paa_akse: PaaAkse) -> None:
    """Give the figures their labels, once the rows of them are placed."""
    for nummer, noekkel in paa_akse:
        sted = ark.sted(noekkel)
        etiketter = (sted.rad, sted.kol, sted.rad, sted.kol + sted.bredde - 1)
        ark.figurer[nummer] = replace(ark.figurer[nummer], etiketter=etiketter)


def _deltakere(for_alle: _Aarsfigurer, g: Grupperesultat, enhet: Enhetsord) -> None:
    """How many are in the programme each year."""
    for_alle.r.overskrift("Deltakere i velferdslab")
    for_alle.tegn(
        f"{enhet.flertall.capitalize()} i velferdslab hvert år, etter situasjonen de er i",
        "Stablede søyler for hvor mange som er uholdbar, utsatt og stabil i velferdslab hvert år.",
        *(
            (SITUASJONSNAVN[s], f"{{deltakere_{s}}}", folk, farge)
            for s, folk, farge in zip(
                UTGANGSSITUASJONER, g.serier.deltakere, ("stat", "produksjonsgevinst", "helsegevinst"), strict=True
            )
        ),
        stablet=True,
        folk=enhet.flertall,
    )


def _med_inntekt(g: Grupperesultat) -> tuple[str, str]:
    """The label of what public budgets get: formula and text. Without a share of the gain it is the saving alone."""
    uten, med = SERIENAVN["besparelse"], "Besparelse og offentlig inntekt"
    andel = g.gruppe.utvidet.offentlig_andel_produksjonsgevinst
    return f'=IF({{offentlig_andel_produksjonsgevinst}}=0,"{uten}","{med}")', med if andel else uten


class _Aarsfigurer:
    """Figures over the years of the analysis: the same axis, tables and drawing for each."""

    def __init__(
        self,
        r: Radskriver,
        paa_akse: list[tuple[int, str]],
        merke: str,
        merker: Sequence[int],
        akse: str,
        radtekst: str,
    ) -> None:
        self.r, self.ark, self.paa_akse = r, r.ark, paa_akse
        self.merke, self.merker, self.akse, self.radtekst = merke, merker, akse, radtekst

    def tegn(
        self,
        tittel: str,
        beskrivelse: str,
        *soeyler: tuple[str | tuple[str, str], str, Array, str],
        linje: tuple[str, str, Array] | None = None,
        stablet: bool = False,
        folk: str = "",
    ) -> None:
        """Place a chart and, below it, its numbers.

        soeyler: label (or its formula and the text that gives), formula, engine's array, colour. folk: what the numbers
        count, where they are no kroner.
        """
        r, ark = self.r, self.ark
        nummer = "folk" if folk else tittel.split(".", maxsplit=1)[0].removeprefix("Figur ")
        figur_rad = r.rad
        r.rad += FIGUR_RADER
        merkerad = r.rad
        ark.tekst(r.rad, 0, self.radtekst, "hode_v")
        ark.tekst(r.rad, 1, "Enhet", "hode_v")
        self._rad(f"fig.{nummer}.merke", f'=IF({{i_perioden}}=1,{{{self.merke}}},"")', self.merker, "blokk_aar", "")
        r.rad += 1
        serier: list[Serie] = []
        alle = [*soeyler, *([(*linje, "akkumulert")] if linje else ())]
        for k, (tekst, mal, verdier, farge) in enumerate(alle):
            if isinstance(tekst, tuple):
                ark.formel(r.rad, 0, tekst[0], tekst[1], "etikett")
            else:
                ark.tekst(r.rad, 0, tekst, "etikett")
            ark.tekst(r.rad, 1, folk or "kr", "enhet")
            noekkel, stil = f"fig.{nummer}.{k}", "antall" if folk else "kr"
            self._rad(noekkel, f"=IF({{i_perioden}}=1,{mal},NA())", verdier.tolist(), stil, IKKE_TILGJENGELIG)
            serier.append(i_rad(r.rad, _AAR0, _AAR1, FARGER[farge]))
            r.rad += 1
        # Years after the analysis period are #N/A so that charts skip them; the reader sees empty cells.
        omraade = (merkerad + 1, _AAR0, r.rad - 1, _AAR1)
        regel = {"type": "formula", "criteria": f"=ISNA(E{merkerad + 2})"}
        ark.betingede.append((*omraade, regel, "cf_skjul"))
        self.paa_akse.append((len(ark.figurer), f"akse_{self.merke}"))
        ark.figurer.append(
            Soeyler(
                ark=ark.navn,
                plass=Plass(figur_rad, 0, _BREDDE_PX),
                tittel=tittel,
                beskrivelse=beskrivelse,
                etiketter=(merkerad, _AAR0, merkerad, _AAR1),
                serier=serier[: len(soeyler)],
                linjer=serier[len(soeyler) :],
                stabling="stacked" if stablet else "",
                x_akse=self.akse,
                y_akse=folk or _KRONER,
                tallformat="0.0" if folk else AKSE_TUSEN_KR,
                fra_null=bool(folk),
                tidsakse="years" if self.merke == "aar" else "days",
            )
        )
        r.rad += 1

    def _rad(self, noekkel: str, mal: str, verdier: Sequence[Any], stil: str, etter: str) -> None:
        self.ark.akserad(noekkel, self.r.rad, AAR, mal, verdier, stil, etter)


def _figur14(r: Radskriver, g: Grupperesultat, enhet: Enhetsord) -> None:
    ark, figur_rad = r.ark, r.rad
    r.rad += FIGUR_RADER
    hode = r.rad
    ark.tekst(hode, 0, f"Kroner per {enhet.entall}, ikke neddiskontert", "hode_v")
    ark.tekst(hode, 1, "Enhet", "hode_v")
    kolonner = {
        (del_, s): _AAR0 + 2 * (k * 3 + i)
        for k, del_ in enumerate(("foerste_aar", "drift"))
        for i, s in enumerate(UTGANGSSITUASJONER)
    }
    for (del_, s), kol in kolonner.items():
        tekst = "Første år, " if del_ == "foerste_aar" else "Senere år, "
        ark.tekst(hode, kol, tekst + SITUASJONSNAVN[s].lower(), "hode", kol + 1)
    for b, betaler in enumerate(BETALERE):
        rad = hode + 1 + b
        ark.tekst(rad, 0, betaler.capitalize(), "etikett")
        ark.tekst(rad, 1, "kr", "enhet")
        for (del_, s), kol in kolonner.items():
            foerste = f"{{oppstart.{betaler}.{s}}}+" if del_ == "foerste_aar" else ""
            verdi = g.kostnadsfordeling[s][del_][betaler]
            ark.formel(rad, kol, f"={foerste}{{drift.{betaler}.{s}}}", verdi, "kr", til_kol=kol + 1)
    bredde = _BREDDE_PX // 3
    for i, s in enumerate(UTGANGSSITUASJONER):
        kol = kolonner["foerste_aar", s]
        ark.figurer.append(
            Ring(
                ark=ark.navn,
                plass=Plass(figur_rad, i * bredde, bredde - 8),
                tittel=f"Figur 14{'abc'[i]}. Kostnad det første året, {SITUASJONSNAVN[s].lower()}",
                beskrivelse=f"Ring som viser hvor stor del av kostnaden det første året kommunen, fylkeskommunen og staten betaler for en som kommer inn som {SITUASJONSNAVN[s].lower()}.",
                etiketter=(hode + 1, 0, hode + len(BETALERE), 0),
                verdier=(hode + 1, kol, hode + len(BETALERE), kol),
                farger=[FARGER[b] for b in BETALERE],
                # White on the dark blue of kommune.
                skrift=("#FFFFFF", "", ""),
            )
        )
    r.rad += 2 + len(BETALERE)


def _figur15(r: Radskriver, g: Grupperesultat) -> None:
    ark, figur_rad, s = r.ark, r.rad, g.sum
    r.rad += FIGUR_RADER
    hode = r.rad
    ark.tekst(hode, 0, "Sum over analyseperioden", "hode_v")
    ark.tekst(hode, 1, "Enhet", "hode_v")
    ark.tekst(hode, _AAR0, SERIENAVN["kostnad"], "hode")
    ark.tekst(hode, _AAR0 + 1, "Besparelse og gevinst", "hode")
    ark.radhoeyder[hode] = 40
    serier = []
    for k, (tekst, farge, kol, mal, verdi) in enumerate(
        (
            (
                "Kostnad, medregnet skattefinansiering",
                "kostnad",
                0,
                "={sum_kostnad}+{sum_skattefinansieringskostnad}",
                s["kostnad"] + s["skattefinansieringskostnad"],
            ),
            (SERIENAVN["besparelse"], "besparelse", 1, "={sum_besparelse}", s["besparelse"]),
            (SERIENAVN["helsegevinst"], "helsegevinst", 1, "={sum_helsegevinst}", s["helsegevinst"]),
            (
                SERIENAVN["produksjonsgevinst"],
                "produksjonsgevinst",
                1,
                "={sum_produksjonsgevinst}",
                s["produksjonsgevinst"],
            ),
        )
    ):
        rad = hode + 1 + k
        ark.tekst(rad, 0, tekst, "etikett")
        ark.tekst(rad, 1, "kr", "enhet")
        ark.formel(rad, _AAR0 + kol, mal, verdi, "kr")
        # Without a zero among the numbers, Excel may start an axis of two nearly equal columns far above it.
        ark.fast(rad, _AAR0 + 1 - kol, 0.0, "kr_strek")
        serier.append(i_rad(rad, _AAR0, _AAR0 + 1, FARGER[farge]))
    ark.figurer.append(
        Soeyler(
            ark=ark.navn,
            plass=Plass(figur_rad, 0, _BREDDE_PX),
            tittel="Figur 15. Samlet kostnad ved siden av samlet besparelse og gevinst",
            beskrivelse="To stablede søyler: samlet kostnad, og samlet besparelse, helsegevinst og produksjonsgevinst over analyseperioden.",
            etiketter=(hode, _AAR0, hode, _AAR0 + 1),
            serier=serier,
            stabling="stacked",
            x_akse="Sum over analyseperioden",
            y_akse=_KRONER,
        )
    )
    r.rad += 6
