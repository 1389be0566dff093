"""Which questions a pupil is given now: ten minutes, a test, a part of a diagnostic.

Ten minutes: at most one question on a topic a day; what is due for review first; a topic that goes wrong gives way to what it rests on,
in whatever subject the pupil learns, and waits until that holds; the item whose success is likely, unseen rather than seen. In the mode "half", topics of the lessons and the pupil's own alternate.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import cast

from school.core import clock
from school.mastery.estimate.choice import DEFAULT, Policy, choose_item, choose_skill, worth_most
from school.mastery.estimate.state import ItemLevel, PupilState, Skill, SkillLevel
from school.mastery.queries import KnownTopic, items_of, map_of, model_in_use, needs_of, pupil_of, topics_named
from school.tracks.basis import Basis, bases, is_failing
from school.tracks.models import Mode, StepKind
from school.tracks.queries.materials import Question, questions_on
from school.tracks.queries.planning import LOOKED_BACK, learned_subjects, lessons_topics
from school.tracks.queries.walking import tracks_of_pupil

TEN = 6
"""Questions in ten minutes."""
REVIEW, STEP, LESSON, USEFUL, CHECK, BASIS = "review", "step", "lesson", "useful", "check", "basis"
PROBE = Policy(target=0.6)
"""What tells most of a pupil is a question on the edge; a little easier than that, so that it does not discourage."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One question, and why it."""

    question: Question
    why: str
    before: str
    """The topic's standing when it was drawn."""
    waiting: int | None = None
    """The topic in whose place it is asked."""


@dataclass(slots=True)
class Desk:
    """A pupil's states by subject, and the questions there are, for drawing one after another."""

    weights: Sequence[float]
    now: float
    items: Mapping[uuid.UUID, ItemLevel]
    levels: Mapping[Skill, SkillLevel]
    pupils: Mapping[int, PupilState]
    shelf: dict[int, list[Question]] = field(default_factory=dict)

    def item(self, topic: int, policy: Policy = DEFAULT, taken: Collection[uuid.UUID] = ()) -> Question | None:
        """The question of a topic that fits now; None when there is no other."""
        free = [one for one in self.shelf.get(topic, ()) if one.id not in taken]
        if not free:
            return None
        pupil = self.pupils[free[0].subject_id]
        offered = [(one.id, self.items[one.id]) for one in free]
        chosen = choose_item(policy, self.weights, pupil, offered, self.now)
        return next(one for one in free if one.id == chosen)


def desk_for(school_id: int, pupil_id: uuid.UUID, topics: Collection[int], now: datetime) -> Desk:
    """Everything to draw from."""
    questions = questions_on(topics)
    model = model_in_use()
    items, levels = items_of(model.version, {one.id: ((one.topic_id,), one.guess) for one in questions})
    by_subject: dict[int, list[uuid.UUID]] = {}
    for one in questions:
        by_subject.setdefault(one.subject_id, []).append(one.id)
    pupils = {subject: pupil_of(school_id, pupil_id, subject, ids) for subject, ids in by_subject.items()}
    known: dict[Skill, SkillLevel] = dict(levels.items())
    desk = Desk(model.weights, now.timestamp(), items, known, pupils)
    for one in questions:
        desk.shelf.setdefault(one.topic_id, []).append(one)
    return desk


def ten_minutes(
    school_id: int, pupil_id: uuid.UUID, subject_id: int, now: datetime, count: int = TEN, mode: Mode | None = None
) -> list[Pick]:
    """What does most for this pupil now in a subject; nothing when every topic had its question today.

    ``mode`` stands over that of the pupil's track.
    """
    lanes = _lanes(school_id, pupil_id, subject_id, now)
    if mode is not None:
        lanes.mode = mode.value
    picks: list[Pick] = []
    while len(picks) < count and (found := lanes.take(len(picks))) is not None:
        picks.append(found)
    return picks


@dataclass(slots=True)
class _Lanes:
    """Topics in three lanes: the pupil's own reviews, the steps of the track, and what the lessons are about."""

    desk: Desk
    subject_id: int
    mode: str
    opened: dict[Skill, float]
    steps: list[int]
    lessons: set[int]
    known: Mapping[int, KnownTopic]
    gone: set[int]
    basis: list[int]
    instead: Mapping[int, Basis]
    """Of topics that go wrong: what is asked in their place."""
    reviews: int = 0
    has_basis: bool = False
    """One of them comes soon; the others when their topic has its turn."""

    def take(self, n: int) -> Pick | None:
        """The next question: the lane whose turn it is, else the other."""
        lesson_turn = self.mode == Mode.LESSONS or (self.mode == Mode.HALF and n % 2 == 1)
        for lane in (self._lesson, self._own, self._basis) if lesson_turn else (self._own, self._lesson, self._basis):
            found = lane()
            if found is not None:
                return found
        return None

    def _own(self) -> Pick | None:
        due = [one for one in self._free(self.opened) if self._is_due(one)]
        first = () if self.has_basis else (one for one in self.instead if one in self.opened)
        step = next((one for one in (*first, *self.steps) if self._is_open(one)), None)
        if due and (step is None or self.reviews == 0):
            self.reviews += 1
            return self._pick(self._best(due), REVIEW)
        if step is not None:
            self.reviews = 0  # a step, then a review again
            return self._pick(step, STEP)
        rest = self._free(self.opened)
        return self._pick(self._best(rest), USEFUL) if rest else None

    def _lesson(self) -> Pick | None:
        free = self._free(self.lessons)
        due = [one for one in free if self._is_due(one)]
        return self._pick(self._best(due or free), LESSON) if free else None

    def _basis(self) -> Pick | None:
        """What the subject rests on in another one, met by the pupil: algebra has few topics in its first weeks."""
        free = [one for one in self.basis if self._is_open(one)]
        if not free:
            return None
        due = [one for one in free if self._is_due(one)]
        among: dict[Skill, float] = dict.fromkeys(due or free, self.desk.now)
        pupil = self.desk.pupils[self.desk.shelf[free[0]][0].subject_id]
        chosen = choose_skill(DEFAULT, self.desk.weights, pupil, among, self.desk.levels, self.desk.now)
        return self._pick(cast("int", chosen), REVIEW if due else USEFUL)

    def _free(self, topics: Iterable[Skill]) -> list[int]:
        ones = [cast("int", one) for one in topics if self._is_open(cast("int", one))]
        pupil = self.desk.pupils.get(self.subject_id)
        # What was never met and is not taught yet stands ready as a prerequisite, and is not drawn for itself.
        return [
            one for one in ones if pupil is None or self.opened.get(one, 0.0) < self.desk.now or one in pupil.skills
        ]

    def _is_open(self, topic: int) -> bool:
        """Not asked today, and what would be asked in its place neither."""
        return topic not in self.gone and not (topic in self.instead and self.instead[topic].topic.id in self.gone)

    def _is_due(self, topic: int) -> bool:
        known = self.known.get(topic)
        return known is not None and known.seen.estimate.n > 0 and known.seen.estimate.due_at <= self.desk.now

    def _best(self, topics: list[int]) -> int:
        pupil = self.desk.pupils.get(self.subject_id, PupilState())
        among: dict[Skill, float] = {one: self.opened[one] for one in topics}
        desk = self.desk
        return cast("int", worth_most(DEFAULT, desk.weights, pupil, among, desk.levels, desk.now))

    def _pick(self, topic: int, why: str) -> Pick | None:
        self.gone.add(topic)
        # A topic whose own turn it is may be what another one waits for, too.
        waiting = next((one for one, basis in self.instead.items() if basis.topic.id == topic), None)
        if topic in self.instead:
            waiting, topic = topic, self.instead[topic].topic.id
            self.gone.add(topic)
        if waiting is not None:
            why, self.has_basis = BASIS, True
        question = self.desk.item(topic)
        if question is None:
            return None
        known = self.known.get(topic)
        return Pick(question, why, known.seen.standing.value if known else "not_started", waiting)


def _lanes(school_id: int, pupil_id: uuid.UUID, subject_id: int, now: datetime) -> _Lanes:
    morning = clock.moscow(clock.local(now).date(), time()).timestamp()
    known = {one.topic.id: one for one in map_of(school_id, pupil_id, now)}
    taught = [one for one in lessons_topics(school_id, pupil_id) if one[1] == subject_id]
    tracks = [one for one in tracks_of_pupil(school_id, pupil_id) if one.subject_id == subject_id]
    steps = [
        step.topic_id
        for one in tracks
        for step in one.steps
        if step.kind == StepKind.TASK and step.topic_id and not step.is_done and not step.is_locked
    ]
    opened: dict[Skill, float] = {one.topic.id: one.seen.estimate.last_at for one in known.values() if one.topic.subject_id == subject_id}  # fmt: skip
    opened |= {topic: since for topic, _subject, since, _last in taught}
    needs = needs_of([cast("int", one) for one in opened])
    every: set[Skill] = {*opened, *steps, *needs, *(one for ones in needs.values() for one in ones)}
    desk = desk_for(school_id, pupil_id, [cast("int", one) for one in every], now)
    own = {topic for topic, questions in desk.shelf.items() if questions[0].subject_id == subject_id}
    for topic, below in [(one, ones) for one, ones in needs.items() if one in opened]:
        if topic in desk.shelf:
            desk.levels[topic].prerequisites = tuple(one for one in below if one in own)
    done = {one.topic.id for one in known.values() if one.seen.estimate.last_at >= morning}
    recent = clock.today() - LOOKED_BACK
    return _Lanes(
        desk,
        subject_id,
        tracks[0].mode if tracks else Mode.HALF.value,
        {one: at for one, at in opened.items() if one in own},
        [one for one in dict.fromkeys(steps) if one in desk.shelf],
        {topic for topic, _subject, _since, last in taught if last >= recent and topic in own},
        known,
        set(done),
        _of_one_subject(desk, [one for one in sorted(known.keys() & every) if one in desk.shelf and one not in own]),
        _instead(desk, school_id, pupil_id, known, needs),
    )


def _instead(
    desk: Desk, school_id: int, pupil_id: uuid.UUID, known: Mapping[int, KnownTopic], needs: Mapping[int, Sequence[int]]
) -> dict[int, Basis]:
    failing = [topic for topic, one in known.items() if is_failing(one)]
    if not failing:
        return {}
    subjects = {one.topic.subject_id for one in known.values()} | learned_subjects(school_id, pupil_id)
    may_ask = {topic for topic, questions in desk.shelf.items() if questions[0].subject_id in subjects}
    return bases(known, needs, topics_named(may_ask), may_ask)


def _of_one_subject(desk: Desk, topics: Sequence[int]) -> list[int]:
    """Those of the subject that most are of."""
    subjects = Counter(desk.shelf[one][0].subject_id for one in topics)
    if not subjects:
        return []
    most = subjects.most_common(1)[0][0]
    return [one for one in topics if desk.shelf[one][0].subject_id == most]


def test_of(school_id: int, pupil_id: uuid.UUID, topics: Sequence[int], now: datetime, each: int) -> list[Pick]:
    """Questions for a test: ``each`` on every topic, those that a pupil who holds the topic solves."""
    desk = desk_for(school_id, pupil_id, topics, now)
    picks: list[Pick] = []
    for topic in topics:
        for _n in range(each):
            question = desk.item(topic, DEFAULT, {one.question.id for one in picks})
            if question is not None:
                picks.append(Pick(question, STEP, ""))
    return picks


def part_of_diagnostic(
    school_id: int, pupil_id: uuid.UUID, topics: Sequence[int], met: Mapping[int, int], now: datetime, count: int
) -> list[Pick]:
    """The next questions of a diagnostic: topics that had the fewest of its questions so far (``met``), the goal first."""
    desk = desk_for(school_id, pupil_id, topics, now)
    seen: Counter[int] = Counter(met)
    picks: list[Pick] = []
    for _n in range(count):
        free = [one for one in topics if desk.item(one, PROBE, {p.question.id for p in picks}) is not None]
        if not free:
            break
        topic = min(free, key=lambda one: (seen[one], topics.index(one)))
        seen[topic] += 1
        question = desk.item(topic, PROBE, {p.question.id for p in picks})
        if question is not None:
            picks.append(Pick(question, CHECK, ""))
    return picks


def main_version(picks: Sequence[Pick]) -> uuid.UUID:
    """The version that most of the questions are of."""
    return Counter(one.question.version_id for one in picks).most_common(1)[0][0]
