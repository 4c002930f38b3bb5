"""The tab «Utvikling»: the accumulated nets year by year, with a line for each municipality."""

from __future__ import annotations

from velferdslab_model.base.farger import LINJEFARGER
from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN, liten
from velferdslab_model.compare.kolonner import i_figuren, prisaarlinje
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.valg import Valg
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.charts import Linjer, Plass, Serie, rader_for
from velferdslab_model.workbook.plan import Ark

_BREDDE, _HOEYDE = 640, 330
_TEKSTKOLONNER = 4


def utviklingsark(ark: Ark, s: Sammenligning, _valgt: Valg) -> None:
    """Plan the tab."""
    utvalg = {g: i_figuren(s.medlemmer, g) for g in BRUKERGRUPPER}
    foerste = 1 + listing.topp(
        ark,
        "Utvikling: akkumulert netto år for år",
        [
            f"{prisaarlinje(s)}. År 1 er kommunens eget analysetidspunkt. Beløp er neddiskontert med den felles renten."
            if not s.som_oppgitt
            else f"{prisaarlinje(s)}. År 1 er kommunens eget analysetidspunkt.",
            next((tekst for _, tekst in utvalg.values() if tekst), ""),
        ],
    )
    aar = max(len(g.aar) for m in s.medlemmer for g in m.resultat.grupper.values())
    hode = foerste + 2 * rader_for(_HOEYDE)
    tekster = ["Kommune", "Gruppe", "Netto", "År 1 er", *(f"År {n}" for n in range(1, aar + 1))]
    listing.hode(ark, hode, tekster, 20, _TEKSTKOLONNER)
    steder = _liste(ark, s, hode, aar)
    for i, (gruppe, tittel) in enumerate(BRUKERGRUPPER.items()):
        for k, (netto, nettonavn) in enumerate(NETTONAVN.items()):
            rader = [steder[m.navn, gruppe, netto] for m in utvalg[gruppe][0]]
            if not rader:
                continue
            ark.figurer.append(
                Linjer(
                    ark=ark.navn,
                    plass=Plass(foerste + i * rader_for(_HOEYDE), k * (_BREDDE + 10), _BREDDE, _HOEYDE),
                    tittel=f"{tittel}: akkumulert {liten(nettonavn)}",
                    beskrivelse="En linje for hver kommune over årene i analysen.",
                    etiketter=(hode, _TEKSTKOLONNER, hode, _TEKSTKOLONNER + aar - 1),
                    x_akse="År i analysen",
                    y_akse="1 000 kr",
                    forklaring="right",
                    serier=[_linje(n, rad, aar) for n, rad in enumerate(rader)],
                )
            )
    siste, siste_kolonne = max(steder.values(), default=hode + 1), _TEKSTKOLONNER + aar - 1
    ark.kolonnebredder += [(0, 0, 26), (1, 1, 13), (2, 2, 26), (3, 3, 8), (_TEKSTKOLONNER, siste_kolonne, 14)]
    ark.sideskift.append(hode)
    ark.laas_ruter, ark.gjentatte_rader, ark.sider_bredt = (0, 1), (hode, hode), 1
    ark.siste_kolonne, ark.siste_utskriftsrad = siste_kolonne, siste


def _liste(ark: Ark, s: Sammenligning, hode: int, aar: int) -> dict[tuple[str, str, str], int]:
    """A row of years for each municipality, group and net; returns where each stands."""
    steder, rad = {}, hode
    for gruppe, tittel in BRUKERGRUPPER.items():
        for netto, nettonavn in NETTONAVN.items():
            for m in (m for m in s.medlemmer if m.rader[gruppe].deltakere):
                rad += 1
                g = m.resultat.grupper[gruppe]
                steder[m.navn, gruppe, netto] = rad
                for kol, tekst in enumerate((m.navn, tittel, nettonavn)):
                    ark.tekst(rad, kol, tekst, "v_tekst")
                ark.fast(rad, 3, g.foerste_aar, "v_aar")
                akkumulert = g.penger.akkumulert(netto.removeprefix("netto_")).tolist()
                for t in range(aar):
                    ark.fast(rad, _TEKSTKOLONNER + t, akkumulert[t] if t < len(akkumulert) else None, "v_kr")
    return steder


def _linje(nummer: int, rad: int, aar: int) -> Serie:
    """The line of a row of the list, dashed when the colours come again."""
    farge, stiplet = LINJEFARGER[nummer % len(LINJEFARGER)], nummer >= len(LINJEFARGER)
    return Serie((rad, 0), (rad, _TEKSTKOLONNER, rad, _TEKSTKOLONNER + aar - 1), farge, stiplet=stiplet)
