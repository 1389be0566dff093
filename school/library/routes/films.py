"""Films: playlists with signed addresses, made for each viewer; what was watched; and how far a sent film is."""

from collections.abc import Callable

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import FileOfVersion, Unit, UnitVersion, shelf
from school.core.access import Actor, requires
from school.core.database import db
from school.core.pages import go_to, page
from school.library import actions
from school.library.models import FilmWork
from school.library.policy import may_read, may_see_draft, may_write
from school.library.queries import films_of, get_draft, get_film_work, get_unit, readiness_of
from school.library.queries.films import films_in, length_of, main_playlist, playlist
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version
from school.library.seen import Draft
from school.library.stretches import read

PLAYLIST = {"Content-Type": "application/vnd.apple.mpegurl", "Cache-Control": "no-store"}


@blueprint.get("/library/<uuid:unit_id>/film.m3u8")
@requires(may_read, unit=get_unit)
def film(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """The film of a published version: its renditions."""
    version = asked_version(unit)
    number = version.number
    return _main(version, lambda one: url_for(".rendition", unit_id=unit.id, position=one.position, version=number))


@blueprint.get("/library/<uuid:unit_id>/film/<int:position>.m3u8")
@requires(may_read, unit=get_unit)
def rendition(_actor: Actor, unit: Unit, position: int) -> ResponseReturnValue:
    """One rendition: the byte ranges of its pieces, behind an address signed for this viewer."""
    return _rendition(asked_version(unit), position)


@blueprint.get("/library/<uuid:draft_id>/draft/film.m3u8")
@requires(may_see_draft, draft=get_draft)
def draft_film(_actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The film of the open version."""
    return _main(draft.version, lambda one: url_for(".draft_rendition", draft_id=draft.unit.id, position=one.position))


@blueprint.get("/library/<uuid:draft_id>/draft/film/<int:position>.m3u8")
@requires(may_see_draft, draft=get_draft)
def draft_rendition(_actor: Actor, draft: Draft, position: int) -> ResponseReturnValue:
    """One rendition of the open version's film."""
    return _rendition(draft.version, position)


@blueprint.post("/library/<uuid:unit_id>/watched")
@requires(may_read, unit=get_unit)
def watched(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Where this person is in the film, and which parts they have watched."""
    films = films_in(shelf.files_of(db.session(), asked_version(unit)))
    if not films or not length_of(films[0]):
        abort(404)
    seconds = request.form.get("seconds", 0, type=int)
    stretches = read(request.form.get("parts", "")[:4000])
    actions.note_watching(actor, films[0], length_of(films[0]), seconds, stretches)
    return "", 204


@blueprint.get("/library/<uuid:draft_id>/films")
@requires(may_see_draft, draft=get_draft)
def films(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """How far the films are: asked again every few seconds while one is being made."""
    return page(
        "library/_films.html",
        draft=draft,
        films=films_of(draft),
        readiness=readiness_of(draft),
        is_asked=True,
        is_edited=may_write(actor, draft) is True,
    )


@blueprint.post("/library/<uuid:draft_id>/films/<uuid:film_id>/again")
@requires(may_write, draft=get_draft, film=get_film_work)
def try_film_again(actor: Actor, draft: Draft, film: FilmWork) -> ResponseReturnValue:
    """Let the server try once more; the film needn't be sent again."""
    actions.try_film_again(actor, draft, film)
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


@blueprint.post("/library/<uuid:draft_id>/films/<uuid:film_id>/forget")
@requires(may_write, draft=get_draft, film=get_film_work)
def forget_film(actor: Actor, draft: Draft, film: FilmWork) -> ResponseReturnValue:
    """Put the word about a failed film away."""
    actions.forget_film(actor, draft, film)
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


def _main(version: UnitVersion, address: Callable[[FileOfVersion], str]) -> ResponseReturnValue:
    found = main_playlist(shelf.files_of(db.session(), version), address)
    return (found, 200, PLAYLIST) if found else abort(404)


def _rendition(version: UnitVersion, position: int) -> ResponseReturnValue:
    films = films_in(shelf.files_of(db.session(), version))
    found = next((playlist(one) for one in films if one.position == position), None)
    return (found, 200, PLAYLIST) if found else abort(404)
