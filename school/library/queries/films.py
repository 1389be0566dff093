"""A film as a player needs it: renditions, playlists, and what this person has seen of it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content_library import FileOfVersion, FileRole, Rendition, renditions, shelf
from school.core.access import Actor
from school.core.database import db
from school.core.files import storage
from school.library.models import FilmSeen
from school.library.stretches import Stretch, read, seconds_of

LINK_SECONDS = 6 * 3600
"""How long the address of a film lives: a school day, for a page left open or a film paused."""
FIRST_HEIGHT = 480
"""Pixels of the rendition that a player begins with, and of the one for browsers without HLS."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a person stopped, and what they have watched."""

    seconds: int
    stretches: tuple[Stretch, ...]


NOTHING_SEEN = Seen(0, ())


def films_in(files: Sequence[FileOfVersion]) -> list[FileOfVersion]:
    """The renditions of a version's film, that for any browser first; a film from before HLS is one file."""
    films = [one for one in files if one.role is FileRole.BODY and one.content_type.startswith("video/")]
    return sorted(films, key=lambda one: abs((one.facts or {}).get("height", FIRST_HEIGHT) - FIRST_HEIGHT))


def main_playlist(files: Sequence[FileOfVersion], address: Callable[[FileOfVersion], str]) -> str | None:
    """The playlist of all renditions; None for a film that has none in pieces."""
    films = [(Rendition.from_facts(one.facts), address(one)) for one in films_in(files) if one.facts]
    return renditions.main_playlist(films) if films else None


def playlist(film: FileOfVersion) -> str | None:
    """The playlist of one rendition, with a signed address that lives ``LINK_SECONDS``; None when it is not in pieces."""
    if not film.facts:
        return None
    address = storage().link(film.sha256, film.name, film.content_type, LINK_SECONDS)
    return renditions.playlist(Rendition.from_facts(film.facts), address)


def length_of(film: FileOfVersion) -> int:
    """Whole seconds of a film in pieces; 0 when it is not known."""
    return round(Rendition.from_facts(film.facts).seconds) if film.facts else 0


def seen_of(actor: Actor, film: FileOfVersion) -> Seen:
    """What this person has seen of it; nothing while they look on another's behalf."""
    if actor.on_behalf_of is not None:
        return NOTHING_SEEN
    found = db.session.get(FilmSeen, (actor.account_id, film.sha256))
    return Seen(found.seconds, tuple(read(found.parts))) if found else NOTHING_SEEN


@dataclass(frozen=True, slots=True)
class Watched:
    """How much of a film somebody has watched."""

    seconds: int
    length: int

    @property
    def percent(self) -> int:
        """Of the whole film."""
        return min(100, round(100 * self.seconds / self.length))


def watched_by(account_id: uuid.UUID, version_id: uuid.UUID) -> Watched | None:
    """What an account has watched of a version's film; None when the version has no film in pieces."""
    version = shelf.get_version(db.session(), version_id)
    films = films_in(shelf.files_of(db.session(), version)) if version is not None else []
    if not films or not length_of(films[0]):
        return None
    found = db.session.get(FilmSeen, (account_id, films[0].sha256))
    return Watched(seconds_of(read(found.parts)) if found else 0, length_of(films[0]))
