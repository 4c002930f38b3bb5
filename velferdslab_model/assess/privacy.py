"""What must never stand in a file of registrations: identity numbers, phone numbers, e-mail addresses and names.

A finding tells what it is and never what was written.

Identity numbers are 11 digits: a plausible date (the day raised by 40 in a D-number; the month by 40 in an H-number, and by
40, 65 or 80 in synthetic ones), and two control digits. The second is the same as before; of the first, remainders 0 to 3
are accepted, as they will be from 2032 (Skatteetaten). Account numbers share the second control digit, so the date
must be plausible, and what is written as accounts are, 1234.56.78903, is none.
"""

from __future__ import annotations

import re
from datetime import date

_VEKT_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_VEKT_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_DAGER, _MAANEDER = 31, 12
#: Digits of a date of birth, and of an identity number that lacks one.
_SIFRE_I_DATO, _UTEN_ETT = 6, 10
_MAANEDSTILLEGG = (0, 40, 65, 80)
#: Eleven digits as people write them: in one, or the six of the date and the five others apart.
_ELLEVE = re.compile(
    r"(?<![\d])(\d{2}[ .\u00a0]?\d{2}[ .\u00a0]?\d{2}[ \u00a0\-.]?\d{5}|\d{6}[ \u00a0]?\d{3}[ \u00a0]?\d{2})(?![\d])"
)
#: An account as banks write it, and nobody else.
_KONTO = re.compile(r"(?<!\d)\d{4}([. \u00a0])\d{2}\1\d{5}(?!\d)")
#: Ten digits that a spreadsheet makes of eleven when the first is a nought.
_TI = re.compile(r"(?<![\d.,+])\d{10}(?![\d.,]\d|\d)")
_LAND = r"(?:(?:\+|00)\s?47[ \u00a0]?)"
_NUMMER = r"[49](?:\d{7}|\d{2}[ \u00a0]\d{2}[ \u00a0]\d{3}|\d[ \u00a0]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2})"
_TELEFON = re.compile(
    rf"(?<![\d.,+])(?:({_LAND})({_NUMMER}|[49]\d[ \u00a0]\d{{3}}[ \u00a0]\d{{3}})|({_NUMMER}))(?![\d]|[.,]\d)"
)
_KRONER = re.compile(r"^[\s\u00a0]*(?:-|kr|nok|,-|kroner|mill|,\d{2}\b)", re.IGNORECASE)
_EPOST = re.compile(r"[^\s@<>;,:]+@[^\s@<>;,:]+\.[^\s@.<>;,:]{2,}")
#: Headings of columns that name somebody.
_NAVNEKOLONNER = re.compile(
    r"\b(?:for|etter|mellom|full)?navn(?:et)?\b|f(?:ø|oe?)dsels?(?:nummer|nr|dato)|\bperson(?:nummer|nr)\b|\bfnr\b|\bd-?nummer\b"
    r"|telefon|\btlf\b|\bmobil|e-?post|\be-?mail\b|\badresse",
    re.IGNORECASE,
)

IDENTITETSNUMMER = "et fødselsnummer eller et annet identitetsnummer"
TELEFONNUMMER = "et telefonnummer"
EPOSTADRESSE = "en e-postadresse"


def er_identitetsnummer(siffer: str) -> bool:
    """Whether eleven digits are an identity number of any kind, ordinary, D-, H- or synthetic."""
    if len(siffer) != 11 or not siffer.isascii() or not siffer.isdigit():
        return False
    tall = [int(s) for s in siffer]
    if (sum(v * t for v, t in zip(_VEKT_1, tall, strict=False)) + tall[9]) % 11 > 3:
        return False
    if (sum(v * t for v, t in zip(_VEKT_2, tall, strict=False)) + tall[10]) % 11:
        return False
    return _mulig_dato(int(siffer[:2]), int(siffer[2:4]), int(siffer[4:6]))


def _mulig_dato(dag: int, maaned: int, aar: int) -> bool:
    dag -= 40 if dag > 40 else 0
    for tillegg in _MAANEDSTILLEGG:
        if 1 <= maaned - tillegg <= 12:
            # Two digits of a year: 00 is taken for 2000, so that 29 February is plausible.
            try:
                date(2000 + aar, maaned - tillegg, dag)
            except ValueError:
                return False
            return True
    return False


def personopplysning(verdi: object) -> str | None:
    """What kind of personal information a cell or heading looks like; None when it looks like none.

    verdi: a text or a number as a cell holds it. Numbers as text are looked for wherever they stand in it.
    """
    if verdi is None or isinstance(verdi, bool):
        return None
    if isinstance(verdi, int | float):
        if verdi != int(verdi) or verdi < 0:
            return None
        tekst = str(int(verdi))
    else:
        tekst = str(verdi)
    if "@" in tekst and _EPOST.search(tekst):
        return EPOSTADRESSE
    if sum(tegn.isdigit() for tegn in tekst) < 8:
        return None
    uten_konto = _KONTO.sub(" ", tekst)
    for funn in _ELLEVE.finditer(uten_konto):
        if er_identitetsnummer(re.sub(r"\D", "", funn[0])):
            return IDENTITETSNUMMER
    if any(er_identitetsnummer(f"0{funn[0]}") for funn in _TI.finditer(uten_konto)):
        return IDENTITETSNUMMER
    if any(_er_telefon(funn, uten_konto) for funn in _TELEFON.finditer(uten_konto)):
        return TELEFONNUMMER
    return None


def _er_telefon(funn: re.Match[str], tekst: str) -> bool:
    """Whether eight digits are a phone number and no amount: 45000000 is a sum unless a country code says otherwise."""
    if funn[1]:
        return True
    foran = tekst[: funn.start()].rstrip().lower()
    if foran.endswith(("kr", "kr.", "nok", "kroner", "-")) or _KRONER.match(tekst[funn.end() :]):
        return False
    return not funn[3].endswith("000")


def foedselsdato_i_kode(kode: str) -> bool:
    """Whether a code is made of a birth date, 150299 or 15-02-99, alone or beside letters, or has ten digits of an identity
    number with the eleventh left out or made a letter."""
    siffer = re.sub(r"\D", "", kode)
    if len(siffer) == _SIFRE_I_DATO:
        if not re.search(r"\d{6}|\d{2}[-_]\d{2}[-_]\d{2}", kode):
            return False
        dag, maaned = int(siffer[:2]), int(siffer[2:4])
        return dag <= _DAGER and maaned <= _MAANEDER and _mulig_dato(dag, maaned, int(siffer[4:]))
    if re.search(r"(?<!\d)\d{2}[-_]\d{2}[-_]\d{4}(?!\d)", kode):
        return _mulig_dato(int(siffer[:2]), int(siffer[2:4]), int(siffer[6:8]))
    if re.search(r"(?<!\d)(?:19|20)\d{2}[-_]\d{2}[-_]\d{2}(?!\d)", kode):
        return _mulig_dato(int(siffer[6:8]), int(siffer[4:6]), int(siffer[2:4]))
    if len(siffer) != _UTEN_ETT:
        return False
    tegn = re.sub(r"[-_]", "", kode)
    byttet = (re.sub(r"\D", str(n), tegn) for n in range(10)) if len(tegn) == _UTEN_ETT + 1 else ()
    return _mulig_dato(int(siffer[:2]), int(siffer[2:4]), int(siffer[4:6])) or any(map(er_identitetsnummer, byttet))


def personkolonne(overskrift: str) -> bool:
    """Whether a heading asks for a name, a number or an address of a person."""
    return bool(_NAVNEKOLONNER.search(overskrift))
