"""What a new school receives of the journal when a pupil comes to it."""

from school.classes.queries import get_pupil
from school.gradebook.carrying import carried_marks
from tests.factories import Make


def test_marks_and_means_of_the_running_term(make: Make) -> None:
    course = make.course(pupils=2)
    pupil, other = make.pupils_of(course)
    make.mark(make.column(make.lesson(course, days=-2)), pupil, 4)
    make.mark(make.column(make.lesson(course, days=-1)), pupil, 5)
    make.mark(make.column(make.lesson(course, days=-3)), other, 2)
    admin = make.actor(make.member(make.school_of(course), "admin"), "admin")
    seen = get_pupil(admin, pupil.id)
    assert seen is not None
    carried = carried_marks(seen)
    assert [(one["subject_id"], one["mean"]) for one in carried] == [(course.subject_id, 450)]
    assert [mark["mark"] for mark in carried[0]["marks"]] == ["4", "5"]
