"""The terms as inputs, each with what is legal, status and source, and the constants and digest of the book."""

from __future__ import annotations

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.contract.inputs import JA, NEI, ORDFELT, JaNei, Vilkaarsdel, seksjoner
from velferdslab_model.contract.tabs.grunnlag import SOEYLER, Grunnlag
from velferdslab_model.contract.words import NORSKE_KRONER
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter, plasser_ordliste
from velferdslab_model.workbook.digest import kontrolldeler, samlet_kontrolltall, samlet_mal
from velferdslab_model.workbook.inputs import Kolonner, register, tekstregel
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.page import sideskift_ved_blokker
from velferdslab_model.workbook.plan import Ark, Bok

VILKAAR = "Vilkår"
#: Texts of a contract: key, label, help.
TEKSTER = (
    ("navn", "Navn", "Vises i titlene."),
    ("maalgruppe", "Målgruppe", "Hvem kontrakten gjelder."),
    ("maal", "Mål", "Hva som må være nådd for at det betales."),
    ("validering", "Validering", "Hvem som måler, og hvordan."),
)
#: Where the columns of the registers stand.
REGISTERKOLONNER = Kolonner(tekst=0, enhet=1, verdi=2, minst=3, mest=4, status=5, kontrolltall=6, kilde=7)
_BREDDER = (43, 22, 17, 11, 11, 12, 12, 70)
#: Characters on a line of the source column.
_TEGN = 78
_EGNE = (
    Konstant("maaneder_i_aar", "Måneder i et år", "antall", 12.0, "desimal"),
    Konstant("halv", "En halv: kroner og personer rundes av oppover fra her", "antall", 0.5, "desimal"),
    Konstant("desimaler", "Desimaler i antall som lykkes", "antall", 9.0, "desimal"),
    Konstant("oere", "Mindre enn dette er ingenting", "kr", 0.005, "desimal"),
    Konstant("tusen", "Kroner i tusen kroner", "kr", 1000.0, "desimal"),
    Konstant("soeyler", "Søyler i figuren over betalingen", "antall", float(SOEYLER), "desimal"),
    Konstant("kvantil_lav", "Ni av ti utfall: sjansen for å ligge under", "andel", 0.05, "desimal"),
    Konstant("kvantil_hoey", "Ni av ti utfall: sjansen for ikke å ligge over", "andel", 0.95, "desimal"),
    Konstant("kvantil_slingring", "Sjanser som er likere enn dette, er like", "andel", 1e-12, "desimal"),
)


def registre(deler: tuple[Vilkaarsdel, ...]) -> dict[str, str]:
    """Key and label of every register, for the digest."""
    return {s.noekkel: f"Kontrolltall: {s.tittel.partition(' (')[0].partition(',')[0].lower()}" for s in deler}


def vilkaarsark(ark: Ark, g: Grunnlag, deler: tuple[Vilkaarsdel, ...]) -> None:
    """Plan the tab."""
    ark.kolonnebredder += [(kol, kol, bredde) for kol, bredde in enumerate(_BREDDER)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter = len(_BREDDER) - 1, 55, (2, 1)
    ark.formel(0, 0, '="Vilkår: "&TRIM({navn})', f"Vilkår: {g.v.navn}", "tittel")
    ark.tekst(1, 0, "Gule celler kan endres. Resten er låst og regner seg selv.", "dempet")
    rad = 3
    for noekkel, tekst, hjelp in TEKSTER:
        ark.tekst(rad, 0, tekst, "etikett")
        ark.verdi(noekkel, rad, 1, getattr(g.v, noekkel) or None, "inn_tekst", navn=noekkel, til_kol=7)
        maks = MAKS_NAVN if noekkel == "navn" else MAKS_TEKST
        ark.valideringer.append((rad, 1, rad, 1, tekstregel(tekst, maks, hjelp, int(noekkel == "navn"))))
        rad += 1
    for del_ in deler:
        rad += 1
        ark.tekst(rad, 0, del_.tittel, "overskrift", 7)
        foerste = rad + 2
        for noekkel, (fra, antall) in del_.kolonner.items():
            verdier = tuple(en.verdi for en in del_.rader[fra : fra + antall])
            ark.registrer(noekkel, foerste + fra, REGISTERKOLONNER.verdi, verdier, hoeyde=antall)
        ark.blokkstarter.append(rad)
        rad = register(ark, rad + 1, REGISTERKOLONNER, del_.noekkel, del_.rader, tegn_i_kilde=_TEGN)
    _faste(ark, rad + 1, g, deler)
    sideskift_ved_blokker(ark, 60)


def _faste(ark: Ark, rad: int, g: Grunnlag, deler: tuple[Vilkaarsdel, ...]) -> None:
    ark.tekst(rad, 0, "Faste verdier (låst)", "overskrift", 7)
    rad = plasser_konstanter(ark, rad + 1, (*FASTE.values(), *_EGNE))
    ark.tekst(rad, 0, "Slik skrives valutaen etter et beløp", "etikett")
    ark.tekst(rad, 1, "tekst", "enhet")
    mal = f'=IF({{valuta}}="{NORSKE_KRONER[0]}","{NORSKE_KRONER[1]}",{{valuta}})'
    ark.formel(rad, 2, mal, NORSKE_KRONER[1] if g.v.valuta == NORSKE_KRONER[0] else g.v.valuta, "tekst", "penger")
    rad = plasser_ordliste(ark, rad + 1, "liste_ja_nei", "Ja eller nei", (JA, NEI))
    ark.registrer("ord_ja", rad - 2, 2, (JA,))
    for felt in ORDFELT.values():
        if isinstance(felt, JaNei):
            continue
        rad = plasser_ordliste(ark, rad, felt.liste, felt.tekst, felt.ordene)
        for i, ordet in enumerate(felt.ordene, start=1):
            ark.registrer(f"ord_{felt.noekkel}_{i}", rad - len(felt.ordene) + i - 1, 2, (ordet,))
    navn = registre(deler)
    rad = kontrolldeler(ark, rad, navn, 2, (3, 3))
    ark.tekst(rad, 0, "Kontrolltall for vilkårene", "etikett")
    ark.formel(rad, 2, samlet_mal(), samlet_kontrolltall(ark.bok, navn), "seks_siffer", "kontrolltall", "kontrolltall")
    ark.tekst(rad + 1, 0, "Kontrolltall da de faste tallene ble regnet", "etikett")
    ark.verdi("regnet_med", rad + 1, 2, kontrolltall_for(g), "seks_siffer")


def kontrolltall_for(g: Grunnlag) -> int:
    """The digest of the terms the file was made with: the same registers in the same cells, planned alone."""
    deler = seksjoner(g.laget.avtalt.vilkaar, g.rom)
    ark = Bok(EFFEKTKONTRAKT, "").nytt_ark(VILKAAR)
    rad = 3 + len(TEKSTER)
    for del_ in deler:
        rad = register(ark, rad + 2, REGISTERKOLONNER, del_.noekkel, del_.rader)
    return samlet_kontrolltall(ark.bok, registre(deler))
