"""A course's group at its topics, and the answers behind one cell."""

import uuid
from dataclasses import dataclass

from content_library.models import Topic
from school.classes.queries import Learner, learners, pupil_of
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import db
from school.mastery.queries import Evidence, Grid, Seen, evidence_of, grid_of, standing_of
from school.progress.seen import SeenCell, SeenTopic


@dataclass(frozen=True, slots=True)
class TopicMap:
    """Pupils in the order of the class list, and where they stand."""

    pupils: list[Learner]
    grid: Grid


def topic_map(course: SeenCourse) -> TopicMap:
    """The map of a course today. Three statements while nothing has changed since it was last looked at."""
    pupils = learners(course, clock.today())
    found = grid_of(course.school_id, course.subject_id, [one.id for one in pupils], clock.now())
    return TopicMap(pupils, found)


def topic_of(course: SeenCourse, topic_id: int) -> SeenTopic | None:
    """A topic of the course's subject."""
    found = db.session.get(Topic, topic_id)
    if found is None or found.subject_id != course.subject_id:
        return None
    return SeenTopic(course, found)


def cell_of(topic: SeenTopic, pupil_id: uuid.UUID) -> SeenCell | None:
    """A pupil of the course at the topic."""
    pupil = pupil_of(topic.course, pupil_id)
    return None if pupil is None else SeenCell(topic.course, topic.topic, pupil)


def behind(cell: SeenCell) -> tuple[Seen | None, list[Evidence]]:
    """Where the pupil stands at the topic, and every answer that says so."""
    found = standing_of(cell.school_id, [cell.pupil.id], [cell.topic.id], clock.now())
    answers = evidence_of(cell.school_id, cell.pupil.id, cell.course.subject_id, cell.topic.id)
    return found.get((cell.pupil.id, cell.topic.id)), answers
