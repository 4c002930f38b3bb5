"""Audit one workbook of a contract: which terms were typed, what they do to payment and risk, and what else was touched."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from velferdslab_model.base.files import les_hele
from velferdslab_model.base.tall import prosent
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.check.vilkaarsbok import UTEN_OPPHAV
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt
from velferdslab_model.contract.distribution import FROE, betalingsfordeling
from velferdslab_model.contract.flows import antall_aar
from velferdslab_model.contract.inputs import rom_for, seksjoner
from velferdslab_model.contract.origin import pakk_ut_kontrakt
from velferdslab_model.contract.reading import i_cellene, les_kontraktbok, les_kontraktfil
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.contract.words import penger
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.workbook.audit import Funn, inndatafunn, innskrevne_formler, planfunn
from velferdslab_model.workbook.causes import aarsaker, ikke_kontrollert
from velferdslab_model.workbook.comparing import arknavn
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.stamp import er_uroert

_KAN_IKKE_KONTROLLERES = (
    "Vilkårene er endret siden boken ble laget, og filen sier ikke fra hva: tall uten formel er ikke kontrollert. "
    "Lag boken på nytt med «velferdslab contract»."
)
_ELDRE = "format {} (versjon {}): formler og låste celler kan ikke kontrolleres. Lag en ny med «velferdslab contract»"
_UROERT_ELDRE = (
    "Filen er fra en tidligere versjon ({versjon}), og ingen har endret den: hver byte er som programmet skrev den. "
    "Lag en ny med «velferdslab contract» for å få dagens faner."
)
#: Findings that depend on what a file was made with.
_FOELGER_OPPHAVET = ("fane", "låst celle", "ekstra celle", "lagret tall", "kontroll")


def kontroller_kontrakt(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a contract's workbook against a contract, or against what it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    fil, formler = innhold.fil, innhold.formler
    pakket = pakk_ut_kontrakt(innhold.egenskaper)
    annen = None if mot is None else les_kontraktfil(Path(mot))
    laget, froe = pakket or (annen or les_kontraktfil(None), FROE)
    fra = annen or laget
    opphav = "vilkårene boken ble laget med" if pakket else "Askers vilkår"
    mot_navn = opphav if mot is None else Path(mot).name
    merknader = aarsaker(innhold)
    eldre = innhold.format < EFFEKTKONTRAKT.format
    merknader += [] if pakket else [UTEN_OPPHAV.format(mot=mot_navn)]
    try:
        v = les_kontraktbok(innhold)
    except UgyldigInndata as feil:
        funn = [inndatafunn(fil.name, tekst) for tekst in feil.feil]
        if not eldre:
            a = analyser_kontrakt(laget, froe)
            funn += planfunn(kontraktplan(a, froe=froe), innhold, formler, uten_tall=True)
        return Kontrollsvar(
            fil.name,
            EFFEKTKONTRAKT.noekkel,
            innhold.versjon,
            mot_navn,
            False,
            None,
            (),
            None,
            funn,
            merknader,
            ikke_kontrollert=ikke_kontrollert(innhold),
        )
    # Where the file does not say what it was made with, it is planned as for the terms that it now holds.
    laget = laget if pakket else v
    a = analyser_kontrakt(laget, froe)
    celler = i_cellene(innhold)
    bok = kontraktplan(a, v, froe, celler)
    # A file of an earlier format has other cells: its terms are compared, and whether anybody has touched it is told.
    funn = [] if eldre else planfunn(bok, innhold, formler)
    uten = ikke_kontrollert(innhold)
    if eldre and er_uroert(les_hele(innhold.fil)):
        merknader.append(_UROERT_ELDRE.format(versjon=innhold.versjon))
    elif eldre:
        funn = [
            Funn("versjon", fil.name, f"format {EFFEKTKONTRAKT.format}", _ELDRE.format(innhold.format, innhold.versjon))
        ]
    elif pakket is None and not _regnet_av_vilkaarene(bok, innhold):
        # Of what the numbers without a formula were computed, nothing in the file tells.
        funn = [f for f in funn if f.slag not in _FOELGER_OPPHAVET]
        merknader.append(_KAN_IKKE_KONTROLLERES)
        uten = ("faner", "låste celler", "lagrede tall", *uten)
    if not eldre and (innskrevne := innskrevne_formler(bok, formler, arknavn(bok, innhold))):
        merknader.append(f"Formler i inndataceller, lest med tallet som er lagret: {', '.join(innskrevne)}.")
    endringer = list(_endringer(innhold, fra, v, laget, celler))
    if endringer:
        merknader += _virkning(a if fra is laget else None, fra, v, froe, mot_navn)
    return Kontrollsvar(
        fil.name,
        EFFEKTKONTRAKT.noekkel,
        innhold.versjon,
        mot_navn,
        True,
        None,
        endringer,
        None,
        funn,
        merknader,
        True,
        uten,
    )


def _regnet_av_vilkaarene(bok: Bok, innhold: Innhold) -> bool:
    """Whether the numbers without a formula were computed of the terms that now stand in the file, by its own digest."""
    sted = bok.steder["regnet_med"]
    funnet = innhold.verdier.get(sted.ark, {}).get(sted.adresse.replace("$", ""))
    return funnet == bok.steder["kontrolltall"].verdier[0]


def _endringer(
    innhold: Innhold, fra: Kontrakt, til: Kontrakt, laget: Kontrakt, celler: Mapping[str, float | str]
) -> Iterator[tuple[str, Endring]]:
    """Every term that differs, with its cell; of those out of use in both only what somebody has typed."""
    rom = rom_for(laget, antall_aar(laget))
    gamle, skrevet = ({en.felt.noekkel: en for d in seksjoner(v, rom) for en in d.rader} for v in (fra, laget))
    for del_ in seksjoner(til, rom, celler):
        for ny in del_.rader:
            noekkel, gammel = ny.felt.noekkel, gamle.get(ny.felt.noekkel)
            ute = not getattr(ny, "gjelder", True)
            if ute and not getattr(gammel, "gjelder", False):
                gammel = skrevet.get(noekkel)
            if gammel is None or gammel.verdi != ny.verdi:
                enhet = getattr(ny.felt, "enhet", "tekst")
                foer = None if gammel is None else gammel.verdi
                tekst = f"{ny.felt.tekst} (ikke i bruk)" if ute else ny.felt.tekst
                sted = str(innhold.omraade(ny.felt.navn) or "")
                yield sted, Endring("", noekkel, tekst, enhet, foer, ny.verdi, ny.kilde)


def _virkning(a: Kontraktsanalyse | None, fra: Kontrakt, til: Kontrakt, froe: int, mot_navn: str) -> list[str]:
    """What the changes together do to payment and risk."""
    foer = a.avtalt.fordeling if a else betalingsfordeling(fra, froe)
    etter = betalingsfordeling(til, froe)
    return [
        f"Forventet betaling: {penger(fra, foer.forventet)} -> {penger(til, etter.forventet)}.",
        f"Sjanse for at takene kutter: {prosent(foer.p_kuttet, 1)} -> {prosent(etter.p_kuttet, 1)}.",
        "Tallene boken har uten formel, er regnet av vilkårene den ble laget med. Lag den på nytt med «velferdslab contract»."
        if a
        else f"Virkningen er regnet mot {mot_navn}.",
    ]
