"""A cell that a formula no longer computes is told of where it stands, and no other is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from tests.contract.vilkaar import FOER, kort
from velferdslab_model.contract import bargaining
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt
from velferdslab_model.contract.tabs.gamle_tall import GAMLE, GAMMELT, LAG_PAA_NYTT
from velferdslab_model.contract.tabs.risikosvar import KRAV, TAP
from velferdslab_model.contract.terms import Kontrakt, Tak
from velferdslab_model.contract.words import REGNES_IKKE
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.workbook.comparing import er_lik
from velferdslab_model.workbook.plan import Ark, Bok

_LAGET = replace(FOER, inntak=replace(FOER.inntak, lav=10))
_SAGT = (GAMLE, GAMMELT, LAG_PAA_NYTT)
#: What is typed, and which numbers are then old besides those that never had a formula.
ENDRINGER: dict[str, tuple[Kontrakt, set[str]]] = {
    "pris": (replace(_LAGET, priskort=kort((12, 140_000, 1.0))), set()),
    "tak per år": (replace(_LAGET, tak=Tak(None, 3e6, 6e6, False)), {"fordelingen", "alle", "forventet_rente"}),
    "telling": (
        replace(_LAGET, telling=(12.0, 20.0), suksessrate=(0.6,) * 4),
        {"risiko", "fordelingen", "alle", "forventet_rente"},
    ),
    "kohorter": (replace(_LAGET, kohorter="innen kontrakten"), {"alle"}),
}


@pytest.fixture(autouse=True, scope="module")
def faa_punkter() -> Iterator[None]:
    """A coarse zone: what is tried is whether its cells are marked."""
    with pytest.MonkeyPatch.context() as m:
        for navn in ("PRISFAKTORER", "RATER", "_PROEVDE_FAKTORER", "_PROEVDE_RATER"):
            m.setattr(bargaining, navn, getattr(bargaining, navn)[::5])
        yield


@cache
def _analyse() -> Kontraktsanalyse:
    return analyser_kontrakt(_LAGET)


def _flagg(bok: Bok) -> set[str]:
    return {n.removeprefix("gammel.") for n, s in bok.steder.items() if n.startswith("gammel.") and s.verdier[0] == 1}


def _roede(ark: Ark, flagg: set[str]) -> list[tuple[int, int, int, int]]:
    """What the conditional formats paint: of old numbers, and of the check and the line on top."""
    return [
        (r0, k0, r1, k1)
        for r0, k0, r1, k1, regel, _ in ark.betingede
        if regel["criteria"] in ("begins with", "!=") or regel["criteria"] in {f"=gammel_{n}=1" for n in flagg}
    ]


@pytest.mark.parametrize("navn", ENDRINGER)
def test_hver_celle_som_ville_vaert_en_annen_i_en_ny_bok_er_roed(navn: str) -> None:
    v, ventet = ENDRINGER[navn]
    gammel, ny = kontraktplan(_analyse(), v), kontraktplan(analyser_kontrakt(v))
    flagg = _flagg(gammel)
    # An investor that asks for a return: which year each payment comes in, is not in the sheet.
    assert flagg == ventet | {"alt", "krav"}
    umerket, merket = [], 0
    nye_ark = {ark.navn: {c.adresse: c for c in ark.celler()} for ark in ny.ark}
    for ark in gammel.ark:
        roede, nye = _roede(ark, flagg), nye_ark.get(ark.navn)
        if nye is None:  # the published table is not about the new terms
            assert any(c.verdi == GAMLE for c in ark.celler())
            continue
        for c in ark.celler():
            annen = nye.get(c.adresse)
            if annen is not None and er_lik(c.verdi, annen.verdi, c.skala):
                continue
            if any(r0 <= c.rad <= r1 and k0 <= c.kol <= k1 for r0, k0, r1, k1 in roede):
                merket += 1
            else:
                umerket.append((ark.navn, c.adresse, c.verdi))
    # What says that numbers are old differs too: the digest they were computed with, and the 0 or 1 of each kind.
    tegn = {(s.ark, s.adresse.replace("$", "")) for n, s in gammel.steder.items() if n.startswith("gammel.")}
    tegn.add((gammel.steder["regnet_med"].ark, gammel.steder["regnet_med"].adresse.replace("$", "")))
    tekster = {c.verdi for c in gammel.ark[0].celler() if isinstance(c.verdi, str) and "gule cellene" in c.verdi}
    assert [u for u in umerket if u[:2] not in tegn and u[2] not in tekster] == []
    assert merket > 50


def test_i_en_ny_bok_er_ingenting_gammelt() -> None:
    bok = kontraktplan(_analyse())
    assert _flagg(bok) == set()
    alle = [c.verdi for ark in bok.ark for c in ark.celler() if isinstance(c.verdi, str)]
    assert not [tekst for tekst in alle if tekst.startswith(_SAGT)]


def test_ordene_staar_ved_hver_blokk_og_ikke_bare_i_linjen_paa_toppen() -> None:
    bok = kontraktplan(_analyse(), ENDRINGER["telling"][0])
    hvor = {
        ark.navn: [c.adresse for c in ark.celler() if isinstance(c.verdi, str) and c.verdi.startswith(_SAGT)]
        for ark in bok.ark
    }
    # A sum of old and new numbers would be right for no terms: it is not shown.
    for n in ("pris_betalt", "kommune.f.ut.sum", "stat.f.netto.sum", "leverandoer.f.inn.sum", "investor.f.bunn", "kommune.f.pluss", "investor.f.internrente"):  # fmt: skip
        assert bok.steder[n].verdier == (REGNES_IKKE,), n
    assert set(bok.steder["leverandoer.f.akk"].verdier) == {""}
    assert isinstance(bok.steder["kommune.f.inn.sum"].verdier[0], float)  # saved: computed of the new terms alone
    assert len(hvor["Svar"]) >= 8  # each figure of risk has its own word in the column of units
    assert all(hvor[navn] for navn in ("Risiko", "Forhandlingsrom", "Scenarier"))


def test_ingen_sjanse_paa_foerste_fane_vises_som_sikker_naar_den_ikke_er_det() -> None:
    """Each cell of a chance has both rules, so that 0.0001 is «under 0,1 %» and the number stays in the cell."""
    bok = kontraktplan(_analyse())
    svar = bok.ark[0]
    kilder = {f"risiko.{n}" for n in ("p_tak", "p_kuttet", KRAV, *(f"tap.{p}" for p in TAP))}
    sjanser = {
        (c.rad, c.kol)
        for c in svar.celler()
        if c.formel and any(f'=0,{bok.steder[n].navn or bok.steder[n].full_adresse},"' in c.formel for n in kilder)
    }
    assert len(sjanser) == 7
    for stil in ("cf_nesten_null", "cf_nesten_sikkert"):
        assert {(rad, kol) for rad, kol, *_, funnet in svar.betingede if funnet == stil} == sjanser
