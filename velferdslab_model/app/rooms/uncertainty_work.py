"""How sure the answer is."""

from __future__ import annotations

from markupsafe import Markup

from velferdslab_model.app.answers import antakelsesliste, avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import grunnlaget
from velferdslab_model.app.room import SKJEMAET
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM
from velferdslab_model.base.tall import kr
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.page.table import tabell, tekstcelle
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.strukturell import OM_STRUKTURELL
from velferdslab_model.scenarios.loading import kontrollvarsel, les_scenario
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.gruppeanalyse import Trekninger
from velferdslab_model.uncertainty.screen import millioner
from velferdslab_model.uncertainty.setninger import fastsetning, flyttesetninger, lonnsom, svarsetninger
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER, les_antall_trekninger, les_froe
from velferdslab_model.uncertainty.writing import usikkerhetsbok


def regn_usikkerhet(ordre: Arbeidsordre) -> Saksvar:
    """The answer in sentences, the digest of the command, and the workbook."""
    trekninger, froe = _tallene(ordre)
    oppgitt, _ = les_scenario(grunnlaget(ordre)[0])
    f = regn_om(oppgitt)
    u = analyser(f, trekninger, froe, ordre.fremdrift)
    ordre.fremdrift("Skriver arbeidsboken ...")
    bok = ordre.ny("usikkerhet.xlsx")
    bok.write_bytes(usikkerhetsbok(u, dagens_dato()))
    html = avsnittene([kontrollvarsel(oppgitt.kilde, oppgitt.kontroll)])
    for gruppe, a in u.grupper.items():
        html += Markup("<h3>{}</h3>").format(BRUKERGRUPPER[gruppe]) + avsnittene(svarsetninger(a))
        realiserbar = a.basis.gruppe.utvidet.realiserbar_andel < 1
        html += _tabell(BRUKERGRUPPER[gruppe], f.prisaar, a.trekninger, realiserbar)
        html += avsnittene([*a.forbehold, *flyttesetninger(a), fastsetning(a)])
    if u.samlet:
        realiserbar = any(a.basis.gruppe.utvidet.realiserbar_andel < 1 for a in u.grupper.values())
        html += Markup("<h3>Samlet</h3>") + _tabell("Samlet", f.prisaar, u.samlet, realiserbar)
    om = f"{kr(trekninger)} trekninger, frø {froe}. Millioner kroner i {f.prisaar}-priser{f.om_prisaar}."
    html += avsnittene([OM_STRUKTURELL, om]) + antakelsesliste(f)
    filer = [Nedlasting(str(bok), f"usikkerhet_{filnavn(f.navn)}.xlsx", "Last ned arbeidsboken")]
    return Saksvar(str(html), f"Usikkerheten for {f.navn} er regnet ut.", filer)


def _tabell(tittel: str, prisaar: int, t: Trekninger, realiserbar: bool) -> Markup:
    """Both analyses side by side. realiserbar: whether what frees budget money differs from what is saved."""
    rader = []
    for x in t.netto:
        if x == "kommune_realiserbar" and not realiserbar:
            continue
        n, annen = t.egen.netto[x], t.strukturell.netto[x]
        spenn = f"{millioner(n.persentiler[1])} – {millioner(n.persentiler[5])}"
        vist = (
            millioner(t.basis[x]),
            millioner(n.snitt),
            spenn,
            lonnsom(t.egen, x),
            millioner(annen.snitt),
            lonnsom(t.strukturell, x),
        )
        rader.append([tekstcelle(HVEM[x]), *((tekst, None, None) for tekst in vist)])
    hode = ["Netto", "Scenariet", "Snitt", "5–95 %", "Lønnsom", "Snitt, strukturell", "Lønnsom, strukturell"]
    return tabell(f"{tittel}: netto i millioner kroner, {prisaar}-priser", hode, rader)


def _tallene(ordre: Arbeidsordre) -> tuple[int, int]:
    feil, ut = [], []
    for felt, etikett, les, ellers in (
        ("trekninger", "Antall trekninger", les_antall_trekninger, STANDARD_TREKNINGER),
        ("froe", "Frø", les_froe, STANDARD_FROE),
    ):
        try:
            ut.append(les(ordre.felt.get(felt, "").strip() or str(ellers)))
        except ValueError as grunn:
            feil.append(f"{etikett} ({felt}) {grunn}")
    if feil:
        raise UgyldigInndata(SKJEMAET, feil)
    return ut[0], ut[1]
