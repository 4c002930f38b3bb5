"""The draws against a null alternative that moves: what the nets may come to, and how likely it pays, beside the fixed one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.base.ord import HVEM_KORT, liten
from velferdslab_model.base.tall import sannsynlighet, tall
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.parameters.typer import LIVSSITUASJONER, Bevegelse, Brukergruppe


@dataclass(frozen=True)
class Bevegelsesspredning:
    """One net over the draws against a null alternative that moves, kr. p_positiv: share above 0; p_fast: the same share of
    the same draws against the fixed one. Every participant counts as its expectation in both."""

    snitt: float
    sd: float
    p_positiv: float
    p_fast: float

    @property
    def som_dict(self) -> dict[str, float]:
        """As the JSON has it."""
        return {"snitt": self.snitt, "sd": self.sd, "p_lonnsom": self.p_positiv, "p_lonnsom_fast": self.p_fast}


def trukket_bevegelse(
    x: Modellinndata, g: Brukergruppe, b: Bevegelse, rng: np.random.Generator, n: int
) -> Modellinndata:
    """Draws against a null alternative that moves.

    The transitions are drawn by their counts (Dirichlet, row by row); what was never counted does not happen. Costs that are
    given are as much higher or lower as the null alternative of utsatt in the same draw (antakelse). What would have happened
    anyway is what the movement says, and is not drawn besides.
    """
    antall = np.array(b.overganger)
    vekt = rng.gamma(np.broadcast_to(antall, (n, *antall.shape)))
    sum_ = vekt.sum(-1, keepdims=True)
    andeler = np.where(sum_ > 0, vekt / np.where(sum_ > 0, sum_, 1.0), np.eye(len(LIVSSITUASJONER)))
    null, grunn = x.nullalternativ, g.nullalternativ[LIVSSITUASJONER.index("utsatt")]
    faktor = null[..., 1] / grunn if grunn else np.ones(())
    kroner = [null[..., j] if kr is None else kr * faktor for j, kr in enumerate(b.kostnad)]
    kostnad: Array = np.stack(np.broadcast_arrays(*kroner), axis=-1)
    return replace(x, overganger=andeler, situasjonskostnad=kostnad, skjedd_uansett=np.array(0.0))


def bevegelsesspredning(netto: Mapping[str, Array], fast: Mapping[str, Array]) -> dict[str, Bevegelsesspredning]:
    """What the draws came to, by net. fast: the same draws against the null alternative that does not move."""
    return {
        x: Bevegelsesspredning(
            float(n.mean()), float((n - n[0]).std(ddof=1)), float((n > 0).mean()), float((fast[x] > 0).mean())
        )
        for x, n in netto.items()
    }


def bevegelsessetninger(spredning: Mapping[str, Bevegelsesspredning], trekninger: int) -> Iterator[str]:
    """What is said of it, in a sentence; nothing where nothing moves."""
    if not spredning:
        return
    deler = [
        f"{liten(HVEM_KORT[x])} lønnsomt i {sannsynlighet(s.p_positiv, trekninger)} av trekningene mot {sannsynlighet(s.p_fast, trekninger)} med det faste "
        f"(snitt {tall(s.snitt / 1e6, 2)} millioner)"
        for x, s in spredning.items()
    ]
    yield (
        f"Mot et nullalternativ i bevegelse: {'; '.join(deler)}. Overgangene trekkes etter hvor mange år de er talt i; tilfeldigheter blant "
        "deltakerne er ikke med i noen av de to."
    )
