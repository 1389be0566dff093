"""Opening hints, one after another, each at the price that was shown before."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from content_library.models import Item
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.tasks.actions.running import Finished
from school.tasks.kinds import kind_of
from school.tasks.kinds.hints import hints_for
from school.tasks.models import Attempt, HintOpened
from school.tasks.queries.hints import opened_hints
from school.tasks.seen import SeenAttempt


def open_hint(_actor: Actor, attempt: SeenAttempt, item: Item, number: int) -> str:
    """The words of a hint, opened now or before: the same hint is paid for once. Raises ``Finished`` and ``LookupError``."""
    row = db.session.scalars(
        select(Attempt)
        .where(Attempt.school_id == attempt.school_id, Attempt.id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if row.finished_at is not None or attempt.is_over(clock.now()):
        raise Finished(_("This work is already handed in. The answers that were saved before count."))
    words = hints_for(kind_of(item.kind), item.spec, row.seed)
    opened = opened_hints(row, [item]).get(item.id, 0)
    if not 1 <= number <= min(opened + 1, len(words)):
        raise LookupError(number)
    if number > opened:
        made = HintOpened(
            school_id=row.school_id,
            id=new_id(),
            attempt_id=row.id,
            item_id=item.id,
            number=number,
            opened_at=clock.now(),
        )
        try:
            with db.session.begin_nested():
                db.session.add(made)
        except IntegrityError:
            pass  # opened in another tab this very moment
    return words[number - 1]
