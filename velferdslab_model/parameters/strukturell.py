"""The distributions of the second standard analysis, in which also the model's own simplifications may be wrong."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.fordeling import STRUKTURELL, Fordeling
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger

#: The rate of the analysis: a scenario, not a draw.
STRUKTURELL_RENTE = 0.04
#: Number -> its ends, and why they are what they are (docs/modell.md section 6).
_STANDARD = {
    "utvidet.erstatningsgrad": (
        0.0, 1.0,
        "antakelse: ingen vet hvor mye av de ordinære tjenestene velferdslab erstatter; alt fra ingenting til alt er like sannsynlig",
    ),
    "utvidet.skjedd_uansett": (
        0.0, 0.5,
        "antakelse: uten sammenligningsgruppe er det ukjent hvor mye av bedringen som ville kommet uansett; inntil halvparten",
    ),
    "utvidet.aarlig_tilbakefall": (
        0.0, 0.1,
        "antakelse: modellen regner bedringen som varig; inntil en av ti faller tilbake hvert år",
    ),
}  # fmt: skip
_HVORFOR_RENTE = "antakelse: 4 % er renten DFØs veileder bruker; et valg, og derfor ikke trukket"
#: What _STANDARD and the rate say, in words.
OM_STRUKTURELL = (
    "Strukturell usikkerhet trekker også erstatningsgrad (0–100 %), skjedd uansett (0–50 %) og årlig tilbakefall (0–10 %), ved "
    "4 % neddiskontering. Spennene er antakelser; egne oppgis under «strukturell.» i tabellen usikkerhet."
)


def strukturelle(g: Brukergruppe) -> tuple[Brukergruppe, dict[str, Fordeling]]:
    """The group at the rate of the analysis, and every distribution that counts in it.

    What the scenario gives under «strukturell.» goes before its ordinary distributions, and these before the defaults.
    """
    egne = {n.removeprefix(STRUKTURELL): f for n, f in g.usikkerhet.items() if n.startswith(STRUKTURELL)}
    alle = {
        n: Fordeling("uniform", {"minst": minst, "mest": mest}, FELT[n].minst, FELT[n].mest, hvorfor)
        for n, (minst, mest, hvorfor) in _STANDARD.items()
        if n not in g.usikkerhet
    }
    felt = FELT["neddiskontering"]
    rente = Fordeling(
        "uniform",
        {"minst": STRUKTURELL_RENTE, "mest": STRUKTURELL_RENTE},
        felt.minst,
        felt.mest,
        _HVORFOR_RENTE,
    )
    alle = {**fordelinger(g), **alle, "neddiskontering": rente, **egne}
    alle = {n: f for n, f in alle.items() if f.slag != "fast"}
    rente_av = alle.get("neddiskontering")
    if rente_av is not None and "minst" in rente_av.tall and rente_av.tall["minst"] == rente_av.tall["mest"]:
        g = replace(g, neddiskontering=rente_av.tall["minst"])
        del alle["neddiskontering"]
    return g, alle
