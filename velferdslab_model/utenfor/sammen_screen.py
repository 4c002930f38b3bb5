"""Both models on one measure, as lines of text: the answer first."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.base.tall import kr, med_fortegn
from velferdslab_model.utenfor.sammen import AARSAKER, SVARPARTER, TELLER, Sammenstilling, svarrader
from velferdslab_model.utenfor.screen import brutt
from velferdslab_model.utenfor.sentences import begge_svar, forbehold_ved_begge

_NAVN, _TALL = 28, 14
#: Short names, so that five parties have room side by side.
_KORT = {
    "kommune": "kommune",
    "fylkeskommune": "fylkeskomm.",
    "stat": "stat",
    "budsjett": "budsjetter",
    "samfunn": "samfunn",
}


def sammenstillingstabell(s: Sammenstilling) -> str:
    """Everything, as lines of at most 100 characters."""
    linjer = [linje for del_ in _deler(s) for linje in (*del_, "")]
    return "\n".join(linjer[:-1]) + "\n"


def _deler(s: Sammenstilling) -> Iterator[list[str]]:
    konstruert = " (konstruert)" if s.vilkaar.konstruert else ""
    yield brutt(f"Samme tiltak i begge modeller: {s.scenario}, og utenforregnskapet {s.vilkaar.navn}{konstruert}")
    yield [linje for setning in begge_svar(s) for linje in brutt(setning)]
    yield [
        "Netto, kr".ljust(_NAVN) + "".join(_KORT[h].rjust(_TALL) for h in SVARPARTER),
        *(_rad(r.navn, [(med_fortegn if r.endring else kr)(r.verdier[h]) for h in SVARPARTER]) for r in svarrader(s)),
    ]
    yield [
        "Hva hvert steg er",
        *(linje for navn, hva in AARSAKER.values() for linje in brutt(f"  {navn}: {hva}", "    ")),
    ]
    yield [
        "Hva hver av dem teller (utenforregnskapet | effektmodellen)",
        *(linje for hva, en, annen in TELLER for linje in brutt(f"  {hva}: {en} | {annen}", "    ")),
    ]
    yield [linje for setning in forbehold_ved_begge(s) for linje in brutt(f"* {setning}", "  ")]


def _rad(navn: str, celler: list[str]) -> str:
    return f"  {navn}".ljust(_NAVN) + "".join(celle.rjust(_TALL) for celle in celler)
