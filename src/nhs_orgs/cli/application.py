"""The application that commands join, and the options that they share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Annotated, Final, ParamSpec, TypeAlias

import typer

from nhs_orgs import __version__
from nhs_orgs.cli.mistakes import told
from nhs_orgs.cli.screen import say, tell
from nhs_orgs.dates import parse_human, to_day
from nhs_orgs.errors import InvalidDate, NHSOrgsError, UnknownOrganisation, UnknownPlace
from nhs_orgs.organisations import DateReading
from nhs_orgs.register import Register, load

__all__ = ["AsJson", "AsKnown", "Asked", "ByDates", "Folder", "app", "command", "day_of", "opened"]

P = ParamSpec("P")

_NOT_FOUND: Final = 1
_WRONG: Final = 2


def _versions(asked: bool) -> None:
    if asked:
        opened = load()
        say(f"nhs-orgs {__version__}", f"register as at {opened.release} ({len(opened):,} records)")
        raise typer.Exit


app = typer.Typer(
    name="nhs-orgs",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _shared(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_versions, help="Print both versions: code and data.")
    ] = False,
) -> None:
    """The dated, cited history of NHS organisations, offline."""


Asked: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="ORGANISATION",
        help="A code (R1E), a key (RRE@2018-06-01), an abbreviation (MPFT) or a whole name, present or former.",
        show_default=False,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Folder: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="FOLDER",
        help="Ask a register that `nhs-orgs compile` made, not the one that comes with the library.",
        show_default=False,
    ),
]
ByDates: TypeAlias = Annotated[
    DateReading, typer.Option("--reading", help="By which pair of the register's dates bodies are open.")
]


AsKnown: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="DAY",
        help="As the register was known then, such as 2018-08-31: by the releases in hand, nothing curated.",
        show_default=False,
    ),
]


def opened(folder: Path | None, known_at: str | None) -> Register:
    """The register to ask: as it is, or as it was known at a time."""
    whole = load(folder)
    return whole if known_at is None else whole.as_known(at=day_of(known_at))


def command(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make a function a command: an error of the library is printed, never traced."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @app.command(name)
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
            except NHSOrgsError as error:
                tell(f"error: {told(error, signature(function).parameters)}")
                raise typer.Exit(
                    _NOT_FOUND if isinstance(error, (UnknownOrganisation, UnknownPlace)) else _WRONG
                ) from None
            except BrokenPipeError:
                raise
            except OSError as error:
                tell(f"error: {error}. Look at the place that it names, and try again.")
                raise typer.Exit(_WRONG) from None

        return function

    return register


def day_of(text: str) -> str:
    """The day that a person gives, as ISO text: also "1 June 2018" or "01/06/2018".

    Raises:
        InvalidDate: Not one day.
    """
    try:
        return to_day(text).isoformat()
    except InvalidDate:
        day = parse_human(text).day
    if day is None:
        raise InvalidDate(text, "one day, such as 2018-06-01: a month or a year is several")
    return day.isoformat()
