"""What stands in the file: tabs, names, protection, rules, stored values, and the rules for formulas."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.datetime import from_excel, to_excel
from openpyxl.workbook import Workbook

from tests.conftest import DATO, TILLEGG
from tests.regler import formelfeil, lengdefeil, omskiftelige
from tests.scenarier import KONSTRUERTE
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.bevegelse_tab import overgangsnavn
from velferdslab_model.effektbok.prisindekser import NAVN as INDEKSNAVN
from velferdslab_model.effektbok.prisvalg import KATALOGLINJER
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, IkkePrissatt
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.workbook.comparing import er_lik, formelceller
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.plan import IKKE_TILGJENGELIG, Bok
from velferdslab_model.workbook.stamp import er_uroert

FANER = ["Introduksjonsark", "Unge voksne", "Unge voksne | Kostnader", "Unge voksne | Gevinster",
         "Familie", "Familie | Kostnader", "Familie | Gevinster"]  # fmt: skip
_SITUASJONER = ("uholdbar", "utsatt", "stabil")
_TILTAK = ("navn", "beskrivelse", "type", "kategori", "driver", "enhetskostnad", "betaler", "volum_uholdbar",
           "volum_utsatt", "volum_stabil", "ganger", "kilde", "volumkilde")  # fmt: skip
_NETTO = ("budsjett", "samfunn", "kommune", "fylkeskommune", "stat", "kommune_realiserbar")
_SUMMER = ("kostnad", "besparelse", "erstattede_tjenester", "bedret_situasjon", "helsegevinst", "produksjonsgevinst",
           "offentlig_inntekt", "skattefinansieringskostnad",
           *(f"netto_{x}" for x in _NETTO), "netto_kommune_realiserbar")  # fmt: skip
#: The names that stay stable (interfaces), with the number of cells each refers to.
NAVN_PER_GRUPPE = {
    **dict.fromkeys((*(felt.navn for felt in FELT.values()), *(f"{felt.navn}_kilde" for felt in FELT.values())), 1),
    **{f"tiltak_{del_}": 30 for del_ in _TILTAK},
    **dict.fromkeys(("aar", "diskonteringsfaktor", *(f"deltakere_{s}" for s in _SITUASJONER), "aarsverk", "kostnad", *(f"kostnad_{b}" for b in BETALERE), "besparelse", *(f"besparelse_{b}" for b in BETALERE), "erstattede_tjenester", "bedret_situasjon", "helsegevinst", "produksjonsgevinst", "offentlig_inntekt", "offentlig_inntekt_kommune", "offentlig_inntekt_stat", "skattefinansieringskostnad", *(f"netto_{x}" for x in _NETTO), *(f"akkumulert_{x}" for x in _NETTO), "ind_kostnad", "ind_besparelse", "ind_helsegevinst", "ind_produksjonsgevinst", "ind_akkumulert_budsjett", "ind_akkumulert_samfunn"), 15),
    **{f"sum_{s}": 1 for s in _SUMMER},
    **{f"tilbakebetalingsaar_{x}": 1 for x in _NETTO},
    "alternativ_rente": 1,
    **{f"dfoe_{del_}_{x}": 1 for del_ in ("sum_netto", "tilbakebetalingsaar") for x in ("budsjett", "samfunn")},
    **{f"forsiktig_{del_}_{x}": 1 for del_ in ("sum_netto", "tilbakebetalingsaar") for x in ("budsjett", "samfunn")},
    **{f"uten_effekt_netto_{x}": 1 for x in ("budsjett", "samfunn")},
    **{f"per_inntatt_{s}_{x}": 1 for s in _SITUASJONER for x in (*_SUMMER, *(f"kostnad_{b}" for b in BETALERE), "netto_per_krone", "sjanse_baerekraftig")},
    **{f"alternativ_{del_}_{x}": 1 for del_ in ("sum_netto", "tilbakebetalingsaar") for x in ("budsjett", "samfunn")},
}  # fmt: skip
#: The figures that are not the note's, and the unit on the axis of values.
EGNE_FIGURER = {
    "Personer i velferdslab hvert år, etter situasjonen de er i": "personer",
    "Familier i velferdslab hvert år, etter situasjonen de er i": "familier",
    "Kostnad per person": "1 000 kr",
    "Kostnad per familie": "1 000 kr",
    "Netto samfunn per krone kostnad": "kr per kr",
    "Sjanse for å nå bærekraftig": "andel",
}
NAVN_I_BOKEN = ("navn", "prisaar", "kontroll", *(f"timesats_{i}" for i in range(1, 7)), *(f"samlet_sum_{s}" for s in _SUMMER),
                *(f"samlet_tilbakebetalingsaar_{x}" for x in _NETTO))  # fmt: skip


@pytest.fixture(scope="module", params=["standard", "tilleggs"])
def utgave(request: pytest.FixtureRequest) -> str:
    """Which workbook is looked at: the default one, or the one with every tab that can be asked for."""
    return str(request.param)


@pytest.fixture(scope="module")
def bok(utgave: str, request: pytest.FixtureRequest) -> Bok:
    plan: Bok = request.getfixturevalue(f"{utgave}bok")
    return plan


@pytest.fixture(scope="module")
def fil(utgave: str, request: pytest.FixtureRequest) -> Path:
    sti: Path = request.getfixturevalue(f"{utgave}fil")
    return sti


@pytest.fixture(scope="module")
def aapnet(fil: Path) -> Workbook:
    return load_workbook(fil)


@pytest.fixture(scope="module")
def lagret(fil: Path) -> Workbook:
    return load_workbook(fil, data_only=True)


def test_fanene_staar_i_rekkefolge_og_ingen_er_skjult(aapnet: Workbook, utgave: str) -> None:
    assert aapnet.sheetnames == FANER + ([fane.navn for fane in TILLEGG] if utgave == "tilleggs" else [])
    assert {ark.sheet_state for ark in aapnet} == {"visible"}


def test_alle_avtalte_navn_finnes_med_rett_stoerrelse(aapnet: Workbook) -> None:
    navn = aapnet.defined_names
    for prefiks in ("UV", "FAM"):
        for del_, antall in NAVN_PER_GRUPPE.items():
            ((ark, omraade),) = navn[f"{prefiks}_{del_}"].destinations
            celler = aapnet[ark][omraade.replace("$", "")]
            funnet = 1 if not isinstance(celler, tuple) else sum(len(rad) for rad in celler)
            assert funnet == antall, f"{prefiks}_{del_}"
    for del_ in NAVN_I_BOKEN:
        assert len(list(navn[del_].destinations)) == 1


def test_hvert_navn_er_avtalt_eller_brukt_i_en_formel(bok: Bok) -> None:
    formler = " ".join(str(c.formel) for _, c in formelceller(bok))
    regler = " ".join(str(v[4]) for ark in bok.ark for v in ark.valideringer)
    avtalt = {f"{p}_{n}" for p in ("UV", "FAM") for n in NAVN_PER_GRUPPE} | set(NAVN_I_BOKEN)
    ord_ = set(re.findall(r"[A-Za-z_]+", formler + " " + regler))
    # A tab on request is read back by the names of its columns.
    lest = {f"ikke_prissatt_{f.name}" for f in fields(IkkePrissatt)} | {*INDEKSNAVN.values()}
    lest |= {"timesats_navn", "timesats_kr", "timesats_kilde", KATALOGLINJER}
    for prefiks in ("UV", "FAM"):
        lest |= {overgangsnavn(prefiks, s) for s in LIVSSITUASJONER}
        lest |= {f"{prefiks}_situasjonskostnad", f"{prefiks}_bevegelse_kilde"}
    assert sorted(set(bok.alle_navn()) - avtalt - ord_ - lest - {"kontrolltall", "sist_brukt"}) == []


def test_bare_gule_felt_er_aapne_og_alle_formler_er_laast(bok: Bok, aapnet: Workbook) -> None:
    """Open formulas are those of the derived inputs: 2 null alternatives in each group, 5 and 6 prices by a common rate.

    With the tab «Priskatalog» the four cells of each tiltak with a figure on it follow that, and the rates through it.
    """
    gul = "FFFFF8D6"
    avledet = {(ark, c.adresse) for ark, c in formelceller(bok) if c.er_inndata}
    fulgt = sum(c.er_inndata and "Priskatalog" in str(c.formel) for _, c in formelceller(bok))
    assert (len(avledet) - fulgt, fulgt) in ((15, 0), (4, 4 * 29))
    for ark in aapnet:
        assert ark.protection.sheet
        assert not ark.protection.password
        assert not ark.protection.formatColumns  # False means: allowed
        assert not ark.protection.formatRows
        for rad in ark.iter_rows():
            for celle in rad:
                if isinstance(celle, MergedCell):
                    continue
                if celle.data_type == "f":
                    assert celle.protection.locked == ((ark.title, celle.coordinate) not in avledet)
                if celle.has_style:
                    er_gul = celle.fill.fgColor.rgb == gul and celle.value != "Blå på gult"  # the colour legend
                    assert celle.protection.locked != er_gul, (ark.title, celle.coordinate)
    assert aapnet.security is not None
    assert aapnet.security.lockStructure


def test_alle_inndata_er_aapne_og_har_regel_med_norsk_tekst(aapnet: Workbook) -> None:
    for prefiks in ("UV", "FAM"):
        for felt in FELT.values():
            ((arknavn, adresse),) = aapnet.defined_names[f"{prefiks}_{felt.navn}"].destinations
            ark, adresse = aapnet[arknavn], adresse.replace("$", "")
            assert not ark[adresse].protection.locked
            regler = [r for r in ark.data_validations.dataValidation if adresse in r.sqref]
            assert len(regler) == 1, adresse
            regel = regler[0]
            assert regel.promptTitle
            assert regel.prompt
            assert regel.error
            assert regel.showErrorMessage
            assert max(len(regel.promptTitle), len(regel.errorTitle)) <= 32
            assert max(len(regel.prompt), len(regel.error)) <= 255


def test_lagrede_verdier_er_motorens(bok: Bok, lagret: Workbook) -> None:
    for ark, celle in formelceller(bok):
        verdi = lagret[ark][celle.adresse].value
        assert er_lik(celle.verdi, to_excel(verdi) if isinstance(verdi, datetime) else verdi), (ark, celle.adresse)


@pytest.mark.treg(unntatt=4)
@pytest.mark.parametrize("scenario", ["standard", *KONSTRUERTE])
def test_formler_og_lengder_holder_reglene(scenario: str) -> None:
    bok = planlegg(beregn(fra_toml(KONSTRUERTE.get(scenario, {}), scenario, "Asker")), DATO, TILLEGG)
    assert formelfeil(bok) == []
    assert lengdefeil(bok) == []
    assert len(omskiftelige(bok)) == 1


def test_alle_kolonner_er_samme_aar_paa_arket(standardbok: Bok) -> None:
    assert {sted.kol for sted in standardbok.steder.values() if sted.akse} == {4}


def test_beregningene_gaar_ovenfra_og_ned(standardbok: Bok) -> None:
    """A calculation row reads rows above it on its own tab; only key figures, figures and sources read from below."""
    for prefiks in ("UV", "FAM"):
        start = standardbok.steder[f"{prefiks}.indeks"].rad
        ark = next(a for a in standardbok.ark if a.navn == standardbok.steder[f"{prefiks}.indeks"].ark)
        for celle in ark.celler():
            if celle.formel and celle.rad > start:
                egne = re.sub(r"'[^']*'![$A-Z0-9:]+", "", re.sub(r'"[^"]*"', "", celle.formel))
                rader = [int(r) - 1 for r in re.findall(r"\b\$?[A-Z]{1,2}\$?(\d+)\b", egne)]
                assert all(rad <= celle.rad for rad in rader), (celle.adresse, celle.formel)


def test_hver_aarsrad_har_tekst_og_enhet(standardbok: Bok) -> None:
    for sted in standardbok.steder.values():
        if sted.akse:
            ark = next(a for a in standardbok.ark if a.navn == sted.ark)
            tekster = {(c.rad, c.kol): c.verdi for c in ark.celler()}
            assert tekster.get((sted.rad, 0)), (sted.ark, sted.rad + 1)
            assert tekster.get((sted.rad, 1)), (sted.ark, sted.rad + 1)


def test_hver_figur_har_tittel_akser_beskrivelse_og_hopper_over_tomme(fil: Path, utgave: str) -> None:
    ekstra = ["Kommunens kostnad, realiserbare besparelse og netto per år (samlet)"] if utgave == "tilleggs" else []
    with ZipFile(fil) as arkiv:
        figurer = [n for n in arkiv.namelist() if n.startswith("xl/charts/chart")]
        tegninger = [arkiv.read(n).decode() for n in arkiv.namelist() if re.match(r"xl/drawings/drawing\d+\.xml", n)]
        beskrivelser = [d for t in tegninger for d in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', t)]
        assert len(figurer) == len(beskrivelser) == 28 + len(ekstra)
        for navn in figurer:
            xml = arkiv.read(navn).decode()
            assert '<c:dispBlanksAs val="span"/>' in xml, navn
            titler = re.findall(r"<a:t>([^<]+)</a:t>", xml)
            assert titler[0].startswith("Figur ") or titler[0] in (*ekstra, *EGNE_FIGURER), navn
            if "c:doughnutChart" not in xml:
                assert len(titler) == 3, (navn, titler)
                assert EGNE_FIGURER.get(titler[0], "1 000 kr") in titler


def test_figurene_er_de_aatte_fra_notatet_i_hver_gruppe(standardbok: Bok) -> None:
    for navn in ("Unge voksne", "Familie"):
        ark = next(a for a in standardbok.ark if a.navn == navn)
        numre = [re.match(r"Figur (\d+)", f.tittel) for f in ark.figurer]
        assert [int(n[1]) for n in numre if n] == [8, 9, 10, 11, 12, 13, 14, 14, 14, 15]


def test_soeylene_i_figur_15_staar_paa_null_ogsaa_naar_de_er_nesten_like(standardbok: Bok) -> None:
    for navn in ("Unge voksne", "Familie"):
        ark = next(a for a in standardbok.ark if a.navn == navn)
        figur = next(f for f in ark.figurer if f.tittel.startswith("Figur 15"))
        tall = {(c.rad, c.kol): c.verdi for c in ark.celler()}
        for serie in figur.serier:
            fra_rad, fra, til_rad, til = serie.verdier
            assert fra_rad == til_rad
            assert 0 in [tall[fra_rad, kol] for kol in range(fra, til + 1)]


@pytest.mark.parametrize("aar", [4, 10, 15])
def test_en_figur_over_tid_er_like_lang_som_analysen(aar: int) -> None:
    """The axis runs from the first to the last date it holds; the columns after the period hold the last one again."""
    gruppe = {"analyseperiode": aar, "analysetidspunkt": 2023}
    bok = planlegg(beregn(fra_toml({"unge_voksne": gruppe, "familier": gruppe}, "t", "t")), DATO)
    for navn in ("Unge voksne", "Familie"):
        ark = next(a for a in bok.ark if a.navn == navn)
        tall = {(c.rad, c.kol): c.verdi for c in ark.celler()}
        over_tid = [f for f in ark.figurer if getattr(f, "tidsakse", "")]
        assert [f.tidsakse for f in over_tid] == [*["years"] * 3, *["days"] * 3, "years"]
        for figur in over_tid:
            rad, fra, _, til = figur.etiketter
            dager = [from_excel(tall[rad, kol]) for kol in range(fra, til + 1)]
            merker = [d.year if figur.tidsakse == "years" else d.day for d in dager]
            foerste = 2023 if figur.tidsakse == "years" else 1
            assert merker == [foerste + min(i, aar - 1) for i in range(15)]
            for serie in (*figur.serier, *figur.linjer):
                rad, fra, _, til = serie.verdier
                assert [tall[rad, kol] for kol in range(fra + aar, til + 1)] == [IKKE_TILGJENGELIG] * (15 - aar)


def test_soeylene_for_netto_per_krone_staar_paa_null_ogsaa_naar_de_er_nesten_like(standardbok: Bok) -> None:
    for navn in ("Unge voksne", "Familie"):
        ark = next(a for a in standardbok.ark if a.navn == navn)
        figur = next(f for f in ark.figurer if f.tittel.startswith("Netto samfunn per krone"))
        tall = {(c.rad, c.kol): c.verdi for c in ark.celler()}
        rad, fra, _, til = figur.null
        assert [tall[rad, kol] for kol in range(fra, til + 1)] == [0, 0, 0]


def test_svaret_og_toppen_av_figur_8_staar_paa_en_baerbar_skjerm_uten_rulling(standardbok: Bok) -> None:
    """1 280 x 480 pixels of cells: inputs, key figures, every view and its payback year."""
    for navn in ("Unge voksne", "Familie"):
        ark = next(a for a in standardbok.ark if a.navn == navn)
        figur_8 = next(f for f in ark.figurer if f.tittel.startswith("Figur 8"))
        bredder = {k: b for fra, til, b in ark.kolonnebredder for k in range(fra, til + 1)}
        paa_skjermen = [c.kol for c in ark.celler() if 3 < c.rad < figur_8.plass.rad and c.stil != "overskrift"]
        assert sum(round(bredder[k] * 7 + 5) for k in range(max(paa_skjermen) + 1)) <= 1280
        assert sum(ark.radhoeyder.get(rad, 14.25) for rad in range(figur_8.plass.rad)) * 96 / 72 < 360


def test_introduksjonsarkets_foerste_skjerm_sier_hvor_sikkert_svaret_er(standardbok: Bok) -> None:
    """Within 1 280 x 480 pixels: the answers, the cautious net and what turns it, cost, saving and gains; no group is repeated in print."""
    ark = standardbok.ark[0]
    bredder = {k: b for fra, til, b in ark.kolonnebredder for k in range(fra, til + 1)}
    tall = {(c.rad, c.kol): c.verdi for c in ark.celler()}
    merker = {str(v): rad for (rad, _), v in tall.items() if isinstance(v, str)}
    rad = merker["Hvor sikkert er svaret?"] + 2
    kolonner = [kol for r, kol in tall if r == rad]
    assert sum(round(bredder[k] * 7 + 5) for k in range(max(kolonner) + 1)) <= 1280
    assert sum(ark.radhoeyder.get(r, 14.25) for r in range(merker["Produksjonsgevinst"] + 1)) * 96 / 72 <= 480
    assert [round(float(str(tall[rad, k]))) for k in (4, 5, 6, 8, 9, 10)] == [
        13_997_313, 10_421_342, 6_830_992, 54_003_713, 42_071_729, 30_568_782,
    ]  # fmt: skip
    assert [round(float(str(tall[rad, k])), 4) for k in (7, 11)] == [0.7256, 0.9144]
    assert ark.gjentatte_rader == (0, 0)


def test_ingen_figur_deles_av_et_sideskift(bok: Bok) -> None:
    for ark in bok.ark:
        for figur in ark.figurer:
            assert not [s for s in ark.sideskift if figur.plass.rad < s <= figur.plass.siste_rad], figur.tittel


def test_format_og_versjon_staar_i_filen(aapnet: Workbook) -> None:
    egenskaper = {e.name: e.value for e in aapnet.custom_doc_props.props}
    assert egenskaper["velferdslab_format"] == EFFEKTMODELL.format


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize(
    "tekst", ["=HYPERLINK(0)", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "<b>&amp;", "#REF!", "https://x.no"]
)
def test_tekst_fra_brukere_er_alltid_tekst(tekst: str, tmp_path: Path) -> None:
    data = {
        "navn": tekst,
        "unge_voksne": {"kilder": {"verdi_qaly": tekst}, "tiltak": [{"navn": "Bostøtte", "beskrivelse": tekst}]},
    }
    fil = tmp_path / "tekst.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml(data, "test", "test")), DATO))
    bok = load_workbook(fil)
    funnet = [
        c for ark in bok for rad in ark.iter_rows() for c in rad if isinstance(c.value, str) and c.value.endswith(tekst)
    ]
    assert len(funnet) == 3
    assert all(c.data_type == "s" and c.hyperlink is None for c in funnet)


def test_lange_kilder_med_emoji_kuttes_til_excels_grense(tmp_path: Path) -> None:
    data = {"unge_voksne": {"kilder": {"loennskostnad": "😀" * 240}}}
    fil = tmp_path / "emoji.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml(data, "test", "test")), DATO))
    assert load_workbook(fil)["Unge voksne | Gevinster"] is not None


def test_samme_inndata_og_dato_gir_samme_bytes(standard: Resultat, standardfil: Path) -> None:
    assert arbeidsbok(standard, DATO) == standardfil.read_bytes()
    assert arbeidsbok(standard, date(2026, 11, 23)) != standardfil.read_bytes()


def test_kontrolltallet_skiller_ulike_inndata() -> None:
    def tall(data: dict[str, object]) -> object:
        return planlegg(beregn(fra_toml(data, "test", "test")), DATO).steder["kontrolltall"].verdier[0]

    varianter: list[dict[str, object]] = [
        {},
        {"prisaar": 2020},
        {"unge_voksne": {"suksessrate": {"utsatt": 0.81}}},
        {"familier": {"suksessrate": {"utsatt": 0.81}}},
        {"unge_voksne": {"suksessrate": {"stabil": 0.81}}},
        {"unge_voksne": {"tiltak": [{"navn": "Booppfølging", "enhetskostnad": 476}]}},
        {"unge_voksne": {"tiltak": [{"navn": "Booppfølging", "betaler": "stat"}]}},
        {"unge_voksne": {"tiltak": [{"navn": "Bostøtte", "volum": {"uholdbar": 0.5, "utsatt": 1, "stabil": 0.1}}]}},
        {"unge_voksne": {"utvidet": {"realiserbar_andel": 0.999}}},
        # Changes that a weighted sum would not tell from the default.
        {"unge_voksne": {"inntak": {"uholdbar": 3, "utsatt": 0, "stabil": 3}}},
        {"unge_voksne": {"suksessrate": {"uholdbar": 0.9, "utsatt": 0.6, "stabil": 0.9}}},
        {"unge_voksne": {"suksessrate": {"uholdbar": 0.6, "utsatt": 0.9, "stabil": 0.9}}},
        {"unge_voksne": {"tiltak": [{"navn": "Booppfølging", "volum": {"uholdbar": 19, "utsatt": 2, "stabil": 2}}]}},
    ]
    assert len({tall(v) for v in varianter}) == len(varianter)


def test_stempelet_brytes_av_enhver_endring(standardfil: Path) -> None:
    innhold = standardfil.read_bytes()
    assert er_uroert(innhold)
    for sted in range(0, len(innhold), len(innhold) // 200):
        endret = bytearray(innhold)
        endret[sted] ^= 0x55
        assert not er_uroert(bytes(endret)), sted
    assert not er_uroert(innhold + b"x")
    assert not er_uroert(b"")
