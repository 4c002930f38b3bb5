"""The terms and the profile: every cell that a user may change, with what is legal, status and source."""

from __future__ import annotations

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.model.diskontering import TOLERANSE_KR
from velferdslab_model.utenfor.account import SLINGRING, Utenforregnskap
from velferdslab_model.utenfor.inputs import VILKAARSREGISTER, postnavn, vilkaarsfelt
from velferdslab_model.utenfor.terms import FORTEGN, FORVALTNINGSNIVAAER, GRUPPENE, PROFILBELOEP, SLAGENE
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter
from velferdslab_model.workbook.inputs import Kolonner, register, tekstregel, validering
from velferdslab_model.workbook.page import sideskift_ved_blokker
from velferdslab_model.workbook.plan import Akse, Ark
from velferdslab_model.workbook.rows import ENHET, RADER_PER_SIDE, Radskriver, bredder
from velferdslab_model.workbook.rules import antall_lovlige

UTENFORVILKAAR, PROFIL = "Vilkår", "Profil"
#: Texts of an account: key, label, help.
UTENFORTEKSTER = (
    ("navn", "Navn", "Vises i titlene."),
    ("maalgruppe", "Målgruppe", "Hvem tiltaket gjelder."),
    ("sammenligning", "Sammenligningsgruppe", "Hvem den som nås, antas å bli lik."),
)
_K = Kolonner(tekst=0, enhet=1, verdi=2, minst=3, mest=4, status=5, kontrolltall=6, kilde=7)
_BREDDER = (34, 12, 17, 11, 14, 12, 12, 70)
_TEGN = 78
_KILDEBREDDE = 10
_ALDRE_PER_SIDE = 14
#: Between the suksessfaktorer a figure shows.
SUKSESS_STEG = 0.1
_EGNE = (
    Konstant("toleranse_kr", "Mindre enn dette er ingenting", "kr", TOLERANSE_KR, "desimal"),
    Konstant("slingring", "Avrunding av et helt antall", "andel", SLINGRING, "desimal"),
    Konstant("suksess_steg", "Steg mellom suksessfaktorene i figuren", "andel", SUKSESS_STEG, "desimal"),
    Konstant("minus", "Fortegn for skatt og arbeid: mer er bedre", "tall", -1.0, "desimal"),
)


def utenforvilkaarsark(ark: Ark, r: Utenforregnskap) -> None:
    """Plan the tab of the terms."""
    v = r.vilkaar
    ark.kolonnebredder += [(kol, kol, bredde) for kol, bredde in enumerate(_BREDDER)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = 7, 60, (2, 0), 1
    ark.formel(0, 0, '="Vilkår: "&TRIM({navn})', f"Vilkår: {v.navn}", "tittel")
    ark.tekst(1, 0, "De gule cellene kan endres. Alle andre tall i boken følger dem.", "dempet")
    for i, (noekkel, tekst, hjelp) in enumerate(UTENFORTEKSTER):
        rad = 3 + i
        ark.tekst(rad, 0, tekst, "etikett")
        ark.verdi(noekkel, rad, 2, getattr(v, noekkel), "inn_tekst", navn=noekkel, til_kol=7)
        ark.valideringer.append((rad, 2, rad, 2, tekstregel(tekst, MAKS_NAVN, hjelp, 1)))
    rad = 3 + len(UTENFORTEKSTER)
    ark.tekst(rad, 0, "Konstruert profil", "etikett")
    ark.verdi("konstruert", rad, 2, "ja" if v.konstruert else "nei", "tekst", navn="konstruert")
    rad = register(ark, rad + 2, _K, VILKAARSREGISTER, vilkaarsfelt(v), tegn_i_kilde=_TEGN)
    ark.tekst(rad + 1, 0, "Faste verdier (låst)", "overskrift", 7)
    rad = plasser_konstanter(ark, rad + 2, (*FASTE.values(), *_EGNE))
    ark.tekst(rad, 0, "Første alder i profilen", "etikett")
    ark.tekst(rad, 1, "år", "enhet")
    ark.verdi("fra_alder", rad, 2, float(v.fra_alder), "heltall", navn="fra_alder")


def profilark(ark: Ark, r: Utenforregnskap, akse: Akse) -> list[str]:
    """Plan the tab of the profile: two rows of cells for each post. Returns the keys of the rows' numbers of faults."""
    v = r.vilkaar
    ark.kolonnebredder += [*bredder(akse, 9.5), (ENHET, ENHET, 14.0)]
    ark.siste_kolonne, ark.laas_ruter, ark.gjentatte_kolonner = akse.siste_kolonne, (3, 3), (0, 2)
    ark.sider_bredt = sider_bredt(akse)
    ark.formel(0, 0, '="Profil: "&TRIM({navn})', f"Profil: {v.navn}", "tittel")
    merke = " Konstruerte tall." if v.konstruert else ""
    ark.tekst(1, 0, f"Kroner per person ved hver alder. De gule cellene kan endres.{merke}", "dempet")
    rs = Radskriver(ark, 1, akse, "={alder}")
    feil = []
    for i, post in enumerate(v.poster, start=1):
        rs.blokk(f"Post {i}", v.aldre, "Feil")
        _postord(rs, i, post.navn, FORVALTNINGSNIVAAER.get(post.nivaa, "ingen"), SLAGENE[post.slag])
        for gruppe, navn in GRUPPENE.items():
            noekkel = postnavn(i, gruppe)
            verdier = tuple(getattr(post, gruppe).tolist())
            ark.tekst(rs.rad, 0, navn, "etikett")
            ark.tekst(rs.rad, 1, "kr", "enhet")
            for kol, verdi in zip(akse.kolonner, verdier, strict=True):
                ark.fast(rs.rad, kol, verdi, "inn_kr")
            ark.registrer(noekkel, rs.rad, akse.foerste_kolonne, verdier, akse.antall, navn=noekkel, akse=akse)
            ark.valideringer.append(
                (rs.rad, akse.foerste_kolonne, rs.rad, akse.siste_kolonne, validering(PROFILBELOEP))
            )
            lovlige = antall_lovlige(f"{{{noekkel}:}}")
            ark.formel(rs.rad, 2, f"=COUNT({{alder:}})-({lovlige})", 0, "heltall", f"{noekkel}_feil")
            feil.append(f"{noekkel}_feil")
            rs.rad += 1
        kilde = postnavn(i, "kilde")
        ark.tekst(rs.rad, 0, "Kilde", "etikett")
        fra = akse.foerste_kolonne
        til = min(akse.siste_kolonne, fra + _KILDEBREDDE)
        ark.verdi(kilde, rs.rad, fra, post.kilde, "inn_kilde", navn=kilde, til_kol=til)
        ark.valideringer.append(
            (rs.rad, fra, rs.rad, fra, tekstregel("Kilde", MAKS_TEKST, "Hvor beløpene kommer fra."))
        )
        rs.rad += 1
    sideskift_ved_blokker(ark, RADER_PER_SIDE)
    return feil


def _postord(rs: Radskriver, i: int, *ordene: str) -> None:
    """What a post is, in locked cells that reading finds by name."""
    fra, siste = rs.akse.foerste_kolonne, rs.akse.siste_kolonne
    plasser = ((0, None, "etikett_fet"), (1, None, "enhet"), (fra, min(siste, fra + 2), "enhet"))
    for del_, ordet, (kol, til_kol, stil) in zip(("navn", "nivaa", "slag"), ordene, plasser, strict=True):
        noekkel = postnavn(i, del_)
        rs.ark.verdi(noekkel, rs.rad, kol, ordet, stil, navn=noekkel, til_kol=til_kol)
    rs.rad += 1


def sider_bredt(akse: Akse) -> int:
    """Pages beside each other on which the ages can be read."""
    return -(-akse.antall // _ALDRE_PER_SIDE)


def fortegnsmal(slag: str) -> str:
    """The sign of a post in a template, empty when more cost is what is saved."""
    return "{minus}*" if FORTEGN[slag] < 0 else ""
