from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.standard import standardkilder, standardtiltak, standardverdier
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.parameters.typer import BETALERE, KATEGORIER, KOSTNADSDRIVERE
from velferdslab_model.scenarios.loading import load_forutsetninger

ROT = Path(__file__).parents[2]
NYTT_TILTAK = """
[[unge_voksne.tiltak]]
navn = "Nytt"
beskrivelse = ""
type_kostnad = ""
kategori = "drift"
kostnadsdriver = "timer"
enhetskostnad = 1
betaler = "stat"
volum = { uholdbar = 1, utsatt = 1, stabil = 1 }
ganger_per_aar = 12
"""

# TOML, and what the message must hold: place, value, what was expected, and the likely fix where there is one.
UGYLDIGE = {
    "ukjent noekkel": (
        "[unge_voksne]\nsuksesrate = { utsatt = 0.8 }",
        ["unge_voksne.suksesrate", "Mente du suksessrate?"],
    ),
    "ukjent paa toppen": ("unge_voksen = 1", ["unge_voksen er en ukjent nøkkel", "Mente du unge_voksne?"]),
    "ukjent situasjon": ("[familier]\ninntak = { utsat = 2 }", ["familier.inntak.utsat", "Mente du utsatt?"]),
    "prosent som andel": (
        "[unge_voksne]\nsuksessrate = { utsatt = 80 }",
        ["unge_voksne.suksessrate.utsatt er 80, ventet en andel mellom 0 og 1. Mente du 0.80?"],
    ),
    "negativ pris": (
        '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = -1',
        ["«Booppfølging»: enhetskostnad er -1", "fra 0"],
    ),
    "for kort periode": ("[unge_voksne]\nanalyseperiode = 3", ["analyseperiode er 3", "fra 4 til 15"]),
    "for lang periode": ("[unge_voksne]\nanalyseperiode = 16", ["analyseperiode er 16", "fra 4 til 15"]),
    "ingen inntaksaar": ("[familier]\ninntaksaar = 0", ["familier.inntaksaar er 0", "fra 1 til 10"]),
    "for mange inntaksaar": ("[familier]\ninntaksaar = 11", ["familier.inntaksaar er 11", "fra 1 til 10"]),
    "halvt aar": ("[unge_voksne]\nanalyseperiode = 7.5", ["analyseperiode er 7.5", "helt tall"]),
    "tekst for tall": ('[unge_voksne]\nverdi_qaly = "mye"', ["verdi_qaly er teksten «mye»", "beløp i kroner"]),
    "tall i tekst": ('[unge_voksne]\nverdi_qaly = "1 120 000"', ["Mente du 1120000, uten anførselstegn?"]),
    "prosent i tekst": ('[unge_voksne]\nsuksessrate = { stabil = "80 %" }', ["Mente du 0.8, uten anførselstegn?"]),
    "sant for tall": ("[unge_voksne]\nverdi_qaly = true", ["verdi_qaly er true"]),
    "nan": ("[unge_voksne]\nloennskostnad = nan", ["loennskostnad er nan"]),
    "uendelig": ("[unge_voksne]\nloennskostnad = inf", ["loennskostnad er inf"]),
    "for stort": ("[unge_voksne]\nloennskostnad = 1e13", ["loennskostnad er 10000000000000"]),
    "altfor stort": (f"[unge_voksne]\nloennskostnad = {'9' * 400}", ["altfor stort tall"]),
    "ørlite inntak": (
        "[unge_voksne]\ninntak = { stabil = 0.001 }",
        ["inntak.stabil er 0.001", "0, eller minst 0.01"],
    ),
    "for høy rente": ("[unge_voksne]\nneddiskontering = 0.21", ["neddiskontering er 0.21", "mellom 0 og 0.2"]),
    "prisaar": ("prisaar = 1889", ["prisaar er 1889", "1990 til 2100"]),
    "tall der en tabell hører hjemme": ("[unge_voksne]\ninntak = 2", ["unge_voksne.inntak er 2, ventet en tabell"]),
    "gruppe som tall": ("familier = 3", ["familier er 3, ventet en tabell"]),
    "tiltak som tabell": ("[unge_voksne]\ntiltak = { navn = 1 }", ["ventet tiltak skrevet som [[unge_voksne.tiltak]]"]),
    "tiltak som tall i liste": ("[unge_voksne]\ntiltak = [1]", ["unge_voksne.tiltak[1] er 1, ventet en tabell"]),
    "tiltak uten navn": ("[[unge_voksne.tiltak]]\nenhetskostnad = 5", ["tiltak[1] mangler navn"]),
    "nytt tiltak uten alle felt": (
        '[[unge_voksne.tiltak]]\nnavn = "Booppfølgning"\nenhetskostnad = 5',
        ["nytt tiltak og mangler beskrivelse, type_kostnad, kategori", "Mente du Booppfølging?"],
    ),
    "to like tiltak": (
        '[[familier.tiltak]]\nnavn = "Bostøtte"\nenhetskostnad = 1\n[[familier.tiltak]]\nnavn = " bostøtte "\nenhetskostnad = 2',
        ["familier.tiltak[2] heter «bostøtte», det samme som nummer 1"],
    ),
    "for mange tiltak": (
        "".join(NYTT_TILTAK.replace("Nytt", f"Nytt {i}") for i in range(15)),
        ["31 tiltak", "høyst 30"],
    ),
    "ukjent betaler": (
        NYTT_TILTAK.replace('"stat"', '"fylke"'),
        ["betaler er teksten «fylke»", "«kommune», «fylkeskommune», «stat»"],
    ),
    "ukjent kategori": (NYTT_TILTAK.replace('"drift"', '"drif"'), ["kategori", "Mente du drift?"]),
    "manglende volum": (NYTT_TILTAK.replace("utsatt = 1, ", ""), ["volum mangler utsatt"]),
    "ganger": (NYTT_TILTAK.replace("= 12", "= 0"), ["ganger_per_aar er 0", "fra 1 til 366"]),
    "behold": ("[unge_voksne]\nbehold_standardtiltak = 1", ["behold_standardtiltak er 1, ventet true eller false"]),
    "ukjent kilde": ('[unge_voksne.kilder]\nloenn = "x"', ["unge_voksne.kilder.loenn er en ukjent nøkkel"]),
    "kilde som tall": ("[unge_voksne.kilder]\nloennskostnad = 1", ["kilder.loennskostnad er 1, ventet en tekst"]),
    "tomt navn": ('navn = "  "', ["navn er uten innhold"]),
    "langt navn": (f'navn = "{"a" * 201}"', ["navn har 201 tegn, ventet høyst 200"]),
    "linjeskift i navn": ('navn = "a\\nb"', ["navn har tegnet U+000A"]),
    "ikke et tegn": ('navn = "a\\uFFFFb"', ["navn har tegnet U+FFFF"]),
    "punktum som tusenskille": ("[unge_voksne]\nloennskostnad = 600.000", ["er skrevet 600.000", "Mente du 600000?"]),
    "kr i tekst": ('[unge_voksne]\nloennskostnad = "550 kr"', ["Mente du 550, uten anførselstegn?"]),
    "riktig noekkel paa feil sted": ("loennskostnad = 1", ["hører hjemme under [unge_voksne] eller [familier]"]),
    "prisaar i gruppen": ("[familier]\nprisaar = 2020", ["skal stå øverst i filen"]),
    "litt over en": ("[unge_voksne]\nsuksessrate = { stabil = 1.2 }", ["er 1.2, ventet en andel mellom 0 og 1."]),
    "styretegn i noekkel": ('"\\u001b[31m" = 1', ["?[31m er en ukjent nøkkel"]),
    "snudd leseretning": ('navn = "a\\u202Eb"', ["navn har tegnet U+202E"]),
}
ULESELIGE = {
    "komma i tall": (b"[unge_voksne]\nneddiskontering = 0,04", ["linje 2", "neddiskontering = 0,04", "punktum"]),
    "hardt mellomrom i tall": (
        "[familier]\nverdi_qaly = 600\u00a0000".encode(),
        ["linje 2", "«verdi_qaly = 600?000». Linjen har et hardt mellomrom (vist som ?)"],
    ),
    "mellomrom i tall": (b"[familier]\nverdi_qaly = 600 000", ["linje 2", "uten mellomrom"]),
    "prosenttegn": (b"[familier]\nneddiskontering = 4 %", ["80 % er 0.8"]),
    "kr bak tallet": (b"[familier]\nverdi_qaly = 550 kr", ["uten «kr»"]),
    "uten anførselstegn": (b"navn = Bergen", ['Tekst står i anførselstegn: navn = "Bergen"']),
    "krøllete anførselstegn": ("navn = «Bergen»".encode(), ["rette anførselstegn"]),
    "øæå i noekkel": ("prisår = 2024".encode(), ["uten æ, ø og å"]),
    "tabell to ganger": (b"[familier]\n[unge_voksne]\n[familier]", ["linje 3", "bare stå én gang"]),
    "bare et styretegn": (b"\x0b", ["linje 1 er ikke riktig skrevet"]),
    "styretegn i linjen": (b"navn = \x1b[31m", ["linje 1 er ikke riktig skrevet: «navn = ?[31m»"]),
    "mange punktum": (b"a." * 9_000 + b"b = 1", ["svært mange punktum"]),
    "uavsluttet tekst": (b'navn = "Asker', ["linje 1 er ikke riktig skrevet"]),
    "samme noekkel to ganger": (b"prisaar = 2019\nprisaar = 2020", ["linje 2"]),
    "ikke utf-8": ("navn = 'Bærum'".encode("latin-1"), ["linje 1 er ikke UTF-8"]),
    "dyp nesting": (b"navn = " + b"[" * 5000, ["scenario.toml"]),
    "altfor langt tall": (b"prisaar = " + b"9" * 5000, ["for lange tall"]),
    "arbeidsbok": (b"PK\x03\x04resten", ["er ødelagt"]),
    "gammel arbeidsbok": (b"\xd0\xcf\x11\xe0resten", ["gamle formatet .xls"]),
    "for stor fil": (b"#" * 1_000_001, ["større enn"]),
}


@pytest.mark.parametrize("navn", UGYLDIGE)
def test_ugyldig_verdi_gir_melding_med_sted_verdi_og_forventning(navn: str, tmp_path: Path) -> None:
    tekst, ventet = UGYLDIGE[navn]
    fil = tmp_path / "scenario.toml"
    fil.write_text(tekst, encoding="utf-8")
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert len(feil.value.feil) == 1, feil.value.feil
    melding = str(feil.value)
    assert melding.startswith("scenario.toml: ")
    assert [del_ for del_ in ventet if del_ not in melding] == [], melding


@pytest.mark.parametrize("navn", ULESELIGE)
def test_uleselig_fil_gir_en_melding(navn: str, tmp_path: Path) -> None:
    innhold, ventet = ULESELIGE[navn]
    fil = tmp_path / "scenario.toml"
    fil.write_bytes(innhold)
    with pytest.raises(KanIkkeLese) as feil:
        load_forutsetninger(fil)
    assert [del_ for del_ in ventet if del_ not in str(feil.value)] == [], str(feil.value)


def test_manglende_fil_foreslaar_en_som_finnes(tmp_path: Path) -> None:
    (tmp_path / "bergen.toml").write_text("")
    with pytest.raises(KanIkkeLese, match=r"filen finnes ikke. Mente du bergen.toml\?"):
        load_forutsetninger(tmp_path / "bregen.toml")


def test_en_mappe_er_ingen_scenariofil(tmp_path: Path) -> None:
    with pytest.raises(KanIkkeLese, match="er en mappe"):
        load_forutsetninger(tmp_path)


def test_alle_feil_i_en_fil_meldes_paa_en_gang(tmp_path: Path) -> None:
    fil = tmp_path / "scenario.toml"
    tekst = "prisaar = 1\n[unge_voksne]\nanalyseperiode = 3\nsuksessrate = { utsatt = 80 }\n[familier]\nukjent = 1\n"
    fil.write_text(tekst + '[[familier.tiltak]]\nnavn = "Bostøtte"\nenhetskostnad = -5\nbetaler = "x"\n')
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert len(feil.value.feil) == 6
    assert str(feil.value).startswith("6 feil i scenario.toml:\n")


def test_feilene_kommer_i_filens_rekkefolge(tmp_path: Path) -> None:
    fil = tmp_path / "scenario.toml"
    navn = [f"ukjent_{k}" for k in "hgfedcba"]
    fil.write_text("".join(f"{n} = 1\n" for n in navn))
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert [tekst.split()[0] for tekst in feil.value.feil] == navn


def test_tre_desimaler_er_lovlig_der_det_ikke_er_kroner() -> None:
    data = tomllib.loads("[unge_voksne]\nsuksessrate = { stabil = 0.125 }\ninntak = { stabil = 1.125 }\n")
    gruppe = fra_toml(data, "test", "test").unge_voksne
    assert (gruppe.suksessrate[2], gruppe.inntak[2]) == (0.125, 1.125)


def test_volum_kan_endres_for_en_situasjon() -> None:
    data = {"familier": {"tiltak": [{"navn": "Bostøtte", "volum": {"utsatt": 0.75}}]}}
    endret = next(t for t in fra_toml(data, "test", "test").familier.tiltak if t.navn == "Bostøtte")
    assert endret.volum == (1, 0.75, 0.1)


def test_standardtallene_har_enhet_kilde_og_lovlige_ord() -> None:
    for gruppe in BRUKERGRUPPER:
        assert standardverdier(gruppe).keys() == standardkilder(gruppe).keys() == FELT.keys()
        for kilde in (*standardkilder(gruppe).values(), *(t.kilde for t in standardtiltak(gruppe))):
            opphav, _, tekst = kilde.partition(": ")
            assert opphav in ("kilde", "antakelse")
            assert tekst.strip()
        for tiltak in standardtiltak(gruppe):
            assert tiltak.kategori in KATEGORIER
            assert tiltak.betaler in BETALERE
            assert tiltak.kostnadsdriver in KOSTNADSDRIVERE
            assert tiltak.beskrivelse


def test_endret_tall_uten_kilde_regnes_som_antakelse() -> None:
    data = {
        "unge_voksne": {
            "loennskostnad": 500_000,
            "verdi_qaly": 1_120_000,
            "tiltak": [{"navn": "Bostøtte", "enhetskostnad": 1}],
        }
    }
    gruppe = fra_toml(data, "test", "test").unge_voksne
    assert gruppe.kilder["loennskostnad"] == UTEN_KILDE
    assert (
        gruppe.kilder["verdi_qaly"] == standardkilder("unge_voksne")["verdi_qaly"]
    )  # the same number keeps its source
    assert next(t for t in gruppe.tiltak if t.navn == "Bostøtte").kilde == UTEN_KILDE


def test_oppgitt_kilde_folger_tallet() -> None:
    data = {
        "unge_voksne": {"suksessrate": {"utsatt": 0.5}, "kilder": {"suksessrate": {"utsatt": "Registreringer 2025"}}}
    }
    assert fra_toml(data, "test", "test").unge_voksne.kilder["suksessrate.utsatt"] == "kilde: Registreringer 2025"
    data["unge_voksne"]["kilder"] = {"suksessrate.utsatt": "Registreringer 2025"}
    assert fra_toml(data, "test", "test").unge_voksne.kilder["suksessrate.utsatt"] == "kilde: Registreringer 2025"


def test_tiltak_med_samme_navn_endrer_bare_feltene_som_er_oppgitt() -> None:
    data = {"familier": {"tiltak": [{"navn": "  BOSTØTTE", "enhetskostnad": 40_000}]}}
    familier = fra_toml(data, "test", "test").familier
    assert len(familier.tiltak) == len(standardtiltak("familier"))
    endret = next(t for t in familier.tiltak if t.navn == "BOSTØTTE")
    assert (endret.enhetskostnad, endret.betaler, endret.volum) == (40_000, "stat", (1, 0.5, 0.1))


def test_tall_avrundes_til_femten_siffer_som_i_excel() -> None:
    data = {"unge_voksne": {"loennskostnad": 300000.1234567891234}}
    assert fra_toml(data, "test", "test").unge_voksne.loennskostnad == 300000.123456789


def test_navn_utelatt_er_filens_navn(tmp_path: Path) -> None:
    (tmp_path / "Nordre Follo.toml").write_text("prisaar = 2019\n", encoding="utf-8-sig")
    assert load_forutsetninger(tmp_path / "Nordre Follo.toml").navn == "Nordre Follo"


def test_malen_gir_standardverdiene_og_er_den_samme_som_i_templates() -> None:
    mal = scenariomal("Min kommune")
    assert (ROT / "templates" / "kommune.toml").read_text(encoding="utf-8") == mal
    assert load_forutsetninger(ROT / "templates" / "kommune.toml").grupper == load_forutsetninger().grupper


def test_hver_linje_i_malen_kan_tas_i_bruk(tmp_path: Path) -> None:
    """Uncommenting every value line, but not the explanations, gives the default numbers again."""
    import re

    linjer = []
    for linje in scenariomal("Min kommune").splitlines():
        verdi = re.match(r"# ([a-z_]+ = .+)$", linje)
        er_felt = verdi and verdi[1].split(" = ")[0] in {n.partition(".")[0] for n in FELT} | {
            n.partition(".")[2] for n in FELT
        }
        linjer.append(verdi[1] if verdi and er_felt and "[unge" not in linje and '"' not in linje else linje)
    tekst = re.sub(r"\n(enhetskostnad|betaler|volum|ganger_per_aar|kategori)", r"\n# \1", "\n".join(linjer))
    fil = tmp_path / "full.toml"
    fil.write_text(tekst, encoding="utf-8")
    assert tekst.count("\nanalyseperiode = ") == tekst.count("\nrealiserbar_andel = ") == 2
    assert load_forutsetninger(fil).grupper == load_forutsetninger().grupper


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("Asker", "asker"),
        ("Nordre Follo", "nordre_follo"),
        ("Bærum/Ås Ø", "baerum_aas_oe"),
        ("  ", "scenario"),
        ("CON", "con_"),
        ("../../etc/passwd", "etc_passwd"),
        ("x" * 300, "x" * 100),
    ],
)
def test_filnavn_er_trygge(navn: str, ventet: str) -> None:
    assert filnavn(navn) == ventet
