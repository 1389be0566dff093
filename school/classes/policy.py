"""Who stands in which relation to whom, and what follows: teaches, learns, leads, is a guardian of. Pure.

The things are those of ``school.classes.seen``, loaded for the same actor; no rule here sends a statement. Features
above build their own rules from these.
"""

from datetime import date, datetime, time, timedelta

from school.classes.models import GroupKind, LessonState
from school.classes.seen import SeenCourse, SeenGroup, SeenLesson, SeenPupil
from school.core import clock
from school.core.access import Actor, Refused
from school.core.days import clock_time, day_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.people.models import TransferOffer

COVERS: tuple[tuple[date, timedelta, int], ...] = ((date(2020, 9, 1), timedelta(0), 1),)
"""What a substitute has of a lesson, from a day on, the oldest first: how long before its bell their rights begin, and with the end of
which day after the lesson's they are over. Owner: the city's default: a lesson is written down in it, or the day after."""


def teaches(_actor: Actor, course: SeenCourse) -> bool:
    """Whether the actor teaches the course today."""
    return course.teaches


def learns_in(_actor: Actor, course: SeenCourse) -> bool:
    """Whether the actor is a pupil of the course today."""
    return course.learns


def leads_class(_actor: Actor, group: SeenGroup) -> bool:
    """Whether the actor is the class teacher of this class, or of the class this group is a part of."""
    return group.leads


def is_guardian_of(_actor: Actor, pupil: SeenPupil) -> bool:
    """Whether the actor is a legal representative of the pupil today, whatever their rights to see progress."""
    return pupil.guards


def runs_school(actor: Actor) -> bool:
    """Deputy heads and the head: all classes are theirs."""
    return actor.has("deputy", "head")


def substitutes(actor: Actor, lesson: SeenLesson) -> bool:
    """Whether the actor is named to take this lesson instead of its teacher, at any time."""
    return lesson.substitute_id is not None and lesson.substitute_id == actor.member_id


def cover_span(on_date: date, starts_at: datetime) -> tuple[datetime, datetime]:
    """The first moment of a substitute's rights in a lesson, and the first after them. Nobody has to end them."""
    early, days = next((early, days) for since, early, days in reversed(COVERS) if since <= on_date)
    return starts_at - early, clock.moscow(on_date + timedelta(days=days + 1), time())


def cover_words(on_date: date, starts_at: datetime) -> str:
    """Why a substitute can't write in their lesson now: from when they can, or that it is over."""
    begins, ends = cover_span(on_date, starts_at)
    last_day = day_in("d MMMM", clock.local(ends).date() - timedelta(days=1), language())
    if clock.now() >= ends:
        return str(
            _(
                "Your cover of this lesson ended on %(day)s. Its teacher or the deputy head can write here.",
                day=last_day,
            )
        )
    at = clock_time(begins)
    if clock.local(begins).date() != clock.today():
        at = f"{day_in('d MMMM', clock.local(begins).date(), language())}, {at}"
    return str(
        _(
            "You cover this lesson. You can write here from %(time)s and until the end of %(day)s.",
            time=at,
            day=last_day,
        )
    )


def takes_lesson(actor: Actor, lesson: SeenLesson) -> bool:
    """The teacher of the course; its substitute from the lesson's start until the end of the next day."""
    if lesson.course.teaches:
        return True
    if not substitutes(actor, lesson):
        return False
    begins, ends = cover_span(lesson.on_date, lesson.starts_at)
    return begins <= clock.now() < ends


def still_covers(actor: Actor, lesson: SeenLesson) -> bool:
    """The substitute, from the appointment (to prepare) until the end of their rights."""
    return substitutes(actor, lesson) and clock.now() < cover_span(lesson.on_date, lesson.starts_at)[1]


def sees_pupil(actor: Actor, pupil: SeenPupil) -> bool:
    """The pupil, a representative who may see progress, a teacher of one of their courses, the class teacher, deputy, head."""
    return pupil.is_self or pupil.follows or pupil.teaches or pupil.leads or runs_school(actor)


def sees_all_subjects(actor: Actor, pupil: SeenPupil) -> bool:
    """The pupil, the family, the class teacher, deputy, head; a subject teacher sees what they teach the pupil."""
    return pupil.is_self or pupil.follows or pupil.leads or runs_school(actor)


def sees_course(actor: Actor, course: SeenCourse) -> bool:
    """Everybody with a relation to the course; what of it they see is up to each page."""
    return course.teaches or course.learns or course.follows or course.leads or runs_school(actor)


def sees_lesson(actor: Actor, lesson: SeenLesson) -> bool:
    """Everybody of its course, and its substitute."""
    return sees_course(actor, lesson.course) or substitutes(actor, lesson)


def sees_whole_lesson(actor: Actor, lesson: SeenLesson) -> bool:
    """Staff of the lesson: those who may see all of its pupils side by side."""
    return lesson.course.teaches or lesson.course.leads or still_covers(actor, lesson) or runs_school(actor)


def may_fill_lesson(actor: Actor, lesson: SeenLesson) -> bool | Refused:
    """Who writes the topic and the presence: whoever takes the lesson, once it has begun and while it stands."""
    if not takes_lesson(actor, lesson):
        if substitutes(actor, lesson):
            return Refused(cover_words(lesson.on_date, lesson.starts_at))
        if not sees_whole_lesson(actor, lesson):
            return False
        return Refused(_("Only the teacher of this lesson can write here."))
    if lesson.state != LessonState.PLANNED:
        return Refused(_("This lesson does not take place. If it does, the deputy head can restore it."))
    return True


def may_take_presence(actor: Actor, lesson: SeenLesson) -> bool | Refused:
    """As ``may_fill_lesson``, on the lesson's day or later: nobody is absent from tomorrow."""
    answer = may_fill_lesson(actor, lesson)
    if answer and lesson.on_date > clock.today():
        return Refused(_("Attendance is taken on the day of the lesson."))
    return answer


def may_excuse(actor: Actor, lesson: SeenLesson) -> bool:
    """Who changes the reason of an absence: the lesson's teacher, the class teacher, deputy, head."""
    return takes_lesson(actor, lesson) or lesson.course.leads or runs_school(actor)


def may_explain(actor: Actor, pupil: SeenPupil) -> bool:
    """Who gives one reason to the absences of many days: the class teacher, deputy, head."""
    return pupil.leads or runs_school(actor)


def may_announce(actor: Actor, pupil: SeenPupil) -> bool:
    """Who says for a family that a child will not come: a representative; or, called by them, the class teacher, deputy, head."""
    return pupil.follows or may_explain(actor, pupil)


def sees_group(actor: Actor, group: SeenGroup) -> bool:
    """Staff of the group: its teachers, its class teacher, deputy, head, administrator."""
    return group.teaches or group.leads or sees_all_groups(actor)


def sees_all_groups(actor: Actor) -> bool:
    """The list of all classes."""
    return runs_school(actor) or actor.has("admin")


def sees_groups(actor: Actor) -> bool:
    """The list of classes: staff; teachers see their own first."""
    return sees_all_groups(actor) or actor.has("teacher")


def has_week(actor: Actor) -> bool:
    """Own timetable: whoever learns or teaches here."""
    return actor.has("pupil", "teacher")


def may_feed(_actor: Actor, pupil: SeenPupil) -> bool:
    """Who makes an address for a calendar of a pupil's lessons: the family."""
    return pupil.is_self or pupil.follows


def may_arrange_day(actor: Actor) -> bool:
    """The school's day: substitutions, cancelled and moved lessons."""
    return actor.has("deputy", "head", "admin")


def may_arrange_lesson(actor: Actor, _lesson: SeenLesson) -> bool:
    """The same for one lesson of the school."""
    return may_arrange_day(actor)


def may_edit_timetable(actor: Actor) -> bool:
    """The week of every class."""
    return actor.has("deputy", "admin")


def may_edit_timetable_of(actor: Actor, group: SeenGroup) -> bool:
    """The week of one class; a part of a class is edited with its class."""
    return may_edit_timetable(actor) and group.kind != GroupKind.PART


def may_set_norms(actor: Actor) -> bool:
    """Who answers for the school's norms: deputy heads and the head."""
    return runs_school(actor)


def may_manage_structure(actor: Actor) -> bool:
    """Buildings, bells, years, terms, classes and courses."""
    return actor.has("admin")


def may_hand_over(actor: Actor, pupil: SeenPupil) -> bool | Refused:
    """The administrator of the school that a pupil leaves."""
    if not may_manage_structure(actor):
        return False
    if pupil.closed_on is not None:
        return Refused(_("The pupil has already left this school."))
    return True


def may_take_in(actor: Actor, offer: TransferOffer) -> bool:
    """The administrator of the school that a pupil comes to."""
    return may_manage_structure(actor) and offer.to_school_id == actor.school_id


def may_see_offer(actor: Actor, offer: TransferOffer) -> bool:
    """The administrators of both schools."""
    return may_manage_structure(actor) and actor.school_id in {offer.from_school_id, offer.to_school_id}


def may_take_back(actor: Actor, offer: TransferOffer) -> bool:
    """Whoever offered, while nobody has decided."""
    return may_manage_structure(actor) and offer.from_school_id == actor.school_id


def may_manage_group(actor: Actor, _group: SeenGroup) -> bool:
    """The same for one class."""
    return may_manage_structure(actor)
