"""Time and memory of compare and generate for many municipalities: python -m tests.benchmark.mange_kommuner [--generate]

The municipalities are constructed, different in every factor, drawn with a fixed seed. compare
decomposes every difference, draws 10 000 times for each group, and writes the workbook; once more with the page. Memory
is that of the process and its workers together (proportional set size), so Linux is needed.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ANTALL = (45, 90, 180, 357)
GRENSER = {"compare": (15.0, 1000.0), "generate": (120.0, None)}


def skriv_konstruerte(mappe: Path, antall: int) -> None:
    """Scenario files of so many constructed municipalities, each with both groups."""
    tilfeldig = random.Random(20190101)
    mappe.mkdir()
    for nr in range(1, antall + 1):
        linjer = [f'navn = "Konstruert {nr:03d}"']
        for gruppe in ("unge_voksne", "familier"):
            inntak = [tilfeldig.choice(valg) for valg in ((0, 1, 2, 3, 5, 8), (1, 2, 3, 4, 6, 10), (0, 1, 2, 3))]
            rater = [tilfeldig.choice(valg) for valg in ((0.3, 0.4, 0.5, 0.6), (0.4, 0.5, 0.6), (0.5, 0.6, 0.7))]
            linjer += [
                f"[{gruppe}]",
                f"inntak = {{ uholdbar = {inntak[0]}, utsatt = {inntak[1]}, stabil = {inntak[2]} }}",
                f"suksessrate = {{ uholdbar = {rater[0]}, utsatt = {rater[1]}, stabil = {rater[2]} }}",
                f"nullalternativ = {{ utsatt = {tilfeldig.choice((150_000, 171_000, 192_000))} }}",
                f"verdi_qaly = {tilfeldig.choice((900_000, 1_000_000, 1_200_000))}",
                f"inntaksaar = {tilfeldig.choice((4, 5, 6))}",
                f"[{gruppe}.utvidet]",
                f"skjedd_uansett = {tilfeldig.choice((0.0, 0.1, 0.2))}",
                f"[[{gruppe}.tiltak]]",
                'navn = "Booppfølging"',
                f"enhetskostnad = {tilfeldig.choice((550, 601, 640))}",
                f"volum = {{ uholdbar = {tilfeldig.choice((4, 6, 8))}, utsatt = 3, stabil = 1 }}",
            ]
        (mappe / f"{nr:03d}.toml").write_text("\n".join(linjer), encoding="utf-8")


def maal(argumenter: list[str], mappe: Path) -> tuple[float, float]:
    """Wall seconds of one run, and the most memory it and its workers held together, MB."""
    start = time.perf_counter()
    prosess = subprocess.Popen(
        [sys.executable, "-m", "velferdslab_model", *argumenter], cwd=mappe, stderr=subprocess.DEVNULL
    )
    mest = 0.0
    while prosess.poll() is None:
        mest = max(mest, _minne(prosess.pid))
        time.sleep(0.25)
    if prosess.returncode:
        raise SystemExit(f"{argumenter} ended with {prosess.returncode}")
    return time.perf_counter() - start, mest


def _minne(pid: int) -> float:
    """Proportional set size of a process and its children, MB; 0 for one that has just ended."""
    try:
        barn = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pss = Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0]
    except (OSError, IndexError):
        return 0.0
    return int(pss) / 1024 + sum(_minne(int(b)) for b in barn)


def main() -> None:
    """Measure and print a table; the exponent is over the last two numbers of municipalities."""
    kommandoer = {"compare": ["-o", "s.xlsx"], "compare + page": ["-o", "s.xlsx", "--html", "s.html"]}
    if "--generate" in sys.argv:
        kommandoer["generate"] = ["-o", "ut"]
    print(f"{'command':18}{'municipalities':>15}{'seconds':>9}{'limit':>7}{'MB':>7}{'limit':>7}")
    with tempfile.TemporaryDirectory() as midlertidig:
        for antall in ANTALL:
            skriv_konstruerte(Path(midlertidig) / str(antall), antall)
        for navn, valg in kommandoer.items():
            tider = []
            kommando = navn.split()[0]
            for antall in ANTALL if kommando == "compare" else ANTALL[-1:]:
                tid, minne = maal([kommando, str(antall), *valg, "--force"], Path(midlertidig))
                tider.append(tid)
                grenser = GRENSER[kommando] if antall == ANTALL[-1] else (None, None)
                print(
                    f"{navn:18}{antall:15}{tid:9.1f}{grenser[0] or '-':>7}{minne:7.0f}{grenser[1] or '-':>7}",
                    flush=True,
                )
            if len(tider) > 1:
                vekst = math.log(tider[-1] / tider[-2]) / math.log(ANTALL[-1] / ANTALL[-2])
                print(f"{navn:18} exponent from {ANTALL[-2]} to {ANTALL[-1]}: {vekst:.2f}")


if __name__ == "__main__":
    main()
