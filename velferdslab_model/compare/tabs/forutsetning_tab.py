"""The tab «Forutsetninger»: what each municipality assumes, side by side, and every deviation with its source."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.compare.faktorer import FAKTORER
from velferdslab_model.compare.kolonner import avvik, prisaartekst, sammenligningsgrunnlag
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT
from velferdslab_model.parameters.typer import BRUKERGRUPPER, Forutsetninger

#: Columns that the source at the end of a line may run over.
_KILDEBREDDE = 2
_SLAG = {"beloep": "kr", "andel": "andel", "aarstall": "aar"}
_AVVIKSHODE = ("Kommune", "Forutsetning", "Enhet", "Gruppe", "Grunnlaget", "Kommunen", "Faktor", "Kilde")


def forutsetningsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    navn, grunnlag = sammenligningsgrunnlag(s)
    side.topp(
        "Forutsetninger side om side",
        [
            f"{prisaartekst(s).partition(',')[0]}. Avvik fra {navn} er merket med ≠ og gul bunn.",
            "Under tabellen står hvert avvik med kilde, også for tiltakenes volum og for egne tiltak.",
        ],
    )
    hode = side.rad + 1
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    side.hode(hode, ["Gruppe", "Forutsetning", "Enhet", navn, *(m.navn for m in andre)], hoeyde=44, tekstkolonner=3)
    rad = hode + 1
    alle = [grunnlag, *(m.kommune.forutsetninger for m in andre)]
    for gruppe, tittel in BRUKERGRUPPER.items():
        for felt in FELT.values():
            verdier: list[float | None] = [f.grupper[gruppe].verdi(felt.noekkel) for f in alle]
            _rad(side, rad, (tittel, felt.tekst, felt.enhet), verdier, felt)
            rad += 1
        for t in grunnlag.grupper[gruppe].tiltak:
            felt = TILTAKSFELT["enhetskostnad"]
            _rad(side, rad, (tittel, f"{t.navn}: enhetskostnad", felt.enhet), _priser(alle, gruppe, t.navn), felt)
            rad += 1
    siste_kolonne = max(side.bredde, len(_AVVIKSHODE) + _KILDEBREDDE)
    side.bredde = siste_kolonne
    rad = side.rad + 1
    antall = _avviksliste(side, s, rad)
    side.ark.set_column(0, 0, 24)
    side.ark.set_column(1, 1, 38)
    side.ark.set_column(2, 2, 26)
    side.ark.set_column(3, siste_kolonne, 19)
    filter_ = (rad + 1, 0, rad + 1 + antall, len(_AVVIKSHODE) - 1) if antall else None
    side.ark.set_h_pagebreaks([rad])
    side.ferdig(None, (hode + 1, 3), filter_)
    # With many municipalities a page each way is unreadable: columns run over several pages, labels repeated.
    if siste_kolonne > 15:
        side.ark.fit_to_pages(0, 0)
        side.ark.set_print_scale(60)
        side.ark.repeat_columns(0, 2)


def _priser(alle: Sequence[Forutsetninger], gruppe: str, navn: str) -> list[float | None]:
    ut = []
    for f in alle:
        like = (t for t in f.grupper[gruppe].tiltak if sammenligningsnavn(t.navn) == sammenligningsnavn(navn))
        ut.append(next((t.enhetskostnad for t in like), None))
    return ut


def _rad(side: Side, rad: int, tekster: tuple[str, str, str], verdier: Sequence[float | None], felt: Felt) -> None:
    for kol, tekst in enumerate(tekster):
        side.skriv(rad, kol, tekst, "etikett" if kol < 2 else "enhet")
    slag = _SLAG.get(felt.slag, "tall")
    for kol, verdi in enumerate(verdier, start=3):
        if verdi is None:
            side.skriv(rad, kol, "≠ finnes ikke", "ulik_tom")
        else:
            fra = verdier[0]
            ulik = fra is None or abs(verdi - fra) > 1e-12 * max(abs(verdi), abs(fra))
            side.skriv(rad, kol, verdi, f"{'ulik' if ulik else 'v'}_{slag}")


def _slag(verdi: float, enhet: str) -> str:
    """How a value is shown: large amounts in whole kroner."""
    if enhet.startswith("kr") and abs(verdi) >= 1000:
        return "kr"
    return {"andel": "andel", "årstall": "aar"}.get(enhet, "tall")


def _avviksliste(side: Side, s: Sammenligning, rad: int) -> int:
    """Every deviation from the basis as a line; returns how many."""
    navn, grunnlag = sammenligningsgrunnlag(s)
    side.skriv(rad, 0, f"Hvert avvik fra {navn}, med kilde", "overskrift")
    for kol in range(1, len(_AVVIKSHODE)):
        side.skriv(rad, kol, "", "overskrift")
    for kol, tekst in enumerate(_AVVIKSHODE):
        side.skriv(rad + 1, kol, tekst, "hode_v")
    antall = 0
    for m in s.medlemmer:
        if m is s.referansemedlem:
            continue
        for a in avvik(grunnlag, m):
            e, antall = a.endring, antall + 1
            for kol, tekst in enumerate((a.kommune, e.tekst, e.enhet, BRUKERGRUPPER[e.gruppe])):
                side.skriv(rad + 1 + antall, kol, tekst, "v_tekst")
            for kol, verdi in ((4, e.gammel), (5, e.ny)):
                if isinstance(verdi, int | float):
                    side.skriv(rad + 1 + antall, kol, verdi, f"v_{_slag(verdi, e.enhet)}")
                else:
                    side.skriv(rad + 1 + antall, kol, verdi or "finnes ikke", "v_tekst_hoeyre")
            side.skriv(rad + 1 + antall, 6, FAKTORER[a.faktor], "v_innrykk")
            side.skriv(rad + 1 + antall, 7, e.kilde, "v_innrykk")
    if not antall:
        side.skriv(rad + 2, 0, "Ingen.", "v_tekst")
    return antall
