"""The memo as a Word document, in the styles of a template. Needs python-docx and matplotlib, the extra «rapport»."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.files import hvorfor, til_lesing
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import tall
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.figur8 import Figur8, figur8
from velferdslab_model.saksframlegg.template_kind import dokumentslag
from velferdslab_model.workbook.stamp import er_uroert, stemple

if TYPE_CHECKING:
    from velferdslab_model.saksframlegg.content import Del, Saksframlegg, Sakstabell

#: The document's identifier, by which it is known again.
MERKE, _EGENSKAPER = "velferdslab_saksframlegg", "docProps/core.xml"
_MAKS_MAL = 20_000_000
_BREDDE_CM, _FOERSTE_CM = 16.0, 5.0
#: Every document is written with this date, so that the same input gives the same bytes.
_ARKIVDATO = (1980, 1, 1, 0, 0, 0)


def saksdokument(s: Saksframlegg, mal: Path | None = None) -> bytes:
    """The document as bytes, the same for the same memo, template and day. mal: a .docx whose styles, margins, header and
    footer are used; its text is taken out. Raises KanIkkeLese when it cannot be read."""
    if mal is None:
        return _dokument(s, None)
    try:
        return _dokument(s, mal)
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile):
        # The library has no error of its own for a broken part; SyntaxError is that of the parser.
        raise KanIkkeLese(
            f"{mal} kan ikke brukes som mal: ventet et Word-dokument (.docx) med stiler og tekst. Åpne den i Word, velg Fil og "
            "Lagre som, og velg filtypen Word-dokument (.docx)."
        ) from None


def _dokument(s: Saksframlegg, mal: Path | None) -> bytes:
    dok = _tomt(mal)
    if mal is None:
        _trang(dok)
    _overskrift(dok, s.tittel, "Title")
    dok.add_paragraph(_ren(s.ingress))
    for del_ in s.deler:
        _skriv(dok, s, del_)
    dag = dagens_dato()
    e = dok.core_properties
    e.title, e.author, e.comments, e.language = _ren(s.tittel), "velferdslab", "", "nb-NO"
    e.created = e.modified = datetime(dag.year, dag.month, dag.day)  # a day has no zone
    e.identifier = MERKE
    return stemple(_med_en_dato(dok))


def _trang(dok: Any) -> None:
    """The program's own look: two pages of A4, where a template has its own."""
    from docx.shared import Cm, Pt  # noqa: PLC0415

    normal = dok.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for navn, foer in (("Title", 0), ("Heading 1", 8), ("List Bullet", 0), ("Caption", 4)):
        form = dok.styles[navn].paragraph_format
        form.space_before, form.space_after = Pt(foer), Pt(2)
    dok.styles["Title"].font.size = Pt(20)
    dok.styles["Caption"].paragraph_format.keep_with_next = True
    side = dok.sections[0]
    side.page_width, side.page_height = Cm(21), Cm(29.7)
    side.left_margin = side.right_margin = Cm(2)
    side.top_margin = side.bottom_margin = Cm(1.6)


def _tomt(mal: Path | None) -> Any:
    import docx  # noqa: PLC0415

    if mal is None:
        return docx.Document()
    try:
        with til_lesing(mal) as stroem:
            innhold = stroem.read(_MAKS_MAL + 1)
        if len(innhold) > _MAKS_MAL:
            raise KanIkkeLese(f"{mal} er større enn {_MAKS_MAL // 1_000_000} MB, ventet et Word-dokument (.docx).")
        if annet := dokumentslag(innhold):
            raise KanIkkeLese(
                f"{mal} er {annet}, ventet et Word-dokument (.docx). Åpne filen i Word, velg Fil og Lagre som, velg filtypen "
                "Word-dokument (.docx), og oppgi den nye filen."
            )
        dok = docx.Document(BytesIO(innhold))
    except OSError as feil:
        raise KanIkkeLese(f"{mal}: malen kan ikke leses ({hvorfor(feil)}).") from None
    kropp = dok.element.body
    for barn in list(kropp):
        if not barn.tag.endswith("sectPr"):
            kropp.remove(barn)
    return dok


def _skriv(dok: Any, s: Saksframlegg, del_: Del) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    _overskrift(dok, del_.tittel, "Heading 1")
    for tekst in del_.avsnitt:
        dok.add_paragraph(_ren(tekst))
    for tekst in del_.punkter:
        dok.add_paragraph(_ren(tekst), style=_stil(dok, "List Bullet"))
    if del_.tabell is not None:
        _tabell(dok, del_.tabell)
    for navn in del_.figurer:
        f = figur8(BRUKERGRUPPER[navn], s.resultat.grupper[navn])
        dok.add_paragraph(_ren(f.tittel), style=_stil(dok, "Caption"))
        dok.add_picture(BytesIO(_tegnet(f)), width=Cm(_BREDDE_CM))
        bilde = dok.inline_shapes[-1]._inline.docPr  # the library has no other way to say what a picture shows
        bilde.set("descr", _ren(f.beskrivelse))


def _overskrift(dok: Any, tekst: str, stil: str) -> None:
    """A heading; bold where the template has no such style."""
    loep = dok.add_paragraph(style=_stil(dok, stil)).add_run(_ren(tekst))
    loep.bold = None if _stil(dok, stil) else True


def _stil(dok: Any, navn: str) -> str | None:
    """A style, where the template has it."""
    return navn if navn in {en.name for en in dok.styles} else None


def _tabell(dok: Any, t: Sakstabell) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    dok.add_paragraph(_ren(t.tittel), style=_stil(dok, "Caption"))
    tabell = dok.add_table(
        rows=0, cols=len(t.hode), style=_stil(dok, "Light Grid Accent 1") or _stil(dok, "Table Grid")
    )
    for nummer, rad in enumerate((t.hode, *t.rader)):
        celler = tabell.add_row().cells
        for k, tekst in enumerate(rad):
            avsnitt = celler[k].paragraphs[0]
            loep = avsnitt.add_run(_ren(tekst))
            loep.font.size = Pt(9)
            loep.bold = nummer == 0
            avsnitt.paragraph_format.space_after = Pt(0)
            if k:
                avsnitt.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Repeated on the next page, where a table goes on there.
    foerste = tabell.rows[0]._tr.get_or_add_trPr()  # no other way to say it
    foerste.append(foerste.makeelement(f"{{{foerste.nsmap['w']}}}tblHeader", {}))
    for rad_ in tabell.rows:
        for k, celle in enumerate(rad_.cells):
            celle.width = Cm(_FOERSTE_CM if not k else (_BREDDE_CM - _FOERSTE_CM) / (len(t.hode) - 1))
    dok.add_paragraph()


def _tegnet(f: Figur8) -> bytes:
    """Figure 8 as a picture."""
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415

    figur = Figure(figsize=(7.2, 1.95), dpi=160, layout="constrained")
    akse = figur.subplots()
    bredde = 0.4
    for k, ((navn, verdier, farge), monster) in enumerate(zip(f.soeyler, ("", "///"), strict=True)):
        x = [i + (k - 0.5) * bredde for i in range(len(f.aar))]
        tusen = [v / 1000 for v in verdier]
        akse.bar(
            x,
            tusen,
            bredde,
            label=navn,
            color=FARGER[farge],
            edgecolor="#303A40",
            linewidth=0.4,
            hatch=monster,
        )
    akse.plot(
        range(len(f.aar)),
        [v / 1000 for v in f.linje[1]],
        color=FARGER["akkumulert"],
        marker="s",
        markersize=3,
        label=f.linje[0],
    )
    akse.axhline(0, color="#404040", linewidth=0.8)
    akse.set_xticks(range(len(f.aar)), [str(a) for a in f.aar])
    akse.yaxis.set_major_formatter(FuncFormatter(lambda v, _: tall(v)))
    akse.set_ylabel("1 000 kr")
    akse.spines[["top", "right"]].set_visible(False)
    akse.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, frameon=False, fontsize=8)
    akse.tick_params(labelsize=8)
    ut = BytesIO()
    figur.savefig(ut, format="png", metadata={"Software": None})
    return ut.getvalue()


def _ren(tekst: str) -> str:
    """What XML can hold: control characters become spaces."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", tekst)


def _med_en_dato(dok: Any) -> bytes:
    """The archive with one date on all its parts."""
    raa, ut = BytesIO(), BytesIO()
    dok.save(raa)
    with zipfile.ZipFile(raa) as fra, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as til:
        for del_ in sorted(fra.namelist()):
            til.writestr(zipfile.ZipInfo(del_, _ARKIVDATO), fra.read(del_), zipfile.ZIP_DEFLATED)
    return ut.getvalue()


def hindring(innhold: bytes) -> str | None:
    """Why these bytes must not be replaced by a memo, as the end of a sentence; None when they may."""
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            stor = arkiv.getinfo(_EGENSKAPER).file_size > _MAKS_MAL
            vaar = not stor and MERKE.encode() in arkiv.read(_EGENSKAPER)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError):
        vaar = False
    if not vaar:
        return "er ikke laget av dette programmet"
    return None if er_uroert(innhold) else "er endret siden programmet skrev den"
