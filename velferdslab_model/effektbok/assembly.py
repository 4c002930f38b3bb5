"""Put the seven tabs, and those asked for, together into one plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from velferdslab_model.base.farger import GRAA, MOERK
from velferdslab_model.effektbok.gevinst_tab import gevinstark
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.hoved_tab import hovedark
from velferdslab_model.effektbok.introduksjon_tab import introark, prisaartekst
from velferdslab_model.effektbok.kostnad_tab import kostnadsark
from velferdslab_model.effektbok.origin import pakk
from velferdslab_model.effektbok.prisvalg import KATALOGBREDDE, KATALOGLINJER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.hva_om import HvaOm
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.plan import Bok


def planlegg(
    resultat: Resultat,
    dato: date,
    ekstra: Sequence[Tilleggsfane] = (),
    laget: Forutsetninger | None = None,
    plasser: Mapping[str, Sequence[int]] | None = None,
    hva_om: Mapping[str, HvaOm] | None = None,
) -> Bok:
    """Plan every cell of the workbook.

    dato: shown as Sist brukt until the file is opened. ekstra: tabs to add after the seven, whose cells stand where they
    stand without them. For a file that has been edited since it was made: laget, the assumptions it was made with, which
    its locked cells follow; plasser, the row of each tiltak, and hva_om, the shares in «Hva om?», by group.
    """
    laget = laget or resultat.forutsetninger
    tekster = {"prisaartekst": prisaartekst(resultat.forutsetninger, laget)}
    bok = Bok(EFFEKTMODELL, resultat.forutsetninger.navn, pakk(laget), tekster)
    prisvalg = next((fane.prisvalg(laget) for fane in ekstra if fane.prisvalg), None)
    satser = [sats.navn for sats in resultat.forutsetninger.timesatser]
    intro = bok.nytt_ark("Introduksjonsark", fanefarge=MOERK)
    for noekkel, (prefiks, tittel, enhet, farge) in GRUPPER.items():
        gruppe = resultat.grupper[noekkel]
        valg = hva_om[noekkel] if hva_om else HvaOm()
        hovedark(bok.nytt_ark(tittel, prefiks, farge), gruppe, enhet, laget.grupper[noekkel].neddiskontering, valg)
        rader = plasser[noekkel] if plasser else range(len(gruppe.gruppe.tiltak))
        kostnadsark(bok.nytt_ark(f"{tittel} | Kostnader", prefiks, farge), gruppe, rader, satser, prisvalg)
        gevinstark(bok.nytt_ark(f"{tittel} | Gevinster", prefiks, farge), gruppe)
    introark(intro, resultat, dato, laget, ekstra)
    nye = [(fane, bok.nytt_ark(fane.navn, fanefarge=GRAA)) for fane in ekstra]
    for fane, ark in sorted(nye, key=lambda ny: ny[0].leser_fanene):  # what lists the others must find them placed
        if fane.prisvalg and prisvalg:
            ark.registrer(
                KATALOGLINJER, prisvalg.foerste, 0, (), bredde=KATALOGBREDDE, hoeyde=prisvalg.antall, navn=KATALOGLINJER
            )
        fane.skriv(ark, resultat)
    return bok
