"""Put the seven tabs, and those asked for, together into one plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from velferdslab_model.parameters.standard import STANDARD_PRISAAR
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.cost_tab import kostnadsark
from velferdslab_model.workbook.extra import Tilleggsfane
from velferdslab_model.workbook.gain_tab import gevinstark
from velferdslab_model.workbook.intro_tab import IKKE_REGNET_OM, introark
from velferdslab_model.workbook.main_tab import hovedark
from velferdslab_model.workbook.names import GRUPPER
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.style import GRAA, MOERK


def planlegg(resultat: Resultat, dato: date, ekstra: Sequence[Tilleggsfane] = ()) -> Bok:
    """Plan every cell of the workbook. dato: shown as Sist brukt until the file is opened.

    ekstra: tabs to add after the seven, whose cells stand where they stand without them.
    """
    prisaar = resultat.forutsetninger.prisaar
    ikke_regnet_om = "" if prisaar == STANDARD_PRISAAR else IKKE_REGNET_OM
    bok = Bok(resultat.forutsetninger.navn, f"Beløp i {prisaar}-kroner{ikke_regnet_om}")
    intro = bok.nytt_ark("Introduksjonsark", fanefarge=MOERK)
    for noekkel, (prefiks, tittel, enhet, farge) in GRUPPER.items():
        gruppe = resultat.grupper[noekkel]
        hovedark(bok.nytt_ark(tittel, prefiks, farge), gruppe, enhet)
        kostnadsark(bok.nytt_ark(f"{tittel} | Kostnader", prefiks, farge), gruppe)
        gevinstark(bok.nytt_ark(f"{tittel} | Gevinster", prefiks, farge), gruppe)
    introark(intro, resultat, dato, ekstra)
    for fane in ekstra:
        fane.skriv(bok.nytt_ark(fane.navn, fanefarge=GRAA), resultat)
    return bok
