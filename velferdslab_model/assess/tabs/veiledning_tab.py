"""The first tab of the registration workbook: what to do, the rule in words, whether every row is in order, and the criteria."""

from __future__ import annotations

from velferdslab_model.assess.criteria import Kriterier, situasjonstekst
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.workbook.checks import kontrollcelle
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark

VEILEDNING = "Veiledning"
_SISTE = 3
_LINJER = (
    ("Slik fyller du ut", (
        "Skriv én rad for hver registrering: ved oppstart, hvert år, og ved avslutning.",
        "Bruk en kode for personen, for eksempel P017, og samme kode hver gang. Nøkkelen fra kode til navn holdes utenfor filen.",
        "Skriv aldri navn, fødselsnummer, telefonnummer eller e-post noe sted. Programmet avviser filen hvis det finner det.",
        "«Vurdert av» sier hvordan svarene ble til. Bruk samme måte ved oppstart og oppfølging; ellers blir det sagt hver gang raten vises.",
        "La en kollega vurdere et utvalg på nytt, uten å se den første: samme id og dato, og «andre» som vurderer.",
        "Tomt svar betyr ubesvart, og Status sier hvor mange. «gjelder ikke» er et svar. Jobbsituasjon og skolesituasjon kan stå tomme utenfor aldersgrensene.",
        "Bruk arket for kriterier, eller arket for innbyggerens egne svar (vedlegg 1), ikke begge for samme registrering.",
    )),
    ("Slik regnes plasseringen", (
        "Hvert tema har én stemme, et sentralt tema to (antakelse). Situasjonen med flest stemmer er plasseringen; ved likt vises begge, og investeringslederen avgjør.",
        "Der kriteriene for to situasjoner er de samme, teller svaret for den av dem som flest av de sikre svarene er; er de like, for begge.",
        "Målgruppe og mål er kontraktens: minst tre av seks kjennetegn på utsatt eller verre, og minst fire på stabil eller bedre.",
        "«uavklart» betyr at ubesvarte kjennetegn kan avgjøre.",
    )),
    ("Når du er ferdig", (
        "Kjør «velferdslab assess FIL -o rapport.xlsx». Rapporten viser ikke antall fra én til fire personer.",
    )),
)  # fmt: skip


def veiledningsark(ark: Ark, k: Kriterier) -> None:
    """Plan the first tab: what to do, and the criteria below it. The page ends before those of the second form."""
    ark.kolonnebredder += [(0, 0, 30.0), (1, 1, 26.0), (2, 2, 34.0), (3, 3, 78.0)]
    ark.siste_kolonne, ark.sider_bredt, ark.sider_hoeyt, ark.staaende, ark.gjentatte_rader = _SISTE, 1, 1, True, None
    ark.tekst(0, 0, "Registrering av livssituasjon", "tittel")
    ark.tekst(1, 0, "Er alle rader i orden?", "etikett")
    kontrollcelle(ark, 1, 1, 1, ("k_feil", "e_feil"))
    s = Skriver(ark, 2, _SISTE)
    for tittel, linjer in _LINJER:
        s.overskrift(tittel)
        for linje in linjer:
            ark.tekst(s.rad, 0, linje, "tekst_bryt", _SISTE)
            ark.radhoeyder[s.rad] = 14.25
            s.rad += 1
    s.rad += 1
    s.setning(
        f"Plasseringsregelens versjon er {STANDARDREGEL.versjon}. En ny versjon kan flytte folk; rapporten viser hvem.",
        "dempet",
    )
    s.setning(
        "Kriteriene følger figur 3 og vedlegg 1 i notatet om effektmodellen (2019) og Askers effektkontrakt (2023); ordlyden er egen.",
        "dempet",
    )
    _kriterier(s, k)


def _kriterier(s: Skriver, k: Kriterier) -> None:
    """Every answer, what it may mean, and its criterion."""
    ark = s.ark
    for skjema, navn in k.skjemanavn.items():
        if ark.siste_utskriftsrad is None and skjema != next(iter(k.skjemanavn)):
            ark.siste_utskriftsrad = s.rad
        s.overskrift(navn)
        s.hode("Spørsmål", "Svar", "Kan bety", "Kriterium, eller hvorfor", hoeyde=16)
        for spoersmaal in k.skjema[skjema]:
            for i, svar in enumerate(spoersmaal.svar):
                ark.tekst(s.rad, 0, spoersmaal.tekst if i == 0 else "", "etikett_fet")
                ark.tekst(s.rad, 1, svar.ordet, "v_tekst")
                ark.tekst(s.rad, 2, situasjonstekst(svar.mulige), "v_tekst")
                ark.tekst(s.rad, 3, svar.kriterium, "v_tekst")
                s.rad += 1
            ark.tekst(s.rad, 0, spoersmaal.hjelp, "dempet")
            s.rad += 1
