"""The rules that the formulas and texts of every planned workbook must keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from velferdslab_model.workbook.plan import Bok

#: Functions that every edition of Excel has. Newer ones need a prefix in the file, which the writer leaves out.
FUNKSJONER = {
    "ABS", "AND", "BINOMDIST", "CHAR", "COLUMN", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DAY", "EXACT", "FIND", "IF",
    "IFERROR", "INDEX", "INT", "IRR", "ISERROR", "ISLOGICAL", "ISNUMBER", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN",
    "MOD", "NA", "NOT", "OR", "ROUND", "ROW", "ROWS", "SUBSTITUTE", "SUM", "SUMIFS", "SUMPRODUCT", "TODAY", "TRIM", "UPPER",
    "VALUE",
}  # fmt: skip


def uten_tekst(formel: str) -> str:
    """A formula without its texts and sheet names."""
    return re.sub(r"'[^']*'!", "", re.sub(r'"[^"]*"', "", formel))


def tall_i(formel: str) -> set[str]:
    """A formula's own numbers."""
    uten_navn = re.sub(r"\$?[A-Z]{1,3}\$?\d+|[A-Za-z_][A-Za-z0-9_.]*", "", uten_tekst(formel))
    return set(re.findall(r"\d+(?:\.\d+)?", uten_navn))


def dybde_av_if(formel: str) -> int:
    """How deep IFs stand inside each other."""
    dybde, aapne, stoerst = 0, list[bool](), 0
    for funn in re.finditer(r"(\bIF\()|\(|\)", re.sub(r'"[^"]*"', "", formel)):
        if funn[0] == ")":
            dybde -= aapne.pop()
        else:
            aapne.append(bool(funn[1]))
            dybde += bool(funn[1])
            stoerst = max(stoerst, dybde)
    return stoerst


def _formler(bok: Bok) -> Iterator[tuple[str, str]]:
    for ark in bok.ark:
        for celle in ark.celler():
            if celle.formel is not None:
                yield f"{ark.navn}!{celle.adresse}: {celle.formel}", celle.formel


def formelfeil(bok: Bok) -> list[str]:
    """Formulas with numbers but 0 and 1, or functions that hide what they read or that some Excel has not."""
    ut = []
    for sted, formel in _formler(bok):
        uten = uten_tekst(formel)
        brudd = {
            "tall": tall_i(formel) <= {"0", "1"},
            "funksjon": set(re.findall(r"([A-Z][A-Z0-9.]*)\(", uten)) <= FUNKSJONER,
            "dybde": dybde_av_if(formel) <= 3,
            "lengde": len(formel) <= 8192 and all(len(t) <= 255 for t in re.findall(r'"([^"]*)"', formel)),
            "henvisning": "#REF" not in formel and not set("[]{}") & set(uten),
        }
        ut += [f"{regel}: {sted}" for regel, holder in brudd.items() if not holder]
    return ut


def omskiftelige(bok: Bok) -> list[str]:
    """Formulas that change from one day to the next."""
    return [sted for sted, formel in _formler(bok) if re.search(r"\b(NOW|TODAY|RAND\w*)\(", uten_tekst(formel))]


def lengdefeil(bok: Bok) -> list[str]:
    """Names, texts and rules that are longer than Excel takes."""
    navn = bok.alle_navn()
    ut = [n for n in navn if len(n) > 255 or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", n)]
    ut += [] if len({n.lower() for n in navn}) == len(navn) else ["navn som bare skilles av store bokstaver"]
    for ark in bok.ark:
        ut += [ark.navn] if len(ark.navn) > 31 or re.search(r"[\[\]:*?/]", ark.navn) else []
        celler = ark.celler()
        ut += [f"{ark.navn}!{c.adresse}" for c in celler if isinstance(c.verdi, str) and len(c.verdi) > 32_767]
        for *_, regel in ark.valideringer:
            titler = [str(regel.get(del_, "")) for del_ in ("input_title", "error_title")]
            tekster = [str(regel.get(del_, "")) for del_ in ("source", "input_message", "error_message")]
            if max(map(len, titler)) > 32 or max(map(len, tekster)) > 255:
                ut.append(f"{ark.navn}: {regel}")
    return ut
