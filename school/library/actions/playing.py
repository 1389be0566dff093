"""What a person has done in an interactive package, kept so that they can go on at another device."""

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.library.models import PackageWork
from school.library.playing import outcome, read


def note_playing(actor: Actor, package: str, scenes: Collection[str], text: str, revision: int) -> PackageWork | None:
    """Keep the state of a package that was begun from ``revision`` (0: from nothing).

    Nothing is kept while somebody looks on another's behalf. Raises ``playing.BadState``, and ``Conflict`` when the
    person has gone on elsewhere meanwhile.
    """
    state = read(text, scenes)
    if actor.on_behalf_of is not None:
        return None
    work = db.session.get(PackageWork, (actor.account_id, package), with_for_update=True)
    if (work.revision if work else 0) != revision:
        raise Conflict(_("You have gone on in another window or at another device. Open this page anew."))
    if work is None:
        work = PackageWork(account_id=actor.account_id, package=package, revision=0)
        db.session.add(work)
    said = outcome(state, scenes)
    work.state, work.percent, work.is_complete = text, said.percent, said.is_complete
    work.revision, work.saved_at = revision + 1, clock.now()
    try:
        db.session.flush()
    except IntegrityError:  # two windows began at the same moment
        raise Conflict(_("You have gone on in another window or at another device. Open this page anew.")) from None
    return work
