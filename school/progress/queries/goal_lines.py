"""How far each goal was, week by week: how many of its topics were won, from the answers as they were judged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from school.core import clock
from school.core.access import Actor
from school.mastery.estimate.standing import FEWEST, MASTERED
from school.mastery.queries import Model, judged_since, map_of_hour
from school.progress.queries.now import WON, Goal, now_of
from school.progress.seen import SeenLearning

WEEKS = 12
"""So far back; the line of a goal begins with the week of its first answer."""
YEAR = timedelta(300)
LEAST_POINTS = 2


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with the number of its topics that were won at the end of each week."""

    goal: Goal
    points: tuple[tuple[date, int], ...]
    """The last day of a week, today at last; empty when there is too little to draw."""


def goal_lines(actor: Actor, learning: SeenLearning) -> list[GoalLine]:
    """The goals of the progress page, those with a day first. Two statements more than that page."""
    now = clock.now()
    goals = now_of(actor, learning).goals
    if not goals:
        return []
    known, model, _stamp = map_of_hour(learning.school_id, learning.id, now, actor.locale)
    history = _history(learning, model, clock.today() - YEAR)
    ends = week_ends(clock.today())
    today_won = {one.topic.id for one in known if one.seen.standing in WON}
    return [GoalLine(goal, _points(goal, history, ends, today_won)) for goal in goals]


def _history(learning: SeenLearning, model: Model, since: date) -> dict[int, list[tuple[float, float]]]:
    """By topic: when each answer was, and the chance just before it."""
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for one in judged_since(learning.school_id, learning.id, clock.moscow(since, time()), model):
        for topic in one.topics:
            found[topic].append((one.at, one.before))
    return found


def week_ends(today: date) -> list[date]:
    """Sundays of the last weeks, and today."""
    sunday = today - timedelta(today.weekday() + 1)
    return [*(sunday - timedelta(7 * n) for n in reversed(range(WEEKS - 1))), *([today] if today != sunday else [])]


def _points(
    goal: Goal, history: Mapping[int, Sequence[tuple[float, float]]], ends: Sequence[date], won_now: set[int]
) -> tuple[tuple[date, int], ...]:
    first = min((history[one][0][0] for one in goal.topics if history.get(one)), default=None)
    points = []
    for day in ends[:-1]:
        moment = clock.moscow(day + timedelta(1), time()).timestamp()
        if first is not None and first < moment:
            points.append((day, sum(was_won(history.get(one, ()), moment, one in won_now) for one in goal.topics)))
    points.append((ends[-1], len(goal.topics & won_now)))
    return tuple(points) if len(points) >= LEAST_POINTS else ()


def was_won(answers: Sequence[tuple[float, float]], moment: float, is_won_now: bool) -> bool:
    """Whether a topic stood won at a moment: by the chance before the next answer; with none since, as it stands now.

    It needs as many answers as the model asks for before it says so.
    """
    behind = sum(at < moment for at, _chance in answers)
    if behind < FEWEST:
        return False
    return answers[behind][1] >= MASTERED if behind < len(answers) else is_won_now
