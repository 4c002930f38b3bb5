"""Odd values typed into every kind of input cell in LibreOffice: the workbook's Status and the program say the same of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import protokoll
from tests.conftest import DATO, hopp_over, i_rask
from tests.regneark import LibreOffice, regn_ut_formualizer
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.prisindekser import KILDENAVN
from velferdslab_model.effektbok.prisindekser import NAVN as INDEKSNAVN
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.indeksblokk import RADER
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.cells import kolonnenummer
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

NBSP = "\u00a0"
#: Name -> what is typed. A function gets what stood in the cell.
RARE: dict[str, Any] = {
    "tom": None,
    "hardt mellomrom": NBSP,
    "mellomrom": "  ",
    "tom tekst av en formel": {"formel": '=""'},
    "feilverdi": {"formel": "=NA()"},
    "delt på null": {"formel": "=1/0"},
    "tall med komma som tekst": "0,65",
    "tall med punktum som tekst": "0.65",
    "heltall som tekst": "2019",
    "heltall": 3.0,
    "desimaltall": 0.65,
    # LibreOffice makes no difference between TRUE() and 1 in a cell with a number format; Excel does, and so does the program.
    "sann": {"formel": "=TRUE()"},
    "tastet sann": {"tastet": "SANN"},
    "dato": {"tastet": "01.05.2026"},
    "tastet med komma": {"tastet": "0,65"},
    "tastet med punktum": {"tastet": "0.65"},
    "tastet prosent": {"tastet": "65 %"},
    "svært stort": 1e308,
    "nesten null": 1e-12,
    "minus null": {"formel": "=-0"},
    "under null": -1.0,
    "40 000 tegn": "x" * 40_000,
    "ordet fra listen": "Drift",
    "linjeskift": "en\nto",
}
#: What stood there, changed a little.
ENDRET: dict[str, Callable[[str], str]] = {
    "hardt mellomrom etter": lambda t: f"{t}{NBSP}",
    "mellomrom foran": lambda t: f" {t}",
    "store bokstaver": lambda t: t.upper(),
}
_TILTAK = (
    "navn", "beskrivelse", "type", "kategori", "driver", "enhetskostnad", "betaler",
    "volum_uholdbar", "volum_utsatt", "volum_stabil", "ganger", "kilde", "volumkilde",
)  # fmt: skip
_SATS = ("timesats_navn", "timesats_kr", "timesats_kilde")
_NAVNEKOLONNER = [f"{prefiks}.tiltak_navn" for prefiks, *_ in GRUPPER.values()]
#: Rates that no tiltak follows, so that an odd value in one is no fault of another row.
_EGNE_SATSER = {f"Konstruert sats {i}": {"kr": 100 + i, "kilde": "Konstruert"} for i in (1, 2, 3)}
#: The same odd cell moves through every row of the tables and every cell of the registers.
_RUNDER = 2
#: How a scenario file writes what a cell has otherwise.
_TOML = re.compile(r"anførselstegn|\btrue\b|\bfalse\b|(?<![\d.])\d+\.\d+(?![\d.])|\[\[|TOML")


@pytest.fixture(scope="module")
def bok() -> Bok:
    return planlegg(beregn(fra_toml({"navn": "Asker", "timesatser": _EGNE_SATSER}, "test", "test")), DATO)


@pytest.fixture(scope="module")
def fra(bok: Bok, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all odd values, which LibreOffice may keep open."""
    fil = tmp_path_factory.mktemp("rare") / "fra.xlsx"
    fil.write_bytes(bytes_av(bok, DATO))
    return fil


@pytest.fixture(scope="module")
def norsk() -> Iterator[LibreOffice]:
    from tests.regneark import hvorfor_ikke_libreoffice

    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(grunn)
    with LibreOffice("nb-NO") as lo:
        yield lo


def _celle(bok: Bok, noekkel: str, rad: int = 0) -> tuple[str, str]:
    sted = bok.steder[noekkel]
    return sted.ark, f"{kolonnenavn(sted.kol)}{sted.rad + rad + 1}"


def _maal(bok: Bok, nummer: int, runde: int) -> dict[tuple[str, str], tuple[str, str]]:
    """Cells to type into, one in each row -> the cell that says whether the row is in order."""
    ut = {}
    for plass in range(1, len(_EGNE_SATSER) + 2):
        # A name typed into two rows is another fault, as below.
        noekkel = _SATS[(plass + nummer + runde) % len(_SATS)]
        noekkel = "timesats_kilde" if noekkel == _SATS[0] and plass > len(_SATS) else noekkel
        ut[_celle(bok, noekkel, plass)] = _celle(bok, "timesats_status", plass)
    for k, (prefiks, *_) in enumerate(GRUPPER.values()):
        for i, felt in enumerate(FELT.values()):
            # The value in one row and the source in the next, and the other way round next time.
            kilde = "_kilde" if (i + k + runde) % 2 else ""
            status = _statusrad(bok, f"{prefiks}.{felt.navn}_kilde")
            ut[_celle(bok, f"{prefiks}.{felt.navn}{kilde}")] = status
        fylte = sum(v is not None for v in bok.steder[f"{prefiks}.tiltak_navn"].verdier)
        brukt = set()
        for rad in range(fylte + 2) if runde else reversed(range(fylte + 2)):
            kolonne = _TILTAK[(rad + nummer + k + runde * 5) % len(_TILTAK)]
            # A name typed into two rows is another fault, which both rows have and the program tells once.
            kolonne = "beskrivelse" if kolonne in brukt else kolonne
            brukt |= {kolonne} & {"navn"}
            ut[_celle(bok, f"{prefiks}.tiltak_{kolonne}", rad)] = _celle(bok, f"{prefiks}.tiltak_status", rad)
    for en in RADER:
        navn = INDEKSNAVN[en.noekkel]
        sted = bok.steder[navn]
        kol = sted.kol + en.aapne[(nummer * _RUNDER + runde) % len(en.aapne)]
        ut[sted.ark, f"{kolonnenavn(kol)}{sted.rad + 1}"] = _celle(bok, f"{navn}.status")
    return ut | {_celle(bok, navn): _celle(bok, f"{navn}.status") for navn in KILDENAVN.values()}


def _foelger(bok: Bok, celle: tuple[str, str]) -> list[tuple[str, str]]:
    """The cells that the number on the row of a cell is worked out from, until somebody types it."""
    for prefiks, *_ in GRUPPER.values():
        for noekkel, baser in AVLEDEDE.items():
            avledet = f"{prefiks}.{FELT[noekkel].navn}"
            if celle in (_celle(bok, avledet), _celle(bok, f"{avledet}_kilde")):
                return [_celle(bok, f"{prefiks}.{FELT[base].navn}") for base in baser]
    return []


def _statusrad(bok: Bok, kilde: str) -> tuple[str, str]:
    """The Status on the row of a source."""
    sted = bok.steder[kilde]
    for noekkel, status in bok.steder.items():
        if (
            noekkel.endswith(".status")
            and status.ark == sted.ark
            and status.rad <= sted.rad < status.rad + status.hoeyde
        ):
            return sted.ark, f"{kolonnenavn(status.kol)}{sted.rad + 1}"
    raise KeyError(kilde)


def _avvist(fil: Path) -> set[tuple[str, str]]:
    """The cells the program refuses, as its messages name them; none when it reads the file."""
    try:
        load_forutsetninger(fil)
    except UgyldigInndata as feil:
        funn = [re.match(r"(.+?)!([A-Z]+\d+) \(", tekst) for tekst in feil.feil]
        meldinger = feil.feil
    else:
        return set()
    uten = [t for t, f in zip(meldinger, funn, strict=True) if not f]
    assert uten == []
    # Nobody is told of a scenario file's terms for what stands in a cell.
    assert [t for t in meldinger if _TOML.search(re.sub("«[^»]*»", "", t))] == []
    return {(f[1], f[2]) for f in funn if f}


def _rad(adresse: str) -> int:
    return int(adresse.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("navn", i_rask([*RARE, *ENDRET], "feilverdi", "tastet prosent", "hardt mellomrom etter"))
def test_status_og_programmet_sier_det_samme_om_hver_celle(
    navn: str, bok: Bok, fra: Path, norsk: LibreOffice, tmp_path: Path
) -> None:
    til = tmp_path / "til.xlsx"
    gamle = {(ark.navn, c.adresse): c.verdi for ark in bok.ark for c in ark.celler()}
    nummer = [*RARE, *ENDRET].index(navn)
    godtatt: dict[tuple[str, str], Any] = {}
    noe_avvist = False
    navneceller = {_celle(bok, n, rad) for n in (*_NAVNEKOLONNER, _SATS[0]) for rad in range(bok.steder[n].hoeyde)}
    for runde in range(_RUNDER):
        maal = _maal(bok, nummer, runde)
        if navn in ENDRET:
            skriv = {c: ENDRET[navn](str(gamle[c])) for c in maal if isinstance(gamle[c], str)}
        else:
            skriv = dict.fromkeys(maal, RARE[navn])
        norsk.lagre(fra, til, [(ark, adresse, verdi) for (ark, adresse), verdi in skriv.items()], gjenbruk=True)
        avvist = _avvist(til)
        verdier = aapne(til, EFFEKTMODELL).verdier
        ulike = []
        for celle in skriv:
            ark, adresse = maal[celle]
            status = verdier[ark].get(adresse)
            # A missing part of a row is told where it is missing, or in the first cell of the row.
            feil = any(a == celle[0] and _rad(x) == _rad(celle[1]) for a, x in avvist)
            if not feil and any(base in avvist for base in _foelger(bok, celle)):
                continue  # worked out from a number that is told where it stands
            if feil != (status not in ("OK", None)) and not (navn == "sann" and feil):
                ulike.append((celle, status, feil, verdier[celle[0]].get(celle[1])))
        assert ulike == []
        kontroll = verdier["Introduksjonsark"][_celle(bok, "kontroll")[1]]
        assert (kontroll == "OK") == (not avvist) or navn == "sann", kontroll
        svar = kontroller(til)
        assert svar.leselig == (not avvist)
        assert {(ark, a) for ark, a in avvist} <= {
            tuple(f.sted.rsplit("!", 1)) for f in svar.funn if f.slag == "inndata"
        }
        protokoll.tell("rare verdier skrevet i inndataceller", len(skriv))
        uavviste = {c: v for c, v in skriv.items() if not any(a == c[0] and _rad(x) == _rad(c[1]) for a, x in avvist)}
        # The same name in two rows is another fault, here too.
        godtatt |= {c: v for c, v in uavviste.items() if not runde or c not in navneceller}
        noe_avvist |= bool(avvist)
    if godtatt and noe_avvist:
        norsk.lagre(fra, til, [(ark, adresse, verdi) for (ark, adresse), verdi in godtatt.items()], gjenbruk=True)
        assert _avvist(til) == set()
        svar = kontroller(til)
        # A name that is TRUE() is shown as 1 by LibreOffice.
        assert [f for f in svar.funn if navn != "sann"] == [], svar.funn[:5]


@pytest.mark.treg
@pytest.mark.libreoffice
@pytest.mark.parametrize("celle", ["navn", "prisaar"])
def test_kontrollen_og_programmet_sier_det_samme_om_navn_og_prisaar(
    celle: str, bok: Bok, fra: Path, norsk: LibreOffice, tmp_path: Path
) -> None:
    til = tmp_path / "til.xlsx"
    sted = _celle(bok, celle)
    for navn, verdi in RARE.items():
        norsk.lagre(fra, til, [(*sted, verdi)], gjenbruk=True)
        kontroll = aapne(til, EFFEKTMODELL).verdier["Introduksjonsark"][_celle(bok, "kontroll")[1]]
        assert (kontroll == "OK") == (_avvist(til) == set()), (navn, kontroll)


@pytest.mark.parametrize("verdi", [True, "Drift ", f"Drift{NBSP}", " ", "0,65", 1e308, "x" * 2_000])
def test_status_i_et_annet_regneark_er_den_samme(verdi: bool | str | float, bok: Bok, tmp_path: Path) -> None:
    """formualizer keeps TRUE apart from 1, as Excel does."""
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(bytes_av(bok, DATO))
    tallet = _celle(bok, "UV.suksessrate_utsatt")
    kategori, kilden = _celle(bok, "UV.tiltak_kategori", 3), _celle(bok, "FAM.verdi_qaly_kilde")
    status = [_statusrad(bok, "UV.suksessrate_utsatt_kilde"), _celle(bok, "UV.tiltak_status", 3)]
    status.append(_statusrad(bok, "FAM.verdi_qaly_kilde"))
    skriv = [(*celle, verdi) for celle in (tallet, kategori, kilden)]
    svar = regn_ut_formualizer(fil, skriv, status)  # type: ignore[arg-type]  # a truth, too
    lang = isinstance(verdi, str) and len(verdi) > 1_000
    assert [svar[s] == "OK" for s in status] == [False, False, not lang]


def test_hver_inndatacelle_er_med(bok: Bok) -> None:
    """Over all odd values, every cell a user may type a number, word or source of the model in."""
    alle = {(ark.navn, c.adresse) for ark in bok.ark for c in ark.celler() if c.er_inndata}
    brukt = {_celle(bok, "navn"), _celle(bok, "prisaar")}
    for nummer in range(len(RARE) + len(ENDRET)):
        for runde in range(_RUNDER):
            brukt |= set(_maal(bok, nummer, runde))
    utenfor = {(ark, a) for ark, a in alle - brukt if not _er_tom_tiltaksrad(bok, ark, a)}
    hva_om = {_celle(bok, n) for n in bok.steder if ".hva_om_" in n and _celle(bok, n) in alle}
    dekket = {
        (ark.navn, f"{kolonnenavn(kol)}{rad + 1}")
        for ark in bok.ark
        for rad, fra, _, til in ark.sammenslaatt
        for kol in range(fra + 1, til + 1)
    }
    assert utenfor - dekket <= hva_om


def _er_tom_tiltaksrad(bok: Bok, ark: str, adresse: str) -> bool:
    """A spare row like those that are typed into."""
    satser = bok.steder["timesats_navn"]
    if ark == satser.ark and satser.rad < _rad(adresse) <= satser.rad + satser.hoeyde:
        # The first is followed by tiltak, and the last are spare; every kind of cell is typed into in those between.
        return _rad(adresse) - satser.rad - 1 not in range(1, len(_EGNE_SATSER) + 1)
    for prefiks, *_ in GRUPPER.values():
        sted = bok.steder[f"{prefiks}.tiltak_navn"]
        tomme = sum(v is not None for v in sted.verdier) + sted.rad + 1
        if ark == sted.ark and tomme + 2 <= _rad(adresse) <= sted.rad + sted.hoeyde:
            return kolonnenummer(adresse.rstrip("0123456789")) <= len(_TILTAK)
    return False
