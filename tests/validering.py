"""Write VALIDERING.md from the record of a test run.

VELFERDSLAB_PROTOKOLL=protokoll.json .venv/bin/python -m pytest -n auto --dist worksteal
.venv/bin/python -m tests.validering protokoll.json            # write it
.venv/bin/python -m tests.validering protokoll.json --sjekk    # exit 1 when the committed one is stale
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.innvendinger import som_tabell
from tests.kommandoer_som_leser import KOMMANDOER
from tests.publisert import PUBLISERT, fra_motor
from tests.test_andre_programmer import PROGRAMMER
from tests.workbook.varianter import LIKE
from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.base.tall import kr, prosent
from velferdslab_model.katalog.avstand import avstander
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

ROT = Path(__file__).parents[1]
MAAL = ROT / "VALIDERING.md"
MUTASJON = Path(__file__).parent / "mutasjon.toml"
#: Lines about the machine a run was made on; they may differ without the dossier being stale.
_MASKINLINJE = "<!-- maskin -->"

_KJENTE_AVVIK = (
    "Notatet sier at potensialet er størst i steget fra uholdbar til utsatt og faller mot høyre. Lest som gevinster stemmer det "
    "for det første steget; med besparelsen lagt til er steget fra stabil til bærekraftig størst, så det er en lesning og ingen feil (`test_notatets_setning_om_potensialet_stemmer_for_gevinstene_og_er_en_lesning`).",
    "Notatets tekst til figur 13 sier «fra utsatt til uholdbar»; retningen er snudd.",
    "Figur 8 er sårbar: 2024 står i -153 133 kr, og to prosent lavere priser gir 2024 (`test_figur_8_er_saarbar_for_to_prosent_lavere_priser`).",
    "Enhetspriser og volum er ikke publisert. De er antakelser, valgt slik at de publiserte resultatene kommer frem; at de gjør det, er "
    "derfor ingen uavhengig bekreftelse av prisene.",
    "Bostøtte er en overføring og ingen kostnad for samfunnet, men modellen trekker den fra i netto for samfunnet, noe som alene gjør det 681 792 kr for "
    "lavt i hver gruppe (`test_run_som_json_er_hele_resultatet`).",
    "Tilbakebetalingsår for en betaler som verken har kostnad eller besparelse, er det første året: det er ingenting å betale tilbake.",
)
_IKKE_VERIFISERT = (
    "Den opprinnelige arbeidsboken er ikke offentlig; ingen tall er sammenlignet med den celle for celle.",
    "Microsoft Excel er ikke brukt i testene. Formlene er regnet om i LibreOffice, Gnumeric og formualizer, og filen er kontrollert mot OpenXML SDK.",
    "Om forutsetningene stemmer med virkeligheten (suksessrater, nullalternativ, priser) er ikke prøvd mot registreringer.",
    "Windows er ikke prøvd.",
    "I LibreOffice regnes SANN i en tallcelle som 1; Excel og innlesingen avviser den.",
)


def _holder(protokoll: dict[str, Any], del_: str) -> str:
    """«bestått» when every test whose name holds a text passed; else what did not."""
    funnet = {navn: utfall for navn, utfall in protokoll["utfall"].items() if del_ in navn}
    if not funnet:
        return "IKKE KJØRT"
    feil = [navn for navn, utfall in funnet.items() if utfall != "passed"]
    return f"bestått ({len(funnet)})" if not feil else f"IKKE BESTÅTT: {', '.join(sorted(feil))}"


def _minst(antall: dict[str, int], navn: str, av: int) -> str:
    """A count rounded down, so that one example more or less does not make the dossier stale."""
    return f"minst {_tall(antall.get(navn, 0) // av * av)}"


def _tall(verdi: float) -> str:
    return f"{verdi:,.0f}".replace(",", " ")


def _vaare_tall() -> dict[str, str]:
    """Our side of the published results, in figures, from the engine."""
    g = beregn(load_forutsetninger()).grupper["unge_voksne"]
    r = fra_motor(g)
    gevinst = [h + p for h, p in zip(r["helsegevinst"], r["produksjonsgevinst"], strict=True)]
    ind = [h + p for h, p in zip(r["ind_helsegevinst"], r["ind_produksjonsgevinst"], strict=True)]

    def andel(fordeling: dict[str, float]) -> str:
        return f"{100 * fordeling['kommune'] / sum(fordeling.values()):.1f} %".replace(".", ",")

    f = g.kostnadsfordeling
    return {
        "F8": f"tilbakebetalt {g.tilbakebetalingsaar['budsjett']}; akkumulert 2024: {_tall(g.penger.akkumulert('budsjett')[4])} kr",
        "F9": " → ".join(_tall(v / 1000) for v in gevinst) + " (1 000 kr)",
        "F10": f"tilbakebetalt {g.tilbakebetalingsaar['samfunn']}",
        "F11a": " → ".join(_tall(v) for v in r["ind_kostnad"][:4]) + " kr",
        "F11b": f"{_tall(r['ind_kostnad'][1])} mot {_tall(r['ind_besparelse'][1])} kr",
        "F11c": f"år 3: {_tall(r['ind_besparelse'][2])} mot {_tall(r['ind_kostnad'][2])} kr; fra år 4: {_tall(r['ind_besparelse'][3])} kr",
        "F12": " → ".join(_tall(v) for v in ind[:5]) + " kr",
        "F13": f"akkumulert år 2: {_tall(r['ind_akkumulert_samfunn'][1])}, år 3: {_tall(r['ind_akkumulert_samfunn'][2])} kr",
        "F14": "; ".join(
            f"{SITUASJONSNAVN[foer].lower()} første år {andel(f[foer]['foerste_aar'])}, {SITUASJONSNAVN[etter].lower()} drift {andel(f[etter]['drift'])}"
            for foer, etter in (("uholdbar", "utsatt"), ("utsatt", "stabil"))
        ),
        "F15": f"{_tall(g.sum['besparelse'] + g.sum['helsegevinst'] + g.sum['produksjonsgevinst'])} mot {_tall(g.sum['kostnad'])} kr",
    }


def dossier(protokoll: dict[str, Any]) -> str:
    """The dossier as Markdown."""
    antall, stoerst, versjoner = protokoll["antall"], protokoll["stoerst"], protokoll["versjoner"]
    vaare = _vaare_tall()
    ut = [
        "# Validering",
        "",
        "Hva som er prøvd, av hvilken test, og med hvilke tall. Filen er skrevet av testenes egne resultater med kommandoene",
        "",
        "```sh",
        "VELFERDSLAB_KREV_ALT=1 VELFERDSLAB_PROTOKOLL=protokoll.json .venv/bin/python -m pytest -n auto --dist worksteal",
        ".venv/bin/python -m tests.validering protokoll.json",
        "```",
        "",
        "`.ci/run` stopper hvis den ikke lenger stemmer med testene.",
        "",
        "## Publiserte resultater",
        "",
        "Unge voksne med standardtallene. Prøvd på motoren og på arbeidsboken regnet om i LibreOffice og formualizer.",
        "",
        "| | figur | notatet | våre tall | motor og omregnet arbeidsbok |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {p.id} | {p.figur} | {p.notatet} | {vaare[p.id]} | {_holder(protokoll, f'{p.id}]')} |"
            for p in PUBLISERT
        ),
        f"| E1 | tekst | 5 i året i 6 år: 30 har startet; 10 med 70 %: 7 flytter, 3 slutter | det samme | {_holder(protokoll, 'test_fem_i_aaret')}, {_holder(protokoll, 'test_ti_personer')} |",
        "",
        "## Modellen mot en uavhengig beregning",
        "",
        f"- Alle livsløp for en deltaker, med sannsynlighet, regnet ut uten matriser: {_minst(antall, 'livsløp: forutsetningssett', 100)} sett av forutsetninger, {_holder(protokoll, 'test_motoren_er_lik_summen_av_alle_livsloep')}.",
        f"- Tilbakebetalingsår mot en enkel leting: {_holder(protokoll, 'test_tilbakebetalingsaar_er_det')}.",
        f"- Hver liste og sum i resultatet mot enkle løkker: {_holder(protokoll, 'tests/test_results.py')}.",
        "",
        "Identiteter (modellens definisjon, avsnitt 7), hver prøvd med tilfeldige forutsetninger:",
        "",
        *(
            f"- {_som_setning(navn)}: {'bestått' if utfall == 'passed' else 'IKKE BESTÅTT'}"
            for navn, utfall in sorted(protokoll["utfall"].items())
            if "test_identiteter" in navn
        ),
        "",
        "## Arbeidsboken mot motoren",
        "",
        "| program | omregninger | formelceller sammenlignet | prøve |",
        "| --- | --- | --- | --- |",
        *(
            f"| {program} | {_minst(antall, f'{program}: omregninger', minst)} | {_minst(antall, f'{program}: formelceller', 100_000)} | {_holder(protokoll, f'test_{program.lower()}_gir_motorens_tall')} |"
            for program, minst in (("LibreOffice", 100), ("formualizer", 100), ("Gnumeric", 20))
        ),
        "",
        "Lik betyr innen 1e-9 ganger det største beløpet som inngår i cellen.",
        *(
            f"{program} {versjoner.get(program, 'ikke kjørt')}: største relative avvik {stoerst.get(f'{program}: største relative avvik', 0):.0e}. {_MASKINLINJE}"
            for program in ("LibreOffice", "formualizer", "Gnumeric")
        ),
        "",
        f"- Feil verdier plantet i filen blir oppdaget: {_holder(protokoll, 'test_plantede_feil')}; uten tvungen omregning kommer de tilbake: {_holder(protokoll, 'test_uten_tvungen')}.",
        f"- En formel byttet med et tall blir oppdaget: {_holder(protokoll, 'test_en_formel_byttet')}.",
        f"- Innlimte ulovlige verdier slår ut i kontrollen: {_holder(protokoll, 'test_ulovlige_verdier')}.",
        f"- Reglene for formler, navn, låsing og figurer: {_holder(protokoll, 'tests/effektbok/test_arbeidsbok.py')}.",
        f"- OpenXML SDK, hver slags arbeidsbok: {_holder(protokoll, 'tests/workbook/test_ooxml.py')}.",
        f"- Hvert slag bok ({antall.get('slag av arbeidsbøker', 0)}): samme tall i tre programmer, gyldig, låst, lest som sitt eget slag: {_holder(protokoll, 'tests/workbook/test_alle_slag.py')}.",
        f"- Samme inndata gir samme bytes i ulike miljøer: {_holder(protokoll, 'tests/workbook/test_reproduserbar.py')}.",
        "",
        "## Yttergrenser",
        "",
        "| prøve | LibreOffice og formualizer |",
        "| --- | --- |",
        *(f"| {navn.replace('_', ' ')} | {_holder(protokoll, f'-{navn}]')} |" for navn in _konstruerte(protokoll)),
        "",
        "## Det som går galt",
        "",
        f"- Fiendtlige og ødelagte arbeidsbøker: {antall.get('fiendtlige filer', 0)}, hver med én melding, innen 2 sekunder og 300 MB: {_holder(protokoll, 'test_hver_fiendtlig_fil')}.",
        f"- Muterte scenariofiler: {_tall(antall.get('muterte scenariofiler', 0))}, gyldig resultat eller melding: {_holder(protokoll, 'test_ti_tusen')}.",
        f"- Signaler til kjøringer med flere prosesser, uten at noen prosess eller halv fil blir igjen: {antall.get('signaler', 0)}, {_holder(protokoll, 'tests/base/test_signals.py')}.",
        f"- Hele kommandoer med tilfeldige scenarier ved grensene, alle veier rundt: {antall.get('hele kommandoer', 0)}, {_holder(protokoll, 'tests/test_hele_kommandoer.py')}.",
        "  I stort, 26.11.2026: `VELFERDSLAB_RUNDER=910` ga 5 149 kommandoer uten feil; `VELFERDSLAB_SIGNALER=200` ga 200 signaler til hver av to kommandoer "
        "uten at noen prosess eller halv fil ble igjen.",
        f"- Drept under skriving, samtidige kjøringer og full disk: {_holder(protokoll, 'tests/base/test_avbrudd.py')}.",
        f"- Ugyldige verdier i scenariofiler: {_holder(protokoll, 'tests/parameters/test_loading.py')}.",
        "",
        "## Redigerte filer fra kommunene",
        "",
        f"- Redigeringer lagret av LibreOffice, alle nevnt med celle og ingen andre: {antall.get('redigeringer i LibreOffice funnet igjen', 0)}, {_holder(protokoll, 'test_tjuefire_redigeringer')}.",
        f"- Tall i alle slags bøker som viser det samme før og etter lagring i LibreOffice med norske innstillinger: {_minst(antall, 'viste tall lagret med norske innstillinger', 1000)}, {_holder(protokoll, 'med_norske_innstillinger')}.",
        f"- Kontrollen (`check`) finner endrede formler, tall limt over formler, opphevet beskyttelse, foreldede tall, slettede navn og faner: {_holder(protokoll, 'tests/check/')}.",
        f"- Hva hver endring forklarer, summerer til hele endringen: {_holder(protokoll, 'test_bidrag_og_samspill')}.",
        f"- Fra scenariofil til arbeidsbok og tilbake beholder hver verdi: {_holder(protokoll, 'test_toml_til_arbeidsbok')}.",
        f"- Gale prislister, hver med en melding om rad og verdi: {_holder(protokoll, 'tests/prisliste/test_feil.py')}.",
        f"- Omregning mellom prisår: {_holder(protokoll, 'tests/parameters/test_prisaar.py')}.",
        "",
        "## Filer fra andre programmer",
        "",
        "Tre slags filer (arbeidsbok med effektmodellen, prisliste, effektkontrakt) er åpnet og lagret av programmet selv, uten at noen har "
        "endret noe. «Likt» betyr at kommandoen gir samme tall som av originalen; for `check` at den ikke melder noe som ikke er gjort.",
        "",
        *_andre_programmer(antall),
        "",
        f"- Programmene over: {_holder(protokoll, 'test_lagret_av_et_annet_program')}. openpyxl lagrer ingen utregnede tall, exceljs ingen "
        "dokumentegenskaper, SheetJS ingen beskyttelse; `check` sier det i én setning.",
        f"- Samme innhold i annen form ({len(LIKE) + 1} varianter av hver fil, laget i testen), hver gjennom en kommando etter tur: {_holder(protokoll, 'test_hver_kommando_svarer_det_samme')}.",
        f"- Rare verdier skrevet i hver inndatacelle i LibreOffice, der Status, kontroll, kommandoer og `check` sier det samme: {_minst(antall, 'rare verdier skrevet i inndataceller', 100)} i arbeidsboken, {_holder(protokoll, 'tests/effektbok/test_rare_verdier.py')}; {_minst(antall, 'rare verdier skrevet i prislisten', 10)} i prislisten, {_holder(protokoll, 'tests/prisliste/test_rare_verdier.py')}.",
        f"- To skrivemåter av samme formel er én, en annen formel er en annen: {_holder(protokoll, 'tests/workbook/test_formula.py')}.",
        f"- Manuell beregning og presisjon som vist sies i én setning: {_holder(protokoll, 'test_hvordan_boken_regner')}.",
        "",
        "## Prøver testene noe?",
        "",
        *_mutasjon(),
        "",
        "## Etter AdViSHE",
        "",
        "- **Konseptmodell.** Definisjonen følger det publiserte notatet; der notatet tier, er valget skrevet ned i docs/modell.md og i koden.",
        "- **Inndata.** Hvert tall har enhet og enten kilde eller ordet antakelse; innlesingen krever det "
        f"({_holder(protokoll, 'test_standardtallene_har_enhet')}).",
        "- **Programmet.** To uavhengige utgaver (NumPy og regnearkformler) og en opptelling av livsløp gir samme tall, se over.",
        "- **Resultatene.** Sammenlignet med de publiserte figurene. Ikke sammenlignet med utfall for virkelige deltakere.",
        "",
        "## Innvendinger en leser fra DFØ eller ISPOR vil ha",
        "",
        "Hver innvending, hvor den er besvart, prøvene som holder svaret, og hva som står igjen. Avsnittene er i docs/modell.md.",
        "",
        *som_tabell(),
        "",
        f"Hver figur og sum i visningene mot en uavhengig opptelling av livsløp: {_holder(protokoll, 'tests/model/test_visninger.py')}, {_minst(antall, 'visninger: forutsetningssett', 100)} sett av forutsetninger.",
        "",
        "## Prisene mot publiserte tall",
        "",
        "Enhetskostnadene er antakelser. I 2019-kroner, mot det publiserte tallet som ligger nærmest; det som skiller dem, står under tabellen.",
        "",
        *_priser(),
        "",
        *_om_prisene(),
        "",
        "## Kjente avvik fra kilden",
        "",
        *(f"- {avvik}" for avvik in _KJENTE_AVVIK),
        "",
        "## Ikke verifisert",
        "",
        *(f"- {punkt}" for punkt in _IKKE_VERIFISERT),
    ]
    return "\n".join(ut) + "\n"


def _om_prisene() -> list[str]:
    """What the documentation says of today's prices, below its table."""
    docs = (ROT / "docs" / "priskatalog.md").read_text(encoding="utf-8")
    return [
        rad for rad in docs.partition("## Hva den sier om standardtallene")[2].splitlines() if rad.startswith("- **")
    ]


def _andre_programmer(antall: dict[str, int]) -> list[str]:
    """Commands by the programs that saved what they read."""
    kommandoer = [f"check ({slag})" for slag in KOMMANDOER] + [k for alle in KOMMANDOER.values() for k in alle]
    ut = [f"| | {' | '.join(PROGRAMMER)} |", f"| --- |{' --- |' * len(PROGRAMMER)}"]
    for kommando in kommandoer:
        svar = ["likt" if antall.get(f"{program}: {kommando}") else "IKKE PRØVD" for program in PROGRAMMER]
        ut.append(f"| `{kommando}` | {' | '.join(svar)} |")
    return ut


def _priser() -> list[str]:
    """Every default price beside what it is held against; the same price of several tiltak is one line."""
    ut = ["| tiltak | pris | holdt mot | publisert | avstand | grad |", "| --- | ---: | --- | ---: | ---: | --- |"]
    linjer: dict[tuple[str, ...], list[str]] = {}
    for gruppe, g in load_forutsetninger().grupper.items():
        for t in g.tiltak:
            for a in avstander(gruppe, t, 2019, innebygd_katalog()):
                rad = (
                    (a.rad.id, kr(a.publisert), prosent(a.avvik, 0), a.grad)
                    if a.rad
                    else (a.treff.vurdering, "–", "–", "–")
                )
                navn = linjer.setdefault((kr(t.enhetskostnad), *rad), [])
                navn += [t.navn] if t.navn not in navn else []
    for (pris, *rest), navn in linjer.items():
        ut.append(f"| {', '.join(navn)} | {pris} | {' | '.join(rest)} |")
    return ut


def _som_setning(navn: str) -> str:
    return re.sub(r"^test_", "", navn.rsplit("::", maxsplit=1)[-1]).replace("_", " ")


def _konstruerte(protokoll: dict[str, Any]) -> list[str]:
    funn = [re.search(r"test_innskrevne_forutsetninger.*\[formualizer-(\w+)\]", navn) for navn in protokoll["utfall"]]
    return [f[1] for f in funn if f]


def _mutasjon() -> list[str]:
    if not MUTASJON.exists():
        return [
            "Mutasjonstesting er ikke kjørt til ende ennå, så det er ikke målt hvor mange feil testene ville sluppet forbi."
        ]
    m = tomllib.loads(MUTASJON.read_text(encoding="utf-8"))
    andel = f"{100 * m['drept'] / m['mutanter']:.1f} %".replace(".", ",")
    return [
        f"Mutasjonstesting (mutmut {m['mutmut']}, {m['dato']}) av `model/` og `results.py`: {m['drept']} av {m['mutanter']} mutanter drept, {andel}.",
        "Kjøres på forespørsel, ikke i CI; kommandoen står i `tests/mutasjon.toml`. Overlevende:",
        "",
        *(f"- {forklaring}" for forklaring in m["overlevende"]),
    ]


def _uten_maskin(tekst: str) -> list[str]:
    return [linje for linje in tekst.splitlines() if not linje.endswith(_MASKINLINJE)]


def main() -> None:
    """Write the dossier, or check that the committed one says what the record says."""
    tekst = dossier(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    if "--sjekk" not in sys.argv:
        MAAL.write_text(tekst, encoding="utf-8")
        return
    gammel = MAAL.read_text(encoding="utf-8") if MAAL.exists() else ""
    if _uten_maskin(gammel) != _uten_maskin(tekst):
        MAAL.with_suffix(".ny.md").write_text(tekst, encoding="utf-8")
        sys.exit("VALIDERING.md is stale; what the run says stands in VALIDERING.ny.md")


if __name__ == "__main__":
    main()
