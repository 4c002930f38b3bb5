"""The text of a scenario file to fill in: every assumption with its default, unit and source."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from types import MappingProxyType

from velferdslab_model.base.felt import MAKS_NAVN
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import maskintall
from velferdslab_model.base.tekst import normalisert, tekstfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.standard import (
    STANDARD_PRISAAR,
    standard_timesatser,
    standardkilder,
    standardtiltak,
    standardverdier,
)
from velferdslab_model.parameters.writing import tekst as i_toml

_HODE = """\
# Scenario for effektmodellen. Lag arbeidsboken med: velferdslab generate DENNE_FILEN
#
# Alt som står etter # er standard (Asker 2019), der det ikke står at det er et eksempel. Fjern # foran en linje for å endre verdien, og oppgi gjerne
# kilden under [gruppe.kilder]. Andeler skrives med punktum (80 % er 0.8), beløp uten mellomrom, tekst i anførselstegn.

navn = {navn}
prisaar = {prisaar}    # prisåret for beløpene du skriver her; standardbeløpene ({prisaar}) regnes om til det
# vis_i_prisaar = 2024    # vis alt i et annet år enn prisaar
#
# Prisindekser for 2015-2026 er innebygd. Egne tall går foran, år for år: vekst fra året før i prosent, eller nivåer.
# [indekser.kommunal_deflator]    # tiltak og nullalternativ
# 2026 = "3,9 %"
# [indekser.loennsvekst]          # lønnskostnad
# 2026 = "4,2 %"
# [indekser.kpi]                  # andre beløp; nivåer har 2015 = 100
# 2027 = "2,2 %"
#
# Felles timesatser. Tiltak følger en sats med timesats = navnet; en egen enhetskostnad går foran.
# [timesatser]
# "Kommunal timesats" = {timesats}
# "Psykolog" = {{ kr = 950, kilde = "Budsjett 2025" }}
#
# Virkninger uten pris, til fanen Ikke-prissatte virkninger (generate --ikke-prissatte). Inntil 12.
# [[ikke_prissatt]]
# virkning = "Trygghet for barn i familiene"
# hvem = "barn og søsken"
# betydning = "stor"              # liten, middels eller stor
# omfang = "middels positivt"     # stort, middels eller lite negativt; intet; lite, middels eller stort positivt
# begrunnelse = "Samtaler med familiene 2024"
"""
_TILTAK = """\

# Tiltak, to eksempler (konstruert). Samme navn som et standardtiltak: bare det du skriver, endres.
# [[{gruppe}.tiltak]]
# navn = "Booppfølging"
# enhetskostnad = 500
# kilde = "Budsjett 2025"
#
# Et nytt navn: alle felt må være med (kilde kan utelates og regnes da som en antakelse).
# [[{gruppe}.tiltak]]
# navn = "Jobbspesialist"
# beskrivelse = "Følger opp i ordinært arbeid"
# type_kostnad = "NAV kommune"
# kategori = "drift"            # oppstart: bare det første året. drift: hvert år
# kostnadsdriver = "timer"      # timer, fast sum, årskostnad eller annet
# timesats = "Kommunal timesats"    # eller enhetskostnad = 600, kr per enhet
# betaler = "kommune"           # kommune, fylkeskommune eller stat
# volum = {{ uholdbar = 8, utsatt = 6, stabil = 4 }}
# ganger_per_aar = 12           # 1 årlig, 12 månedlig
#
# behold_standardtiltak = false rett under [{gruppe}] starter fra en tom liste. Standardtiltakene er:
"""
#: What «velferdslab personas» counts in each group's own histories; tests/personas holds them to it.
_HISTORIENES_BEVEGELSE = {
    "unge_voksne": (
        "# overganger = { uholdbar = [4, 4, 0, 0], utsatt = [4, 12, 3, 0], stabil = [0, 0, 6, 1], baerekraftig = [0, 0, 0, 2] }",
        "# kostnad = { uholdbar = 248921, utsatt = 186233, stabil = 37382, baerekraftig = 0 }",
        '# kilde = "antakelse: konstruerte historier, år for år"',
    ),
    "familier": (
        "# overganger = { uholdbar = [3, 3, 0, 0], utsatt = [3, 18, 3, 0], stabil = [0, 0, 5, 1], baerekraftig = [0, 0, 0, 0] }",
        "# kostnad = { uholdbar = 657343, utsatt = 385147, stabil = 166887, baerekraftig = 0 }",
        '# kilde = "antakelse: konstruerte historier, år for år"',
    ),
}


def gyldig_navn(navn: str) -> str:
    """The name trimmed and in NFC. Raises UgyldigInndata when it cannot be used."""
    navn = normalisert(navn)
    if feil := tekstfeil(navn, MAKS_NAVN, tom_er_lovlig=False):
        raise UgyldigInndata("NAVN", [f"navnet {feil}."])
    return navn


def scenariomal(navn: str, indekser: Mapping[str, Mapping[int, float]] = MappingProxyType({})) -> str:
    """A commented scenario file for a name, with own indices written out. Raises UgyldigInndata when the name cannot be used."""
    navn = gyldig_navn(navn)
    deler = [
        _HODE.format(navn=i_toml(navn), prisaar=STANDARD_PRISAAR, timesats=maskintall(standard_timesatser()[0].kr))
    ]
    for serie, nivaaer in indekser.items():
        deler += [f"\n[indekser.{serie}]\n", *(f"{aar} = {maskintall(nivaa)}\n" for aar, nivaa in nivaaer.items())]
    deler += [_gruppe(gruppe, tittel) for gruppe, tittel in BRUKERGRUPPER.items()]
    return "".join(deler)


def _gruppe(gruppe: str, tittel: str) -> str:
    verdier, kilder = standardverdier(gruppe), standardkilder(gruppe)
    linjer = ["", f"# {'=' * 20} {tittel} {'=' * 20}", f"[{gruppe}]"]
    tabeller: dict[str, list[str]] = {}
    for felt in FELT.values():
        hode, _, del_ = felt.noekkel.partition(".")
        if del_:
            tabeller.setdefault(hode, []).append(felt.noekkel)
            continue
        linjer += _kommentar(f"{felt.tekst} ({felt.enhet}), {felt.ventet}. {_stor(kilder[felt.noekkel])}")
        linjer.append(f"# {felt.noekkel} = {maskintall(verdier[felt.noekkel])}")
    for hode, noekler in tabeller.items():
        if hode == "utvidet":
            continue
        felt = FELT[noekler[0]]
        linjer += _kommentar(f"{felt.tekst.partition(',')[0]} ({felt.enhet}), {felt.ventet}.")
        for kilde in dict.fromkeys(kilder[n] for n in noekler):
            hvilke = ", ".join(n.partition(".")[2] for n in noekler if kilder[n] == kilde)
            linjer += _kommentar(f"  {hvilke}: {kilde}")
        gitte = [n for n in noekler if n not in AVLEDEDE]
        innhold = ", ".join(f"{n.partition('.')[2]} = {maskintall(verdier[n])}" for n in gitte)
        linjer.append(f"# {hode} = {{ {innhold} }}")
        if regnet := [n for n in noekler if n in AVLEDEDE]:
            vist = " og ".join(f"{n.partition('.')[2]} ({maskintall(verdier[n])})" for n in regnet)
            linjer += _kommentar(
                f"{vist} regnes ut av utsatt og faktorene nedenfor. Skriv tallet på linjen over for å gi et eget."
            )
    linjer += ["", "# Utvidede forutsetninger, ikke en del av den opprinnelige modellen.", f"[{gruppe}.utvidet]"]
    for noekkel in tabeller["utvidet"]:
        felt = FELT[noekkel]
        linjer += _kommentar(f"{felt.tekst} ({felt.enhet}). {felt.hjelp} {_stor(kilder[noekkel])}")
        linjer.append(f"# {noekkel.partition('.')[2]} = {maskintall(verdier[noekkel])}")
    linjer += ["", "# Hvor endrede tall kommer fra.", f"[{gruppe}.kilder]", '# loennskostnad = "Budsjett 2025, kap. 3"']
    linjer += [
        "",
        "# Hvor usikre tallene er, for «velferdslab uncertainty». Uten tabellen brukes programmets egne antakelser.",
        "# Linjene er eksempler på hvordan det skrives, konstruert: ikke standard, og ikke gruppens tall.",
        f"# [{gruppe}.usikkerhet]",
        '# "suksessrate.utsatt" = { fordeling = "beta", suksess = 8, forsoek = 10 }',
        '# verdi_qaly = { fordeling = "triangulaer", minst = 600000, typisk = 1120000, mest = 1400000 }',
        '# priser = { fordeling = "normal", snitt = 1, sd = 0.1 }    # felles faktor for alle tiltak',
        '# "tiltak.Booppfølging.enhetskostnad" = { fordeling = "lognormal", snitt = 475, sd = 60 }',
        '# "strukturell.utvidet.erstatningsgrad" = { fordeling = "uniform", minst = 0.5, mest = 1 }    # bare i den strukturelle analysen',
        "# Fordelinger: beta, triangulaer, uniform, normal, lognormal, gamma (snitt og sd), og fast (sikkert).",
        "",
        "# Et nullalternativ som beveger seg, vist ved siden av det faste. «velferdslab personas» skriver tabellen av historier: år",
        "# talt fra hver situasjon til uholdbar, utsatt, stabil og bærekraftig året etter, og hva et år i situasjonen koster.",
        "# Tallene her er dem den skriver for gruppen, av notatets personas med konstruerte mengder og beløp.",
        f"# [{gruppe}.bevegelse]",
        *_HISTORIENES_BEVEGELSE[gruppe],
    ]
    tekst = "\n".join(linjer) + "\n" + _TILTAK.format(gruppe=gruppe)
    for t in standardtiltak(gruppe):
        volum = " / ".join(maskintall(v) for v in t.volum)
        ganger = {1: "årlig", 12: "månedlig"}.get(t.ganger_per_aar, f"{t.ganger_per_aar} ganger i året")
        linjer = _kommentar(
            f"  {t.navn}: {t.timesats or f'{maskintall(t.enhetskostnad)} kr'}, {t.kostnadsdriver}, {t.kategori}, {t.betaler}, "
            f"volum {volum}, {ganger}. {_stor(t.kilde)}"
        )
        tekst += "\n".join(linjer) + "\n"
    return tekst


def _kommentar(tekst: str) -> list[str]:
    return wrap(tekst, width=110, initial_indent="# ", subsequent_indent="#   ")


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
