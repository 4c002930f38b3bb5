"""The first tab: the null alternative, the histories behind it, how sure it is, and the block to copy."""

from __future__ import annotations

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Personaanalyse
from velferdslab_model.personas.inputs import SETTREGISTER, prefiks
from velferdslab_model.personas.sentences import KONSTRUERTE_HISTORIER, PERSONAFORBEHOLD
from velferdslab_model.personas.tabs.blokk_rader import blokkrader
from velferdslab_model.personas.tabs.historie_tab import AARENE
from velferdslab_model.personas.terms import historienavn, nullfelt
from velferdslab_model.workbook.adresse import i_anfoersel, kolonnenavn
from velferdslab_model.workbook.charts import FIGUR_RADER, Plass, Serie, Soeyler
from velferdslab_model.workbook.checks import Kontroll, holder, kontrollblokk, kontrollcelle
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Akse, Ark, Sted, Verdi
from velferdslab_model.workbook.rows import Radskriver
from velferdslab_model.workbook.table import Kolonne, Tabell

PERSONASVAR = "Svar"
_SITUASJONER = (
    "Livssituasjon",
    "Nullkostnad (kr i året)",
    "Historier",
    "Personas",
    "Snitt av historiene",
    "Standardavvik av snittet",
)
_HISTORIER = (
    Kolonne("historie", "Historie", 38, "hode_v"),
    Kolonne("start", "Begynner i", 15),
    Kolonne("snitt", "Kr i året", 14),
    Kolonne("kommune", "Kommunen", 14),
    Kolonne("stat", "Staten", 14),
    Kolonne("fri", "Frigjør i kommunen", 14),
    Kolonne("overf", "Overføringer", 14),
    Kolonne("dyrest", "Dyreste år", 14),
    Kolonne("uten", "Snittet uten denne", 14),
    Kolonne("persona", "Persona nr.", 9),
    Kolonne("antall", "Historier om den", 9),
    Kolonne("midt", "Personaens snitt", 14),
)
_SISTE = len(_HISTORIER) - 1


def personasvarark(ark: Ark, a: Personaanalyse) -> None:
    """Plan the tab."""
    ark.siste_kolonne, ark.sider_bredt, ark.laas_ruter = _SISTE, 1, (2, 0)
    ark.kolonnebredder += [(kol, kol, k.bredde) for kol, k in enumerate(_HISTORIER)]
    if a.sett.konstruert:
        ark.topptekst = "Konstruerte tall"
    ark.tekst(0, 0, "Nullalternativet fra personas", "tittel")
    ark.tekst(1, 0, "Kontroll", "etikett")
    kontrollcelle(ark, 1, 1, 1, ("kontroll_feil",))
    konstruert = "Konstruerte tall. " if a.sett.konstruert else ""
    med = "med" if a.sett.med_overfoeringer else "uten"
    mal = f'="{konstruert}Kroner i "&{{prisaar}}&"-priser, "&IF({{teller_overf}}=1,"med","uten")&" overføringer."'
    ark.formel(1, 2, mal, f"{konstruert}Kroner i {a.sett.prisaar}-priser, {med} overføringer.", "dempet")
    s = Skriver(ark, 2, _SISTE)
    nummer = {(t.persona.navn, t.historie.utfall): n for n, t in enumerate(a.historier, start=1)}
    for g in a.grupper.values():
        s.overskrift(BRUKERGRUPPER[g.gruppe])
        _situasjoner(s, g)
        _historier(s, a, g, nummer)
        _bevegelse(s, a, g, nummer)
    _figur(s, a)
    s.overskrift("Til scenariofilen: kopier linjene")
    ark.formel(s.rad, 0, '="prisaar = "&{prisaar}', f"prisaar = {a.sett.prisaar}", "tekst")
    s.rad += 2
    for g in a.grupper.values():
        for noekkel, mal, verdi in blokkrader(a, g):
            if mal:
                ark.formel(s.rad, 0, mal, verdi, "tekst", noekkel)
            else:
                ark.tekst(s.rad, 0, verdi, "tekst")
            s.rad += 1
        s.rad += 1
    s.overskrift("Hva tallene ikke sier")
    for setning in [*([KONSTRUERTE_HISTORIER] if a.sett.konstruert else []), *PERSONAFORBEHOLD]:
        ark.tekst(s.rad, 0, setning, "tekst_bryt", _SISTE)
        ark.radhoeyder[s.rad] = 28
        s.rad += 1
    _kontroller(ark, s.rad, a)


def _situasjoner(s: Skriver, g: Gruppetall) -> None:
    ark, foran = s.ark, f"{g.gruppe}."
    s.hode(*_SITUASJONER)
    for situasjon in LIVSSITUASJONER:
        t, rad = g.situasjoner[situasjon], s.rad
        ord_ = f"{{{foran}ord.{situasjon}}}"
        ark.verdi(f"{foran}ord.{situasjon}", rad, 0, SITUASJONSNAVN[situasjon], "etikett")
        ark.formel(
            rad, 1, f"={{{nullfelt(g.gruppe, situasjon).navn}}}", t.nullkostnad, "kr_fet", f"{foran}null.{situasjon}"
        )
        antall, k, snitt = (f"{{{foran}{n}.{situasjon}}}" for n in ("antall", "personas", "snitt"))
        start, snittene = f"{{{foran}start:}}", f"{{{foran}snitt:}}"
        ark.formel(rad, 2, f"=COUNTIF({start},{ord_})", float(t.antall), "heltall", antall[1:-1])
        mal = f"=SUMPRODUCT(({start}={ord_})/{{{foran}antall:}})"
        ark.formel(rad, 3, mal, float(t.personas), "heltall", k[1:-1])
        mal = f'=IF({antall}=0,"",SUMIFS({snittene},{start},{ord_})/{antall})'
        ark.formel(rad, 4, mal, "" if t.snitt is None else t.snitt, "kr", snitt[1:-1])
        midt, mange = f"{{{foran}midt:}}", f"{{{foran}antall:}}"
        mellom = f"{k}/({k}-1)*SUMPRODUCT(({start}={ord_})*{mange}*({midt}-{snitt})*({midt}-{snitt}))"
        innen = f"{{innenfor}}*SUMPRODUCT(({start}={ord_})*({snittene}-{midt})*({snittene}-{midt}))"
        # A count of personas is a sum of halves; half of one more is surely more than one.
        mal = f'=IF({k}>1+{{halv}},({mellom}+{innen})^{{halv}}/{antall},"")'
        ark.formel(rad, 5, mal, "" if t.sd is None else t.sd, "kr", f"{foran}sd.{situasjon}")
        s.rad += 1
    ark.tekst(
        s.rad,
        0,
        "Standardavviket er av snittet: mellom personas, og mellom beste og verste utfall av den samme.",
        "dempet",
    )
    s.rad += 2


def _historier(s: Skriver, a: Personaanalyse, g: Gruppetall, nummer: dict[tuple[str, str], int]) -> None:
    ark, n = s.ark, len(g.historier)
    tab = Tabell(ark, s.rad, _HISTORIER, n, f"{g.gruppe}.")
    ark.radhoeyder[s.rad] = 28
    tab.gitt("historie", [historienavn(t.persona, t.historie) for t in g.historier], "etikett")
    navnene = [p.navn for p in a.sett.personas]
    tab.gitt("persona", [float(navnene.index(t.persona.navn) + 1) for t in g.historier], "heltall")
    om = [sum(t.persona.navn == u.persona.navn for u in g.historier) for t in g.historier]
    tab.regnet("antall", "=COUNTIF({persona:},{persona})", [float(x) for x in om], "heltall")
    midt = [
        sum(u.snitt for u in g.historier if u.persona.navn == t.persona.navn) / m
        for t, m in zip(g.historier, om, strict=True)
    ]
    tab.regnet("midt", "=SUMIFS({snitt:},{persona:},{persona})/{antall}", midt, "kr")
    samme = "{start:},{start}"
    mal = f'=IF(COUNTIF({samme})=1,"",(SUMIFS({{snitt:}},{samme})-{{snitt}})/(COUNTIF({samme})-1))'
    tab.regnet("uten", mal, ["" if u is None else u for u in g.uten], "kr")
    kolonner: tuple[tuple[str, str, list[Verdi], str], ...] = (
        ("start", "=INDEX({H.situasjon:},1,1)", [SITUASJONSNAVN[t.historie.start] for t in g.historier], "enhet"),
        ("snitt", "={H.snitt}", [t.snitt for t in g.historier], "kr_fet"),
        ("kommune", "={H.telles_kommune_sum}/COUNT({H.aarnr:})", [float(t.betalt_av("kommune").mean()) for t in g.historier], "kr"),
        ("stat", "={H.telles_stat_sum}/COUNT({H.aarnr:})", [float(t.betalt_av("stat").mean()) for t in g.historier], "kr"),
        ("fri", "={H.telles_fri_sum}/COUNT({H.aarnr:})", [float(t.frigjoer.mean()) for t in g.historier], "kr"),
        ("overf", "={H.overf_sum}/COUNT({H.aarnr:})", [float(t.overfoeringer.mean()) for t in g.historier], "kr"),
        ("dyrest", "=MAX({H.telles:})", [float(t.telles.max()) for t in g.historier], "kr"),
    )  # fmt: skip
    for noekkel, mal, tall, stil in kolonner:
        for i, (t, verdi) in enumerate(zip(g.historier, tall, strict=True)):
            her = mal.replace("{H.", f"{{{prefiks(nummer[t.persona.navn, t.historie.utfall])}.")
            ark.formel(tab.rad + i, tab.kol[noekkel], her, verdi, stil)
        ark.registrer(f"{g.gruppe}.{noekkel}", tab.rad, tab.kol[noekkel], tuple(tall), hoeyde=n)
    s.rad = tab.siste_rad + 1
    ark.tekst(s.rad, 0, "Kommunens andel, og frigjort andel av den", "etikett")
    for kol, (noekkel, mal, verdi) in enumerate(
        (
            ("kommunal_andel", "IF(SUM({G.snitt:})=0,0,SUM({G.kommune:})/SUM({G.snitt:}))", g.kommunal_andel),
            ("frigjort_andel", "IF(SUM({G.kommune:})=0,0,SUM({G.fri:})/SUM({G.kommune:}))", g.frigjort_andel),
        ),
        start=1,
    ):
        ark.formel(s.rad, kol, "=" + mal.replace("{G.", f"{{{g.gruppe}."), verdi, "andel", f"{g.gruppe}.{noekkel}")
    s.rad += 1


def _bevegelse(s: Skriver, a: Personaanalyse, g: Gruppetall, nummer: dict[tuple[str, str], int]) -> None:
    """How the histories move from year to year, and what a year in each situation costs."""
    ark, foran = s.ark, f"{g.gruppe}."
    arkene = [prefiks(nummer[t.persona.navn, t.historie.utfall]) for t in g.historier]
    s.rad += 1
    til = [f"til {navn.lower()}" for navn in SITUASJONSNAVN.values()]
    s.hode("År talt fra (rad) til (kolonne) året etter", *til, "År i situasjonen", "Kr i et slikt år")
    siste = AARENE.siste_kolonne
    for i, fra in enumerate(LIVSSITUASJONER):
        ark.tekst(s.rad, 0, f"Fra {SITUASJONSNAVN[fra].lower()}", "etikett")
        ord_fra = f"{{{foran}ord.{fra}}}"
        for k, naa in enumerate(LIVSSITUASJONER):
            ledd = []
            for h in arkene:
                sted = ark.sted(f"{h}.situasjon")
                rad, navn = sted.rad + 1, i_anfoersel(sted.ark)
                denne, neste = (
                    f"{navn}!${kolonnenavn(fra_)}${rad}:${kolonnenavn(til_)}${rad}"
                    for fra_, til_ in ((sted.kol, siste - 1), (sted.kol + 1, siste))
                )
                ledd.append(f"SUMPRODUCT(({denne}={ord_fra})*({neste}={{{foran}ord.{naa}}}))")
            ark.formel(
                s.rad, 1 + k, "=" + "+".join(ledd), float(g.overganger[i][k]), "heltall", f"{foran}overgang.{fra}.{naa}"
            )
        aar = f"{foran}situasjonsaar.{fra}"
        mal = "=" + "+".join(f"COUNTIF({{{h}.situasjon:}},{ord_fra})" for h in arkene)
        ark.formel(s.rad, 5, mal, float(g.situasjonsaar[i]), "heltall", aar)
        sum_ = "+".join(f"SUMPRODUCT(({{{h}.situasjon:}}={ord_fra})*{{{h}.telles:}})" for h in arkene)
        kr = g.situasjonskostnad[i]
        mal = f'=IF({{{aar}}}=0,"",({sum_})/{{{aar}}})'
        ark.formel(s.rad, 6, mal, "" if kr is None else kr, "kr", f"{foran}situasjonskostnad.{fra}", skala=kr or 1.0)
        s.rad += 1


def _figur(s: Skriver, a: Personaanalyse) -> None:
    """Every history as a bar by payer, a group beside the other."""
    ark = s.ark
    s.overskrift("Historiene ved siden av hverandre", ny_side=True)
    rad = s.figurrader(FIGUR_RADER + 1)
    for i, gruppe in enumerate(a.grupper):
        steder = {n: ark.sted(f"{gruppe}.{n}") for n in ("historie", "kommune", "stat")}

        ark.figurer.append(
            Soeyler(
                ark=PERSONASVAR, plass=Plass(rad, 620 * i, 610), tittel=f"{BRUKERGRUPPER[gruppe]}: kroner i året",
                beskrivelse="En søyle for hver historie, delt på hva kommunen og staten betaler.", stabling="stacked",
                etiketter=_omraade(steder["historie"]), y_akse="1 000 kr", fra_null=True,
                serier=[Serie("Kommunen", _omraade(steder["kommune"]), FARGER["kommune"]), Serie("Staten", _omraade(steder["stat"]), FARGER["stat"])],
            )
        )  # fmt: skip


def _omraade(sted: Sted) -> tuple[int, int, int, int]:
    return sted.rad, sted.kol, sted.rad + sted.hoeyde - 1, sted.kol


def _kontroller(ark: Ark, rad: int, a: Personaanalyse) -> None:
    rs = Radskriver(ark, rad, Akse(3, 1, "kontroll"), sum_kolonne=2)
    rs.overskrift("Kontroll (1 betyr feil)")
    alle = "+".join(f"{{{prefiks(n)}.feil}}" for n in range(1, len(a.historier) + 1))
    linjer = [
        Kontroll("k.historier", "Alle år og tjenester i historiene er lovlige", holder(f"{alle}=0")),
        Kontroll("k.sett", "Alle vilkår er lovlige", holder(f"{{{SETTREGISTER}.feil}}=0")),
    ]
    for gruppe in a.grupper:
        start = "+".join(f"{{{gruppe}.antall.{s}}}" for s in LIVSSITUASJONER)
        navn = BRUKERGRUPPER[gruppe]
        linjer.append(
            Kontroll(
                f"k.{gruppe}.start",
                f"{navn}: alle historier begynner i en livssituasjon",
                holder(f"{start}=ROWS({{{gruppe}.start:}})"),
            )
        )
        like = f"SUMPRODUCT(({{{gruppe}.snitt:}}-{{{gruppe}.midt:}})*{{{gruppe}.antall:}})"
        grense = f"{{kontroll_toleranse}}*MAX(1,{{{gruppe}.snitt:}})"
        linjer.append(
            Kontroll(
                f"k.{gruppe}.midt",
                f"{navn}: avvikene fra hver personas snitt går opp i null",
                holder(f"ABS({like})<={grense}"),
            )
        )
        hele = "+".join(f"ABS({{{gruppe}.personas.{s}}}-ROUND({{{gruppe}.personas.{s}}},0))" for s in LIVSSITUASJONER)
        linjer.append(
            Kontroll(
                f"k.{gruppe}.par",
                f"{navn}: beste og verste utfall begynner i samme livssituasjon",
                holder(f"{hele}<={{kontroll_toleranse}}"),
            )
        )
    kontrollblokk(rs, linjer, "kontroll_feil", "kontroll_feil")
