"""Personas from TOML: what is wrong is told with file, persona and row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from velferdslab_model.base.maler import maler
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.errors import UgyldigInndata, VelferdslabError
from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.parameters.katalogtreff import treff
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.parameters.standard import standardtiltak
from velferdslab_model.personas.loading import (
    PERSONAMALER,
    les_personafiler,
    notatets_personas,
    personamal,
    samlet_sett,
)
from velferdslab_model.personas.reading import les_personas

_AAR = "aar = ["


def _feil(tmp_path: Path, mal: str, *bytter: tuple[str, str]) -> str:
    tekst = personamal(mal)
    for gammel, ny in bytter:
        assert gammel in tekst, gammel
        tekst = tekst.replace(gammel, ny, 1)
    fil = tmp_path / "x.toml"
    fil.write_text(tekst, encoding="utf-8")
    with pytest.raises(VelferdslabError) as feil:
        les_personas([fil])
    return str(feil.value)


_TIENDE = re.search(r"  \{ aar = 10.*\n", personamal("tone"))[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("mal", "bytte", "ventet"),
    [
        ("tone", (_TIENDE, ""), "x.toml: Tone: historier[1].aar mangler år 10. En historie har ti år."),
        ("tone", ("{ aar = 4,", "{ aar = 5,"), "Tone: historier[1].aar[5].aar er 5 en gang til"),
        ("tone", ("{ aar = 4,", "{ aar = 5,"), "Tone: historier[1].aar mangler år 4"),
        ("tone", (_TIENDE, _TIENDE + '  { aar = 11, livssituasjon = "utsatt" },\n'), "aar[11].aar er 11, ventet et år fra 1 til 10"),
        ("tone", ('livssituasjon = "uholdbar"', 'livssituasjon = "uhodbar"'), "aar[3].livssituasjon er teksten «uhodbar»"),
        ("tone", ('betaler = "kommune"', 'betaler = "fylke"'), "tjenester[1] «Økonomisk sosialhjelp».betaler er teksten «fylke»"),
        ("tone", ("enhetspris = 15000", "enhetspris = -15000"), "«Økonomisk sosialhjelp».enhetspris er -15000"),
        ("tone", ('"1" = 11', '"1" = -11'), "«Økonomisk sosialhjelp».mengde.1 er -11"),
        ("tone", ('"1" = 11', '"1-3" = 11'), "«Økonomisk sosialhjelp».mengde har flere mengder for samme år"),
        ("tone", ('"1" = 11', '"9-11" = 11'), "«Økonomisk sosialhjelp».mengde har årene teksten «9-11»"),
        ("tone", ('valuta = "NOK"', 'valuta = "EUR"'), "Tone: valuta er teksten «EUR», ventet NOK"),
        ("tone", ("enhetspris = 475", 'enhetspris = 475\nvaluta = "SEK"'), "tjenester[2] «Booppfølging».valuta er teksten «SEK»"),
        ("peder", ('utfall = "best"', 'utfall = "eneste"'), "Peder: historier har utfall «eneste» og «verst»"),
        ("tone", ('utfall = "eneste"', 'utfall = "best"'), "Tone: historier[1].utfall er «best», men historien med utfall «verst» mangler"),
        ("tone", ('brukergruppe = "unge_voksne"', 'brukergruppe = "eldre"'), "brukergruppe er teksten «eldre»"),
        ("tone", ("overfoering = true", 'overfoering = "ja"'), "«Økonomisk sosialhjelp».overfoering er teksten «ja»"),
        ("tone", (_AAR, "aar = 3\nrest = ["), "historier[1].rest er en ukjent nøkkel"),
        ("tone", ('"aft_plass_2018"', '"aft_plass_2081"'), "«Arbeidsforberedende trening (AFT)».katalog er «aft_plass_2081», som ikke finnes i priskatalogen. Mente du"),
        ("tone", ('"aft_plass_2018"', "2018"), "«Arbeidsforberedende trening (AFT)».katalog er 2018"),
        ("tone", ('"aft_plass_2018"', '"g_2019"'), "katalog er «g_2019», grunnbeløpet i folketrygden"),
        ("tone", ('"aft_plass_2018"', '"bpa_asker_udatert"'), "katalog er «bpa_asker_udatert», ikke regnet om: uten prisår"),
        ("tone", ("katalog =", "enhetspris = 1\nkatalog ="), "katalog står sammen med enhetspris. Raden i katalogen gir enhetspris; behold det ene."),
        ("tone", ("katalog =", "overfoering = true\nkatalog ="), "katalog står sammen med overfoering."),
        ("tone", ('navn = "Booppfølging"', 'navn = "Økonomisk sosialhjelp"'), "tjenester[2].navn er «Økonomisk sosialhjelp» en gang til"),
    ],
)  # fmt: skip
def test_det_som_er_galt_sies_med_persona_og_rad(tmp_path: Path, mal: str, bytte: tuple[str, str], ventet: str) -> None:
    melding = _feil(tmp_path, mal, bytte)
    assert ventet in melding
    assert "x.toml" in melding


def test_beste_og_verste_utfall_begynner_i_samme_livssituasjon(tmp_path: Path) -> None:
    bytte = ('{ aar = 1, livssituasjon = "utsatt"', '{ aar = 1, livssituasjon = "stabil"')
    assert "Peder: historier begynner i stabil og utsatt, ventet samme livssituasjon i år 1" in _feil(
        tmp_path, "peder", bytte
    )


def test_ulike_prisaar_og_samme_navn_to_ganger_avvises(tmp_path: Path) -> None:
    for navn, gammel, ny in (
        ("a", "", ""),
        ("b", 'navn = "Tone"', 'navn = "tone "'),
        ("c", "prisaar = 2019", "prisaar = 2024"),
    ):
        (tmp_path / f"{navn}.toml").write_text(personamal("tone").replace(gammel, ny, 1), encoding="utf-8")
    with pytest.raises(UgyldigInndata, match=r"b.toml: navn er «tone» en gang til"):
        samlet_sett(les_personafiler([tmp_path / "a.toml", tmp_path / "b.toml"]))
    with pytest.raises(UgyldigInndata, match=r"c.toml: prisaar er 2024, men de andre er i 2019-kroner"):
        samlet_sett(les_personafiler([tmp_path / "a.toml", tmp_path / "c.toml"]))


def test_malene_er_notatets_seks_personas_med_aatte_historier() -> None:
    sett = notatets_personas()
    assert len(sett.personas) == len(PERSONAMALER) == 6
    assert len(sett.historier()) == 8
    assert {n for n in maler() if n.startswith("personas/")} == {f"personas/{n}.toml" for n in PERSONAMALER}
    assert all(h.start == "utsatt" and len(h.aar) == 10 for _, h in sett.historier())
    assert all(p.notatet and p.konstruert for p in sett.personas)
    enslig = next(h for p, h in sett.historier() if p.navn == "Enslig mor")
    # The note's own illustration: what it names, and in which year it begins.
    begynner = {t.navn: int(t.mengde.nonzero()[0][0]) + 1 for t in enslig.tjenester if t.opphav == "notatet"}
    assert len(begynner) == 13
    assert begynner["Supplerende sosialhjelp"] == 2
    assert begynner["Støtte til guttens fritidsaktivitet"] == 4
    assert begynner["Støttekontakt for datteren"] == 5


def test_en_rad_i_katalogen_gir_pris_enhet_betaler_overfoering_og_kilde(tmp_path: Path) -> None:
    """By hand: 9 718 kr for a month of social assistance in 2019, with KPI (133.6 / 110.8) to 2024; what the file says of unit and payer holds."""
    tekst = personamal("tone").replace("prisaar = 2019", "prisaar = 2024")
    foer = tekst.index('betaler = "kommune"\noverfoering = true')
    etter = tekst.index('kilde = "kilde: notatet, vedlegg 2 (Tone)')
    mengde = 'frigjoer_budsjett = true\nmengde = 1\nkatalog = "sosialhjelp_snitt_maaned_2019"\n'
    (tmp_path / "x.toml").write_text(tekst[:foer] + mengde + tekst[etter:].partition("\n")[2], encoding="utf-8")
    (_, h) = les_personas([tmp_path / "x.toml"]).historier()[0]
    t = h.tjenester[0]
    assert (t.enhetspris, t.enhet, t.betaler, t.overfoering) == (round(9_718 * 133.6 / 110.8), "måned", "kommune", True)
    assert t.kilde.startswith("kilde: priskatalogen, sosialhjelp_snitt_maaned_2019 (grad ")
    assert "regnet om med KPI" in t.kilde
    assert "overføring: ingen kostnad for samfunnet" in t.kilde
    skrevet = (
        (tmp_path / "x.toml")
        .read_text("utf-8")
        .replace("mengde = 1\n", 'mengde = 1\nenhet = "halvår"\nbetaler = "stat"\n', 1)
    )
    (tmp_path / "x.toml").write_text(skrevet, "utf-8")
    t = les_personas([tmp_path / "x.toml"]).historier()[0][1].tjenester[0]
    assert (t.enhet, t.betaler) == ("halvår", "stat")


def test_hver_enhetspris_er_den_kilden_har() -> None:
    """The catalogue converted to 2019, in whole kroner, or the default price list with the nearest row named; or that none is found."""
    katalog = innebygd_katalog()
    tiltak = {t.navn: t for g in ("unge_voksne", "familier") for t in standardtiltak(g)}
    sett = 0
    for p, h in notatets_personas().historier():
        for t in h.tjenester:
            if funn := re.match(r"kilde: priskatalogen[:,] (\w+) \((?:grad ([ABC]): |uten prisår)", t.kilde):
                rad = katalog[funn[1]]
                beloep = rad.beloep if rad.prisaar is None else i_prisaar(rad, 2019, katalog).beloep
                assert t.enhetspris == round(beloep or 0), (p.navn, t.navn)
                assert (t.overfoering, funn[2]) == (rad.overfoering, rad.grad if rad.prisaar else None), (
                    p.navn,
                    t.navn,
                )
            elif funn := re.match(
                r"(\w+): standardprislisten: (.+) \(nærmest i priskatalogen: (\w+), som ville flyttet snittet fra notatets\)$",
                t.kilde,
            ):
                fra = tiltak[funn[2]]
                # A price is no more published for standing in the list.
                assert (t.enhetspris, funn[1]) == (fra.enhetskostnad, fra.kilde.partition(":")[0]), (p.navn, t.navn)
                (holdt,) = {ett.ganger for ett in treff()[sammenligningsnavn(funn[2])] if ett.id == funn[3]}
                # The reason that is given: the row has another price, and the mean would move with it.
                assert round((i_prisaar(katalog[funn[3]], 2019, katalog).beloep or 0) * holdt) != t.enhetspris, (
                    p.navn,
                    t.navn,
                )
            elif funn := re.search(
                r"550 kr \(nærmest i priskatalogen: (\w+), som ville flyttet snittet fra notatets\)$", t.kilde
            ):
                assert (t.enhetspris, funn[1] in katalog) == (550, True), (p.navn, t.navn)
            else:
                # A price that nobody has published, the note's own, and the lines that bring the means to the note's.
                lovlige = (
                    "konstruert: ikke funnet i priskatalogen",
                    "konstruert: beløpet er valgt",
                    "kilde: notatet, vedlegg 2",
                )
                assert t.kilde.startswith(lovlige), (p.navn, t.navn)
                continue
            sett += 1
    assert sett > 60
