"""TOML files that are no scenarios are told by their keys: passed over in a folder, and said to be what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from velferdslab_model.contract.loading import MALER, kontraktsmal, les_kontrakt
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.filslag import INDEKSFIL, KONTRAKTFIL, Filslag
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.scenarios.finding import finn_filer
from velferdslab_model.scenarios.kinds import ANNEN_TOML, tomlslag
from velferdslab_model.scenarios.loading import les_oppgitt

ROT = Path(__file__).parents[2]
ANDRE = {
    **{mal: (kontraktsmal(mal), KONTRAKTFIL) for mal in MALER},
    "indekser": ("[indekser.kpi]\n2025 = 138.0\n", INDEKSFIL),
    "pyproject": ('[project]\nname = "x"\n[tool.x]\ny = 1\n', ANNEN_TOML),
    "ett tall": ("x = 1\n", ANNEN_TOML),
    "navn og annet": ('navn = "N"\n[[personer]]\nalder = 19\n[tjenester]\nbarnevern = 1\n', ANNEN_TOML),
}
SCENARIER = {
    "bare navn": 'navn = "Bø"\n',
    "indekser og navn": 'navn = "Bø"\n[indekser.kpi]\n2025 = 138.0\n',
    "en gruppe": "[familier]\nskjedd_uansett = 0.1\n",
    "en gruppe og en kontrakts nøkler": "valuta = 1\nstartaar = 2\n[unge_voksne]\n",
    "en gruppe skrevet feil": "[unge_vokse]\ninntak = 1\n[famlier]\ninntak = 1\n",
    "en gruppe i én linje": "familier.suksessrate.utsatt = 0.5\nx = 1\ny = 2\n",
    "gruppens nøkler uten gruppe": 'navn = "Bø"\nsuksessrate = 0.8\ninntak = 10\nanalyseperiode = 4\n',
    "en skrivefeil": 'navn = "Bø"\nprisår = 2024\n'.replace("å", "aa"),
    "ikke toml": "navn = Bø\n",
    "tom": "",
}


def legg(mappe: Path, navn: str, tekst: str) -> Path:
    fil = mappe / f"{navn}.toml"
    fil.write_text(tekst, encoding="utf-8")
    return fil


@pytest.mark.parametrize("navn", ANDRE)
def test_en_toml_fil_av_et_annet_slag_hoppes_over_i_en_mappe_og_listes(navn: str, tmp_path: Path) -> None:
    tekst, slag = ANDRE[navn]
    fil, scenario = legg(tmp_path, navn, tekst), legg(tmp_path, "kommune", 'navn = "Bø"\n')
    assert tomlslag(fil) is slag
    assert finn_filer([tmp_path]) == ([scenario], [f"{fil} er {slag.kalles}, ikke et scenario."])


@pytest.mark.parametrize("navn", SCENARIER)
def test_et_scenario_med_feil_er_fremdeles_et_scenario(navn: str, tmp_path: Path) -> None:
    """Its faults are told; it is not passed over."""
    fil = legg(tmp_path, navn, SCENARIER[navn])
    assert finn_filer([tmp_path]) == ([fil], [])


def test_malene_for_et_scenario_er_scenarier(tmp_path: Path) -> None:
    filer = [*(ROT / "templates" / "kommuner").glob("*.toml"), ROT / "templates" / "kommune.toml"]
    filer.append(legg(tmp_path, "mal", scenariomal("Bø")))
    assert len(filer) > 4
    assert [tomlslag(fil) for fil in filer] == [None] * len(filer)


@pytest.mark.parametrize(("navn", "slag"), [("asker", KONTRAKTFIL), ("indekser", INDEKSFIL)])
def test_et_kjent_slag_oppgitt_som_scenario_sies_hva_er(navn: str, slag: Filslag, tmp_path: Path) -> None:
    fil = legg(tmp_path, "fil", ANDRE[navn][0])
    with pytest.raises(KanIkkeLese) as feil:
        les_oppgitt(fil)
    assert str(feil.value) == f"{fil} er {slag.kalles}, ikke et scenario. {slag.bruk}"


def test_en_mappe_med_bare_andre_slag_er_uten_scenarier(tmp_path: Path) -> None:
    legg(tmp_path, "kontrakt", ANDRE["asker"][0])
    with pytest.raises(KanIkkeLese, match="er en mappe uten scenarier"):
        finn_filer([tmp_path])


def test_et_scenario_oppgitt_som_kontrakt_sies_hva_er(tmp_path: Path) -> None:
    fil = legg(tmp_path, "kommune", scenariomal("Bø"))
    with pytest.raises(KanIkkeLese, match=r"kommune\.toml er et scenario, ikke en kontraktfil\. "):
        les_kontrakt(fil)
