"""The account age by age: what counts, what each post is worth, and the net of each level of government and view."""

from __future__ import annotations

import numpy as np

from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import TOLERANSE_KR
from velferdslab_model.utenfor.account import SYN, Utenforregnskap
from velferdslab_model.utenfor.inputs import VILKAARSREGISTER, postnavn
from velferdslab_model.utenfor.sentences import synsnavn
from velferdslab_model.utenfor.tabs.vilkaar_tab import SUKSESS_STEG, UTENFORTEKSTER, fortegnsmal, sider_bredt
from velferdslab_model.utenfor.terms import BUDSJETTSLAG, FORVALTNINGSNIVAAER, GRUPPENE, SAMFUNNSSLAG, Post
from velferdslab_model.workbook.charts import Linjer, Plass, Serie
from velferdslab_model.workbook.checks import Hjelperad, Kontroll, Radkontroll, grense, holder, kontrollblokk
from velferdslab_model.workbook.page import sideskift_ved_blokker
from velferdslab_model.workbook.plan import Akse, Ark
from velferdslab_model.workbook.rows import RADER_PER_SIDE, Radskriver, bredder
from velferdslab_model.workbook.rules import ren_tekst, tekstkrav

REGNSKAP = "Regnskap"
_BREDDE_PX = 480
#: Key of a row of figure 5 -> group and part.
LIVSLOEP = {f"liv.{g}.{del_}": (g, del_) for g in GRUPPENE for del_ in ("kostnad", "inntekt")}
NIVAAFARGER = {
    "kommune": FARGER["besparelse"],
    "fylkeskommune": FARGER["helsegevinst"],
    "stat": FARGER["kostnad"],
    "budsjett": GRAA,
    "samfunn": FARGER["produksjonsgevinst"],
}


def regnskapsark(ark: Ark, r: Utenforregnskap, akse: Akse, profilfeil: list[str]) -> None:
    """Plan the tab. profilfeil: keys of the numbers of faults in the profile's rows."""
    v = r.vilkaar
    ark.kolonnebredder += bredder(akse, 10.5)
    ark.siste_kolonne, ark.laas_ruter, ark.gjentatte_kolonner = akse.siste_kolonne, (2, 3), (0, 2)
    ark.sider_bredt = sider_bredt(akse)
    ark.formel(0, 0, '="Regnskap: "&TRIM({navn})', f"Regnskap: {v.navn}", "tittel")
    ark.tekst(1, 0, "Gevinst er pluss. Neddiskontert til året tiltaket settes inn.", "dempet")
    rs = Radskriver(ark, 1, akse, "={alder}")
    _tiden(rs, r)
    rs.blokk("Gevinst per person som nås, post for post", v.aldre, "Sum")
    for i, post in enumerate(v.poster, start=1):
        mal = f"={fortegnsmal(post.slag)}({{{postnavn(i, 'maalgruppe')}}}-{{{postnavn(i, 'sammenligning')}}})*{{vekt}}"
        _rad(rs, f"gevinst_{i}", post.navn, mal, _full(r, r.per_person([post])), [post])
    rs.blokk("Gevinst per person som nås, for hver", v.aldre, "Sum")
    for hvem in (*FORVALTNINGSNIVAAER, *SYN):
        teller = [i for i, post in enumerate(v.poster, start=1) if _gjelder(post, hvem)]
        mal = "=" + ("+".join(f"{{gevinst_{i}}}" for i in teller) or "0")
        rekke = r.for_nivaa(hvem) if hvem in FORVALTNINGSNIVAAER else r.for_syn(hvem)
        _rad(rs, f"{hvem}.gevinst", synsnavn(hvem), mal, _full(r, rekke), v.poster)
    rs.blokk("Netto i alt, for hver", v.aldre, "Sum")
    for hvem in (*FORVALTNINGSNIVAAER, *SYN):
        kostnad = f"{{kostnad_{hvem}}}" if hvem in FORVALTNINGSNIVAAER else "{kostnad_i_alt}"
        mal = f"={{lykkede}}*{{{hvem}.gevinst}}-IF({{t}}=0,{kostnad},0)"
        _rad(rs, f"{hvem}.netto", synsnavn(hvem), mal, _full(r, r.netto_per_aar(hvem)), v.poster)
    rs.blokk("Netto hittil", v.aldre, "Lavest")
    for hvem in (*FORVALTNINGSNIVAAER, *SYN):
        _hittil(rs, r, hvem)
    rs.blokk("Livsløpet til én person (notatets figur 5), ikke neddiskontert", v.aldre, "Sum")
    for noekkel, (gruppe, del_) in LIVSLOEP.items():
        teller = [
            i
            for i, p in enumerate(v.poster, start=1)
            if p.slag in BUDSJETTSLAG and (p.slag == "skatt") == (del_ == "inntekt")
        ]
        mal = "=" + ("+".join(f"{{{postnavn(i, gruppe)}}}" for i in teller) or "0")
        rekke = r.livsloep(gruppe)[del_]
        tekst = f"{GRUPPENE[gruppe]}: {'det offentlige får' if del_ == 'inntekt' else 'det offentlige betaler'}"
        rs.linje(noekkel, tekst, "kr", mal, rekke)
        rs.sum_av_forrige(f"{noekkel}.sum", None, f"=SUM({{{noekkel}:}})", float(rekke.sum()))
    _nullpunkt(rs, r)
    _kontroller(rs, r, profilfeil)
    sideskift_ved_blokker(ark, RADER_PER_SIDE)


def _gjelder(post: Post, hvem: str) -> bool:
    if hvem in FORVALTNINGSNIVAAER:
        return post.nivaa == hvem and post.slag in BUDSJETTSLAG
    return post.slag in (BUDSJETTSLAG if hvem == "budsjett" else SAMFUNNSSLAG)


def _full(r: Utenforregnskap, rekke: Array) -> Array:
    """A row of the years that count, on the axis of all ages."""
    ut = np.zeros(len(r.vilkaar.aldre))
    fra = r.vilkaar.alder_ved_tiltak - r.vilkaar.fra_alder
    ut[fra : fra + len(rekke)] = rekke
    return ut


def _rad(rs: Radskriver, noekkel: str, tekst: str, mal: str, rekke: Array, poster: object) -> None:
    skala = float(max(1.0, np.abs(rekke).max()))
    rs.linje(noekkel, tekst, "kr", mal, rekke, skala=skala)
    rs.sum_av_forrige(
        f"{noekkel}.sum", noekkel.replace(".", "_"), f"=SUM({{{noekkel}:}})", float(rekke.sum()), skala=skala
    )


def _tiden(rs: Radskriver, r: Utenforregnskap) -> None:
    v = r.vilkaar
    t = v.aldre - v.alder_ved_tiltak
    rs.blokk("Alder og tid", v.aldre)
    rs.linje("alder", "Alder", "år", "={<alder}+1", v.aldre, "heltall", foerste="={fra_alder}")
    rs.linje("t", "År etter tiltaket", "år", "={alder}-{alder_ved_tiltak}", t, "desimal")
    teller = ((t >= 0) & (t < v.horisont)).astype(float)
    rs.linje("teller", "Regnes med", "0 / 1", "=IF(AND({t}>=0,{t}<{horisont}),1,0)", teller, "flagg")
    mal = "=IF(AND({teller}=1,{t}>={aar_til_effekt}),(1-{skjedd_uansett})*((1-{avgang})/(1+{neddiskontering}))^{t},0)"
    rs.linje("vekt", "Vekt: er der, neddiskontert, skyldes tiltaket", "andel", mal, _full(r, r.vekt), "faktor")
    rs.enkelt("lykkede", "Personer som nås", "personer", "={antall}*{suksessfaktor}", r.lykkede, "desimal")
    mal = "=" + "+".join(f"{{kostnad_{n}}}" for n in FORVALTNINGSNIVAAER)
    rs.enkelt("kostnad_i_alt", "Tiltakets kostnad i alt", "kr", mal, r.kostnad, "kr")


def _hittil(rs: Radskriver, r: Utenforregnskap, hvem: str) -> None:
    netto = _full(r, r.netto_per_aar(hvem))
    skala = float(max(1.0, np.abs(netto).max()))
    rs.linje(
        f"{hvem}.hittil", synsnavn(hvem), "kr", f"={{<{hvem}.hittil}}+{{{hvem}.netto}}", netto.cumsum(), skala=skala
    )
    rs.sum_av_forrige(None, None, f"=MIN({{{hvem}.hittil:}})", float(netto.cumsum().min()), skala=skala)
    under = np.where((_full(r, np.ones(len(r.aldre))) == 1) & (netto.cumsum() < -TOLERANSE_KR), r.vilkaar.aldre, 0.0)
    mal = f"=IF(AND({{teller}}=1,{{{hvem}.hittil}}<-{{toleranse_kr}}),{{alder}},0)"
    rs.linje(f"{hvem}.under", "  alder der pengene ikke er igjen", "år", mal, under, "flagg")
    rs.sum_av_forrige(f"{hvem}.sist_under", None, f"=MAX({{{hvem}.under:}})", float(under.max()), "heltall")


def _nullpunkt(rs: Radskriver, r: Utenforregnskap) -> None:
    """The net at eleven suksessfaktorer: where the line crosses zero."""
    v, akse = r.vilkaar, Akse(rs.akse.foerste_kolonne, 11, "suksess")
    andeler = np.arange(11.0) * SUKSESS_STEG
    n = Radskriver(rs.ark, rs.rad, akse, "={andel_her}")
    n.rad += 1
    n.ark.tekst(n.rad, 0, "Netto ved ulike suksessfaktorer", "blokk", 2)
    n.rad += 1
    n.linje("andel_her", "Suksessfaktor", "andel", "={<andel_her}+{suksess_steg}", andeler, "andel", foerste="=0")
    for syn, navn in SYN.items():
        netto = v.antall * andeler * r.utfall[syn].per_person - r.kostnad
        mal = f"={{antall}}*{{andel_her}}*{{{syn}.gevinst.sum}}-{{kostnad_i_alt}}"
        n.linje(f"{syn}.ved_andel", navn, "kr", mal, netto, skala=float(max(1.0, np.abs(netto).max())))
    rs.rad = n.rad


def _kontroller(rs: Radskriver, r: Utenforregnskap, profilfeil: list[str]) -> None:
    v = r.vilkaar
    rs.overskrift("Kontroll (1 i kolonne C betyr feil)")
    rs.blokk("Avvik", v.aldre, "Feil")
    alle = _full(r, sum((r.for_nivaa(n) for n in FORVALTNINGSNIVAAER), np.zeros(len(r.aldre))))
    navn = [
        krav
        for n, *_ in UTENFORTEKSTER
        for krav in (tekstkrav(f"{{{n}}}", "{maks_navn}"), f'{ren_tekst(f"{{{n}}}")}<>""')
    ]
    kilder = [tekstkrav(f"{{{postnavn(i, 'kilde')}}}") for i in range(1, len(v.poster) + 1)]
    linjer = (
        Hjelperad("k.nivaa", "Forvaltningsnivåene samlet", "kr", "=" + "+".join(f"{{{n}.gevinst}}" for n in FORVALTNINGSNIVAAER), alle, "kr_strek"),
        Radkontroll("k.sum", "Nivåene gir offentlige budsjetter", "=ABS({k.nivaa}-{budsjett.gevinst})", np.zeros(len(v.aldre)), "budsjett.gevinst"),
        Kontroll("k.netto", "Netto er gevinst minus kostnad",
                 holder(f"ABS({{budsjett.netto.sum}}-{{lykkede}}*{{budsjett.gevinst.sum}}+{{kostnad_i_alt}})<={grense('{budsjett.netto.sum}', '-{budsjett.netto.sum}', '{kostnad_i_alt}')}")),
        Kontroll("k.alder", "Tiltaket settes inn ved en alder i profilen", holder("AND({alder_ved_tiltak}>=MIN({alder:}),{alder_ved_tiltak}<=MAX({alder:}))")),
        Kontroll("k.profil", "Alle beløp i profilen er lovlige", holder("+".join(f"{{{n}}}" for n in profilfeil) + "=0")),
        Kontroll("k.tekster", "Alle navn og kilder er lovlige", holder(f"AND({','.join([*navn, *kilder])})")),
        Kontroll("k.inndata", "Alle vilkår er lovlige", holder(f"{{{VILKAARSREGISTER}.feil}}=0")),
    )  # fmt: skip
    kontrollblokk(rs, linjer, "kontroll_feil", "kontroll_feil")


def utenforfigurer(svar: Ark, rad: int, akse: Akse) -> int:
    """Draw the account on another tab, from a row on. Returns the next free row."""
    fra, til = akse.foerste_kolonne, akse.siste_kolonne
    alder = svar.sted("alder").rad

    def serie(noekkel: str, navn: str, farge: str, stiplet: bool) -> Serie:
        her = svar.sted(noekkel)
        return Serie(navn, (her.rad, her.kol, her.rad, her.kol + her.bredde - 1), farge, stiplet=stiplet)

    def linjer(x_px: int, tittel: str, beskrivelse: str, serier: list[Serie], fra_null: bool = False) -> Linjer:
        return Linjer(
            ark=REGNSKAP, plass=Plass(rad, x_px, _BREDDE_PX), tittel=tittel, beskrivelse=beskrivelse, serier=serier,
            etiketter=(alder, fra, alder, til), x_akse="Alder", y_akse="1 000 kr", fra_null=fra_null,
        )  # fmt: skip

    liv = [
        serie(noekkel, f"{GRUPPENE[g]}: {'inntekt' if d == 'inntekt' else 'kostnad'}",
              FARGER["kostnad"] if d == "kostnad" else FARGER["besparelse"], g == "sammenligning")
        for noekkel, (g, d) in LIVSLOEP.items()
    ]  # fmt: skip
    hittil = [
        serie(f"{hvem}.hittil", synsnavn(hvem), NIVAAFARGER[hvem], hvem in ("fylkeskommune", "samfunn"))
        for hvem in (*FORVALTNINGSNIVAAER, *SYN)
    ]
    beskrivelse = "Fire linjer: hva det offentlige betaler for og får av en i målgruppen og en i sammenligningsgruppen."
    svar.figurer.append(linjer(0, "Det offentliges inntekt og kostnad, én person", beskrivelse, liv, fra_null=True))
    beskrivelse = "En linje for hvert forvaltningsnivå og hvert syn. Under null er pengene ikke kommet igjen."
    hoeyre = linjer(_BREDDE_PX + 10, "Netto hittil, for hver", beskrivelse, hittil)
    svar.figurer.append(hoeyre)
    andel = svar.sted("andel_her")
    nullpunkt = Linjer(
        ark=REGNSKAP, plass=Plass(hoeyre.plass.siste_rad + 2, 0, _BREDDE_PX), tittel="Netto ved ulike suksessfaktorer",
        beskrivelse="Der linjen krysser null, går det opp.", x_akse="Suksessfaktor", y_akse="1 000 kr",
        etiketter=(andel.rad, andel.kol, andel.rad, andel.kol + andel.bredde - 1),
        serier=[serie(f"{s}.ved_andel", navn, NIVAAFARGER[s], s == "samfunn") for s, navn in SYN.items()],
    )  # fmt: skip
    svar.figurer.append(nullpunkt)
    svar.sideskift.append(nullpunkt.plass.rad)
    return nullpunkt.plass.siste_rad + 2
