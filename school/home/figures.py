"""Keeping the figures of days fresh: a periodic task for the last days, a command for any."""

from datetime import date, datetime, timedelta

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from school.core import clock
from school.core.database import db
from school.core.jobs import every
from school.core.transactions import unit_of_work
from school.home.actions import give_out, recount_city, recount_levels, recount_school
from school.home.weeks import WEEK
from school.people.models import School

SOON, DEEP = 15 * 60, 6 * 3600
"""Seconds between two recounts of today and yesterday, and of the last days."""
LAST_DAYS = 15
"""Two weeks to compare, and the running day. Marks of older lessons that change now wait for ``flask figures rebuild``."""

commands = AppGroup("figures", help="The figures of days, counted ahead of the pages that show them.")


@every(SOON, "figures.recount", lease=600)
def recount_now() -> None:
    """Today and yesterday."""
    recount(clock.today() - timedelta(1))


@every(DEEP, "figures.recount_last_days", lease=3600)
def recount_last_days() -> None:
    """The two weeks that pages compare: marks are put and homework handed in days after the lesson."""
    recount(clock.today() - timedelta(LAST_DAYS))


def recount(since: date) -> int:
    """Count all schools from ``since`` to today, each in a transaction of its own; how many there are."""
    schools = db.session.scalars(select(School).order_by(School.id)).all()
    for school in schools:
        with unit_of_work():
            recount_school(school, since)
            recount_levels(school, since)
    yesterday = clock.today() - timedelta(1)
    with unit_of_work():
        recount_city(since)
        if since < yesterday - timedelta(WEEK):
            give_out(yesterday - timedelta(WEEK))
        give_out(yesterday)
    return len(schools)


@commands.command("rebuild")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day to count; two weeks ago by default.")
@with_appcontext
def rebuild(since: datetime | None) -> None:
    """Count the figures anew from the facts."""
    first = since.date() if since else clock.today() - timedelta(LAST_DAYS)
    if first > clock.today():
        raise click.UsageError("This day has not come yet.")
    n = recount(first)
    click.echo(f"Counted from {first} to {clock.today()}: {n} school{'' if n == 1 else 's'}.")


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(commands)
