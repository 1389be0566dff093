"""Who needs the teacher, and why, in words. Pure; every reason is a fact that the teacher can open and check."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from school.progress import words
from school.progress.trend import LEAST_MARKS, Change, Way

LOW_MEAN: Final = 300
"""In hundredths: below three over at least ``LEAST_MARKS`` marks."""
MANY_OWED: Final = 3
FALLEN: Final = 50
"""A fall of half a mark or more; smaller ones are seen in the table and call for nobody."""
MANY_MISSED: Final = 3
MISSED_PERCENT: Final = 30
MISSED_IN_A_WEEK: Final = 2
MOST_REASONS: Final = 3
"""Of more the first: a list that says everything says nothing."""


class Lever(StrEnum):
    """What the teacher can do about a reason; the page makes a link of it."""

    RETAKE = "retake"
    LOOK = "look"
    WORKS = "works"
    CATCH_UP = "catch_up"
    PRACTISE = "practise"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact in words, and what can be done about it."""

    said: str
    lever: Lever
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a pupil in a course this term."""

    mean: int | None
    marks: int
    change: Change
    is_since_term: bool
    """Whether ``change`` looks back at the last term, or at the last month in the year's first term."""
    owed: int
    missed: int
    held: int
    weak: tuple[words.TopicShare, ...]
    """Topics that went badly, the worst first."""
    twos: int = 0
    """Marks of 2 in the last seven days."""
    missed_lately: int = 0
    """Lessons missed in the last seven days."""
    fading: tuple[tuple[int, str], ...] = ()
    """Topics that were won and have been left too long: id and title."""


def reasons(facts: Facts) -> list[Reason]:
    """Why this pupil needs the teacher this week: at most three, what is new first; empty when nothing calls."""
    found = []
    if facts.twos:
        found.append(Reason(words.twos_this_week(facts.twos), Lever.RETAKE))
    if facts.missed_lately >= MISSED_IN_A_WEEK:
        found.append(Reason(words.missed_this_week(facts.missed_lately), Lever.CATCH_UP))
    if facts.mean is not None and facts.marks >= LEAST_MARKS and facts.mean < LOW_MEAN:
        found.append(Reason(words.low_mean(facts.mean, facts.marks), Lever.RETAKE))
    if facts.change.way is Way.DOWN and facts.change.step <= -FALLEN:
        say = words.fell_since_term if facts.is_since_term else words.fell_over_month
        found.append(Reason(say(facts.change), Lever.LOOK))
    if facts.owed >= MANY_OWED:
        found.append(Reason(words.owed_counted(facts.owed), Lever.WORKS))
    if facts.missed >= MANY_MISSED and 100 * facts.missed >= MISSED_PERCENT * facts.held:
        found.append(Reason(words.missed_counted(facts.missed, facts.held), Lever.CATCH_UP))
    if facts.weak:
        worst = facts.weak[0]
        said = words.weak_topic(worst.title, worst.right, worst.answers)
        found.append(Reason(said, Lever.PRACTISE, worst.topic_id))
    if facts.fading:
        topic_id, title = facts.fading[0]
        found.append(Reason(words.fading_topics(title, len(facts.fading)), Lever.REVIEW, topic_id))
    return found[:MOST_REASONS]
