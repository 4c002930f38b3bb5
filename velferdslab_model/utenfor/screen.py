"""An account as lines of text: the answer first."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from velferdslab_model.base.tall import INGEN_TALL, kr, prosent, sannsynlighet, tall
from velferdslab_model.utenfor.account import SYN, Utenforregnskap
from velferdslab_model.utenfor.sentences import (
    FORBEHOLD,
    NOK_LYKKES,
    eksempeltall,
    regnskapet_hviler_paa,
    svaret,
    synsnavn,
)
from velferdslab_model.utenfor.terms import FORVALTNINGSNIVAAER, SLAGENE

_BREDDE = 100
#: So many exact trials as a probability near 0 or 1 is told with.
_SIKKER = 10_000


def utenfortabell(r: Utenforregnskap) -> str:
    """Everything, as lines of at most 100 characters."""
    linjer = [linje for del_ in _deler(r) for linje in (*del_, "")]
    return "\n".join(linjer[:-1]) + "\n"


def _deler(r: Utenforregnskap) -> Iterator[list[str]]:
    v = r.vilkaar
    konstruert = " (konstruert)" if v.konstruert else ""
    yield [
        *brutt(f"Utenforregnskap: {v.navn}{konstruert}"),
        *brutt(
            f"{v.maalgruppe}. Kroner i {v.prisaar}-priser, alder {r.aldre[0]:.0f}–{r.aldre[-1]:.0f}, "
            f"neddiskontert med {prosent(v.neddiskontering)}."
        ),
    ]
    yield [linje for setning in svaret(r) for linje in brutt(setning)]
    yield list(_parter(r))
    yield [*brutt(f"* {NOK_LYKKES}", "  ")]
    yield list(_slag(r))
    yield list(_loep(r))
    yield [linje for setning in regnskapet_hviler_paa(v) for linje in brutt(f"* {setning}", "  ")]
    yield list(_eksempler())


def brutt(tekst: str, innrykk: str = "") -> list[str]:
    """A text as lines of the screen's width; those after the first begin with innrykk."""
    return wrap(tekst, _BREDDE, subsequent_indent=innrykk)


def _parter(r: Utenforregnskap) -> Iterator[str]:
    hoder = ("per lykket", "kostnad", "netto", "tilbake", "går opp ved", "nok lykkes")
    yield "Hvem betaler og hvem sparer".ljust(33) + "".join(h.rjust(b) for h, b in zip(hoder, _B, strict=True))
    for hvem in (*FORVALTNINGSNIVAAER, *SYN):
        u = r.utfall[hvem]
        alder = INGEN_TALL if u.tilbakebetalt_alder is None else f"{u.tilbakebetalt_alder} år"
        nullpunkt = INGEN_TALL if u.nullpunkt is None else "ikke" if u.nullpunkt > 1 else prosent(u.nullpunkt, 1)
        celler = (kr(u.per_person), kr(u.kostnad), kr(u.netto), alder, nullpunkt, sannsynlighet(u.p_loennsom, _SIKKER))
        yield f"  {synsnavn(hvem)}".ljust(33) + "".join(c.rjust(b) for c, b in zip(celler, _B, strict=True))


_B = (11, 11, 13, 8, 12, 12)


def _slag(r: Utenforregnskap) -> Iterator[str]:
    yield "Gevinst per person som nås, hele perioden"
    for slag, navn in SLAGENE.items():
        yield f"  {navn}".ljust(33) + kr(float(r.for_slag(slag).sum())).rjust(11)


def _loep(r: Utenforregnskap) -> Iterator[str]:
    """Figure 5 in numbers: every fifth age."""
    yield "Kroner per person og år".ljust(33) + "".join(
        h.rjust(16) for h in ("målgr. kostnad", "inntekt", "sml. kostnad", "inntekt")
    )
    mal, sml = r.livsloep("maalgruppe"), r.livsloep("sammenligning")
    aldre = r.vilkaar.aldre
    for i in range(0, len(aldre), 5):
        celler = (mal["kostnad"][i], mal["inntekt"][i], sml["kostnad"][i], sml["inntekt"][i])
        yield f"  {tall(float(aldre[i]))} år".ljust(33) + "".join(kr(float(c)).rjust(16) for c in celler)


def _eksempler() -> Iterator[str]:
    yield "Publiserte tall per person, som eksempler og aldri brukt i regnskapet"
    for rad in eksempeltall():
        yield from brutt(f"  {rad['tall']}: {rad['hva']} {rad['kilde']}, {rad['aar']}.", "    ")
    yield from brutt(f"  {FORBEHOLD}", "  ")
