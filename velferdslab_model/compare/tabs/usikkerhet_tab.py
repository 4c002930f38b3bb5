"""The tab «Usikkerhet»: whether the differences are real, and the place each municipality takes."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from velferdslab_model.base.farger import FARGER, rangfarger
from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.base.tekst import kortet
from velferdslab_model.compare.kolonner import MAKS_I_FIGUR, prisaarlinje
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.parvis_tab import parblokker
from velferdslab_model.compare.tabs.valg import Parvalg, Valg
from velferdslab_model.compare.vurdering import (
    GRENSER,
    IKKE_SKILT,
    Usikkerhetsrad,
    alle_rader,
    i_rangfiguren,
    klassenavn,
    mot_hvem,
    om_usikkerheten,
    vurdering,
)
from velferdslab_model.page.akse import rund_akse
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.charts import Intervaller, Omraade, Plass, Soeyler, i_kolonne, rader_for
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import Ark

_BREDDE, _HOEYDE = 700, 290
#: Characters that fit the width of the page.
_LINJE = 250
_FASTE = (
    ("Kommune", 23.0),
    ("Gruppe", 12.0),
    ("Netto per inntatt", 23.0),
    ("Tatt inn", 7.0),
    ("Som forutsatt, kr", 11.0),
    ("5 %, kr", 11.0),
    ("50 %, kr", 11.0),
    ("95 %, kr", 11.0),
    ("Midtre plass", 7.0),
    ("Plass, 5 %", 7.0),
    ("Plass, 95 %", 7.0),
    ("Best av alle", 8.0),
    ("", 12.0),
    ("Med egne antakelser", 10.0),
    ("Vurdering mot referansen", 17.0),
    ("Av små tall", 8.0),
)
_KLASSE0 = len(_FASTE)
_SKALA = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1} | {
    "min_color": "#FFFFFF",
    "max_color": "#6BAED6",
}
_INGEN = "velg to ulike kommuner som begge tar inn noen"
#: Rows that the choice and its answer take, with one to spare.
_OPPSLAGSRADER = 7
#: Decimals that a probability keeps when it is one minus another.
_DESIMALER = 12


def usikkerhetsark(ark: Ark, s: Sammenligning, valgt: Valg) -> None:
    """Plan the tab."""
    om_figurene = (i_rangfiguren(s, gruppe, MAKS_I_FIGUR)[1] for gruppe in BRUKERGRUPPER)
    oppslag = 1 + listing.topp(
        ark,
        "Er forskjellene ekte?",
        [
            f"{prisaarlinje(s)}. Her per inntatt. Verdier beregnet av programmet; bare svaret under de gule cellene er en formel. Oppslaget ser bare på sannsynligheten: tar en av de to inn under ti, er ingenting klart.",
            *(linje for tekst in om_usikkerheten(s) for linje in wrap(tekst, _LINJE)),
            *dict.fromkeys(om for om in om_figurene if om),
        ],
    )
    rader = list(alle_rader(s))
    figur = oppslag + _OPPSLAGSRADER
    hode = figur + (len(BRUKERGRUPPER) * rader_for(_HOEYDE) if rader else 0)
    klasser = max((klassenavn(s, g, "netto_samfunn") for g in BRUKERGRUPPER), key=len)
    siste, siste_kolonne = hode + max(1, len(rader)), _KLASSE0 + len(klasser) - 1
    listing.hode(ark, hode, [*(tekst or mot_hvem(s) for tekst, _ in _FASTE), *klasser], 44, 3)
    for rad, r in enumerate(rader, start=hode + 1):
        _rad(ark, rad, r, len(klasser))
    if rader:
        ark.skalaer.append((hode + 1, _KLASSE0, siste, siste_kolonne, _SKALA))
        listing.kan_ordnes(ark, hode + 1, siste, siste_kolonne)
    if valgt.par:
        _velger(ark, oppslag, siste_kolonne + 2, s, valgt.par)
    for kol, (_, bredde) in enumerate(_FASTE):
        ark.kolonnebredder.append((kol, kol, bredde))
    ark.kolonnebredder.append((_KLASSE0, siste_kolonne, 7.5))
    for i, gruppe in enumerate(BRUKERGRUPPER):
        _figurer(ark, s, gruppe, figur + i * rader_for(_HOEYDE), hode, siste_kolonne + 2)
    ark.skjulte_kolonner.append((siste_kolonne + 2, siste_kolonne + 5 + len(klasser)))
    ark.sideskift.append(hode)
    ark.laas_ruter, ark.gjentatte_rader, ark.sider_bredt = (0, 1), (hode, hode), 1
    ark.filter, ark.siste_kolonne = (hode, 0, siste, siste_kolonne), siste_kolonne
    ark.siste_utskriftsrad = hode + len(rader)


def _rad(ark: Ark, rad: int, r: Usikkerhetsrad, klasser: int) -> None:
    for kol, tekst in enumerate((r.kommune, BRUKERGRUPPER[r.gruppe], NETTONAVN[r.netto])):
        ark.tekst(rad, kol, tekst, "fri_tekst")
    listing.tallet(ark, rad, 3, r.deltakere, "antall", "fri")
    for kol, kr in enumerate((r.forventet, *r.persentiler), start=4):
        listing.tallet(ark, rad, kol, kr, "kr", "fri")
    r5, r50, r95 = r.rangspenn
    for kol, plass in enumerate((r50, r5, r95), start=8):
        listing.tallet(ark, rad, kol, plass, "antall", "fri")
    listing.tallet(ark, rad, 11, r.best, "andel", "fri")
    listing.tallet(ark, rad, 12, r.mot_referansen, "andel", "fri")
    listing.tallet(ark, rad, 13, r.med_antakelser, "andel", "fri")
    ark.tekst(rad, 14, r.vurdering, "fri_innrykk")
    listing.tallet(ark, rad, 15, r.av_smaa_tall, "andel", "fri")
    for i in range(klasser):
        listing.tallet(ark, rad, _KLASSE0 + i, r.klasser[i] if i < len(r.klasser) else None, "andel", "fri")


def _velger(ark: Ark, oppslag: int, kol0: int, s: Sammenligning, valgt: Parvalg) -> None:
    """Two municipalities to choose, and the probability that the first is better, looked up in the tab of all pairs.

    kol0: the first column out of sight.
    """
    nettoer = list(dict.fromkeys(NETTONAVN[n] for _, n, _ in parblokker(s)))
    valg: dict[str, tuple[str, str, Sequence[str] | str]] = {
        "en": ("Er denne kommunen", valgt.en, "={parvis.navn}"),
        "annen": ("bedre enn denne?", valgt.annen, "={parvis.navn}"),
        "gruppe": ("Gruppe", BRUKERGRUPPER[valgt.gruppe], list(BRUKERGRUPPER.values())),
        "netto": ("Netto per inntatt", NETTONAVN[valgt.netto], nettoer),
    }
    for i, (noekkel, (tekst, verdi, liste)) in enumerate(valg.items()):
        listing.velg(ark, f"par.{noekkel}", oppslag + i, tekst, verdi, liste)
    svar, p = oppslag + len(valg), _sannsynlighet(s, valgt)
    ark.tekst(svar, 0, "Sannsynlighet for det", "etikett_fet")
    ark.formel(svar, 1, _sannsynlighetsformel(), "" if p is None else p, "v_andel", "par.sannsynlighet")
    ark.tekst(svar + 1, 0, "Vurdering", "etikett_fet")
    trinn = "".join(f"+({{par.sannsynlighet}}{tegn}{{{noekkel}}})" for noekkel, tegn in _grenser(ark, oppslag, kol0))
    mal = f'=IF({{par.sannsynlighet}}="","{_INGEN}",INDEX({{vurdering.ord}},1{trinn}))'
    ark.formel(svar + 1, 1, mal, _INGEN if p is None else vurdering(p), "v_tekst")


def _grenser(ark: Ark, rad: int, kol: int) -> list[tuple[str, str]]:
    """The words from the worst to the best, and from which probability on each is said, out of sight. Returns the key of
    each limit, with how it is held: one is still the worse at a lower limit, and already the better at an upper."""
    ark.tekst(rad, kol, "Vurdering (antakelse)", "hode_v")
    ark.tekst(rad, kol + 1, "Sannsynlighet", "hode")
    ned = [(f"grense.{o}_ned", ">", round(1 - g, 6), f"{o} dårligere") for g, o in GRENSER]
    opp = [(f"grense.{o}_opp", ">=", g, f"{o} bedre") for g, o in reversed(GRENSER)]
    ordene = [*(tekst for *_, tekst in ned), IKKE_SKILT, *(tekst for *_, tekst in opp)]
    ark.kolonne("vurdering.ord", rad + 1, kol, ordene, "etikett")
    for i, (noekkel, _, grense, _) in enumerate([*ned, *opp], start=rad + 2):
        ark.verdi(noekkel, i, kol + 1, grense, "v_andel")
    # One minus a probability leaves a last digit, which would move it past a limit that it meets.
    ark.tekst(rad + len(ordene) + 1, kol, "Desimaler", "etikett")
    ark.verdi("par.desimaler", rad + len(ordene) + 1, kol + 1, _DESIMALER, "v_helt")
    return [(noekkel, tegn) for noekkel, tegn, *_ in (*ned, *opp)]


def _sannsynlighet(s: Sammenligning, valgt: Parvalg) -> float | None:
    """That the one is better than the other; None for a municipality and itself, or one that takes in nobody."""
    r = s.rangeringer.grupper[valgt.gruppe].get(valgt.netto)
    if r is None or valgt.en == valgt.annen or not {valgt.en, valgt.annen} <= r.plass.keys():
        return None
    return float(r.bedre[r.plass[valgt.en], r.plass[valgt.annen]])


def _sannsynlighetsformel() -> str:
    """Looked up in the tab of all pairs. Not SUMIFS or MATCH, which read a name such as «Bø*» or «<5» as a pattern."""
    blokk = "({parvis.gruppe}={par.gruppe})*({parvis.netto}={par.netto})"
    mangler = ",".join(f"SUMPRODUCT({blokk}*({{parvis.kommune}}={hvem}))=0" for hvem in ("{par.en}", "{par.annen}"))
    # A pair may stand one way only: the municipality that comes first in the row, the other in the column.
    plass_en, plass_annen = (
        f"SUMPRODUCT(({{parvis.hode}}={hvem})*COLUMN({{parvis.hode}}))" for hvem in ("{par.en}", "{par.annen}")
    )
    rett, motsatt = (
        f"SUMPRODUCT({blokk}*({{parvis.kommune}}={rad})*({{parvis.hode}}={kol})*{{parvis.matrise}})"
        for rad, kol in (("{par.en}", "{par.annen}"), ("{par.annen}", "{par.en}"))
    )
    return f'=IF(OR({{par.en}}={{par.annen}},{mangler}),"",IF({plass_en}<{plass_annen},{rett},ROUND(1-{motsatt},{{par.desimaler}})))'


def _figurer(ark: Ark, s: Sammenligning, gruppe: str, rad: int, tabell: int, kol0: int) -> None:
    """Two charts of a group; their numbers stand out of sight, because the list itself may be sorted."""
    rader, om = i_rangfiguren(s, gruppe, MAKS_I_FIGUR)
    if not rader:
        return
    klasser = klassenavn(s, gruppe, "netto_samfunn")
    topp = tabell + list(BRUKERGRUPPER).index(gruppe) * (MAKS_I_FIGUR + 3)
    ark.tekst(topp, kol0, f"Til figurene: {BRUKERGRUPPER[gruppe].lower()}", "hode_v")
    for i, tekst in enumerate(("Midtre", "Ned til 5 %", "Opp til 95 %", *klasser), start=kol0 + 1):
        ark.tekst(topp, i, tekst, "hode")
    for n, r in enumerate(rader, start=topp + 1):
        ark.tekst(n, kol0, kortet(r.kommune, 24), "etikett")
        p5, p50, p95 = r.persentiler
        for i, kr in enumerate((p50, p50 - p5, p95 - p50), start=kol0 + 1):
            ark.fast(n, i, kr, "v_kr")
        for i, p in enumerate(r.klasser, start=kol0 + 4):
            ark.fast(n, i, p, "v_andel")

    foerste, siste = topp + 1, topp + len(rader)
    tittel = BRUKERGRUPPER[gruppe]

    def kolonne(kol: int) -> Omraade:
        return foerste, kol, siste, kol

    lav, hoey, _ = rund_akse(min(0.0, *(r.persentiler[0] for r in rader)), max(0.0, *(r.persentiler[2] for r in rader)))
    ark.figurer.append(
        Intervaller(
            ark=ark.navn,
            plass=Plass(rad, 0, _BREDDE, _HOEYDE),
            tittel=f"{tittel}: netto samfunn per inntatt",
            beskrivelse=f"Strek fra 5 til 95 prosent, med midtre verdi merket, for hver kommune. {om}".strip(),
            etiketter=kolonne(kol0),
            x_akse="Kommune",
            y_akse="1 000 kr",
            grenser=(lav, hoey),
            punkter=i_kolonne(kol0 + 1, foerste, siste, FARGER["helsegevinst"]),
            ned=kolonne(kol0 + 2),
            opp=kolonne(kol0 + 3),
        )
    )
    tekst = "En søyle for hver kommune, delt etter sannsynligheten for hver plass. Mørkt nederst er de beste plassene."
    ark.figurer.append(
        Soeyler(
            ark=ark.navn,
            plass=Plass(rad, _BREDDE + 10, _BREDDE, _HOEYDE),
            tittel=f"{tittel}: sannsynlighet for hver plass, netto samfunn per inntatt",
            beskrivelse=f"{tekst} {om}".strip(),
            etiketter=kolonne(kol0),
            x_akse="Kommune",
            y_akse="Andel av trekningene",
            tallformat=AKSE_ANDEL,
            forklaring="right",
            stabling="percent_stacked",
            serier=[i_kolonne(kol0 + 4 + i, foerste, siste, farge) for i, farge in enumerate(rangfarger(len(klasser)))],
        )
    )
