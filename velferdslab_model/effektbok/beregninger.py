"""The calculation blocks of a group's main tab. Each row's formula stands beside the engine's array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

import numpy as np

from velferdslab_model.alternativ import SUMMER
from velferdslab_model.base.ord import HVEM, IKKE_INNEN, SERIENAVN, SERIETEKST, SITUASJONSNAVN, liten
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.model.aarsserier import NETTO, Pengeserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import TOLERANSE_KR
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.rows import Radskriver

#: Whose the saving is: the share of each payer, as a formula.
BESPARELSENS_ANDELER = {
    "kommune": "{kommunal_andel_nullalternativ}",
    "fylkeskommune": "(1-{kommunal_andel_nullalternativ})*{fylkeskommunal_andel_av_resten}",
    "stat": "(1-{kommunal_andel_nullalternativ})*(1-{fylkeskommunal_andel_av_resten})",
}
#: The series of a net block, in order.
_SERIER = tuple(felt.name for felt in fields(Pengeserier))


def beregninger(r: Radskriver, g: Grupperesultat) -> None:
    """Plan all blocks of a group."""
    r.overskrift(
        "Beregninger (faste priser, ikke neddiskontert; de neddiskonterte radene, som figurene bruker, står under)"
    )
    _tid(r, g)
    _kohort(r, g)
    _kostnader(r, g)
    _besparelse_og_gevinst(r, g)
    _netto(r, g)
    nettoblokk(
        r,
        "",
        "neddiskontering",
        "Neddiskontert",
        _SERIER,
        g.penger,
        g.serier.diskonteringsfaktor,
        g.tilbakebetalingsaar,
        g.aar,
    )
    _alternativ(r, g)
    _enkeltindivid(r, g)


def _tid(r: Radskriver, g: Grupperesultat) -> None:
    t, ja = g.gruppe.analyseperiode, np.ones(g.gruppe.analyseperiode)
    inntak = (np.arange(t) < g.gruppe.inntaksaar).astype(float)
    r.rad += 1
    r.ark.tekst(r.rad, 0, "Tid", "blokk")
    r.rad += 1
    r.linje("indeks", "År nummer", "år", "={<indeks}+1", [float(i + 1) for i in range(AAR.antall)], "heltall")
    r.linje("i_perioden", "I analyseperioden", "1 / 0", "=IF({indeks}<={analyseperiode},1,0)", ja, "flagg")
    mal = "={i_perioden}*IF({indeks}<={inntaksaar},1,0)"
    r.linje("inntak_aapent", "Tar inn nye deltakere", "1 / 0", mal, inntak, "flagg")
    mal = "={i_perioden}*({analysetidspunkt}+{indeks}-1)"
    r.linje("aar", "Kalenderår", "årstall", mal, [float(a) for a in g.aar], "aar", navn="aar")
    # An axis of dates is as long as the labels it holds: after the last year it stands again.
    nummer = [min(i + 1, t) for i in range(AAR.antall)]
    mal = "=DATE({analysetidspunkt}+MIN({indeks},{analyseperiode})-1,1,1)"
    aarene = [_dag(date(g.foerste_aar + i - 1, 1, 1)) for i in nummer]
    r.linje("akse_aar", "Figurenes akse: kalenderår", "årstall", mal, aarene, "akse_aar")
    mal = "=DATE({analysetidspunkt},1,MIN({indeks},{analyseperiode}))"
    r.linje(
        "akse_indeks",
        "Figurenes akse: år nummer",
        "år",
        mal,
        [_dag(date(g.foerste_aar, 1, i)) for i in nummer],
        "akse_dag",
    )
    mal = "={i_perioden}*(1+{reell_vekst})^({indeks}-1)"
    r.linje("realvekst", "Reell vekst", "faktor", mal, g.serier.realvekst, "faktor")


def _dag(dag: date) -> float:
    """A date as a spreadsheet counts it."""
    return float((dag - date(1899, 12, 30)).days)


def _kohort(r: Radskriver, g: Grupperesultat) -> None:
    folk = g.serier.kohort
    enhet = "deltakere"
    r.blokk("I velferdslab, etter inngang og nå", g.aar)
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(UTGANGSSITUASJONER[s:], start=s):
            mal = f"={{inntak_aapent}}*{{inntak_{fra}}}"
            if j > s:
                forrige = UTGANGSSITUASJONER[j - 1]
                mal = f"={{i_perioden}}*{{suksessrate_{forrige}}}*{{<inne.{fra}.{forrige}}}"
            r.linje(f"inne.{fra}.{naa}", _fra_til(fra, naa), enhet, mal, folk.i_programmet[s, j], "antall")
    r.blokk("Sluttet etter forrige år uten å lykkes", g.aar)
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(UTGANGSSITUASJONER[s:], start=s):
            mal = f"={{i_perioden}}*(1-{{suksessrate_{naa}}})*{{<inne.{fra}.{naa}}}"
            r.linje(f"sluttet.{fra}.{naa}", _fra_til(fra, naa), enhet, mal, folk.sluttet[s, j], "antall")
    r.blokk("Ute av velferdslab, etter inngang og nå", g.aar)
    for s, fra in enumerate(UTGANGSSITUASJONER):
        # Those back in s come last: they are counted from the other rows of last year.
        for j in (*range(s + 1, 4), s):
            naa = LIVSSITUASJONER[j]
            r.linje(f"ute.{fra}.{naa}", _fra_til(fra, naa), enhet, _ute(s, j), folk.utenfor[s, j], "antall")
    r.blokk("Flyttet, i eller etter velferdslab", g.aar)
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(LIVSSITUASJONER[s + 1 :], start=s + 1):
            inne = f"{{inne.{fra}.{naa}}}+" if j < 3 else ""
            mal = f"={inne}{{ute.{fra}.{naa}}}"
            r.linje(f"flyttet.{fra}.{naa}", _fra_til(fra, naa), enhet, mal, g.serier.personer[s, j], "antall")
    r.blokk("Deltakere i velferdslab, etter situasjonen nå", g.aar)
    for j, naa in enumerate(UTGANGSSITUASJONER):
        mal = "=" + "+".join(f"{{inne.{fra}.{naa}}}" for fra in UTGANGSSITUASJONER[: j + 1])
        navn = f"deltakere_{naa}"
        r.linje(navn, SITUASJONSNAVN[naa], enhet, mal, g.serier.deltakere[j], "antall", navn=navn)
    mal = "=" + "+".join(f"{{inne.{s}.{s}}}" for s in UTGANGSSITUASJONER)
    r.linje("nye", "Nye i året", enhet, mal, g.serier.nye.sum(0), "antall")
    r.sum_av_forrige("tatt_inn", "tatt_inn", "=SUM({nye:})", g.tatt_inn, "antall")
    ledd = "+".join(
        f"{{inne.{s}.{s}}}*{{timer.oppstart.{s}}}+{{deltakere_{s}}}*{{timer.drift.{s}}}" for s in UTGANGSSITUASJONER
    )
    r.linje(
        "aarsverk",
        "Årsverk brukt",
        "årsverk",
        f"=({ledd})/{{timer_per_aarsverk}}",
        g.serier.aarsverk,
        "antall",
        "aarsverk",
    )


def _ute(s: int, j: int) -> str:
    """The row of those who left, entered in s and now in j (docs/modell.md section 6)."""
    fra, naa = UTGANGSSITUASJONER[s], LIVSSITUASJONER[j]
    if j == s:
        tilbake = "".join(f"+(1-{{beholder_steget}})*{{sluttet.{fra}.{b}}}" for b in UTGANGSSITUASJONER[s + 1 :])
        falt = "+".join(f"{{<ute.{fra}.{b}}}" for b in LIVSSITUASJONER[s + 1 :])
        return (
            f"={{i_perioden}}*({{<ute.{fra}.{fra}}}+{{sluttet.{fra}.{fra}}}{tilbake}+{{aarlig_tilbakefall}}*({falt}))"
        )
    blir = f"(1-{{aarlig_tilbakefall}})*{{<ute.{fra}.{naa}}}"
    ny = f"{{beholder_steget}}*{{sluttet.{fra}.{naa}}}" if j < 3 else f"{{suksessrate_stabil}}*{{<inne.{fra}.stabil}}"
    return f"={{i_perioden}}*({blir}+{ny})"


def _kostnader(r: Radskriver, g: Grupperesultat) -> None:
    serier, penger = g.serier, g.serier.ikke_neddiskontert
    r.blokk("Kostnad, ikke neddiskontert", g.aar)
    for b, betaler in enumerate(BETALERE):
        mal = "=" + "+".join(f"{{inne.{s}.{s}}}*{{oppstart.{betaler}.{s}}}" for s in UTGANGSSITUASJONER)
        r.linje(f"l.oppstart.{betaler}", f"Oppstart, {betaler}", "kr", mal, serier.oppstart[b])
        mal = "=" + "+".join(f"{{deltakere_{s}}}*{{drift.{betaler}.{s}}}" for s in UTGANGSSITUASJONER)
        r.linje(f"l.drift.{betaler}", f"Drift, {betaler}", "kr", mal, serier.drift[b])
    r.linje("l.fast", "Fast årskostnad, kommune", "kr", "={inntak_aapent}*{fast_aarskostnad}", serier.fast)
    mal = "={l.oppstart.kommune}+{l.drift.kommune}+{l.fast}"
    r.linje("l.kostnad_kommune", "Kostnad, kommune", "kr", mal, penger.kostnad_kommune)
    for betaler in BETALERE[1:]:
        mal, verdier = f"={{l.oppstart.{betaler}}}+{{l.drift.{betaler}}}", getattr(penger, f"kostnad_{betaler}")
        r.linje(f"l.kostnad_{betaler}", f"Kostnad, {betaler}", "kr", mal, verdier)
    mal = "=" + "+".join(f"{{l.kostnad_{betaler}}}" for betaler in BETALERE)
    r.linje("l.kostnad", SERIENAVN["kostnad"], "kr", mal, penger.kostnad)


def _besparelse_og_gevinst(r: Radskriver, g: Grupperesultat) -> None:
    serier, penger = g.serier, g.serier.ikke_neddiskontert
    r.blokk("Besparelse og gevinst, ikke neddiskontert", g.aar)
    for s, fra in enumerate(UTGANGSSITUASJONER):
        mal = "=" + "+".join(f"{{inne.{fra}.{j}}}*{{besparelse_i.{fra}.{j}}}" for j in UTGANGSSITUASJONER[s:])
        tekst = f"Besparelse i velferdslab, fra {SITUASJONSNAVN[fra].lower()}"
        r.linje(f"l.spart_i.{fra}", tekst, "kr", mal, serier.besparelse_i_programmet[s])
    for s, fra in enumerate(UTGANGSSITUASJONER):
        mal = "=" + "+".join(f"{{ute.{fra}.{j}}}*{{besparelse_etter.{fra}.{j}}}" for j in LIVSSITUASJONER[s + 1 :])
        r.linje(
            f"l.spart_e.{fra}",
            f"Besparelse etter, fra {SITUASJONSNAVN[fra].lower()}",
            "kr",
            mal,
            serier.besparelse_etter[s],
        )
    mal = "=" + "+".join(f"{{l.spart_{del_}.{s}}}" for del_ in "ie" for s in UTGANGSSITUASJONER)
    r.linje("l.besparelse", SERIENAVN["besparelse"], "kr", mal, penger.besparelse)
    for betaler, andel in BESPARELSENS_ANDELER.items():
        verdier = getattr(penger, f"besparelse_{betaler}")
        r.linje(f"l.besparelse_{betaler}", f"Besparelse, {betaler}", "kr", f"={andel}*{{l.besparelse}}", verdier)
    ledd = "+".join(f"{{deltakere_{s}}}*{{nullalternativ_{s}}}" for s in UTGANGSSITUASJONER)
    mal = f"={{erstatningsgrad}}*({ledd})"
    r.linje("l.erstattede_tjenester", "Besparelse, erstattede tjenester", "kr", mal, penger.erstattede_tjenester)
    mal = "=" + "+".join(
        f"{{flyttet.{fra}.{j}}}*{{besparelse_etter.{fra}.{j}}}"
        for s, fra in enumerate(UTGANGSSITUASJONER)
        for j in LIVSSITUASJONER[s + 1 :]
    )
    r.linje("l.bedret_situasjon", "Besparelse, bedret situasjon", "kr", mal, penger.bedret_situasjon)
    for sats, navn, tekst in (
        ("helsesats", "helsegevinst", SERIENAVN["helsegevinst"]),
        ("produksjonssats", "produksjonsgevinst", SERIENAVN["produksjonsgevinst"]),
    ):
        ledd = "+".join(
            f"{{flyttet.{fra}.{j}}}*{{{sats}.{fra}.{j}}}"
            for s, fra in enumerate(UTGANGSSITUASJONER)
            for j in LIVSSITUASJONER[s + 1 :]
        )
        r.linje(f"l.{navn}", tekst, "kr", f"={{realvekst}}*({ledd})", getattr(penger, navn))
    for navn, tekst, mal in (
        ("", "Offentlig inntekt", "={offentlig_andel_produksjonsgevinst}*{l.produksjonsgevinst}"),
        ("_kommune", "Offentlig inntekt, kommune", "={kommunal_andel_offentlig_inntekt}*{l.offentlig_inntekt}"),
        ("_stat", "Offentlig inntekt, stat", "=(1-{kommunal_andel_offentlig_inntekt})*{l.offentlig_inntekt}"),
    ):
        r.linje(f"l.offentlig_inntekt{navn}", tekst, "kr", mal, getattr(penger, f"offentlig_inntekt{navn}"))


def _netto(r: Radskriver, g: Grupperesultat) -> None:
    penger = g.serier.ikke_neddiskontert
    r.blokk("Netto, ikke neddiskontert", g.aar)
    for navn, mal in (
        ("netto_budsjett", "={l.besparelse}-{l.kostnad}+{l.offentlig_inntekt}"),
        ("skattefinansieringskostnad", "=-{skattefinansieringssats}*{l.netto_budsjett}"),
        (
            "netto_samfunn",
            "={l.besparelse}-{l.kostnad}+{l.helsegevinst}+{l.produksjonsgevinst}-{l.skattefinansieringskostnad}",
        ),
        ("netto_kommune", "={l.besparelse_kommune}-{l.kostnad_kommune}+{l.offentlig_inntekt_kommune}"),
        ("netto_fylkeskommune", "={l.besparelse_fylkeskommune}-{l.kostnad_fylkeskommune}"),
        ("netto_stat", "={l.besparelse_stat}-{l.kostnad_stat}+{l.offentlig_inntekt_stat}"),
        ("netto_kommune_realiserbar", "={realiserbar_andel}*{l.besparelse_kommune}-{l.kostnad_kommune}"),
    ):
        r.linje(f"l.{navn}", SERIETEKST[navn], "kr", mal, getattr(penger, navn))
    rader = (f"{f}({{l.{navn}_fylkeskommune:}})=0" for navn in ("kostnad", "besparelse") for f in ("MAX", "MIN"))
    mal = f"=IF(AND({','.join(rader)}),0,1)"
    r.enkelt(
        "fylket_er_med", "Fylkeskommunen betaler eller sparer noe", "1 / 0", mal, int(penger.fylket_er_med), "heltall"
    )


def nettoblokk(
    r: Radskriver,
    foran: str,
    rente: str,
    tittel: str,
    serier: Sequence[str],
    penger: Pengeserier,
    faktor: Array,
    aar_tilbake: Mapping[str, int | None],
    aar: Sequence[int],
    navngi_rader: bool = True,
    fra: str = "l.",
) -> None:
    """Discount running rows at the rate under one key, sum them, accumulate the nets and find their payback years.

    foran: prefix of the keys and names of this block, so that it can stand again at another rate.
    serier: fields of Pengeserier, whose running rows stand under fra and the name. penger, faktor: the engine's
    discounted series and discount factors. navngi_rader: whether the rows, and not only the sums, get defined names.
    """
    r.blokk(f"{tittel}: kroner", aar, "Sum")
    d = f"{foran}diskonteringsfaktor"
    mal = f"={{i_perioden}}/(1+{{{rente}}})^({{indeks}}-1)"
    r.linje(d, "Diskonteringsfaktor", "faktor", mal, faktor, "faktor", navn=d if navngi_rader else None)
    for serie in serier:
        navn = foran + serie
        r.linje(
            navn,
            SERIETEKST[serie],
            "kr",
            f"={{{fra}{serie}}}*{{{d}}}",
            getattr(penger, serie),
            navn=navn if navngi_rader else None,
        )
        if serie in SUMMER:
            sum_ = f"{foran}sum_{serie}"
            r.sum_av_forrige(sum_, sum_, f"=SUM({{{navn}:}})", float(getattr(penger, serie).sum()))
    r.blokk(f"{tittel}: akkumulert netto", aar)
    nettoer = [x for x in NETTO if f"netto_{x}" in serier]
    for x in nettoer:
        navn = f"{foran}akkumulert_{x}"
        mal = f"={{i_perioden}}*({{<{navn}}}+{{{foran}netto_{x}}})"
        r.linje(
            navn, f"Akkumulert, {liten(HVEM[x])}", "kr", mal, penger.akkumulert(x), navn=navn if navngi_rader else None
        )
    r.blokk(f"{tittel}: tilbakebetalt fra og med", aar, "Resultat")
    for x in nettoer:
        ogsaa = "fylket_er_med" if x == "fylkeskommune" else None
        tilbakebetaling(r, foran, x, penger.akkumulert(x), aar_tilbake[x], aar, ogsaa=ogsaa)


def tilbakebetaling(
    r: Radskriver,
    foran: str,
    x: str,
    akkumulert: Array,
    svar: int | str | None,
    aar: Sequence[int],
    kostnad: str = "sum_kostnad",
    ellers: str = "{tekst_ikke_innen}",
    navngi: bool = True,
    ogsaa: str | None = None,
) -> None:
    """The helper row of one net, left to right the first year after the latest deficit, and the payback year.

    kostnad: key of the sum that must be above 0 for there to be anything to pay back.
    ellers: what the formula says otherwise; svar None is written as the text it gives. navngi: whether the year gets a
    defined name. ogsaa: key of one more thing that must be above 0.
    """
    hjelp, akk = f"{foran}hjelp_{x}", f"{foran}akkumulert_{x}"
    mal = f"={{i_perioden}}*IF({{{akk}}}<-{{toleranse_kr}},{{aar}}+1,MAX({{<{hjelp}}},{{analysetidspunkt}}))"
    r.linje(hjelp, f"Tilbakebetalt, {liten(HVEM[x])}", "årstall", mal, _hjelperad(akkumulert, aar), "aar")
    navn = f"{foran}tilbakebetalingsaar_{x}"
    innen = f"MAX({{{hjelp}:}})<{{analysetidspunkt}}+{{analyseperiode}}"
    krav = "".join(f"{{{noekkel}}}>0," for noekkel in (kostnad, ogsaa) if noekkel)
    mal = f"=IF(AND({krav}{innen}),MAX({{{hjelp}:}}),{ellers})"
    r.sum_av_forrige(navn, navn if navngi else None, mal, IKKE_INNEN if svar is None else svar, "aar_fet")


def _hjelperad(akkumulert: Array, aar: Sequence[int]) -> list[Verdi]:
    ut: list[Verdi] = []
    hittil = aar[0]
    for kalenderaar, sum_ in zip(aar, akkumulert, strict=True):
        hittil = kalenderaar + 1 if sum_ < -TOLERANSE_KR else hittil
        ut.append(hittil)
    return ut


def _alternativ(r: Radskriver, g: Grupperesultat) -> None:
    alternativ = g.alternativ
    r.rad += 1
    r.ark.tekst(r.rad, 0, "Rente ved siden av den valgte", "etikett")
    r.ark.tekst(r.rad, 1, "per år", "enhet")
    mal = "=IF({neddiskontering}=0,{standard_alternativ_rente},0)"
    r.ark.formel(r.rad, 2, mal, alternativ.rente, "andel", "alternativ_rente", "alternativ_rente")
    r.rad += 1
    nettoblokk(
        r,
        "alternativ_",
        "alternativ_rente",
        "Ved den andre renten",
        ("netto_budsjett", "netto_samfunn"),
        alternativ.serier,
        alternativ.faktor,
        alternativ.tilbakebetalingsaar,
        g.aar,
        navngi_rader=False,
    )


def _enkeltindivid(r: Radskriver, g: Grupperesultat) -> None:
    """One person from uholdbar to bærekraftig, with the extended assumptions neutral."""
    folk, penger = g.enkeltindivid.kohort, g.enkeltindivid.neddiskontert
    r.blokk("Enkeltindivid: fra uholdbar til bærekraftig", range(1, len(g.aar) + 1), merke="={i_perioden}*{indeks}")
    steg = UTGANGSSITUASJONER
    for j, naa in enumerate(steg):
        mal = "={i_perioden}*IF({indeks}=1,1,0)" if j == 0 else f"={{i_perioden}}*{{<ind.{steg[j - 1]}}}"
        r.linje(
            f"ind.{naa}",
            f"I velferdslab, {SITUASJONSNAVN[naa].lower()}",
            "person",
            mal,
            folk.i_programmet[0, j],
            "flagg",
        )
    mal = "={i_perioden}*({<ind.baerekraftig}+{<ind.stabil})"
    r.linje("ind.baerekraftig", SITUASJONSNAVN["baerekraftig"], "person", mal, folk.utenfor[0, 3], "flagg")
    d = "*{diskonteringsfaktor}"
    mal = "=({ind.uholdbar}*{sats_foerste_aar.uholdbar}+{ind.utsatt}*{sats_drift.utsatt}+{ind.stabil}*{sats_drift.stabil})"
    r.linje("ind_kostnad", SERIENAVN["kostnad"], "kr", mal + d, penger.kostnad, navn="ind_kostnad")
    mal = (
        "=({nullalternativ_uholdbar}*({ind.uholdbar}+{ind.utsatt}+{ind.stabil})"
        "+({nullalternativ_uholdbar}-{nullalternativ_baerekraftig})*{ind.baerekraftig})"
    )
    r.linje("ind_besparelse", SERIENAVN["besparelse"], "kr", mal + d, penger.besparelse, navn="ind_besparelse")
    for navn, tekst, verdi, nivaa in (
        ("ind_helsegevinst", SERIENAVN["helsegevinst"], "verdi_qaly", "livskvalitet"),
        ("ind_produksjonsgevinst", SERIENAVN["produksjonsgevinst"], "loennskostnad", "stillingsandel"),
    ):
        ledd = "+".join(f"{{ind.{j}}}*({{{nivaa}_{j}}}-{{{nivaa}_uholdbar}})" for j in LIVSSITUASJONER[1:])
        serie = getattr(penger, navn.removeprefix("ind_"))
        r.linje(navn, tekst, "kr", f"={{{verdi}}}*({ledd}){d}", serie, navn=navn)
    for x, ledd in (
        ("budsjett", "{ind_besparelse}-{ind_kostnad}"),
        ("samfunn", "{ind_besparelse}+{ind_helsegevinst}+{ind_produksjonsgevinst}-{ind_kostnad}"),
    ):
        navn = f"ind_akkumulert_{x}"
        mal = f"={{i_perioden}}*({{<{navn}}}+{ledd})"
        r.linje(navn, f"Akkumulert, {liten(HVEM[x])}", "kr", mal, penger.akkumulert(x), navn=navn)


def _fra_til(fra: str, naa: str) -> str:
    if fra == naa:
        return f"Inn som {SITUASJONSNAVN[fra].lower()}, fortsatt der"
    return f"Inn som {SITUASJONSNAVN[fra].lower()}, nå {SITUASJONSNAVN[naa].lower()}"
