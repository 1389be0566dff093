"""``flask records``: seal, verify, and hand out receipts."""

import json
import uuid
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import NullPool, create_engine

from school.core.config import database_url
from school.core.database import read_engine
from school.core.records.canonical import canonical
from school.core.records.carrying import carry
from school.core.records.closing import seal
from school.core.records.keys import NoRecordKey, key_id, signing_key
from school.core.records.publishing import published_keys, published_roots
from school.core.records.receipts import NotSealedYet, Receipt, RecordBroken, as_file, receipt_for, why_broken
from school.core.records.sealing import SEAL_EVERY
from school.core.records.verifying import Report, verify
from school.core.transactions import unit_of_work

_FILE = click.Path(path_type=Path, exists=True)
NO_WORKER = 20
"""So many sealing rounds missed mean that no worker runs."""

records_commands = AppGroup("records", help="The record of marks and presence that nobody can change in silence.")


@records_commands.command("verify")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--key", "keys", multiple=True, help="A public key known from outside, in hex; may be repeated.")
@click.option("--any-key", is_flag=True, help="Believe the keys listed in the database itself.")
@click.option("--roots", type=_FILE, help="A saved copy of /records/roots.json: every day in it must still stand here.")
@click.option(
    "--receipt", "receipts", type=_FILE, multiple=True, help="A receipt, or a folder of them; may be repeated."
)
def verify_command(
    as_json: bool, keys: tuple[str, ...], any_key: bool, roots: Path | None, receipts: tuple[Path, ...]
) -> None:
    """Read the whole record again; name what is not as it was sealed and exit with 1."""
    trusted = None if any_key else _trusted(keys)
    with read_engine().connect() as connection:
        published = json.loads(roots.read_text())["days"] if roots else ()
        report = verify(connection, trusted, roots=published, receipts=_receipts(receipts))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(f"{report.schools} schools, {report.events} sealed events, {report.days} signed days.")
        click.echo(_tail(report))
        for problem in report.problems:
            click.echo(f"{problem.kind.upper()}: {problem.words}")
        click.echo("Everything is as it was sealed." if report.holds else f"{len(report.problems)} problems.")
    if not report.holds:
        raise SystemExit(1)


@records_commands.command("seal")
def seal_command() -> None:
    """Close the days that are over and seal what waits, as the worker does every few seconds."""
    click.echo(f"{seal()} events sealed.")


@records_commands.command("receipt")
@click.argument("school_id", type=int, required=False)
@click.argument("event_id", type=click.UUID, required=False)
@click.option(
    "--check", type=click.Path(path_type=Path, exists=True), help="Hold a receipt against the record instead."
)
def receipt_command(school_id: int | None, event_id: uuid.UUID | None, check: Path | None) -> None:
    """Print the receipt of an event, or check that the record still keeps an old one (after tools/verify_receipt.py)."""
    with read_engine().connect() as connection:
        if check is not None:
            fault = why_broken(connection, json.loads(check.read_text()))
            click.echo(fault or "The record keeps this receipt.")
            raise SystemExit(1 if fault else 0)
        if school_id is None or event_id is None:
            raise click.UsageError("Name the school and the event, or --check a file.")
        try:
            receipt = receipt_for(connection, school_id, event_id)
        except NotSealedYet as why:
            raise click.ClickException("not sealed yet: ask again in a few seconds") from why
        except RecordBroken as why:
            raise click.ClickException(str(why)) from why
    if receipt is None:
        raise click.ClickException("no such event")
    click.echo(as_file(receipt), nl=False)


@records_commands.command("roots")
def roots_command() -> None:
    """Print what is published: the keys, then each signed day, one JSON a line."""
    with read_engine().connect() as connection:
        for one in (*published_keys(connection), *published_roots(connection)):
            click.echo(canonical(one))


@records_commands.command("carry")
@click.argument("url")
def carry_command(url: str) -> None:
    """After a restore: enter again what the database at URL recorded and the backup lacks, to be sealed anew."""
    engine = create_engine(database_url(url), poolclass=NullPool)
    with engine.connect() as old, unit_of_work():
        found = carry(old)
    for one in found:
        words = "is not in the backup: keep the old database" if one.unknown_school else f"{one.events} events carried"
        click.echo(f"School {one.school_id}: {words}.")
    click.echo(f"{sum(one.events for one in found)} events carried; marks stand as the backup has them.")


def _tail(report: Report) -> str:
    """How long the open tail is, and how long it may be."""
    if not report.waiting:
        return f"No event waits for its seal; sealing comes every {SEAL_EVERY:g} seconds while a worker runs."
    words = (
        f"{report.waiting} events wait for their seal, the oldest for {report.waiting_seconds:.1f} seconds (a round comes every"
        f" {SEAL_EVERY:g} seconds while a worker runs); nothing is claimed about them."
    )
    return words + (" No worker seems to run." if report.waiting_seconds > NO_WORKER * SEAL_EVERY else "")


def _receipts(paths: tuple[Path, ...]) -> list[Receipt]:
    """The receipts of these files and folders."""
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    return [json.loads(file.read_text()) for file in files]


def _trusted(keys: tuple[str, ...]) -> dict[str, bytes] | None:
    """The keys named and this machine's own."""
    trusted: dict[str, bytes] = {}
    for text in keys:
        try:
            public = bytes.fromhex(text)
        except ValueError as why:
            raise click.BadParameter(f"{text} is not hex") from why
        trusted[key_id(public)] = public
    try:
        own = signing_key()
    except NoRecordKey as why:
        if not trusted:
            raise click.ClickException(f"{why}; or name the public key by --key, or say --any-key") from why
    else:
        trusted[own.id] = own.public
    return trusted


def init_app(app: Flask) -> None:
    """Put the commands on the application's command line."""
    app.cli.add_command(records_commands)
