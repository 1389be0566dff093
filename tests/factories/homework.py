"""Units with questions, homework, attempts."""

from datetime import timedelta
from typing import Any

from content_library import About, Author, Text, UnitKind, WrittenItem, drafts, publishing
from content_library.models import Topic, UnitVersion
from school.classes.models import Course, Lesson
from school.classes.queries import get_course, get_lesson, pupil_of
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import Wish, set_homework
from school.homework.models import HandInWay, Homework
from school.homework.queries import get_homework, unit_choice, work_of
from school.homework.seen import SeenHomework, SeenWork
from school.people.models import Member
from tests.factories.classes import MakeClasses
from tests.factories.library import DETAILS

ITEMS: tuple[dict[str, Any], ...] = (
    {
        "kind": "single",
        "prompt": "Какое число больше?",
        "options": ["0,35", "0,4", "0,305"],
        "key": [1],
        "why": "Сравниваем десятые: 4 больше 3.",
    },
    {
        "kind": "multiple",
        "prompt": "Отметьте все числа, которые делятся на 3.",
        "options": ["12", "14", "27", "31"],
        "key": [0, 2],
    },
    {"kind": "number", "prompt": "Сколько будет 3/4 + 1/4?", "key": {"value": "1"}},
    {"kind": "text", "prompt": "Как называется результат сложения?", "key": {"accept": ["сумма"]}},
)


class MakeHomework(MakeClasses):
    """The factories of ``school.tasks`` and ``school.homework``."""

    def task(self, subject_id: int | None = None, items: Any = ITEMS, **says: Any) -> UnitVersion:
        """A published test of ``items``; without them, a unit that has no questions."""
        subject_id = subject_id if subject_id is not None else self.subject().id
        topic = self.save(Topic(subject_id=subject_id, code=f"t{self.next()}", title="Дроби", year_level=7))
        about = About(
            kind=says.pop("kind", UnitKind.TEST if items else UnitKind.TEXTBOOK),
            subject_id=subject_id,
            year_from=says.pop("year_from", 5),
            year_to=says.pop("year_to", 9),
            topic_ids=(topic.id,),
        )
        written = tuple(
            WrittenItem(kind=raw["kind"], spec={"version": 1, **{k: v for k, v in raw.items() if k != "kind"}})
            for raw in items
        )
        with unit_of_work():
            unit = drafts.draft(
                db.session(),
                Author(None, "Соколова Е. В."),
                about,
                Text(
                    **{
                        "details": DETAILS.get(about.kind, {}),
                        "title": "Десятичные дроби",
                        "minutes": 15,
                        "items": written,
                        "body_markdown": "Решите.",
                        "summary": "Коротко.",
                        **says,
                    }
                ),
                clock.now(),
            )
            publishing.publish(db.session(), unit, clock.now())
        version = db.session.get(UnitVersion, unit.published_version_id)
        assert version is not None
        return version

    def homework(
        self,
        course: Course,
        *,
        lesson: Lesson | None = None,
        pupils: tuple[Member, ...] = (),
        due: Lesson | None = None,
        task: UnitVersion | None = None,
        **wish: Any,
    ) -> Homework:
        """Homework of ``course`` set by its teacher for tomorrow: a tick for № 412, or ``task`` on the screen."""
        teacher = self.actor(self.teacher_of(course), "teacher")
        seen = get_course(teacher, course.id)
        assert seen is not None
        chosen = tuple(pupil_of(seen, pupil.id) for pupil in pupils)
        values = {
            "text": "№ 412, 415",
            "way": HandInWay.TASK if task is not None else HandInWay.TICK,
            "minutes": 20,
            "due_on": due.on_date if due is not None else clock.today() + timedelta(days=1),
            "due_lesson": due,
            "unit": unit_choice(task.id) if task is not None else None,
            "pupils": chosen,
            **wish,
        }
        with unit_of_work():
            in_lesson = get_lesson(teacher, lesson.id) if lesson is not None else None
            return set_homework(teacher, seen, in_lesson, Wish(**values), new_id())

    def seen(self, actor: Actor, homework: Homework) -> SeenHomework:
        """The homework as ``actor`` meets it."""
        found = get_homework(actor, homework.id)
        assert found is not None
        return found

    def work(self, homework: Homework, pupil: Member, teacher: Actor) -> SeenWork:
        """One pupil's work as the teacher meets it now."""
        found = work_of(self.seen(teacher, homework), pupil.id)
        assert found is not None
        return found
