"""The audit of every kind of file: what it can look at, and that it looks."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Protection

from tests.slag import ALLE, eksempel, endelse
from tests.workbook.fiendtlige import deler, pakk
from tests.workbook.varianter import uten_egenskaper
from velferdslab_model.check.kontroll import KONTROLLER, kontroller
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.scenarios.kinds import egenskapsvarsel
from velferdslab_model.utenfor.loading import les_utenfor
from velferdslab_model.utenfor.writing import write_utenfor
from velferdslab_model.workbook.causes import UTEN_BESKYTTELSE, aarsaker, ikke_kontrollert
from velferdslab_model.workbook.kind import EFFEKTMODELL, PERSONAS, PRISLISTE, UTENFORREGNSKAP, Bokslag
from velferdslab_model.workbook.opening import UTEN_EGENSKAPER, aapne
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


def legg(mappe: Path, slag: Bokslag) -> Path:
    fil = mappe / f"fil{endelse(slag)}"
    fil.write_bytes(eksempel(slag))
    return fil


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("slag", [s for s in ALLE if s in KONTROLLER], ids=lambda s: s.noekkel)
def test_en_uroert_fil_som_har_inndata_har_ingen_funn(slag: Bokslag, tmp_path: Path) -> None:
    svar = kontroller(legg(tmp_path, slag))
    assert (svar.slag, list(svar.funn), list(svar.endringer)) == (slag.noekkel, [], [])
    assert svar.leselig


@pytest.mark.parametrize("slag", [s for s in ALLE if s not in KONTROLLER], ids=lambda s: s.noekkel)
def test_en_fil_uten_inndata_sies_aa_vaere_det_i_en_setning(slag: Bokslag, tmp_path: Path) -> None:
    fil = legg(tmp_path, slag)
    with pytest.raises(KanIkkeLese) as feil:
        kontroller(fil)
    assert str(feil.value) == f"{fil} er {slag.kalles} og kan ikke kontrolleres. {slag.bruk}"


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize("slag", [s for s in ALLE if s in KONTROLLER], ids=lambda s: s.noekkel)
def test_det_lagringen_tok_bort_sies_og_kalles_ikke_kontrollert(slag: Bokslag, tmp_path: Path) -> None:
    bok = openpyxl.load_workbook(legg(tmp_path, slag))  # no number is stored with a formula
    for ark in bok:
        ark.protection.sheet = False
        for celle in (c for rad in ark.iter_rows() for c in rad):
            celle.protection = Protection(locked=True)
    bok.save(fil := tmp_path / f"lagret{endelse(slag)}")
    svar, innhold = kontroller(fil), aapne(fil, slag)
    assert set(aarsaker(innhold)) <= set(svar.merknader)
    assert UTEN_BESKYTTELSE in svar.merknader
    assert svar.ikke_kontrollert == ikke_kontrollert(innhold)
    assert not {"beskyttelse", *ikke_kontrollert(innhold)} & {f.slag for f in svar.funn}


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("slag", [s for s in ALLE if s in KONTROLLER], ids=lambda s: s.noekkel)
def test_en_fil_uten_egenskaper_kjennes_og_sies_ikke_aa_vaere_holdt_mot_det_den_ble_laget_med(
    slag: Bokslag, tmp_path: Path
) -> None:
    fil = legg(tmp_path, slag)
    if slag is UTENFORREGNSKAP:  # this one rests on a count, which stands in no cell
        write_utenfor(les_utenfor(None), fil, overskriv=True)
    assert list(egenskapsvarsel([fil, None])) == []
    fil.write_bytes(pakk(uten_egenskaper(deler(fil.read_bytes()))))
    assert list(egenskapsvarsel([fil, None])) == [f"{fil.name}: {UTEN_EGENSKAPER}"]
    svar = kontroller(fil)
    assert (svar.slag, svar.leselig) == (slag.noekkel, True)
    assert UTEN_EGENSKAPER in svar.merknader
    assert "ble laget med" not in svar.mot
    assert list(svar.funn) == []


@pytest.mark.parametrize(
    ("slag", "felt", "verdi"),
    [
        (EFFEKTMODELL, 0, 7),
        (UTENFORREGNSKAP, "suksessfaktor", None),
        (PRISLISTE, "tiltak", {}),
        (PERSONAS, "personas", [{}]),
    ],
    ids=lambda x: getattr(x, "noekkel", None),
)
def test_et_opphav_noen_har_tuklet_med_er_ikke_noe_opphav(
    slag: Bokslag, felt: str | int, verdi: object, tmp_path: Path
) -> None:
    fil = legg(tmp_path, slag)
    data = json.loads(pakk_ut_tekst(aapne(fil, slag).egenskaper) or "")
    data[felt] = verdi
    bok = openpyxl.load_workbook(fil)
    for navn in [p.name for p in bok.custom_doc_props.props if p.name.startswith("velferdslab_laget_")]:
        del bok.custom_doc_props[navn]
    for navn, bit in pakk_tekst(json.dumps(data)).items():
        bok.custom_doc_props.append(StringProperty(name=navn, value=bit))
    bok.save(fil)
    svar = kontroller(fil)
    assert svar.leselig
    assert "ble laget med" not in svar.mot
