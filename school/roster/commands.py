"""``flask roster import`` and ``flask timetable import``: the same as the pages, for whoever runs the server."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from school.core.transactions import unit_of_work
from school.people.models import School
from school.roster.actions import (
    CannotUndo,
    apply_roster,
    apply_timetable,
    preview_roster,
    preview_timetable,
    undo,
    undo_timetable,
)
from school.roster.formats import UnreadableError, read_files
from school.roster.formats.bundle import read_bundle
from school.roster.models import ImportKind, RosterRun
from school.roster.planning.steps import Preview, Verb
from school.roster.queries import all_schools, find_last_batch
from school.roster.server import SERVER
from school.roster.timetable import read_timetable

roster_commands = AppGroup("roster", help="People and classes from the files of other programs.")
timetable_commands = AppGroup("timetable", help="The timetable from a file.")
LISTED = 40

school_option = click.option("--school", "school_id", type=int, help="Id of the school. Default: the only one.")
apply_option = click.option("--apply", "is_applied", is_flag=True, help="Do it; without this nothing is changed.")
json_option = click.option("--json", "as_json", is_flag=True, help="For machines.")
undo_option = click.option("--undo", "is_undo", is_flag=True, help="Take the last import back.")
path_argument = click.argument("path", type=click.Path(path_type=Path), required=False)


@roster_commands.command("import")
@path_argument
@school_option
@apply_option
@json_option
@undo_option
def import_roster(path: Path | None, school_id: int | None, is_applied: bool, as_json: bool, is_undo: bool) -> None:
    """Show what a OneRoster set or a list of people (a folder, a CSV file or a zip) would change; with --apply do it."""
    if is_undo:
        _undo(ImportKind.ROSTER, school_id, as_json)
        return
    roster = read_files(_files(path, as_json))
    with unit_of_work():
        into = _school(school_id)
        preview = apply_roster(SERVER, roster, _name(path), into)[0] if is_applied else preview_roster(roster, into)
    _show(preview, is_applied, as_json)


@timetable_commands.command("import")
@path_argument
@school_option
@apply_option
@json_option
@undo_option
def import_timetable(path: Path | None, school_id: int | None, is_applied: bool, as_json: bool, is_undo: bool) -> None:
    """Show what a week's timetable would change, and its clashes; with --apply change it and make the lessons."""
    if is_undo:
        _undo(ImportKind.TIMETABLE, school_id, as_json)
        return
    files = _files(path, as_json)
    timetable = read_timetable(*next(iter(files.items())))
    with unit_of_work():
        into = _school(school_id) or _only_school()
        preview = (
            apply_timetable(SERVER, timetable, _name(path), into)[0]
            if is_applied
            else preview_timetable(timetable, into)
        )
    _show(preview, is_applied, as_json)


def _files(path: Path | None, as_json: bool) -> dict[str, bytes]:
    if path is None:
        raise click.UsageError("Name a folder, a CSV file or a zip.")
    try:
        return read_bundle(path)
    except UnreadableError as problem:
        if as_json:
            _say(json.dumps(Preview((), (problem.bad_row,)).as_json(), ensure_ascii=False))
        raise click.ClickException(str(problem)) from problem


def _name(path: Path | None) -> str:
    return path.name if path else ""


def _school(school_id: int | None) -> School | None:
    if school_id is None:
        return None
    found = next((school for school in all_schools() if school.id == school_id), None)
    if found is None:
        raise click.UsageError(f"There is no school with the id {school_id}.")
    return found


def _only_school() -> School:
    schools = all_schools()
    if len(schools) != 1:
        raise click.UsageError("There is not exactly one school; choose one with --school.")
    return schools[0]


def _undo(kind: ImportKind, school_id: int | None, as_json: bool) -> None:
    try:
        with unit_of_work():
            chosen = _school(school_id)
            runs = find_last_batch([chosen] if chosen else all_schools(), kind)
            _take_back(kind, runs)
            done = {
                "undone": len(runs),
                "new": sum(run.new for run in runs),
                "changed": sum(run.changed for run in runs),
                "gone": sum(run.gone for run in runs),
            }
    except CannotUndo as refusal:
        if as_json:
            facts = {str(fact.name): fact.count for fact in refusal.facts}
            _say(json.dumps({"undone": 0, "reason": str(refusal.reason), "facts": facts}, ensure_ascii=False))
        raise click.ClickException(str(refusal)) from refusal
    _say(json.dumps(done) if as_json else "The import has been undone; everything is as it was before.")


def _take_back(kind: ImportKind, runs: list[RosterRun]) -> None:
    if kind is ImportKind.ROSTER or not runs:
        undo(SERVER, runs)
        return
    for run in runs:
        undo_timetable(SERVER, run)


def _show(preview: Preview, is_applied: bool, as_json: bool) -> None:
    if as_json:
        _say(json.dumps(preview.as_json(), ensure_ascii=False))
        return
    for plan in preview.plans:
        _say(f"{plan.school_name}:")
        for verb in Verb:
            kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(plan.by_kind(verb).items()))
            _say(f"  {verb}: {plan.count(verb)}{f' ({kinds})' if kinds else ''}")
    for title, rows in (
        ("Conflicts", [(conflict.place, conflict.reason) for conflict in preview.conflicts]),
        ("Rows not taken", [(row.place, row.reason) for row in preview.all_bad_rows]),
        ("Notes", [(note.place, note.text) for note in preview.all_notes]),
    ):
        if rows:
            _say(f"{title}: {len(rows)}")
        for place, text in rows[:LISTED]:
            _say(f"  {place.file}:{place.line}  {text}")
        if len(rows) > LISTED:
            _say(f"  … and {len(rows) - LISTED} more")
    _say("Done." if is_applied else "Nothing was changed; add --apply to do it.")


def _say(text: str) -> None:
    click.echo(text)


def init_app(app: Flask) -> None:
    """Register both groups."""
    app.cli.add_command(roster_commands)
    app.cli.add_command(timetable_commands)
