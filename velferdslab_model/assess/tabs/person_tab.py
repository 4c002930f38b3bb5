"""For internal use only: the placement of every registration with its explanation, every year, and whom another rule moves."""

from __future__ import annotations

from collections.abc import Sequence

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.criteria import SITUASJONSORD, situasjonstekst
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.assess.published import Publisert
from velferdslab_model.assess.tabs.rapport import LINJE_PT, antall_linjer, begynn, om_perioden
from velferdslab_model.assess.transitions import Oppfoelging, Plassert, uten_oppfoelging
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark, Verdi

PERSONER, FRISTER, REGELENDRING = "Registreringene", "Frister", "Endret av regelen"
_OM_FRISTER: tuple[tuple[Oppfoelging, str], ...] = (
    ("ikke forfalt", "Skal følges opp"),
    ("mangler", "Mangler oppfølging: fristen er ute, eller personen ble avsluttet før"),
)
_FORKLARING, _MERKNADER = 9, 7
_BRED = 90.0


def personark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(
        ark, "Registreringene, én for én", p, 11.0, _FORKLARING, ((0, 0, 22.0), (_FORKLARING, _FORKLARING, _BRED))
    )
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
    s = begynn(
        ark,
        "Frister: hvem som skal følges opp, og når",
        p,
        11.0,
        _MERKNADER,
        ((0, 0, 16.0), (_MERKNADER, _MERKNADER, 60.0)),
    )
    om_perioden(a, s)
    s.setning(
        "En oppfølging teller fra ni til femten måneder etter. En oppstart som ikke kan plasseres, gir ikke noe år og står bare under "
        f"{PERSONER}.",
        "dempet",
    )
    for hva, tittel in _OM_FRISTER:
        s.overskrift(tittel)
        s.hode("Gruppe", "Id", "Begynte", "Fra", "Teller fra", "Frist", "Nå", "Merknader", hoeyde=16)
        alle = uten_oppfoelging(a.overganger, hva)
        if not alle:
            s.setning("Ingen.")
        for o in alle:
            naa = "" if hva == "mangler" else "ja" if o.foerste_dag <= a.per else "ikke ennå"
            merknader = [m for m in o.merknader if not m.startswith("Ikke forfalt")]
            _linje(
                s,
                BRUKERGRUPPER[o.gruppe],
                [o.id, o.fra_dato, _ord(o.fra), o.foerste_dag, o.frist, naa, ". ".join(merknader)],
            )


def endringsark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab with those whom the other rule places differently."""
    s = begynn(
        ark,
        f"Hvem regel {a.regel.versjon} plasserer annerledes enn regel {STANDARDREGEL.versjon}",
        p,
        11.0,
        4,
        ((0, 0, 22.0), (3, 4, 52.0)),
    )
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
    """A row. A text in the last of the columns may take several lines."""
    s.ark.tekst(s.rad, 0, tekst, "etikett")
    for kol, verdi in enumerate(verdier, start=1):
        stil = "v_tekst" if isinstance(verdi, str) else "heltall" if isinstance(verdi, float) else "dato"
        if kol == _FORKLARING and (linjer := antall_linjer(str(verdi), _BRED)) > 1:
            stil, s.ark.radhoeyder[s.rad] = "tekst_bryt", LINJE_PT * linjer
        s.ark.fast(s.rad, kol, verdi, stil)
    s.rad += 1
