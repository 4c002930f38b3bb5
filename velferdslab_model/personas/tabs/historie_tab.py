"""The sheet of one history: what happens, where the person is, what is given and what it costs, with a figure in line with the years."""

from __future__ import annotations

import numpy as np

from velferdslab_model.base.farger import FARGER, MOERK
from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN, liten
from velferdslab_model.model.array import Array
from velferdslab_model.personas.analysis import Historietall
from velferdslab_model.personas.terms import (
    DIALOG,
    ENHETSPRIS,
    HISTORIEAAR,
    HISTORIEBETALERE,
    KONTAKT,
    MAKS_HENDELSE,
    MENGDE,
    NOTATFELT,
    TOM_TJENESTE,
    UTFALLENE,
    Tjeneste,
    historienavn,
)
from velferdslab_model.workbook.adresse import celleadresse, kolonnenavn
from velferdslab_model.workbook.charts import Linjer, Plass, Serie, Soeyler
from velferdslab_model.workbook.constants import OK
from velferdslab_model.workbook.inputs import meldinger, statusfarger, tekstregel, validering
from velferdslab_model.workbook.plan import Akse, Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver
from velferdslab_model.workbook.rules import antall_lovlige, ordkrav, ren_tekst, tallkrav, tekstkrav
from velferdslab_model.workbook.style import RADHOEYDE_PX

NAVN, BETALER, OVERFOERING, FRIGJOER, ENHET_KOL, PRIS = range(6)
AARENE = Akse(6, HISTORIEAAR, "aar")
SUM_KOL, OPPHAV_KOL, KILDE_KOL, STATUS_KOL = 16, 17, 18, 19
_BREDDER = (32, 10, 10, 9, 10, 11, *(12,) * HISTORIEAAR, 11, 10, 60, 8)
#: Rows of each figure, and of them those above and those of the plot.
_FIGURRADER, _OVER, _PLOTT = 12, 2, 8
#: So many services have room on the page of the figures.
_FAA_TJENESTER = 14
_BREDDE_PX = 89 * HISTORIEAAR  # of columns of twelve characters
#: Key -> payer, transfer, label: the parts of the cost.
KOSTNADSDELER: dict[str, tuple[str, bool, str]] = {
    "del_kommune": ("kommune", False, "Kommunen, tjenester"),
    "del_kommune_overf": ("kommune", True, "Kommunen, overføringer"),
    "del_stat": ("stat", False, "Staten, tjenester"),
    "del_stat_overf": ("stat", True, "Staten, overføringer"),
}
_FARGER = {"kommune": FARGER["kommune"], "stat": FARGER["stat"]}


def historieark(ark: Ark, t: Historietall, rader: int) -> None:
    """Plan the sheet. rader: rows of services, filled or not. The sheet has a prefix of its own."""
    p, h = t.persona, t.historie
    ark.kolonnebredder += [(kol, kol, bredde) for kol, bredde in enumerate(_BREDDER)]
    ark.siste_kolonne, ark.laas_ruter, ark.sider_bredt, ark.gjentatte_rader = OPPHAV_KOL, (4, 1), 1, None
    if p.konstruert:
        ark.topptekst = "Konstruerte tall"
    ark.tekst(0, 0, historienavn(p, h) + (f": {liten(p.beskrivelse)}" if p.beskrivelse else ""), "tittel")
    merke = "Konstruert: " if p.konstruert else ""
    ark.tekst(1, 0, f"{merke}ti år i de ordinære tjenestene, uten velferdslab. De gule cellene kan endres; figurene, nullkostnaden og blokken i «Svar» følger.", "dempet")  # fmt: skip
    rs = Radskriver(ark, 2, AARENE, '="År "&{aarnr}', sum_kolonne=SUM_KOL)
    aarnr = np.arange(1.0, HISTORIEAAR + 1)
    rs.blokk("Foran scenen", [f"År {n:.0f}" for n in aarnr])
    _aarene(rs, t)
    _ferdfigur(rs)
    plass = _kostnadsplass(rs)
    tjenester = [*h.tjenester, *[TOM_TJENESTE] * (rader - len(h.tjenester))]
    _tjenestene(rs, tjenester)
    _kronene(rs, t, tjenester)
    _kostnadsfigur(ark, plass)
    _om_historien(rs, t)


def _merk(rs: Radskriver, tekst: str, enhet: str = "") -> None:
    rs.ark.tekst(rs.rad, NAVN, tekst, "etikett")
    if enhet:
        rs.ark.tekst(rs.rad, BETALER, enhet, "enhet")


def _inndatarad(rs: Radskriver, noekkel: str, verdier: list[Verdi], stil: str, regel: dict[str, object]) -> None:
    """A row of cells a user may set, one for each year."""
    ark, rad = rs.ark, rs.rad
    for kol, verdi in zip(AARENE.kolonner, verdier, strict=True):
        ark.fast(rad, kol, verdi, stil)
    ark.registrer(noekkel, rad, AARENE.foerste_kolonne, tuple(verdier), AARENE.antall, navn=noekkel, akse=AARENE)
    ark.valideringer.append((rad, AARENE.foerste_kolonne, rad, AARENE.siste_kolonne, regel))
    rs.rad += 1


def _aarene(rs: Radskriver, t: Historietall) -> None:
    """What happens, the livssituasjon and the contact, year by year."""
    ark, aar = rs.ark, t.historie.aar
    ark.radhoeyder[rs.rad] = 84
    _merk(rs, "Det som hender")
    regel = tekstregel("Hendelse", MAKS_HENDELSE, "Hva personen eller familien opplever dette året.")
    _inndatarad(rs, "hendelse", [a.hendelse for a in aar], "inn_kilde", regel)
    _merk(rs, "Hvor det kommer fra")
    for kol, a in zip(AARENE.kolonner, aar, strict=True):
        ark.fast(rs.rad, kol, a.opphav, "enhet")
    ark.registrer(
        "opphav_aar",
        rs.rad,
        AARENE.foerste_kolonne,
        tuple(a.opphav for a in aar),
        AARENE.antall,
        navn="opphav_aar",
        akse=AARENE,
    )
    rs.rad += 1
    _merk(rs, "Livssituasjon")
    regel = {"validate": "list", "source": "=liste_situasjon"}
    regel |= meldinger("Livssituasjon", "Situasjonen det meste av året.", "Livssituasjon må velges fra listen.")
    rad = rs.rad
    _inndatarad(rs, "situasjon", [SITUASJONSNAVN[a.livssituasjon] for a in aar], "inn_ord", regel)
    for i, navn in enumerate(SITUASJONSNAVN.values(), start=1):
        rute = {"type": "cell", "criteria": "==", "value": f'"{navn}"'}
        ark.betingede.append((rad, AARENE.foerste_kolonne, rad, AARENE.siste_kolonne, rute, f"cf_trinn_{i}"))
    for noekkel, navn in DIALOG.items():
        _merk(rs, navn, "i året")
        _inndatarad(rs, noekkel, [a.dialog[noekkel] for a in aar], "inn_desimal", validering(KONTAKT))
    rs.linje("aarnr", "År", "nummer", "={<aarnr}+1", [float(n) for n in range(1, HISTORIEAAR + 1)], "heltall")
    mal = "=MATCH({situasjon},{liste_situasjon:},0)-1"
    rs.linje("nivaa", "Trinn, 0 er uholdbar", "0–3", mal, [float(j) for j in t.situasjoner], "heltall")
    # An empty cell is a year without.
    dialog = "+".join(
        f'IF(IFERROR(OR({x}="",AND(ISNUMBER({x}),{tallkrav(KONTAKT, x, "0", "{maks_kontakt}")})),FALSE),0,1)'
        for x in (f"{{{n}}}" for n in DIALOG)
    )
    ord_ok = f"IF({ordkrav('{situasjon}', '{liste_situasjon:}')},0,1)"
    mal = f"={ord_ok}+IF({tekstkrav('{hendelse}', '{maks_hendelse}')},0,1)+{dialog}"
    rs.linje("aarsfeil", "Celler i året som ikke er i orden", "antall", mal, [0.0] * HISTORIEAAR, "flagg")


def _figurplass(rs: Radskriver) -> Plass:
    plass = Plass(rs.rad, _venstre_px(), _BREDDE_PX, _FIGURRADER * RADHOEYDE_PX)
    rs.rad += _FIGURRADER + 1
    return plass


def _venstre_px() -> int:
    return sum(b * 7 + 5 for b in _BREDDER[: AARENE.foerste_kolonne])


def _plott() -> tuple[float, float]:
    """Top and height of the plot, so that a level is two rows of cells."""
    hele = _FIGURRADER * RADHOEYDE_PX
    return (_OVER * RADHOEYDE_PX - 3) / hele, _PLOTT * RADHOEYDE_PX / hele


def _rad_i(ark: Ark, noekkel: str) -> tuple[int, int, int, int]:
    rad = ark.sted(noekkel).rad
    return rad, AARENE.foerste_kolonne, rad, AARENE.siste_kolonne


def _ferdfigur(rs: Radskriver) -> None:
    """The line through the four levels; their names stand in the cells beside it."""
    ark = rs.ark
    for j, navn in enumerate(reversed(SITUASJONSNAVN.values())):
        rad = rs.rad + _OVER + 2 * j
        ark.tekst(rad, ENHET_KOL, navn, f"trinn_{4 - j}", PRIS)
    ark.figurer.append(
        Linjer(
            ark=ark.navn, plass=_figurplass(rs), tittel="Ferden gjennom livssituasjonene", plott=_plott(), x_akse="",
            beskrivelse="En linje fra år 1 til år 10 gjennom de fire livssituasjonene, bærekraftig øverst.",
            etiketter=_rad_i(ark, "aarnr"), grenser=(-0.5, 3.5),
            serier=[Serie("Livssituasjon", _rad_i(ark, "nivaa"), MOERK, fremhevet=True)],
        )
    )  # fmt: skip


def _kostnadsplass(rs: Radskriver) -> Plass:
    """Where the bars stand; their rows come further down."""
    rad = rs.rad + _OVER
    for n, tekst in enumerate(("Hva det koster", "Beløpene for hvert år", "står lenger ned på arket")):
        rs.ark.tekst(rad + n, FRIGJOER, tekst, "dempet" if n else "fet")
    return _figurplass(rs)


def _kostnadsfigur(ark: Ark, plass: Plass) -> None:
    """Bars by payer, transfers hatched."""
    ark.figurer.append(
        Soeyler(
            ark=ark.navn, plass=plass, tittel="Hva tjenester og overføringer koster i året", plott=_plott(),
            beskrivelse="En søyle for hvert år, delt på kommunen og staten; det skraverte er overføringer.",
            etiketter=_rad_i(ark, "aarnr"), stabling="stacked", fra_null=True,
            serier=[
                Serie(navn, _rad_i(ark, noekkel), _FARGER[b], skravert=overf)
                for noekkel, (b, overf, navn) in KOSTNADSDELER.items()
            ],
        )
    )  # fmt: skip


def _tjenestene(rs: Radskriver, tjenester: list[Tjeneste]) -> None:
    """The table of services: what, who pays, price, units in each year, source."""
    ark = rs.ark
    rs.rad += 1
    if len(tjenester) > _FAA_TJENESTER:
        ark.sideskift.append(rs.rad)
    hode = ("Bak scenen: tjenester", "Betaler", "Overføring", "Frigjør budsjett", "Enhet", "Enhetspris (kr)")
    for kol, tekst in enumerate(hode):
        ark.tekst(rs.rad, kol, tekst, "hode" if kol else "hode_v")
    ark.akserad(None, rs.rad, AARENE, '="År "&{aarnr}', [f"År {n}" for n in range(1, HISTORIEAAR + 1)], "hode")
    for kol, tekst in (
        (SUM_KOL, "Sum enheter"),
        (OPPHAV_KOL, "Opphav"),
        (KILDE_KOL, "Kilde til enhetsprisen"),
        (STATUS_KOL, "Status"),
    ):
        ark.tekst(rs.rad, kol, tekst, "hode")
    ark.radhoeyder[rs.rad] = 28
    foerste, siste = rs.rad + 1, rs.rad + len(tjenester)
    ja_nei = [None if t.tom else "ja" if t.overfoering else "nei" for t in tjenester]
    frigjoer = [None if t.tom else "ja" if t.frigjoer else "nei" for t in tjenester]
    kolonner: tuple[tuple[str, int, list[Verdi], str], ...] = (
        ("tjeneste", NAVN, [t.navn or None for t in tjenester], "inn_tekst"),
        ("betaler", BETALER, [None if t.tom else t.betaler for t in tjenester], "inn_ord"),
        ("overfoering", OVERFOERING, list(ja_nei), "inn_ord"),
        ("frigjoer", FRIGJOER, list(frigjoer), "inn_ord"),
        ("enhet", ENHET_KOL, [None if t.tom else t.enhet for t in tjenester], "inn_tekst"),
        ("enhetspris", PRIS, [None if t.tom else t.enhetspris for t in tjenester], "inn_kroner_oere"),
        ("opphav", OPPHAV_KOL, [t.opphav for t in tjenester], "enhet"),
        ("tjenestekilde", KILDE_KOL, [t.kilde or None for t in tjenester], "inn_kilde"),
    )
    for noekkel, kol, verdier, stil in kolonner:
        ark.kolonne(noekkel, foerste, kol, verdier, stil, noekkel)
    ark.valideringer += [
        (foerste, NAVN, siste, NAVN, tekstregel("Tjeneste", MAKS_NAVN, "Hva personen eller familien får.")),
        (foerste, BETALER, siste, BETALER, _ordregel("Betaler", "liste_betaler", "Hvem som betaler: kommune eller stat.")),
        (foerste, OVERFOERING, siste, OVERFOERING, _ordregel("Overføring", "liste_ja_nei", "ja: penger som flyttes, ikke en tjeneste.")),
        (foerste, FRIGJOER, siste, FRIGJOER, _ordregel("Frigjør budsjettmidler", "liste_ja_nei", "ja: budsjettet får pengene igjen når den ikke gis.")),
        (foerste, ENHET_KOL, siste, ENHET_KOL, tekstregel("Enhet", MAKS_NAVN, "Hva prisen gjelder: time, måned, døgn.")),
        (foerste, PRIS, siste, PRIS, validering(ENHETSPRIS)),
        (foerste, KILDE_KOL, siste, KILDE_KOL, tekstregel("Kilde", MAKS_TEKST, "Hvor enhetsprisen kommer fra.")),
    ]  # fmt: skip
    statusfarger(ark, foerste, STATUS_KOL, siste)
    rs.rad += 1
    for i, t in enumerate(tjenester, start=1):
        _mengderad(rs, i, t)
    omraade = (foerste, AARENE.foerste_kolonne, siste, AARENE.siste_kolonne)
    ark.betingede.append((*omraade, {"type": "cell", "criteria": ">", "value": 0}, "cf_gitt"))
    ark.registrer("status", foerste, STATUS_KOL, tuple("" if t.tom else OK for t in tjenester), hoeyde=len(tjenester))


def _ordregel(tittel: str, liste: str, hjelp: str) -> dict[str, object]:
    regel = {"validate": "list", "source": f"={liste}"}
    return regel | meldinger(tittel, hjelp, f"{tittel} må velges fra listen.")


def _mengderad(rs: Radskriver, i: int, t: Tjeneste) -> None:
    ark, rad = rs.ark, rs.rad
    verdier: list[Verdi] = [float(m) if m else None for m in t.mengde]  # an empty cell is a year without it
    _inndatarad(rs, f"mengde_{i}", verdier, "inn_desimal", validering(MENGDE))
    mengder = f"{celleadresse(rad, AARENE.foerste_kolonne)}:{celleadresse(rad, AARENE.siste_kolonne)}"
    ark.formel(
        rad, SUM_KOL, f"=SUM({mengder})", float(t.mengde.sum()), "desimal", skala=float(max(1.0, t.mengde.max()))
    )
    a, b, c, d, pris = (celleadresse(rad, k) for k in (NAVN, BETALER, OVERFOERING, FRIGJOER, PRIS))
    krav = [
        f"{tekstkrav(a, '{maks_navn}')}", f'{ren_tekst(a)}<>""',
        ordkrav(b, "{liste_betaler:}"), ordkrav(c, "{liste_ja_nei:}"), ordkrav(d, "{liste_ja_nei:}"),
        f"ISNUMBER({pris})", tallkrav(ENHETSPRIS, pris, "0", "{maks_beloep}"),
        f'{antall_lovlige(mengder)}=COUNT({{aarnr:}})-COUNTIF({mengder},"")',
        tekstkrav(celleadresse(rad, KILDE_KOL)),
    ]  # fmt: skip
    noe = f"COUNTA({a}:{pris})+COUNTA({mengder})"
    mal = f'=IFERROR(IF({noe}=0,"",IF(AND({",".join(krav)}),{{ord_ok}},"Feil")),"Feil")'
    ark.formel(rad, STATUS_KOL, mal, "" if t.tom else OK, "status")


def _kronene(rs: Radskriver, t: Historietall, tjenester: list[Tjeneste]) -> None:
    """Kroner: each service, by payer, what counts, and the mean."""
    ark = rs.ark
    foerste = ark.sted("tjeneste").rad
    ark.sideskift.append(rs.rad + 1)
    rs.blokk("Kroner i året", [f"År {n}" for n in range(1, HISTORIEAAR + 1)], "Sum")
    for i, x in enumerate(tjenester, start=1):
        adr = celleadresse(foerste + i - 1, NAVN)
        pris = f"${kolonnenavn(PRIS)}${foerste + i}"
        ark.formel(rs.rad, NAVN, f'=IF(LEN({adr})=0,"",{adr})', x.navn, "etikett_trang")
        skala = float(max(1.0, x.beloep.max()))
        ark.akserad(f"beloep_{i}", rs.rad, AARENE, f"={{mengde_{i}}}*{pris}", x.beloep, "kr_strek", skala=skala)
        ark.formel(rs.rad, SUM_KOL, f"=SUM({{beloep_{i}:}})", float(x.beloep.sum()), "kr_fet")
        rs.rad += 1
    rs.blokk("Hvem som betaler", [f"År {n}" for n in range(1, HISTORIEAAR + 1)], "Sum")

    def sum_av(noekkel: str, tekst: str, vilkaar: dict[int, str], verdi: Array) -> None:
        ledd = []
        for i in range(1, len(tjenester) + 1):
            rad = foerste + i - 1
            alle = ",".join(f'${kolonnenavn(k)}${rad + 1}="{ord_}"' for k, ord_ in vilkaar.items())
            ledd.append(f"IF(AND({alle}),{{beloep_{i}}},0)")
        _sumrad(rs, noekkel, tekst, "=" + "+".join(ledd), verdi)

    for noekkel, (b, overf, navn) in KOSTNADSDELER.items():
        verdi = t.sum_av(lambda x, b=b, overf=overf: (x.betaler, x.overfoering) == (b, overf))
        sum_av(noekkel, navn, {BETALER: b, OVERFOERING: "ja" if overf else "nei"}, verdi)
    for noekkel, overf, navn in (
        ("fri_tjeneste", False, "Kommunens tjenester som frigjør budsjettmidler"),
        ("fri_overf", True, "Kommunens overføringer som frigjør budsjettmidler"),
    ):
        verdi = t.sum_av(lambda x, overf=overf: x.betaler == "kommune" and x.frigjoer and x.overfoering == overf)
        sum_av(noekkel, navn, {BETALER: "kommune", OVERFOERING: "ja" if overf else "nei", FRIGJOER: "ja"}, verdi)
    _sumrad(rs, "alt", "Alt det offentlige betaler", "=" + "+".join(f"{{{n}}}" for n in KOSTNADSDELER), t.alt)
    _sumrad(rs, "overf", "  herav overføringer", "={del_kommune_overf}+{del_stat_overf}", t.overfoeringer)
    rs.blokk("Det som telles i nullkostnaden", [f"År {n}" for n in range(1, HISTORIEAAR + 1)], "Sum")
    for b in HISTORIEBETALERE:
        mal = f"={{del_{b}}}+{{teller_overf}}*{{del_{b}_overf}}"
        _sumrad(rs, f"telles_{b}", {"kommune": "Kommunen", "stat": "Staten"}[b], mal, t.betalt_av(b))
    _sumrad(
        rs, "telles_fri", "Frigjør budsjettmidler i kommunen", "={fri_tjeneste}+{teller_overf}*{fri_overf}", t.frigjoer
    )
    _sumrad(rs, "telles", "Telles i alt", "={telles_kommune}+{telles_stat}", t.telles)
    rs.enkelt(
        "snitt", "Kroner i året, snitt av ti år", "kr", "={telles_sum}/COUNT({aarnr:})", t.snitt, "kr_fet", "snitt"
    )
    feil = '=COUNTIF({status:},"Feil")+SUM({aarsfeil:})'
    rs.enkelt("feil", "Rader og år som ikke er i orden", "antall", feil, 0, "heltall", "feil")


def _sumrad(rs: Radskriver, noekkel: str, tekst: str, mal: str, verdi: Array) -> None:
    rs.linje(noekkel, tekst, "kr", mal, verdi, skala=float(max(1.0, verdi.max())))
    rs.sum_av_forrige(f"{noekkel}_sum", None, f"=SUM({{{noekkel}:}})", float(verdi.sum()))


def _om_historien(rs: Radskriver, t: Historietall) -> None:
    """What the note tells, and what the file must know of the history to be read again. Locked."""
    p, h = t.persona, t.historie
    rs.overskrift("Om historien")
    ord_ = {
        "persona": ("Persona", p.navn),
        "beskrivelse": ("Beskrivelse", p.beskrivelse),
        "gruppe": ("Brukergruppe", BRUKERGRUPPER[p.brukergruppe]),
        "utfall": ("Utfall", UTFALLENE[h.utfall] or "eneste"),
        "konstruert": ("Konstruert", "ja" if p.konstruert else "nei"),
        "historiekilde": ("Kilde til historien", h.kilde),
        **{f"notat_{n}": (f"Notatet: {navn.lower()}", p.notatet.get(n, "")) for n, navn in NOTATFELT.items()},
    }
    for noekkel, (navn, verdi) in ord_.items():
        rs.ark.tekst(rs.rad, NAVN, navn, "etikett")
        rs.ark.verdi(noekkel, rs.rad, BETALER, verdi, "tekst", navn=noekkel)
        rs.rad += 1
