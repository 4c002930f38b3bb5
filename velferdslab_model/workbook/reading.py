"""Read the inputs of any kind of workbook back, by their defined names, perhaps edited since the program wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from velferdslab_model.base.celleverdi import ULAGRET, Feilverdi, celletekst, vis_celle
from velferdslab_model.base.felt import MAKS_TEKST, Felt, Ordfelt
from velferdslab_model.base.tekst import tekstfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.workbook.comparing import arknavn, lik_formel
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok


@dataclass(frozen=True)
class Lest:
    """One input as it was read.

    verdi: the number; None for a word, which stands in ordet. celle: sheet and cell. kilde: the text of its source cell, empty when there is none. skrevet:
    False when the cell of a derived input still holds its formula; verdi is then what the program that saved the file
    made of it, None when it saved none, and the engine's own should be used.
    """

    verdi: float | None
    celle: str
    kilde: str
    skrevet: bool = True
    ordet: str = ""


def les_inndata(
    innhold: Innhold, felter: Iterable[Felt | Ordfelt], prefiks: str = "", bok: Bok | None = None
) -> dict[str, Lest]:
    """Read numbers and words, by the key of their field.

    prefiks: of the group whose cells they are. bok: a plan of the same kind with its derived inputs still formulas,
    where there are any; whatever numbers it holds, it tells what their formulas are.
    Raises UgyldigInndata with one message for each name that is gone and each cell that holds something illegal.
    """
    foran = f"{prefiks}_" if prefiks else ""
    formler = _uroerte(innhold, bok) if bok else {}
    ut, feil = {}, []
    for felt in felter:
        navn = f"{foran}{felt.navn}"
        sted = innhold.omraade(navn)
        if sted is None or (sted.kol, sted.rad) != (sted.siste_kol, sted.siste_rad):
            feil.append(f"navnet {navn} mangler eller peker ikke på en celle. Er en fane slettet eller omdøpt?")
            continue
        verdi, uroert = innhold.verdi(navn), formler.get(navn, False)
        ordet = felt.ordet(verdi) if isinstance(felt, Ordfelt) else ""
        tall_ = verdi if isinstance(felt, Felt) and _er_tall(verdi) else None
        if innhold.ulagret(navn) and not uroert:
            feil.append(f"{sted} ({felt.tekst}) {ULAGRET}")
        elif ordet is None or (
            isinstance(felt, Felt) and not uroert and not (_er_tall(verdi) and felt.er_lovlig(verdi))
        ):
            feil.append(f"{sted} ({felt.tekst}) er {vis_celle(verdi)}, ventet {felt.ventet_i_celle}.")
        kilde = celletekst(innhold.verdi(f"{navn}_kilde"))
        if innhold.ulagret(f"{navn}_kilde"):
            feil.append(f"{innhold.omraade(f'{navn}_kilde')} (kilden til {felt.tekst}) {ULAGRET}")
        elif feil_ := _kildefeil(kilde):
            feil.append(f"{innhold.omraade(f'{navn}_kilde')} (kilden til {felt.tekst}) {feil_}.")
        ut[felt.noekkel] = Lest(tall_, str(sted), str(kilde), not uroert, ordet or "")
    if feil:
        raise UgyldigInndata(innhold.fil.name, feil)
    return ut


def avledede(bok: Bok) -> dict[str, tuple[str, str, str]]:
    """The derived inputs of a plan that nobody has typed, by defined name: sheet, address and formula."""
    celler = {
        (ark.navn, celle.rad, celle.kol): celle
        for ark in bok.ark
        for celle in ark.celler()
        if celle.formel is not None and celle.er_inndata
    }
    return {
        sted.navn: (sted.ark, celle.adresse, str(celle.formel))
        for sted in bok.steder.values()
        if sted.navn and sted.bredde == sted.hoeyde == 1 and (celle := celler.get((sted.ark, sted.rad, sted.kol)))
    }


def _uroerte(innhold: Innhold, bok: Bok) -> Mapping[str, bool]:
    """Of every derived input of the plan, whether its cell in the file still holds its formula."""
    formler, titler = innhold.formler.formler, arknavn(bok, innhold)
    ut = {}
    for navn, (_, _, ventet) in avledede(bok).items():
        sted = innhold.omraade(navn)
        funnet = formler.get(sted.ark, {}).get(sted.adresse) if sted else None
        ut[navn] = funnet is not None and lik_formel(ventet, funnet, titler)
    return ut


def _er_tall(verdi: object) -> TypeGuard[float]:
    return isinstance(verdi, int | float) and not isinstance(verdi, bool)


def _kildefeil(kilde: object) -> str | None:
    """Why a text cell cannot be read, as the end of a sentence, or None."""
    if isinstance(kilde, Feilverdi):
        return f"er {vis_celle(kilde)}, ventet en tekst. Rett formelen i cellen"
    return tekstfeil(str(kilde), MAKS_TEKST, tom_er_lovlig=True)
