"""The table in docs/priskatalog.md says what the program computes."""

from __future__ import annotations

import re
from pathlib import Path

from velferdslab_model.katalog.avstand import avstander
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.parameters.standard import standardtiltak

SIDE = Path(__file__).parents[2] / "docs" / "priskatalog.md"
RAD = re.compile(r"^\| [^|]*\| (\d+) \| ([a-z0-9_]+) \| (\d+) \| (\d+) \| ([+-]\d+) % \| ([ABC]) \|$", re.MULTILINE)


def test_tabellen_i_dokumentasjonen_er_det_programmet_regner_ut() -> None:
    beregnet = {
        (round(t.enhetskostnad), a.treff.id, round(a.rad.beloep * a.treff.ganger), round(a.publisert), f"{100 * a.avvik:+.0f}", a.grad)
        for gruppe in ("unge_voksne", "familier")
        for t in standardtiltak(gruppe)
        for a in avstander(gruppe, t, 2019, innebygd_katalog())
        if a.rad and a.publisert and a.avvik is not None
    }  # fmt: skip
    skrevet = [
        (int(pris), id_, int(i_aaret), int(i_2019), avstand, grad)
        for pris, id_, i_aaret, i_2019, avstand, grad in RAD.findall(SIDE.read_text(encoding="utf-8"))
    ]
    assert len(skrevet) == 18
    assert [rad for rad in skrevet if rad not in beregnet] == []
