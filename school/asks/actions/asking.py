"""Asking families: told once, reminded on the eve of the last day, and by a press of who asks. Event: ``ask.made``."""

import hashlib
import uuid
from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any, cast

from sqlalchemy import Table, insert, select, update

from school.asks.actions.counting import count_open
from school.asks.models import Ask, AskKind
from school.asks.queries import families_without_answer
from school.asks.seen import SeenAsk
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.jobs import enqueue, handler
from school.core.languages import gettext as _
from school.core.records import record
from school.notices.actions import News, settle_about, tell

ASKED, REMIND, OVER = "ask.made", "ask.remind", "ask.over"
AT = time(17)
LONGEST = timedelta(days=120)
MOST_TITLE, MOST_TEXT = 120, 4000

ask_table = cast("Table", Ask.__table__)


class CannotAsk(Exception):
    """It can't be asked so; ``why`` is for who asks."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def ask_class(
    actor: Actor, group: SeenGroup, kind: AskKind, title: str, text: str, due_on: date, *, about: str = ""
) -> uuid.UUID:
    """Ask the families of a class; the words stay as they are from now on. Raises ``CannotAsk``.

    ``about`` names a result (``asks.hooks``): each family reads its own child's beside the words.
    """
    title, text = " ".join(title.split()), text.strip()
    if not title or not text or len(title) > MOST_TITLE or len(text) > MOST_TEXT:
        raise CannotAsk(_("A title and a text are needed, of at most 120 and 4,000 characters."))
    if not clock.today() <= due_on <= clock.today() + LONGEST:
        raise CannotAsk(_("The last day lies between today and four months from now."))
    made, digest = new_id(), text_hash(title, text)
    db.session.execute(
        insert(ask_table).values(
            school_id=group.school_id,
            id=made,
            group_id=group.id,
            kind=kind.value,
            title=title,
            text=text,
            text_hash=digest,
            due_on=due_on,
            about=about,
            made_by=actor.member_id,
            made_at=clock.now(),
        )
    )
    payload: dict[str, Any] = {"group": group.id, "kind": kind.value, "text": digest, "due": due_on}
    if about:
        payload["about"] = about
    record(actor, ASKED, school_id=group.school_id, thing_id=made, payload=payload)
    _tell(group.school_id, made, group.id, "")
    over = clock.moscow(due_on + timedelta(days=1), time())
    enqueue(OVER, {"school_id": group.school_id, "ask_id": made}, key=f"{OVER}:{made}", run_at=over)
    eve = clock.moscow(due_on - timedelta(days=1), AT)
    if eve > clock.now():
        enqueue(REMIND, {"school_id": group.school_id, "ask_id": made}, key=f"{REMIND}:{made}", run_at=eve)
    return made


def remind(_actor: Actor, ask: SeenAsk) -> int:
    """Tell those who have not answered once more; at most once a day. The answer is how many people were told."""
    return _tell(ask.school_id, ask.id, ask.group_id, clock.today().isoformat())


def end_ask(school: int, ask: uuid.UUID) -> None:
    """What was asked about is not to be: the question waits for nobody any more. Answers and words stay. Ending twice is ending once."""
    row = db.session.execute(
        update(ask_table)
        .where(ask_table.c.school_id == school, ask_table.c.id == ask, ask_table.c.due_on >= clock.today())
        .values(due_on=clock.today() - timedelta(days=1))
        .returning(ask_table.c.group_id)
    ).first()
    if row is not None:
        waiting = list(families_without_answer(school, ask, row[0]))
        for pupil_id in {pupil for pupil, _account in waiting}:
            settle_about(school, ask, pupil_id)
        count_open({account for _pupil, account in waiting})


def text_hash(title: str, text: str) -> str:
    """What the record keeps of the words."""
    return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


@handler(REMIND)
def remind_on_the_eve(payload: dict[str, Any]) -> None:
    """The day before the last; a question that was ended meanwhile reminds nobody."""
    school_id, ask_id = payload["school_id"], uuid.UUID(payload["ask_id"])
    group_id = db.session.scalar(
        select(ask_table.c.group_id).where(
            ask_table.c.school_id == school_id, ask_table.c.id == ask_id, ask_table.c.due_on >= clock.today()
        )
    )
    if group_id is not None:
        _tell(school_id, ask_id, group_id, clock.today().isoformat())


@handler(OVER)
def forget_at_midnight(payload: dict[str, Any]) -> None:
    """After the last day a question waits for nobody."""
    school_id, ask_id = payload["school_id"], uuid.UUID(payload["ask_id"])
    group_id = db.session.scalar(
        select(ask_table.c.group_id).where(ask_table.c.school_id == school_id, ask_table.c.id == ask_id)
    )
    if group_id is not None:
        count_open({account for _pupil, account in families_without_answer(school_id, ask_id, group_id)})


def _key(ask_id: uuid.UUID, pupil_id: uuid.UUID, day: str = "") -> str:
    """The news that a family is asked; ``day`` of a reminder."""
    return f"ask:{ask_id}:{pupil_id}:{day}"


def _tell(school_id: int, ask_id: uuid.UUID, group_id: uuid.UUID, day: str) -> int:
    title, due_on = db.session.execute(
        select(ask_table.c.title, ask_table.c.due_on).where(
            ask_table.c.school_id == school_id, ask_table.c.id == ask_id
        )
    ).one()
    families = defaultdict(list)
    for pupil_id, account_id in families_without_answer(school_id, ask_id, group_id):
        families[pupil_id].append(account_id)
    about = {"title": title, "due_on": due_on, "again": bool(day)}
    told = 0
    for pupil_id, accounts in families.items():
        news = News(school_id, ASKED, _key(ask_id, pupil_id, day), about, pupil_id=pupil_id, thing_id=ask_id)
        told += tell(accounts, news)
    count_open({one for accounts in families.values() for one in accounts})
    return told
