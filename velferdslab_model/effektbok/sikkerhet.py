"""How sure the answer is, on the first screen of Introduksjonsark: cautious terms, what would turn it, and how likely it pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import prosent
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.effektbok.tilleggsfane import Sannsynlig, Tilleggsfane
from velferdslab_model.effektbok.visninger import IKKE_BEREGNET
from velferdslab_model.model.visninger import FORSIKTIG_RENTE, FORSIKTIG_SKJEDD_UANSETT
from velferdslab_model.results import Noekkeltall, Resultat
from velferdslab_model.workbook.plan import Ark, Verdi

#: Rows of the table: two of headings, one for each group and the two together, and a note.
SIKKERHETSRADER = 6
IKKE_TRUKKET, FORELDET_KORT = "ikke regnet", "foreldet"
_AAR0 = AAR.foerste_kolonne
#: What the program calls each row, with the prefix of its keys.
_RADER = {"UV": BRUKERGRUPPER["unge_voksne"], "FAM": BRUKERGRUPPER["familier"], "samlet": "Samlet"}
_HOVED = {"budsjett": "Offentlige budsjetter, netto i 1 000 kr", "samfunn": "Samfunnet, netto i 1 000 kr"}
_GUNSTIGST = "Svaret er gunstigst uten rente og med 0 % «uansett»: den delen av bedringen som ville kommet uten velferdslab (ikke målt). "
_TIL_HOEYRE = (
    f"Til høyre er de minst {prosent(FORSIKTIG_RENTE)} og {prosent(FORSIKTIG_SKJEDD_UANSETT)}, og resten som regnet. "
)
_UTEN = "Sannsynligheten er ikke regnet ut her: velferdslab generate --usikkerhet."
_MED = "Sannsynligheten er fra strukturell usikkerhet: se fanen Usikkerhet."


def sannsynlig_i(ekstra: Sequence[Tilleggsfane]) -> Sannsynlig | None:
    """The probabilities that came with the added tabs; None when there are none."""
    return next((fane.sannsynlig for fane in ekstra if fane.sannsynlig is not None), None)


def sikkerhetstabell(ark: Ark, rad: int, resultat: Resultat, vist: Sannsynlig | None, kontrolltall: Verdi) -> None:
    """Plan the table. vist: what sannsynlighetsceller() was given; kontrolltall: the digest as it stands."""
    ark.radhoeyder[rad + 1] = 28
    ark.tekst(rad, 0, "Hvor sikkert er svaret?", "blokk")
    ark.tekst(rad + 1, 0, "", "hode_v")
    for kol, til, tekst in (
        (1, 2, "Regnet med"),
        (_AAR0, _AAR0 + 3, _HOVED["budsjett"]),
        (_AAR0 + 4, _AAR0 + 7, _HOVED["samfunn"]),
        (_AAR0 + 8, _AAR0 + 9, "Sannsynlig over 0"),
        (_AAR0 + 10, _AAR0 + 12, "Kommunen, antakelser"),
    ):
        ark.tekst(rad, kol, tekst, "blokk", til)
    fire = (
        "som regnet", f"{prosent(FORSIKTIG_RENTE)} rente", f"og {prosent(FORSIKTIG_SKJEDD_UANSETT)} uansett", "null ved uansett",
    )  # fmt: skip
    kommune = ("netto i 1 000 kr", "andel av besparelse", "erstatnings-grad")
    for k, tekst in enumerate((*fire, *fire, "budsjetter", "samfunnet", *kommune), start=_AAR0):
        ark.tekst(rad + 1, k, tekst, "hode")
    ark.tekst(rad + 1, 1, "rente", "hode")
    ark.tekst(rad + 1, 2, "uansett", "hode")
    svarene: list[Noekkeltall | None] = [*resultat.grupper.values(), resultat.samlet]
    for i, ((prefiks, navn), svar) in enumerate(zip(_RADER.items(), svarene, strict=True), start=rad + 2):
        ark.tekst(i, 0, navn, "etikett_fet")
        _rad(ark, i, prefiks, svar)
        for k, x in enumerate(_HOVED):
            verdi = _sannsynlighet(vist, kontrolltall, prefiks, x)
            celle = f"{{sannsynlig.{prefiks}.{x}}}"
            mal = f'=IF({{sannsynlig.trukket}}="","{IKKE_TRUKKET}",IF({{kontrolltall}}={{sannsynlig.trukket}},{celle},"{FORELDET_KORT}"))'
            ark.formel(i, _AAR0 + 8 + k, mal, verdi, "andel")
    for rad_, grupperesultat, prefiks in zip(
        (rad + 2, rad + 3), resultat.grupper.values(), ("UV", "FAM"), strict=False
    ):
        gruppe = grupperesultat.gruppe
        for kol, noekkel, verdi in (
            (1, "neddiskontering", gruppe.neddiskontering),
            (2, "skjedd_uansett", gruppe.utvidet.skjedd_uansett),
            (_AAR0 + 11, "kommunal_andel_nullalternativ", gruppe.utvidet.kommunal_andel_nullalternativ),
            (_AAR0 + 12, "erstatningsgrad", gruppe.utvidet.erstatningsgrad),
        ):
            ark.formel(rad_, kol, f"={{{prefiks}.{noekkel}}}", verdi, "andel")
    for kol in (1, 2, _AAR0 + 11, _AAR0 + 12):
        ark.tekst(rad + 4, kol, "", "etikett")
    mal = f'="{_GUNSTIGST}{_TIL_HOEYRE}"&IF({{sannsynlig.trukket}}="","{_UTEN}","{_MED}")'
    ark.formel(rad + 5, 0, mal, f"{_GUNSTIGST}{_TIL_HOEYRE}{_UTEN if vist is None else _MED}", "dempet")
    regel = {"type": "cell", "criteria": "==", "value": f'"{FORELDET_KORT}"'}
    ark.betingede.append((rad + 2, _AAR0 + 8, rad + 4, _AAR0 + 9, regel, "cf_feil"))


def _rad(ark: Ark, rad: int, prefiks: str, svar: Noekkeltall | None) -> None:
    """Both nets as the answer has them, at the cautious rate and on the cautious terms, and what makes them 0."""
    alle = prefiks == "samlet"

    def celle(kol: int, noekkel: str, verdi: Verdi, stil: str) -> None:
        mal = (
            f"IF({{samlet_ok}}=1,{{samlet_{noekkel}}},{{tekst_ikke_beregnet}})" if alle else f"{{{prefiks}.{noekkel}}}"
        )
        ark.formel(rad, kol, f"={mal}", IKKE_BEREGNET if svar is None else verdi, stil)

    for k, x in enumerate(_HOVED):
        netto, snur = f"netto_{x}", svar.vippepunkt.snur(x) if svar else None
        tall: tuple[Verdi, Verdi, Verdi] = (
            (svar.sum[netto], svar.vippepunkt.bare_rente[x], svar.forsiktig.sum_netto[x])
            if svar
            else (None, None, None)
        )
        kol = _AAR0 + 4 * k
        celle(kol, f"sum_{netto}", tall[0], "tusen_fet")
        celle(kol + 1, f"vippe.rente.{x}", tall[1], "tusen")
        celle(kol + 2, f"forsiktig_sum_{netto}", tall[2], "tusen_fet")
        celle(kol + 3, f"vippe.snur.{x}", IKKE_BEREGNET if snur is None else snur, "andel_hel")
    celle(_AAR0 + 10, "sum_netto_kommune", svar.sum["netto_kommune"] if svar else None, "tusen")


def _sannsynlighet(vist: Sannsynlig | None, kontrolltall: Verdi, prefiks: str, x: str) -> Verdi:
    if vist is None:
        return IKKE_TRUKKET
    return vist.verdi(prefiks, x) if vist.trukket_med in (None, kontrolltall) else FORELDET_KORT


def sannsynlighetsceller(ark: Ark, rad: int, vist: Sannsynlig | None, kontrolltall: Verdi) -> None:
    """Plan the locked cells that keep the probabilities and the digest they were drawn with; empty when none were."""
    trukket: Verdi = None
    if vist is not None:
        trukket = kontrolltall if vist.trukket_med is None else vist.trukket_med
    ark.tekst(rad, 0, "Kontrolltall da sannsynlighetene ble trukket", "etikett")
    ark.verdi("sannsynlig.trukket", rad, 2, trukket, "seks_siffer", navn=SANNSYNLIG_TRUKKET)
    for prefiks, navn in _RADER.items():
        for x in _HOVED:
            rad += 1
            ark.tekst(rad, 0, f"Sannsynlig netto over 0: {navn}, {x}", "etikett")
            verdi = None if vist is None else vist.verdi(prefiks, x)
            ark.verdi(f"sannsynlig.{prefiks}.{x}", rad, 2, verdi, "andel", navn=sannsynlignavn(prefiks, x))


#: The defined name of the digest that the probabilities were drawn with.
SANNSYNLIG_TRUKKET = "sannsynlig_trukket_med"


def sannsynlignavn(prefiks: str, x: str) -> str:
    """The defined name of one probability."""
    return f"sannsynlig_{prefiks}_{x}"


def les_sannsynlig(verdi: Mapping[str, Verdi]) -> Sannsynlig | None:
    """The probabilities as a workbook keeps them, by defined name; None when it has none."""
    trukket = verdi.get(SANNSYNLIG_TRUKKET)
    if trukket is None:
        return None
    return Sannsynlig({(p, x): verdi.get(sannsynlignavn(p, x)) for p in _RADER for x in _HOVED}, trukket)


def sannsynlignavnene() -> list[str]:
    """Every defined name that les_sannsynlig() asks for."""
    return [SANNSYNLIG_TRUKKET, *(sannsynlignavn(p, x) for p in _RADER for x in _HOVED)]
