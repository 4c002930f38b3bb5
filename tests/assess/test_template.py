"""The registration workbook: lists, help and live status; and what an audit of it finds."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.assess.konstruert import REGISTRERT
from velferdslab_model.assess.criteria import kriteriene
from velferdslab_model.assess.placement import plasser_svar
from velferdslab_model.assess.registrering import FELLES, REGNEDE
from velferdslab_model.assess.tabs.words import REKKEFOELGE, SKILLE, UTE, kode, mengder, temakoder
from velferdslab_model.assess.template import SKJEMAARK, registerkolonner, registerplan, write_registermal
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.workbook.guard import MAKS_DEL
from velferdslab_model.workbook.writing import bytes_av


def skriv(fil: Path) -> Path:
    fil.write_bytes(bytes_av(registerplan(REGISTRERT, 12), date(2026, 11, 26)))
    return fil


def test_hver_kolonne_med_ord_har_liste_og_kriteriene_som_hjelp_uten_aa_kuttes() -> None:
    bok, k = registerplan(antall=3), kriteriene()
    for skjema, navn in SKJEMAARK.items():
        (ark,) = (a for a in bok.ark if a.navn == navn)
        regler = {kol: regel for _, kol, _, _, regel in ark.valideringer}
        assert len(regler) == len(FELLES) + len(k.skjema[skjema])
        for kol, regel in regler.items():
            assert not regel["input_message"].endswith("…"), regel
            assert regel["validate"] == ("list" if kol not in (0, 1, 4) else regel["validate"])
        for i, s in enumerate(k.skjema[skjema]):
            melding = regler[len(FELLES) + i]["input_message"]
            assert all(svar.kriterium in melding for svar in s.svar)


def test_kodene_i_boken_er_plasseringsregelens_for_alle_svar() -> None:
    k = kriteriene()
    for skjema in SKJEMAARK:
        for t in temakoder(skjema, k):
            for svar, tallet in t.koder.items():
                if tallet == UTE:
                    continue
                gitt = {s: ord_ for s, ord_ in zip(t.spoersmaal, svar.split(SKILLE), strict=True) if ord_}
                assert kode(plasser_svar(gitt, skjema).temaer[t.tema.noekkel]) == tallet
        assert [t.tema.noekkel for t in temakoder(skjema, k)] == list(REKKEFOELGE)
        assert all(len(m) > 1 for m in mengder(skjema, k))
    # The seven themes stand first and the six kjennetegn last.
    assert {t.noekkel for t in k.ferdstemaer} == set(REKKEFOELGE[:7])
    assert {kj.tema for kj in k.kjennetegn} == set(REKKEFOELGE[-6:])


def test_overskriftene_i_csv_er_bokens() -> None:
    (ark,) = (a for a in registerplan(antall=1).ark if a.navn == "Registreringer")
    hode = [c.verdi for c in sorted(ark.faste, key=lambda c: c.kol) if c.rad == 4 and c.verdi]
    assert hode == [*registerkolonner(), *REGNEDE]


def test_kontrollen_av_en_utfylt_bok_er_ren_og_finner_det_som_er_roert(tmp_path: Path) -> None:
    fil = skriv(tmp_path / "r.xlsx")
    svar = kontroller(fil)
    assert not svar.funn
    assert svar.merknader == ["Eget skjema, rad 6: OK, men 2 temaer er ubesvart.", "4 rader er fylt ut."]
    bok = load_workbook(fil)
    bok["Registreringer"]["C7"] = "slutt"
    bok["Lister"]["C5"] = 5
    bok.save(fil)
    funn = {(f.slag, f.sted) for f in kontroller(fil).funn}
    assert ("låst celle", "Lister!C5") in funn
    assert any(slag == "inndata" for slag, _ in funn)


def test_en_tom_bok_skrives_ut_paa_tre_sider_og_en_lang_sier_hva_som_ikke_er_med() -> None:
    sider = {a.navn: (a.sider_bredt or 0) * a.sider_hoeyt for a in registerplan(antall=3).ark if a.skrives_ut}
    assert sider == {"Veiledning": 1, **dict.fromkeys(SKJEMAARK.values(), 1)}
    rad = REGISTRERT["kriterier"][0]
    for antall, sagt in (
        (30, ""),
        (31, "Utskriften tar med rad 6 til 35. Utvid utskriftsområdet for å få med resten."),
    ):
        ark = registerplan({"kriterier": [rad] * antall}, 40).ark[1]
        assert ark.siste_utskriftsrad == 34
        assert next(c.verdi for c in ark.celler() if c.adresse == "A4") == sagt


@pytest.mark.treg
def test_en_tom_bok_er_i_orden(tmp_path: Path) -> None:
    write_registermal(tmp_path / "m.xlsx", date(2026, 11, 26))
    svar = kontroller(tmp_path / "m.xlsx")
    assert (svar.funn, svar.leselig, svar.merknader) == ([], True, ["0 rader er fylt ut."])
    # Filled in, and saved by LibreOffice, it is 1.4 times as large; and must not be refused as too much.
    with zipfile.ZipFile(tmp_path / "m.xlsx") as arkiv:
        deler = [del_.file_size for del_ in arkiv.infolist()]
    assert 1.5 * max(deler) < MAKS_DEL
    assert 1.5 * sum(deler) < 2 * MAKS_DEL
