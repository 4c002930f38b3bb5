"""The audit of every kind of file: what it can look at, and that it looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slag import ALLE, eksempel, endelse
from velferdslab_model.check.kontroll import KONTROLLER, kontroller
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.kind import Bokslag


def legg(mappe: Path, slag: Bokslag) -> Path:
    fil = mappe / f"fil{endelse(slag)}"
    fil.write_bytes(eksempel(slag))
    return fil


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
