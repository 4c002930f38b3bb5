"""Small constructed personas for the tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velferdslab_model.personas.terms import HISTORIEAAR, Historie, Historieaar, Persona, Personasett, Tjeneste

_DIALOG = {"moeter": 5.0, "telefoner": 12.0, "eposter": 30.0}


def tjeneste(navn: str, betaler: str, overf: bool, fri: bool, pris: float, mengde: dict[int, float]) -> Tjeneste:
    """A service by years, 1 to 10."""
    m = np.zeros(HISTORIEAAR)
    for aar, antall in mengde.items():
        m[aar - 1] = antall
    return Tjeneste(navn, betaler, overf, fri, "time", pris, m, "konstruert")


def historie(utfall: str, ferd: str, *tjenester: Tjeneste) -> Historie:
    """A history whose situations are letters: h uholdbar, u utsatt, s stabil, b baerekraftig."""
    navn = {"h": "uholdbar", "u": "utsatt", "s": "stabil", "b": "baerekraftig"}
    aar = tuple(Historieaar(navn[bokstav], f"Noe i år {i}", "konstruert", _DIALOG) for i, bokstav in enumerate(ferd, 1))
    return Historie(utfall, aar, tjenester, "konstruert")


BEST = historie(
    "best", "uuussssbbb",
    tjeneste("Sosialhjelp", "kommune", True, True, 9_718, {1: 12, 2: 6}), tjeneste("Samtaler", "stat", False, False, 3_000, {2: 10, 3: 4}),
)  # fmt: skip
VERST = historie("verst", "uuhhhhhuuu", tjeneste("Fengsel", "stat", False, False, 2_873, {3: 200, 4: 90}))
FAST = historie(
    "eneste", "uuuuuuuuuu", tjeneste("Booppfølging", "kommune", False, True, 475.5, dict.fromkeys(range(1, 11), 100))
)
HARDT = historie("eneste", "hhhhuuuuss", tjeneste("Barnevern", "kommune", False, False, 40_593, {1: 2, 4: 3}))
LITE_SETT = Personasett(
    (
        Persona("Konstruert Per", "Mann med to utfall", "unge_voksne", (BEST, VERST), True, {"hvem": "Mann, 22 år"}),
        Persona("Konstruert Kari", "", "unge_voksne", (FAST,)),
        Persona("Konstruert familie", "Familie som begynner nederst", "familier", (HARDT,)),
    ),
    2019,
)


def _annen(h: Historie, *tjenester: Tjeneste, **aar: str) -> Historie:
    nye = [replace(a, livssituasjon=aar.get(f"aar_{i}", a.livssituasjon)) for i, a in enumerate(h.aar, start=1)]
    return replace(h, aar=tuple(nye), tjenester=tjenester or h.tjenester)


#: The same with other numbers and words in its cells.
ANNET_SETT = Personasett(
    (
        replace(
            LITE_SETT.personas[0],
            historier=(
                _annen(BEST, replace(BEST.tjenester[0], overfoering=False, frigjoer=False), replace(BEST.tjenester[1], betaler="kommune", enhetspris=4_100.75), aar_4="uholdbar"),
                _annen(VERST, replace(VERST.tjenester[0], mengde=np.array([0, 0, 0, 365, 365, 0, 0, 0, 0, 12.5]))),
            ),
        ),
        replace(LITE_SETT.personas[1], historier=(_annen(FAST, aar_1="stabil", aar_2="stabil"),)),
        replace(LITE_SETT.personas[2], historier=(_annen(HARDT, replace(HARDT.tjenester[0], overfoering=True)),)),
    ),
    2019,
    med_overfoeringer=False,
    faktorer={"uholdbar": 1.25, "stabil": 0.5},
    skrevet={"familier.null.utsatt": 250_000.5},
)  # fmt: skip
