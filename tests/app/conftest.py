from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.tjener import Tjener


@pytest.fixture(scope="session")
def tjener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjener]:
    """One page for all tests that only ask it things."""
    mappe: Path = tmp_path_factory.mktemp("app")
    with Tjener(mappe) as kjoerer:
        yield kjoerer
