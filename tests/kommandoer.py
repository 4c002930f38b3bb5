"""Write docs/kommandoer.md from the commands themselves: `python -m tests.kommandoer`."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli import cli

FIL = Path(__file__).parents[1] / "docs" / "kommandoer.md"
_HODE = """# Kommandoene

Skrevet av programmet selv (`python -m tests.kommandoer`); `velferdslab KOMMANDO --help` viser det samme.
"""


def alle() -> dict[str, click.Command]:
    """Every command by its name."""
    return dict(sorted(cli.commands.items()))


def hjelp(navn: str, kommando: click.Command) -> str:
    """The help of a command, as a terminal a hundred characters wide shows it."""
    with click.Context(
        kommando,
        info_name=f"velferdslab {navn}",
        terminal_width=100,
        max_content_width=100,
        help_option_names=["-h", "--help"],
    ) as ctx:
        return "\n".join(linje.rstrip() for linje in kommando.get_help(ctx).splitlines())


def siden() -> str:
    """The whole page."""
    deler = [f"## {navn}\n\n```text\n{hjelp(navn, kommando)}\n```\n" for navn, kommando in alle().items()]
    return "\n".join([_HODE, *deler])


if __name__ == "__main__":
    FIL.write_text(siden(), encoding="utf-8")
