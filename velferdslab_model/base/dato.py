"""The day it is, where a file says when it was made."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from velferdslab_model.errors import KanIkkeSkrive


def dagens_dato() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH, the convention of reproducible builds. Raises KanIkkeSkrive."""
    epoke = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoke:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoke), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise KanIkkeSkrive(f"SOURCE_DATE_EPOCH er «{epoke}», ventet et helt antall sekunder siden 1970.") from None
