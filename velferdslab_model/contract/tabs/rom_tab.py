"""The room to bargain in and the published table: values, but for the agreed point."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.tall import kr, prosent
from velferdslab_model.contract.analysis import Tilfelle
from velferdslab_model.contract.bargaining import MERKES, MEST_PRIS, Balansepunkt, Forhandlingsrom
from velferdslab_model.contract.tabellen import UENIGHET, gjelder, tabellen
from velferdslab_model.contract.tabs.gamle_tall import farg, merk
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.terms import AVRUNDING, Kontrakt
from velferdslab_model.contract.words import PARTSNAVN, kravord, rateord, romord
from velferdslab_model.workbook.charts import Plass, Punkter, Serie
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import IKKE_TILGJENGELIG, Ark, Verdi

ROM, TABELLEN = "Forhandlingsrom", "Askers tabell"


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
    _grunnlaget(ark, b, rom, laget)
    b.setning("Uten formler: hvert punkt er en egen fordeling, og et balansepunkt er et søk gjennom dem.", "dempet")
    if "kommune" not in rom.gevinst:
        b.setning("Kommunen er ikke med: nullalternativet er ikke oppgitt.", "setning")
    merk(ark, g, b.rad, 0, "alt", 8)
    b.rad += 1
    b.hode(
        "Part", "Pris per person", "Da betalt i snitt per person", "Suksessrate", "Gevinst i snitt, avtalt", hoeyde=42
    )
    foerste = b.rad
    for part in rom.gevinst:
        pris = rom.pris[part]
        b.tabellrad(
            PARTSNAVN[part],
            _punkt(pris, laget.pris, "kr"),
            ("–" if pris.betalt is None else pris.betalt, "kr"),
            _punkt(rom.rate[part], 1.0, "andel"),
            (rom.avtalt[part], "kr"),
        )
    farg(ark, foerste, 0, b.rad - 1, 4, "alt")
    b.overskrift("Hvor alle tjener: pris mot rate")
    b.setning(
        f"Prisen er prislistens. Der takene tar mer enn {prosent(MERKES)} av betalingen, betales det i snitt mindre per person enn prislisten sier.",
        "dempet",
    )
    merk(ark, g, b.rad, 0, "alt", 8)
    b.rad += 1
    topp = b.figurrader(20)
    felles, merkes = rom.alle_tjener, rom.takene_merkes
    b.setning("Punktene figuren er tegnet av. Avtalt punkt følger vilkårene.", "dempet")
    hode = b.hode(
        "Suksessrate", "Alle tjener: pris", "Alle tjener, takene kutter: pris", "Noen taper: pris", "Avtalt pris",
        "Avtalt, betalt i snitt", "Betalt i snitt per person", "Takene tar", hoeyde=42,
    )  # fmt: skip
    ark.formel(b.rad, 0, "={rate_vist}", ark.bok.steder["rate_vist"].verdier[0], "andel")
    ark.formel(b.rad, 4, "={pris_vist}", g.v.pris or "ingen", "kr")
    betalt = ark.bok.steder["pris_betalt"].verdier[0]
    mal = "=IF(ISNUMBER({pris_betalt}),{pris_betalt},NA())"  # no point where there is no number
    ark.formel(b.rad, 5, mal, betalt if isinstance(betalt, float) else IKKE_TILGJENGELIG, "kr")
    farg(ark, b.rad, 5, b.rad, 5, "risiko")
    b.rad += 1
    for i, pr in enumerate(rom.priser):
        for j, rate in enumerate(rom.rater):
            ark.fast(b.rad, 0, float(rate), "andel")
            ark.fast(b.rad, 2 if merkes[i, j] else 1 if felles[i, j] else 3, float(pr), "kr")
            ark.fast(b.rad, 6, float(rom.betalt[i, j]), "kr")
            ark.fast(b.rad, 7, float(rom.takene_tar[i, j]), "andel")
            b.rad += 1
    siste = b.rad - 1
    farg(ark, hode + 2, 0, siste, 7, "alt")

    def avtalt(kol: int, navn: str, farge: str) -> Serie:
        her = (hode + 1, kol, hode + 1, kol)
        return Serie(navn, her, farge, etiketter=(hode + 1, 0, hode + 1, 0), fremhevet=True)

    def serie(kol: int, navn: str, farge: str) -> Serie:
        return Serie(navn, (hode + 2, kol, siste, kol), farge, etiketter=(hode + 2, 0, siste, 0))

    ark.figurer.append(
        Punkter(
            ark=ark.navn, plass=Plass(topp, 0, 900, 360), tittel="Pris og rate der alle partene tjener",
            beskrivelse="Et punkt for hver prøvd pris og rate, med det avtalte punktet i.",
            etiketter=(hode + 1, 0, siste, 0), x_akse="Suksessrate", y_akse="Pris per person, 1 000", x_format=AKSE_ANDEL,
            serier=[
                serie(1, "Alle tjener", FARGER["besparelse"]), serie(2, "Alle tjener, takene kutter", FARGER["produksjonsgevinst"]),
                serie(3, "Noen taper", "#C8CED2"), avtalt(4, "Avtalt pris", FARGER["kostnad"]),
                avtalt(5, "Avtalt, betalt i snitt", FARGER["helsegevinst"]),
            ],
            forklaring="right",
        )
    )  # fmt: skip
    ark.siste_utskriftsrad = hode - 2


def _grunnlaget(ark: Ark, b: Skriver, rom: Forhandlingsrom, laget: Kontrakt) -> None:
    """What the numbers of the tab are, a sentence a line."""
    foerste, rate = b.rad, rateord(replace(laget, telling=None))
    b.setning(f"{romord(rom)}.", "dempet")
    if "investor" in rom.gevinst:
        b.setning(f"{kravord(laget)}.", "dempet")
    prisgrense = f"Prøvd til {kr(MEST_PRIS)} ganger prisen. Kolonnen til høyre er snittet av alle utfall."
    b.setning(f"{rate[:1].upper()}{rate[1:]}. {prisgrense}", "dempet")
    farg(ark, foerste, 0, b.rad - 1, 12, "alt")


def _punkt(p: Balansepunkt, ganger: float, stil: str) -> tuple[Verdi, str]:
    return (p.ord_, stil) if p.verdi is None else (p.verdi * ganger, stil)


def har_tabell(t: Tilfelle) -> bool:
    """Whether the published table is about this contract."""
    return gjelder(t.vilkaar)


def tabellark(ark: Ark, g: Grunnlag) -> None:
    """Plan the published table under both roundings, and say where the source disagrees with itself."""
    ark.kolonnebredder += [(0, 0, 26), (1, 8, 15)]
    ark.siste_kolonne, ark.skalering = 8, 70
    ark.tekst(0, 0, "Tabellen i Askers bilag, med begge avrundinger", "tittel")
    ferskhetslinje(ark, 1, 8)
    merk(ark, g, 2, 0, "alt", 8)
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
        farg(ark, b.rad - 1, 3, b.rad - 1, 8, "alt")
    b.rad += 1
    ark.tekst(b.rad, 0, UENIGHET, "tekst_bryt", 8)
    ark.radhoeyder[b.rad] = 48
