"""The memo: its numbers are the result's, its names stay text, and it replaces only what it wrote itself."""

from __future__ import annotations

import contextlib
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from markupsafe import escape

from velferdslab_model.base.tall import kr
from velferdslab_model.cli import cli
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata, VelferdslabError
from velferdslab_model.oekonomiplan import oekonomiplan
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.saksframlegg.content import PLASS_TIL_VEDTAK, Saksframlegg, sett_sammen
from velferdslab_model.saksframlegg.document import hindring, saksdokument
from velferdslab_model.saksframlegg.page import saksframleggsside
from velferdslab_model.uncertainty.analyse import analyser

FIENDTLIG = '=1+1 <script>alert("x")</script> & «Ås»'
NEGATIV = {
    "navn": FIENDTLIG,
    "unge_voksne": {
        "suksessrate": {"uholdbar": 0.2, "utsatt": 0.2, "stabil": 0.2},
        "utvidet": {"skjedd_uansett": 0.3, "erstatningsgrad": 0.5, "fast_aarskostnad": 900_000},
    },
    "familier": {"inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 0}},
    "ikke_prissatt": [{"virkning": "Konstruert nytte", "hvem": "Naboer", "betydning": "stor", "omfang": "", "begrunnelse": ""}],
}  # fmt: skip


def tekst(dokument: bytes) -> str:
    d = docx.Document(BytesIO(dokument))
    celler = (c.text for t in d.tables for rad in t.rows for c in rad.cells)
    return "\n".join([*(p.text for p in d.paragraphs), *celler])


@pytest.fixture(scope="module")
def asker() -> Saksframlegg:
    return sett_sammen(analyser(fra_toml({"navn": "Asker"}, "test", "Asker"), 200, 1))


@pytest.fixture(scope="module")
def negativ() -> Saksframlegg:
    return sett_sammen(analyser(fra_toml(NEGATIV, "test", "test"), 200, 1))


def test_hvert_tall_er_resultatets(asker: Saksframlegg) -> None:
    r, ord_, html = asker.resultat, tekst(saksdokument(asker)), saksframleggsside(asker)
    plan = oekonomiplan(r).samlet
    assert r.samlet is not None
    ventet = [
        g.sum[n] for g in r.grupper.values() for n in ("kostnad", "besparelse", "erstattede_tjenester", "helsegevinst")
    ]
    ventet += [
        k.sum[f"netto_{x}"] for k in (*r.grupper.values(), r.samlet) for x in ("budsjett", "samfunn", "kommune", "stat")
    ]
    ventet += [k.forsiktig.sum_netto[x] for k in r.grupper.values() for x in ("budsjett", "samfunn")]
    ventet += [v for v in plan.serier["netto_kommune_realiserbar"] if v is not None]
    assert len(ventet) > 25
    for verdi in ventet:
        assert kr(verdi) in ord_
        assert kr(verdi) in html
    assert all(g.svar in ord_ and g.hviler_paa in ord_ for g in r.grupper.values())


def test_et_negativt_svar_staar_som_det(negativ: Saksframlegg) -> None:
    ord_ = tekst(saksdokument(negativ))
    assert "Ikke tilbakebetalt" in ord_
    assert "Familie: det tas ikke inn noen." in ord_
    assert "Ikke prissatt: Konstruert nytte." in ord_
    assert PLASS_TIL_VEDTAK in ord_


def test_fiendtlige_navn_forblir_tekst(negativ: Saksframlegg) -> None:
    assert f"Saksframlegg: velferdslab i {FIENDTLIG}" in tekst(saksdokument(negativ))
    html = saksframleggsside(negativ)
    assert "<script>alert" not in html
    assert str(escape(FIENDTLIG)) in html


def test_samme_sak_gir_samme_bytes_og_bare_det_uroerte_erstattes(asker: Saksframlegg, tmp_path: Path) -> None:
    en = saksdokument(asker)
    assert en == saksdokument(asker)
    assert hindring(en) is None
    fil = tmp_path / "sak.docx"
    d = docx.Document(BytesIO(en))
    d.add_paragraph("Kommunens eget forslag")
    d.save(str(fil))
    assert hindring(fil.read_bytes()) == "er endret siden programmet skrev den"
    docx.Document().save(str(fil))
    assert hindring(fil.read_bytes()) == hindring(b"PK\x03\x04") == "er ikke laget av dette programmet"


def test_kommunens_mal_beholder_stil_topp_og_bunn_men_ikke_teksten(asker: Saksframlegg, tmp_path: Path) -> None:
    mal, m = tmp_path / "mal.docx", docx.Document()
    m.styles["Normal"].font.name = "Times New Roman"
    m.sections[0].header.paragraphs[0].text = "Bergen kommune"
    m.add_paragraph("Gammel tekst i malen")
    m.save(str(mal))
    svar = docx.Document(BytesIO(saksdokument(asker, mal)))
    assert svar.styles["Normal"].font.name == "Times New Roman"
    assert svar.sections[0].header.paragraphs[0].text == "Bergen kommune"
    assert "Gammel tekst" not in tekst(saksdokument(asker, mal))
    (tmp_path / "x.docx").write_bytes(b"ikke et dokument")
    with pytest.raises(KanIkkeLese, match="kan ikke brukes som mal"):
        saksdokument(asker, tmp_path / "x.docx")


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize(
    ("innhold", "sagt"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "en Word-mal (.dotx)"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "en Word-mal med makroer (.dotm)"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "et Word-dokument med makroer (.docm)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "et eldre eller passordbeskyttet Office-dokument"),
        (b"{\\rtf1", "et RTF-dokument"),
        (b"%PDF-1.7", "en PDF-fil"),
    ],
)
def test_en_mal_av_et_annet_slag_nevnes_med_slaget(tmp_path: Path, innhold: str | bytes, sagt: str) -> None:
    """Each as Word saves it: the same parts, with another name for the main one in the list of them."""
    hel, mal = BytesIO(), tmp_path / "mal.dotx"
    if isinstance(innhold, bytes):
        hel.write(innhold)
    else:
        vanlig = BytesIO()
        docx.Document().save(vanlig)
        with zipfile.ZipFile(vanlig) as fra, zipfile.ZipFile(hel, "w") as til:
            for navn in fra.namelist():
                ord_ = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                til.writestr(navn, fra.read(navn).replace(ord_.encode(), innhold.encode()))
    mal.write_bytes(hel.getvalue())
    svar = kjoer("--draws", "100", "-o", str(tmp_path / "sak.docx"), "--mal", str(mal))
    assert f"{mal} er {sagt}" in svar
    assert "Lagre som" in svar
    assert not (tmp_path / "sak.docx").exists()


@pytest.mark.parametrize("del_", ["word/styles.xml", "word/document.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("innhold", [b"", b"<x>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_en_mal_med_en_oedelagt_del_gir_en_melding(
    asker: Saksframlegg, tmp_path: Path, del_: str, innhold: bytes
) -> None:
    hel, mal = BytesIO(), tmp_path / "mal.docx"
    docx.Document().save(hel)
    with zipfile.ZipFile(hel) as fra, zipfile.ZipFile(mal, "w") as til:
        for navn in fra.namelist():
            til.writestr(navn, innhold if navn == del_ else fra.read(navn))
    with contextlib.suppress(KanIkkeLese):
        assert "Saksframlegg" in tekst(saksdokument(asker, mal))


def test_en_mal_uten_overskriftsstiler_kan_brukes(asker: Saksframlegg, tmp_path: Path) -> None:
    """As LibreOffice saves one."""
    mal, m = tmp_path / "mal.docx", docx.Document()
    for navn in ("Title", "Heading 1", "List Bullet", "Caption"):
        m.styles[navn].delete()
    m.save(str(mal))
    assert asker.tittel in tekst(saksdokument(asker, mal))


def test_trekninger_som_sier_noe_annet_enn_svaret_nevnes() -> None:
    f = fra_toml({"unge_voksne": {"utvidet": {"skjedd_uansett": 0.9}}}, "test", "Uansett")
    assert "OBS: netto, offentlige budsjetter" in tekst(saksdokument(sett_sammen(analyser(f, 500, 1))))


def test_uten_inntak_er_det_ingen_sak() -> None:
    ingen = {"inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 0}}
    with pytest.raises(UgyldigInndata, match="ingen sak å legge frem"):
        sett_sammen(analyser(fra_toml({"unge_voksne": ingen, "familier": ingen}, "test", "Ingen"), 100, 1))


def test_grupper_som_begynner_i_ulike_aar_sies_i_budsjettet() -> None:
    f = fra_toml({"familier": {"analysetidspunkt": 2035}}, "test", "Ulike")
    assert "Familie begynner i 2035 og er ikke med i tabellen." in tekst(saksdokument(sett_sammen(analyser(f, 100, 1))))


def kjoer(*argumenter: str) -> str:
    svar = CliRunner().invoke(cli, ["saksframlegg", *argumenter])
    if svar.exception is not None and not isinstance(svar.exception, SystemExit | VelferdslabError):
        raise svar.exception
    return f"{svar.output}{svar.exception or ''}"


def test_kommandoen_skriver_begge_og_taper_ingenting(tmp_path: Path) -> None:
    for navn in ("sak.docx", "sak.html"):
        fil = str(tmp_path / navn)
        assert "Skrev" in kjoer("--draws", "100", "-o", fil)
        assert "Skrev" in kjoer("--draws", "100", "-o", fil)
    (tmp_path / "sak.docx").write_bytes(b"noe annet")
    assert "ikke laget av dette programmet" in kjoer("--draws", "100", "-o", str(tmp_path / "sak.docx"))
    assert (tmp_path / "sak.docx").read_bytes() == b"noe annet"
    assert "slutter på .docx" in kjoer("-o", str(tmp_path / "sak.pdf"))
    assert "--mal gjelder Word" in kjoer("-o", str(tmp_path / "a.html"), "--mal", "m.docx")


def test_uten_tillegget_sies_hvordan_det_skaffes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda navn: None)
    assert 'pip install ".[rapport]" i programmets mappe' in kjoer("-o", str(tmp_path / "a.docx"))
