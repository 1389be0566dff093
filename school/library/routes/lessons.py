"""The library's part of a lesson's page: units on its topic."""

from school.classes.hooks import LessonPart, on_lesson_page
from school.classes.policy import sees_whole_lesson
from school.classes.seen import SeenLesson
from school.core.access import Actor
from school.library import words
from school.library.queries.offered import offered_for


@on_lesson_page
def units_of_lesson(actor: Actor, lesson: SeenLesson) -> LessonPart | None:
    """Units that its teacher may show or set, by the topic of the lesson or the last one of its course."""
    if not sees_whole_lesson(actor, lesson):
        return None
    offered = offered_for(lesson.school_id, lesson.course_id, lesson.on_date, lesson.topic_id)
    if offered is None:
        return None
    return LessonPart("library/_of_lesson.html", {"offered": offered, "words": words, "lesson": lesson})
