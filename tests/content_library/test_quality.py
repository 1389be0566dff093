"""Facts of units: what is counted, what is too little to say, and the order of what is found."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from content_library import Unit, catalogue, quality
from content_library.quality import Used
from tests.content_library.conftest import MORNING
from tests.content_library.writing import published


def used(homeworks: int, minutes: tuple[int, ...] = (), level: int = 5) -> Used:
    made = Used(homeworks=homeworks, lessons=homeworks, teachers=1, schools=1)
    for one in minutes:
        made.add_try(one, level, 3, 4)
    return made


def test_medians_and_shares_need_enough_attempts() -> None:
    few, many = used(1, (5,) * 9), used(1, (1, 2, 3, 4, 12, 13, 14, 15, 16, 170))
    assert (few.median(), few.shares()) == (None, {})
    assert (many.median(), many.shares(), many.tries) == (12, {"5": 75}, 10)
    many.add_try(5, None, 1, 1)
    assert many.shares() == {"5": 75}, "who has no class counts for the time alone"


def test_facts_are_replaced_and_forgotten(session: Session) -> None:
    one, other = published(session), published(session)
    quality.keep(session, {one.id: used(7), other.id: used(1)}, {one.id: 2}, MORNING)
    number = one.changed
    facts = quality.facts_of(session, one.id)
    assert facts is not None and (facts.homeworks, facts.liked, facts.errors_fixed) == (7, 2, 2)
    assert catalogue.cards_of(session, [one.id])[one.id].homeworks == 7
    later = MORNING + timedelta(days=1)
    quality.keep(session, {one.id: used(8)}, {}, later)
    session.refresh(one)
    session.refresh(other)
    assert one.changed > number, "found anew when first used, and not when no step was passed"
    stepped = other.changed
    quality.forget_older(session, later)
    session.refresh(other)
    assert quality.facts_of(session, other.id) is None and other.changed > stepped
    again = one.changed
    quality.keep(session, {one.id: used(9)}, {}, later)
    session.refresh(one)
    assert one.changed == again


def test_nothing_is_known_of_what_nobody_used(session: Session) -> None:
    assert quality.facts_of(session, uuid.uuid4()) is None
    unit: Unit = published(session)
    card = catalogue.cards_of(session, [unit.id])[unit.id]
    assert (card.homeworks, card.usual_minutes) == (0, None)
