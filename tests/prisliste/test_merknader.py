"""What people put around the prices: notes and sums under them, macros in the file, and a new tiltak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prisliste.lister import RIKTIG, csv_fil, skriv_liste, xlsx_fil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.prisliste.applying import Prisendring, legg_over
from velferdslab_model.scenarios.loading import les_oppgitt

SUM = {"gruppe": "Sum", "enhetskostnad": "12 345"}
MERK = {"gruppe": "Merk: prisene er uten mva."}
SUM_I_TILTAK = {"tiltak": "I alt", "enhetskostnad": "12 345"}


def lagt_over(mappe: Path, rader: list[dict[str, str]]) -> Prisendring:
    fil = mappe / "priser.csv"
    fil.write_bytes(csv_fil(rader))
    return legg_over(les_oppgitt(), fil)


def test_merknader_og_summer_under_prisene_endrer_ingenting_og_nevnes(tmp_path: Path) -> None:
    uten = lagt_over(tmp_path, [RIKTIG])
    med = lagt_over(tmp_path, [RIKTIG, SUM, SUM_I_TILTAK, MERK])
    assert med.oppgitt == uten.oppgitt
    assert (med.endret, med.uendret) == (uten.endret, uten.uendret) == (1, 0)
    assert uten.merknader == ()
    assert (
        "Under prisene er rad 3 («Sum»), rad 4 («I alt»), rad 5 («Merk: prisene er uten mva.») ikke lest"
        in med.melding()
    )
    assert "og 2 rader til ikke lest" in lagt_over(tmp_path, [RIKTIG, *[SUM] * 5]).melding()


@pytest.mark.parametrize(
    "nest",
    [
        {"tiltak": "Bostøtte", "enhetskostnad": "40 000", "prisår": "2025"},  # the group was forgotten
        {"tiltak": "Bostøtt", "enhetskostnad": "40 000"},  # and the name is not spelled right
        {"gruppe": "Unge voksne", "enhetskostnad": "40 000"},  # the name was forgotten
        {"gruppe": "Unge voksn", "tiltak": "Bostøtte", "enhetskostnad": "40 000"},
        {"gruppe": "Unge voksn", "tiltak": "Noe annet", "enhetskostnad": "40 000"},
        {"gruppe": "#N/A", "tiltak": "Bostøtte", "enhetskostnad": "40 000"},
    ],
)
def test_en_pris_nederst_tas_aldri_for_en_merknad(nest: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata, match="rad 3"):
        lagt_over(tmp_path, [RIKTIG, nest])


def test_en_sum_mellom_prisene_avvises(tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata, match="rad 3: gruppe er «Sum»"):
        lagt_over(tmp_path, [RIKTIG, SUM, RIKTIG | {"tiltak": "Bostøtte", "enhet": "kr per år", "betaler": "stat"}])


def test_bare_en_merknad_er_ingen_prisliste(tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata, match="rad 2: gruppe er «Sum»"):
        lagt_over(tmp_path, [SUM])


def test_et_nytt_tiltak_avvises_med_hvor_det_hoerer_hjemme(tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        lagt_over(tmp_path, [RIKTIG | {"tiltak": "Konstruert nytt tilbud"}])
    (melding,) = feil.value.feil
    assert melding == (
        "rad 2: «Konstruert nytt tilbud» er ikke et tiltak i Unge voksne i dette scenariet. Et nytt tiltak føres i en tom rad på "
        "fanen Unge voksne | Kostnader i arbeidsboken, eller i scenariofilen under [[unge_voksne.tiltak]]."
    )


def test_en_liste_med_makroer_leses_som_en_uten(tmp_path: Path) -> None:
    vanlig = skriv_liste(tmp_path / "priser.xlsx")
    med_makroer = tmp_path / "priser.xlsm"
    med_makroer.write_bytes(xlsx_fil({"D5": 600}))
    assert legg_over(les_oppgitt(), vanlig).endret == 0
    assert legg_over(les_oppgitt(), med_makroer).endret == 1
