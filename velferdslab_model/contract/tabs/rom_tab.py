"""The room to bargain in, the scenarios and the published table: values, but for the agreed point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.tall import kr
from velferdslab_model.contract.analysis import Tilfelle
from velferdslab_model.contract.bargaining import MEST_PRIS, Balansepunkt
from velferdslab_model.contract.tabellen import UENIGHET, gjelder, tabellen
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.tabs.investor_rader import UTEN, tilbake_i
from velferdslab_model.contract.tabs.risikosvar import MINST, minstverdi, tapsverdi
from velferdslab_model.contract.terms import AVRUNDING
from velferdslab_model.contract.words import PARTSNAVN, maa_oppnaas, rateord
from velferdslab_model.workbook.charts import Plass, Punkter, Serie
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import Ark, Verdi

ROM, SCENARIER, TABELLEN = "Forhandlingsrom", "Scenarier", "Askers tabell"


def romark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab with the zone in which all gain."""
    v, rom = g.v, g.laget.rom
    ark.kolonnebredder += [(0, 0, 34), (1, 12, 14)]
    ark.siste_kolonne, ark.skalering, ark.sider_bredt, ark.laas_ruter = 12, 60, 1, (2, 1)
    ark.formel(0, 0, '="Forhandlingsrom: "&TRIM({navn})', f"Forhandlingsrom: {v.navn}", "tittel")
    ferskhetslinje(ark, 1, 8)
    b = Skriver(ark, 2, 12)
    b.overskrift("Balansepunkt: der en part verken tjener eller taper")
    if rom is None:
        b.setning("Det betales ikke per person, så det er ingen pris å forhandle om. Se fanen Scenarier.")
        return
    laget = g.laget.avtalt.vilkaar
    rate = rateord(replace(laget, telling=None))
    b.setning(
        f"Forventet gevinst, {rom.grunnlag}. Investoren etter avkastningskravet. {rate[:1].upper()}{rate[1:]}."
        f" Prøvd til {kr(MEST_PRIS)} ganger prisen.",
        "dempet",
    )
    b.setning("Uten formler: hvert punkt er en egen fordeling, og et balansepunkt er et søk gjennom dem.", "dempet")
    if "kommune" not in rom.gevinst:
        b.setning("Kommunen er ikke med: nullalternativet er ikke oppgitt.", "setning")
    b.hode("Part", "Pris per person", "Suksessrate", "Forventet gevinst, avtalt", hoeyde=30)
    for part in rom.gevinst:
        b.tabellrad(
            PARTSNAVN[part],
            _punkt(rom.pris[part], laget.pris, "kr"),
            _punkt(rom.rate[part], 1.0, "andel"),
            (rom.avtalt[part], "kr"),
        )
    b.overskrift("Hvor alle tjener: pris mot rate")
    topp = b.figurrader(20)
    felles = rom.alle_tjener
    b.setning("Punktene figuren er tegnet av. Avtalt punkt følger vilkårene.", "dempet")
    hode = b.hode("Suksessrate", "Alle tjener: pris", "Noen taper: pris", "Avtalt pris")
    ark.formel(b.rad, 0, "={rate_vist}", g.v.suksessrate[0], "andel")
    ark.formel(b.rad, 3, "={pris_vist}", g.v.pris, "kr")
    b.rad += 1
    for i, pr in enumerate(rom.priser):
        for j, rate in enumerate(rom.rater):
            ark.fast(b.rad, 0, float(rate), "andel")
            ark.fast(b.rad, 1 if felles[i, j] else 2, float(pr), "kr")
            b.rad += 1
    siste = b.rad - 1

    avtalt = Serie(
        "Avtalt", (hode + 1, 3, hode + 1, 3), FARGER["kostnad"], etiketter=(hode + 1, 0, hode + 1, 0), fremhevet=True
    )

    def serie(kol: int, navn: str, farge: str) -> Serie:
        return Serie(navn, (hode + 2, kol, siste, kol), farge, etiketter=(hode + 2, 0, siste, 0))

    ark.figurer.append(
        Punkter(
            ark=ark.navn, plass=Plass(topp, 0, 900, 360), tittel="Pris og rate der alle partene tjener",
            beskrivelse="Et punkt for hver prøvd pris og rate, med det avtalte punktet i.",
            etiketter=(hode + 1, 0, siste, 0), x_akse="Suksessrate", y_akse="Pris per person, 1 000", x_format=AKSE_ANDEL,
            serier=[serie(1, "Alle tjener", FARGER["besparelse"]), serie(2, "Noen taper", "#C8CED2"), avtalt],
            forklaring="right",
        )
    )  # fmt: skip
    ark.siste_utskriftsrad = hode - 2


def _punkt(p: Balansepunkt, ganger: float, stil: str) -> tuple[Verdi, str]:
    return (p.ord_, stil) if p.verdi is None else (p.verdi * ganger, stil)


def scenarieark(ark: Ark, g: Grunnlag) -> None:
    """Plan the scenarios beside the agreed contract, and what it takes where no null alternative is given."""
    ark.kolonnebredder += [(0, 0, 50), (1, 6, 20)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter = 6, 70, (2, 1)
    ark.formel(0, 0, '="Scenarier: "&TRIM({navn})', f"Scenarier: {g.v.navn}", "tittel")
    ferskhetslinje(ark, 1, 6)
    b = Skriver(ark, 2, 6)
    b.overskrift("Avtalt, lavt og høyt inntak, og avvikling før tiden")
    b.setning(
        "Avtalt følger vilkårene. Hvert scenario er hele kontrakten en gang til, regnet da boken ble laget. Skriv det inn i Vilkår "
        "(inntak, eller «Avsluttes før tiden») for å se det levende.",
        "dempet",
    )
    b.hode("", "Avtalt", *g.laget.scenarier)
    har_null = g.laget.avtalt.vilkaar.nullalternativ is not None
    lev = g.naa.leverandoer

    def rad(tekst: str, mal: str, hent: Callable[[Tilfelle], Verdi], stil: str, naa: Verdi = None) -> None:
        ark.tekst(b.rad, 0, tekst, "etikett")
        verdi = ark.bok.steder[mal].verdier[0] if naa is None else naa
        skala = max(1.0, abs(verdi)) if isinstance(verdi, float) else 1.0
        ark.formel(b.rad, 1, f"={{{mal}}}" if naa is None else mal, verdi, stil, skala=skala)
        for kol, t in enumerate(g.laget.scenarier.values(), start=2):
            annen, egen = _celle(hent(t), stil)
            ark.fast(b.rad, kol, annen, "tilbake" if isinstance(annen, str) else egen)
        b.rad += 1

    rad("Deltakere i alt", "deltakere.sum", lambda t: float(sum(t.vilkaar.deltakere)), "heltall")
    rad("Lykkes", "lykkede.sum", lambda t: float(t.lykkede.sum()), "antall")
    rad("Betaling når det forventede antallet lykkes", "betalt.sum", lambda t: t.betalt, "kr")
    rad("Forventet betaling under takene", "risiko.forventet", lambda t: t.fordeling.forventet, "kr")
    rad("Sjanse for at takene kutter", "risiko.p_kuttet", lambda t: t.fordeling.p_kuttet, "andel")
    rad(
        "Kommunen netto" + ("" if har_null else ", uten besparelse"),
        "kommune.netto.sum",
        lambda t: t.stroemmer.kommune.sum,
        "kr",
    )
    rad("Kommunen mest ute", "kommune.bunn", lambda t: t.stroemmer.kommune.bunn, "kr")
    rad(
        "Sjanse for at kommunen betaler mer enn den sparer",
        "risiko.tap.kommune",
        lambda t: tapsverdi(t, "kommune"),
        "andel",
    )
    rad("Sjanse for at staten betaler mer enn den sparer", "risiko.tap.stat", lambda t: tapsverdi(t, "stat"), "andel")
    rad("Leverandøren netto", "leverandoer.netto.sum", lambda t: t.stroemmer.leverandoer.sum, "kr")
    mal = f'=IF({{leverandoer.drift.sum}}<0,1-{{leverandoer.netto.sum}}/{{leverandoer.drift.sum}},"{UTEN}")'
    rad("Leverandørens dekning av kostnaden", mal, lambda t: _ta(t.leverandoer.dekning), "andel", _ta(lev.dekning))
    rad(MINST, "risiko.minst", minstverdi, "heltall")
    rad(
        "Sjanse for underdekning hos leverandøren",
        "risiko.tap.leverandoer",
        lambda t: tapsverdi(t, "leverandoer"),
        "andel",
    )
    rad("Investorens utlegg", "utlegg.sum", lambda t: t.investor.utlegg, "kr")
    rad("Investoren mest ute", "investor.bunn", lambda t: t.investor.mest_ute, "kr")
    rad("Investorens internrente", "investor.internrente", lambda t: t.investor.internrente, "andel")
    rad("Investoren får igjen, ganger utlegget", "investor.multippel", lambda t: _ta(t.investor.multippel), "antall")
    rad(
        "Investoren har fått igjen utlegget i kontraktår",
        "investor.tilbakebetalt",
        lambda t: tilbake_i(t.investor.utlegg, t.investor.tilbakebetalt),
        "heltall",
    )
    rad("Investorens største tap", "investor.mest_tap", lambda t: t.investor.mest_tap, "kr")
    rad("Sjanse for tap for investoren", "risiko.tap.investor", lambda t: tapsverdi(t, "investor"), "andel")
    if not har_null:
        b.overskrift(
            "Nullalternativet er ikke oppgitt: så mye må hver som lykkes, spare i året for at det skal lønne seg"
        )
        b.hode("År ute av støtte", "Personår", "Spart per person og år")
        for aar, personaar, beloep in maa_oppnaas(g.laget.avtalt):
            b.tabellrad(f"{aar} år", (personaar, "antall"), _celle(beloep, "kr"))


def _ta(verdi: float | None) -> Verdi:
    return UTEN if verdi is None else verdi


def _celle(verdi: Verdi, stil: str) -> tuple[Verdi, str]:
    uendelig = isinstance(verdi, float) and verdi in (float("inf"), float("-inf"))
    return ("ingen lykkes", stil) if uendelig else (verdi, stil)


def har_tabell(t: Tilfelle) -> bool:
    """Whether the published table is about this contract."""
    return gjelder(t.vilkaar)


def tabellark(ark: Ark, g: Grunnlag) -> None:
    """Plan the published table under both roundings, and say where the source disagrees with itself."""
    ark.kolonnebredder += [(0, 0, 26), (1, 8, 15)]
    ark.siste_kolonne, ark.skalering = 8, 70
    ark.tekst(0, 0, "Tabellen i Askers bilag, med begge avrundinger", "tittel")
    ferskhetslinje(ark, 1, 8)
    b = Skriver(ark, 2, 8)
    b.overskrift("Kilden ved siden av eksakt antall og hele personer")
    b.hode(
        "Inntak og rate",
        "Kilden: lykkes",
        "Kilden: før tak",
        "Eksakt: lykkes",
        "Eksakt: før tak",
        "Hele personer: lykkes",
        "Hele personer: før tak",
        "Under taket (eksakt)",
        "Ulik kilden",
        hoeyde=30,
    )
    v = g.laget.avtalt.vilkaar
    eksakt, hele = (tabellen(replace(v, avrunding=a)) for a in AVRUNDING)
    for e, h in zip(eksakt, hele, strict=True):
        ulik = " og ".join(navn for navn, rad in (("eksakt", e), ("hele personer", h)) if not rad.er_lik)
        b.tabellrad(
            f"{e.antall} i året, {round(e.rate * 100)} %", (float(e.kildens_lykkede), "heltall"), (e.kildens_betaling, "kr"),
            (e.lykkede, "antall"), (e.brutto, "kr"), (h.lykkede, "antall"), (h.brutto, "kr"), (e.betalt, "kr"),
        )  # fmt: skip
        ark.tekst(b.rad - 1, 8, ulik, "etikett")
    b.rad += 1
    ark.tekst(b.rad, 0, UENIGHET, "tekst_bryt", 8)
    ark.radhoeyder[b.rad] = 48
