"""`flask library topics import PATH`: a framework from a file, looked at first."""

import json
from pathlib import Path

import click
from flask_babel import force_locale

from content_library import frameworks, subjects
from school.core.database import db
from school.core.languages import gettext as _
from school.core.transactions import unit_of_work
from school.library.framework_words import REASONS, place_of_row, reason_said
from school.library.routes.blueprint import blueprint


@blueprint.cli.group("topics")
def topics_commands() -> None:
    """The topic frameworks of subjects."""


@topics_commands.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--subject", default="", help="Code or name of the subject of rows that name none.")
@click.option("--year", type=click.IntRange(1, 11), help="Year level of rows that name none.")
@click.option(
    "--apply", "is_applied", is_flag=True, help="Change the framework; without it only say what would change."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--language", default="en", show_default=True, type=click.Choice(["en", "ru"]), help="Of the report.")
def import_topics(path: Path, subject: str, year: int | None, is_applied: bool, as_json: bool, language: str) -> None:
    """Bring topics in from a codifier (JSON), our own JSON or TOML, or a table (CSV)."""
    with force_locale(language):
        try:
            rows = frameworks.read_rows(path.name, path.read_bytes())
        except frameworks.Unreadable as why:
            raise click.ClickException(str(REASONS[why.reason])) from why
        with unit_of_work():
            subjects.ensure_subjects(db.session())
            default = subjects.find_subject(db.session(), subject) if subject else None
            if subject and default is None:
                raise click.ClickException(f"There is no subject {subject!r}.")
            plan = frameworks.plan(db.session(), rows, default, year)
            if is_applied:
                frameworks.bring(db.session(), plan)
        _report(path, plan, is_applied, as_json)
    if not plan.rows:
        raise SystemExit(1)


def _report(path: Path, plan: frameworks.Plan, is_applied: bool, as_json: bool) -> None:
    refused = [{"where": place_of_row(one), "reason": reason_said(one)} for one in plan.refused]
    counts = {what.value: plan.count(what) for what in frameworks.What}
    if as_json:
        said = {"path": str(path), "applied": is_applied, **counts, "only_here": plan.only_here, "refused": refused}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    new, changed, same = (counts[name] for name in ("new", "changed", "same"))
    summary = _("new: %(new)s, changed: %(changed)s, as they are: %(same)s", new=new, changed=changed, same=same)
    click.echo(f"{path}: {summary}")
    for one in refused:
        click.echo(f"  {one['where']}: {one['reason']}")
    if not is_applied:
        click.echo(_("Nothing is changed yet: run it again with --apply."))
