"""The tab «Svaret»: for each municipality how good, why and how sure, with what to know before it is used."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.base.tekst import ulike_korte
from velferdslab_model.compare.flagg import OM_FLAGG
from velferdslab_model.compare.kolonner import MAKS_I_FIGUR, merknader, om_referansen, prisaarlinje
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.svar import SVARETS_NETTO, Svar, fordeling, samlet, svarene
from velferdslab_model.compare.tabs.valg import Valg
from velferdslab_model.compare.vurdering import OM_NETTO, OM_TALLET, OM_VURDERING, mot_hvem, om_rekkefoelgen
from velferdslab_model.page.akse import rund_akse
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.charts import Intervaller, Plass, i_kolonne, rader_for
from velferdslab_model.workbook.plan import Ark

_HODE = ("Plass", "Kommune", "Netto samfunn per inntatt, kr", "5 %, kr", "95 %, kr", "", "Med egne antakelser", "Egen blanding og egne antakelser, kr", "Svaret", "Forbehold")  # fmt: skip
_BREDDER = (5, 18, 12, 10, 10, 11, 11, 13, 78, 38)
_SVAR, _FORBEHOLD = 8, 9
_SAMLET = (
    "",
    "Kommune",
    "Per inntatt, begge grupper, kr",
    "Tatt inn",
    "",
    "Netto budsjetter, kr",
    "",
    "Netto samfunn, kr",
)
_FIGUR0 = len(_HODE) + 1
_BREDDE, _HOEYDE = 1000, 180
#: Points of a line of wrapped text, and characters a column takes for each of its width.
_LINJE_PT, _TEGN = 11.5, 1.3


def svaretark(ark: Ark, s: Sammenligning, _valgt: Valg) -> None:
    """Plan the tab."""
    om = [] if s.rangeringer.hvorfor_ikke else [OM_TALLET, OM_NETTO, OM_VURDERING, OM_FLAGG]
    rad = listing.topp(
        ark,
        f"Svaret: hvem får mest ut av det, og hvor sikkert er det ({len(s.medlemmer)} kommuner)",
        [f"{prisaarlinje(s)}. {om_referansen(s)}.", *om, *merknader(s)],
    )
    if s.rangeringer.hvorfor_ikke:
        ark.tekst(rad + 1, 0, s.rangeringer.hvorfor_ikke, "etikett_fet")
    foerste = True
    for gruppe, tittel in BRUKERGRUPPER.items():
        if svar := svarene(s, gruppe):
            if not foerste:
                ark.sideskift.append(rad + 1)
            rad = _gruppe(ark, s, gruppe, tittel, svar, rad + 1)
            foerste = False
    if not s.rangeringer.hvorfor_ikke:
        rad = _samlet(ark, s, rad + 1)
    ark.kolonnebredder += [(kol, kol, bredde) for kol, bredde in enumerate(_BREDDER)]
    ark.skjulte_kolonner.append((_FIGUR0, _FIGUR0 + 3))
    ark.laas_ruter, ark.gjentatte_rader, ark.sider_bredt = (0, 2), None, 1
    ark.siste_kolonne, ark.siste_utskriftsrad = len(_HODE) - 1, rad


def _gruppe(ark: Ark, s: Sammenligning, gruppe: str, tittel: str, svar: Sequence[Svar], rad: int) -> int:
    """The chart and the list of a group; returns the next row."""
    listing.overskrift(ark, rad, tittel, len(_HODE) - 1)
    _figur(ark, gruppe, tittel, svar, rad + 1)
    rad += 1 + rader_for(_HOEYDE)
    listing.hode(ark, rad, [tekst or mot_hvem(s) for tekst in _HODE], 46, 2)
    for en in svar:
        rad += 1
        _rad(ark, rad, en)
    if tall := fordeling(s, gruppe):
        for navn, verdi in (
            ("Veid snitt", tall.veid_snitt),
            ("Øvre kvartil", tall.oevre_kvartil),
            ("Median", tall.median),
            ("Nedre kvartil", tall.nedre_kvartil),
        ):
            rad += 1
            ark.tekst(rad, 1, navn, "etikett_fet")
            ark.fast(rad, 2, verdi, "v_kr")
    if rekkefoelgen := om_rekkefoelgen(s, gruppe, SVARETS_NETTO):
        rad += 1
        _bryt(ark, rad, rekkefoelgen)
    return rad + 1


def _rad(ark: Ark, rad: int, en: Svar) -> None:
    ark.fast(rad, 0, en.plass, "v_helt")
    ark.tekst(rad, 1, en.kommune, "etikett_bryt")
    p5, _, p95 = en.rad.persentiler
    for kol, verdi in ((2, en.rad.forventet), (3, p5), (4, p95), (7, en.egen_blanding)):
        ark.fast(rad, kol, verdi, "v_kr")
    listing.tallet(ark, rad, 5, en.rad.mot_referansen, "andel")
    listing.tallet(ark, rad, 6, en.rad.med_antakelser, "andel")
    forbehold = "; ".join(f.tekst for f in en.flagg)
    tekst = f"{en.tekst} {en.fakta}"
    ark.tekst(rad, _SVAR, tekst, "bryt")
    ark.tekst(
        rad, _FORBEHOLD, f"{forbehold[:1].upper()}{forbehold[1:]}.".removeprefix(".") if forbehold else "", "bryt"
    )
    linjer = max(
        _linjer(t, b)
        for t, b in ((tekst, _BREDDER[_SVAR]), (forbehold, _BREDDER[_FORBEHOLD]), (en.kommune, _BREDDER[1]))
    )
    ark.radhoeyder[rad] = max(2, linjer) * _LINJE_PT + 3


def _linjer(tekst: str, bredde: float) -> int:
    return -(-len(tekst) // int(bredde * _TEGN))


def _bryt(ark: Ark, rad: int, tekst: str) -> None:
    """A text over all columns."""
    ark.tekst(rad, 0, tekst, "tekst_bryt", til_kol=len(_HODE) - 1)
    ark.radhoeyder[rad] = _linjer(tekst, sum(_BREDDER)) * _LINJE_PT + 5


def _figur(ark: Ark, gruppe: str, tittel: str, svar: Sequence[Svar], rad: int) -> None:
    """The ranking with intervals; its numbers stand out of sight."""
    halv = MAKS_I_FIGUR // 2
    vist = list(svar) if len(svar) <= MAKS_I_FIGUR else [*svar[:halv], *svar[-halv:]]
    om = "" if len(vist) == len(svar) else f"De {halv} øverste og de {halv} nederste av {len(svar)}."
    foerste, siste = rad + 1, rad + len(vist)
    for kol, tekst in enumerate(
        (f"Til figuren: {tittel.lower()}", "Som forutsatt", "Ned til 5 %", "Opp til 95 %"), start=_FIGUR0
    ):
        ark.tekst(rad, kol, tekst, "hode_v")
    for n, (en, navn) in enumerate(zip(vist, ulike_korte([v.kommune for v in vist], 24), strict=True), start=foerste):
        p5, _, p95 = en.rad.persentiler
        ark.tekst(n, _FIGUR0, navn, "etikett")
        for kol, verdi in enumerate(
            (en.rad.forventet, en.rad.forventet - p5, p95 - en.rad.forventet), start=_FIGUR0 + 1
        ):
            ark.fast(n, kol, verdi, "v_kr")
    lav, hoey, _ = rund_akse(
        min(0.0, *(v.rad.persentiler[0] for v in vist)), max(0.0, *(v.rad.persentiler[2] for v in vist))
    )
    ark.figurer.append(
        Intervaller(
            ark=ark.navn,
            plass=Plass(rad, 0, _BREDDE, _HOEYDE),
            tittel=f"{tittel}: netto samfunn per inntatt, med 5–95 %. {om}".strip(),
            beskrivelse="En strek fra 5 til 95 prosent for hver kommune, med tallet som forutsatt merket, den beste først.",
            etiketter=(foerste, _FIGUR0, siste, _FIGUR0),
            x_akse="Kommune",
            y_akse="1 000 kr",
            grenser=(lav, hoey),
            punkter=i_kolonne(_FIGUR0 + 1, foerste, siste, FARGER["helsegevinst"]),
            ned=(foerste, _FIGUR0 + 2, siste, _FIGUR0 + 2),
            opp=(foerste, _FIGUR0 + 3, siste, _FIGUR0 + 3),
        )
    )


def _samlet(ark: Ark, s: Sammenligning, rad: int) -> int:
    """Both groups together; returns the last row."""
    listing.overskrift(ark, rad, "Samlet: begge grupper", len(_HODE) - 1)
    rad += 1
    listing.hode(ark, rad, _SAMLET, 44, 2)
    for r in samlet(s):
        rad += 1
        ark.tekst(rad, 1, r.kommune, "etikett")
        listing.tallet(ark, rad, 2, r.per_inntatt, "kr")
        listing.tallet(ark, rad, 3, r.deltakere, "antall")
        listing.tallet(ark, rad, 5, r.budsjett, "kr")
        listing.tallet(ark, rad, 7, r.samfunn, "kr")
    rad += 1
    andeler = {g: sum(r.deltakere for r in s.ytelser.rader[g].values()) for g in BRUKERGRUPPER}
    hvem = " og ".join(f"{kr(n)} i {BRUKERGRUPPER[g].lower()}" for g, n in andeler.items() if n)
    _bryt(
        ark,
        rad,
        f"Per inntatt i begge grupper: gruppene vektet som alle som tas inn ({hvem}). De andre kolonnene er summer over perioden.",
    )
    return rad
