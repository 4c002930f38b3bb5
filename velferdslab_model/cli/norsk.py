"""Norwegian words for click's own texts.

Click looks its texts up with gettext under the name `_` in each of its modules; that lookup is replaced by this
table. A text that is not in it stays English, which a test finds.
"""

from __future__ import annotations

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_TEKSTER = {
    "Usage:": "Bruk:",
    "Options": "Valg",
    "Commands": "Kommandoer",
    "Positional arguments": "Argumenter",
    "Show this message and exit.": "Vis denne hjelpen og avslutt.",
    "Show the version and exit.": "Vis versjonen og avslutt.",
    "default: {default}": "standard: {default}",
    "required": "må oppgis",
    "Error: {message}": "Feil: {message}",
    "Try '{command} {option}' for help.": "Prøv «{command} {option}» for hjelp.",
    "Invalid value: {message}": "Ugyldig verdi: {message}",
    "Invalid value for {param_hint}: {message}": "Ugyldig verdi for {param_hint}: {message}",
    "Missing argument": "Mangler argumentet",
    "Missing option": "Mangler valget",
    "Missing parameter": "Mangler parameteren",
    "Missing command.": "Mangler kommando.",
    "No such option {name!r}.": "Valget {name!r} finnes ikke.",
    "No such command {name!r}.": "Kommandoen {name!r} finnes ikke.",
    "Option {name!r} does not take a value.": "Valget {name!r} tar ingen verdi.",
    "Choose from:\n\t{choices}": "Velg mellom:\n\t{choices}",
}
_FLERTALL = {
    "Got unexpected extra argument ({args})": "Uventet ekstra argument ({args})",
    "Got unexpected extra arguments ({args})": "Uventede ekstra argumenter ({args})",
    "Option {name!r} requires an argument.": "Valget {name!r} krever en verdi.",
    "Option {name!r} requires {nargs} arguments.": "Valget {name!r} krever {nargs} verdier.",
    "{value!r} is not {choice}.": "{value!r} er ikke {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} er ikke blant {choices}.",
    "Did you mean {possibility}?": "Mente du {possibility}?",
    "(Possible options: {possibilities})": "(Mulige: {possibilities})",
    "(Did you mean one of: {possibilities}?)": "(Mente du en av: {possibilities}?)",
}


def _entall(tekst: str) -> str:
    return _TEKSTER.get(tekst, tekst)


def _flertall(en: str, flere: str, antall: int) -> str:
    valgt = en if antall == 1 else flere
    return _FLERTALL.get(valgt, valgt)


def oversett_click() -> None:
    """Give click its Norwegian words."""
    for modul in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        for navn, oppslag in (("_", _entall), ("ngettext", _flertall)):
            if hasattr(modul, navn):
                setattr(modul, navn, oppslag)
