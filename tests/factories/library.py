"""Units of the library: published, drafts, with films and questions."""

from datetime import UTC, datetime
from typing import Any

from content_library import About, Author, Subject, Text, Topic, Unit, UnitKind, WrittenItem, drafts, publishing
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Account, Member
from tests.factories.classes import MakeClasses

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
NUMBER = {"version": 1, "prompt": "Сколько будет 2/7 + 3/7?", "key": {"value": "5/7"}, "why": "Складывают числители."}
SINGLE = {"version": 1, "prompt": "Какая дробь больше?", "options": ["1/2", "1/3", "1/4"], "key": [0]}

DETAILS: dict[UnitKind, dict[str, Any]] = {
    UnitKind.VIDEO: {"silent": "Только музыка."},
    UnitKind.PACKAGE: {"keyboard": "whole"},
}
"""What authors say of those kinds before they are published."""


class MakeLibrary(MakeClasses):
    """The factories of the library; its rows belong to no school."""

    def topic(self, subject: Subject, title: str = "Обыкновенные дроби", year_level: int = 5) -> Topic:
        return self.save(
            Topic(subject_id=subject.id, code=f"{year_level}.{self.next()}", title=title, year_level=year_level)
        )

    def author(self, of: Member | Account | None = None) -> Author:
        if of is None:
            return Author(None, "Анна Сергеевна Петрова")
        return Author(of.account_id if isinstance(of, Member) else of.id, "Автор")

    def draft(
        self,
        kind: UnitKind = UnitKind.TEXTBOOK,
        *,
        by: Member | Account | None = None,
        subject: Subject | None = None,
        topic: Topic | None = None,
        items: tuple[tuple[str, dict[str, Any]], ...] = (),
        years: tuple[int, int] = (5, 6),
        language: str = "ru",
        **says: Any,
    ) -> Unit:
        """A unit that could be published as it is."""
        subject = subject or self.subject()
        topic = topic or self.topic(subject)
        about = About(
            kind=kind,
            subject_id=subject.id,
            year_from=years[0],
            year_to=years[1],
            topic_ids=(topic.id,),
            language=language,
        )
        body = {UnitKind.TEXTBOOK: "Доли одного размера складывают.", UnitKind.VIDEO: "Доли на доске."}.get(kind, "")
        default = {
            "title": "Сложение дробей",
            "summary": "Складываем доли.",
            "minutes": 15,
            "body_markdown": body,
            "details": DETAILS.get(kind, {}),
            "items": [WrittenItem(kind=name, spec=spec, points=spec.get("points", 1)) for name, spec in items],
        }
        with unit_of_work():
            return drafts.draft(db.session(), self.author(by), about, Text(**{**default, **says}), MORNING)

    def unit(self, kind: UnitKind = UnitKind.TEXTBOOK, **says: Any) -> Unit:
        """A published unit."""
        made = self.draft(kind, **says)
        with unit_of_work():
            publishing.publish(db.session(), made, MORNING)
        return made

    def handed_in(self, unit: Unit, at: datetime = MORNING) -> Unit:
        with unit_of_work():
            publishing.send_for_review(db.session(), unit, at)
        return unit
