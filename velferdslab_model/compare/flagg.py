"""What a reader must know of a municipality before its number is held against another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN, er_antakelse
from velferdslab_model.base.tall import antall, prosent
from velferdslab_model.compare.felles import ANTAKELSER, FELLES_KILDE
from velferdslab_model.compare.harmonisering import Kommune
from velferdslab_model.compare.ytelse import Blanding, Ytelsesrad, blandingsavstand
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.prisaar import uten_omregning
from velferdslab_model.parameters.standard import standardkilder, standardtiltak
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe

#: Fewer taken in than this is few, and this share in other situations than the common mix is unusual (both antakelser).
FAA_DELTAKERE = 10
UVANLIG_BLANDING = 0.25
#: What assumptions are called when a number of a municipality's own has no source: keys of ANTAKELSER.
_ANTAKELSESNAVN = {
    "nullalternativ": "nullalternativet",
    "verdi_qaly": "verdien av en QALY",
    "livskvalitet": "livskvalitet",
    "loennskostnad": "lønnskostnad",
    "stillingsandel": "stillingsandel",
    "utvidet": "utvidede forutsetninger",
}
#: Key -> the flag as it stands in a table.
FLAGG = {
    "kontroll": "Kontroll",
    "uten_kilde": "Tall uten kilde",
    "faa": "Få deltakere",
    "indeks": "Egen indeks",
    "blanding": "Uvanlig blanding",
    "uten_inntak": "Uten inntak",
    "ikke_regnet": "Ikke regnet",
    "horisont": "Annen horisont",
    "fast": "Fast kostnad utenfor",
    "varighet": "Tilbakefall utenfor",
}
OM_FLAGG = (
    f"Få deltakere: under {FAA_DELTAKERE} tatt inn i perioden. Uvanlig blanding: minst {prosent(UVANLIG_BLANDING, 0)} av "
    "inntaket i andre situasjoner enn i den felles blandingen. Begge grensene er antakelser."
)


@dataclass(frozen=True)
class Flagg:
    """One thing to know. slag: key of FLAGG. gruppe: key, empty when it holds for the municipality. tekst: the rest of a
    sentence about it."""

    slag: str
    gruppe: str
    tekst: str

    @property
    def navn(self) -> str:
        """As it stands in a table."""
        return FLAGG[self.slag]


def flagg(k: Kommune, rader: Mapping[str, Ytelsesrad], blanding: Mapping[str, Blanding]) -> list[Flagg]:
    """Everything to know of one municipality. rader, blanding: by group; none for a group that takes in nobody."""
    return [*_av_kommunen(k), *(en for g in BRUKERGRUPPER for en in _av_gruppen(k, g, rader.get(g), blanding.get(g)))]


def _av_kommunen(k: Kommune) -> Iterator[Flagg]:
    if k.kontroll:
        yield Flagg("kontroll", "", f"arbeidsboken {'; '.join(k.kontroll)}")
    if k.egen_indeks:
        yield Flagg("indeks", "", f"egen prisindeks: {k.egen_indeks}")


def _av_gruppen(k: Kommune, gruppe: str, rad: Ytelsesrad | None, blanding: Blanding | None) -> Iterator[Flagg]:
    g = k.forutsetninger.grupper[gruppe]
    if (rad is None or blanding is None) and sum(g.inntak) > 0:
        yield Flagg("ikke_regnet", gruppe, "er ikke regnet, for beløpene er i et annet prisår enn de andres")
        return
    if rad is None or blanding is None:
        yield Flagg("uten_inntak", gruppe, "tar ikke inn noen, og har derfor ingen tall")
        return
    if uten := _uten_kilde(gruppe, g):
        yield Flagg("uten_kilde", gruppe, uten)
    if rad.deltakere < FAA_DELTAKERE:
        yield Flagg("faa", gruppe, f"bare {antall(rad.deltakere)} tas inn i perioden")
    if (avstand := blandingsavstand(rad.blanding, blanding)) >= UVANLIG_BLANDING:
        over = [a - b for a, b in zip(rad.blanding, blanding, strict=True)]
        mest = over.index(max(over))
        hvor = SITUASJONSNAVN[UTGANGSSITUASJONER[mest]].lower()
        yield Flagg(
            "blanding",
            gruppe,
            f"{prosent(rad.blanding[mest], 0)} tas inn fra {hvor}, mot {prosent(blanding[mest], 0)} i den felles blandingen "
            f"({prosent(avstand, 0)} i andre situasjoner)",
        )
    if horisont := _horisont(k, gruppe, g):
        yield Flagg("horisont", gruppe, horisont)
    if g.utvidet.fast_aarskostnad > 0:
        yield Flagg("fast", gruppe, "har fast årskostnad, som ikke er med i tallet per inntatt")
    if varighet := _varighet(g, rad.gruppe_ytelse):
        yield Flagg("varighet", gruppe, varighet)


def _uten_kilde(gruppe: str, g: Brukergruppe) -> str:
    """How many of the numbers that performance is made of have no source (rates, and prices that are not the program's own),
    and which assumptions of its own have none."""
    rater = sum(er_antakelse(g.kilder[f"suksessrate.{s}"]) for s in UTGANGSSITUASJONER)
    kjente = {t.kilde for t in standardtiltak(gruppe)}
    egne = [t.kilde for t in g.tiltak if uten_omregning(t.kilde) not in kjente]
    priser = sum(map(er_antakelse, egne))
    ut = [f"{rater} av 3 suksessrater"] if rater else []
    ut += [f"{priser} av {len(egne)} egne priser"] if priser else []
    if antatt := _egne_antakelser(gruppe, g):
        ut.append(f"egne antakelser ({', '.join(antatt)})")
    return f"uten kilde: {' og '.join(ut)}" if ut else ""


def _egne_antakelser(gruppe: str, g: Brukergruppe) -> list[str]:
    """Names of the assumptions in which a number is the municipality's own, and without a source."""
    standard = standardkilder(gruppe)
    egne = {
        n.partition(".")[0]
        for n in FELT
        if er_antakelse(kilde := uten_omregning(g.kilder[n])) and kilde not in (standard[n], FELLES_KILDE)
    }
    return [navn for felt, navn in _ANTAKELSESNAVN.items() if felt in egne & ANTAKELSER.keys()]


def _varighet(g: Brukergruppe, felles: Brukergruppe) -> str:
    """Relapse and lasting steps of its own, which are results that the ranked number leaves out."""
    ut = []
    if g.utvidet.aarlig_tilbakefall != felles.utvidet.aarlig_tilbakefall:
        ut.append(f"{prosent(g.utvidet.aarlig_tilbakefall)} faller tilbake i året")
    if g.utvidet.beholder_steget != felles.utvidet.beholder_steget:
        ut.append(f"{prosent(g.utvidet.beholder_steget)} beholder steget")
    return f"{' og '.join(ut)}: et resultat, men ikke med i tallet, for ikke alle har målt det likt" if ut else ""


def _horisont(k: Kommune, gruppe: str, naa: Brukergruppe) -> str:
    """What of period, rate and intake years was another when the file was given."""
    if k.oppgitt is None:
        return ""
    foer, ut = k.oppgitt.grupper[gruppe], []
    if foer.analyseperiode != naa.analyseperiode:
        ut.append(f"analyseperiode {foer.analyseperiode} år")
    if foer.neddiskontering != naa.neddiskontering:
        ut.append(f"rente {prosent(foer.neddiskontering)}")
    if foer.inntaksaar != naa.inntaksaar:
        ut.append(f"inntak i {foer.inntaksaar} år")
    return f"oppgitt med {' og '.join(ut)}" if ut else ""
