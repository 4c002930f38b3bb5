"""One table of labels: what each thing is called where it is shown, and a shorter form for a narrow column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Key in files and JSON -> name shown. The order is the order everywhere.
BRUKERGRUPPER: dict[str, str] = {"unge_voksne": "Unge voksne", "familier": "Familie"}
#: How a livssituasjon is written to a reader.
SITUASJONSNAVN: dict[str, str] = {
    "uholdbar": "Uholdbar",
    "utsatt": "Utsatt",
    "stabil": "Stabil",
    "baerekraftig": "Bærekraftig",
}


@dataclass(frozen=True)
class Enhetsord:
    """What one participant of a group is called: one, several, and the one spoken of."""

    entall: str
    flertall: str
    bestemt: str


DELTAKERORD: dict[str, Enhetsord] = {
    "unge_voksne": Enhetsord("person", "personer", "personen"),
    "familier": Enhetsord("familie", "familier", "familien"),
}

#: Who pays.
BETALERNAVN: dict[str, str] = {"kommune": "Kommunen", "fylkeskommune": "Fylkeskommunen", "stat": "Staten"}
#: For whom a net is counted, and the same where a column is narrow.
HVEM: dict[str, str] = {
    "budsjett": "Offentlige budsjetter samlet",
    "samfunn": "Samfunnet",
    **BETALERNAVN,
    "kommune_realiserbar": "Kommunen, realiserbar del",
}
HVEM_KORT: dict[str, str] = {**HVEM, "budsjett": "Offentlige budsjetter"}

#: The money series. A part of the series above it is told by HERAV instead.
SERIENAVN: dict[str, str] = {
    "kostnad": "Kostnad",
    "besparelse": "Besparelse",
    "helsegevinst": "Helsegevinst",
    "produksjonsgevinst": "Produksjonsgevinst",
    "skattefinansieringskostnad": "Skattefinansieringskostnad",
    "netto_budsjett": "Netto offentlige budsjetter",
    "netto_samfunn": "Netto samfunn",
    "netto_kommune": "Netto kommune",
    "netto_fylkeskommune": "Netto fylkeskommune",
    "netto_stat": "Netto stat",
    "netto_kommune_realiserbar": "Netto kommune, realiserbar del",
}
HERAV: dict[str, str] = {
    "kostnad_kommune": "  herav kommunen",
    "kostnad_fylkeskommune": "  herav fylkeskommunen",
    "kostnad_stat": "  herav staten",
    "besparelse_kommune": "  herav kommunen",
    "besparelse_fylkeskommune": "  herav fylkeskommunen",
    "besparelse_stat": "  herav staten",
    "erstattede_tjenester": "  herav erstattede tjenester",
    "bedret_situasjon": "  herav bedret situasjon",
    "offentlig_inntekt": "  herav offentlig inntekt",
    "offentlig_inntekt_kommune": "    til kommunen",
    "offentlig_inntekt_stat": "    til staten",
}
#: Every series as a row of a table that has them all.
SERIETEKST: dict[str, str] = {**SERIENAVN, **HERAV}
#: The two nets that answer whether it pays.
NETTONAVN: dict[str, str] = {navn: SERIENAVN[navn] for navn in ("netto_budsjett", "netto_samfunn")}

#: The distribution of an uncertain number, as a scenario file writes it -> as a reader sees it; and the numbers that describe one.
FORDELINGSNAVN: dict[str, str] = {
    "beta": "beta",
    "triangulaer": "trekant",
    "uniform": "jevn",
    "normal": "normal",
    "lognormal": "lognormal",
    "gamma": "gamma",
    "fast": "sikkert",
}
FORDELINGSTALL: dict[str, str] = {"suksess": "lyktes", "forsoek": "av", "sd": "standardavvik"}
#: The value of one number at which a net is 0, the others as they are.
BYTTEVERDI: Final = "Verdi som gir netto null"

#: A payback year that does not come, and the same where a column is narrow.
IKKE_INNEN, IKKE_INNEN_KORT = "ikke innen analyseperioden", "ikke innen perioden"
#: The word that the source of a number begins with where there is none.
ANTAKELSE: Final = "antakelse"

#: The option that refuses a workbook with signs of having been changed outside its inputs.
KREV_KONTROLL: Final = "--krev-kontroll"


def liten(tekst: str) -> str:
    """A label inside a sentence."""
    return tekst[:1].lower() + tekst[1:]


def har_kilde(kilde: str) -> bool:
    """Whether a source names one; what is constructed, or a formula's, does neither that nor say that there is none."""
    return kilde.lower().startswith("kilde:")


def er_antakelse(kilde: str) -> bool:
    """Whether a source says that there is none."""
    return kilde.lower().startswith(ANTAKELSE)
