"""The answer in one sentence and what it rests on in another, in the engine's words and as live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from velferdslab_model.base.ord import er_antakelse
from velferdslab_model.base.tall import prosent, tall
from velferdslab_model.model.visninger import FORSIKTIG_RENTE, FORSIKTIG_SKJEDD_UANSETT
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER, Brukergruppe

#: What «tilbakebetalt fra» means, wherever it stands.
DEFINISJON = (
    "Tilbakebetalt fra: det første året der akkumulert netto er null eller mer og blir der ut analyseperioden. "
    "Det er et regnestykke over forutsetningene, ikke en måling av hva velferdslab har gitt."
)
#: What the source of a null cost begins with when it is the note's, whose costs come from constructed histories.
NOTATETS_KILDE = "kilde: følgenotatet"
#: Words of a source that says it itself, wherever they stand in it.
_SIER_OVERFOERINGER = "med overføringer"
_SIER_KONSTRUERT, _SIER_HISTORIER = "konstruert", "historier"

_UTEN_KOSTNAD = "Ingen kostnad påløper, så det er ingenting å betale tilbake."
_TILBAKE, _IKKE, _GITT = "Tilbakebetalt fra ", "Ikke tilbakebetalt ", ", gitt forutsetningene."
_BUDSJETT, _SAMFUNN, _INNEN = "for offentlige budsjetter", "for samfunnet", " innen analyseperioden"
#: Between the year of the budgets and what is said of society: also paid back, or not.
_OG_FRA, _MEN_IKKE, _MEN_FRA = (
    f" {_BUDSJETT} og fra ",
    f" {_BUDSJETT}, men ikke {_SAMFUNN}",
    f"{_BUDSJETT}{_INNEN}, men fra ",
)
_VERKEN = f"{_BUDSJETT} eller {_SAMFUNN}{_INNEN}"

_POSITIV = "Netto er positiv også om ingen lykkes. "
_HVILER, _HVILER_UTEN = "Hviler på ", f"{_POSITIV}Svaret hviler på "
_ANTAKELSER, _KILDENE = "antakelser om ", "kildene som er oppgitt, "
_KONSTRUERTE_HISTORIER = "et nullalternativ fra konstruerte historier uten kontrollgruppe, "
_HISTORIER = "et nullalternativ fra historier uten kontrollgruppe, "
_OVERFOERINGER = "overføringer som netto samfunn regner som spart, men som ingen kostnad er for samfunnet, "
_KONSTRUERT = "et konstruert nullalternativ uten kontrollgruppe, "
_ERSTATTER, _ERSTATTET = " erstatter de ordinære tjenestene.", "og på erstattede tjenester."
_HELT, _DELVIS, _IKKE_ERSTATTET = "og på at tiltakene helt", "og på at tiltakene delvis", "og på at tiltakene ikke"
_SAMLET = "Hviler på det samme som gruppene"
_SAMLET_ANTATT = "; for familier er suksessratene antakelser"
#: How sure: which simplifications favour the answer, and what would turn it at the cautious rate.
GUNSTIGST = "Gunstigst mulig: uten rente, og som om ingenting ville skjedd uansett."
_UTEN_RENTE, _INGENTING_UANSETT = "Regnet uten rente.", "Regnet som om ingenting ville skjedd uansett."
_NULL_VED = f"Forsiktig: minst {prosent(FORSIKTIG_RENTE)} rente, {prosent(FORSIKTIG_SKJEDD_UANSETT)} skjedd uansett; null når uansett er "
_OG_SAMFUNNET, _HVEM = " / ", " (budsjetter / samfunn). "
#: Kinds of numbers that may be antakelser: word, and the dotted keys of those that have a source each.
_SUKSESS, _PRISER = "suksessrater", "priser og volum"
_SLAG = {
    _SUKSESS: tuple(f"suksessrate.{s}" for s in UTGANGSSITUASJONER),
    _PRISER: (),
    "helse og arbeid": (
        "verdi_qaly",
        "loennskostnad",
        *(f"{nivaa}.{j}" for nivaa in ("livskvalitet", "stillingsandel") for j in LIVSSITUASJONER),
    ),
    "ordinære tjenester": tuple(f"nullalternativ.{j}" for j in LIVSSITUASJONER),
}


def svar(tilbakebetalingsaar: Mapping[str, int | None], kostnad: float) -> str:
    """From which year it is paid back, for public budgets together and for society. kostnad: sum over the period, kr."""
    if not kostnad > 0:
        return _UTEN_KOSTNAD
    budsjett, samfunn = tilbakebetalingsaar["budsjett"], tilbakebetalingsaar["samfunn"]
    if budsjett is None:
        ut = f"{_IKKE}{_VERKEN}" if samfunn is None else f"{_IKKE}{_MEN_FRA}{samfunn} {_SAMFUNN}"
    else:
        ut = f"{_TILBAKE}{budsjett}" + (f"{_MEN_IKKE}{_INNEN}" if samfunn is None else f"{_OG_FRA}{samfunn} {_SAMFUNN}")
    return f"{ut}{_GITT}"


def svar_mal(foran: str = "") -> str:
    """The same as a formula template. foran: prefix of the keys it reads."""
    b, s = f"{{{foran}tilbakebetalingsaar_budsjett}}", f"{{{foran}tilbakebetalingsaar_samfunn}}"
    har_b, har_s = f"ISNUMBER({b})", f"ISNUMBER({s})"
    ledd = "&".join(
        f'IF(AND({vilkaar}),{tekst},"")'
        for vilkaar, tekst in (
            (f"{har_b},{har_s}", f'"{_TILBAKE}"&{b}&"{_OG_FRA}"&{s}&" {_SAMFUNN}"'),
            (f"{har_b},NOT({har_s})", f'"{_TILBAKE}"&{b}&"{_MEN_IKKE}{_INNEN}"'),
            (f"NOT({har_b}),{har_s}", f'"{_IKKE}{_MEN_FRA}"&{s}&" {_SAMFUNN}"'),
            (f"NOT({har_b}),NOT({har_s})", f'"{_IKKE}{_VERKEN}"'),
        )
    )
    return f'=IF({{{foran}sum_kostnad}}>0,{ledd}&"{_GITT}","{_UTEN_KOSTNAD}")'


def antakelser(gruppe: Brukergruppe) -> dict[str, bool]:
    """For each kind of number, whether any of it is an antakelse."""
    kilder = {slag: [gruppe.kilder[noekkel] for noekkel in noekler] for slag, noekler in _SLAG.items()}
    kilder[_PRISER] = [t.kilde for t in gruppe.tiltak]
    return {slag: any(map(er_antakelse, fra)) for slag, fra in kilder.items()}


def antakelsesmaler() -> dict[str, str]:
    """Formula templates of the same, 1 where some of it is an antakelse."""

    def er(celler: str) -> str:
        return f"LEFT({celler},LEN({{ord_antakelse}}))={{ord_antakelse}}"

    maler = {}
    for slag, noekler in _SLAG.items():
        celler = (f"{{{noekkel.replace('.', '_')}_kilde}}" for noekkel in noekler)
        maler[slag] = f"=IF(OR({','.join(map(er, celler))}),1,0)"
    # An asterisk stands for the rest of the text; not every spreadsheet takes LEFT of a whole column.
    maler[_PRISER] = '=IF(COUNTIF({tiltak_kilde:},{ord_antakelse}&"*")>0,1,0)'
    return {slag: maler[slag] for slag in _SLAG}


def hviler_paa(gruppe: Brukergruppe, uten_effekt: Mapping[str, float]) -> str:
    """What the answer rests on. uten_effekt: sums of the nets when nobody succeeds, kr."""
    antatt, positiv = antakelser(gruppe), uten_effekt["netto_budsjett"] > 0
    deler = [_HVILER_UTEN if positiv else _HVILER, "" if antatt[_SUKSESS] else f"{_SUKSESS}, "]
    deler.append(_nullalternativets_opphav(gruppe.kilder["nullalternativ.utsatt"].lower()))
    deler += [_OVERFOERINGER] if har_overfoeringer(gruppe) else []
    deler += [_ANTAKELSER, *(f"{slag}, " for slag, er in antatt.items() if er)] if any(antatt.values()) else [_KILDENE]
    grad = gruppe.utvidet.erstatningsgrad
    deler.append(
        _ERSTATTET if positiv else f"{_HELT if grad == 1 else _IKKE_ERSTATTET if grad == 0 else _DELVIS}{_ERSTATTER}"
    )
    return "".join(deler)


def har_overfoeringer(gruppe: Brukergruppe) -> bool:
    """Whether the source of the null alternative says that transfers are in it."""
    return _SIER_OVERFOERINGER in gruppe.kilder["nullalternativ.utsatt"].lower()


def _nullalternativets_opphav(kilde: str) -> str:
    """What a source of the null alternative, in lower case, says it is made of; empty when it is of no histories."""
    fra_notatet = kilde.startswith(NOTATETS_KILDE)
    if _SIER_HISTORIER in kilde or fra_notatet:
        return _KONSTRUERTE_HISTORIER if _SIER_KONSTRUERT in kilde or fra_notatet else _HISTORIER
    return _KONSTRUERT if _SIER_KONSTRUERT in kilde else ""


def _opphav_mal() -> str:
    """The same as an expression of a formula template."""
    kilde = "{nullalternativ_utsatt_kilde}"

    def har(ord_: str) -> str:
        return f'ISNUMBER(FIND("{ord_}",LOWER({kilde})))'

    return (
        f'IF(LEFT({kilde},LEN({{ord_notatet}}))={{ord_notatet}},"{_KONSTRUERTE_HISTORIER}",'
        f'IF({har(_SIER_HISTORIER)},IF({har(_SIER_KONSTRUERT)},"{_KONSTRUERTE_HISTORIER}","{_HISTORIER}"),'
        f'IF({har(_SIER_KONSTRUERT)},"{_KONSTRUERT}","")))&IF({har(_SIER_OVERFOERINGER)},"{_OVERFOERINGER}","")'
    )


def hviler_paa_mal() -> str:
    """The same as a formula template, which reads antakelsesmaler() under the keys «antatt.0», «antatt.1» and so on."""
    antatt = {slag: f"{{antatt.{i}}}" for i, slag in enumerate(_SLAG)}
    ledd = "&".join(f'IF({celle}=1,"{slag}, ","")' for slag, celle in antatt.items())
    positiv, grad = "{uten_effekt_netto_budsjett}>0", "{erstatningsgrad}"
    return (
        f'=IF({positiv},"{_HVILER_UTEN}","{_HVILER}")'
        f'&IF({antatt[_SUKSESS]}=1,"","{_SUKSESS}, ")'
        f"&{_opphav_mal()}"
        f'&IF({"+".join(antatt.values())}=0,"{_KILDENE}","{_ANTAKELSER}"&{ledd})'
        f'&IF({positiv},"{_ERSTATTET}",IF({grad}=1,"{_HELT}",IF({grad}=0,"{_IKKE_ERSTATTET}","{_DELVIS}"))&"{_ERSTATTER}")'
    )


def gunstigst(rente: float, skjedd_uansett: float) -> str:
    """Which simplifications of the answer are the most favourable to it; empty when it has neither."""
    if rente == 0:
        return GUNSTIGST if skjedd_uansett == 0 else _UTEN_RENTE
    return _INGENTING_UANSETT if skjedd_uansett == 0 else ""


def gunstigst_mal() -> str:
    """The same as an expression of a formula template."""
    uten_rente = f'IF({{skjedd_uansett}}=0,"{GUNSTIGST}","{_UTEN_RENTE}")'
    return f'IF({{neddiskontering}}=0,{uten_rente},IF({{skjedd_uansett}}=0,"{_INGENTING_UANSETT}",""))'


def null_ved(snur: Mapping[str, float | str | None]) -> str:
    """How much must have come anyway for the nets to be 0; empty when it cannot be told. snur: by net, as Vippepunkt.snur()."""
    if None in snur.values():
        return ""
    vist = [v if isinstance(v, str) else f"{tall((v or 0.0) * 100)} %" for v in (snur["budsjett"], snur["samfunn"])]
    return f"{_NULL_VED}{vist[0]}{_OG_SAMFUNNET}{vist[1]}{_HVEM}"


def null_ved_mal() -> str:
    """The same as an expression of a formula template; whole per cent, which read alike in every language."""

    def vist(x: str) -> str:
        celle = f"{{vippe.snur.{x}}}"
        return f'IF(ISNUMBER({celle}),ROUND({celle}*{{prosent}},0)&" %",{celle})'

    return f'IF({{skjedd_uansett}}=1,"","{_NULL_VED}"&{vist("budsjett")}&"{_OG_SAMFUNNET}"&{vist("samfunn")}&"{_HVEM}")'


def samlet_hviler_paa(grupper: Sequence[Brukergruppe], uten_effekt: Mapping[str, float]) -> str:
    """What the groups together rest on; the last of them are the families. uten_effekt: as of one group, of all."""
    antatt = _SAMLET_ANTATT if antakelser(grupper[-1])[_SUKSESS] else ""
    return f"{_POSITIV if uten_effekt['netto_budsjett'] > 0 else ''}{_SAMLET}{antatt}."


def samlet_hviler_paa_mal() -> str:
    """The same as an expression of a formula template on a sheet of neither group."""
    antatt = f'IF({{FAM.antatt.{list(_SLAG).index(_SUKSESS)}}}=1,"{_SAMLET_ANTATT}","")'
    return f'IF({{samlet_uten_effekt_netto_budsjett}}>0,"{_POSITIV}","")&"{_SAMLET}"&{antatt}&"."'
