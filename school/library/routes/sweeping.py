"""`flask library sweep`: bytes that nothing names, and rows whose bytes are gone."""

from datetime import timedelta

import click

from content_library import orphans
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.library import actions
from school.library.routes.blueprint import blueprint


@blueprint.cli.command("sweep")
@click.option("--apply", is_flag=True, help="Delete what was found; without it nothing is changed.")
@click.option("--days", default=1, show_default=True, type=click.IntRange(min=1), help="Leave younger files alone.")
def sweep(apply: bool, days: int) -> None:
    """Find stored files that nothing uses, and rows whose files are missing (these need a backup, and fail the command)."""
    with unit_of_work():
        # Whoever points to a file keeps it, in whichever school: the one question that is asked of all of them.
        db.session.connection(execution_options={"unguarded": True})
        before = clock.now() - timedelta(days=days)
        found = orphans.sweep(db.session(), storage(), before, apply=apply)
        if apply:
            actions.forget_uploads(before)
    done = "deleted" if apply else "found (nothing is changed without --apply)"
    click.echo(f"files without a row: {found.nameless_files} {done}")
    click.echo(f"rows that nothing uses: {found.unused_rows} {done}")
    if apply:
        click.echo(f"abandoned uploads: {found.abandoned_uploads} deleted")
    for key in found.missing:
        click.echo(f"the file of {key} is missing: restore it from a backup", err=True)
    if found.missing:
        raise SystemExit(1)
