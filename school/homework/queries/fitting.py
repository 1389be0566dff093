"""One press: the questions on offer for a course, and a set of them for each pupil."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from sqlalchemy import bindparam, func, select

from content_library.models import Item, Topic, Unit, UnitFacts, UnitState, UnitTopic, UnitVersion
from school.classes.queries import Learner
from school.classes.seen import SeenCourse
from school.core.database import db, read
from school.homework.fit import MOST_SEED, OLD, TOPIC, Place, Plan, PupilPlan
from school.mastery.estimate.guessing import guess_of
from school.mastery.queries import Offered, variants_for
from school.tasks.kinds import BY_HAND, KINDS, kind_of
from school.tasks.models import ItemWatch

MOST_ITEMS, MOST_OLD = 500, 300
FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 20
USUAL_MINUTES = 2.0
"""For a question of which nothing is known."""


@dataclass(frozen=True, slots=True)
class OnOffer:
    """A question that may be given."""

    item: Item
    topic_id: int
    topic: str
    version_id: uuid.UUID
    minutes: float
    """What a pupil needs: from real attempts where there are enough, else as its author says."""

    @property
    def id(self) -> uuid.UUID:
        """The question's id."""
        return self.item.id


_OF_UNIT = select(func.min(UnitTopic.topic_id)).where(UnitTopic.unit_id == Unit.id).correlate(Unit).scalar_subquery()
_TOPIC = func.coalesce(Item.topic_id, _OF_UNIT)
_NUMBER = select(func.count()).where(Item.version_id == UnitVersion.id).correlate(UnitVersion).scalar_subquery()
_ITEMS = (
    select(Item, Topic.id, Topic.title, UnitVersion.id, func.coalesce(UnitFacts.minutes, UnitVersion.minutes), _NUMBER)
    .join(UnitVersion, UnitVersion.id == Item.version_id)
    .join(Unit, Unit.published_version_id == UnitVersion.id)
    .join(Topic, Topic.id == _TOPIC)
    .outerjoin(UnitFacts, UnitFacts.unit_id == Unit.id)
    .outerjoin(ItemWatch, (ItemWatch.item_id == Item.id) & ItemWatch.kept_at.is_(None))
    .where(
        Unit.state == UnitState.PUBLISHED,
        Unit.subject_id == bindparam("subject"),
        Item.kind.in_(bindparam("kinds", expanding=True)),
        ItemWatch.item_id.is_(None),
    )
)
_FRESH = _ITEMS.where(Topic.id == bindparam("topic")).order_by(Item.id.desc()).limit(MOST_ITEMS)
_OLDER = (
    _ITEMS.where(Topic.id != bindparam("topic"), Topic.year_level <= bindparam("year"))
    .order_by(Topic.year_level.desc(), Topic.position.desc(), Item.id.desc())
    .limit(MOST_OLD)
)


def on_offer(of: SeenCourse, topic_id: int) -> dict[uuid.UUID, OnOffer]:
    """Questions of published units: of the topic, and of older ones of the subject. Leaked ones are left out."""
    asked = {
        "subject": of.subject_id,
        "topic": topic_id,
        "kinds": [one for one in KINDS if one not in BY_HAND],
        "year": of.year_level,
    }
    found = {}
    for statement in (_FRESH, _OLDER):
        for item, topic, title, version_id, minutes, number in db.session.execute(statement, asked):
            each = minutes / number if minutes and number else USUAL_MINUTES
            found[item.id] = OnOffer(item, topic, title, version_id, each)
    return found


def topics_on_offer(of: SeenCourse) -> list[tuple[int, str]]:
    """Topics of the course's subject and year that have questions, the newest of the framework last."""
    rows = read(_TOPICS, {"subject": of.subject_id, "year": of.year_level})
    return [(topic_id, title) for topic_id, title in rows]


_TOPICS = (
    select(Topic.id, Topic.title)
    .where(
        Topic.subject_id == bindparam("subject"),
        Topic.year_level <= bindparam("year"),
        select(Item.id)
        .join(Unit, Unit.published_version_id == Item.version_id)
        .where(Topic.id == _TOPIC, Unit.state == UnitState.PUBLISHED, Unit.subject_id == bindparam("subject"))
        .exists(),
    )
    .order_by(Topic.year_level.desc(), Topic.position, Topic.id)
    .limit(200)
)


def plan_for(
    pupils: Sequence[Learner],
    of: SeenCourse,
    offer: Mapping[uuid.UUID, OnOffer],
    asked: tuple[int, int],
    now: datetime,
    before: Plan | None = None,
) -> Plan:
    """A set for each pupil; ``asked`` are topic and minutes. ``before``: made anew, what is pinned in it stays."""
    topic_id, minutes = asked
    fresh = [one for one in offer.values() if one.topic_id == topic_id]
    count = questions_in(minutes, fresh)
    shown = {item for one in before.pupils for item in one.items} if before is not None else set()
    kept = {one.pupil_id: tuple(p for p in one.places if p.is_pinned) for one in before.pupils} if before else {}
    rest = [one for one in offer.values() if one.id not in shown]
    if sum(one.topic_id == topic_id for one in rest) < 2 * count:  # too few for other ones: any but the pinned
        pinned = {p.item_id for places in kept.values() for p in places}
        rest = [one for one in offer.values() if one.id not in pinned]
    made = variants_for(of.school_id, [one.id for one in pupils], of.subject_id, {topic_id}, _offered(rest), count, now)
    plans: list[PupilPlan] = []
    for n, pupil in enumerate(pupils):
        mine = kept.get(pupil.id, ())
        had = {one.item_id for one in mine}
        new = [
            Place(p.item, p.chance, TOPIC if offer[p.item].topic_id == topic_id else OLD)  # type: ignore[index,arg-type]
            for p in made[pupil.id]
            if p.item not in had
        ]
        # The old weak topic stands last in what the model chose, and is not what a pinned question pushes out.
        places = (*mine, *(new[len(mine) :] if len(mine) + len(new) > count else new))
        plans.append(
            _apart(PupilPlan(pupil.id, (n * 7919 + 17) % MOST_SEED, places), plans[-1] if plans else None, offer)
        )
    return Plan(topic_id, minutes, count, before.round + 1 if before is not None else 0, tuple(plans))


def swapped(
    of: SeenCourse, offer: Mapping[uuid.UUID, OnOffer], plan: Plan, at: tuple[uuid.UUID, uuid.UUID], now: datetime
) -> Plan | None:
    """The plan with another question in one place, ``at`` a pupil and a question; None when there is no other one."""
    pupil_id, item_id = at
    pupil = next((one for one in plan.pupils if one.pupil_id == pupil_id), None)
    place = next((one for one in pupil.places if one.item_id == item_id), None) if pupil is not None else None
    if pupil is None or place is None:
        return None
    taken = {*pupil.items, *pupil.gone, *plan.neighbours(pupil_id)}
    alike = [
        one for one in offer.values() if (one.topic_id == plan.topic_id) == (place.why == TOPIC) and one.id not in taken
    ]
    topics = {one.topic_id for one in alike}
    made = variants_for(of.school_id, [pupil_id], of.subject_id, topics, _offered(alike), 1, now)[pupil_id]
    if not made:
        return None
    other = Place(made[0].item, made[0].chance, place.why)  # type: ignore[arg-type]
    places = tuple(other if one.item_id == item_id else one for one in pupil.places)
    return plan.with_pupil(replace(pupil, places=places, gone=pupil.gone | {item_id}))


def same_for_all(of: SeenCourse, offer: Mapping[uuid.UUID, OnOffer], plan: Plan, now: datetime) -> Plan:
    """The set of the pupil in the middle for everybody, with the chances of each."""
    middle = sorted(plan.pupils, key=lambda one: one.chance)[len(plan.pupils) // 2]
    common = [offer[one] for one in middle.items]
    made = variants_for(
        of.school_id,
        [one.pupil_id for one in plan.pupils],
        of.subject_id,
        {one.topic_id for one in common},
        _offered(common),
        len(common),
        now,
    )
    why = {one.item_id: one.why for one in middle.places}
    pupils = []
    for one in plan.pupils:
        chances = {p.item: p.chance for p in made[one.pupil_id]}
        places = tuple(Place(item, chances.get(item, 0.0), why[item]) for item in middle.items)
        pupils.append(replace(one, places=places, seed=middle.seed))
    return replace(plan, pupils=tuple(pupils), is_same=True)


def questions_in(minutes: int, fresh: Sequence[OnOffer]) -> int:
    """How many questions fill the time, by the median of what one takes."""
    each = median([one.minutes for one in fresh]) if fresh else USUAL_MINUTES
    return min(MOST_QUESTIONS, max(FEWEST_QUESTIONS, round(minutes / max(0.5, each))))


def main_version(offer: Mapping[uuid.UUID, OnOffer], plan: Plan) -> uuid.UUID:
    """The version that most of the questions of a plan are of."""
    return Counter(offer[item].version_id for one in plan.pupils for item in one.items).most_common(1)[0][0]


def _offered(ones: Sequence[OnOffer]) -> list[Offered]:
    return [Offered(one.id, (one.topic_id,), guess_of(one.item.kind, one.item.spec)) for one in ones]


def _apart(pupil: PupilPlan, neighbour: PupilPlan | None, offer: Mapping[uuid.UUID, OnOffer]) -> PupilPlan:
    """With a seed that gives other numbers than the neighbour has, where both were given one template."""
    both = [offer[one].item for one in pupil.items if neighbour is not None and one in neighbour.items]
    templates = [one for one in both if one.kind == "varied"]
    if neighbour is None or not templates:
        return pupil
    theirs = [kind_of(one.kind).prepare(one.spec, neighbour.seed)["prompt"] for one in templates]
    for seed in range(pupil.seed, pupil.seed + 50):
        mine = [kind_of(one.kind).prepare(one.spec, seed % MOST_SEED)["prompt"] for one in templates]
        if not any(a == b for a, b in zip(mine, theirs, strict=True)):
            return replace(pupil, seed=seed % MOST_SEED)
    return pupil
