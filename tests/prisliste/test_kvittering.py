"""The receipt of a price list: each changed price with its effect, and what looks like a slip of the keyboard."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from velferdslab_model.cli import cli
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.prisaar import beloepsindeks, regn_om
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.kvittering import Kvitteringslinje, kvittering, prislistemelding
from velferdslab_model.prisliste.writing import prisliste_csv
from velferdslab_model.results import beregn


def liste(mappe: Path, priser: dict[str, tuple[str, int]]) -> Path:
    """A list where some prices of unge voksne, and their years, were typed over."""
    rader = list(csv.reader(prisliste_csv(les_toml()).decode("utf-8-sig").splitlines(), delimiter=";"))
    for rad in rader[1:]:
        if rad[0] == "Unge voksne" and rad[1] in priser:
            rad[3], rad[6] = priser[rad[1]][0], str(priser[rad[1]][1])
    fil = mappe / "priser.csv"
    with fil.open("w", encoding="utf-8-sig", newline="") as ut:
        csv.writer(ut, delimiter=";").writerows(rader)
    return fil


def kvittert(mappe: Path, priser: dict[str, tuple[str, int]]) -> list[Kvitteringslinje]:
    endring = legg_over(les_toml(), liste(mappe, priser))
    return kvittering(endring.foer, endring.oppgitt)


def kjoer(*argumenter: str | Path) -> Result:
    svar = CliRunner().invoke(cli, [str(a) for a in argumenter])
    assert svar.exit_code == 0, svar.output
    return svar


@pytest.mark.parametrize(
    ("pris", "merke"),
    [
        ("5 000", "mer enn det dobbelte"),
        ("950,01", "mer enn det dobbelte"),
        ("950", ""),
        ("500", ""),
        ("237,50", ""),
        ("237,49", "under det halve"),
        ("0,00", "prisen er satt til 0"),
    ],
)
def test_sprang_og_nuller_merkes(pris: str, merke: str, tmp_path: Path) -> None:
    (linje,) = kvittert(tmp_path, {"Booppfølging": (pris, 2019)})
    assert linje.merke == merke
    assert linje.endring == pytest.approx(linje.etter / 475 - 1)


def test_spranget_maales_naar_prisveksten_er_trukket_fra(tmp_path: Path) -> None:
    (linje,) = kvittert(tmp_path, {"Booppfølging": ("1 000", 2024)})
    _, serie = beloepsindeks("tiltak.Booppfølging", {})
    assert linje.endring == pytest.approx(1000 / (475 * serie[2024] / serie[2019]) - 1)
    assert (linje.merke, linje.samme_aar) == ("", False)


def test_virkningen_er_forskjellen_av_to_hele_beregninger(tmp_path: Path) -> None:
    endring = legg_over(les_toml(), liste(tmp_path, {"Booppfølging": ("690", 2023)}))
    (linje,) = kvittering(endring.foer, endring.oppgitt)
    foer, etter = (beregn(regn_om(o)).grupper["unge_voksne"].sum for o in (endring.foer, endring.oppgitt))
    assert linje.virkning
    for x in ("netto_budsjett", "netto_samfunn"):
        assert linje.virkning[x] == pytest.approx(etter[x] - foer[x], abs=1e-6)
    assert linje.virkning["netto_budsjett"] < -1000


def test_nye_priser_i_gammelt_aar_gir_varsel_og_nye_aar_gir_ingen(tmp_path: Path) -> None:
    i_gammelt = kjoer("run", "--prices", liste(tmp_path, {"Booppfølging": ("690", 2019)}), "--prisaar", "2024")
    assert "OBS: 1 pris er endret uten at prisåret er det (fortsatt 2019)" in i_gammelt.output
    i_nytt = kjoer("run", "--prices", liste(tmp_path, {"Booppfølging": ("690", 2024)}), "--prisaar", "2024")
    assert "uten at prisåret" not in i_nytt.output
    assert "475,00 kr (2019) -> 690,00 kr (2024)" in i_nytt.output


def test_kvitteringen_staar_paa_skjermen_i_json_og_i_registeret(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"Booppfølging": ("5 000", 2019), "Nettverkstiltak": ("0,00", 2019)})
    for kommando in (["run"], ["generate", "-o", str(tmp_path / "a.xlsx")], ["prices", "-o", str(tmp_path / "b.csv")]):
        svar = kjoer(*kommando, "--prices", fil).output
        assert "Unge voksne: Booppfølging: 475,00 kr (2019) -> 5\u00a0000,00 kr (2019), +952,6\u00a0%" in svar
        assert "netto samfunn" in svar
        assert (
            "OBS: se over disse prisene: «Booppfølging» (mer enn det dobbelte), «Nettverkstiltak» (prisen er satt til 0)."
            in svar
        )
    svar = json.loads(kjoer("run", "--prices", fil, "--format", "json").stdout)
    assert [(p["tiltak"], p["foer"], p["etter"], p["merke"]) for p in svar["prisliste"]] == [
        ("Booppfølging", 475, 5000, "mer enn det dobbelte"),
        ("Nettverkstiltak", 10_000, 0, "prisen er satt til 0"),
    ]
    register = json.loads(kjoer("run", "--prices", fil, "--register", "--format", "json").stdout)["register"]
    assert {p["noekkel"] for p in register if p["prisendring"]} == {
        "unge_voksne.tiltak «Booppfølging»: enhetskostnad",
        "unge_voksne.tiltak «Nettverkstiltak»: enhetskostnad",
    }


def test_en_uroert_liste_gir_ingen_kvittering(tmp_path: Path) -> None:
    endring = legg_over(les_toml(), liste(tmp_path, {}))
    assert kvittering(endring.foer, endring.oppgitt) == []
    assert prislistemelding(endring) == endring.melding()
    assert "OBS" not in kjoer("run", "--prices", tmp_path / "priser.csv").output
