"""What the uncertainty tabs have in common: their columns, the answer on top, and where charts stand."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from velferdslab_model.base.farger import FARGER
from velferdslab_model.uncertainty.parametre import Parameter
from velferdslab_model.workbook.charts import Plass, Serie, hoeyde, i_kolonne
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.style import RADHOEYDE_PT

#: The last column of the page.
SISTE = 12
#: Rows a chart covers.
FIGURRADER = 15
#: The first column beside the page, where the numbers of charts stand that no reader needs, and the last.
SKJULT, SKJULT_SISTE = SISTE + 2, SISTE + 12
_FIGUR_PX = 610
#: Characters that fit a laptop's width, in the large bold type of the answer and in ordinary type.
_STOR, _VANLIG = 160, 220
#: And a column of a table, in small type.
_TEGN_PER_KOLONNE = 20
#: And the first column.
_TEGN_I_NAVN = 42


def si_svaret(b: Skriver, setninger: Sequence[str]) -> None:
    """The answer: its first sentence in large type, the others below it."""
    for k, setning in enumerate(setninger):
        for linje in wrap(setning, _VANLIG if k else _STOR, break_on_hyphens=False):
            b.setning(linje, "tekst" if k else "setning")


def avsnitt(b: Skriver, setning: str, stil: str = "dempet") -> None:
    """A sentence of any length, on as many lines as it needs."""
    for linje in wrap(setning, _STOR if stil == "setning" else _VANLIG, break_on_hyphens=False):
        b.setning(linje, stil)


def plass(rad: int, nummer: int, rader: int = FIGURRADER) -> Plass:
    """Two charts stand side by side; nummer: 0 or 1."""
    return Plass(rad, nummer * _FIGUR_PX, _FIGUR_PX - 8, hoeyde(rader))


def to_serier(kol: int, fra: int, til: int) -> tuple[Serie, Serie]:
    """Two columns beside each other as series."""
    return i_kolonne(kol, fra, til, FARGER["stat"]), i_kolonne(kol + 1, fra, til, FARGER["kommune"], skravert=True)


def skjul(ark: Ark) -> None:
    """Put the columns beside the page out of sight; charts still read them."""
    if (SKJULT, SKJULT_SISTE) not in ark.skjulte_kolonner:
        ark.skjulte_kolonner.append((SKJULT, SKJULT_SISTE))


def tallverdi(p: Parameter, verdi: Verdi) -> tuple[Verdi, str]:
    """A value of a number with the style of its kind."""
    if p.andel:
        return verdi, "andel"
    return verdi, "faktor" if p.enhet == "faktor" else "kr" if p.enhet.startswith("kr") else "antall"


def grunn(b: Skriver, rad: int, kol: int, tekst: str) -> None:
    """A reason in the rest of a row of a table, on two lines when it needs them."""
    b.ark.tekst(rad, kol, tekst, "bryt", SISTE)
    tegn = (SISTE - kol + 1) * _TEGN_PER_KOLONNE
    if len(tekst) > tegn:
        hoeyde_pt = RADHOEYDE_PT * min(6, -(-len(tekst) // tegn)) * 0.9
        b.ark.radhoeyder[rad] = max(b.ark.radhoeyder.get(rad, 0.0), hoeyde_pt)


def tallrad(b: Skriver, navn: str, *celler: tuple[Verdi, str]) -> None:
    """A row of a table about one number: a name of any length, on two lines when it needs them."""
    tallnavncelle(b, navn)
    for kol, (verdi, stil) in enumerate(celler, start=1):
        b.ark.fast(b.rad, kol, verdi, "tilbake" if isinstance(verdi, str) else stil)
    b.rad += 1


def tallnavncelle(b: Skriver, navn: str) -> None:
    """The name of a number in the first column."""
    linjer = -(-len(navn) // _TEGN_I_NAVN)
    b.ark.tekst(b.rad, 0, navn, "etikett_bryt" if linjer > 1 else "etikett")
    if linjer > 1:
        b.ark.radhoeyder[b.rad] = RADHOEYDE_PT * min(6, linjer)
