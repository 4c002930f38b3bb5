"""What may stand in an input cell, as formulas for the Status of its row; base/felt.py and base/celleverdi.py read by the same.

A cell is right in the workbook exactly when the program reads it. tests/effektbok/test_rare_verdier.py types odd values into every
input cell and holds the two against each other.

- A number is a number, no truth and no error, within its limits.
- A word is one of its list, letter by letter but for upper and lower case; a space more makes another word.
- A text may be a number. It has no error and is not too long, spaces at its ends and double ones not counted. A name must hold
  something; two names are the same when only such spaces, hard spaces and case differ.
- A cell that a formula leaves with an empty text is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.felt import Felt


def tallkrav(felt: Felt, celle: str, minst: str, mest: str) -> str:
    """Whether a cell that holds a number holds a legal one. minst, mest: references to the limits."""
    krav = [f"NOT(ISLOGICAL({celle}))", f"{celle}>={minst}", f"{celle}<={mest}"]
    if felt.heltall:
        krav.append(f"{celle}=INT({celle})")
    elif felt.slag != "antall":
        krav.append(ikke_naer_null(celle))
    if felt.slag == "antall":
        krav.append(f"OR({celle}=0,{celle}>={{minste_inntak}})")
    return f"AND({','.join(krav)})"


def ikke_naer_null(celle: str) -> str:
    """Whether a number is 0, or so far from it that it is meant for something."""
    return f"OR({celle}=0,ABS({celle})>={{minste_stoerrelse}})"


def antall_lovlige(celler: str) -> str:
    """How many of a row of cells hold a legal amount: 0, or from the smallest number to the largest."""
    naer_null = f'COUNTIF({celler},">0")-COUNTIF({celler},">="&{{minste_stoerrelse}})'
    return f'COUNTIF({celler},">=0")-COUNTIF({celler},">"&{{maks_beloep}})-({naer_null})'


def ingen_sannhet(celler: Sequence[str]) -> str:
    """Whether none of some cells holds TRUE or FALSE, which LibreOffice counts as numbers."""
    return f"NOT(OR({','.join(f'ISLOGICAL({celle})' for celle in celler)}))"


def ordkrav(celle: str, liste: str) -> str:
    """Whether a cell holds one word of a list. SUMPRODUCT, not COUNTIF: a pasted «k*» is no word of the list."""
    return f"SUMPRODUCT(--({liste}={celle}))=1"


def tekstkrav(celle: str, maks: str = "{maks_tekst}") -> str:
    """Whether a text cell holds no error and no more than it may. maks: reference to the limit."""
    return f"NOT(IFERROR(LEN(TRIM({celle}))>{maks},1))"


def ren_tekst(celle: str) -> str:
    """A text as it is compared: hard spaces are spaces, double ones and those at the ends are gone; an error is empty."""
    return f'IFERROR(TRIM(SUBSTITUTE({celle},{{hardt_mellomrom}}," ")),"")'


def har_innhold(celler: Sequence[str]) -> str:
    """1 when a row of cells holds something, 0 when it is empty, -1 when one of them holds an error."""
    return f"IFERROR(IF({'+'.join(f'LEN({celle})' for celle in celler)}>0,1,0),-1)"
