"""What a person has seen of a film: where to go on, and which parts were watched."""

from content_library import FileOfVersion
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.models import FilmSeen
from school.library.stretches import Stretch, joined, read, write


def note_watching(actor: Actor, film: FileOfVersion, length: int, seconds: int, stretches: list[Stretch]) -> None:
    """Keep that ``stretches`` were watched and that the film stands at ``seconds``; nothing past its ``length``."""
    if actor.on_behalf_of is not None:
        return
    seen = db.session.get(FilmSeen, (actor.account_id, film.sha256), with_for_update=True)
    if seen is None:
        seen = FilmSeen(account_id=actor.account_id, film=film.sha256, parts="")
        db.session.add(seen)
    seen.parts = write(joined([*read(seen.parts), *stretches], length))
    seen.seconds = max(0, min(seconds, length))
    seen.seen_at = clock.now()
    db.session.flush()
