"""The life-course account."""

from __future__ import annotations

from velferdslab_model.app.answers import avsnittene, linjeblokk
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.loading import utenformal
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.screen import utenfortabell
from velferdslab_model.utenfor.writing import write_utenfor


def regn_utenforregnskap(ordre: Arbeidsordre) -> Saksvar:
    """What a measure gives through a life, and the workbook."""
    v = les_utenforfil(ordre.fil("fil"))
    bok = ordre.ny("utenfor.xlsx")
    write_utenfor(v, bok)
    setninger = ["Malenes profiler er konstruerte; hva som er antakelser, står med hvert tall i arbeidsboken."]
    html = avsnittene(setninger) + linjeblokk("Regnskapet", utenfortabell(regn_utenfor(v)).split("\n"))
    filer = [Nedlasting(str(bok), f"utenfor_{filnavn(v.navn)}.xlsx", "Last ned arbeidsboken")]
    return Saksvar(str(html), f"Regnskapet «{v.navn}» er regnet ut.", filer)


def regnskapsfil(navn: str) -> bytes:
    """An account to fill in."""
    return utenformal(navn).encode()
