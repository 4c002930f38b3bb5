"""Read registrations from .xlsx or .csv by their headings. Every fault of the file is told, with its row; nothing is half read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from velferdslab_model.assess.criteria import SITUASJONSORD, Kriterier, kriteriene
from velferdslab_model.assess.dates import VENTET_DATO
from velferdslab_model.assess.name_keys import Arkdel, noekler_til_navn
from velferdslab_model.assess.places import Radfeil, samle_feil, samlede_steder
from velferdslab_model.assess.privacy import foedselsdato_i_kode, personkolonne
from velferdslab_model.assess.registrering import (
    FELLES,
    GRUPPEORD,
    REGNEDE,
    Kolonnevalg,
    Registrering,
    skjemakolonner,
    temanavn,
)
from velferdslab_model.assess.rows import (
    FOERSTE_DATO,
    MAKS_ALDER,
    MAKS_PAA_RAD,
    MAKS_SIFFER,
    Funnet,
    Radlesning,
    alder_av,
    dato_av,
    kan_vaere_start,
    kode_av,
    ligner_navn,
    mellom_radene,
    skrevet_tekst,
)
from velferdslab_model.assess.sheets import MAKS_HODERAD, Innholdet, Registerark, les_ark
from velferdslab_model.base.celleverdi import celletekst, vis_celle
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.tekst import mente_du, ramset, sammenligningsnavn
from velferdslab_model.errors import UgyldigInndata

#: Faults that are told; a file with more is wrong in one way.
MAKS_MELDINGER = 200
_NOEDVENDIGE = ("id", "dato", "tidspunkt")


def les_registreringer(
    fil: Path, i_dag: date | None = None, kriterier: Kriterier | None = None
) -> tuple[Registrering, ...]:
    """Every registration of a file, by id and date. i_dag: no date may be after it; today when left out.

    Raises KanIkkeLese when it is no file of registrations, UgyldigInndata with every fault, each with its row.
    """
    k = kriterier or kriteriene()
    leser = _Leser(fil, k, i_dag or dagens_dato())
    arkene = [(ark, _finn_hode(ark, k)) for ark in les_ark(fil)]
    if not any(hode for _, hode in arkene):
        navn = ", ".join(f"«{kolonne.tekst}»" for kolonne in FELLES if kolonne.noekkel in _NOEDVENDIGE)
        raise UgyldigInndata(
            fil.name, [f"har ingen rad med overskriftene {navn} blant de første {MAKS_HODERAD} radene."]
        )
    for ark, hode in arkene:
        if hode is not None:
            leser.les(ark, hode)
    leser.krev_personene()
    leser.krev_uten_navn(arkene)
    if not leser.ut and not leser.feil:
        leser.feil.append("har ingen registreringer under overskriftene.")
    if leser.feil:
        alle = samle_feil(leser.feil)
        flere = len(alle) - MAKS_MELDINGER
        raise UgyldigInndata(fil.name, alle[:MAKS_MELDINGER] + ([f"og {flere} feil til."] if flere > 0 else []))
    return tuple(sorted(leser.ut, key=lambda r: (r.id, r.dato, r.vurderer != "første")))


@dataclass(frozen=True)
class _Hode:
    """The row of headings: key of a column -> its number; every column that has a heading; what cannot be used; and which form
    it belongs to."""

    rad: int
    kolonner: Mapping[str, int]
    med_overskrift: Collection[int]
    feil: tuple[str, ...]
    skjema: str | None


def _kjente(k: Kriterier) -> dict[str, str]:
    """Every heading as it is compared, and the key it stands for."""
    kolonner = [*FELLES, *(en for navn in k.skjema for en in skjemakolonner(navn, k))]
    return {sammenligningsnavn(navn): en.noekkel for en in kolonner for navn in (en.noekkel, en.tekst)}


def _finn_hode(ark: Registerark, k: Kriterier) -> _Hode | None:
    kjente = _kjente(k)
    for nummer, rad in ark.rader.items():
        if nummer > MAKS_HODERAD:
            return None
        tekster = {kol: str(celletekst(verdi)) for kol, verdi in rad.items()}
        funnet = [kjente.get(sammenligningsnavn(tekst)) for tekst in tekster.values()]
        if set(_NOEDVENDIGE) <= set(funnet):
            return _hode(ark, nummer, tekster, kjente, k)
    return None


def _hode(ark: Registerark, nummer: int, tekster: Mapping[int, str], kjente: Mapping[str, str], k: Kriterier) -> _Hode:
    regnede = set(map(sammenligningsnavn, REGNEDE))
    kolonner: dict[str, int] = {}
    feil = []
    for kol, tekst in tekster.items():
        navn = sammenligningsnavn(tekst)
        noekkel = kjente.get(navn)
        if noekkel is None:
            if personkolonne(tekst):
                feil.append(
                    f"{ark.sted(nummer, kol)}: overskriften ber om en personopplysning. Slett kolonnen; registreringene skal bare ha koder."
                )
            elif navn and navn not in regnede:
                raad = mente_du(
                    tekst, [en.tekst for en in FELLES] + [en.tekst for n in k.skjema for en in skjemakolonner(n, k)]
                )
                feil.append(
                    f"{ark.sted(nummer, kol)}: overskriften er ikke kjent, og gjengis ikke.{raad} Slett kolonnen, eller rett den."
                )
        elif noekkel in kolonner:
            feil.append(f"{ark.sted(nummer, kol)}: overskriften {vis_celle(tekst)} står to ganger.")
        else:
            kolonner[noekkel] = kol
    for kolonne in FELLES:
        if kolonne.kreves and kolonne.noekkel not in kolonner:
            feil.append(f"{ark.sted(nummer)}: kolonnen «{kolonne.tekst}» mangler.")
    skjemaer = [navn for navn, spoersmaal in k.skjema.items() if any(s.noekkel in kolonner for s in spoersmaal)]
    if len(skjemaer) > 1:
        begge = " og ".join(f"«{k.skjemanavn[navn]}»" for navn in skjemaer)
        feil.append(f"{ark.sted(nummer)}: kolonnene hører til både {begge}. Hold skjemaene på hvert sitt ark.")
    elif not skjemaer:
        feil.append(f"{ark.sted(nummer)}: ingen kolonne har svar. Ventet spørsmålene i ett av skjemaene.")
    return _Hode(nummer, kolonner, tekster.keys(), tuple(feil), skjemaer[0] if len(skjemaer) == 1 else None)


class _Leser:
    """Takes registrations out of sheets, and notes every fault."""

    def __init__(self, fil: Path, k: Kriterier, i_dag: date) -> None:
        self.fil, self.k, self.i_dag = fil, k, i_dag
        self.ut: list[Registrering] = []
        self.rader: list[Radlesning] = []
        self.uleste_ark: list[str] = []
        self.uleste_rader: list[tuple[str, int]] = []
        self.feil: list[str | Radfeil] = []
        self._kjent: dict[tuple[type, Innholdet], tuple[str, str]] = {}
        self._ord = {
            (en.noekkel, skrevet_tekst(ord_)): ord_
            for en in [*FELLES, *(en for navn in k.skjema for en in skjemakolonner(navn, k))]
            for ord_ in en.ordene
        }
        for spoersmaal in (s for alle in k.skjema.values() for s in alle):
            for svar in spoersmaal.svar:
                self._ord |= {(spoersmaal.noekkel, skrevet_tekst(o)): svar.ordet for o in svar.ogsaa}
        self._ord |= {(f"sentralt_{i}", skrevet_tekst(n)): n for i in (1, 2) for n in temanavn(k)}
        self._ordene = {ordet for _, ordet in self._ord}

    def _skrevet(self, verdi: Innholdet) -> tuple[str, str]:
        """A cell as text, and as it is compared; the same few words stand in every row."""
        funnet = self._kjent.get((type(verdi), verdi))
        if funnet is None:
            funnet = self._kjent[type(verdi), verdi] = (str(celletekst(verdi)), skrevet_tekst(verdi))
        return funnet

    def les(self, ark: Registerark, hode: _Hode) -> None:
        """Every row below the headings."""
        self.feil += hode.feil
        if hode.skjema is None:
            self.uleste_ark.append(f"arket {ark.navn}" if ark.navn else "filen")
            return
        kolonner = {
            en.noekkel: (hode.kolonner[en.noekkel], en)
            for en in (*FELLES, *skjemakolonner(hode.skjema, self.k))
            if en.noekkel in hode.kolonner
        }
        for nummer, rad in ark.rader.items():
            if nummer <= hode.rad or not any(kol in rad and self._skrevet(rad[kol])[1] for kol, _ in kolonner.values()):
                continue
            if omraade := ark.sammenslaatt.get(nummer):
                self._meld(ark, nummer, None, f": cellene {omraade} er slått sammen. Del dem, og fyll ut hver rad.")
                self.uleste_rader.append((ark.navn, nummer))
                continue
            foer = len(self.feil)
            en = self._registrering(ark, nummer, rad, kolonner, hode.skjema)
            if len(self.feil) == foer and en is not None:
                self.ut.append(en)

    def _registrering(
        self,
        ark: Registerark,
        nummer: int,
        rad: Mapping[int, Innholdet],
        kolonner: Mapping[str, tuple[int, Kolonnevalg]],
        skjema: str,
    ) -> Registrering | None:
        verdier: dict[str, str] = {}
        ulovlige: set[str] = set()
        for noekkel, (kol, en) in kolonner.items():
            verdi = rad.get(kol)
            if noekkel in ("id", "dato", "alder"):
                continue
            skrevet, navn = self._skrevet(verdi)
            if navn == "":
                if en.kreves:
                    self._meld(ark, nummer, kol, f" ({en.tekst}) er tom. {_ventet(en, self.k)}")
                continue
            ordet = self._ord.get((noekkel, navn))
            if ordet is None:
                lovlige = en.ordene or tuple(temanavn(self.k))
                raad = mente_du(skrevet, lovlige)
                ulovlige.add(noekkel)
                self._meld(ark, nummer, kol, f" ({en.tekst}) {self._vist(verdi)}. {_ventet(en, self.k)}{raad}")
            else:
                verdier[noekkel] = ordet
        id_ = self._id(ark, nummer, rad, kolonner["id"][0])
        dato = self._dato(ark, nummer, rad, kolonner["dato"][0])
        alder = self._alder(ark, nummer, rad, kolonner["alder"][0]) if "alder" in kolonner else None
        self._strid(ark, nummer, verdier)
        self.rader.append(
            Radlesning(
                ark.navn,
                nummer,
                id_,
                dato,
                verdier.get("tidspunkt"),
                None if "vurderer" in ulovlige else verdier.get("vurderer", "første"),
                None if "gruppe" in ulovlige else verdier.get("gruppe", "unge voksne"),
            )
        )
        if id_ is None or dato is None or not {"tidspunkt", "maate"} <= verdier.keys():
            return None
        sentrale = [temanavn(self.k)[verdier[n]] for n in ("sentralt_1", "sentralt_2") if n in verdier]
        svar = {s.noekkel: verdier[s.noekkel] for s in self.k.skjema[skjema] if s.noekkel in verdier}
        return Registrering(
            id_,
            dato,
            verdier["tidspunkt"],  # type: ignore[arg-type]  # one of its words, by _ord
            GRUPPEORD[verdier.get("gruppe", "unge voksne")],
            alder,
            verdier["maate"],  # type: ignore[arg-type]  # as above
            verdier.get("vurderer", "første"),
            SITUASJONSORD.index(verdier["gitt"]) if "gitt" in verdier else None,
            frozenset(sentrale),
            verdier.get("grunn", ""),
            verdier.get("bekreftet") == "ja",
            skjema,
            svar,
            ark.navn,
            nummer,
        )

    def _meld(self, ark: Registerark, rad: int, kol: int | None, tekst: str) -> None:
        self.feil.append(Radfeil(ark.navn, rad, kol, tekst))

    def _vist(self, verdi: Innholdet) -> str:
        """What is told of a cell that cannot be read: a word of the lists, a number or a date is repeated, and nothing else, for
        it may be a name."""
        kjent = (
            not isinstance(verdi, str) or _UTEN_BOKSTAVER.fullmatch(verdi) or self._skrevet(verdi)[1] in self._ordene
        )
        return f"er {vis_celle(verdi)}" if kjent else "er noe annet, som ikke gjengis"

    def _strid(self, ark: Registerark, nummer: int, verdier: Mapping[str, str]) -> None:
        """What in one row contradicts itself."""
        if verdier.get("sentralt_1") and verdier.get("sentralt_1") == verdier.get("sentralt_2"):
            self._meld(ark, nummer, None, ": samme sentrale tema står to ganger. Slett det ene.")
        if "grunn" in verdier and verdier.get("tidspunkt") not in (None, "avslutning"):
            skrevet = vis_celle(verdier["tidspunkt"])
            self._meld(ark, nummer, None, f": en grunn til avslutning står på {skrevet}, ventet «avslutning».")

    def _id(self, ark: Registerark, nummer: int, rad: Mapping[int, Innholdet], kol: int) -> str | None:
        verdi = rad.get(kol)
        tekst = skrevet_tekst(verdi)
        if kode := kode_av(verdi):
            if not foedselsdato_i_kode(kode):
                return kode
            self._meld(ark, nummer, kol, f" (Id) {_KAN_VAERE_FOEDT}")
            return None
        # What is not a code may be a name, and is not repeated; a number is none.
        vist = f"er {vis_celle(verdi)}" if tekst == "" or isinstance(verdi, int | float) else "er ikke en kode"
        vist = "ligner et navn" if ligner_navn(verdi) else vist
        self._meld(ark, nummer, kol, f" (Id) {vist}, ventet {_VENTET_ID}.")
        return None

    def _dato(self, ark: Registerark, nummer: int, rad: Mapping[int, Innholdet], kol: int) -> date | None:
        verdi, vist = rad.get(kol), ark.datoer.get((nummer, kol))
        dato = vist or dato_av(verdi, ark.kalender_1904)
        # A year or a number of days is no date, though a day has that number.
        if dato is None or (vist is None and not isinstance(verdi, str) and dato < FOERSTE_DATO):
            self._meld(ark, nummer, kol, f" (Dato) {self._vist(verdi)}, ventet {VENTET_DATO}.")
            return None
        if not FOERSTE_DATO <= dato <= self.i_dag:
            ventet = f"ventet en dato fra {FOERSTE_DATO:%d.%m.%Y} til {self.i_dag:%d.%m.%Y}"
            self._meld(ark, nummer, kol, f" (Dato) er {dato:%d.%m.%Y}, {ventet}.")
            return None
        return dato

    def _alder(self, ark: Registerark, nummer: int, rad: Mapping[int, Innholdet], kol: int) -> int | None:
        verdi = rad.get(kol)
        tekst = skrevet_tekst(verdi)
        alder = alder_av(tekst)
        if alder is None and tekst:
            ventet = f"ventet et helt tall fra 0 til {MAKS_ALDER}"
            self._meld(ark, nummer, kol, f" (Alder) {self._vist(verdi)}, {ventet}.")
        return alder

    def krev_personene(self) -> None:
        """What contradicts itself between the rows of one person. A start may stand where nothing can be read: that is said."""
        starter = {r.id: r for r in self.rader if r.id and r.tidspunkt == "oppstart"}
        uten: list[tuple[str, tuple[Radlesning, ...]]] = []
        for f in mellom_radene(self.rader):
            id_ = str(f.rader[0].id)
            if f.hva != "ingen oppstart":
                self.feil.append(
                    f"{_rader(f.rader)}: {_mellomtekst(f, id_)}{self._kan_staa() if f.hva == 'andre alene' else ''}"
                )
            elif lik := next((s for s in starter if _forvekslet(s) == _forvekslet(id_)), None):
                self.feil.append(
                    f"{_rader(f.rader)}: {id_} har ingen oppstart. Mente du {lik} ({_rader([starter[lik]])})?"
                )
            else:
                uten.append((id_, f.rader))
        if uten:
            ider = ramset([id_ for id_, _ in uten], 10)
            rader = [r for _, alle in uten for r in alle]
            self.feil.append(
                f"{_rader(rader)}: {ider} har ingen oppstart. Uten den kan ingen endring måles.{self._kan_staa()}"
            )

    def krev_uten_navn(self, arkene: Sequence[tuple[Registerark, _Hode | None]]) -> None:
        """What names the persons of the codes, beside the registrations or on another sheet."""
        koder = {r.id for r in self.rader if r.id}
        kjente = self._ordene | set(_kjente(self.k))
        for ark, hode in arkene:
            lest = Arkdel(ark, hode.rad if hode else None, frozenset(hode.med_overskrift if hode else ()))
            self.feil += noekler_til_navn(lest, koder, kjente)

    def _kan_staa(self) -> str:
        """Where a registration that is missing may stand; empty when everything could be read."""
        uten_id = [(r.ark, r.nummer) for r in self.rader if r.id is None and kan_vaere_start(r)]
        rader = [*self.uleste_rader, *uten_id]
        steder = [*self.uleste_ark, *([samlede_steder(rader)] if rader else [])]
        return f" Den kan stå i det som ikke kan leses: {ramset(steder)}." if steder else ""


#: Numbers and dates, however they are written.
_UTEN_BOKSTAVER = re.compile(r"[0-9 .,:/\u00a0-]{0,20}")
_KAN_VAERE_FOEDT = (
    "kan være en fødselsdato eller det meste av et fødselsnummer. Bruk en annen kode, som P017; verdien gjengis ikke."
)
#: Letters that are typed for digits, and what separates.
_LIKE_TEGN = str.maketrans({"O": "0", "Ø": "0", "I": "1", "L": "1", "-": None, "_": None})
_VENTET_ID = (
    f"en kode med minst ett siffer, høyst {MAKS_PAA_RAD} på rad og {MAKS_SIFFER} i alt, uten mellomrom og desimaler, som P017, og aldri "
    "et navn (tre bokstaver på rad bare med store, aldri fire)"
)


def _forvekslet(id_: str) -> str:
    """An id as a tired eye reads it: O as 0, l as 1, without hyphens and noughts in front."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", id_.translate(_LIKE_TEGN))


def _mellomtekst(f: Funnet, id_: str) -> str:
    dato = f"{f.rader[0].dato:%d.%m.%Y}" if f.rader[0].dato else ""
    andre = f" {f.andre.dato:%d.%m.%Y} ({_rader([f.andre])})" if f.andre and f.andre.dato else ""
    hva = ramset([*dict.fromkeys(f"{r.tidspunkt} {r.dato:%d.%m.%Y}" for r in f.rader if r.dato)])
    return {
        "to oppstarter": f"{id_} har {len(f.rader)} registreringer av oppstart, ventet én.",
        "to avslutninger": f"{id_} har {len(f.rader)} registreringer av avslutning, ventet én.",
        "to ganger": f"{id_} er registrert {len(f.rader)} ganger {dato}. Er det en andre vurderer, velg «andre».",
        "før oppstart": f"{hva} for {id_} er før oppstarten{andre}.",
        "etter avslutning": f"{hva} for {id_} er etter avslutningen{andre}.",
        "andre alene": f"den andre vurderingen av {id_} {dato} har ingen første samme dag.",
        "to andre": f"{id_} har {len(f.rader)} andre vurderinger {dato}, ventet én.",
        "begge grupper": f"{id_} står i begge gruppene, ventet én.",
    }[f.hva]


def _rader(rader: Sequence[Radlesning]) -> str:
    return samlede_steder([(r.ark, r.nummer) for r in rader])


def _ventet(kolonne: Kolonnevalg, k: Kriterier) -> str:
    ordene = kolonne.ordene or tuple(temanavn(k))
    return f"Ventet {' eller '.join(f'«{o}»' for o in ordene)}."
