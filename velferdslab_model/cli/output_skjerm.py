"""The one way text reaches the terminal: what others have written in it, such as file names, cannot steer it."""

from __future__ import annotations

import click

from velferdslab_model.base.tekst import synlig


def si(tekst: str, err: bool = False) -> None:
    """Write lines to standard output, or to standard error."""
    click.echo("\n".join(map(synlig, tekst.split("\n"))), err=err)
