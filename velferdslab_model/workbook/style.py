"""The look of the workbook: colours and cell styles, each in one place."""

from __future__ import annotations

from typing import Any

from velferdslab_model.base.farger import GRAA, LYS, MOERK
from velferdslab_model.workbook.formats import SAMMENLIGNET, STREK, TALLFORMAT, TEKST, ulik

#: Every row without a height of its own: 19 pixels, so that 25 rows fit the first screen of a small laptop.
RADHOEYDE_PT, RADHOEYDE_PX = 14.25, 19
INNDATA_TEKST, INNDATA_FYLL = "#0000C0", "#FFF8D6"

_GRUNN: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
_INNDATA = {
    "font_color": INNDATA_TEKST,
    "bg_color": INNDATA_FYLL,
    "border": 1,
    "border_color": "#BFB98F",
    "locked": False,
}
#: From the worst to the best.
_TRINN = ("#F7D9C8", "#FBEBC9", "#D6E8F4", "#CFEBDD")
_RUTE = {"bottom": 1, "bottom_color": "#D0D7DC"}


def _stiler() -> dict[str, dict[str, Any]]:
    tall = {navn: {"num_format": form, "align": "right", "shrink": True} for navn, form in TALLFORMAT.items()}
    return {
        "tekst": {},
        "fet": {"bold": True},
        "tekst_bryt": {"text_wrap": True, "valign": "top"},
        "tittel": {"font_size": 16, "bold": True, "font_color": MOERK},
        "setning": {"font_size": 12, "bold": True, "font_color": MOERK},
        "dempet": {"font_color": GRAA, "italic": True},
        "dempet_bryt": {"font_color": GRAA, "italic": True, "text_wrap": True, "valign": "top"},
        "overskrift": {"font_size": 12, "bold": True, "font_color": "#FFFFFF", "bg_color": MOERK},
        "blokk": {"bold": True, "font_color": MOERK, "bg_color": LYS},
        "blokk_aar": {
            "bold": True,
            "font_color": MOERK,
            "bg_color": LYS,
            "align": "right",
            "num_format": TALLFORMAT["aar"],
        },
        "hode": {"bold": True, "bg_color": LYS, "text_wrap": True, "align": "center", "bottom": 1},
        "hode_v": {"bold": True, "bg_color": LYS, "text_wrap": True, "bottom": 1},
        "etikett": _RUTE,
        "etikett_fet": {**_RUTE, "bold": True},
        # A label whose neighbour is filled: rather smaller letters than a cut one.
        "etikett_trang": {**_RUTE, "shrink": True},
        "etikett_trang_fet": {**_RUTE, "bold": True, "shrink": True},
        "etikett_bryt": {**_RUTE, "text_wrap": True},
        "etikett_etter_tall": {**_RUTE, "indent": 1},
        "enhet_etter_tall": {**_RUTE, "font_color": GRAA, "indent": 1},
        "enhet": {**_RUTE, "font_color": GRAA, "shrink": True},
        # 1 000 milliarder is the limit of every amount; nobody needs to read it.
        "uten_grense": {**_RUTE, "align": "right", "num_format": STREK},
        "bryt": {**_RUTE, "text_wrap": True, "font_size": 9, "indent": 1},
        "status": {"align": "center", "bold": True},
        "lenke": {"font_color": "#0563C1", "underline": 1},
        "sammen": {**_RUTE, "align": "right", "shrink": True},
        **{navn: {**form, **_RUTE} for navn, form in tall.items()},
        "kr_fet": {**tall["kr"], **_RUTE, "bold": True},
        "tusen_fet": {**tall["tusen"], **_RUTE, "bold": True},
        "aar_fet": {**tall["aar"], **_RUTE, "bold": True},
        # Holds a year or «ikke innen analyseperioden», which must be readable in two columns.
        "tilbake": {**tall["aar"], **_RUTE, "font_size": 9},
        **{f"inn_{navn}": {**form, **_INNDATA} for navn, form in tall.items()},
        "inn_tekst": {**_INNDATA, "text_wrap": True, "num_format": TEKST},
        "inn_kilde": {**_INNDATA, "text_wrap": True, "num_format": TEKST, "font_size": 9, "indent": 1},
        # Excel takes a formula that is typed again in a cell for texts as a text.
        "inn_kilde_fulgt": {**_INNDATA, "text_wrap": True, "font_size": 9, "indent": 1},
        "inn_ord": {**_INNDATA, "align": "center"},
        # Steps from left to right, told apart in greyscale too.
        **{
            f"trinn_{i}": {"bold": True, "align": "center", "border": 1, "font_color": MOERK, "bg_color": farge}
            for i, farge in enumerate(_TRINN, start=1)
        },
        "tegnforklaring": {**_INNDATA, "align": "center", "locked": True},
        **_i_lister(),
        # Used by conditional formatting only: colour and a word, never colour alone.
        "cf_ok": {"font_color": "#00613F", "bg_color": "#D8F0E4"},
        "cf_feil": {"font_color": "#9C0006", "bg_color": "#FFD9D9"},
        "cf_merk": {"font_color": "#6B4A00", "bg_color": "#FFF1C9"},
        **{f"cf_trinn_{i}": {"bg_color": farge} for i, farge in enumerate(_TRINN, start=1)},
        "cf_gitt": {"bold": True, "bg_color": "#D6E8F4"},
        "cf_skjul": {"font_color": "#FFFFFF"},
        "cf_endret": {"bold": True},
        # A chance that would be shown as certain when it is not.
        "cf_nesten_null": {"num_format": '"under 0,1 %"'},
        "cf_nesten_sikkert": {"num_format": '"over 99,9 %"'},
        "cf_utenfor": {"font_color": GRAA, "italic": True},
    }


def _i_lister() -> dict[str, dict[str, Any]]:
    """«v_»: a value. «fri_»: unlocked, so that a protected list can be sorted. «ulik_»: differs from what it is held
    against, told by a sign and not by colour alone."""
    avvik = {"bold": True, "bg_color": INNDATA_FYLL}
    faste: dict[str, dict[str, Any]] = {
        "tekst": _RUTE,
        "innrykk": {**_RUTE, "indent": 1},
        "tekst_hoeyre": {**_RUTE, "align": "right", "font_color": GRAA},
        **{
            navn: {**_RUTE, "num_format": form, "align": "right"}
            for navn, form in {**SAMMENLIGNET, "endring": TALLFORMAT["endring"]}.items()
        },
    }
    return {
        **{f"v_{navn}": form for navn, form in faste.items()},
        **{f"fri_{navn}": {**form, "locked": False} for navn, form in faste.items()},
        **{
            f"ulik_{navn}": {**_RUTE, **avvik, "num_format": ulik(form), "align": "right"}
            for navn, form in SAMMENLIGNET.items()
        },
        "ulik_tom": {**_RUTE, **avvik, "align": "right"},
        "inn_valg": _INNDATA,
    }


def stiler() -> dict[str, dict[str, Any]]:
    """Every style by name, as XlsxWriter format properties. Cells are locked unless a style says otherwise."""
    return {
        navn: egenskaper if navn.startswith("cf_") else {**_GRUNN, **egenskaper}
        for navn, egenskaper in _stiler().items()
    }
