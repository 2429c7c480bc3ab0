"""`sites` and `place`: which sites a body ran on a day, and which bodies ran a place, in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer
from rich import text

from nhs_orgs.amounts import amount
from nhs_orgs.cli.application import AsJson, Asked, Folder, command, day_of
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import place_document, sources_document, stay_document
from nhs_orgs.cli.phrases import Numbers
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.dates import PartialDate, span_in_words
from nhs_orgs.errors import UnknownPlace
from nhs_orgs.explain import label
from nhs_orgs.period import Period
from nhs_orgs.places import Place, Stay
from nhs_orgs.register import Register, load

__all__ = ["place", "sites"]


@command("sites")
def sites(
    organisation: Asked,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="On which day, such as 2014-10-31.")],
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """List the sites that a body may have run on a day.

    By the lists of sites in hand, and by the places that are known to have passed from body to body. What no list
    shows by that day is left out.

    Example: nhs-orgs sites RJD --on 2014-10-31
    """
    opened = load(register)
    code, day = choose(opened, organisation).partition("@")[0], date.fromisoformat(day_of(on))
    found = opened.sites(code, on=day)
    if json:
        named = [stay_document(stay, name=_name(opened, stay, day)) for stay in found]
        sources = sources_document(source for stay in found for source in stay.sources)
        write_json({"code": code, "on": day.isoformat(), "sites": named, "sources": sources})
        return
    when = PartialDate.of_day(day).describe()
    body = opened.on(day).get(code)
    if body is None:
        say(f"{label(opened.eras(code)[-1])} was not open on {when}.")
        return
    numbers = Numbers()
    say(text.Text.assemble((code, "bold"), f"  {body.name} on {when}: {amount(len(found), 'site')}"))
    say(
        pairs([(s.site or "no code", f"{_name(opened, s, day)}\n{_shown(s)} {numbers.cite(s.sources)}") for s in found])
    )
    _print_sources(numbers)


def _name(register: Register, stay: Stay, day: date) -> str:
    """The name of a site on a day: that of its place, else of its record."""
    if stay.place is not None:
        return register.places[stay.place].name_on(day)
    record = register[stay.site or ""]
    return record.name_on(day) or (record.names[0].text if record.names else "name unknown")


def _shown(stay: Stay) -> str:
    """The days of a stay, and those on which lists show it."""
    months = [PartialDate.of_month(day.year, day.month).describe() for day in _days(stay.seen)]
    seen = f"in lists of {' to '.join(dict.fromkeys(months))}" if months else ""
    return "; ".join(part for part in (stay.when, seen) if part) or "no day known"


def _days(seen: Period | None) -> Iterable[date]:
    return [day for day in (seen.start, seen.end) if isinstance(day, date)] if seen else []


@command("place")
def place(
    asked: Annotated[
        str, typer.Argument(metavar="PLACE", help="The id of a place (county-hospital), or a site code that it had.")
    ],
    *,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Show which bodies ran a place, in order.

    One hospital or clinic under every site code that it had. A site code that belongs to no place is shown alone.

    Example: nhs-orgs place county-hospital
    """
    opened = load(register)
    found, stays = _found(opened, asked), opened.stays(asked)
    if json:
        sources = [*(found.sources if found else ()), *(source for stay in stays for source in stay.sources)]
        shown = {"place": found and place_document(found), "stays": [stay_document(stay) for stay in stays]}
        write_json(shown | {"sources": sources_document(sources)})
        return
    numbers = Numbers()
    say(_heading(opened, found, asked))
    if found:
        say(pairs([(name, value) for name, value in _about(found, numbers) if value]))
    say("", "Run by", pairs([_stay(opened, stay, numbers) for stay in stays]) if stays else "No source in hand says.")
    _print_sources(numbers)


def _found(register: Register, asked: str) -> Place | None:
    """The place meant; ``None`` for a code that belongs to none."""
    try:
        return register.place(asked)
    except UnknownPlace:
        if asked in register:
            return None
        raise


def _heading(register: Register, found: Place | None, asked: str) -> text.Text:
    if found is not None:
        return text.Text.assemble((found.id, "bold"), f"  {', '.join(filter(None, (found.name, found.town)))}")
    record = register[asked]
    return text.Text.assemble((record.code, "bold"), f"  {register.eras(record.code)[-1].name}")


def _about(found: Place, numbers: Numbers) -> Iterable[tuple[str, str]]:
    yield "kind", found.kind
    for former in found.former_names:
        yield "formerly", f"{former.text}, {span_in_words(former.since, former.until)}"
    yield "known by", f"{found.confidence.value} confidence {numbers.cite(found.sources)}"
    yield "note", found.note or ""


def _stay(register: Register, stay: Stay, numbers: Numbers) -> tuple[str, str]:
    return (
        stay.operator,
        f"{_bodies(register, stay)}\n{stay.site or 'no code'}, {_shown(stay)} {numbers.cite(stay.sources)}",
    )


def _bodies(register: Register, stay: Stay) -> str:
    """The bodies that its operator's code meant in those days."""
    if stay.operator not in register:
        return "not in this register"
    eras = register.eras(stay.operator)
    meant = [era for era in eras if _meets(era.period.start, era.period.end, stay)] or list(eras[-1:])
    return ", then ".join(era.name for era in meant)


def _meets(first: object, last: object, stay: Stay) -> bool:
    ended = isinstance(last, date) and stay.since is not None and last < stay.since.earliest
    unbegun = isinstance(first, date) and stay.until is not None and first > stay.until.latest
    return not ended and not unbegun


def _print_sources(numbers: Numbers) -> None:
    if numbers.sources:
        say("", "Sources", numbers.listed())
