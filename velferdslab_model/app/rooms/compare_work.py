"""Several municipalities side by side."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from velferdslab_model.app.answers import avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import les_prisaaret
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.compare.kolonner import merknader, om_referansen, prisaarlinje
from velferdslab_model.compare.report.svar_section import svardel
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import sammenlign
from velferdslab_model.compare.writing import sammenligningsbok
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER
from velferdslab_model.workbook.stamp import stemple_side


def regn_sammenligning(ordre: Arbeidsordre) -> Saksvar:
    """The answer of the comparison, its page and its workbook."""
    valgte = [Path(sti) for id_, (sti, _) in ordre.scenarier.items() if ordre.felt.get(f"med.{id_}")]
    s = sammenlign(
        [*valgte, *ordre.alle("filer")],
        referanse=ordre.felt.get("referanse", "").strip() or None,
        prisaar=les_prisaaret(ordre),
        trekninger=STANDARD_TREKNINGER,
        froe=STANDARD_FROE,
        lesefremdrift=lambda ferdig, alle: ordre.fremdrift(f"Leser: {ferdig} av {alle}"),
        fremdrift=lambda ferdig, alle: ordre.fremdrift(f"Trekker: {ferdig} av {alle}"),
    )
    bok, side = ordre.ny("sammenligning.xlsx"), ordre.ny("sammenligning.html")
    bok.write_bytes(sammenligningsbok(s, dagens_dato()))
    side.write_bytes(stemple_side(rapport(s).encode()))
    referansen = om_referansen(s).replace("velg en annen med --reference", "velg en annen i feltet Referanse")
    tekster = [f"{prisaarlinje(s)}. {referansen}.", *merknader(s), *s.varsler]
    html = avsnittene(dict.fromkeys(tekster)) + svardel(s) + _om_antakelser()
    filer = [
        Nedlasting(str(side), side.name, "Åpne hele rapporten", vises=True),
        Nedlasting(str(side), side.name, "Last ned rapporten"),
        Nedlasting(str(bok), bok.name, "Last ned arbeidsboken"),
    ]
    return Saksvar(str(html), f"Sammenligning av {len(s.medlemmer)} kommuner er klar.", filer)


def _om_antakelser() -> Markup:
    return avsnittene(
        [
            "Hvilke tall som er antakelser i hver kommune, og hva av forskjellen som skyldes dem, står i rapporten under «Forutsetninger»."
        ]
    )
