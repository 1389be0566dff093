"""`flask library reindex`: the search index of this machine, made anew from the database."""

import click

from content_library.search import BeingBuilt, rebuild
from school.core.database import db
from school.core.files import storage
from school.core.finding import index_folder, reading
from school.library.routes.blueprint import blueprint


@blueprint.cli.command("reindex")
@click.option("--if-missing", is_flag=True, help="Do nothing when this machine has an index.")
def reindex(if_missing: bool) -> None:
    """Build this machine's search index anew. Search goes on with the old one until the new one is ready."""
    folder = index_folder()
    if if_missing and folder.current() is not None:
        click.echo("The index is there.")
        return
    db.session.remove()
    with click.progressbar(length=1, label="Building the search index", show_pos=True) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        try:
            rebuild(folder, reading, storage().open, progress=progress)
        except BeingBuilt:
            raise click.ClickException("another process is building the index of this machine already") from None
    lock = folder.try_lock("writer")
    if lock is not None:  # nobody follows just now: nobody else will delete the old builds
        with open(lock, "rb"):
            folder.sweep()
