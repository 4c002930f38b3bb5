"""The tab «Forutsetninger»: what each municipality assumes, side by side, and every deviation with its source."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.compare.faktorer import FAKTORER
from velferdslab_model.compare.kolonner import avvik, prisaarlinje, sammenligningsgrunnlag
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.valg import Valg
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.plan import Ark

#: Columns that the source at the end of a line may run over.
_KILDEBREDDE = 2
_SLAG = {"beloep": "kr", "andel": "andel", "aarstall": "aar"}
_AVVIKSHODE = ("Kommune", "Forutsetning", "Enhet", "Gruppe", "Grunnlaget", "Kommunen", "Faktor", "Kilde")
#: Columns of labels before the municipalities' own.
_TEKSTKOLONNER = 3
#: With more columns than this a page each way is unreadable: they run over several pages, labels repeated.
_PAA_EN_BREDDE = 15


def forutsetningsark(ark: Ark, s: Sammenligning, _valgt: Valg) -> None:
    """Plan the tab."""
    navn, grunnlag = sammenligningsgrunnlag(s)
    hode = 1 + listing.topp(
        ark,
        "Forutsetninger side om side",
        [
            f"{prisaarlinje(s)}. Avvik fra {navn} er merket med ≠ og gul bunn.",
            "Under tabellen står hvert avvik med kilde, også for tiltakenes volum og for egne tiltak.",
        ],
    )
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    listing.hode(ark, hode, ["Gruppe", "Forutsetning", "Enhet", navn, *(m.navn for m in andre)], 44, _TEKSTKOLONNER)
    rad = hode + 1
    alle = [grunnlag, *(m.kommune.forutsetninger for m in andre)]
    for gruppe, tittel in BRUKERGRUPPER.items():
        for felt in FELT.values():
            verdier: list[float | None] = [f.grupper[gruppe].verdi(felt.noekkel) for f in alle]
            _rad(ark, rad, (tittel, felt.tekst, felt.enhet), verdier, felt)
            rad += 1
        for t in grunnlag.grupper[gruppe].tiltak:
            felt = TILTAKSFELT["enhetskostnad"]
            _rad(ark, rad, (tittel, f"{t.navn}: enhetskostnad", felt.enhet), _priser(alle, gruppe, t.navn), felt)
            rad += 1
    rad += 1
    siste_kolonne = max(_TEKSTKOLONNER + len(andre), len(_AVVIKSHODE) + _KILDEBREDDE)
    antall = _avviksliste(ark, s, rad)
    ark.kolonnebredder += [(0, 0, 24), (1, 1, 38), (2, 2, 26), (3, siste_kolonne, 19)]
    ark.filter = (rad + 1, 0, rad + 1 + antall, len(_AVVIKSHODE) - 1) if antall else None
    ark.sideskift.append(rad)
    ark.laas_ruter, ark.gjentatte_rader, ark.siste_kolonne = (hode + 1, _TEKSTKOLONNER), None, siste_kolonne
    if siste_kolonne > _PAA_EN_BREDDE:
        ark.gjentatte_kolonner = (0, _TEKSTKOLONNER - 1)
    else:
        ark.sider_bredt = 1


def _priser(alle: Sequence[Forutsetninger], gruppe: str, navn: str) -> list[float | None]:
    ut = []
    for f in alle:
        like = (t for t in f.grupper[gruppe].tiltak if sammenligningsnavn(t.navn) == sammenligningsnavn(navn))
        ut.append(next((t.enhetskostnad for t in like), None))
    return ut


def _rad(ark: Ark, rad: int, tekster: tuple[str, str, str], verdier: Sequence[float | None], felt: Felt) -> None:
    for kol, tekst in enumerate(tekster):
        ark.tekst(rad, kol, tekst, "etikett" if kol < 2 else "enhet")
    slag, fra = _SLAG.get(felt.slag, "tall"), verdier[0]
    for kol, verdi in enumerate(verdier, start=_TEKSTKOLONNER):
        if verdi is None:
            ark.tekst(rad, kol, "≠ finnes ikke", "ulik_tom")
        else:
            ulik = fra is None or abs(verdi - fra) > 1e-12 * max(abs(verdi), abs(fra))
            listing.tallet(ark, rad, kol, verdi, slag, "ulik" if ulik else "v")


def _slag(verdi: float, enhet: str) -> str:
    """How a value is shown: large amounts in whole kroner."""
    if enhet.startswith("kr") and abs(verdi) >= 1000:
        return "kr"
    return {"andel": "andel", "årstall": "aar"}.get(enhet, "tall")


def _avviksliste(ark: Ark, s: Sammenligning, rad: int) -> int:
    """Every deviation from the basis as a line; returns how many."""
    navn, grunnlag = sammenligningsgrunnlag(s)
    listing.overskrift(ark, rad, f"Hvert avvik fra {navn}, med kilde", len(_AVVIKSHODE) - 1)
    for kol, tekst in enumerate(_AVVIKSHODE):
        ark.tekst(rad + 1, kol, tekst, "hode_v")
    alle = [a for m in s.medlemmer if m is not s.referansemedlem for a in avvik(grunnlag, m)]
    for her, a in enumerate(alle, start=rad + 2):
        e = a.endring
        for kol, tekst in enumerate((a.kommune, e.tekst, e.enhet, BRUKERGRUPPER[e.gruppe])):
            ark.tekst(her, kol, tekst, "fri_tekst")
        for kol, verdi in ((4, e.gammel), (5, e.ny)):
            if isinstance(verdi, int | float):
                listing.tallet(ark, her, kol, verdi, _slag(verdi, e.enhet), "fri")
            else:
                ark.tekst(her, kol, verdi or "finnes ikke", "fri_tekst_hoeyre")
        ark.tekst(her, 6, FAKTORER[a.faktor], "fri_innrykk")
        ark.tekst(her, 7, e.kilde, "fri_innrykk")
    if alle:
        listing.kan_ordnes(ark, rad + 2, rad + 1 + len(alle), len(_AVVIKSHODE) - 1)
    else:
        ark.tekst(rad + 2, 0, "Ingen.", "v_tekst")
    return len(alle)
