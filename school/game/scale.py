"""What an answer is worth in points: what it told, not that it was given. Pure.

An answer whose result was open tells most: with the chance p foretold, 4·p·(1 − p) of one, and with c the chance of
guessing the same in the form of Birnbaum's three-parameter model, so that blind guesses tell nothing. A review that was
due and came right tells at least ``REVIEW``: the topic was kept. What was sure beforehand, and a question met again without
need, tell nothing. An error takes nothing away and earns half: trying something hard is worth something by itself. Errors
of a day count up to what its right answers told and one step beyond, so that answering anything at all is no way.
The sum of a day goes through a curve that grows ever more slowly, so that a second hour adds little and a third nothing.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import exp

from school.mastery.estimate.review import due_at, next_stability
from school.mastery.estimate.state import SkillState

SURE = 0.95
"""A chance above this: the answer was known beforehand and tells nothing."""
REVIEW = 0.8
"""The least that a review tells which was due, of one."""
TRIED = 0.5
"""What a wrong answer earns of the same."""
TRIED_ALONE = 1.0
"""How much more the errors of a day may earn than its right answers."""
STEP = 0.25
"""From here on an answer is a useful step."""
AGAIN = 7 * 86_400.0
"""Seconds before the same question may earn again, and then only if its topics are due."""
LONG = 14 * 86_400.0
"""Seconds after which coming back to a topic is something to be proud of."""
HARD = 0.4
"""A chance, guessing apart, below which a right answer was hard for this pupil."""
MOST_A_DAY = 100
SLOWLY = 8.0
"""How many full steps fill two thirds of a day."""


class Why(StrEnum):
    """What an answer was to the pupil."""

    REVIEW = "review"
    HARD = "hard"
    STEP = "step"
    KNOWN = "known"
    """Too easy, or met again too soon."""


class Feat(StrEnum):
    """What a badge stands for."""

    BACK = "back"
    """Came back to a topic after two weeks, and it had been kept."""
    AGAIN = "again"
    """A topic that had gone wrong on an earlier day came right."""
    BOLD = "bold"
    """A right answer to something hard for this pupil."""
    WORDS = "words"
    """An explanation in one's own words that a teacher accepted."""
    RHYTHM = "rhythm"
    """A week of school days with a useful step each."""
    WAY = "way"
    """A track walked to its end."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the pupil model took it."""

    answer_id: uuid.UUID
    item: uuid.UUID
    topics: tuple[int, ...]
    correct: bool
    at: float
    """Seconds since 1970."""
    chance: float
    """P(right) that was foretold."""
    guess: float = 0.0
    in_words: bool = False
    """An explanation that a teacher has judged."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What one answer told, 0 to 1, after the others on its topic that day."""

    on: date
    told: float
    why: Why
    topics: tuple[int, ...]
    correct: bool


@dataclass(slots=True)
class Day:
    """A pupil's day."""

    told: float = 0.0
    steps: int = 0
    """Answers that told something worth while."""
    won: set[int] = field(default_factory=set)
    """Topics answered right with such a step."""

    @property
    def points(self) -> int:
        """At most ``MOST_A_DAY``."""
        return points_for(self.told)


@dataclass(slots=True)
class Ledger:
    """All that the answers of a pupil have earned; the same answers give the same ledger, in whatever order they came."""

    days: dict[date, Day] = field(default_factory=dict)
    answers: dict[uuid.UUID, Earned] = field(default_factory=dict)
    feats: dict[tuple[Feat, int], date] = field(default_factory=dict)
    """By kind and topic: the first day."""

    @property
    def points(self) -> int:
        """Of all days."""
        return sum(day.points for day in self.days.values())

    @property
    def useful_days(self) -> frozenset[date]:
        """Days with a useful step."""
        return frozenset(on for on, day in self.days.items() if day.steps)

    def gained(self, answers: Iterable[uuid.UUID]) -> int:
        """Points that these answers have added to their days."""
        told: dict[date, float] = defaultdict(float)
        for one in answers:
            if one in self.answers:
                told[self.answers[one].on] += self.answers[one].told
        return sum(self.days[on].points - points_for(self.days[on].told - of) for on, of in told.items())


def points_for(told: float) -> int:
    """Points of a day whose answers told so much."""
    return round(MOST_A_DAY * (1.0 - exp(-max(0.0, told) / SLOWLY)))


def information(chance: float, guess: float = 0.0) -> float:
    """What an answer tells, 0 to 1, before it is known whether it is right."""
    if chance > SURE or chance <= guess:
        return 0.0
    knowing = (chance - guess) / (1.0 - guess)
    return min(1.0, 4.0 * knowing * knowing * (1.0 - chance) / chance)


def reckon(log: Iterable[Given], day_of: Callable[[float], date]) -> Ledger:
    """What the answers of one pupil have earned; ``day_of`` gives the day of a moment. An answer that stands twice in the log is one."""
    pupil = _Pupil()
    raw: dict[date, dict[tuple[int, ...], list[Worth]]] = {}
    ledger = Ledger()
    seen: set[uuid.UUID] = set()
    for one in sorted(log, key=lambda one: (one.at, str(one.answer_id))):
        if one.answer_id in seen:
            continue
        seen.add(one.answer_id)
        on = day_of(one.at)
        told, why = pupil.worth(one)
        if told >= STEP and one.correct:
            for feat, topic in pupil.feats(one, on, day_of):
                ledger.feats.setdefault((feat, topic), on)
        pupil.take(one)
        raw.setdefault(on, {}).setdefault(one.topics, []).append((told, one, why))
    for on, topics in raw.items():
        day = ledger.days[on] = Day()
        placed = {
            right: [one for worths in topics.values() for one in _placed(worths, right=right)]
            for right in (True, False)
        }
        sums = {right: round(sum(told for told, _one, _why in some), 9) for right, some in placed.items()}
        tried = min(sums[False], sums[True] + TRIED_ALONE)
        shares = {True: 1.0, False: tried / sums[False] if sums[False] else 0.0}
        for right, some in placed.items():
            for told, one, why in some:
                ledger.answers[one.answer_id] = Earned(on, told * shares[right], why, one.topics, right)
                if told >= STEP:
                    day.steps += 1
                    day.won |= set(one.topics) if right else set()
        day.told = sums[True] + tried
    return ledger


Worth = tuple[float, Given, Why]


def _placed(worths: Iterable[Worth], *, right: bool) -> list[Worth]:
    """The most telling answer on a topic counts whole, the second half, the third a third: bulk on one topic is no way.

    Errors stand in a row of their own, so that one more of them takes nothing from a right answer.
    """
    row = sorted((of for of in worths if of[1].correct is right), key=lambda of: (-of[0], str(of[1].answer_id)))
    return [(told / place, one, why) for place, (told, one, why) in enumerate(row, 1)]


class _Pupil:
    """What must be remembered of a pupil to say what the next answer tells."""

    def __init__(self) -> None:
        self.topics: dict[int, SkillState] = {}
        self.items: dict[uuid.UUID, float] = {}

    def worth(self, one: Given) -> tuple[float, Why]:
        known = [self.topics[topic] for topic in one.topics if topic in self.topics]
        is_due = bool(known) and len(known) == len(one.topics) and all(one.at >= due_at(state) for state in known)
        before = self.items.get(one.item)
        if one.chance > SURE or (before is not None and (not is_due or one.at - before < AGAIN)):
            return 0.0, Why.KNOWN
        told, why = information(one.chance, one.guess), Why.STEP
        if is_due and one.correct and one.chance > one.guess:
            told, why = max(told, REVIEW), Why.REVIEW
        elif is_hard(one):
            why = Why.HARD
        if not one.correct:
            told *= TRIED
        return told, why if told >= STEP else Why.KNOWN

    def feats(self, one: Given, on: date, day_of: Callable[[float], date]) -> Iterable[tuple[Feat, int]]:
        if one.in_words:
            yield Feat.WORDS, one.topics[0] if one.topics else 0
        for topic in one.topics:
            state = self.topics.get(topic)
            if is_hard(one):
                yield Feat.BOLD, topic
            if state is not None and one.at - state.at >= LONG:
                yield Feat.BACK, topic
            if state is not None and state.last < 0 and day_of(state.at) < on:
                yield Feat.AGAIN, topic

    def take(self, one: Given) -> None:
        self.items[one.item] = one.at
        for topic in one.topics:
            state = self.topics.setdefault(topic, SkillState())
            state.stability = next_stability(state, int(one.correct), one.at)
            state.n, state.at, state.last = state.n + 1, one.at, 1 if one.correct else -1


def is_hard(one: Given) -> bool:
    """Whether the question was hard for this pupil, guessing apart."""
    return one.guess < one.chance <= one.guess + HARD * (1.0 - one.guess)


def won_between(days: Mapping[date, Iterable[int]], since: date, until: date) -> set[int]:
    """Topics won in a span, each once."""
    return {topic for on, topics in days.items() if since <= on <= until for topic in topics}
