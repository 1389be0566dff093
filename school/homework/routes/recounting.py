"""Keeping the facts of units fresh: each night, and by a command."""

import click

from school.core.jobs import every
from school.homework.actions.leaks import watch_for_leaks
from school.homework.actions.uses import recount_units
from school.homework.routes.blueprint import blueprint

NIGHTLY = 24 * 3600


@every(NIGHTLY, "units.recount", lease=3600)
def recount_nightly() -> None:
    """Count the uses of all units."""
    recount_units()


@every(NIGHTLY, "items.watch", lease=3600)
def watch_nightly() -> None:
    """Look for questions that have leaked."""
    watch_for_leaks()


@blueprint.cli.command("recount-units")
def recount_command() -> None:
    """Count how units of the library are used, now."""
    click.echo(f"{recount_units()} units are used.")
