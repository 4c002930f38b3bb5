"""The lists a registration workbook chooses from, and the code of what each answer may mean, as its formulas read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from velferdslab_model.assess.criteria import GJELDER_IKKE, Kriterier, Mulige, Svaralternativ, Tema, sammenstilt
from velferdslab_model.assess.dates import MAANEDSNAVN
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.assess.registrering import FELLES, temanavn
from velferdslab_model.assess.rows import FOERSTE_DATO, MAKS_ALDER, MAKS_SIFFER, MAKS_TEGN
from velferdslab_model.base.tall import maskintall
from velferdslab_model.workbook.cells import dag
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter, plasser_ordliste
from velferdslab_model.workbook.plan import Ark

LISTER = "Lister"
#: The row of headings of a form, from 0, and the last row of it that is printed, from 1.
HODE = 4
SISTE_UTSKRIFT = HODE + 1 + 30
#: Codes beside those of sets of situations: does not apply; contradicts itself; empty; none of the words.
UTE, STRID, TOMT, UKJENT = 9, 5, 0, -1
#: Between two answers about one theme.
SKILLE = "|"
#: Themes in the order of their codes: the seven of the journey first, and the contract's six last, so that both stand together.
REKKEFOELGE = ("bosituasjon", "oekonomi", "barn", "arbeid", "helse", "rus", "nettverk", "skole", "aktivitet")


def kode(mulige: Mulige) -> int:
    """A set of situations as digits: 3 is stabil, 34 stabil or bærekraftig; one that is empty contradicts itself."""
    return int("".join(str(s + 1) for s in sorted(mulige))) if mulige else STRID


@dataclass(frozen=True)
class Temakoder:
    """One theme of one form. spoersmaal: its questions, none where the form does not ask. koder: what stands in the cells,
    put together, and its code."""

    tema: Tema
    spoersmaal: tuple[str, ...]
    koder: dict[str, int]

    def noekkel(self, skjema: str) -> str:
        """Name of its lists in formulas."""
        return f"{skjema[0]}_{self.tema.noekkel}"


@cache
def temakoder(skjema: str, k: Kriterier) -> tuple[Temakoder, ...]:
    """The themes of a form in the order of their codes."""
    return tuple(_koder(skjema, k.tema(noekkel), k) for noekkel in REKKEFOELGE)


def _koder(skjema: str, tema: Tema, k: Kriterier) -> Temakoder:
    spoersmaal = k.spoersmaal(skjema, tema.noekkel)
    koder = {}
    muligheter: list[tuple[str | Svaralternativ, ...]] = [("", *s.svar) for s in spoersmaal]
    for valg in product(*muligheter):
        svar = [v for v in valg if not isinstance(v, str)]
        if svar:
            tallet = kode(sammenstilt(tema, tuple(v.mulige for v in svar)))
            for ordene in product(*(("",) if isinstance(v, str) else (v.ordet, *v.ogsaa) for v in valg)):
                koder[SKILLE.join(ordene)] = tallet
    if len(spoersmaal) == 1 and spoersmaal[0].kan_utgaa:
        koder[GJELDER_IKKE] = UTE
    return Temakoder(tema, tuple(s.noekkel for s in spoersmaal), koder)


@cache
def mengder(skjema: str, k: Kriterier) -> tuple[Mulige, ...]:
    """The sets of two or more situations that an answer of a form may mean."""
    alle = {verdi for t in temakoder(skjema, k) for verdi in t.koder.values() if verdi > UTE}
    return tuple(frozenset(int(siffer) - 1 for siffer in str(en)) for en in sorted(alle))


def _konstanter(k: Kriterier) -> Iterator[Konstant]:
    regel = STANDARDREGEL
    yield FASTE["ord_ok"]
    yield FASTE["hardt_mellomrom"]
    for noekkel, tekst, verdi in (
        ("linjeskift", "Tegnet for ny linje", 10),
        ("maks_tegn", "Flest tegn i en id", MAKS_TEGN),
        ("maks_siffer", "Flest sifre i en id", MAKS_SIFFER),
        ("maks_alder", "Høyeste alder", MAKS_ALDER),
        ("siffer_i_alder", "Flest sifre i en alder", len(str(MAKS_ALDER))),
        ("siffer_i_aar", "Sifre i et årstall", 4),
        ("siffer_i_dag", "Flest sifre i en dag eller måned", 2),
        ("maaneder_i_aar", "Måneder i et år", 12),
        ("siste_utskrift", "Siste rad av et skjema som skrives ut", SISTE_UTSKRIFT),
    ):
        yield Konstant(noekkel, tekst, "antall", float(verdi), "desimal")
    yield Konstant("foerste_dag", "Første dag en dato kan være", "dag", float(dag(FOERSTE_DATO)), "desimal")
    for noekkel, tekst, verdi in (
        ("sentral_ekstra", "Ekstra stemmer til et sentralt tema", regel.sentral_stemmer - 1),
        ("krav_maalgruppe", "Kjennetegn på utsatt eller verre for målgruppen", regel.maalgruppe),
        ("krav_maal", "Kjennetegn på stabil eller bedre for målet", regel.maal),
    ):
        yield Konstant(noekkel, tekst, "antall", float(verdi), "desimal")
    for kjennetegn in k.kjennetegn:
        for hva, alder in (("fra", kjennetegn.fra_alder), ("til", kjennetegn.til_alder)):
            if alder is not None:
                navn = f"{kjennetegn.tekst}, gjelder {hva} alder (antakelse)"
                yield Konstant(f"alder_{hva}_{kjennetegn.tema}", navn, "år", float(alder), "desimal")
    yield Konstant("kode_ute", "Kode: gjelder ikke", "kode", float(UTE), "desimal")
    yield Konstant("kode_strid", "Kode: svarene motsier hverandre", "kode", float(STRID), "desimal")
    enkle = {frozenset({s}) for s in range(4)}
    flere = {m for skjema in k.skjema for m in mengder(skjema, k)} | {frozenset({0, 1}), frozenset({2, 3})}
    for m in sorted(enkle | flere, key=kode):
        yield Konstant(f"kode_{kode(m)}", f"Kode: situasjon {maskintall(kode(m))}", "kode", float(kode(m)), "desimal")


def ordlisteark(ark: Ark, k: Kriterier) -> None:
    """Plan the tab: constants, the words of every list, and the codes of every theme."""
    ark.tekst(0, 0, "Lister og konstanter", "tittel")
    ark.tekst(1, 0, "Boken leser disse. Ingenting her skal endres.", "dempet")
    ark.kolonnebredder += [(0, 0, 48.0), (1, 1, 9.0), (2, 2, 30.0)]
    ark.siste_kolonne, ark.sider_bredt, ark.skrives_ut, ark.gjentatte_rader = 2, 1, False, None
    rad = plasser_konstanter(ark, 3, _konstanter(k))
    for kolonne in FELLES:
        ordene = tuple(temanavn(k)) if kolonne.noekkel == "sentralt_1" else kolonne.ordene
        if ordene:
            rad = plasser_ordliste(ark, rad + 1, f"liste_{kolonne.noekkel}", kolonne.tekst, ordene)
    for noekkel, tekst, verdier in (
        ("maaneder", "Måneder i en dato som tekst", list(MAANEDSNAVN)),
        ("maanedsnumre", "Nummeret deres", [float(n) for n in MAANEDSNAVN.values()]),
    ):
        ark.tekst(rad + 1, 0, tekst, "etikett")
        ark.kolonne(noekkel, rad + 1, 2, verdier, "tekst" if isinstance(verdier[0], str) else "desimal")
        rad += 1 + len(verdier)
    for skjema in k.skjema:
        for spoersmaal in k.skjema[skjema]:
            rad = plasser_ordliste(ark, rad + 1, f"liste_{spoersmaal.noekkel}", spoersmaal.tekst, spoersmaal.ordene)
        for t in temakoder(skjema, k):
            if t.koder:
                noekkel = t.noekkel(skjema)
                ark.kolonne(f"koder_{noekkel}", rad + 1, 1, [float(x) for x in t.koder.values()], "desimal")
                ark.tekst(rad + 1, 0, f"{t.tema.tekst}: kode og svar", "etikett")
                ark.kolonne(f"svar_{noekkel}", rad + 1, 2, list(t.koder), "tekst")
                rad += 1 + len(t.koder)
