"""Lists on a planned sheet: a title, a header, figures by kind, a cell to choose in, a list that may be sorted."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.workbook.plan import Ark, Verdi

_TITTELHOEYDE = 24


def topp(ark: Ark, tittel: str, linjer: Sequence[str]) -> int:
    """The title and a few sentences below it; returns the next row."""
    ark.radhoeyder[0] = _TITTELHOEYDE
    ark.tekst(0, 0, tittel, "tittel")
    for rad, linje in enumerate(linjer, start=1):
        ark.tekst(rad, 0, linje, "dempet")
    return len(linjer) + 1


def hode(ark: Ark, rad: int, tekster: Sequence[str], hoeyde: float = 44, tekstkolonner: int = 2) -> None:
    """A row of headings; the first columns hold text."""
    ark.radhoeyder[rad] = hoeyde
    for kol, tekst in enumerate(tekster):
        ark.tekst(rad, kol, tekst, "hode_v" if kol < tekstkolonner else "hode")


def overskrift(ark: Ark, rad: int, tekst: str, siste_kolonne: int) -> None:
    """A heading in a band across the columns."""
    ark.tekst(rad, 0, tekst, "overskrift")
    for kol in range(1, siste_kolonne + 1):
        ark.tekst(rad, kol, "", "overskrift")


def tallet(ark: Ark, rad: int, kol: int, verdi: float | None, slag: str, foran: str = "v", mangler: str = "") -> None:
    """A figure of a kind, as the styles «v_», «fri_» and «ulik_» name them. mangler: said in place of a missing one."""
    if verdi is None and mangler:
        ark.tekst(rad, kol, mangler, f"{foran}_tekst_hoeyre")
    elif verdi is not None and slag in ("antall", "tall") and verdi == round(verdi):
        ark.fast(rad, kol, verdi, f"{foran}_helt")
    else:
        ark.fast(rad, kol, verdi, f"{foran}_{slag}")


def velg(ark: Ark, noekkel: str, rad: int, tekst: str, verdi: Verdi, valg: Sequence[str] | str) -> None:
    """A yellow cell to choose in, two columns wide. valg: the choices, or the formula of the cells that hold them."""
    ark.tekst(rad, 0, tekst, "etikett_fet")
    ark.verdi(noekkel, rad, 1, verdi, "inn_valg", til_kol=2)
    regel = {"validate": "list", "source": valg, "error_title": tekst, "error_message": "Velg fra listen."}
    ark.valideringer.append((rad, 1, rad, 1, regel))


def kan_ordnes(ark: Ark, foerste: int, siste: int, siste_kolonne: int) -> None:
    """Let a protected list be sorted: its cells are unlocked («fri_»), and typing into them is refused."""
    ark.kan_ordnes = True
    regel = {
        "validate": "custom",
        "value": "=FALSE",
        "error_title": "Beregnet av programmet",
        "error_message": "Tallene er beregnet av programmet. Endre scenariofilen og lag sammenligningen på nytt.",
    }
    ark.valideringer.append((foerste, 0, siste, siste_kolonne, regel))
