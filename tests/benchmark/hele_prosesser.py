"""Time and memory of whole commands: python -m tests.benchmark.hele_prosesser

Each command runs in a process of its own; the first run warms the disk and is not counted. Medians of ten runs are
shown beside the limits of the project, and beside a Python that only starts and stops, on the same machine.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time

KOMMANDOER = (
    ("python -c pass", ["-c", "pass"], None, None),
    ("velferdslab --help", ["-m", "velferdslab_model", "--help"], 0.15, None),
    ("velferdslab run", ["-m", "velferdslab_model", "run"], 0.7, None),
    ("velferdslab generate", ["-m", "velferdslab_model", "generate", "-o", "bok.xlsx"], 1.0, 100),
    ("velferdslab check", ["-m", "velferdslab_model", "check", "bok.xlsx"], 1.5, None),
    ("velferdslab uncertainty", ["-m", "velferdslab_model", "uncertainty", "-o", "u.xlsx"], 4.0, None),
    (
        "... a million draws",
        ["-m", "velferdslab_model", "uncertainty", "--draws", "1000000", "-o", "u.xlsx"],
        None,
        400,
    ),
)
RUNDER = 10


def maal(argumenter: list[str], mappe: str) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one run."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.chdir(mappe)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(sys.executable, [sys.executable, *argumenter])
    _, status, bruk = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{argumenter} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, bruk.ru_maxrss / 1024


def main() -> None:
    """Measure every command and print a table."""
    print(f"{'command':24}{'seconds':>9}{'limit':>7}{'x python':>10}{'MB':>6}{'limit':>7}")
    grunn = 0.0
    with tempfile.TemporaryDirectory() as mappe:
        for navn, argumenter, sekunder, megabyte in KOMMANDOER:
            runder = [maal(argumenter, mappe) for _ in range(RUNDER + 1)][1:]
            tid = statistics.median(r[0] for r in runder)
            grunn = grunn or tid
            minne = max(r[1] for r in runder)
            print(f"{navn:24}{tid:9.3f}{sekunder or '-':>7}{tid / grunn:10.1f}{minne:6.0f}{megabyte or '-':>7}")


if __name__ == "__main__":
    main()
