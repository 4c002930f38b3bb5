"""The registration workbook: planned empty to be filled in, or with what somebody has typed, for an audit."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date

from velferdslab_model.assess.criteria import Kriterier, kriteriene
from velferdslab_model.assess.registrering import FELLES, skjemakolonner
from velferdslab_model.assess.tabs.register_tab import Typetrad, registerark, ulovlig_svar
from velferdslab_model.assess.tabs.row_status import radstatuser
from velferdslab_model.assess.tabs.veiledning_tab import VEILEDNING, veiledningsark
from velferdslab_model.assess.tabs.words import LISTER, ordlisteark
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.workbook.kind import REGISTRERINGER
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

#: Rows of each form.
RADER_I_MALEN = 300
#: The tab of each form.
SKJEMAARK = {"kriterier": "Registreringer", "eget": "Eget skjema"}


def registerplan(
    rader: Mapping[str, Sequence[Typetrad]] | None = None,
    antall: int = RADER_I_MALEN,
    kriterier: Kriterier | None = None,
    i_dag: date | None = None,
) -> Bok:
    """Plan every cell. rader: by form, what is typed; nothing when left out. antall: rows there is room for. i_dag: no date is after it; today
    when left out."""
    k = kriterier or kriteriene()
    typet = {skjema: (rader or {}).get(skjema, ()) for skjema in SKJEMAARK}
    alle = {skjema: [*hans, *[{}] * (antall - len(hans))] for skjema, hans in typet.items()}
    ulovlige = {skjema: [ulovlig_svar(skjema, k, rad) for rad in hans] for skjema, hans in alle.items()}
    statuser = radstatuser(alle, ulovlige, k, i_dag or dagens_dato())
    bok = Bok(REGISTRERINGER, "mal")
    veiledning = bok.nytt_ark(VEILEDNING, fanefarge=GRAA)
    for skjema, navn in SKJEMAARK.items():
        ark = bok.nytt_ark(navn, fanefarge=FARGER["besparelse" if skjema == "kriterier" else "helsegevinst"])
        registerark(ark, skjema, k, alle[skjema], statuser[skjema])
    ordlisteark(bok.nytt_ark(LISTER, fanefarge=GRAA), k)
    veiledningsark(veiledning, k)
    return bok


def registerkolonner(skjema: str = "kriterier") -> tuple[str, ...]:
    """The headings of a form, for a file that is no workbook."""
    return tuple(kolonne.tekst for kolonne in (*FELLES, *skjemakolonner(skjema, kriteriene())))


def write_registermal(sti: str | os.PathLike[str], dato: date | None = None, overskriv: bool = False) -> None:
    """Write an empty registration workbook. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, bytes_av(registerplan(), dato or dagens_dato()), REGISTRERINGER.hindring, overskriv)
