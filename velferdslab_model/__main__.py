"""Run the command line: velferdslab, or python -m velferdslab_model."""

from __future__ import annotations

from typing import NoReturn

from velferdslab_model.base.signals import avbryt_ved_signal, avslutt_avbrutt, la_signaler_virke


def main() -> NoReturn:
    """Load the command line and run it; an interruption is told once, also while it loads."""
    try:
        avbryt_ved_signal()
        from velferdslab_model.cli import main as kommandolinje

        try:
            kommandolinje()
        finally:
            la_signaler_virke()
    except KeyboardInterrupt:
        avslutt_avbrutt()


if __name__ == "__main__":
    main()
