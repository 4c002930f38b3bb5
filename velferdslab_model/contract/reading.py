"""Read the terms of a contract back from its workbook, perhaps edited since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from velferdslab_model.base.celleverdi import ULAGRET
from velferdslab_model.base.felt import Felt, Ordfelt
from velferdslab_model.contract.flows import antall_aar
from velferdslab_model.contract.inputs import Rom, data_av, kalles, rom_for, seksjoner
from velferdslab_model.contract.loading import kontrakt_av, les_kontrakt
from velferdslab_model.contract.origin import pakk_ut_kontrakt
from velferdslab_model.contract.scenario import som_staar
from velferdslab_model.contract.tabs.vilkaar_tab import TEKSTER
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.filslag import KONTRAKTFIL
from velferdslab_model.parameters.kilder import UTEN_KILDE, kilde_av
from velferdslab_model.scenarios.kinds import krev_slag
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.opening import Innhold, aapne, er_arbeidsbok
from velferdslab_model.workbook.reading import Lest, les_inndata

#: Terms that files of an earlier format than this do not have; a contract was never worked through as ended early.
_NYE_I_FORMAT = {"stanses_etter": 2, "stanses_etter_brukes": 2}


def les_kontraktfil(sti: Path | None) -> Kontrakt:
    """The terms of a contract file (.toml) or of a workbook (.xlsx); Asker's when sti is None.

    Raises KanIkkeLese and UgyldigInndata.
    """
    if sti is not None and er_arbeidsbok(sti):
        return les_kontraktbok(aapne(sti, EFFEKTKONTRAKT))
    if sti is not None:
        krev_slag(sti, KONTRAKTFIL)
    return les_kontrakt(sti)


def laget_med(innhold: Innhold) -> Kontrakt | None:
    """The terms a workbook was made with; None when the file does not say."""
    pakket = pakk_ut_kontrakt(innhold.egenskaper)
    return pakket[0] if pakket else None


def i_cellene(innhold: Innhold) -> dict[str, float | str]:
    """What the input cells hold, by key of the field, also those out of use. Raises UgyldigInndata."""
    felter, _ = _feltene(innhold, laget_med(innhold))
    return {noekkel: en.ordet or en.verdi or 0.0 for noekkel, en in les_inndata(innhold, felter).items()}


def _feltene(innhold: Innhold, laget: Kontrakt | None) -> tuple[list[Felt | Ordfelt], Rom]:
    """The inputs a file has cells for, and its room."""
    mal = laget or les_kontrakt()
    rom = rom_for(mal, antall_aar(mal)) if laget else _rom_i(innhold, mal)
    felter = (en.felt for del_ in seksjoner(mal, rom) for en in del_.rader)
    return [felt for felt in felter if innhold.format >= _NYE_I_FORMAT.get(felt.noekkel, 0)], rom


def les_kontraktbok(innhold: Innhold) -> Kontrakt:
    """The terms in the cells. Raises UgyldigInndata with one message for each cell that is wrong."""
    laget = laget_med(innhold)
    felter, rom = _feltene(innhold, laget)
    ulagrede = [f"{innhold.omraade(n)} ({tekst}) {ULAGRET}" for n, tekst, _ in TEKSTER if innhold.ulagret(n)]
    try:
        lest = les_inndata(innhold, felter)
    except UgyldigInndata as andre:
        raise UgyldigInndata(innhold.fil.name, [*ulagrede, *andre.feil]) from None
    if ulagrede:
        raise UgyldigInndata(innhold.fil.name, ulagrede)
    data, steder = data_av(lest, rom)
    for noekkel, *_ in TEKSTER:
        verdi = innhold.verdi(noekkel)
        if verdi is not None:
            data[noekkel] = str(verdi) if isinstance(verdi, str) else f"{verdi}"
        if sted := innhold.omraade(noekkel):
            steder[noekkel] = str(sted)
    if laget is not None:
        for navn in ("priskort", "fast_betaling"):
            tekster = [linje.tekst for linje in getattr(laget, navn)]
            for rad, tekst in zip(data[navn], tekster, strict=False):
                rad["tekst"] = tekst
    v = kontrakt_av(data, innhold.fil.name, innhold.fil.stem, steder, kalles(felter))
    kilder = _kilder(lest, laget, rom)
    kilder |= {f"priskort[{i}].pris": kilder[f"priskort.{i}.pris"] for i in range(1, len(v.priskort) + 1)}
    for navn, antall in (("suksessrate", v.inntaksaar), ("investor.finansiering", v.kontraktaar)):
        deler = [kilder[f"{navn}.{k}"] for k in range(1, antall + 1)]
        # One source is told for all of them: none when one of them has none.
        kilder[navn] = UTEN_KILDE if UTEN_KILDE in deler else deler[0]
    v = replace(v, kilder={**v.kilder, **kilder}, erstattet=laget.erstattet if laget else ())
    return replace(v, erstattet=som_staar(v))


def _kilder(lest: Mapping[str, Lest], laget: Kontrakt | None, rom: Rom) -> dict[str, str]:
    """The source of every input; one that was left as it stood says nothing of another number typed beside it."""
    gamle = {en.felt.noekkel: en for del_ in seksjoner(laget, rom) for en in del_.rader} if laget else {}
    ut = {}
    for noekkel, en in lest.items():
        gammel = gamle.get(noekkel)
        er_ny = gammel is not None and gammel.verdi != (en.ordet or en.verdi) and gammel.kilde == en.kilde
        ut[noekkel] = UTEN_KILDE if er_ny else kilde_av(en.kilde)
    return ut


def _rom_i(innhold: Innhold, mal: Kontrakt) -> Rom:
    """The room of a file that does not say what it was made with, by the names it has."""
    rom = rom_for(mal, antall_aar(mal))
    linjer = sum(f"priskort_{k}_pris" in innhold.navn for k in range(1, 9))
    faste = sum(f"fast_betaling_{k}_beloep" in innhold.navn for k in range(1, 9))
    return Rom(max(rom.linjer, linjer), max(rom.faste, faste), rom.aar)
