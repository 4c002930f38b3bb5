"""The one sentence of result, in the engine's words and as a live formula."""

from __future__ import annotations

from collections.abc import Mapping

_UTEN_KOSTNAD = "Ingen kostnad påløper, så det er ingenting å betale tilbake."
_BUDSJETT = "Lønnsomt for offentlige budsjetter samlet fra "
_BUDSJETT_IKKE = "Ikke lønnsomt for offentlige budsjetter samlet innen analyseperioden"
_SAMFUNN, _SAMFUNN_IKKE = "for samfunnet fra ", "ikke for samfunnet innen analyseperioden"
_OG, _MEN = " og ", ", men "


def svar(tilbakebetalingsaar: Mapping[str, int | None], kostnad: float) -> str:
    """From which year it pays, for public budgets together and for society."""
    if not kostnad > 0:
        return _UTEN_KOSTNAD
    budsjett, samfunn = tilbakebetalingsaar["budsjett"], tilbakebetalingsaar["samfunn"]
    foerst = _BUDSJETT_IKKE if budsjett is None else f"{_BUDSJETT}{budsjett}"
    saa = _SAMFUNN_IKKE if samfunn is None else f"{_SAMFUNN}{samfunn}"
    return f"{foerst}{_OG if (budsjett is None) == (samfunn is None) else _MEN}{saa}."


def mal(foran: str = "") -> str:
    """The same as a formula template. foran: prefix of the keys it reads."""
    b, s = f"{{{foran}tilbakebetalingsaar_budsjett}}", f"{{{foran}tilbakebetalingsaar_samfunn}}"
    return (
        f'=IF({{{foran}sum_kostnad}}>0,IF(ISNUMBER({b}),"{_BUDSJETT}"&{b},"{_BUDSJETT_IKKE}")'
        f'&IF(ISNUMBER({b})=ISNUMBER({s}),"{_OG}","{_MEN}")'
        f'&IF(ISNUMBER({s}),"{_SAMFUNN}"&{s},"{_SAMFUNN_IKKE}")&".","{_UTEN_KOSTNAD}")'
    )
