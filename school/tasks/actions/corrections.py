"""What an answer gains (or loses) after its attempt was put right: the points go on to the attempt that counts now."""

from decimal import Decimal

from content_library.models import Item
from school.core.database import db
from school.tasks.models import Attempt
from school.tasks.queries.corrections import is_asked, round_after


def carry_on(row: Attempt, item: Item, gain: Decimal) -> None:
    """Add ``gain`` for a question of ``row`` to the attempts that correct it, as far as they do not ask it themselves."""
    later = round_after(row) if gain else None
    while later is not None and not is_asked(later, item.id):
        later.carried = float(Decimal(str(later.carried)) + gain)
        if later.points is not None:
            later.points = float(Decimal(str(later.points)) + gain)
        db.session.flush()
        later = round_after(later)
