"""The tab «Forskjeller»: each difference from the reference by factor, and a waterfall for a municipality one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.faktorer import FAKTORER, FORKLARING
from velferdslab_model.compare.kolonner import MAALNAVN, OM_OPPDELINGEN, oppdelinger, prisaarlinje, referansetekst
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.valg import Fossvalg, Valg
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.charts import Fossefall, Plass, rader_for
from velferdslab_model.workbook.plan import Ark

_NOEKLER = {"kommune": "Kommune", "gruppe": "Gruppe", "netto": "Netto", "maal": "Mål"}
#: Columns of the list after those: key and heading.
_BELOEP = {"fra": "Referansen", "til": "Kommunen", "i_alt": "Forskjell", **FAKTORER}
_BELOEP0 = len(_NOEKLER)
_SISTE = _BELOEP0 + len(_BELOEP) - 1
_NAVNEKOLONNE = _SISTE + 2
_BREDDE, _HOEYDE = 1320, 380
#: The waterfall's columns in its table: where each bar starts and ends, and what is drawn above and below zero.
_HODE = ("Trinn", "Hva faktoren er", "", "", "Bidrag, kr", "Fra", "Til", "Usynlig over", "Usynlig under", "I alt", "Øker, over", "Øker, under", "Senker, over", "Senker, under")  # fmt: skip
_BIDRAG = 4
#: The waterfall's own columns stand out of sight, beside the names to choose from.
_START, _USYNLIG0 = _NAVNEKOLONNE + 1, _NAVNEKOLONNE + 3
#: A row of the list is that which is chosen. Not SUMIFS, which reads a name such as «Bø*» or «<5» as a pattern.
_TREFF = "*".join(f"({{forskjell.{n}}}={{foss.valgt_{n}}})" for n in _NOEKLER)
_INGEN_TALL = "Ingen tall: kommunen eller referansen tar ikke inn noen."


@dataclass(frozen=True)
class _Trinn:
    """One step of the waterfall. noekkel: the column of the list it is looked up in. fra: where its bar starts, kr.
    bidrag: what it adds, kr. ende: the first or the last, which stands on zero."""

    noekkel: str
    navn: str
    forklaring: str
    fra: float
    bidrag: float
    ende: bool

    @property
    def til(self) -> float:
        """Where its bar ends, kr."""
        return self.fra + self.bidrag


def forskjellsark(ark: Ark, s: Sammenligning, valgt: Valg) -> None:
    """Plan the tab."""
    referanse = referansetekst(s)
    rad = listing.topp(
        ark,
        f"Hva forskjellene fra {referanse} skyldes",
        [
            f"{prisaarlinje(s)}. {OM_OPPDELINGEN}",
            "Velg i de gule cellene; tabellen og figuren slår opp i listen nederst. Bare den tabellen er formler; resten er verdier beregnet av programmet.",
        ],
    )
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    tabell = rad + 1 + len(_NOEKLER) + 1
    figur = tabell + len(FAKTORER) + 4
    hode = figur + rader_for(_HOEYDE)
    siste = _liste(ark, s, andre, hode)
    _velger(ark, rad + 1, andre, valgt.foss)
    medlem = next(m for m in andre if m.navn == valgt.foss.kommune)
    delt = oppdelinger(s, medlem, valgt.foss.gruppe, valgt.foss.maal).get(valgt.foss.netto)
    _foss(ark, tabell, delt, referanse)
    ark.figurer.append(_figur(ark.navn, tabell, figur, referanse))
    ark.kolonnebredder += [(0, 0, 26), (1, 1, 14), (2, 2, 26), (3, 3, 13), (_BELOEP0, _SISTE, 15)]
    ark.skjulte_kolonner.append((_NAVNEKOLONNE, _USYNLIG0 + 6))
    ark.sideskift.append(hode)
    ark.laas_ruter, ark.gjentatte_rader, ark.sider_bredt = (0, 1), (hode, hode), 1
    ark.filter = (hode, 0, siste, _SISTE)
    ark.siste_kolonne, ark.siste_utskriftsrad = _SISTE, siste


def _liste(ark: Ark, s: Sammenligning, andre: Sequence[Medlem], hode: int) -> int:
    """Every difference; returns the last row."""
    listing.hode(ark, hode, [*_NOEKLER.values(), *_BELOEP.values()], 32, len(_NOEKLER))
    kolonner: dict[str, list[float | str | None]] = {n: [] for n in (*_NOEKLER, *_BELOEP)}
    for gruppe, tittel in BRUKERGRUPPER.items():
        for netto, nettonavn in NETTONAVN.items():
            for maal, maalnavn in MAALNAVN.items():
                for m in andre:
                    for noekkel, tekst in zip(_NOEKLER, (m.navn, tittel, nettonavn, maalnavn), strict=True):
                        kolonner[noekkel].append(tekst)
                    delt: Oppdeling | None = oppdelinger(s, m, gruppe, maal).get(netto)
                    beloep = (delt.fra, delt.til, delt.differanse, *(delt.deler[f] for f in FAKTORER)) if delt else ()
                    for i, noekkel in enumerate(_BELOEP):
                        kolonner[noekkel].append(beloep[i] if beloep else None)
    for kol, (noekkel, verdier) in enumerate(kolonner.items()):
        stil = "fri_tekst" if noekkel in _NOEKLER else "fri_kr" if noekkel in ("fra", "til") else "fri_endring"
        ark.kolonne(f"forskjell.{noekkel}", hode + 1, kol, verdier, stil)
    siste = hode + len(kolonner["kommune"])
    listing.kan_ordnes(ark, hode + 1, siste, _SISTE)
    return siste


def _velger(ark: Ark, rad: int, andre: Sequence[Medlem], valgt: Fossvalg) -> None:
    """The four cells that choose what the waterfall shows."""
    # The names once more out of sight, because the list itself may be sorted.
    ark.tekst(rad, _NAVNEKOLONNE, "Kommuner å velge mellom", "hode_v")
    ark.kolonne("foss.kommuner", rad + 1, _NAVNEKOLONNE, [m.navn for m in andre], "etikett")
    valg: dict[str, tuple[str, Sequence[str] | str]] = {
        "kommune": (valgt.kommune, "={foss.kommuner}"),
        "gruppe": (BRUKERGRUPPER[valgt.gruppe], list(BRUKERGRUPPER.values())),
        "netto": (NETTONAVN[valgt.netto], list(NETTONAVN.values())),
        "maal": (MAALNAVN[valgt.maal], list(MAALNAVN.values())),
    }
    for i, (noekkel, (verdi, liste)) in enumerate(valg.items()):
        listing.velg(ark, f"foss.valgt_{noekkel}", rad + i, _NOEKLER[noekkel], verdi, liste)


def _trinnene(delt: Oppdeling | None, referanse: str) -> list[_Trinn]:
    """The steps from the reference to the municipality; all are 0 where there are no numbers, as a look-up of nothing."""
    fra, til = (delt.fra, delt.til) if delt else (0.0, 0.0)
    ut, naa = [_Trinn("fra", referanse, "referansen", 0.0, fra, True)], fra
    for faktor, navn in FAKTORER.items():
        ut.append(_Trinn(faktor, navn, FORKLARING[faktor], naa, delt.deler[faktor] if delt else 0.0, False))
        naa = ut[-1].til
    return [*ut, _Trinn("til", "Kommunen", "den valgte kommunen", 0.0, til, True)]


def _foss(ark: Ark, tabell: int, delt: Oppdeling | None, referanse: str) -> None:
    """The table of the waterfall: looked up in the list by the four choices."""
    for kol, tekst in enumerate(_HODE):
        sted = kol if kol <= _BIDRAG else _START + kol - _BIDRAG - 1
        ark.tekst(tabell, sted, tekst, "hode_v" if kol < _BIDRAG else "hode")
    trinnene = _trinnene(delt, referanse)
    forrige = ""
    for rad, t in enumerate(trinnene, start=tabell + 1):
        ark.tekst(rad, 0, t.navn, "etikett_fet" if t.ende else "etikett")
        ark.tekst(rad, 1, t.forklaring, "etikett")
        for kol in (2, 3):
            ark.tekst(rad, kol, "", "etikett")
        bidrag, fra, til = (f"foss.{t.noekkel}_{hva}" for hva in ("bidrag", "start", "slutt"))
        oppslag = f"=SUMPRODUCT({_TREFF}*{{forskjell.{t.noekkel}}})"
        ark.formel(rad, _BIDRAG, oppslag, t.bidrag, "v_kr" if t.ende else "v_endring", bidrag)
        ark.formel(rad, _START, "=0" if t.ende else f"={{{forrige}}}", t.fra, "v_kr", fra)
        ark.formel(rad, _START + 1, f"={{{fra}}}+{{{bidrag}}}", t.til, "v_kr", til)
        for kol, (mal, verdi) in enumerate(_soeylene(t, bidrag, fra, til), start=_USYNLIG0):
            ark.formel(rad, kol, mal, verdi, "v_kr")
        forrige = til
    mal = f'=IF(SUMPRODUCT({_TREFF}*({{forskjell.fra}}<>""))=0,"{_INGEN_TALL}","")'
    ark.formel(tabell + len(trinnene) + 1, 0, mal, "" if delt else _INGEN_TALL, "dempet")


def _soeylene(t: _Trinn, bidrag: str, start: str, slutt: str) -> list[tuple[str, float]]:
    """The parts of a step's bar, formula and value: unseen below it on each side of zero, whole, raises, lowers."""
    null = ("=0", 0.0)
    if t.ende:
        return [null, null, (f"={{{bidrag}}}", t.bidrag), null, null, null, null]
    lav, hoey = min(t.fra, t.til), max(t.fra, t.til)
    over, under = max(0.0, hoey) - max(0.0, lav), min(0.0, lav) - min(0.0, hoey)
    opp = t.til >= t.fra
    a, b = f"{{{start}}}", f"{{{slutt}}}"
    return [
        (f"=MAX(0,MIN({a},{b}))", max(0.0, lav)),
        (f"=MIN(0,MAX({a},{b}))", min(0.0, hoey)),
        null,
        (f"=IF({b}>={a},MAX(0,{b})-MAX(0,{a}),0)", over if opp else 0.0),
        (f"=IF({b}>={a},MIN(0,{a})-MIN(0,{b}),0)", under if opp else 0.0),
        (f"=IF({b}<{a},MAX(0,{a})-MAX(0,{b}),0)", 0.0 if opp else over),
        (f"=IF({b}<{a},MIN(0,{b})-MIN(0,{a}),0)", 0.0 if opp else under),
    ]


def _figur(ark: str, tabell: int, rad: int, referanse: str) -> Fossefall:
    foerste, siste = tabell + 1, tabell + 2 + len(FAKTORER)
    return Fossefall(
        ark=ark,
        plass=Plass(rad, 0, _BREDDE, _HOEYDE),
        tittel=f"Fra {referanse} til den valgte kommunen, faktor for faktor",
        beskrivelse="Fossefall: søylen til venstre er referansen, den til høyre den valgte kommunen, og mellom dem hva hver "
        "faktor øker eller senker nettoen med.",
        etiketter=(foerste, 0, siste, 0),
        x_akse="Faktor",
        y_akse="1 000 kr",
        rader=(foerste, siste),
        kolonne=_USYNLIG0,
        hode=tabell,
    )
