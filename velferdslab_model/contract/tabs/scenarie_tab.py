"""The scenarios beside the agreed contract: the agreed one as formulas, the others as they were when the file was made."""

from __future__ import annotations

from collections.abc import Callable

from velferdslab_model.contract.analysis import Tilfelle
from velferdslab_model.contract.tabs.gamle_tall import farg, merk
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.tabs.investor_rader import UTEN, tilbake_i
from velferdslab_model.contract.tabs.risikosvar import (
    KRAV,
    MINST,
    TAPSFLAGG,
    kravverdi,
    minstnavn,
    minstverdi,
    nesten,
    tapsverdi,
)
from velferdslab_model.contract.words import (
    AVVIKLINGSFORBEHOLD,
    INGEN_LYKKES,
    REGNES_IKKE,
    maa_oppnaas,
    pluss_fra,
    sjansen,
    takene_trukket,
)
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark, Verdi

SCENARIER = "Scenarier"
_DEKNING = f'=IF({{gammel.fordelingen}}=1,"{REGNES_IKKE}",IF({{leverandoer.drift.sum}}<0,1-{{leverandoer.f.netto.sum}}/{{leverandoer.drift.sum}},"{UTEN}"))'
#: Label, the agreed contract's cell or formula, the same of another one, style, and which old numbers it goes with.
_RADER: tuple[tuple[str, str, Callable[[Tilfelle], Verdi], str, str], ...] = (
    ("Deltakere i alt", "deltakere.sum", lambda t: float(sum(t.vilkaar.deltakere)), "heltall", ""),
    ("Lykkes", "lykkede.sum", lambda t: float(t.lykkede.sum()), "antall", ""),
    ("Betaling når det forventede antallet lykkes", "betalt.sum", lambda t: t.betalt, "kr", ""),
    ("Forventet betaling under takene", "risiko.forventet", lambda t: t.fordeling.forventet, "kr", "risiko"),
    ("Betalt i snitt per person som lykkes", "pris_betalt", lambda t: _eller(t.betalt_per_lykket, INGEN_LYKKES), "kr", "risiko"),
    ("Sjanse for at takene kutter", "risiko.p_kuttet", lambda t: sjansen(t.fordeling.p_kuttet, takene_trukket(t)), "andel", "risiko"),
    ("Kommunen netto, forventet{uten}", "kommune.f.netto.sum", lambda t: t.forventet.kommune.sum, "kr", "risiko"),
    ("Kommunen mest ute", "kommune.f.bunn", lambda t: t.forventet.kommune.bunn, "kr", "risiko"),
    ("Kommunen tilbake i pluss fra", "kommune.f.pluss", lambda t: pluss_fra(t.vilkaar, t.forventet.kommune), "aar", "risiko"),
    ("Sjanse for at kommunen betaler mer enn den sparer", "risiko.tap.kommune", lambda t: tapsverdi(t, "kommune"), "andel", TAPSFLAGG["kommune"]),
    ("Sjanse for at staten betaler mer enn den sparer", "risiko.tap.stat", lambda t: tapsverdi(t, "stat"), "andel", TAPSFLAGG["stat"]),
    ("Leverandøren netto, forventet", "leverandoer.f.netto.sum", lambda t: t.forventet.leverandoer.sum, "kr", "fordelingen"),
    ("Leverandørens dekning av kostnaden", _DEKNING, lambda t: _eller(t.leverandoer.dekning), "andel", "fordelingen"),
    (MINST, "risiko.minst", minstverdi, "heltall", "fordelingen"),
    ("Sjanse for underdekning hos leverandøren", "risiko.tap.leverandoer", lambda t: tapsverdi(t, "leverandoer"), "andel", "fordelingen"),
    ("Investorens utlegg", "utlegg.sum", lambda t: t.investor.utlegg, "kr", ""),
    ("Investoren netto, forventet", "investor.f.netto.sum", lambda t: t.forventet.investor.sum, "kr", "fordelingen"),
    ("Investoren mest ute", "investor.f.bunn", lambda t: t.forventet.investor.bunn, "kr", "fordelingen"),
    ("Investorens internrente", "investor.f.internrente", lambda t: t.investor.internrente, "andel", "forventet_rente"),
    ("Investoren får igjen, ganger utlegget", "investor.f.multippel", lambda t: _eller(t.investor.multippel), "antall", "fordelingen"),
    ("Investoren har fått igjen utlegget i kontraktår", "investor.f.tilbakebetalt", lambda t: tilbake_i(t.investor.utlegg, t.investor.tilbakebetalt), "heltall", "fordelingen"),
    ("Investorens største tap", "investor.mest_tap", lambda t: t.investor.mest_tap, "kr", ""),
    ("Sjanse for tap for investoren", "risiko.tap.investor", lambda t: tapsverdi(t, "investor"), "andel", TAPSFLAGG["investor"]),
    ("Sjanse for mindre enn avkastningskravet", f"risiko.{KRAV}", kravverdi, "andel", "krav"),
)  # fmt: skip


def scenarieark(ark: Ark, g: Grunnlag) -> None:
    """Plan the scenarios beside the agreed contract, and what it takes where no null alternative is given."""
    ark.kolonnebredder += [(0, 0, 50), (1, 6, 20)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter = 6, 70, (2, 1)
    ark.formel(0, 0, '="Scenarier: "&TRIM({navn})', f"Scenarier: {g.v.navn}", "tittel")
    ferskhetslinje(ark, 1, 6)
    b = Skriver(ark, 2, 6)
    b.overskrift("Avtalt, lavt og høyt inntak, og avvikling før tiden")
    b.setning(
        "Avtalt følger vilkårene. Hvert scenario er hele kontrakten en gang til, regnet da boken ble laget. Skriv det inn i Vilkår "
        "(inntak, eller «Avsluttes før tiden») for å se det levende.",
        "dempet",
    )
    if any(t.vilkaar.stanses_etter for t in (g.naa, g.laget.avtalt, *g.laget.scenarier.values())):
        b.setning(AVVIKLINGSFORBEHOLD, "dempet")
    merk(ark, g, b.rad, 0, "alt", 6)
    b.rad += 1
    b.hode("", "Avtalt", *g.laget.scenarier)
    foerste = b.rad
    har_null = g.laget.avtalt.vilkaar.nullalternativ is not None
    for tekst, mal, hent, stil, flagg in _RADER:
        if tekst == MINST:
            minstnavn(ark, g, b.rad, 0, "etikett")
        else:
            ark.tekst(b.rad, 0, tekst.format(uten="" if har_null else ", uten besparelse"), "etikett")
        verdi = _dekning(ark) if mal == _DEKNING else ark.bok.steder[mal].verdier[0]
        skala = max(1.0, abs(verdi)) if isinstance(verdi, float) else 1.0
        ark.formel(b.rad, 1, mal if mal == _DEKNING else f"={{{mal}}}", verdi, stil, skala=skala)
        if flagg:
            farg(ark, b.rad, 1, b.rad, 1, flagg)
        for kol, t in enumerate(g.laget.scenarier.values(), start=2):
            annen = hent(t)
            ark.fast(b.rad, kol, annen, "tilbake" if isinstance(annen, str) else stil)
        b.rad += 1
    if g.laget.scenarier:
        farg(ark, foerste, 2, b.rad - 1, 1 + len(g.laget.scenarier), "alt")
    for i, (_, mal, _, stil, _) in enumerate(_RADER):
        if stil == "andel" and mal.startswith("risiko."):
            for kol in range(1, 2 + len(g.laget.scenarier)):
                nesten(ark, foerste + i, kol)
    if not har_null:
        b.overskrift(
            "Nullalternativet er ikke oppgitt: så mye må hver som lykkes, spare i året for at det skal lønne seg"
        )
        merk(ark, g, b.rad, 0, "alt", 6)
        b.rad += 1
        b.hode("År ute av støtte", "Personår", "Spart per person og år")
        foerste = b.rad
        for aar, personaar, beloep in maa_oppnaas(g.laget.avtalt):
            spart: Verdi = INGEN_LYKKES if beloep == float("inf") else beloep
            b.tabellrad(f"{aar} år", (personaar, "antall"), (spart, "kr"))
        farg(ark, foerste, 0, b.rad - 1, 2, "alt")


def _eller(verdi: float | None, ellers: str = UTEN) -> Verdi:
    return ellers if verdi is None else verdi


def _dekning(ark: Ark) -> Verdi:
    netto, drift = (ark.bok.steder[f"leverandoer.{n}.sum"].verdier[0] for n in ("f.netto", "drift"))
    if netto == REGNES_IKKE:
        return REGNES_IKKE
    assert isinstance(netto, float)
    assert isinstance(drift, float)
    return 1 - netto / drift if drift < 0 else UTEN
