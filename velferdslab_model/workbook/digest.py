"""The digest of the inputs: different digests mean different numbers, in the workbook and in the engine alike.

Each number is scaled to a whole one, reduced, marked with its place and squared; registers add up theirs, and the
book adds the registers with a prime for each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from velferdslab_model.workbook.plan import Ark, Bok, Verdi

KONTROLL_SKALA, KONTROLL_SKALA_ANDEL, KONTROLL_MODULUS = 1000, 1_000_000, 999_983
#: Primes, so that the same change in two places does not give the same digest.
_VEKTER = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)
_SUM = "SUMPRODUCT({kontrolldeler:},{kontrollvekter:})"


def kontrolledd(celle: str, skala: str, sted: str) -> str:
    """The digest of one cell as a formula: a square, so that changes in several places do not cancel out.

    celle: what to read. skala: key of the scale. sted: a cell on the same row whose address marks the place.
    """
    tall = f"(MOD(ROUND({celle}*{{{skala}}},0),{{kontroll_modulus}})+ROW({sted})*COLUMN({sted}))"
    return f"MOD({tall}*{tall},{{kontroll_modulus}})"


def kontrolltall(verdi: Verdi, rad: int, kol: int, andel: bool = False) -> int:
    """The engine's side of the digest of one number whose place is marked by a cell."""
    tall = verdi if isinstance(verdi, int | float) else 0
    skalert = tall * (KONTROLL_SKALA_ANDEL if andel else KONTROLL_SKALA)
    # Excel's ROUND takes halves away from zero; Python's does not.
    rest = int(math.copysign(math.floor(abs(skalert) + 0.5), skalert)) % KONTROLL_MODULUS
    return (rest + (rad + 1) * (kol + 1)) ** 2 % KONTROLL_MODULUS


def samlet_mal(tillegg: str = "") -> str:
    """The digest of the book as a formula template. tillegg: key of one more whole number that enters as it is."""
    return f"=MOD({_SUM}{f'+{{{tillegg}}}' if tillegg else ''},{{kontroll_modulus}})"


def samlet_kontrolltall(bok: Bok, registre: Mapping[str, str], tillegg: int = 0) -> int:
    """The engine's side of the digest of the book. registre: as for kontrolldeler."""
    deler = zip(_deler(bok, registre), _VEKTER, strict=False)
    return (sum(del_ * vekt for del_, vekt in deler) + tillegg) % KONTROLL_MODULUS


def kontrolldeler(ark: Ark, rad: int, registre: Mapping[str, str], kol: int, tall: tuple[int, int]) -> int:
    """Place a row for each register: label and unit in the first columns, weight, and the register's digest.

    registre: key of a register, with its group's prefix, and its label. kol: column of the weights. tall: first and
    last column of the digests. Returns the next free row.
    """
    if len(registre) > len(_VEKTER):
        raise ValueError(f"{len(registre)} registers, {len(_VEKTER)} weights")
    deler, vekter = _deler(ark.bok, registre), _VEKTER[: len(registre)]
    for i, (noekkel, tekst) in enumerate(registre.items()):
        ark.tekst(rad + i, 0, tekst, "etikett")
        ark.tekst(rad + i, 1, "vekt, tall", "enhet")
        ark.fast(rad + i, kol, vekter[i], "desimal")
        ark.formel(rad + i, tall[0], f"={{{noekkel}.kontrolltall}}", deler[i], "heltall", til_kol=tall[1])
    ark.registrer("kontrollvekter", rad, kol, vekter, hoeyde=len(deler))
    ark.registrer("kontrolldeler", rad, tall[0], deler, hoeyde=len(deler))
    return rad + len(deler)


def _deler(bok: Bok, registre: Mapping[str, str]) -> tuple[int, ...]:
    kontrolltall = (bok.steder[f"{noekkel}.kontrolltall"].verdier[0] for noekkel in registre)
    return tuple(int(tall) if isinstance(tall, int | float) else 0 for tall in kontrolltall)
