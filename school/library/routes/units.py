"""One unit as its readers see it."""

from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from content_library import FileOfVersion, FileRole, Unit, UnitKind, UnitVersion, copies, quality, shelf
from school.core.access import Actor, requires
from school.core.database import db
from school.core.files import storage
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import page
from school.core.shell import Crumb
from school.library.forms.reports import ReportForm
from school.library.places import address_at, has_film, places_of
from school.library.policy import may_keep, may_read, sees_the_teachers_part, teaches_somewhere
from school.library.queries import NextLesson, bookmarks_of, get_unit, next_lessons, read_unit
from school.library.queries.films import Seen, seen_of
from school.library.queries.notes import notes_of
from school.library.queries.packages import played
from school.library.queries.reading import LESSON_MINUTES, is_document, link
from school.library.queries.reports import own_reports
from school.library.routes.blueprint import blueprint, link_if_there
from school.library.routes.stage import stage


@dataclass(frozen=True, slots=True)
class PlayedFilm:
    """What the player of a film in pieces is told by its page."""

    playlist: str
    seen: Seen
    watched: str = ""
    """Where to say what was watched; nothing where nobody asks."""


STAGE_PARTS = ("teacher", "panel", "pupils")
FOR_A_CLICK = 300
"""Seconds that the address of a document lives."""


@blueprint.get("/library/<uuid:unit_id>")
@requires(may_read, unit=get_unit)
def unit(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """The published version; ``?version=2`` shows an earlier one, which homework may point at."""
    version = asked_version(unit)
    reading = read_unit(unit, version, language())
    lessons = next_lessons(actor, unit) if teaches_somewhere(actor) and not reading.is_retired else []
    is_whole = sees_the_teachers_part(actor)
    return page(
        "library/unit.html",
        unit=unit,
        reading=reading,
        file_address=lambda file: url_for(".file", unit_id=unit.id, position=file.position, version=version.number),
        film=PlayedFilm(
            url_for(".film", unit_id=unit.id, version=version.number),
            seen_of(actor, reading.film.file),
            url_for(".watched", unit_id=unit.id, version=version.number),
        )
        if reading.film and reading.film.seconds
        else None,
        stage=stage(
            actor,
            reading.package,
            played(actor, reading.package),
            url_for(".played", unit_id=unit.id, version=version.number),
        )
        if reading.package
        else None,
        homework=[(lesson, found) for lesson in lessons if (found := _set_homework(lesson, version))],
        try_url=_try_url(actor, version) if reading.items else "",
        lesson_minutes=LESSON_MINUTES,
        stage_parts=STAGE_PARTS if is_whole and request.args.get("view") != "pupils" else ("pupils",),
        stage_views=_stage_views(unit, version) if is_whole and reading.stages else (),
        bookmarks=bookmarks_of(actor, unit) if unit.kind is UnitKind.TEXTBOOK else {},
        report_form=ReportForm(formdata=None).offer(places_of(reading)) if may_keep(actor, unit) else None,
        notes=notes_of(actor, unit) if unit.kind is UnitKind.TEXTBOOK else (),
        places=places_of(reading),
        chain=copies.chain_of(db.session(), unit),
        facts=quality.facts_of(db.session(), unit.id),
        own_reports=own_reports(actor, unit),
        has_film=has_film(reading),
        address_at=address_at,
        starts_at=max(0, request.args.get("t", 0, type=int)),
        where=(Crumb(_("Library"), url_for("library.shelves")), Crumb(version.title)),
    )


@blueprint.get("/library/<uuid:unit_id>/show")
@requires(may_read, unit=get_unit)
def show(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """For the panel: slides of a presentation, or stages of a lesson with the minutes that are left; keys and taps turn."""
    version = asked_version(unit)
    reading = read_unit(unit, version, language())
    if not (reading.slides or reading.deck or reading.stages):
        abort(404)
    back = url_for("library.unit", unit_id=unit.id)
    return page("library/show.html", reading=reading, back=back, where=(Crumb(version.title, back), Crumb(_("Slides"))))


@blueprint.get("/library/<uuid:unit_id>/files/<int:position>")
@requires(may_read, unit=get_unit)
def file(_actor: Actor, unit: Unit, position: int) -> ResponseReturnValue:
    """A file of a published version: subtitles are answered here, everything else by the storage itself."""
    return send(asked_version(unit), position)


def send(version: UnitVersion, position: int) -> ResponseReturnValue:
    """Answer with a file of a version, or lead to it, once the storage has said that it is there.

    A storage that is away says so on a page of ours, not on the browser's.
    """
    found = next((one for one in shelf.files_of(db.session(), version) if one.position == position), None)
    if found is None:
        abort(404)
    if found.role is FileRole.SUBTITLES:
        return _subtitles(found)
    if not is_document(found):
        abort(404)
    if not storage().exists(found.sha256):
        abort(404)
    address = link(found, download=request.args.get("save") == "1", seconds=FOR_A_CLICK)
    answer = redirect(address, 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _subtitles(found: FileOfVersion) -> ResponseReturnValue:
    """A film's words must come from the page's own address: browsers ask no other site for them."""
    with storage().open(found.sha256) as words:
        text = words.read()
    return text, 200, {"Content-Type": "text/vtt; charset=utf-8", "Cache-Control": "private, max-age=3600"}


def asked_version(unit: Unit) -> UnitVersion:
    """The version in the address, if schools have seen it; else the newest that they see."""
    number = request.args.get("version", type=int)
    if number is not None:
        for version in shelf.versions_of(db.session(), unit):
            if version.number == number and version.published_at is not None:
                return version
        abort(404)
    return shelf.published_version(db.session(), unit) or abort(404)


def _stage_views(unit: Unit, version: UnitVersion) -> list[tuple[str, str, bool]]:
    """The three views of a lesson: words, address, whether it is the present one."""
    here, number = request.args.get("view", ""), version.number
    return [
        (_("For the teacher"), url_for(".unit", unit_id=unit.id, version=number), here != "pupils"),
        (_("For the pupils"), url_for(".unit", unit_id=unit.id, version=number, view="pupils"), here == "pupils"),
        (_("For the panel"), url_for(".show", unit_id=unit.id, version=number), False),
    ]


def _set_homework(lesson: NextLesson, version: UnitVersion) -> str:
    return link_if_there("homework.set", school_id=lesson.school_id, lesson_id=lesson.id, unit=version.id)


def _try_url(actor: Actor, version: UnitVersion) -> str:
    """Where a pupil tries the questions; attempts belong to a school, so nobody else has any."""
    for standing in actor.standings:
        if standing.kind == "pupil":
            return link_if_there("tasks.practise", school_id=standing.school_id, version_id=version.id)
    return ""
