"""The tab «Nullalternativ i bevegelse»: what a group's answer would be if people moved without the programme, live.

Its inputs are the years counted from one situation to another, and what a year in each costs; without any it is the null
alternative of the other tabs. docs/modell.md section 9.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from velferdslab_model.base.celleverdi import celletekst
from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.ord import NETTONAVN, SERIENAVN, SITUASJONSNAVN
from velferdslab_model.bevegelse import Bevegelsesvisning, bevegelsesvisning
from velferdslab_model.effektbok.aarsakse import BREDDER, aarsskriver
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.bevegelse import INGEN_BEVEGELSE, OVERGANGSFELT, SITUASJONSKOSTNAD
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.workbook.inputs import tekstregel, validering
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.rows import Radskriver

_NAVN = "Nullalternativ i bevegelse"
#: Columns of the table of inputs: to each situation, the cost, what counts of it, and then the shares.
_TIL, _KR, _GJELDER, _ANDEL = 4, 8, 9, 11
_OM = (
    "Hva svaret ville vært om folk flyttet seg også uten velferdslab, for besparelse og gevinster likt. Fyll ut gule celler, eller ta dem "
    "fra «velferdslab personas». Uten tall er det det samme som det faste nullalternativet i de andre fanene."
)


def overgangsnavn(prefiks: str, til: str) -> str:
    """Name of the column of counts to a situation."""
    return f"{prefiks}_overganger_til_{til}"


def _ark(ark: Ark, resultat: Resultat) -> None:
    ark.kolonnebredder += list(BREDDER)
    ark.siste_kolonne, ark.sider_bredt, ark.laas_ruter = 18, 1, (2, 1)
    ark.radhoeyder[0] = 23
    ark.formel(0, 0, f'="{_NAVN}: "&TRIM({{navn}})', f"{_NAVN}: {resultat.forutsetninger.navn}", "tittel")
    ark.tekst(1, 0, _OM, "dempet")
    r = aarsskriver(ark, 2)
    for noekkel, (prefiks, tittel, *_) in GRUPPER.items():
        g = resultat.grupper[noekkel]
        visning = g.bevegelse or bevegelsesvisning(INGEN_BEVEGELSE, g.inndata, g.serier, g.foerste_aar)
        assert visning is not None  # one of the two is there
        _Gruppe(r, prefiks, tittel, g, visning).plasser()


BEVEGELSESFANE = Tilleggsfane(_NAVN, "Hva om folk flytter seg også uten velferdslab", _ark)


class _Gruppe:
    """One group's part of the tab. Keys of the group's own tabs are read with its prefix."""

    def __init__(self, r: Radskriver, prefiks: str, tittel: str, g: Grupperesultat, v: Bevegelsesvisning) -> None:
        self.r, self.ark, self.p, self.tittel, self.g, self.v = r, r.ark, prefiks, tittel, g, v
        self.b = g.gruppe.bevegelse or INGEN_BEVEGELSE
        r.merke = f"={{{prefiks}.i_perioden}}*{{{prefiks}.aar}}"  # the groups may start in different years

    def _n(self, noekkel: str) -> str:
        return f"{self.p}.bev.{noekkel}"

    def _g(self, mal: str) -> str:
        """A template with the keys of this tab, {b.x}, and of the group's own, {g.x}."""
        return mal.replace("{<b.", f"{{<{self.p}.bev.").replace("{b.", f"{{{self.p}.bev.").replace("{<g.", f"{{<{self.p}.").replace("{g.", f"{{{self.p}.")  # fmt: skip

    def _linje(
        self, noekkel: str, tekst: str, mal: str, verdier: Array, enhet: str = "kr", stil: str = "kr_strek"
    ) -> None:
        skala = float(max(1.0, np.abs(verdier).max()))
        self.r.linje(self._n(noekkel), tekst, enhet, self._g(mal), verdier, stil, skala=skala)

    def plasser(self) -> None:
        """Inputs, answer, and the rows behind it."""
        self.r.overskrift(self.tittel)
        self._inndata()
        svar = self.r.rad
        self.r.rad += 3
        self._folk()
        self._penger()
        self._svar(svar)

    def _inndata(self) -> None:
        ark, rad = self.ark, self.r.rad
        hode = [f"til {navn.lower()}" for navn in SITUASJONSNAVN.values()]
        ark.tekst(rad, 0, "År talt fra (rad) til (kolonne) året etter", "hode_v")
        for kol in (1, 2):
            ark.tekst(rad, kol, "", "hode")
        for k, tekst in enumerate(hode):
            ark.tekst(rad, _TIL + k, tekst, "hode")
            ark.tekst(rad, _ANDEL + k, f"andel {tekst}", "hode")
        ark.tekst(rad, _KR, "Kr per år", "hode")
        ark.tekst(rad, _GJELDER, "Gjelder", "hode")
        ark.radhoeyder[rad] = 28
        for i, fra in enumerate(LIVSSITUASJONER):
            ark.tekst(rad + 1 + i, 0, f"Fra {SITUASJONSNAVN[fra].lower()}", "etikett")
            ark.tekst(rad + 1 + i, 1, "år, andel", "enhet")
        for k, til in enumerate(LIVSSITUASJONER):
            kolonne = [rad_[k] or None for rad_ in self.b.overganger]
            ark.kolonne(self._n(f"antall.{til}"), rad + 1, _TIL + k, kolonne, "inn_desimal", overgangsnavn(self.p, til))
        ark.valideringer.append((rad + 1, _TIL, rad + 4, _TIL + 3, validering(OVERGANGSFELT)))
        ark.kolonne(self._n("kr"), rad + 1, _KR, list(self.b.kostnad), "inn_kr", f"{self.p}_situasjonskostnad")
        ark.valideringer.append((rad + 1, _KR, rad + 4, _KR, validering(SITUASJONSKOSTNAD)))
        for i, fra in enumerate(LIVSSITUASJONER):
            her = rad + 1 + i
            antall = f"E{her + 1}:H{her + 1}"
            kr = float(self._kostnad[i])
            ark.formel(her, _GJELDER, self._g(f"=IF(LEN(I{her + 1})=0,{{g.nullalternativ_{fra}}},I{her + 1})"), kr, "kr", self._n(f"c.{fra}"), skala=kr)  # fmt: skip
            for k, til in enumerate(LIVSSITUASJONER):
                ellers = "1" if k == i else "0"
                mal = f"=IF(SUM({antall})=0,{ellers},{'EFGH'[k]}{her + 1}/SUM({antall}))"
                ark.formel(her, _ANDEL + k, mal, self.b.andeler[i][k], "andel", self._n(f"b.{fra}.{til}"))
        ark.tekst(rad + 5, 0, "Kilde", "etikett")
        ark.verdi(
            self._n("kilde"),
            rad + 5,
            _TIL,
            self.g.gruppe.bevegelse.kilde if self.g.gruppe.bevegelse else None,
            "inn_kilde",
            f"{self.p}_bevegelse_kilde",
            til_kol=14,
        )
        ark.valideringer.append(
            (rad + 5, _TIL, rad + 5, _TIL, tekstregel("Kilde", MAKS_TEKST, "Hvor tallene kommer fra."))
        )
        ark.tekst(rad + 6, 0, "Kan brukes", "etikett")
        tom = f"COUNT(E{rad + 2}:I{rad + 5})=0"
        ugyldig = f'COUNTA(E{rad + 2}:I{rad + 5})-COUNTIF(E{rad + 2}:I{rad + 5},">=0")'
        mal = (
            f'=IF({ugyldig}<>0,"Nei: et tall mangler eller er under 0.",IF(OR({tom},{{g.skjedd_uansett}}=0),"Ja",'
            '"Nei: skjedd uansett er over 0 og sier det samme på en annen måte. Bruk bare den ene."))'
        )
        ark.formel(rad + 6, _TIL, self._g(mal), "Ja", "fet")
        self.r.rad = rad + 8

    @property
    def _kostnad(self) -> Array:
        kroner = zip(self.b.kostnad, self.g.inndata.nullalternativ, strict=True)
        return np.array([float(n) if kr is None else kr for kr, n in kroner])

    def _folk(self) -> None:
        folk, aar = self.v.serier.kohort, self.g.aar
        assert folk.uten is not None  # it moves
        self.r.blokk("Uten velferdslab: hvor de samme ville vært", aar)
        for s, fra in enumerate(UTGANGSSITUASJONER):
            for j, naa in enumerate(LIVSSITUASJONER):
                flyttet = "+".join(f"{{<b.uten.{fra}.{i}}}*{{b.b.{i}.{naa}}}" for i in LIVSSITUASJONER)
                nye = f"+{{g.inntak_aapent}}*{{g.inntak_{fra}}}" if j == s else ""
                self._linje(f"uten.{fra}.{naa}", _fra_til(fra, naa), f"={{g.i_perioden}}*({flyttet}{nye})", folk.uten[s, j], "deltakere", "antall")  # fmt: skip
        self.r.blokk("Ute av velferdslab, når de også flytter seg etterpå", aar)
        for s, fra in enumerate(UTGANGSSITUASJONER):
            for j, naa in enumerate(LIVSSITUASJONER):
                flyttet = "+".join(f"{self._falt(s, i)}*{{b.b.{i}.{naa}}}" for i in LIVSSITUASJONER)
                mal = f"={{g.i_perioden}}*({flyttet}{_nye(s, j)})"
                self._linje(f"ute.{fra}.{naa}", _fra_til(fra, naa), mal, folk.utenfor[s, j], "deltakere", "antall")
        self.r.blokk("Flere eller færre i situasjonen enn uten velferdslab", aar)
        avvik = self.v.serier.personer.sum(0) - folk.uten.sum(0)
        for j, naa in enumerate(LIVSSITUASJONER):
            inne = "+".join(f"{{g.inne.{fra}.{naa}}}" for fra in UTGANGSSITUASJONER[: j + 1]) if j < 3 else "0"
            ute = "+".join(f"{{b.ute.{fra}.{naa}}}-{{b.uten.{fra}.{naa}}}" for fra in UTGANGSSITUASJONER)
            self._linje(f"avvik.{naa}", SITUASJONSNAVN[naa], f"={inne}+{ute}", avvik[j], "deltakere", "antall")

    def _falt(self, s: int, i: str) -> str:
        """Last year's persons outside in a situation, after relapse."""
        fra, j = UTGANGSSITUASJONER[s], LIVSSITUASJONER.index(i)
        her = f"{{<b.ute.{fra}.{i}}}"
        if j > s:
            return f"(1-{{g.aarlig_tilbakefall}})*{her}"
        if j < s:
            return her
        falt = "+".join(f"{{<b.ute.{fra}.{x}}}" for x in LIVSSITUASJONER[s + 1 :])
        return f"({her}+{{g.aarlig_tilbakefall}}*({falt}))"

    def _penger(self) -> None:
        v, g, aar = self.v, self.g, self.g.aar
        aarlige, staar = v.serier.ikke_neddiskontert, v.med_kostnad
        self.r.blokk("Kroner mot et nullalternativ i bevegelse, ikke neddiskontert", aar)
        c = "+".join(f"{{g.deltakere_{j}}}*{{b.c.{j}}}" for j in UTGANGSSITUASJONER)
        self._linje(
            "erstattet",
            "Besparelse, erstattede tjenester",
            f"={{g.erstatningsgrad}}*({c})",
            aarlige.erstattede_tjenester,
        )
        mal = "=-(1-{g.skjedd_uansett})*(" + "+".join(f"{{b.avvik.{j}}}*{{b.c.{j}}}" for j in LIVSSITUASJONER) + ")"
        self._linje("bedret", "Besparelse, bedret situasjon", mal, aarlige.bedret_situasjon)
        for navn, verdi, nivaa in (
            ("helsegevinst", "verdi_qaly", "livskvalitet"),
            ("produksjonsgevinst", "loennskostnad", "stillingsandel"),
        ):
            ledd = "+".join(f"{{b.avvik.{j}}}*{{g.{nivaa}_{j}}}" for j in LIVSSITUASJONER)
            mal = f"={{g.realvekst}}*(1-{{g.skjedd_uansett}})*{{g.{verdi}}}*({ledd})"
            self._linje(navn, SERIENAVN[navn], mal, getattr(aarlige, navn))
        mal = "={b.erstattet}+{b.bedret}-{g.l.kostnad}+{g.offentlig_andel_produksjonsgevinst}*{b.produksjonsgevinst}"
        self._linje("netto_budsjett", NETTONAVN["netto_budsjett"], mal, aarlige.netto_budsjett)
        mal = "={b.erstattet}+{b.bedret}-{g.l.kostnad}+{b.helsegevinst}+{b.produksjonsgevinst}+{g.skattefinansieringssats}*{b.netto_budsjett}"
        self._linje("netto_samfunn", NETTONAVN["netto_samfunn"], mal, aarlige.netto_samfunn)
        # The same persons as in the other tabs, at the cost of a year in each situation: what the cost alone means.
        ledd = "+".join(
            f"{{g.flyttet.{fra}.{j}}}*({{b.c.{fra}}}-{{b.c.{j}}})"
            for s, fra in enumerate(UTGANGSSITUASJONER)
            for j in LIVSSITUASJONER[s + 1 :]
        )
        faktor = g.serier.diskonteringsfaktor
        self.r.blokk("Fast nullalternativ, med kostnaden per situasjonsår, ikke neddiskontert", aar)
        self._linje(
            "staar",
            SERIENAVN["besparelse"],
            f"={{b.erstattet}}+(1-{{g.skjedd_uansett}})*({ledd})",
            staar.besparelse / faktor,
        )
        self.r.blokk("Neddiskontert", aar, "Sum")
        skatt = "(1+{g.skattefinansieringssats})*"
        for n, foran in (("budsjett", ""), ("samfunn", skatt)):
            serie, fast = f"netto_{n}", getattr(v.fast, f"netto_{n}")
            self._sum(f"fast.{n}", f"{NETTONAVN[serie]}, fast", f"={{g.l.{serie}}}*{{g.diskonteringsfaktor}}", fast)
            mal = f"={{b.fast.{n}}}+{{g.diskonteringsfaktor}}*{foran}({{b.staar}}-{{g.l.besparelse}})"
            self._sum(f"kostnad.{n}", f"{NETTONAVN[serie]}, fast, per situasjonsår", mal, getattr(staar, serie))
            mal = f"={{b.{serie}}}*{{g.diskonteringsfaktor}}"
            self._sum(f"flyttet.{n}", f"{NETTONAVN[serie]}, i bevegelse", mal, getattr(v.penger, serie))

    def _sum(self, noekkel: str, tekst: str, mal: str, verdier: Array) -> None:
        self._linje(noekkel, tekst, mal, verdier)
        skala = float(max(1.0, np.abs(verdier).max()))
        self.r.sum_av_forrige(self._n(f"{noekkel}.sum"), f"{self.p}_bevegelse_{noekkel.replace('.', '_')}", self._g(f"=SUM({{b.{noekkel}:}})"), float(verdier.sum()), skala=skala)  # fmt: skip

    def _svar(self, rad: int) -> None:
        """The two nets side by side, and what the difference comes from."""
        ark = self.ark
        ark.tekst(rad, 0, "Sum over analyseperioden, neddiskontert (kr)", "hode_v")
        ark.tekst(rad, 1, "", "hode")
        for kol, tekst in (
            (2, "Fast"),
            (4, "+ kostnad per situasjonsår"),
            (6, "+ folk flytter seg"),
            (8, "= i bevegelse"),
        ):
            ark.tekst(rad, kol, tekst, "hode", kol + 1 if kol > 2 else None)
        ark.radhoeyder[rad] = 28
        for i, n in enumerate(("budsjett", "samfunn"), start=1):
            fast, kostnad, flyttet = (f"{{b.{x}.{n}.sum}}" for x in ("fast", "kostnad", "flyttet"))
            ark.tekst(rad + i, 0, NETTONAVN[f"netto_{n}"], "etikett_fet")
            ark.tekst(rad + i, 1, "kr", "enhet")
            forskjell, sum_ = self.v.forskjell[n], float(getattr(self.v.fast, f"netto_{n}").sum())
            for kol, mal, verdi in (
                (2, f"={fast}", sum_),
                (4, f"={kostnad}-{fast}", forskjell["kostnad"]),
                (6, f"={flyttet}-{kostnad}", forskjell["bevegelse"]),
                (8, f"={flyttet}", self.v.sum_netto[n]),
            ):
                ark.formel(rad + i, kol, self._g(mal), verdi, "kr_fet", skala=max(1.0, abs(sum_)), til_kol=kol + 1 if kol > 2 else None)  # fmt: skip


def _nye(s: int, j: int) -> str:
    """Those who leave the programme and come to a situation, as a part of a sum."""
    fra = UTGANGSSITUASJONER[s]
    if j < s:
        return ""
    if j == 3:
        return f"+{{g.suksessrate_stabil}}*{{<g.inne.{fra}.stabil}}"
    naa = UTGANGSSITUASJONER[j]
    if j > s:
        return f"+{{g.beholder_steget}}*{{g.sluttet.{fra}.{naa}}}"
    tilbake = "".join(f"+(1-{{g.beholder_steget}})*{{g.sluttet.{fra}.{b}}}" for b in UTGANGSSITUASJONER[s + 1 :])
    return f"+{{g.sluttet.{fra}.{fra}}}{tilbake}"


def _fra_til(fra: str, naa: str) -> str:
    return f"Inn som {SITUASJONSNAVN[fra].lower()}, nå {SITUASJONSNAVN[naa].lower()}"


def bevegelsescelle(innhold: Innhold, prefiks: str, noekkel: str) -> str:
    """Sheet and cell of one input of the tab, by its key in an endring; empty without the tab."""
    if noekkel.endswith(".kilde"):
        return str(innhold.omraade(f"{prefiks}_bevegelse_kilde") or "")
    _, hva, fra, *til = noekkel.split(".")
    sted = innhold.omraade(overgangsnavn(prefiks, til[0]) if hva == "overganger" else f"{prefiks}_situasjonskostnad")
    return f"{sted.ark}!{sted.kol}{sted.rad + LIVSSITUASJONER.index(fra)}" if sted else ""


def les_bevegelsesfane(innhold: Innhold, gruppe: str) -> tuple[dict[str, Any] | None, dict[str, str]] | None:
    """What the tab holds of a group, as a scenario file has it, and where it stands; None without the tab."""
    prefiks = GRUPPER[gruppe][0]
    steder = {til: innhold.omraade(overgangsnavn(prefiks, til)) for til in LIVSSITUASJONER}
    kr = innhold.omraade(f"{prefiks}_situasjonskostnad")
    if kr is None or any(sted is None or sted.siste_rad - sted.rad != 3 for sted in (*steder.values(), kr)):
        return None
    celler = innhold.verdier[kr.ark]
    foran = f"{gruppe}.bevegelse"
    hvor: dict[str, str] = {f"{foran}": str(kr), f"{foran}.kilde": str(innhold.omraade(f"{prefiks}_bevegelse_kilde"))}
    overganger: dict[str, list[Any]] = {}
    kostnad: dict[str, Any] = {}
    for i, fra in enumerate(LIVSSITUASJONER):
        rad = []
        for til, sted in steder.items():
            assert sted is not None  # asked above
            adresse = f"{sted.kol}{sted.rad + i}"
            hvor[f"{foran}.overganger.{fra}.{til}"] = f"{sted.ark}!{adresse}"
            rad.append(innhold.verdier[sted.ark].get(adresse) or 0.0)
        overganger[fra] = rad
        adresse = f"{kr.kol}{kr.rad + i}"
        hvor[f"{foran}.kostnad.{fra}"] = f"{kr.ark}!{adresse}"
        if celler.get(adresse) not in (None, ""):
            kostnad[fra] = celler[adresse]
    if not kostnad and not any(map(any, overganger.values())):
        return None, hvor
    kilde = celletekst(innhold.verdi(f"{prefiks}_bevegelse_kilde"))
    return {"overganger": overganger, "kostnad": kostnad, "kilde": kilde}, hvor
