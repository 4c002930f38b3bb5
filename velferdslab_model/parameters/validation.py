"""Check one value of a scenario. A fault is put in words and collected; nothing is raised here."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from velferdslab_model.base.celleverdi import ULAGRET, Feilverdi, raad_om_dato, vis_celle
from velferdslab_model.base.felt import MINSTE_STOERRELSE, Felt
from velferdslab_model.base.tall import csv_tall, femten_siffer, fra_csv, maskintall, prosent
from velferdslab_model.base.tekst import mente_du, normalisert, tekstfeil
from velferdslab_model.parameters.felt import FELT

#: A larger number is no slip of the hand that advice could mend.
_MAKS_RAAD = 1e15


class SkrevetTall(float):
    """A decimal number that remembers how it stood in the file."""

    skrevet: str

    def __new__(cls, skrevet: str) -> Self:
        """Read the number."""
        tall = super().__new__(cls, skrevet)
        tall.skrevet = skrevet
        return tall

    @property
    def kan_vaere_tusenskille(self) -> bool:
        """Whether it looks like 600.000, which a Norwegian may mean as six hundred thousand."""
        return re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", self.skrevet) is not None

    @property
    def entydig(self) -> str:
        """The number written so that nobody takes its decimals for thousands."""
        return f"{self.skrevet}0" if self.kan_vaere_tusenskille else self.skrevet


@dataclass
class Feilliste:
    """Collects every fault of a file, so that all are reported in one go.

    steder: where a key stands, when not in a scenario file. kalles: what a reader of that place knows the key by.
    ulagrede: the places that hold a formula nobody has computed, of which nothing else can be said.
    """

    feil: list[str] = field(default_factory=list)
    steder: Mapping[str, str] = field(default_factory=dict)
    kalles: Mapping[str, str] = field(default_factory=dict)
    ulagrede: Collection[str] = ()

    def meld(self, noekkel: str, tekst: str) -> None:
        """Add the sentence «noekkel tekst», or «sted (noekkel) tekst» where the place has a name of its own."""
        sted = self.steder.get(noekkel)
        tekst = ULAGRET if sted in self.ulagrede else tekst
        self.feil.append(f"{sted} ({self.kalles.get(noekkel, noekkel)}) {tekst}" if sted else f"{noekkel} {tekst}")

    def tabell(self, noekkel: str, verdi: Any, lovlige: Iterable[str]) -> dict[str, Any]:
        """Return a table with only known keys; report the others."""
        if not isinstance(verdi, dict):
            self.meld(noekkel, f"er {vis(verdi)}, ventet en tabell, for eksempel {{ uholdbar = 2 }}.")
            return {}
        lovlige = tuple(lovlige)
        for ukjent in (navn for navn in verdi if navn not in lovlige):
            sted = f"{noekkel}.{_kort(ukjent)}" if noekkel else _kort(ukjent)
            self.meld(
                sted, f"er en ukjent nøkkel.{_hvor_hoerer_den_hjemme(ukjent, noekkel) or mente_du(ukjent, lovlige)}"
            )
        return {navn: verdi[navn] for navn in lovlige if navn in verdi}

    def vist(self, noekkel: str, verdi: Any) -> str:
        """A value as it is named in a message: in a cell as a spreadsheet shows it, else as a scenario file has it."""
        return vis_celle(verdi) if noekkel in self.steder else vis(verdi)

    def _ventet(self, noekkel: str, felt: Felt) -> str:
        return felt.ventet_i_celle if noekkel in self.steder else felt.ventet

    def tall(self, noekkel: str, verdi: Any, felt: Felt) -> float | None:
        """Return a legal number rounded to Excel's 15 significant digits, or report it."""
        if isinstance(verdi, bool) or not isinstance(verdi, int | float):
            raad = _tall_i_celle(verdi, felt) if noekkel in self.steder else _tall_i_tekst(verdi)
            self.meld(noekkel, f"er {self.vist(noekkel, verdi)}, ventet {self._ventet(noekkel, felt)}.{raad}")
            return None
        if isinstance(verdi, SkrevetTall) and felt.slag == "beloep" and verdi.kan_vaere_tusenskille:
            uten = verdi.skrevet.replace(".", "")
            raad = f"Punktum er desimaltegn her. Mente du {uten}? Skriv ellers {SkrevetTall(maskintall(verdi)).entydig}"
            self.meld(noekkel, f"er skrevet {verdi.skrevet}. {raad}.")
            return None
        try:
            avrundet = femten_siffer(float(verdi))
        except (OverflowError, ValueError):
            avrundet = math.inf
        if felt.for_naer_null(avrundet):
            self.meld(
                noekkel, f"er {self.vist(noekkel, verdi)}, ventet 0 eller et tall på minst {MINSTE_STOERRELSE:g}."
            )
            return None
        if not felt.er_lovlig(avrundet):
            i_celle = noekkel in self.steder
            raad = raad_om_dato(verdi) if i_celle and felt.slag == "aarstall" else _prosent(avrundet, felt, i_celle)
            self.meld(noekkel, f"er {self.vist(noekkel, verdi)}, ventet {self._ventet(noekkel, felt)}.{raad}")
            return None
        # -0.0 would be shown as «-0»; a whole number stays whole for the year columns.
        return int(avrundet) if felt.heltall else avrundet + 0.0

    def tekst(self, noekkel: str, verdi: Any, maks: int, tom_er_lovlig: bool = False) -> str | None:
        """Return a text trimmed and in NFC, or report it."""
        if not isinstance(verdi, str) or isinstance(verdi, Feilverdi):
            ventet = "en tekst. Rett formelen i cellen" if noekkel in self.steder else "en tekst i anførselstegn"
            self.meld(noekkel, f"er {self.vist(noekkel, verdi)}, ventet {ventet}.")
            return None
        tekst = normalisert(verdi)
        if feil := tekstfeil(tekst, maks, tom_er_lovlig):
            self.meld(noekkel, f"{feil}.")
            return None
        return tekst

    def ord_fra(self, noekkel: str, verdi: Any, lovlige: Sequence[str], tom_er_lovlig: bool = False) -> str | None:
        """Return one of the fixed words, in any case, or report it. In a cell a space more makes another word."""
        if verdi == "" and tom_er_lovlig:
            return ""
        likt = unicodedata.normalize("NFC", verdi).strip().lower() if isinstance(verdi, str) else ""
        i_celle = noekkel in self.steder
        if likt in lovlige and not (i_celle and verdi.lower() != likt):
            return likt
        ventet = ", ".join(f"«{ord_}»" for ord_ in lovlige)
        forslag = mente_du(verdi, lovlige) if isinstance(verdi, str) else ""
        if likt in lovlige:
            forslag = " Velg ordet fra listen på nytt."
        self.meld(noekkel, f"er {self.vist(noekkel, verdi)}, ventet en av {ventet}.{forslag}")
        return None


def vis(verdi: Any) -> str:
    """A value as it is named in a message, cut to a readable length."""
    if verdi is None:
        return "tom"
    if isinstance(verdi, bool):
        return "true" if verdi else "false"
    if isinstance(verdi, str):
        return f"teksten «{_kort(verdi)}»"
    if isinstance(verdi, float):
        return maskintall(verdi)
    if isinstance(verdi, dict):
        return "en tabell"
    if isinstance(verdi, list):
        return "en liste"
    return _kort(str(verdi)) if not isinstance(verdi, int) or abs(verdi) < 10**30 else "et altfor stort tall"


def _kort(tekst: str) -> str:
    synlig = "".join(tegn if tegn.isprintable() else "?" for tegn in tekst[:60])
    return synlig + ("..." if len(tekst) > 60 else "")


def _prosent(verdi: float, felt: Felt, i_celle: bool) -> str:
    if felt.slag == "andel" and 2 <= verdi <= 100 and felt.er_lovlig(verdi / 100):
        if i_celle:
            return f" Mente du {prosent(verdi / 100)} eller {csv_tall(verdi / 100)}?"
        return f" Mente du {verdi / 100:.2f}?" if verdi == round(verdi) else f" Mente du {maskintall(verdi / 100)}?"
    return ""


def _tall_i_tekst(verdi: Any) -> str:
    if not isinstance(verdi, str):
        return ""
    renset = re.sub(r"\s|kr\.?|kroner|%", "", verdi.lower()).removesuffix(",-")
    try:
        prosent = verdi.rstrip().endswith("%")
        return f" Mente du {maskintall(fra_csv(renset) / (100 if prosent else 1))}, uten anførselstegn?"
    except ValueError:
        return ""


def _tall_i_celle(verdi: Any, felt: Felt) -> str:
    """Advice for a cell that holds a number as text, which a Norwegian spreadsheet makes of 0.8 and of a stray space."""
    if not isinstance(verdi, str) or isinstance(verdi, Feilverdi):
        return ""
    renset = re.sub(r"\s|kr\.?|kroner|%", "", verdi.lower()).removesuffix(",-")
    try:
        tall = fra_csv(renset) / (100 if verdi.rstrip().endswith("%") else 1)
    except ValueError:
        return ""
    if not math.isfinite(tall) or abs(tall) >= _MAKS_RAAD:
        return ""
    skriv = f"{prosent(tall)} eller {csv_tall(tall)}" if felt.slag == "andel" else csv_tall(tall)
    return f" Tallet er lagret som tekst. Skriv {skriv} på nytt, uten mellomrom eller apostrof foran."


def _hvor_hoerer_den_hjemme(ukjent: str, tabell: str) -> str:
    """A hint for a known key that stands in the wrong table."""
    if not tabell and ukjent in {noekkel.partition(".")[0] for noekkel in FELT} | {"tiltak", "kilder"}:
        return " Den hører hjemme under [unge_voksne] eller [familier]."
    if tabell and ukjent in ("navn", "prisaar"):
        return " Den skal stå øverst i filen, før den første [tabellen]."
    return ""
