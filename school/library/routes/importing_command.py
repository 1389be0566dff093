"""`flask library import PATH…`: files of other programs as drafts, each with a report."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from flask_babel import force_locale

from content_library import Author, Subject, interchange, subjects
from school.core.database import db
from school.core.transactions import unit_of_work
from school.library.actions.landing import SERVER, Wanted, land, store_packages
from school.library.interchange.sentences import place_said, sentence
from school.library.routes.blueprint import blueprint


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    path: str
    format: str = "unknown"
    imported: int = 0
    refused: list[interchange.Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        refused = [
            {"where": place_said(one.place) or Path(self.path).name, "reason": sentence(one)} for one in self.refused
        ]
        return {"path": self.path, "format": self.format, "imported": self.imported, "refused": refused}


@blueprint.cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--subject", default="other", show_default=True, help="Code or name of the subject of the drafts.")
@click.option("--years", default="1-11", show_default=True, help="Year levels, as 7 or 5-9.")
@click.option("--author", default="", help="Who is named as the author.")
@click.option("--by-category", is_flag=True, help="A test for each folder of questions of a file.")
@click.option("--dry-run", is_flag=True, help="Only report; make no drafts.")
@click.option("--language", default="en", show_default=True, type=click.Choice(["en", "ru"]), help="Of the report.")
def import_files(
    paths: tuple[Path, ...],
    as_json: bool,
    subject: str,
    years: str,
    author: str,
    by_category: bool,
    dry_run: bool,
    language: str,
) -> None:
    """Bring questions, courses, books, slides and documents (a file, a package or a folder of them) in as drafts.

    Each file is brought whole or, when it can't be opened, not at all. Fails when nothing could be taken.
    """
    with unit_of_work():
        subjects.ensure_subjects(db.session())
    first, last = _years(years)
    wanted = Wanted(subject=_subject(subject), year_from=first, year_to=last, by_category=by_category)
    writer = Author(None, author) if author else SERVER
    reports = []
    with force_locale(language), interchange.Workshop() as workshop:
        for path in paths:
            for report in _bring(workshop, path, writer, wanted, dry_run):
                reports.append(report)
                if not as_json:
                    _show(report)
        if as_json:
            click.echo(json.dumps({"files": [report.as_json() for report in reports]}, ensure_ascii=False, indent=1))
    if not any(report.imported for report in reports):
        raise SystemExit(1)


def _bring(
    workshop: interchange.Workshop, path: Path, writer: Author, wanted: Wanted, dry_run: bool
) -> Iterator[FileReport]:
    """One file after another; what a package does not speak of is looked at by itself."""
    waiting = list(interchange.entries(path))
    for entry in waiting:
        report = FileReport(entry.shown)
        consumed = _bring_one(workshop, entry, report, writer, wanted, dry_run)
        yield report
        if consumed is not None and entry.path.is_dir():
            waiting.extend(interchange.rest_of(entry, consumed))


def _bring_one(
    workshop: interchange.Workshop,
    entry: interchange.Entry,
    report: FileReport,
    writer: Author,
    wanted: Wanted,
    dry_run: bool,
) -> frozenset[str] | None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            found = workshop.read(entry.path, folder)
        except interchange.Refused as problem:
            report.refused.append(problem.at(interchange.Place()))
            # A manifest that speaks of nothing hides none of the files beside it.
            return frozenset({"imsmanifest.xml"}) if problem.why is interchange.Why.NOTHING_FOUND else None
        report.format = found.format
        try:
            stored = None if dry_run else store_packages(found, folder)
            with unit_of_work():
                landed = land(writer, found, folder, wanted, stored)
                if dry_run:
                    raise _OnlyLooking
        except _OnlyLooking:
            pass
    report.imported, report.refused = landed.imported, landed.refused
    return found.consumed


class _OnlyLooking(Exception):
    """Undoes what was made to be counted."""


def _subject(name: str) -> Subject:
    found = subjects.find_subject(db.session(), name)
    if found is None:
        raise click.UsageError(f"There is no subject “{name}”.")
    return found


def _years(years: str) -> tuple[int, int]:
    first, _, last = years.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise click.UsageError("Write the years as 7 or 5-9.")
    low, high = sorted((int(first), int(last or first)))
    if not 1 <= low <= high <= 11:
        raise click.UsageError("Years are from 1 to 11.")
    return low, high


def _show(report: FileReport) -> None:
    click.echo(f"{report.path} ({report.format}): {report.imported}")
    for one in report.as_json()["refused"]:
        click.echo(f"  - {one['where']}: {one['reason']}")
