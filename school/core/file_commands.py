"""``flask files``: make the bucket, look after what is stored, and copy all of it to a backup folder and back."""

from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from content_library import orphans
from content_library.storage import Storage
from content_library.storage.disk import DiskStorage
from content_library.storage.s3 import S3Storage
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work

files_commands = AppGroup("files", help="Stored files: make the bucket, check, sweep, copy out and in.")

OLD = timedelta(days=2)
"""Bytes are written before the row that names them: what is younger may still get its row."""


@files_commands.command("prepare")
def prepare_command() -> None:
    """Make the bucket if it is not there, and ask the storage whether it answers."""
    chosen = storage()
    if isinstance(chosen, S3Storage):
        chosen.make_bucket()
    chosen.check()
    click.echo("The storage answers.")


@files_commands.command("check")
def check_command() -> None:
    """Name every file that a row speaks of and the storage has not; exit with 1 if there is one."""
    found = orphans.sweep(db.session(), storage(), clock.now() - OLD)
    for key in found.missing:
        click.echo(f"missing: {key}")
    click.echo(f"{len(found.missing)} missing; {found.nameless_files} old files that nothing names.")
    if found.missing:
        raise SystemExit(1)


@files_commands.command("sweep")
def sweep_command() -> None:
    """Delete what nothing has named for two days: unused rows first, their bytes at the next sweep."""
    with unit_of_work():
        found = orphans.sweep(db.session(), storage(), clock.now() - OLD, apply=True)
    click.echo(
        f"{found.unused_rows} unused rows, {found.nameless_files} nameless files, {found.abandoned_uploads} abandoned uploads."
    )


@files_commands.command("copy-out")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def copy_out_command(folder: Path) -> None:
    """Copy to FOLDER what it has not; each file is held against its checksum. Deletes nothing there."""
    click.echo(f"{copy(storage(), DiskStorage(folder, 'a backup issues no links'))} files copied.")


@files_commands.command("copy-in")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def copy_in_command(folder: Path) -> None:
    """Copy from FOLDER what the storage has not; each file is held against its checksum."""
    click.echo(f"{copy(DiskStorage(folder, 'a backup issues no links'), storage())} files copied.")


def copy(source: Storage, target: Storage) -> int:
    """Bring what ``target`` has not; how many. Raises ``ClickException`` at the first file that is not what its name says."""
    there = {about.key for about in target.walk()}
    copied = 0
    for about in source.walk():
        if about.key in there:
            continue
        with source.open(about.key) as file:
            saved = target.save(file)
        if saved.key != about.key:
            target.delete(saved.key)
            raise click.ClickException(f"{about.key} is damaged where it comes from: its bytes sum up to {saved.key}")
        copied += 1
    return copied


def init_app(app: Flask) -> None:
    """Put the commands on the application's command line."""
    app.cli.add_command(files_commands)
