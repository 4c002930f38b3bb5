"""The ONE list of tabs that can be asked for: the option, what plans them, and how they are audited.

`generate`, the writing of many workbooks, `check` and the tests follow it: a new tab is one entry. The modules of the tabs
are imported when a tab is planned, so that the command line can show the options without them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from velferdslab_model.effektbok.tilleggsfane import Sannsynlig, Tilleggsfane, tom_fane, uten_celler

if TYPE_CHECKING:
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.results import Resultat
    from velferdslab_model.workbook.audit import Funn
    from velferdslab_model.workbook.opening import Innhold

#: Name and explanation of the uncertainty tabs, which hold values computed by the program and no formulas.
USIKKERHETSFANER = (
    ("Usikkerhet", "Hva netto kan bli, og hvor sikkert det lønner seg"),
    ("Tornado", "Hvor mye hvert tall betyr"),
    ("Bytteverdier", "Hvor galt hvert tall må være for at svaret snur"),
    ("Toveistabell", "Suksessrate og pris sammen"),
    ("Informasjonsverdi", "Hva det er verdt å vite mer"),
)
#: The same of what changed since an earlier file, and by a price list.
ENDRINGSFANER = (
    ("Endringer siden", "Hva som er endret siden en tidligere fil, hvorfor, og hva det gjorde"),
    ("Prisendringer", "Hva prislisten endret, og hva det gjorde"),
)
#: alt: every cell against the plan. peker: each line against the cell it points at, for the tab's rows follow what stood
#: in the workbook when it was made. navn: only that the tabs are there, for they hold numbers drawn on that day.
Revisjon = Literal["alt", "peker", "navn"]


@dataclass(frozen=True)
class Fanevalg:
    """What a tab is planned from beside the result: first year of the økonomiplan, and whether it is in løpende kroner.

    sannsynlig: what a file with the uncertainty tabs says of how sure its answer is.
    """

    fra_aar: int | None = None
    loepende: bool = False
    sannsynlig: Sannsynlig | None = None


#: Nothing chosen.
UVALGT = Fanevalg()


@dataclass(frozen=True)
class Faneinnhold:
    """What a tab in a file was made with, and the finding when that is unlawful."""

    valg: Fanevalg = UVALGT
    funn: Funn | None = None


@dataclass(frozen=True)
class Tilvalg:
    """One thing that can be asked for.

    noekkel: its option, with _ for -. hjelp: the option's text. faner: the tabs, in order; empty ones where another room plans them. revisjon: how `check` looks at them. kjennes_paa: a defined name
    of the tab, by which it is known when it has been renamed. les: what the tab in a file was made with. en_om_gangen:
    not for many workbooks in one go. fil: what the file it is given is called; empty for an option without one.
    """

    noekkel: str
    hjelp: str
    faner: Callable[[Fanevalg], Sequence[Tilleggsfane]]
    revisjon: Revisjon = "alt"
    kjennes_paa: str = ""
    les: Callable[[Innhold, Resultat], Faneinnhold] = lambda _innhold, _resultat: Faneinnhold()
    en_om_gangen: bool = False
    fil: str = ""

    @property
    def valg(self) -> str:
        """The option as it is typed."""
        return f"--{self.noekkel.replace('_', '-')}"


def _register(_valg: Fanevalg) -> Sequence[Tilleggsfane]:
    from velferdslab_model.effektbok.register_tab import REGISTERFANE  # noqa: PLC0415  # see the module's text

    return (REGISTERFANE,)


def _oekonomiplan(valg: Fanevalg) -> Sequence[Tilleggsfane]:
    from velferdslab_model.effektbok.oekonomiplan_tab import oekonomiplanfane  # noqa: PLC0415  # as above

    return (oekonomiplanfane(valg.fra_aar, valg.loepende),)


def _les_oekonomiplan(innhold: Innhold, resultat: Resultat) -> Faneinnhold:
    from velferdslab_model.effektbok.oekonomiplan_tab import les_planvalg  # noqa: PLC0415  # as above

    fra_aar, loepende, funn = les_planvalg(innhold, resultat)
    return Faneinnhold(Fanevalg(fra_aar, loepende), funn)


def _ikke_prissatte(_valg: Fanevalg) -> Sequence[Tilleggsfane]:
    from velferdslab_model.effektbok.ikke_prissatt_tab import IKKE_PRISSATTFANE  # noqa: PLC0415  # as above

    return (IKKE_PRISSATTFANE,)


def _priskatalog(_valg: Fanevalg) -> Sequence[Tilleggsfane]:
    from velferdslab_model.effektbok.priskatalog_tab import PRISKATALOGFANE  # noqa: PLC0415  # as above

    return (PRISKATALOGFANE,)


def _bevegelse(_valg: Fanevalg) -> Sequence[Tilleggsfane]:
    from velferdslab_model.effektbok.bevegelse_tab import BEVEGELSESFANE  # noqa: PLC0415  # as above

    return (BEVEGELSESFANE,)


def _endringer(_valg: Fanevalg) -> Sequence[Tilleggsfane]:
    return [tom_fane(navn, forklaring) for navn, forklaring in ENDRINGSFANER]


def _usikkerhet(valg: Fanevalg) -> Sequence[Tilleggsfane]:
    (foerste, *rest) = USIKKERHETSFANER
    return [tom_fane(*foerste, valg.sannsynlig), *(tom_fane(*fane) for fane in rest)]


def _les_usikkerhet(innhold: Innhold, _resultat: Resultat) -> Faneinnhold:
    from velferdslab_model.effektbok.sikkerhet import les_sannsynlig, sannsynlignavnene  # noqa: PLC0415  # as above

    return Faneinnhold(Fanevalg(sannsynlig=les_sannsynlig({n: innhold.verdi(n) for n in sannsynlignavnene()})))


TILVALG = (
    Tilvalg("register", "Legg til fanen Forutsetninger: alle tall med kilde og opphav.", _register, "peker"),
    Tilvalg(
        "oekonomiplan",
        "Legg til fanen Økonomiplan: fire år, ikke neddiskontert, i faste priser eller løpende kroner.",
        _oekonomiplan,
        kjennes_paa="oekonomiplan_fra_aar",
        les=_les_oekonomiplan,
    ),
    Tilvalg(
        "ikke_prissatte",
        "Legg til fanen Ikke-prissatte virkninger (pluss og minus).",
        _ikke_prissatte,
        kjennes_paa="ikke_prissatt_virkning",
    ),
    Tilvalg(
        "priskatalog",
        "Legg til fanen Priskatalog: hver pris ved siden av publiserte tall, og et felt for å velge et av dem.",
        _priskatalog,
        "peker",
        kjennes_paa="katalog_linjer",
    ),
    Tilvalg(
        "bevegelse",
        "Legg til fanen Nullalternativ i bevegelse: svaret om folk flyttet seg også uten velferdslab. Er med når scenariet har tallene.",
        _bevegelse,
        kjennes_paa="UV_situasjonskostnad",
    ),
    Tilvalg(
        "mot",
        "Legg til fanen Endringer siden: hva som er endret fra denne filen, hvorfor, og hva det gjorde med netto.",
        _endringer,
        "navn",
        en_om_gangen=True,
        fil="TIDLIGERE",
    ),
    Tilvalg(
        "usikkerhet",
        "Legg til fanene fra «velferdslab uncertainty»: tall, ikke formler.",
        _usikkerhet,
        "navn",
        les=_les_usikkerhet,
        en_om_gangen=True,
    ),
)


def tilleggsfaner(
    valgt: Collection[str], valg: Fanevalg = UVALGT, f: Forutsetninger | None = None
) -> list[Tilleggsfane]:
    """The tabs of what was asked for, in the order of the list, but for those another room plans.

    f: a scenario; inputs of its own that stand in no other tab bring theirs.
    """
    if f and any(g.bevegelse for g in f.grupper.values()):
        valgt = {*valgt, "bevegelse"}
    return [fane for en in TILVALG if en.noekkel in valgt and en.revisjon != "navn" for fane in en.faner(valg)]


def faner_i(innhold: Innhold, resultat: Resultat) -> tuple[list[Tilleggsfane], set[str], list[Funn]]:
    """The tabs on request that are in a file; those whose cells are not in the plan; and what is unlawful in them.

    In the order generate adds them, whatever order they now stand in: Introduksjonsark lists them so.
    """
    ut: list[Tilleggsfane] = []
    uten: set[str] = set()
    funn: list[Funn] = []
    for en in TILVALG:
        lest = en.les(innhold, resultat)
        kjent = bool(en.kjennes_paa) and innhold.omraade(en.kjennes_paa) is not None
        faner = [fane for fane in en.faner(lest.valg) if kjent or fane.navn in innhold.verdier]
        if en.revisjon != "alt" or lest.funn:
            uten |= {fane.navn for fane in faner}
            faner = [uten_celler(fane) for fane in faner]
        ut += faner
        funn += [lest.funn] if lest.funn else []
    return ut, uten, funn
