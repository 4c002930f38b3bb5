"""What a command prints in columns, as tables and paragraphs of a page, so that a label and its number stay together on a
phone. What cannot be told apart for certain stands as it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from velferdslab_model.app.room import PAKKE
from velferdslab_model.page.rendering import bit

_MELLOM = re.compile(r" {2,}")
#: A line that begins so far in goes on from the value above it.
_FORTSETTER = 20
#: What stands above what is to be copied, which few at the page want to see.
_KOPI = "Til scenariofilen:"
#: Characters of a line of a command; some break a few before.
_BREDDE, _SLINGRING = 100, 3


@dataclass
class _Rad:
    """A line: how far in it begins, and its cells."""

    innrykk: int
    celler: list[str] = field(default_factory=list)


def linjeblokk(tittel: str, linjer: Sequence[str]) -> Markup:
    """The lines of an answer, part by part. tittel: for whoever hears the page."""
    deler: list[dict[str, object]] = []
    for del_ in _deler(linjer):
        kopi = deler[-1] if deler and "kopi" in deler[-1] else None
        if del_[0] == _KOPI:
            deler.append({"kopi": _KOPI, "linjer": "\n".join(del_[1:])})
        elif kopi and (not kopi["linjer"] or _er_blokk(del_)):
            kopi["linjer"] = "\n".join([str(kopi["linjer"]), "", *del_]).strip()
        else:
            deler.append(_del(del_))
    return bit(PAKKE, "linjeblokk.html", tittel=tittel, deler=deler)


def _deler(linjer: Sequence[str]) -> Iterator[list[str]]:
    del_: list[str] = []
    for linje in [*linjer, ""]:
        if linje.strip():
            del_.append(linje)
        elif del_:
            yield del_
            del_ = []


def _er_blokk(linjer: Sequence[str]) -> bool:
    """Whether it is to be copied into a file."""
    return any(en.startswith("[") for en in linjer)


def _del(linjer: Sequence[str]) -> dict[str, object]:
    """A part as the template draws it: a caption, and a table, paragraphs or the lines themselves."""
    rader = [_Rad(len(en) - len(en.lstrip()), _MELLOM.split(en.strip())) for en in linjer]
    if _er_blokk(linjer):
        return {"linjer": "\n".join(linjer)}
    if all(len(rad.celler) == 1 for rad in rader):
        return {"avsnitt": _avsnitt(linjer)}
    rader = _samlet(rader)
    overskrift = rader.pop(0).celler[0] if len(rader) > 1 and len(rader[0].celler) == 1 else ""
    antall = {len(rad.celler) for rad in rader}
    if len(antall) != 1:
        return {"linjer": "\n".join(linjer)}
    if antall == {2}:
        return {"overskrift": overskrift, "hode": None, "rader": [rad.celler for rad in rader]}
    # The heading is the line that begins further out than those below it.
    if len(rader) > 1 and rader[0].innrykk < rader[1].innrykk:
        return {"overskrift": overskrift, "hode": rader[0].celler, "rader": [rad.celler for rad in rader[1:]]}
    return {"linjer": "\n".join(linjer)}


def _samlet(rader: Sequence[_Rad]) -> list[_Rad]:
    """Lines that go on from the value above them, put together with it."""
    ut: list[_Rad] = []
    for rad in rader:
        if ut and rad.innrykk >= _FORTSETTER and len(rad.celler) == 1 and len(ut[-1].celler) > 1:
            ut[-1] = _Rad(ut[-1].innrykk, [*ut[-1].celler[:-1], f"{ut[-1].celler[-1]} {rad.celler[0]}"])
        else:
            ut.append(rad)
    return ut


def _avsnitt(linjer: Sequence[str]) -> list[str]:
    """Sentences that were broken, whole again: a line goes on from the one before it when its first word had no room there."""
    ut: list[str] = []
    forrige = ""
    for linje in linjer:
        foerste = linje.split()[0]
        if ut and len(forrige) + 1 + len(foerste) > _BREDDE - _SLINGRING and not linje.strip().startswith("* "):
            ut[-1] = f"{ut[-1]} {linje.strip()}"
        else:
            ut.append(linje.strip())
        forrige = linje
    return ut
