"""For internal use only: the placement of every registration with its explanation, every year, and whom another rule moves."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.criteria import SITUASJONSORD, situasjonstekst
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.assess.published import Publisert
from velferdslab_model.assess.tabs.rapport import begynn, om_perioden
from velferdslab_model.assess.transitions import Oppfoelging, Plassert, uten_oppfoelging
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark, Verdi

PERSONER, FRISTER, REGELENDRING = "Registreringene", "Frister", "Endret av regelen"
_OM_FRISTER: tuple[tuple[Oppfoelging, str], ...] = (
    ("ikke forfalt", "Skal følges opp"),
    ("mangler", "Mangler oppfølging: fristen er ute, eller personen ble avsluttet før"),
)
_FORKLARING = 9


def personark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(ark, "Registreringene, én for én", p)
    ark.kolonnebredder.append((_FORKLARING, _FORKLARING, 120.0))
    om_perioden(a, s)
    s.overskrift("Plassering")
    s.hode(
        "Rad i filen",
        "Id",
        "Dato",
        "Tidspunkt",
        "Etter regelen",
        "Gitt",
        "Brukt",
        "Målgruppe",
        "Mål nådd",
        "Forklaring",
        hoeyde=16,
    )
    for en in a.plasserte:
        r = en.registrering
        _linje(s, r.rad, [r.id, r.dato, r.tidspunkt, situasjonstekst(en.plassering.samlet), _ord(r.gitt), _ord(en.situasjon),
                          en.plassering.maalgruppe.utfall, en.plassering.maal.utfall, en.forklaring])  # fmt: skip
    s.overskrift("År")
    s.hode(
        "Oppfølging", "Id", "Fra dato", "Til dato", "Fra", "Til", "Lyktes", "Frafall", "Frist", "Merknader", hoeyde=16
    )
    for o in a.overganger:
        lyktes = "" if o.til is None else "ja" if o.lyktes else "nei"
        _linje(s, o.oppfoelging, [o.id, o.fra_dato, o.til_dato, _ord(o.fra), _ord(o.til), lyktes, "ja" if o.frafall else "",
                                  o.frist, ". ".join(o.merknader)])  # fmt: skip


def fristark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab with those who wait for a follow-up, and those who are missing it."""
    s = begynn(ark, "Frister: hvem som skal følges opp, og når", p)
    om_perioden(a, s)
    s.setning(
        "En oppfølging teller fra ni til femten måneder etter. En oppstart som ikke kan plasseres, gir ikke noe år og står bare under "
        f"{PERSONER}.",
        "dempet",
    )
    for hva, tittel in _OM_FRISTER:
        s.overskrift(tittel)
        s.hode("Gruppe", "Id", "Begynte", "Fra", "Teller fra", "Frist", "Nå", "Merknader", hoeyde=16)
        for o in uten_oppfoelging(a.overganger, hva):
            naa = "" if hva == "mangler" else "ja" if o.foerste_dag <= a.per else "ikke ennå"
            merknader = [m for m in o.merknader if not m.startswith("Ikke forfalt")]
            _linje(
                s,
                BRUKERGRUPPER[o.gruppe],
                [o.id, o.fra_dato, _ord(o.fra), o.foerste_dag, o.frist, naa, ". ".join(merknader)],
            )


def endringsark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab with those whom the other rule places differently."""
    s = begynn(ark, f"Hvem regel {a.regel.versjon} plasserer annerledes enn regel {STANDARDREGEL.versjon}", p, 24.0)
    s.setning(a.regel.beskrivelse, "dempet")
    s.hode("Rad i filen", "Id", "Dato", f"Regel {STANDARDREGEL.versjon}", f"Regel {a.regel.versjon}", hoeyde=16)
    for foer, etter in a.endret or ():
        r = foer.registrering
        _linje(s, r.rad, [r.id, r.dato, _utfallet(foer), _utfallet(etter)])


def _utfallet(p: Plassert) -> str:
    maal = f"målgruppe {p.plassering.maalgruppe.utfall}, mål {p.plassering.maal.utfall}"
    return f"{situasjonstekst(p.plassering.samlet) or 'ikke plassert'}; {maal}"


def _ord(situasjon: int | None) -> str:
    return "" if situasjon is None else SITUASJONSORD[situasjon]


def _linje(s: Skriver, tekst: str, verdier: Sequence[Verdi]) -> None:
    s.ark.tekst(s.rad, 0, tekst, "etikett")
    for kol, verdi in enumerate(verdier, start=1):
        s.ark.fast(
            s.rad,
            kol,
            verdi,
            "v_tekst" if isinstance(verdi, str) else "heltall" if isinstance(verdi, float) else "dato",
        )
    s.rad += 1
