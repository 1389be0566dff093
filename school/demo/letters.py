"""What the demo school asks of a class, what some families have answered, and a conversation of teacher and mother."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from school.asks.actions.asking import text_hash
from school.asks.models import Ask, AskAnswer
from school.core import clock
from school.core.records import record
from school.demo.classes import DemoClass
from school.demo.people import Person
from school.demo.rows import Rows
from school.messages.models import Talk, TalkMessage

TRIP_WORDS = """Едем всем классом с классным руководителем на метро, сбор у школы в 9:00, вернёмся к 14:00.
Вход по школьному списку бесплатный. Нужны вторая обувь и проездной."""
TRIP = ("Поездка в Третьяковскую галерею", TRIP_WORDS)
RULES = (
    "Правила поведения на льду",
    "На прудах лёд ещё тонкий: выходить на него нельзя. Пожалуйста, прочитайте памятку МЧС вместе с ребёнком.",
)
WORDS = (
    (True, "Добрый день! На этой неделе много работ: в четверг контрольная по физике. Поможете спланировать вечер?"),
    (False, "Спасибо, что предупредили. В среду секция, начнём готовиться во вторник."),
    (True, "Хороший план. Задачи для подготовки я положила в задания."),
)


@dataclass(frozen=True, slots=True)
class _Who:
    account_id: UUID
    member_id: UUID
    on_behalf_of: None = None


def write_letters(
    rows: Rows, group: DemoClass, leader: Person, pupil: Person, parents: Mapping[UUID, Person], now: datetime
) -> None:
    """Two questions to the class, answered by two thirds (not by the pupil's family), and the talk about the pupil."""
    today = clock.local(now).date()
    asked_at = clock.moscow(today - timedelta(days=2), time(16, 10))
    for kind, words, days in (("consent", TRIP, 4), ("note", RULES, 6)):
        ask = rows.id_at(asked_at)
        digest = text_hash(*words)
        rows.add(
            Ask,
            id=ask,
            group_id=group.id,
            kind=kind,
            title=words[0],
            text=words[1],
            text_hash=digest,
            due_on=today + timedelta(days=days),
            made_by=leader.member,
            made_at=asked_at,
        )
        for n, one in enumerate(group.pupils):
            parent = parents.get(one.member)
            if parent is not None and one is not pupil and n % 3:
                answer = "read" if kind == "note" else "no" if n % 11 == 1 else "yes"
                _answer(rows, ask, one, parent, answer, digest, asked_at + timedelta(hours=1, minutes=7 * n))
    _talk(rows, leader, pupil, parents[pupil.member], asked_at)


def _answer(rows: Rows, ask: UUID, pupil: Person, parent: Person, answer: str, digest: str, at: datetime) -> None:
    event = record(
        _Who(parent.account, parent.member),
        "ask.answered",
        school_id=rows.school_id,
        thing_id=ask,
        pupil_id=pupil.member,
        payload={"ask": ask, "text": digest, "answer": answer, "before": None},
    )
    rows.add(
        AskAnswer,
        id=rows.id_at(at),
        ask_id=ask,
        pupil_id=pupil.member,
        by_id=parent.member,
        answer=answer,
        at=at,
        event_id=event,
    )


def _talk(rows: Rows, leader: Person, pupil: Person, parent: Person, since: datetime) -> None:
    talk = rows.id_at(since)
    moments = [since + timedelta(minutes=35 * n) for n in range(len(WORDS))]
    rows.add(Talk, id=talk, pupil_id=pupil.member, staff_id=leader.member, last_at=moments[-1])
    for n, (by_staff, text) in enumerate(WORDS):
        is_last = n == len(WORDS) - 1
        rows.add(
            TalkMessage,
            id=rows.id_at(moments[n]),
            talk_id=talk,
            from_id=leader.member if by_staff else parent.member,
            is_staff=by_staff,
            text=text,
            at=moments[n],
            arrives_at=moments[n],
            read_at=None if is_last else moments[n] + timedelta(minutes=20),
            read_by=None if is_last else parent.member if by_staff else leader.member,
        )
