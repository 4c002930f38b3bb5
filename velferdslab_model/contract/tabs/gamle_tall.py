"""Numbers no formula computes any more: which they are, and the mark and the colour that each block of them gets."""

from __future__ import annotations

from velferdslab_model.contract.tabs.binomial import levende
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.words import REGNES_IKKE
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver

#: What stands beside such numbers.
GAMLE, GAMMELT = "GAMLE TALL i rødt: regnet av vilkår som er endret siden", "gammelt tall"
#: The unit of a figure that is not computed: a sum of such numbers and new ones would be right for no terms.
LAG_PAA_NYTT = "lag på nytt"
#: Which numbers are meant -> what stands in the sheet, and when they are old.
_FLAGG = {
    "alt": ("Tall uten formel er gamle", "{kontrolltall}<>{regnet_med}"),
    "risiko": ("Risikoen er gammel", "AND({kontrolltall}<>{regnet_med},{b.uten}=0,{b.med}=0)"),
    "fordelingen": ("Alt som trenger hele fordelingen, er gammelt", "AND({kontrolltall}<>{regnet_med},{b.uten}=0)"),
    "alle": (
        "Sjansen for at en betaler taper, er gammel",
        "AND({kontrolltall}<>{regnet_med},OR({b.uten}=0,{b.n.sum}<>{deltakere.sum}))",
    ),
    "krav": (
        "Sjansen for mindre enn avkastningskravet er ikke regnet",
        "AND({kontrolltall}<>{regnet_med},OR({investor_avkastningskrav}>0,{b.uten}=0))",
    ),
    "rente": (
        "Internrenten når det forventede antallet lykkes, er gammel",
        "AND({kontrolltall}<>{regnet_med},{investor.skift.sum}>1)",
    ),
    "forventet_rente": (
        "Internrenten av de forventede beløpene er gammel",
        "AND({kontrolltall}<>{regnet_med},OR({b.uten}=0,{investor.f.skift.sum}>1))",
    ),
}  # fmt: skip


def er_gammel(ark: Ark, g: Grunnlag, flagg: str) -> bool:
    """Whether these numbers were computed of other terms than those in the cells."""
    naa, da = (ark.bok.steder[noekkel].verdier[0] for noekkel in ("kontrolltall", "regnet_med"))
    x = levende(g)
    if flagg == "rente":
        return naa != da and _tall(ark, "investor.skift.sum") > 1
    if flagg == "forventet_rente":
        return naa != da and (not x.uten_aarstak or _tall(ark, "investor.f.skift.sum") > 1)
    return (
        naa != da
        and {
            "alt": True,
            "risiko": not (x.uten_aarstak or x.med_aarstak),
            "fordelingen": not x.uten_aarstak,
            "alle": not (x.uten_aarstak and x.alle_gjort_opp),
            "krav": g.v.investor.avkastningskrav > 0 or not x.uten_aarstak,
        }[flagg]
    )


def _tall(ark: Ark, noekkel: str) -> float:
    verdi = ark.bok.steder[noekkel].verdier[0]
    assert isinstance(verdi, float)
    return verdi


def ingen_gamle(ark: Ark, g: Grunnlag, *flagg: str) -> tuple[str, bool]:
    """That none of these numbers is old: the condition in the sheet, and whether it holds."""
    vilkaar = ",".join(f"{{gammel.{navn}}}=0" for navn in flagg)
    return f"AND({vilkaar})", not any(er_gammel(ark, g, navn) for navn in flagg)


def uten_blanding(
    ark: Ark, g: Grunnlag, flagg: str, mal: str, verdi: Verdi, ellers: str = REGNES_IKKE
) -> tuple[str, Verdi]:
    """A formula that adds old numbers to new ones, and its value: only while there are no old ones."""
    return f'=IF({{gammel.{flagg}}}=1,"{ellers}",{mal[1:]})', ellers if er_gammel(ark, g, flagg) else verdi


def gammelrader(r: Radskriver, g: Grunnlag) -> None:
    """Plan a 0 or 1 for each, under a name that conditional formats can read from every tab."""
    for navn, (tekst, vilkaar) in _FLAGG.items():
        gammel = float(er_gammel(r.ark, g, navn))
        r.enkelt(f"gammel.{navn}", tekst, "0 / 1", f"=IF({vilkaar},1,0)", gammel, "heltall", f"gammel_{navn}")


def farg(ark: Ark, rad: int, kol: int, siste_rad: int, siste_kol: int, flagg: str) -> None:
    """Red while the numbers in these cells are old."""
    regel = {"type": "formula", "criteria": f"=gammel_{flagg}=1"}
    ark.betingede.append((rad, kol, siste_rad, siste_kol, regel, "cf_feil"))


def merk(ark: Ark, g: Grunnlag, rad: int, kol: int, flagg: str, til_kol: int | None = None, hva: str = GAMLE) -> None:
    """Words in red beside a block while its numbers are old, and nothing else."""
    sagt = hva if er_gammel(ark, g, flagg) else ""
    ark.formel(rad, kol, f'=IF({{gammel.{flagg}}}=1,"{hva}","")', sagt, "dempet", til_kol=til_kol)
    farg(ark, rad, kol, rad, kol if til_kol is None else til_kol, flagg)
