"""From the list to the result and back: what was typed comes out, what was not typed stays, and nothing is lost."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_kommandolinje import avvist
from tests.conftest import DATO
from tests.ladet import kjoer
from tests.prisliste.lister import (
    EN_DAG,
    FIENDTLIGE_NAVN,
    HODE,
    RIKTIG,
    csv_fil,
    fiendtlig_scenario,
    skriv_liste,
    standard_csv,
    xlsx_fil,
)
from tests.regneark import LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.typer import Forutsetninger, Tiltak
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.writing import prisliste_csv
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser

_TOML = """\
navn = "Asker"
[[unge_voksne.tiltak]]
navn = "Booppfølging"
enhetskostnad = 520.5
kilde = "Prisliste 2024, side 3"
[[familier.tiltak]]
navn = "Avlastning"
enhetskostnad = 1234
kilde = "Prisliste 2024, side 4"
"""


def tiltak(f: Forutsetninger, gruppe: str, navn: str) -> Tiltak:
    return next(t for t in f.grupper[gruppe].tiltak if t.navn == navn)


@pytest.fixture
def scenarier(tmp_path: Path) -> dict[str, Path | None]:
    """The default, a scenario in other money, names that look like formulas, and an edited workbook."""
    (tmp_path / "s.toml").write_text(_TOML.replace('"Asker"', '"Asker"\nprisaar = 2022'), encoding="utf-8")
    bok = tmp_path / "bok.xlsx"
    bok.write_bytes(arbeidsbok(beregn(load_forutsetninger(tmp_path / "s.toml")), DATO))
    return {"standard": None, "toml": tmp_path / "s.toml", "arbeidsbok": bok, "navn": fiendtlig_scenario(tmp_path)}


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize("endelse", ["xlsx", "csv"])
@pytest.mark.parametrize("hvilket", ["standard", "toml", "arbeidsbok", "navn"])
@pytest.mark.parametrize("prisaar", [None, 2024])
def test_en_uredigert_liste_endrer_ingenting(
    hvilket: str, endelse: str, prisaar: int | None, scenarier: dict[str, Path | None], tmp_path: Path
) -> None:
    scenario = scenarier[hvilket]
    fil = skriv_liste(tmp_path / f"priser.{endelse}", scenario)
    f, endring = load_med_priser(scenario, fil, prisaar)
    uten = load_forutsetninger(scenario, prisaar)
    assert f == uten
    assert f.omregning == uten.omregning
    for gruppe, g in f.grupper.items():
        assert g.kilder == uten.grupper[gruppe].kilder
    assert endring.melding() == f"Prisliste priser.{endelse}: 0 priser endret, {endring.uendret} uendret."


@pytest.mark.parametrize("prisaar", [2019, 2024])
@pytest.mark.parametrize("endelse", ["xlsx", "csv"])
def test_redigert_liste_gir_noeyaktig_det_samme_som_redigert_toml(endelse: str, prisaar: int, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(f"prisaar = {prisaar}\n" + _TOML, encoding="utf-8")
    fil = tmp_path / f"priser.{endelse}"
    kilde = "Prisliste 2024, side {}"
    if endelse == "xlsx":
        ny = {
            "D8": 520.5,
            "G8": prisaar,
            "H8": kilde.format(3),
            "D31": "1 234 kr",
            "G31": prisaar,
            "H31": kilde.format(4),
        }
        assert load_workbook(skriv_liste(fil))["Priser"]["B31"].value == "Avlastning"
        fil.write_bytes(xlsx_fil(ny))
    else:
        rader = standard_csv()
        for rad in rader:
            if rad[:2] == ["Unge voksne", "Booppfølging"]:
                rad[3], rad[6], rad[HODE.index("kilde")] = "520,50", str(prisaar), kilde.format(3)
            if rad[1] == "Avlastning":
                rad[3], rad[6], rad[HODE.index("kilde")] = "1.234,-", str(prisaar), kilde.format(4)
        with fil.open("w", encoding="utf-8", newline="") as ut:
            csv.writer(ut, delimiter=";").writerows(rader)
    f, endring = load_med_priser(None, fil, prisaar)
    ventet = load_forutsetninger(tmp_path / "s.toml")
    assert f == ventet
    assert beregn(f).to_dict() == beregn(ventet).to_dict()
    assert (endring.endret, endring.uendret, endring.egne, endring.utenfor) == (2, 46, 0, 0)
    assert f"2 priser endret (i {prisaar}-kroner), 46 uendret." in endring.melding()


def test_redigert_pris_med_gammel_kilde_er_en_antakelse(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({"D8": 520, "G9": 2020, "H10": "Bekreftet av avdelingen"}))
    f, endring = load_med_priser(None, fil)
    antakelse = "antakelse: prisliste priser.xlsx, uten oppgitt kilde"
    assert tiltak(f, "unge_voksne", "Booppfølging").kilde == antakelse
    # The same number in another year is another price.
    assert tiltak(f, "unge_voksne", "Hjelp til å skaffe egnet bolig").kilde.startswith(
        f"{antakelse}. Regnet om fra 2020"
    )
    kvp = tiltak(f, "unge_voksne", "Kvalifiseringsprogrammet (KVP), oppfølging")
    assert (kvp.enhetskostnad, kvp.kilde) == (550, "kilde: Bekreftet av avdelingen")
    assert endring.melding() == (
        "Prisliste priser.xlsx: 2 priser endret (i 2019- og 2020-kroner, 2 uten ny kilde, regnes som antakelse), "
        "46 uendret, 1 ny kilde til uendret pris."
    )


def test_liste_brukt_to_ganger_gir_det_samme(tmp_path: Path) -> None:
    """A workbook made with a list, given the same list: the default's source does not come back under a new price."""
    fil, bok = tmp_path / "priser.xlsx", tmp_path / "bok.xlsx"
    fil.write_bytes(xlsx_fil({"D8": 520}))
    f, _ = load_med_priser(None, fil)
    bok.write_bytes(arbeidsbok(beregn(f), DATO))
    igjen, endring = load_med_priser(bok, fil)
    assert endring.endret == 0
    assert igjen == f


def test_tiltak_utenfor_listen_beholder_prisen_og_tomt_prisaar_er_scenariets(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(_TOML.replace('"Asker"', '"Asker"\nprisaar = 2022'), encoding="utf-8")
    fil = tmp_path / "priser.csv"
    fil.write_bytes(csv_fil([RIKTIG | {"prisår": "", "sist endret": ""}]))
    endring = legg_over(les_oppgitt(tmp_path / "s.toml"), fil)
    assert endring.oppgitt.prisaar["unge_voksne"]["tiltak.Booppfølging"] == 2022
    assert (endring.endret, endring.uendret, endring.utenfor) == (1, 0, 34)
    assert endring.melding().endswith("0 uendret, 34 tiltak er ikke i listen og beholder prisen.")
    ventet = les_oppgitt(tmp_path / "s.toml")
    assert endring.oppgitt.grupper["familier"] == ventet.grupper["familier"]


def test_pris_paa_null_godtas(tmp_path: Path) -> None:
    fil = tmp_path / "priser.csv"
    fil.write_bytes(csv_fil([RIKTIG | {"enhetskostnad": "0"}]))
    assert tiltak(load_med_priser(None, fil)[0], "unge_voksne", "Booppfølging").enhetskostnad == 0


def norsk_excel(rader: list[list[str]]) -> str:
    """The text of a CSV file as a Norwegian Excel saves the .xlsx list: shown numbers, title rows, padded with ;."""
    hode = [["Prisliste: Asker"] + [""] * 8, ["1. Endre ..."] + [""] * 8, ["2. Lagre filen"] + [""] * 8]
    tabell = [[celle.capitalize() for celle in rader[0]], *(rad[:] for rad in rader[1:])]
    for rad in tabell[1:]:
        rad[3] = f"{float(rad[3].replace(',', '.')):,.2f}".replace(",", "\u00a0").replace(".", ",")
    ut = StringIO()
    csv.writer(ut, delimiter=";", lineterminator="\r\n").writerows([*hode, *tabell])
    return ut.getvalue()


@pytest.mark.parametrize("koding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_lagret_av_norsk_excel_leses_i_hver_koding(koding: str, tmp_path: Path) -> None:
    rader = standard_csv()
    boop = next(k for k, rad in enumerate(rader) if rad[1] == "Booppfølging")
    rader[boop][3] = "1520,50"
    fil = tmp_path / "priser.csv"
    fil.write_bytes(norsk_excel(rader).encode(koding))
    assert (
        "1\u00a0520,50".encode(koding if koding != "utf-8-sig" else "utf-8") in fil.read_bytes() or koding == "utf-16"
    )
    f, endring = load_med_priser(None, fil)
    assert tiltak(f, "unge_voksne", "Booppfølging").enhetskostnad == 1520.5
    assert (endring.endret, endring.uendret) == (1, 47)
    # The row number of a message is the one Excel shows, title rows counted.
    fil.write_bytes(norsk_excel(rader).replace("1\u00a0520,50", "x").encode(koding))
    with pytest.raises(Exception, match=f"rad {boop + 4} "):
        load_med_priser(None, fil)


def test_en_omregnet_liste_vises_og_lagres_i_oere_og_er_den_samme(tmp_path: Path) -> None:
    """704,783824728984 kr is shown as 704,78, which is what Excel saves in CSV; an øre more is another price."""
    scenario, fil = tmp_path / "s.toml", tmp_path / "priser.csv"
    scenario.write_text(som_toml(load_forutsetninger(None, 2025), "test"), encoding="utf-8")
    oppgitt = les_oppgitt(scenario)
    rader = list(csv.reader(StringIO(prisliste_csv(oppgitt).decode("utf-8-sig")), delimiter=";"))
    assert sum("," in rad[3] and len(rad[3].partition(",")[2]) > 2 for rad in rader[1:]) > 30
    fil.write_text(norsk_excel(rader), encoding="utf-8")
    assert legg_over(oppgitt, fil).oppgitt == oppgitt
    assert kontroller(fil, scenario).endringer == []
    boop = next(rad for rad in rader if rad[1] == "Booppfølging")
    boop[3] = f"{round(float(boop[3].replace(',', '.')), 2) + 0.01:.2f}".replace(".", ",")
    fil.write_text(norsk_excel(rader), encoding="utf-8")
    assert legg_over(oppgitt, fil).endret == 1
    assert [e.tiltak for _, e in kontroller(fil, scenario).endringer] == ["Booppfølging"]


@pytest.mark.parametrize("skille", [";", ",", "\t"])
def test_skilletegn_store_bokstaver_og_rekkefoelge_er_uten_betydning(skille: str, tmp_path: Path) -> None:
    fil = tmp_path / "priser.csv"
    hode = ["Merknad", " KILDE", "Prisaar", "EnhetsKostnad ", "tiltak", "GRUPPE"]
    fil.write_bytes(
        csv_fil([], hode, skille)
        + skille.join(["ny", "Liste", "2024", '"520,50"', "booppfølging", "unge voksne"]).encode()
        + b"\r\n\r\n"
    )
    f, endring = load_med_priser(None, fil, 2024)
    assert tiltak(f, "unge_voksne", "Booppfølging").enhetskostnad == 520.5
    assert endring.melding().endswith("Kolonnen «Merknad» brukes ikke.")


def test_sep_linjen_fra_excel_telles_ikke(tmp_path: Path) -> None:
    fil = tmp_path / "priser.csv"
    fil.write_bytes(b"sep=;\r\n" + csv_fil([RIKTIG]))
    assert load_med_priser(None, fil)[1].endret == 1
    fil.write_bytes(b"sep=;\r\n" + csv_fil([RIKTIG | {"enhetskostnad": ""}]))
    with pytest.raises(Exception, match="rad 2 "):
        load_med_priser(None, fil)


def test_omstokket_sortert_og_filtrert_xlsx_leses(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({"D8": 520}))
    bok = load_workbook(fil)
    ark = bok["Priser"]
    rader = [[celle.value for celle in rad] for rad in ark.iter_rows(4, 39)]
    ny = bok.create_sheet("Ny")
    bok.remove(ark)
    ny["C1"] = "Et notat"
    ny["M9"] = "et notat utenfor tabellen"
    for nummer, rad in enumerate([rader[0], *reversed(rader[1:])]):
        for kol, verdi in enumerate(reversed(rad)):
            ny.cell(2 + nummer * 2, 2 + kol, verdi)  # an empty row between each, an empty column before
    ny.auto_filter.ref = "B2:J72"
    ny.row_dimensions[10].hidden = True
    bok.save(fil)
    f, endring = load_med_priser(None, fil)
    assert tiltak(f, "unge_voksne", "Booppfølging").enhetskostnad == 520
    assert (endring.endret, endring.uendret) == (1, 34)


@pytest.mark.libreoffice
def test_listen_redigert_og_lagret_i_libreoffice_gir_det_samme(libreoffice: LibreOffice, tmp_path: Path) -> None:
    fra, til = skriv_liste(tmp_path / "priser.xlsx"), tmp_path / "lagret.xlsx"
    libreoffice.lagre(fra, til, [])
    f, endring = load_med_priser(None, til)
    assert f == load_forutsetninger()
    assert endring.endret == 0
    libreoffice.lagre(
        fra,
        til,
        [
            ("Priser", "D8", 520.5),
            ("Priser", "G8", 2024),
            ("Priser", "H8", "Prisliste 2024, side 3"),
            ("Priser", "I8", 45688),
        ],
    )
    f, endring = load_med_priser(None, til, 2024)
    (tmp_path / "s.toml").write_text(
        'prisaar = 2024\nnavn = "Asker"\n[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 520.5\n'
        'kilde = "Prisliste 2024, side 3"',
        encoding="utf-8",
    )
    assert f == load_forutsetninger(tmp_path / "s.toml")
    assert (endring.endret, endring.uendret) == (1, 47)
    assert endring.datoer == {("unge_voksne", "tiltak.Booppfølging"): EN_DAG}


@pytest.mark.libreoffice
def test_bare_de_gule_kolonnene_kan_skrives_i(libreoffice: LibreOffice, tmp_path: Path) -> None:
    fil = skriv_liste(tmp_path / "priser.xlsx")
    for kolonne in "ABCEF":
        with pytest.raises(RuntimeError, match="is locked"):
            libreoffice.lagre(fil, tmp_path / "ut.xlsx", [("Priser", f"{kolonne}8", "x")])


@pytest.mark.libreoffice
def test_fiendtlige_navn_overlever_libreoffice(libreoffice: LibreOffice, tmp_path: Path) -> None:
    scenario = fiendtlig_scenario(tmp_path)
    fra, til = skriv_liste(tmp_path / "priser.xlsx", scenario), tmp_path / "lagret.xlsx"
    libreoffice.lagre(fra, til, [("Priser", "D5", 2.5)])
    f, endring = load_med_priser(scenario, til)
    assert endring.endret == 1
    assert tiltak(f, "unge_voksne", FIENDTLIGE_NAVN[0]).enhetskostnad == 2.5


def test_csv_som_er_lagret_som_xlsx_leses_med_apostrofen(tmp_path: Path) -> None:
    from openpyxl import Workbook

    scenario = fiendtlig_scenario(tmp_path)
    tekst = prisliste_csv(les_oppgitt(scenario)).decode("utf-8-sig")
    bok = Workbook()
    ark = bok.worksheets[0]
    for rad in csv.reader(StringIO(tekst), delimiter=";"):
        ark.append(rad)
    for kolonne in "BH":
        for celle in ark[kolonne]:
            celle.data_type = "s"
    bok.save(tmp_path / "priser.xlsx")
    _, endring = load_med_priser(scenario, tmp_path / "priser.xlsx")
    assert (endring.endret, endring.utenfor) == (0, 0)


def test_datoene_foelger_med_til_neste_aars_liste(tmp_path: Path) -> None:
    fil = tmp_path / "i_fjor.csv"
    fil.write_bytes(csv_fil([RIKTIG]))
    svar = kjoer("prices", "--prices", "i_fjor.csv", "-o", "i_aar.csv", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert "1 pris endret (i 2024-kroner)" in svar.stderr.decode()
    linjer = (tmp_path / "i_aar.csv").read_text("utf-8-sig").splitlines()
    assert "Unge voksne;Booppfølging;drift;520;kr per time;kommune;2024;;kilde: Prisliste 2024;31.01.2025" in linjer
    svar = kjoer("prices", "--prices", "i_aar.csv", "-o", "i_aar.xlsx", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    ark = load_workbook(tmp_path / "i_aar.xlsx")["Priser"]
    assert (ark["D8"].value, ark["I8"].value.date()) == (520, EN_DAG)


@pytest.mark.skipif(os.name != "posix", reason="FIFO finnes bare på POSIX")
def test_prisliste_fra_noe_som_ikke_er_en_fil_avvises(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "roer.csv")
    assert "er ingen vanlig fil" in avvist(kjoer("run", "--prices", "roer.csv", mappe=tmp_path))


@pytest.mark.parametrize("kommando", ["run", "generate"])
def test_kommandoene_sier_hvor_mange_priser_som_ble_endret(kommando: str, tmp_path: Path) -> None:
    (tmp_path / "priser.csv").write_bytes(csv_fil([RIKTIG]))
    svar = kjoer(kommando, "--prices", "priser.csv", "--prisaar", "2024", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert svar.stderr.decode().splitlines()[0] == (
        "Prisliste priser.csv: 1 pris endret (i 2024-kroner), 0 uendret, 34 tiltak er ikke i listen og beholder prisen."
    )
    if kommando == "generate":
        lest = load_forutsetninger(tmp_path / "output" / "effektmodell_asker.xlsx")
        assert (lest.prisaar, tiltak(lest, "unge_voksne", "Booppfølging").enhetskostnad) == (2024, 520)
    else:
        assert "Kroner i 2024-priser" in svar.stdout.decode()


def test_prisaar_alene_regner_om_alt(tmp_path: Path, standard: Resultat) -> None:
    svar = kjoer("run", "--prisaar", "2024", mappe=tmp_path).stdout.decode()
    assert "Kroner i 2024-priser" in svar
    assert "regnet om fra 2019" in svar
    assert "2099 ligger utenfor indeksen" in avvist(kjoer("run", "--prisaar", "2099", mappe=tmp_path))
    assert kjoer("run", "--prisaar", "2019", mappe=tmp_path).stdout == kjoer("run", mappe=tmp_path).stdout
    assert standard.forutsetninger.prisaar == 2019


def test_linjeskift_i_kilden_blir_mellomrom_og_avrunding_i_excel_er_ingen_endring(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(xlsx_fil({"D8": 475.0000001, "D9": 600, "H9": "Prisliste\n2024"}))
    f, endring = load_med_priser(None, fil)
    assert endring.endret == 1
    assert tiltak(f, "unge_voksne", "Booppfølging").enhetskostnad == 475
    assert tiltak(f, "unge_voksne", "Hjelp til å skaffe egnet bolig").kilde == "kilde: Prisliste 2024"


def test_filnavn_som_ikke_kan_staa_i_en_kilde_utelates(tmp_path: Path) -> None:
    fil = tmp_path / "priser\u202e.csv"
    fil.write_bytes(csv_fil([RIKTIG | {"kilde": ""}]))
    f, _ = load_med_priser(None, fil, 2024)
    assert tiltak(f, "unge_voksne", "Booppfølging").kilde == "antakelse: prisliste, uten oppgitt kilde"


def test_kilden_til_en_egen_verdi_beholdes_naar_prisen_er_uendret(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 520')
    fil = skriv_liste(tmp_path / "priser.csv", tmp_path / "s.toml")
    f, _ = load_med_priser(tmp_path / "s.toml", fil)
    assert tiltak(f, "unge_voksne", "Booppfølging").kilde == UTEN_KILDE
