"""The key from code to name, which must not lie in the file of the registrations: found beside the codes, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from velferdslab_model.assess.places import Radfeil
from velferdslab_model.assess.privacy import personkolonne
from velferdslab_model.assess.rows import kode_av, skrevet_tekst
from velferdslab_model.assess.sheets import Innholdet, Registerark

_ORD = re.compile(r"[^\W\d_]{2,}")
#: What may be a code inside a text, and two words of a name side by side.
_BIT = re.compile(r"\w[\w-]*")
_TO_NAVN = re.compile(r"[^\W\d_a-zæøå][^\W\d_A-ZÆØÅ]+[ ,\u00a0-]+[^\W\d_a-zæøå][^\W\d_A-ZÆØÅ]+")
#: So many words beside a code are a line of a key; a text with more is running text.
_MAKS_ORD = 6
_ETT_ORD, _FLERE_ORD = 1, 2
#: Names as people write them: words of capitals, or with one first, and nothing else.
_NAVN = re.compile(r"[^\W\d_a-zæøå][^\W\d_]+(?:[ ,.'\u00a0-]+[^\W\d_a-zæøå][^\W\d_]*)*\.?")
_SKAL_UT = "Nøkkelen fra kode til navn holdes utenfor filen. Slett teksten, eller hele arket; den gjengis ikke."


@dataclass(frozen=True)
class Arkdel:
    """A sheet, and where its registrations stand: the row of headings, and the columns that have one; None and none on a
    sheet without."""

    ark: Registerark
    hoderad: int | None
    kolonner: frozenset[int]

    def utenfor(self, nummer: int) -> dict[int, Innholdet]:
        """The cells of a row that belong to no registration."""
        rad = self.ark.rader[nummer]
        if self.hoderad is None or nummer <= self.hoderad:
            return dict(rad)
        return {kol: verdi for kol, verdi in rad.items() if kol not in self.kolonner}


def noekler_til_navn(lest: Arkdel, koder: Collection[str], kjente_ord: Collection[str]) -> Iterator[Radfeil]:
    """Rows with a code of the register beside what may be a name, and headings that ask for one.

    koder: every id of the file. kjente_ord: the words of the forms, in lower case; they are no names. On a sheet with
    registrations, what has no heading is looked at, and on any other every text.
    """
    eget_ark = lest.hoderad is None
    kjent: dict[Innholdet, int] = {}
    for nummer, rad in lest.ark.rader.items():
        mest = 0
        for verdi in lest.utenfor(nummer).values():
            if verdi not in kjent:
                kjent[verdi] = _som_navn(verdi, kjente_ord, eget_ark)
            mest = max(mest, kjent[verdi])
            if eget_ark and _spoer_om_person(verdi):
                yield Radfeil(lest.ark.navn, nummer, None, f": en overskrift ber om en personopplysning. {_SKAL_UT}")
        # Few rows have such a text; only theirs are looked through for a code.
        her = {kode for verdi in rad.values() if (kode := kode_av(verdi)) in koder} if mest else set()
        if any(_med_kode(verdi, koder, kjente_ord, eget_ark) for verdi in lest.utenfor(nummer).values()):
            tekst = ": en kode fra registeret står i samme celle som en tekst som kan være et navn."
            yield Radfeil(lest.ark.navn, nummer, None, f"{tekst} {_SKAL_UT}")
            continue
        # A number that happens to be an id stands beside many a word.
        if her and mest >= (_FLERE_ORD if all(map(str.isdigit, map(str, her))) else _ETT_ORD):
            tekst = ": en kode fra registeret står ved siden av en tekst som kan være et navn."
            yield Radfeil(lest.ark.navn, nummer, None, f"{tekst} {_SKAL_UT}")


def _spoer_om_person(verdi: Innholdet) -> bool:
    return isinstance(verdi, str) and len(verdi.split()) == 1 and personkolonne(verdi)


def _med_kode(verdi: Innholdet, koder: Collection[str], kjente_ord: Collection[str], all_tekst: bool) -> bool:
    """Whether a text has both a code of the register and what may be a name: «P001 er Kari Nordmann». A code of digits alone
    stands in many a text, so two words of a name must stand beside it."""
    if not isinstance(verdi, str) or skrevet_tekst(verdi) in kjente_ord or not any(map(str.isdigit, verdi)):
        return False
    hele = _BIT.findall(verdi)
    bitene = {bit for hel in hele for bit in (hel, *re.split("[-_]", hel))}
    her = {kode for bit in bitene if (kode := kode_av(bit)) in koder}
    if not her:
        return False
    if _TO_NAVN.search(verdi):
        return True
    # The letters of a code, as in SAK17, are no word.
    ordene = [ord_ for bit in hele if kode_av(bit) not in koder for ord_ in _ORD.findall(bit)]
    navn = ordene if all_tekst else [bit for bit in ordene if bit[0].isupper()]
    return bool(navn) and len(ordene) <= _MAKS_ORD and not all(str(kode).isdigit() for kode in her)


def _som_navn(verdi: Innholdet, kjente_ord: Collection[str], all_tekst: bool) -> int:
    """How much a cell looks like a name: not at all, as one word, or as several. all_tekst: any text is at least one word."""
    if not isinstance(verdi, str) or skrevet_tekst(verdi) in kjente_ord or kode_av(verdi):
        return 0
    if _NAVN.fullmatch(verdi.strip()):
        return _FLERE_ORD if len(_ORD.findall(verdi)) > 1 else _ETT_ORD
    return _ETT_ORD if all_tekst and _ORD.search(verdi) else 0
