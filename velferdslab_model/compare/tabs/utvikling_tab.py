"""The tab «Utvikling»: the accumulated nets year by year, with a line for each municipality."""

from __future__ import annotations

from velferdslab_model.base.farger import LINJEFARGER
from velferdslab_model.compare.kolonner import NETTONAVN, i_figuren, prisaartekst
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side, rader_for
from velferdslab_model.parameters.typer import BRUKERGRUPPER

_BREDDE, _HOEYDE = 640, 330
_TEKSTKOLONNER = 4


def utviklingsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    utvalg = {g: i_figuren(s.medlemmer, g) for g in BRUKERGRUPPER}
    side.topp(
        "Utvikling: akkumulert netto år for år",
        [
            f"{prisaartekst(s)}. År 1 er kommunens eget analysetidspunkt. Beløp er neddiskontert med den felles renten."
            if not s.som_oppgitt
            else f"{prisaartekst(s)}. År 1 er kommunens eget analysetidspunkt.",
            next((tekst for _, tekst in utvalg.values() if tekst), ""),
        ],
    )
    foerste = side.rad + 1
    rad = foerste + 2 * rader_for(_HOEYDE)
    aar = max(len(g.aar) for m in s.medlemmer for g in m.resultat.grupper.values())
    hode = rad
    side.hode(
        hode, ["Kommune", "Gruppe", "Netto", "År 1 er", *(f"År {n}" for n in range(1, aar + 1))], 20, _TEKSTKOLONNER
    )
    steder: dict[tuple[str, str, str], int] = {}
    for gruppe, tittel in BRUKERGRUPPER.items():
        for netto, nettonavn in NETTONAVN.items():
            for m in s.medlemmer:
                rad += 1
                g = m.resultat.grupper[gruppe]
                steder[m.navn, gruppe, netto] = rad
                for kol, tekst in enumerate((m.navn, tittel, nettonavn)):
                    side.skriv(rad, kol, tekst, "v_tekst")
                side.skriv(rad, 3, g.foerste_aar, "v_aar")
                akkumulert = g.penger.akkumulert(netto.removeprefix("netto_")).tolist()
                for kol in range(aar):
                    side.skriv(rad, 4 + kol, akkumulert[kol] if kol < len(akkumulert) else None, "v_kr")
    for i, (gruppe, tittel) in enumerate(BRUKERGRUPPER.items()):
        for k, (netto, nettonavn) in enumerate(NETTONAVN.items()):
            diagram = side.bok.add_chart({"type": "line"})
            for n, m in enumerate(utvalg[gruppe][0]):
                sted = steder[m.navn, gruppe, netto]
                linje = {"color": LINJEFARGER[n % len(LINJEFARGER)], "width": 2}
                if n >= len(LINJEFARGER):
                    linje["dash_type"] = "dash"
                diagram.add_series(
                    {
                        "name": [side.navn, sted, 0],
                        "categories": [side.navn, hode, 4, hode, 3 + aar],
                        "values": [side.navn, sted, 4, sted, 3 + aar],
                        "line": linje,
                    }
                )
            diagram.set_legend({"position": "right", "font": {"size": 8}})
            tekster = (
                f"{tittel}: akkumulert {nettonavn[0].lower()}{nettonavn[1:]}",
                "En linje for hver kommune over årene i analysen.",
                "År i analysen",
                "1 000 kr",
            )
            side.diagram(diagram, foerste + i * rader_for(_HOEYDE), k * (_BREDDE + 10), (_BREDDE, _HOEYDE), tekster)
    side.ark.set_column(0, 0, 26)
    side.ark.set_column(1, 1, 13)
    side.ark.set_column(2, 2, 26)
    side.ark.set_column(3, 3, 8)
    side.ark.set_column(4, 3 + aar, 14)
    side.ark.set_h_pagebreaks([hode])
    side.ferdig(hode, (0, 1), (hode, 0, rad, 3 + aar))
