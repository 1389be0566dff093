"""The night's refit of the pupil model: a periodic task, and commands for a person."""

from datetime import timedelta

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from school.core import clock
from school.core.jobs import every
from school.core.transactions import unit_of_work
from school.mastery.actions import refit, roll_back
from school.mastery.queries import honesty_by_subject, suspicious_items

NIGHTLY = 24 * 3600
commands = AppGroup("mastery", help="The pupil model.")


@every(NIGHTLY, "mastery.refit", lease=3600)
def refit_now() -> None:
    """A new version of levels, and of weights if they are no worse."""
    with unit_of_work():
        refit()


@commands.command("refit")
@with_appcontext
def refit_command() -> None:
    """Make a new version of the model from the answers since the last one."""
    with unit_of_work():
        made = refit()
        said = "There are no new answers." if made is None else f"Version {made.id} is in use: {made.answers} answers."
    click.echo(said)


@commands.command("rollback")
@with_appcontext
def rollback_command() -> None:
    """Return to the version before the one in use."""
    with unit_of_work():
        before = roll_back()
        said = f"Version {before.id if before is not None else 0} is in use."
    click.echo(said)


@commands.command("honesty")
@click.option("--days", default=14, help="How far back to look.")
@with_appcontext
def honesty_command(days: int) -> None:
    """How well chances came true, by subject, and items that a methodologist should look at."""
    for code, found in honesty_by_subject(clock.now() - timedelta(days)).items():
        click.echo(
            f"{code}: {found.n} answers, AUC {found.auc:.3f}, ECE {found.ece:.3f}, slope {found.slope:.2f}"
            + (" - look at it" if found.is_alarming else "")
        )
    for item, why in suspicious_items().items():
        click.echo(f"item {item}: {why}")


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(commands)
