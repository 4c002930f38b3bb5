"""Small constructed accounts for the tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.utenfor.terms import FELTENE, Post, Utenforvilkaar


def post(navn: str, nivaa: str, slag: str, mal: list[float], sml: list[float]) -> Post:
    """A post whose amounts are given age by age."""
    return Post(navn, nivaa, slag, np.array(mal, dtype=float), np.array(sml, dtype=float), "konstruert")


#: Five ages from 18 on.
LITE = Utenforvilkaar(
    navn="Konstruert liten",
    maalgruppe="Konstruert målgruppe",
    sammenligning="konstruert sammenligningsgruppe",
    prisaar=2019,
    fra_alder=18,
    poster=(
        post("Sosialhjelp", "kommune", "ytelse", [50_000, 40_000, 30_000, 30_000, 20_000], [5_000, 5_000, 4_000, 4_000, 4_000]),
        post("Oppfølging", "fylkeskommune", "tjeneste", [20_000, 20_000, 0, 0, 0], [12_000, 0, 0, 0, 0]),
        post("Skatt", "stat", "skatt", [10_000, 20_000, 30_000, 40_000, 50_000], [20_000, 60_000, 80_000, 90_000, 99_000]),
        post("Arbeid", "", "produksjon", [60_000, 70_000, 80_000, 90_000, 99_000], [90_000, 150_000, 220_000, 260_000, 300_000]),
    ),
    alder_ved_tiltak=19,
    horisont=4,
    aar_til_effekt=1,
    antall=10,
    suksessfaktor=0.3,
    telling=None,
    skjedd_uansett=0.1,
    neddiskontering=0.04,
    avgang=0.01,
    kostnad={"kommune": 100_000.0, "fylkeskommune": 50_000.0, "stat": 0.0},
    konstruert=True,
    kilder=dict.fromkeys(FELTENE, UTEN_KILDE),
)  # fmt: skip
#: The same with other numbers typed into its cells.
ENDRET = replace(
    LITE,
    navn="Konstruert annen",
    poster=(
        replace(LITE.poster[0], maalgruppe=np.array([1.0, 250_000.0, 0.0, 12_345.5, 20_000.0])),
        *LITE.poster[1:3],
        replace(LITE.poster[3], sammenligning=np.zeros(5)),
    ),
    alder_ved_tiltak=18,
    horisont=2,
    aar_til_effekt=0,
    antall=25,
    suksessfaktor=0.95,
    skjedd_uansett=0.0,
    neddiskontering=0.0,
    avgang=0.2,
    kostnad={"kommune": 0.0, "fylkeskommune": 5_000_000.0, "stat": 77_777.75},
)
