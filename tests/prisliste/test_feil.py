"""Wrong price lists: each is refused with one message that a finance officer can act on, and nothing is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_kommandolinje import avvist
from tests.ladet import kjoer
from tests.maskin import langsomhet
from tests.prisliste.lister import HODE, RIKTIG, csv_fil, en_rad, xlsx_fil
from tests.workbook.fiendtlige import fiendtlige
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.scenarios.loading import load_med_priser

_UTEN_ENHET = [kolonne for kolonne in HODE if kolonne != "enhetskostnad"]
_NAVN = "rad 2 («Booppfølging»)"

#: What is wrong -> the bytes of priser.csv, and what the message must hold besides the file's name.
FEIL_I_CSV: dict[str, tuple[bytes, tuple[str, ...]]] = {
    # The price
    "tom pris": (en_rad(enhetskostnad=""), (_NAVN, "enhetskostnad er tom", "Skriv den gamle prisen")),
    "bare mellomrom som pris": (en_rad(enhetskostnad="  "), (_NAVN, "enhetskostnad er tom")),
    "negativ pris": (en_rad(enhetskostnad="-5"), (_NAVN, "er «-5», ventet et beløp i kroner fra 0")),
    "negativ med kr": (en_rad(enhetskostnad="kr -475,50"), (_NAVN, "«kr -475,50»", "fra 0")),
    "punktum som kan være tusenskille": (
        en_rad(enhetskostnad="1.234"),
        (_NAVN, "«1.234», som kan leses som 1234 eller som 1,234", "Skriv 1\u00a0234 eller 1,2340"),
    ),
    "komma som kan være tusenskille": (en_rad(enhetskostnad="1,234"), (_NAVN, "«1,234», som kan leses som 1234")),
    "pris i euro": (en_rad(enhetskostnad="€ 52"), (_NAVN, "annen valuta («€»)", "norske kroner")),
    "pris i svenske kroner": (en_rad(enhetskostnad="520 SEK"), (_NAVN, "annen valuta («SEK»)")),
    "prosent": (en_rad(enhetskostnad="4,5 %"), (_NAVN, "«4,5 %», er en prosent")),
    "nan": (en_rad(enhetskostnad="nan"), (_NAVN, "«nan», ventet et beløp i kroner")),
    "uendelig": (en_rad(enhetskostnad="inf"), (_NAVN, "«inf», ventet et beløp i kroner")),
    "tekst som pris": (en_rad(enhetskostnad="etter avtale"), (_NAVN, "«etter avtale», ventet et beløp")),
    "for stor pris": (en_rad(enhetskostnad="2 000 000 000 000"), (_NAVN, "ventet et beløp", "1 000 milliarder")),
    "to priser i en celle": (en_rad(enhetskostnad="450-500"), (_NAVN, "«450-500», ventet et beløp")),
    "enhet i prisen": (en_rad(enhetskostnad="520 kr/time"), (_NAVN, "Enheten står i en egen kolonne")),
    "for smal kolonne": (en_rad(enhetskostnad="####"), (_NAVN, "kolonnen er for smal")),
    "forkortet tall": (en_rad(enhetskostnad="1,2E+05"), (_NAVN, "Excel har forkortet tallet")),
    "formel i csv": (en_rad(enhetskostnad="=475*1,05"), (_NAVN, "Formler regnes bare ut i en .xlsx-fil")),
    "feilverdi": (en_rad(enhetskostnad="#VERDI!"), (_NAVN, "«#VERDI!», ventet et beløp")),
    # The year
    "år utenfor": (en_rad(prisår="3000"), (_NAVN, "prisår er «3000», ventet et helt tall fra 1990 til 2100")),
    "år som tekst": (en_rad(prisår="i fjor"), (_NAVN, "prisår er «i fjor», ventet et helt tall")),
    "to år": (en_rad(prisår="2023/24"), (_NAVN, "prisår er «2023/24», ventet et helt tall")),
    "år uten indeks": (
        en_rad(prisår="2027"),
        (
            _NAVN,
            "prisår er 2027",
            "indeksen kommunal_deflator dekker bare 2014-2026",
            "[indekser.kommunal_deflator] i scenariofilen",
        ),
    ),
    # Source, date, and what a list does not change
    "for lang kilde": (en_rad(kilde="x" * 1001), (_NAVN, "kilde har 1001 tegn, ventet høyst 1000")),
    "dato som tekst": (en_rad(sist_endret="i januar"), (_NAVN, "sist endret er «i januar», ventet en dato")),
    "umulig dato": (en_rad(sist_endret="31.02.2025"), (_NAVN, "«31.02.2025», ventet en dato")),
    "annen enhet": (
        en_rad(enhet="kr per år"),
        (_NAVN, "enhet er «kr per år», men er «kr per time» i scenariet", "endres i scenariet"),
    ),
    "annen betaler": (en_rad(betaler="stat"), (_NAVN, "betaler er «stat», men er «kommune» i scenariet")),
    "annen kategori": (en_rad(kategori="oppstart"), (_NAVN, "kategori er «oppstart», men er «drift»")),
    # Which tiltak
    "ukjent tiltak": (
        en_rad(tiltak="Boopfølging"),
        ("rad 2", "«Boopfølging» er ikke et tiltak i Unge voksne", "Mente du Booppfølging?"),
    ),
    "tiltak i den andre gruppen": (
        en_rad(tiltak="Familiekonsulent / foreldreveiledning"),
        ("rad 2", "er ikke et tiltak i Unge voksne", "Det finnes i Familie."),
    ),
    "tomt tiltak": (en_rad(tiltak=""), ("rad 2", "tiltak er tom")),
    "ukjent gruppe": (
        en_rad(gruppe="Unge voksen"),
        ("rad 2", "gruppe er «Unge voksen», ventet «Unge voksne» eller «Familie»", "Mente du Unge voksne?"),
    ),
    "tom gruppe": (en_rad(gruppe=""), ("rad 2", "gruppe er tom, ventet «Unge voksne» eller «Familie»")),
    "samme tiltak to ganger": (
        csv_fil([RIKTIG, RIKTIG | {"tiltak": " BOOPPFØLGING "}]),
        ("rad 3", "«Booppfølging» i Unge voksne står også i rad 2", "Behold én av radene"),
    ),
    "samme tiltak skrevet med sammensatte tegn": (
        csv_fil([RIKTIG | {"tiltak": f"Økonomisk {r}dgivning"} for r in ("rå", "ra\u030a")]),
        ("rad 3", "«Økonomisk rådgivning»", "står også i rad 2"),
    ),
    "sum mellom prisene": (
        csv_fil([{"gruppe": "Sum", "enhetskostnad": "520"}, RIKTIG]),
        ("rad 2", "gruppe er «Sum»"),
    ),
    # Columns
    "manglende priskolonne": (csv_fil([RIKTIG], _UTEN_ENHET), ("rad 1", "kolonnen «enhetskostnad» mangler")),
    "omdøpt kolonne": (
        csv_fil([RIKTIG]).replace(b"kilde", b"kilder", 1),
        ("rad 1", "kolonnen «kilde» mangler", "Skal teksten «kilder» være «kilde»?"),
    ),
    "kolonne to ganger": (csv_fil([RIKTIG], [*HODE, "enhetskostnad"]), ("rad 1", "«enhetskostnad» står 2 ganger")),
    "uten overskrifter": (csv_fil([RIKTIG]).split(b"\r\n", 1)[1], ("finner ingen rad med overskriftene", "«tiltak»")),
    "desimalkomma mellom kommaer": (
        csv_fil([RIKTIG], skille=",").replace(b"520", b"520,50"),
        ("rad 2", "flere felt enn det er kolonner", "skilletegn"),
    ),
    # The file
    "uten rader": (csv_fil([]), ("prislisten er tom",)),
    "bare tomme rader": (csv_fil([]) + b";;;;;;;;\r\n" * 5, ("prislisten er tom",)),
    "tom fil": (b"", ("er tom, ventet en prisliste",)),
    "bare linjeskift": (b"\r\n\r\n", ("er tom, ventet en prisliste",)),
    "for stor fil": (csv_fil([RIKTIG]) + b";;;;;;;;\r\n" * 100_001, ("er større enn 1 MB",)),
    "for mange rader": (csv_fil([RIKTIG] * 501), ("har 501 rader, ventet høyst 500",)),
    "åpent anførselstegn": (
        csv_fil([RIKTIG]) + b'Unge voksne;"Bost\xc3\xb8tte;1\r\n',
        ("rad 3", "anførselstegnene går ikke opp"),
    ),
    "bare skilletegn": (b";" * 999_999, ("rad 1: ventet høyst 5000 rader og 256 kolonner",)),
    "tusenvis av tomme rader": (csv_fil([]) + b"\r\n" * 400_000, ("rad 5001: ventet høyst 5000 rader",)),
    "ikke tekst": (bytes(range(256)) * 8, ("kan leses", "CSV UTF-8")),
    "arbeidsbok med feil endelse": (b"PK\x03\x04" + bytes(100), ("er en arbeidsbok", "endelsen .xlsx")),
}


def melding_for(fil: Path) -> str:
    with pytest.raises(VelferdslabError) as feil:
        load_med_priser(None, fil)
    return str(feil.value)


@pytest.mark.parametrize("navn", FEIL_I_CSV)
def test_gal_csv_avvises_med_fil_rad_og_raad(navn: str, tmp_path: Path) -> None:
    innhold, ventet = FEIL_I_CSV[navn]
    (tmp_path / "priser.csv").write_bytes(innhold)
    start = time.process_time()
    melding = melding_for(tmp_path / "priser.csv")
    assert time.process_time() - start < 2 * langsomhet()
    assert "priser.csv" in melding
    for del_ in ventet:
        assert del_ in melding, melding
    assert "Traceback" not in melding
    assert len(melding.splitlines()) <= 3, melding


#: Cells of the list the program writes, changed by somebody; number formats; what the message must hold.
FEIL_I_XLSX: dict[str, tuple[dict[str, object], dict[str, str], tuple[str, ...]]] = {
    "tom pris": ({"D8": None}, {}, ("rad 8 («Booppfølging»): enhetskostnad er tom",)),
    "negativ": ({"D8": -5}, {}, ("rad 8", "er -5, ventet et beløp i kroner fra 0")),
    "tekst": ({"D8": "1.234"}, {}, ("rad 8", "som kan leses som 1234 eller som 1,234")),
    "sann": ({"D8": True}, {}, ("rad 8", "er SANN, ventet et beløp")),
    "dato der prisen skulle stå": (
        {"D8": datetime(2026, 2, 1)},
        {},
        ("rad 8", "er datoen 01.02.2026", "formater cellen som tall"),
    ),
    "prosentformat": ({"D8": 4.75}, {"D8": "0.00%"}, ("rad 8", "formatert som prosent")),
    "euroformat": ({"D8": 52}, {"D8": "[$€-2] #,##0.00"}, ("rad 8", "annen valuta (€)")),
    "dollarformat": ({"D8": 52}, {"D8": '"$"#,##0.00'}, ("rad 8", "annen valuta ($)")),
    "svensk kroneformat": ({"D8": 520}, {"D8": "#,##0.00 [$kr-41D]"}, ("rad 8", "annen valuta (svenske")),
    "formel uten verdi": ({"D8": "=475*1.05"}, {}, ("rad 8", "enhetskostnad er tom")),
    "brøkdel av et år": ({"G8": 2024.5}, {}, ("rad 8", "prisår er 2024,5, ventet et helt tall")),
    "dato vist som tall": (
        {"G8": 46143},
        {},
        ("rad 8", "prisår er 46143, ventet", "Er det en dato (01.05.2026)? Skriv bare"),
    ),
    "dato som prisår": ({"G8": datetime(2024, 1, 1)}, {}, ("rad 8", "prisår er datoen 01.01.2024")),
    "rad limt inn under": ({"A40": "Unge voksne", "B40": "Bostøtte", "D40": 1}, {}, ("rad 40", "står også i rad 16")),
    "overskrift slettet": ({"D4": None}, {}, ("rad 4", "kolonnen «enhetskostnad» mangler")),
    "alt slettet": ({f"{k}{r}": None for k in "ABCDEFGH" for r in range(5, 62)}, {}, ("prislisten er tom",)),
}


@pytest.mark.parametrize("navn", FEIL_I_XLSX)
def test_gal_xlsx_avvises_med_fil_rad_og_raad(navn: str, tmp_path: Path) -> None:
    celler, formater, ventet = FEIL_I_XLSX[navn]
    (tmp_path / "priser.xlsx").write_bytes(xlsx_fil(celler, formater=formater))
    melding = melding_for(tmp_path / "priser.xlsx")
    for del_ in ("priser.xlsx", *ventet):
        assert del_ in melding, melding
    assert len(melding.splitlines()) == 1, melding


def test_norske_kroneformater_godtas(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    for form in ("[$kr-414] #,##0.00", '"kr" #,##0', "#,##0 [$NOK]", "[$-414]#,##0.00", "#,##0.00\\ [$kr-814]"):
        fil.write_bytes(xlsx_fil({"D8": 520}, formater={"D8": form}))
        assert load_med_priser(None, fil)[1].endret == 1, form


def test_alle_feil_staar_i_en_melding_med_radnummer(tmp_path: Path) -> None:
    rader = [
        RIKTIG | {"enhetskostnad": "1.234", "prisår": "20"},
        RIKTIG | {"tiltak": "Botøtte"},
        {},
        {"gruppe": "Alle"},
        RIKTIG | {"tiltak": "Bostøtte", "enhet": "kr per år", "betaler": "stat"},
    ]
    (tmp_path / "priser.csv").write_bytes(csv_fil(rader))
    melding = melding_for(tmp_path / "priser.csv")
    linjer = melding.splitlines()
    assert linjer[0] == "6 feil i priser.csv:"
    assert [linje.split(":")[1].split(" (")[0] for linje in linjer[1:]] == [
        " rad 2", " rad 2", " rad 3", " rad 5", " rad 5", " rad 5"
    ]  # fmt: skip


def test_mange_feil_kuttes_og_sier_hvor_mange_det_var(tmp_path: Path) -> None:
    (tmp_path / "priser.csv").write_bytes(csv_fil([RIKTIG | {"tiltak": f"Ukjent {k}"} for k in range(400)]))
    start = time.process_time()
    melding = melding_for(tmp_path / "priser.csv")
    assert time.process_time() - start < 5 * langsomhet()
    assert len(melding.splitlines()) == 102
    assert melding.endswith("priser.csv: og 300 feil til.")


@pytest.mark.parametrize(
    ("lag", "argument", "ventet"),
    [
        (lambda m: (m / "mappe.xlsx").mkdir(), "mappe.xlsx", "er en mappe, ventet en prisliste"),
        (lambda m: (m / "priser.xlsx").touch(), "prisar.xlsx", "finnes ikke. Mente du priser.xlsx?"),
        (lambda _: None, "borte/priser.xlsx", "prislisten finnes ikke."),
        (lambda m: (m / "priser.txt").touch(), "priser.txt", "ventet .xlsx eller .csv. Lagre den som .csv"),
        (lambda m: (m / "priser.xls").touch(), "priser.xls", "ventet .xlsx eller .csv. Lagre den som .xlsx"),
        (lambda m: (m / "s.toml").touch(), "s.toml", "En scenariofil oppgis som SCENARIO"),
        (lambda m: (m / "priser").touch(), "priser", "Lag en med «velferdslab prices"),
        (lambda m: (m / "p.xlsx").write_bytes(en_rad()), "p.xlsx", "er en tekstfil, ikke en arbeidsbok (.xlsx)"),
        (lambda _: None, "x" * 5000 + ".csv", "kan ikke åpnes. Er filnavnet riktig"),
        (lambda _: None, "a\0b.csv", "kan ikke åpnes. Er filnavnet riktig"),
    ],
)
def test_gal_fil_avvises_med_raad(lag: Callable[[Path], object], argument: str, ventet: str, tmp_path: Path) -> None:
    lag(tmp_path)
    assert ventet in melding_for(tmp_path / argument)


def test_skjulte_tegn_i_kilden_er_borte_som_i_en_arbeidsbok(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(en_rad(kilde="a\u202eb"))
    (kilde,) = {
        t.kilde
        for t in load_med_priser(None, tmp_path / "p.csv")[0].grupper["unge_voksne"].tiltak
        if t.navn == "Booppfølging"
    }
    assert kilde.startswith("kilde: ab. Regnet om")


def test_en_arbeidsbok_er_ingen_prisliste_og_omvendt(standardfil: Path, tmp_path: Path) -> None:
    melding = melding_for(standardfil)
    assert "standard.xlsx er en arbeidsbok med effektmodellen, ikke en prisliste. Bruk den som SCENARIO" in melding
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({}))
    assert "er en prisliste, ikke et scenario. Oppgi den med --prices" in avvist(kjoer("run", fil, mappe=tmp_path))


def test_prisliste_paa_to_ark_avvises(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({}))
    bok = load_workbook(fil)
    bok.copy_worksheet(bok["Priser"]).title = "2023"
    bok.save(fil)
    assert "har en prisliste på flere ark: «Priser», «2023»" in melding_for(fil)


def test_nyere_format_avvises(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({}))
    bok = load_workbook(fil)
    bok.custom_doc_props["velferdslab_prisliste"].value = 99
    bok.save(fil)
    assert "er laget av en nyere versjon (format 99" in melding_for(fil)


def test_fiendtlige_filer_stoppes_av_vakten(standardfil: Path, tmp_path: Path) -> None:
    """The files that are refused as workbooks, given as price lists; the guard's own test measures time and memory."""
    fil = tmp_path / "priser.xlsx"
    antall = 0
    for navn, innhold in fiendtlige(standardfil.read_bytes()):
        fil.write_bytes(innhold)
        melding = melding_for(fil)
        assert "priser.xlsx" in melding, navn
        antall += 1
    assert antall >= 60


@pytest.mark.parametrize(
    "kommando", [["generate"], ["run"], ["generate", "-o", "ny/bok.xlsx"], ["prices", "-o", "p.csv"]]
)
@pytest.mark.parametrize("navn", ["punktum som kan være tusenskille", "ukjent tiltak", "tom fil", "år uten indeks"])
def test_gal_prisliste_gir_status_2_og_ingenting_skrives(kommando: list[str], navn: str, tmp_path: Path) -> None:
    innhold, ventet = FEIL_I_CSV[navn]
    (tmp_path / "priser.csv").write_bytes(innhold)
    melding = avvist(kjoer(*kommando, "--prices", "priser.csv", mappe=tmp_path))
    assert melding.startswith("Feil: priser.csv")
    assert all(del_ in melding for del_ in ventet), melding
    assert [p.name for p in tmp_path.iterdir()] == ["priser.csv"]
    assert (tmp_path / "priser.csv").read_bytes() == innhold
