"""Every command against every kind of file: it replaces only its own untouched kind, and says what it cannot read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.compare.kommuner import skriv
from tests.slag import ALLE, eksempel, endelse
from velferdslab_model.cli import main
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.writing import prisliste_csv
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.workbook.kind import (
    EFFEKTMODELL,
    PRISLISTE,
    SAMMENLIGNING,
    SAMMENLIGNINGSSIDE,
    USIKKERHET,
    UTENFORSIDE,
    Bokslag,
    slag_av,
)

#: Commands that write, up to the target; the kind each writes (None: no kind of its own); the target's ending.
SKRIVER: dict[str, tuple[list[str], Bokslag | None, str]] = {
    "generate": (["generate", "a.toml", "-o"], EFFEKTMODELL, ".xlsx"),
    "prices": (["prices", "a.toml", "-o"], PRISLISTE, ".xlsx"),
    "prices csv": (["prices", "a.toml", "-o"], None, ".csv"),
    "uncertainty": (["uncertainty", "a.toml", "--draws", "100", "-o"], USIKKERHET, ".xlsx"),
    "compare": (["compare", "a.toml", "b.toml", "--draws", "100", "-o"], SAMMENLIGNING, ".xlsx"),
    "compare html": (["compare", "a.toml", "b.toml", "--draws", "100", "--html"], SAMMENLIGNINGSSIDE, ".html"),
    "utenfor html": (["utenfor", "--sammen-med", "a.toml", "--html"], UTENFORSIDE, ".html"),
    "new": (["new", "A", "-o"], None, ".toml"),
}
#: Commands that read a scenario, around the file.
LESER: dict[str, tuple[list[str], list[str]]] = {
    "run": (["run"], []),
    "generate": (["generate"], ["-o", "ut.xlsx"]),
    "generate flere": (["generate", "a.toml"], ["-o", "ut"]),
    "prices": (["prices"], ["-o", "ut.csv"]),
    "uncertainty": (["uncertainty"], []),
    "compare": (["compare", "a.toml"], []),
    "new": (["new", "--from"], ["-o", "ut.toml"]),
    "check --against": (["check", "modell.xlsx", "--against"], []),
}


class Kommando:
    """The command line in this process, in a folder of its own."""

    def __init__(self, mappe: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.mappe, self._monkeypatch, self._capfd = mappe, monkeypatch, capfd
        monkeypatch.chdir(mappe)
        for navn in "AB":
            skriv(mappe, navn)

    def __call__(self, *argumenter: str) -> tuple[int, str]:
        """Exit status and what came on stderr."""
        self._monkeypatch.setattr(sys, "argv", ["velferdslab", *argumenter])
        with pytest.raises(SystemExit) as slutt:
            main()
        return int(slutt.value.code or 0), self._capfd.readouterr().err

    def legg(self, navn: str, innhold: bytes) -> Path:
        """Put a file in the folder."""
        (self.mappe / navn).write_bytes(innhold)
        return self.mappe / navn

    def avvist(self, *argumenter: str) -> str:
        """The one message of a refusal that leaves every file as it was."""
        foer = {fil: fil.read_bytes() for fil in self.mappe.rglob("*") if fil.is_file()}
        status, melding = self(*argumenter)
        assert status == 2, melding
        assert melding.count("Feil: ") == 1
        assert "Traceback" not in melding
        assert {fil: fil.read_bytes() for fil in self.mappe.rglob("*") if fil.is_file()} == foer
        return melding


@pytest.fixture
def kommando(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Kommando:
    return Kommando(tmp_path, monkeypatch, capfd)


@pytest.mark.parametrize("slag", ALLE, ids=lambda s: s.noekkel)
def test_hvert_slag_har_et_eksempel_som_er_av_det(slag: Bokslag) -> None:
    assert slag_av(eksempel(slag)) is slag


@pytest.mark.parametrize("slag", ALLE, ids=lambda s: s.noekkel)
@pytest.mark.parametrize("skriver", SKRIVER)
def test_en_kommando_erstatter_bare_uroerte_filer_av_sitt_eget_slag(
    skriver: str, slag: Bokslag, kommando: Kommando
) -> None:
    argumenter, eget, ende = SKRIVER[skriver]
    fil = kommando.legg(f"maal{ende}", eksempel(slag))
    if slag is eget:
        assert kommando(*argumenter, fil.name)[0] == 0
        # One byte added is somebody's work.
        kommando.legg(fil.name, eksempel(slag) + b" ")
        assert "er endret siden programmet skrev den" in kommando.avvist(*argumenter, fil.name)
        return
    melding = kommando.avvist(*argumenter, fil.name)
    assert "Den er ikke rørt" in melding
    if eget is not None:
        assert f"er {slag.kalles}, ikke {eget.kalles}" in melding


@pytest.mark.parametrize("skriver", SKRIVER)
def test_force_skriver_over_ogsaa_et_annet_slag(skriver: str, kommando: Kommando) -> None:
    argumenter, eget, ende = SKRIVER[skriver]
    for slag in ALLE:
        kommando.legg(f"maal{ende}", eksempel(slag))
        assert kommando(*argumenter, f"maal{ende}", "--force")[0] == 0
        if slag is not eget:
            assert (kommando.mappe / f"maal{ende}").read_bytes() != eksempel(slag)


@pytest.mark.parametrize("slag", [s for s in ALLE if s is not EFFEKTMODELL], ids=lambda s: s.noekkel)
@pytest.mark.parametrize("leser", LESER)
def test_et_annet_slag_i_stedet_for_et_scenario_sies_hva_er(leser: str, slag: Bokslag, kommando: Kommando) -> None:
    foran, bak = LESER[leser]
    kommando.legg("modell.xlsx", eksempel(EFFEKTMODELL))
    fil = kommando.legg(f"fil{endelse(slag)}", eksempel(slag))
    melding = kommando.avvist(*foran, fil.name, *bak)
    assert f"{fil.name} er {slag.kalles}, ikke " in melding
    assert slag.bruk in melding


@pytest.mark.parametrize("leser", LESER)
def test_en_prisliste_i_csv_er_hverken_et_scenario_eller_en_liste_over_scenarier(
    leser: str, kommando: Kommando
) -> None:
    foran, bak = LESER[leser]
    kommando.legg("modell.xlsx", eksempel(EFFEKTMODELL))
    kommando.legg("priser.csv", prisliste_csv(les_oppgitt(None)))
    melding = kommando.avvist(*foran, "priser.csv", *bak)
    assert "priser.csv er en prisliste, ikke " in melding
    assert "--prices" in melding


@pytest.mark.parametrize("leser", ["run", "prices", "uncertainty", "new", "check --against"])
def test_en_liste_der_ett_scenario_ventes_sies_hvor_den_hoerer_hjemme(leser: str, kommando: Kommando) -> None:
    foran, bak = LESER[leser]
    kommando.legg("modell.xlsx", eksempel(EFFEKTMODELL))
    kommando.legg("liste.csv", b"fil\na.toml\nb.toml\n")
    assert "«velferdslab compare»" in kommando.avvist(*foran, "liste.csv", *bak)


@pytest.mark.parametrize("slag", [s for s in ALLE if s is not PRISLISTE], ids=lambda s: s.noekkel)
def test_et_annet_slag_i_stedet_for_en_prisliste_avvises(slag: Bokslag, kommando: Kommando) -> None:
    fil = kommando.legg(f"fil{endelse(slag)}", eksempel(slag))
    melding = kommando.avvist("run", "a.toml", "--prices", fil.name)
    if endelse(slag) == ".xlsx":
        assert f"er {slag.kalles}, ikke en prisliste. {slag.bruk}" in melding
    else:
        assert "er ikke en prisliste" in melding


def _rediger(innhold: bytes) -> bytes:
    """The same file to every reader, no longer byte for byte what was written: as a save in Excel leaves it."""
    from tests.workbook.fiendtlige import deler, pakk  # only workbooks are taken apart

    return pakk(deler(innhold))


@pytest.mark.parametrize(
    ("argumenter", "slag"),
    [
        (["generate", "inn.xlsx", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["generate", "a.toml", "--prices", "inn.xlsx", "-o", "inn.xlsx"], PRISLISTE),
        (["prices", "inn.xlsx", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["prices", "a.toml", "--prices", "inn.xlsx", "-o", "inn.xlsx"], PRISLISTE),
        (["uncertainty", "inn.xlsx", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["uncertainty", "--prices", "inn.xlsx", "-o", "inn.xlsx"], PRISLISTE),
        (["compare", "a.toml", "inn.xlsx", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["compare", ".", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["compare", "a.toml", "b.toml", "--prices", "inn.xlsx", "-o", "inn.xlsx"], PRISLISTE),
        (["new", "--from", "inn.xlsx", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["generate", "a.toml", "effektmodell_asker.xlsx", "-o", "."], EFFEKTMODELL),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_filen_det_leses_fra_gaar_aldri_tapt(
    argumenter: list[str], slag: Bokslag, force: list[str], kommando: Kommando
) -> None:
    navn = "effektmodell_asker.xlsx" if argumenter[-1] == "." else "inn.xlsx"
    kommando.legg(navn, _rediger(eksempel(slag)))
    melding = kommando.avvist(*argumenter, *force)
    assert "er filen det leses fra" in melding
    assert navn in melding


@pytest.mark.parametrize(
    ("argumenter", "slag"),
    [
        (["generate", "inn.xlsx", "--dato", "2026-11-22", "-o", "inn.xlsx"], EFFEKTMODELL),
        (["prices", "a.toml", "--prices", "inn.xlsx", "-o", "inn.xlsx"], PRISLISTE),
    ],
)
def test_en_uroert_fil_av_eget_slag_kan_lages_paa_nytt_av_seg_selv(
    argumenter: list[str], slag: Bokslag, kommando: Kommando
) -> None:
    fil = kommando.legg("inn.xlsx", eksempel(slag))

    def innhold() -> object:
        return load_forutsetninger(fil) if slag is EFFEKTMODELL else les_tabell(fil).rader

    foer = innhold()
    assert kommando(*argumenter)[0] == 0
    assert innhold() == foer
    assert slag.hindring(fil.read_bytes()) is None


def test_scenariofilen_blir_staaende_naar_den_er_baade_kilde_og_maal(kommando: Kommando) -> None:
    assert "er filen det leses fra" in kommando.avvist("new", "--from", "a.toml", "-o", "a.toml", "--force")


@pytest.mark.parametrize("opptatt", ["ut.xlsx", "ut.html", "fil/ut.html", "mappe"])
def test_to_maal_proeves_foer_noe_av_dem_skrives(opptatt: str, kommando: Kommando) -> None:
    maal = {"ut.xlsx": "ny.html", "ut.html": "ny.xlsx", "fil/ut.html": "ny.xlsx", "mappe": "ny.xlsx"}[opptatt]
    if opptatt == "mappe":
        opptatt = "mappe.html"
        (kommando.mappe / opptatt).mkdir()
    else:
        kommando.legg(opptatt.partition("/")[0], b"mitt arbeid")
    valg = {".xlsx": "-o", ".html": "--html"}
    argumenter = [del_ for navn in (opptatt, maal) for del_ in (valg[Path(navn).suffix], navn)]
    kommando.avvist("compare", "a.toml", "b.toml", "--draws", "100", *argumenter)
    assert not (kommando.mappe / maal).exists()


@pytest.mark.parametrize("kommandoen", [["compare", "alt", "--draws", "100"], ["generate", "alt", "-o", "ut"]])
def test_en_mappe_med_alle_slag_brukes_og_de_andre_listes(kommandoen: list[str], kommando: Kommando) -> None:
    alt = kommando.mappe / "alt"
    skriv(alt, "Cby")
    for slag in ALLE:
        (alt / f"{slag.noekkel}{endelse(slag)}").write_bytes(eksempel(slag))
    (alt / "priser.csv").write_bytes(prisliste_csv(les_oppgitt(None)))
    (alt / "notater.csv").write_text("ikke;vår\n", encoding="utf-8")
    (alt / "egen.html").write_text("<html></html>", encoding="utf-8")
    status, melding = kommando(*kommandoen)
    assert status == 0, melding
    hoppet = [linje for linje in melding.splitlines() if linje.startswith("Hoppet over: ")]
    ventet = {f"{alt.name}/{s.noekkel}{endelse(s)}": s.kalles for s in ALLE if s is not EFFEKTMODELL}
    ventet["alt/priser.csv"] = PRISLISTE.kalles
    assert hoppet == [f"Hoppet over: {navn} er {kalles}, ikke et scenario." for navn, kalles in sorted(ventet.items())]
