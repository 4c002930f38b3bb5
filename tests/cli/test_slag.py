"""Every command against every kind of file: it replaces only its own untouched kind, and says what it cannot read."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.compare.kommuner import skriv
from tests.slag import ALLE, eksempel, endelse
from velferdslab_model.check.kontroll import KONTROLLER
from velferdslab_model.cli import main
from velferdslab_model.contract.loading import MALER, kontraktsmal
from velferdslab_model.parameters.filslag import (
    CSVSLAG,
    INDEKSFIL,
    INDEKSLISTE,
    KATALOGFIL,
    KONTRAKTFIL,
    LISTEFIL,
    PERSONAFIL,
    PRISLISTEFIL,
    REGELFIL,
    REGISTRERINGSFIL,
    REGNSKAPSFIL,
    SCENARIOFIL,
    TOMLSLAG,
    Filslag,
    kjent_tomlslag,
)
from velferdslab_model.parameters.priskatalog import KATALOGKOLONNER
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.personas.loading import PERSONAMALER, personamal
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.writing import prisliste_csv
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
from velferdslab_model.utenfor.loading import UTENFORMALER, utenformal
from velferdslab_model.workbook.kind import (
    EFFEKTKONTRAKT,
    EFFEKTMODELL,
    PERSONAS,
    PRISLISTE,
    REGISTRERINGER,
    SAMMENLIGNING,
    SAMMENLIGNINGSSIDE,
    USIKKERHET,
    UTENFORREGNSKAP,
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


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("skriver", SKRIVER)
def test_force_skriver_over_ogsaa_et_annet_slag(
    skriver: str, kommando: Kommando, monkeypatch: pytest.MonkeyPatch
) -> None:
    argumenter, eget, ende = SKRIVER[skriver]
    trukket: list[Usikkerhet] = []

    def en_gang(*hva: Any) -> Usikkerhet:
        """What is drawn from the scenario, which is the same every time, is drawn the first time."""
        if not trukket:
            trukket.append(analyser(*hva))
        return trukket[0]

    monkeypatch.setattr("velferdslab_model.uncertainty.analyse.analyser", en_gang)
    for slag in ALLE:
        kommando.legg(f"maal{ende}", eksempel(slag))
        assert kommando(*argumenter, f"maal{ende}", "--force")[0] == 0
        if slag is not eget:
            assert (kommando.mappe / f"maal{ende}").read_bytes() != eksempel(slag)


@pytest.mark.treg(unntatt=20)
@pytest.mark.parametrize("slag", [s for s in ALLE if s is not EFFEKTMODELL], ids=lambda s: s.noekkel)
@pytest.mark.parametrize("leser", LESER)
def test_et_annet_slag_i_stedet_for_et_scenario_sies_hva_er(leser: str, slag: Bokslag, kommando: Kommando) -> None:
    foran, bak = LESER[leser]
    kommando.legg("modell.xlsx", eksempel(EFFEKTMODELL))
    fil = kommando.legg(f"fil{endelse(slag)}", eksempel(slag))
    melding = kommando.avvist(*foran, fil.name, *bak)
    assert f"{fil.name} er {slag.kalles}, ikke " in melding
    assert slag.bruk in melding


#: A text file of every kind, by its name.
TEKSTFILER: dict[str, tuple[Filslag, bytes]] = {
    "scenario.toml": (SCENARIOFIL, scenariomal("Bø").encode()),
    "kontrakt.toml": (KONTRAKTFIL, kontraktsmal("asker").encode()),
    "persona.toml": (PERSONAFIL, personamal("tone").encode()),
    "regnskap.toml": (REGNSKAPSFIL, utenformal("barnevern").encode()),
    "regel.toml": (REGELFIL, b'versjon = "2"\nsentral_stemmer = 3\n'),
    "indekser.toml": (INDEKSFIL, b"[indekser.kpi]\n2027 = 150.0\n"),
    "indekser.csv": (INDEKSLISTE, b"aar;serie;verdi\n2027;kpi;150\n"),
    "priser.csv": (PRISLISTEFIL, prisliste_csv(les_oppgitt(None))),
    "katalog.csv": (KATALOGFIL, ";".join(KATALOGKOLONNER).encode() + b"\n"),
    "registreringer.csv": (REGISTRERINGSFIL, b"Id,Dato,Tidspunkt\nA1,2025-01-01,start\n"),
    "liste.csv": (LISTEFIL, b"fil\na.toml\n"),
}
#: Everywhere a file of inputs is given, around it, and the kinds it reads there.
LESER_SLAG: dict[str, tuple[list[str], list[str], tuple[Filslag | Bokslag, ...]]] = {
    **{leser: (*LESER[leser], (SCENARIOFIL,)) for leser in ("run", "prices", "uncertainty", "new")},
    "generate": (["generate"], ["-o", "ut.xlsx"], (SCENARIOFIL, LISTEFIL)),
    "compare": (["compare", "a.toml"], [], (SCENARIOFIL, LISTEFIL)),
    "compare --felles": (["compare", "a.toml", "b.toml", "--felles"], [], (SCENARIOFIL,)),
    "saksframlegg": (["saksframlegg"], ["-o", "ut.html"], (SCENARIOFIL,)),
    "generate --mot": (["generate", "a.toml", "--mot"], ["-o", "ut.xlsx"], (SCENARIOFIL,)),
    "utenfor --sammen-med": (["utenfor", "--sammen-med"], [], (SCENARIOFIL,)),
    "assess --inn": (["assess", "reg.xlsx", "--inn"], [], (SCENARIOFIL,)),
    "assess --kontrakt": (["assess", "reg.xlsx", "--internt", "--kontrakt"], ["-o", "ut.xlsx"], (KONTRAKTFIL, EFFEKTKONTRAKT)),
    "assess --regel": (["assess", "reg.xlsx", "--regel"], [], (REGELFIL,)),
    "contract": (["contract"], [], (KONTRAKTFIL, EFFEKTKONTRAKT)),
    "personas": (["personas"], [], (PERSONAFIL, PERSONAS)),
    "utenfor": (["utenfor"], [], (REGNSKAPSFIL, UTENFORREGNSKAP)),
    "assess": (["assess"], [], (REGISTRERINGSFIL, REGISTRERINGER)),
    "check": (["check"], [], (PRISLISTEFIL, *KONTROLLER)),
    "run --prices": (["run", "a.toml", "--prices"], [], (PRISLISTEFIL, PRISLISTE, SCENARIOFIL)),
    "run --indekser": (["run", "a.toml", "--indekser"], [], (INDEKSFIL, INDEKSLISTE, SCENARIOFIL)),
    "katalog --katalog": (["katalog", "--katalog"], [], (KATALOGFIL,)),
}  # fmt: skip


@pytest.mark.treg(unntatt=6)
@pytest.mark.parametrize("leser", LESER_SLAG)
def test_hver_kommando_sier_hva_en_fil_av_et_annet_slag_er_og_hvem_som_leser_den(
    leser: str, kommando: Kommando
) -> None:
    foran, bak, leses = LESER_SLAG[leser]
    kommando.legg("modell.xlsx", eksempel(EFFEKTMODELL))
    kommando.legg("reg.xlsx", eksempel(REGISTRERINGER))
    alle = TEKSTFILER | {f"bok_{s.noekkel}.xlsx": (s, eksempel(s)) for s in ALLE if endelse(s) == ".xlsx"}
    for navn, (slag, innhold) in alle.items():
        if (
            slag not in leses
            and not (slag is EFFEKTMODELL and SCENARIOFIL in leses)
            and (".xlsx" not in navn or leser not in LESER)
        ):
            kommando.legg(navn, innhold)
            melding = " ".join(kommando.avvist(*foran, navn, *bak).split())
            # An option of words takes a file only by its ending.
            ventet = "ingen felles antakelse" if "--felles" in leser and ".toml" not in navn else slag.kalles
            assert ventet in melding, navn
            assert ventet != slag.kalles or slag.bruk.split(", ")[0] in melding, navn
            assert melding.count("\n") <= 1


def test_hver_mal_kjennes_som_det_den_er() -> None:
    maler = {
        KONTRAKTFIL: map(kontraktsmal, MALER),
        PERSONAFIL: map(personamal, PERSONAMALER),
        REGNSKAPSFIL: map(utenformal, UTENFORMALER),
        SCENARIOFIL: [scenariomal("Bø")],
    }
    for slag, tekster in maler.items():
        assert {kjent_tomlslag(tomllib.loads(tekst)) for tekst in tekster} == {slag}
    assert {slag for slag, _ in TEKSTFILER.values()} == {*TOMLSLAG, *CSVSLAG}
    assert (PRISLISTEFIL.kalles, PRISLISTEFIL.bruk) == (PRISLISTE.kalles, PRISLISTE.bruk)


@pytest.mark.parametrize("slag", [s for s in ALLE if s is not PRISLISTE], ids=lambda s: s.noekkel)
def test_et_annet_slag_i_stedet_for_en_prisliste_avvises(slag: Bokslag, kommando: Kommando) -> None:
    fil = kommando.legg(f"fil{endelse(slag)}", eksempel(slag))
    melding = kommando.avvist("run", "a.toml", "--prices", fil.name)
    assert f"er {slag.kalles}, ikke en prisliste. {slag.bruk}" in melding


def _rediger(innhold: bytes) -> bytes:
    """The same file to every reader, no longer byte for byte what was written: as a save in Excel leaves it."""
    from tests.workbook.fiendtlige import deler, pakk  # only workbooks are taken apart

    return pakk(deler(innhold))


@pytest.mark.treg(unntatt=6)
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
