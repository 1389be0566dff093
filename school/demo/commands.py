"""`flask demo`: build the demo school in an empty database and print its accounts."""

import json
from dataclasses import asdict
from datetime import timedelta

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from school.core import clock, statistics
from school.core.database import db
from school.core.transactions import unit_of_work
from school.demo.accounts import Printed, printed_accounts
from school.demo.building import build, is_empty
from school.home.actions import give_out, recount_city, recount_levels, recount_school
from school.homework.actions import recount_units
from school.people.models import School

COUNTED_DAYS = 15
"""What the pages of head and city analyst compare; the worker keeps it fresh afterwards."""


@click.command("demo")
@with_appcontext
@click.option("--json", "as_json", is_flag=True, help="List the accounts as JSON.")
def demo(*, as_json: bool) -> None:
    """Build a believable school; in a database that has it already, only list the accounts."""
    accounts = load()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=1))
    else:
        click.echo(table_of(accounts))


def load() -> list[Printed]:
    """The demo school's accounts; built first when there is no school."""
    if not is_empty():
        accounts = printed_accounts()
        if not accounts:
            raise click.ClickException("This database holds a school that is not the demo; nothing was changed.")
        return accounts
    with unit_of_work():
        accounts = build()
    statistics.refresh()
    recount_units()
    with unit_of_work():
        since, yesterday = clock.today() - timedelta(COUNTED_DAYS), clock.today() - timedelta(1)
        for school in db.session.scalars(select(School).order_by(School.id)):
            recount_school(school, since)
            recount_levels(school, since)
        recount_city(since)
        for last in (yesterday - timedelta(7), yesterday):
            give_out(last)
    return accounts


def load_if_empty() -> list[Printed]:
    """The same for the first start of a laptop: a school of real people is left as it is and lists nobody."""
    return load() if is_empty() else printed_accounts()


def table_of(accounts: list[Printed]) -> str:
    """The accounts for a terminal."""
    width = max(len(one.role) for one in accounts) + 2
    login = max(len(one.login) for one in accounts) + 2
    return "\n".join(f"{one.role:<{width}}{one.login:<{login}}{one.password}  {one.name}" for one in accounts)


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(demo)
