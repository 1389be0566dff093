"""Who needs the teacher, and why, in words. Pure; every reason is a fact that the teacher can open and check."""

from dataclasses import dataclass
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


def reasons(facts: Facts) -> list[str]:
    """Why this pupil needs the teacher; empty when nothing calls."""
    found = []
    if facts.mean is not None and facts.marks >= LEAST_MARKS and facts.mean < LOW_MEAN:
        found.append(words.low_mean(facts.mean, facts.marks))
    if facts.change.way is Way.DOWN and facts.change.step <= -FALLEN:
        say = words.fell_since_term if facts.is_since_term else words.fell_over_month
        found.append(say(facts.change))
    if facts.owed >= MANY_OWED:
        found.append(words.owed_counted(facts.owed))
    if facts.missed >= MANY_MISSED and 100 * facts.missed >= MISSED_PERCENT * facts.held:
        found.append(words.missed_counted(facts.missed, facts.held))
    if facts.weak:
        worst = facts.weak[0]
        found.append(words.weak_topic(worst.title, worst.right, worst.answers))
    return found
