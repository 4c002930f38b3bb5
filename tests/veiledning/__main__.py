"""Write the guide's page: `python -m tests.veiledning`; with `bilder` also the pictures that are older than the program."""

from __future__ import annotations

import sys

from tests.veiledning.bilder import BILDER, foreldet, lag
from tests.veiledning.siden import skriv

if sys.argv[1:2] == ["bilder"]:
    lag(sys.argv[2:] or [navn for navn in BILDER if foreldet(navn)])
skriv()
