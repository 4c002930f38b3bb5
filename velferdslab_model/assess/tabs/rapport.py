"""What the tabs of the report have in common: hidden counts, and the mark of what is for internal use."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.published import SKJULT, Publisert
from velferdslab_model.assess.suppression import SKJUL_TIL
from velferdslab_model.base.tall import INGEN_TALL
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark, Verdi

INTERNT = "INTERNT: tall for enkeltpersoner. Skal ikke deles."
#: Said on every page that is not marked.
OM_SKJULTE = (
    f"Antall fra 1 til {SKJUL_TIL} personer er skjult, og andre tall de kunne vært regnet ut av. "
    "Del bare én rapport av de samme registreringene: to med ulike valg kan sammenholdes."
)
SISTE_KOLONNE = 11
LINJE_PT, _TEGN = 14.25, 1.25
_BRUTT = {"dempet": "dempet_bryt"}
Rapportcelle = tuple[Verdi, str]


class Rapportskriver(Skriver):
    """A cursor whose sentences break at the edge of the page, and lose nothing in print."""

    def setning(self, tekst: str, stil: str = "tekst") -> None:
        """A paragraph."""
        # A width that is given later holds.
        bredder = {kol: bred for fra, til, bred in self.ark.kolonnebredder for kol in range(fra, til + 1)}
        linjer = antall_linjer(tekst, sum(bredder[kol] for kol in range(self.siste_kolonne + 1)))
        if linjer < 2:
            super().setning(tekst, stil)
            return
        self.ark.tekst(self.rad, 0, tekst, _BRUTT.get(stil, "tekst_bryt"), self.siste_kolonne)
        self.ark.radhoeyder[self.rad] = LINJE_PT * linjer
        self.rad += 1


def antall_linjer(tekst: str, bredde: float) -> int:
    """How many lines a text takes in columns of a width."""
    return -(-len(tekst) // int(_TEGN * bredde))


def begynn(
    ark: Ark,
    tittel: str,
    p: Publisert,
    bredde: float = 12.0,
    siste: int = SISTE_KOLONNE,
    egne: Sequence[tuple[int, int, float]] = ((0, 0, 40.0),),
) -> Rapportskriver:
    """The top of a tab, with its mark. siste: its last column. egne: columns of other widths than bredde."""
    ark.kolonnebredder += [(1, siste, bredde), *egne]
    ark.siste_kolonne, ark.sider_bredt = siste, 1
    ark.tekst(0, 0, tittel, "tittel")
    if p.internt:
        ark.topptekst = INTERNT
        ark.tekst(1, 0, INTERNT, "setning")
        return Rapportskriver(ark, 2, siste)
    s = Rapportskriver(ark, 1, siste)
    s.setning(OM_SKJULTE, "dempet")
    return s


def antallcelle(verdi: int | None) -> Rapportcelle:
    """A count, or that it is hidden."""
    return (SKJULT, "v_tekst_hoeyre") if verdi is None else (float(verdi), "heltall")


def andelcelle(verdi: float | None, vises: bool = True) -> Rapportcelle:
    """A share, a dash where there is none, or that it is hidden."""
    if not vises:
        return (SKJULT, "v_tekst_hoeyre")
    return (INGEN_TALL, "v_tekst_hoeyre") if verdi is None else (verdi, "andel")


def kroner(verdi: float | None) -> Rapportcelle:
    """An amount, or that it is hidden."""
    return (SKJULT, "v_tekst_hoeyre") if verdi is None else (verdi, "kr")


def rad(s: Skriver, tekst: str, *celler: Rapportcelle) -> None:
    """A label and its cells, each in its own style."""
    s.ark.tekst(s.rad, 0, tekst, "etikett")
    for kol, (verdi, stil) in enumerate(celler, start=1):
        s.ark.fast(s.rad, kol, verdi, stil)
    s.rad += 1


def om_perioden(a: Registeranalyse, s: Skriver) -> None:
    """What the figures are of, and by which rule."""
    s.setning(f"Regnet per {a.per:%d.%m.%Y} av {a.fil}.", "dempet")
    s.setning(a.regel.beskrivelse, "dempet")
