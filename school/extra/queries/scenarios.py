"""Ready lesson scenarios of the library for a topic."""

import uuid
from dataclasses import dataclass
from typing import Final

from content_library import Filters, UnitKind, finding
from content_library.models import Topic
from school.core.database import db
from school.core.finding import reader

MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of them."""

    unit_id: uuid.UUID
    title: str
    summary: str
    minutes: int


def scenarios_on(topic_id: int) -> list[Scenario]:
    """Published scenarios on the topic; where there are none, those on the topic above it."""
    topic = db.session.get(Topic, topic_id)
    for one in (topic, db.session.get(Topic, topic.parent_id) if topic is not None and topic.parent_id else None):
        if one is None:
            continue
        wanted = Filters(subject=one.subject_id, kind=UnitKind.SCENARIO, topic=one.id)
        cards = finding.search(db.session(), reader(), "", wanted, limit=MOST).cards
        if cards:
            return [Scenario(card.unit_id, card.title, card.summary, card.minutes) for card in cards]
    return []
