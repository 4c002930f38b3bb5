"""Several municipalities side by side."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from velferdslab_model.app.answers import avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import les_prisaaret
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import har_kilde
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.compare.kolonner import merknader, om_referansen, prisaarlinje
from velferdslab_model.compare.report.svar_section import svardel
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
from velferdslab_model.compare.writing import sammenligningsbok
from velferdslab_model.page.table import tabell, tallcelle, tekstcelle
from velferdslab_model.register import registerposter
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER
from velferdslab_model.workbook.stamp import stemple_side

_SAMME_KOMMUNE = (
    "{} har samme navn. Sannsynlighetene regner dem som ulike kommuner, med hver sine rater. Er det samme kommune før og etter, "
    "er forskjellen det beløpet som står, uten den usikkerheten."
)
_OPPHAV = ("Tall i alt", "Antakelser (uten publisert kilde)", "Egne (endret, eller med egen kilde)")


def regn_sammenligning(ordre: Arbeidsordre) -> Saksvar:
    """The answer of the comparison, its page and its workbook."""
    valgte = [Path(sti) for id_, (sti, _) in ordre.scenarier.items() if ordre.felt.get(f"med.{id_}")]
    kalles = {Path(sti): kalt for sti, kalt in ordre.scenarier.values()}

    like: list[str] = []

    def skill(fil: Path, navn: str) -> str:
        like.append(kalles.get(fil, f"{navn}, {fil.name}"))
        return like[-1]

    s = sammenlign(
        [*valgte, *ordre.alle("filer")],
        referanse=ordre.felt.get("referanse", "").strip() or None,
        prisaar=les_prisaaret(ordre),
        trekninger=STANDARD_TREKNINGER,
        froe=STANDARD_FROE,
        lesefremdrift=lambda ferdig, alle: ordre.fremdrift(f"Leser: {ferdig} av {alle}"),
        fremdrift=lambda ferdig, alle: ordre.fremdrift(f"Trekker: {ferdig} av {alle}"),
        skill=skill,
    )
    bok, side = ordre.ny("sammenligning.xlsx"), ordre.ny("sammenligning.html")
    bok.write_bytes(sammenligningsbok(s, dagens_dato()))
    side.write_bytes(stemple_side(rapport(s).encode()))
    tekster = [f"{prisaarlinje(s)}. {om_referansen(s)}.", *merknader(s), *s.varsler]
    if like:
        tekster.insert(1, _SAMME_KOMMUNE.format(oppramset([f"«{navn}»" for navn in sorted(like)])))
    html = avsnittene(dict.fromkeys(tekster)) + svardel(s) + _om_antakelser(s)
    filer = [
        Nedlasting(str(side), side.name, "Åpne hele rapporten", vises=True),
        Nedlasting(str(side), side.name, "Last ned rapporten"),
        Nedlasting(str(bok), bok.name, "Last ned arbeidsboken"),
    ]
    return Saksvar(str(html), f"Sammenligning av {len(s.medlemmer)} kommuner er klar.", filer)


def _om_antakelser(s: Sammenligning) -> Markup:
    rader = []
    for m in s.medlemmer:
        poster = registerposter(m.kommune.forutsetninger)
        antatt = sum(not har_kilde(post.kilde) for post in poster)
        egne = sum(post.egen for post in poster)
        rader.append([tekstcelle(m.navn), *(tallcelle(float(en), "antall") for en in (len(poster), antatt, egne))])
    return tabell("Hvor mange tall som er antakelser", ["Kommune", *_OPPHAV], rader) + avsnittene(
        [
            "Hvilke det er, står med kilde i hver kommunes arbeidsbok. De som er ulike, står i rapporten under «Forutsetninger»."
        ]
    )
