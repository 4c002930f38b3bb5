"""Audit one registration workbook: whether what is typed can be read, and what else was touched."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import replace

from velferdslab_model.assess.criteria import Kriterier, kriteriene
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.registrering import FELLES, skjemakolonner
from velferdslab_model.assess.rows import kode_av
from velferdslab_model.assess.sentences import om_ubesvarte
from velferdslab_model.assess.sheets import les_ark
from velferdslab_model.assess.tabs.register_tab import Typetrad
from velferdslab_model.assess.template import RADER_I_MALEN, SKJEMAARK, registerplan
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.workbook.audit import LOVLIG, Funn, planfunn
from velferdslab_model.workbook.causes import aarsaker, ikke_kontrollert
from velferdslab_model.workbook.kind import REGISTRERINGER
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok, Verdi

#: Findings that repeat what a cell holds.
_OM_CELLER = ("status", "formel", "låst celle", "ekstra celle", "lagret tall", "kontroll")
_GJENGIS_IKKE = "noe annet, som ikke gjengis fordi det kan være en personopplysning"
_TALL = re.compile(r"-?[0-9]{1,7}([.,][0-9]+)?")


def kontroller_registreringer(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a registration workbook against an empty one. Raises KanIkkeLese when it is to be compared with anything else."""
    fil, k = innhold.fil, kriteriene()
    if mot is not None:
        raise KanIkkeLese(f"{fil} er {REGISTRERINGER.kalles} og sammenlignes ikke med noe: utelat --against.")
    try:
        les_ark(fil)
    except UgyldigInndata as feil:  # nothing of a file with personal information is repeated
        return _svar(innhold, False, [Funn("inndata", fil.name, "ingen personopplysninger", t) for t in feil.feil], [])
    merknader = [*aarsaker(innhold)]
    rader = {skjema: _rader(innhold, skjema, k) for skjema in SKJEMAARK}
    antall = sum(bool(rad) for alle in rader.values() for rad in alle)
    funn: list[Funn] = []
    if antall:
        try:
            merknader += om_ubesvarte(les_registreringer(fil))
        except UgyldigInndata as feil:
            funn = [Funn("inndata", fil.name, LOVLIG, t) for t in feil.feil]
    plass = max((len(alle) for alle in rader.values()), default=0) or RADER_I_MALEN
    leselig = not funn
    bok = registerplan(rader, plass, k)
    kjente = _kjente_tekster(bok, registerplan({}, plass, k))
    avvik = planfunn(bok, innhold, innhold.formler, uten_tall=not leselig)
    # The Status of a row says what the reader has said.
    funn += [_uten_celletekst(f, kjente) for f in avvik if leselig or f.slag != "status"]
    return _svar(innhold, leselig, funn, [*merknader, f"{antall} rader er fylt ut."])


def _kjente_tekster(bok: Bok, tom: Bok) -> set[str]:
    """Texts of the program's own: those of an empty workbook, and the faults of the rows."""
    status = (v for noekkel, sted in bok.steder.items() if noekkel.endswith("status") for v in sted.verdier)
    egne = (x for ark in tom.ark for c in ark.celler() for x in (c.verdi, c.formel))
    return {"", "tom celle", *(x for x in (*status, *egne) if isinstance(x, str))}


def _uten_celletekst(f: Funn, kjente: Collection[str]) -> Funn:
    """A finding about a cell without what is written in it, unless it is a number, a code or the program's own: it may be a name."""
    if f.slag not in _OM_CELLER:
        return f
    if f.slag != "status":
        return replace(f, ventet=_trygg(f.ventet, kjente), funnet=_trygg(f.funnet, kjente))
    id_, _, status = f.funnet.partition(": ")
    vist = status if status in kjente else _GJENGIS_IKKE
    return replace(f, funnet=f"{id_}: {vist}" if kode_av(id_) else vist)


def _trygg(tekst: str, kjente: Collection[str]) -> str:
    trygg = tekst in kjente or _TALL.fullmatch(tekst) or kode_av(tekst)
    return tekst if trygg else _GJENGIS_IKKE


def _svar(innhold: Innhold, leselig: bool, funn: list[Funn], merknader: list[str]) -> Kontrollsvar:
    return Kontrollsvar(
        innhold.fil.name,
        REGISTRERINGER.noekkel,
        innhold.versjon,
        "en tom arbeidsbok",
        leselig,
        None,
        (),
        None,
        funn,
        merknader,
        ikke_kontrollert=ikke_kontrollert(innhold),
    )


def _rader(innhold: Innhold, skjema: str, k: Kriterier) -> list[Typetrad]:
    """Every row there is room for, as typed; a word of a list as the list has it."""
    foran = f"{skjema[0]}_"
    sted = innhold.omraade(f"{foran}id")
    if sted is None:
        return []
    celler = innhold.verdier[sted.ark]
    rader: list[Typetrad] = []
    for nummer in range(sted.rad, sted.siste_rad + 1):
        rad: dict[str, Verdi] = {}
        for kolonne in (*FELLES, *skjemakolonner(skjema, k)):
            omraade = innhold.omraade(f"{foran}{kolonne.noekkel}")
            verdi = celler.get(f"{omraade.kol}{nummer}") if omraade else None
            if verdi is not None:
                like = (o for o in kolonne.ordene if sammenligningsnavn(o) == sammenligningsnavn(str(verdi)))
                rad[kolonne.noekkel] = next(like, verdi)
        rader.append(rad)
    return rader
