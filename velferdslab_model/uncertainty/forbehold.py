"""What a reader of the uncertainty must know about a group: what was assumed, what is left out, and what looks wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from velferdslab_model.base.ord import HVEM, liten
from velferdslab_model.base.tall import antall, prosent, sannsynlighet, tall
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.strukturell import strukturelle
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import FORAN, fordelinger
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.gruppeanalyse import Trekninger
from velferdslab_model.uncertainty.parametre import Parameter, foelges, parametre
from velferdslab_model.uncertainty.tornado import ENDER, FAKTORDELER, Utslag
from velferdslab_model.uncertainty.trekking import konstant, kvantil

#: How the sentences that warn begin.
OBS = "OBS: "
#: A headline outside these shares of the draws is not what the draws say.
_INNENFOR = (0.25, 0.75)
#: Common factor -> what is certain when one of its numbers has a distribution of its own.
_SIKRE = {
    "priser": "Prisene uten egen fordeling regnes som sikre, fordi minst én pris har sin egen.",
    "nullalternativ": (
        "Nullalternativet i de andre situasjonene regnes som sikkert, fordi minst ett har sin egen fordeling; det som regnes ut av "
        "utsatt, følger utsatt."
    ),
}
#: What has no distribution because it is a whole number or a count.
OGSAA_FAST = "analyseperiode, antall år med inntak, og volumet av og antall ganger for hvert tiltak"


def forbehold(g: Brukergruppe) -> list[str]:
    """The sentences about what is drawn, the same for every presentation."""
    usikre = fordelinger(g)
    ut = ["Antakelse: de usikre tallene trekkes uavhengig av hverandre; alle andre tall er som i scenariet."]
    ut += [om_kommunal_andel([g])]
    if any(foelges(g, noekkel) for noekkel in usikre):
        ut.append(
            "Et tall som regnes ut av et usikkert tall, følger det i hver trekning, til det får sin egen fordeling: nullalternativet "
            "for uholdbar og stabil følger utsatt, og en pris følger sin felles timesats."
        )
    ut += [
        tekst
        for faktor, tekst in _SIKRE.items()
        if faktor not in usikre and any(n.startswith(FORAN[faktor]) for n in usikre)
    ]
    for p in parametre(g):
        if p.fordeling is not None:
            lav, hoey = kvantil(p.fordeling, np.array(ENDER)).tolist()
            if not lav <= p.basis <= hoey:
                ut.append(
                    f"{OBS}{p.navn} er {vist(p, p.basis)} i scenariet, utenfor {tall(ENDER[0] * 100)}–{prosent(ENDER[1], 0)} av "
                    f"fordelingen ({vist(p, lav)} til {vist(p, hoey)}). Svaret for scenariet og snittet av trekningene "
                    "gjelder da to ulike ting."
                )
    return [*ut, *om_renten(g)]


def om_renten(g: Brukergruppe) -> list[str]:
    """A warning for each analysis in which the rate is drawn."""
    ut = []
    for navn, trekkes in (("tallenes egen usikkerhet", fordelinger(g)), ("strukturell usikkerhet", strukturelle(g)[1])):
        f = trekkes.get("neddiskontering")
        if f is not None and konstant(f) is None:
            ut.append(
                f"{OBS}neddiskonteringen trekkes ({navn}). Renten er et valg og ingen usikkerhet: regn heller hvert valg for seg."
            )
    return ut[:1]


def avvik_fra_svaret(t: Trekninger, strukturell_rente: float) -> list[str]:
    """Warnings where the draws do not say what the answer for the scenario says, on the same terms.

    strukturell_rente: the rate of the second analysis, at which the answer is worked out, too.
    """
    ut = []
    ved = f" ved {prosent(strukturell_rente)} rente"
    for navn, mc, basis, vilkaar in (
        ("tallenes egen usikkerhet", t.egen, t.basis, ""),
        ("strukturell usikkerhet", t.strukturell, t.basis_strukturell, ved),
    ):
        for x in HOVED:
            n, her = mc.netto[x], basis[x]
            hva = f"netto, {liten(HVEM[x])}, er {_mill(her)} millioner i scenariet{vilkaar}"
            if her * n.snitt < 0:
                ut.append(
                    f"{OBS}{hva}, men i snitt {_mill(n.snitt)} i trekningene ({navn}): svaret og snittet har motsatt fortegn."
                )
            elif not _INNENFOR[0] <= n.under_basis <= _INNENFOR[1]:
                hoeyt = n.under_basis > _INNENFOR[1]
                andel = n.under_basis if hoeyt else 1 - n.under_basis
                ut.append(
                    f"{OBS}{hva}, {'høyere' if hoeyt else 'lavere'} enn i {sannsynlighet(andel, mc.trekninger)} av "
                    f"trekningene ({navn}; snitt {_mill(n.snitt)})."
                )
    return ut


def holdt_fast(utslag: Sequence[Utslag], strukturelt: Mapping[str, Fordeling]) -> list[Parameter]:
    """The numbers that neither analysis draws, those whose ten per cent (or stated range) would move society's net most first.

    A part of a factor that is drawn is not held, and a factor of parts is no number of its own.
    """
    trukket = {u.parameter.noekkel for u in utslag if u.parameter.fordeling} | set(strukturelt)
    ute = {
        noekkel
        for faktor, foran in FAKTORDELER.items()
        for noekkel in (u.parameter.noekkel for u in utslag)
        if noekkel == faktor or (faktor in trukket and noekkel.startswith(foran))
    }
    fast = [u for u in utslag if u.parameter.noekkel not in trukket | ute]
    return [u.parameter for u in sorted(fast, key=lambda u: -max(u.spenn(x) for x in HOVED))]


def vist(p: Parameter, verdi: float) -> str:
    """A value of a number, in per cent when it is a share."""
    return f"{antall(verdi * 100)}\u00a0%" if p.andel else antall(verdi)


def _mill(kroner: float) -> str:
    return tall(kroner / 1e6, 2)
