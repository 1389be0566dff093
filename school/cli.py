"""Commands: `.venv/bin/flask --app wsgi …`."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from school.core import embedded, migrating, statistics
from school.core.config import Settings
from school.core.database import db, read_engine
from school.demo import commands as demo
from school.home import figures
from school.mastery import commands as mastery_commands
from school.people import commands as people_commands
from school.roster import commands as roster_commands
from school.tracks import commands as tracks_commands

database = AppGroup("db", help="The database's shape.")


@database.command("upgrade")
@click.argument("to", default="head")
def db_upgrade(to: str) -> None:
    """Apply the migrations that are missing."""
    migrating.upgrade(_settings(), to)
    click.echo("The database is up to date.")


@database.command("downgrade")
@click.argument("to")
def db_downgrade(to: str) -> None:
    """Go back to a migration, or to `base`."""
    migrating.downgrade(_settings(), to)


@database.command("check")
def db_check() -> None:
    """Fail when the models and the migrations differ."""
    differences = migrating.differences(read_engine())
    for difference in differences:
        click.echo(str(difference))
    if differences:
        raise SystemExit(1)
    click.echo("Models and migrations agree.")


@database.command("analyze")
@with_appcontext
def db_analyze() -> None:
    """Let the database learn the sizes of its tables, after a big import."""
    statistics.refresh()
    click.echo("The database has learned the sizes of its tables.")


@database.command("revision")
@click.argument("name")
def db_revision(name: str) -> None:
    """Write the next migration from the difference between the models and the database."""
    migrating.write_next(_settings(), name)


@click.command("run-school")
@with_appcontext
def run_school() -> None:
    """Serve the school on this machine, with its worker; the demo is built in an empty database."""
    settings, app = _settings(), current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    migrating.upgrade(settings)
    accounts = demo.load_if_empty()
    db.session.remove()  # this context lives as long as the server: an open transaction here would stop all writers

    def greet() -> None:
        click.echo(f"\n  Moscow Online School: http://{settings.host}:{settings.port}/\n")
        if accounts:
            click.echo("  " + demo.table_of(accounts).replace("\n", "\n  ") + "\n")
        click.echo("  Ctrl-C ends it.")

    try:
        embedded.serve(app, settings.host, settings.port, greet)
    except embedded.PortTaken as why:
        raise click.ClickException(f"{why}. Choose another port: PORT=8001 make run") from None


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def init_app(app: Flask, settings: Settings) -> None:
    """Register the commands; one that finds an empty data folder makes the database first."""
    app.cli.add_command(database)
    app.cli.add_command(people_commands.people)
    app.cli.add_command(run_school)
    demo.init_app(app)
    figures.init_app(app)
    roster_commands.init_app(app)
    mastery_commands.init_app(app)
    tracks_commands.init_app(app)
    if click.get_current_context(silent=True) is not None and settings.is_sqlite and migrating.is_missing(settings):
        migrating.upgrade(settings)
