"""The tab «Oversikt»: a row per municipality and group, with bars in the cells, and what was made equal."""

from __future__ import annotations

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import BRUKERGRUPPER, IKKE_INNEN_KORT
from velferdslab_model.compare.bevegelse import (
    BEVEGELSESKOLONNER,
    BEVEGELSESTITTEL,
    OM_BEVEGELSEN,
    bevegelsesrader,
)
from velferdslab_model.compare.kolonner import (
    KOLONNER,
    OM_STEG,
    OM_VERDIER,
    flaggtekst,
    harmonisert_linje,
    kontrolltekst,
    merknader,
    om_referansen,
    per_inntatt_i_figuren,
    prisaarlinje,
)
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.valg import Valg
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.charts import Plass, Soeyler, i_kolonne, rader_for
from velferdslab_model.workbook.plan import Ark

_FAST = ("Kommune", "Gruppe")
_TEKSTER = ("Kontroll", "Forbehold", "Fil")
_SISTE = len(_FAST) + len(KOLONNER) + len(_TEKSTER) - 1
#: Columns of the numbers of the charts, out of sight.
_FIGURKOLONNE = _SISTE + 2
_BREDDE, _HOEYDE = 760, 300
#: Per cent; on one page across nobody could read it. Figures stand beside the columns that every page repeats.
_SKALERING, _VENSTRE = 72, 290
#: Width of a column of texts: of the longest, within these.
_SMALEST, _BREDEST = 14, 64
_SOEYLE = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": "#9CC9E3",
    "bar_negative_color": FARGER["kostnad"],
    "bar_border_color": "#0072B2",
}
_LIKT = ("Kommune", "Gruppe", "Hva", "Oppgitt", "Brukt", "Hvordan")


def oversiktsark(ark: Ark, s: Sammenligning, _valgt: Valg) -> None:
    """Plan the tab."""
    hode = 1 + listing.topp(
        ark,
        f"Sammenligning av {len(s.medlemmer)} kommuner",
        [
            f"{prisaarlinje(s)}. {om_referansen(s)}. {OM_VERDIER}",
            f"Listen kan ordnes og filtreres med pilene; figurene står under den. {OM_STEG}",
            *merknader(s),
        ],
    )
    siste = _liste(ark, s, hode)
    rad = _figurer(ark, s, siste + 1)
    rad = _i_bevegelse(ark, s, rad + 1)
    rad = _harmonisert(ark, s, rad + 1)
    ark.kolonnebredder += [
        (0, 0, 26),
        (1, 1, 13),
        *((kol, kol, _bredde(ark, hode, siste, kol)) for kol in range(_SISTE - len(_TEKSTER) + 1, _SISTE + 1)),
    ]
    for kol, k in enumerate(KOLONNER, start=len(_FAST)):
        bredde = 17 if k.slag == "aar" else 15 if k.slag == "kr" or kol == len(_FAST) else 11
        lengste_ord = max(map(len, k.tekst.split()))  # of a bold heading, which is not to be broken within it
        ark.kolonnebredder.append((kol, kol, max(bredde, lengste_ord + 1)))
    ark.skjulte_kolonner.append((_FIGURKOLONNE, _FIGURKOLONNE + 1))
    ark.laas_ruter, ark.gjentatte_rader, ark.skalering = (hode + 1, len(_FAST)), (hode, hode), _SKALERING
    ark.gjentatte_kolonner = (0, len(_FAST) - 1)
    ark.sideskift.append(siste + 1)
    ark.filter = (hode, 0, siste, _SISTE)
    ark.siste_kolonne, ark.siste_utskriftsrad = _SISTE, rad - 1


def _liste(ark: Ark, s: Sammenligning, hode: int) -> int:
    """The key figures; returns the last row."""
    listing.hode(ark, hode, [*_FAST, *(k.tekst for k in KOLONNER), *_TEKSTER], 74, len(_FAST))
    rader = [(m, m.rader[g]) for g in BRUKERGRUPPER for m in s.medlemmer]
    for rad, (m, verdier) in enumerate(rader, start=hode + 1):
        ark.tekst(rad, 0, m.navn, "fri_tekst")
        ark.tekst(rad, 1, BRUKERGRUPPER[verdier.gruppe], "fri_tekst")
        for kol, k in enumerate(KOLONNER, start=len(_FAST)):
            mangler = IKKE_INNEN_KORT if k.slag == "aar" and verdier.deltakere else ""
            listing.tallet(ark, rad, kol, getattr(verdier, k.felt), k.slag, "fri", mangler)
        tekster = (kontrolltekst(m), flaggtekst(m, verdier.gruppe), m.kommune.fil.name)
        for kol, tekst in enumerate(tekster, start=len(_FAST) + len(KOLONNER)):
            ark.tekst(rad, kol, tekst, "fri_innrykk")
    siste = hode + len(rader)
    for kol, k in enumerate(KOLONNER, start=len(_FAST)):
        if k.soeyle:
            ark.skalaer.append((hode + 1, kol, siste, kol, _SOEYLE))
    listing.kan_ordnes(ark, hode + 1, siste, _SISTE)
    return siste


def _bredde(ark: Ark, hode: int, siste: int, kol: int) -> int:
    """The width that shows the texts of a column."""
    lengst = max(len(str(c.verdi or "")) for c in ark.faste if c.kol == kol and hode < c.rad <= siste)
    return max(_SMALEST, min(_BREDEST, lengst + 3))


def _figurer(ark: Ark, s: Sammenligning, fra_rad: int) -> int:
    """A chart of each group below the list; their numbers stand out of sight, for the list may be sorted. Returns the
    next row."""
    rad, neste, sted, kol = fra_rad + 1, fra_rad, fra_rad, _FIGURKOLONNE
    for gruppe, tittel in BRUKERGRUPPER.items():
        par, om = per_inntatt_i_figuren(s, gruppe)
        if not par:
            continue
        ark.tekst(sted, kol, f"Til figurene: {tittel.lower()}", "hode_v")
        ark.tekst(sted, kol + 1, "Netto samfunn per inntatt, lik blanding og antakelser", "hode")
        ark.kolonne(f"figur.{gruppe}.navn", sted + 1, kol, [navn for navn, _ in par], "etikett")
        ark.kolonne(f"figur.{gruppe}.kr", sted + 1, kol + 1, [kr for _, kr in par], "v_kr")
        ark.figurer.append(
            Soeyler(
                ark=ark.navn,
                plass=Plass(rad, _VENSTRE, _BREDDE, _HOEYDE),
                tittel=f"{tittel}: netto samfunn per inntatt, lik blanding og antakelser",
                beskrivelse=f"En søyle for hver kommune, ordnet etter størrelse. {om}".strip(),
                etiketter=(sted + 1, kol, sted + len(par), kol),
                x_akse="Kommune",
                y_akse="1 000 kr",
                fra_null=all(kr >= 0 for _, kr in par),
                serier=[i_kolonne(kol + 1, sted + 1, sted + len(par), FARGER["helsegevinst"])],
            )
        )
        sted += len(par) + 2
        rad = neste = rad + rader_for(_HOEYDE)
    return neste


def _i_bevegelse(ark: Ark, s: Sammenligning, rad: int) -> int:
    """Each municipality against a null alternative that moves, beside the fixed one; returns the next row."""
    rader = [r for g in BRUKERGRUPPER for r in bevegelsesrader(s, g)]
    if not rader:
        return rad - 1
    kilde = len(_FAST) + len(BEVEGELSESKOLONNER)
    ark.sideskift.append(rad)
    listing.overskrift(ark, rad, f"{BEVEGELSESTITTEL} ved siden av det faste, kr", kilde)
    for linje in OM_BEVEGELSEN:
        rad += 1
        ark.tekst(rad, 0, linje, "dempet")
    rad += 1
    listing.hode(ark, rad, [*_FAST, *BEVEGELSESKOLONNER, "Kilde"], 60, len(_FAST))
    for r in rader:
        rad += 1
        ark.tekst(rad, 0, r.kommune, "v_tekst")
        ark.tekst(rad, 1, BRUKERGRUPPER[r.gruppe], "v_tekst")
        for kol, verdi in enumerate(r.tall, start=len(_FAST)):
            listing.tallet(ark, rad, kol, verdi, "kr")
        ark.tekst(rad, kilde, r.visning.bevegelse.kilde if r.visning else r.hvorfor, "v_tekst")
    return rad + 1


def _harmonisert(ark: Ark, s: Sammenligning, rad: int) -> int:
    """What was changed so that all could be compared, and what was left out; returns the next row."""
    listing.overskrift(ark, rad, "Gjort likt for å kunne sammenlignes", len(_LIKT) - 1)
    rad += 1
    if not s.harmonisert:
        tekst = "Ingenting: hver kommune er som oppgitt." if s.som_oppgitt else "Ingenting: alle hadde det likt."
        ark.tekst(rad, 0, tekst, "v_tekst")
    else:
        for kol, tekst in enumerate(_LIKT):
            ark.tekst(rad, kol, tekst, "hode_v")
    for h in s.harmonisert:
        rad += 1
        merknad = f"Beløp i {s.prisaar}-kroner{h.merknad}" if h.merknad else ""
        gruppe = BRUKERGRUPPER.get(h.gruppe, "Begge")
        for kol, tekst in enumerate((h.kommune, gruppe, h.hva, *harmonisert_linje(h.hva, h.fra, h.til), merknad)):
            ark.tekst(rad, kol, tekst, "v_tekst" if kol < len(_LIKT) - 1 else "dempet")
    rad += 1
    if s.utelatt:
        rad += 1
        ark.tekst(rad, 0, "Filer som ikke er med", "hode_v")
        for feil in s.utelatt:
            rad += 1
            ark.tekst(rad, 0, " ".join(feil.split()), "tekst")
        rad += 1
    return rad
