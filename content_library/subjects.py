"""The subjects of a Russian school, as the federal curricula name them, with the city's fixed numbers."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.models import Subject, Topic


class SubjectRow(NamedTuple):
    """One line of the reference list."""

    id: int
    code: str
    name_ru: str
    name_en: str
    short_ru: str
    tint: int


SUBJECTS = (
    SubjectRow(1, "russian", "Русский язык", "Russian language", "Рус. яз.", 0),
    SubjectRow(2, "literature", "Литература", "Literature", "Лит-ра", 1),
    SubjectRow(3, "reading", "Литературное чтение", "Reading", "Чтение", 1),
    SubjectRow(4, "english", "Английский язык", "English language", "Англ. яз.", 2),
    SubjectRow(5, "german", "Немецкий язык", "German language", "Нем. яз.", 2),
    SubjectRow(6, "french", "Французский язык", "French language", "Фр. яз.", 2),
    SubjectRow(7, "chinese", "Китайский язык", "Chinese language", "Кит. яз.", 2),
    SubjectRow(8, "maths", "Математика", "Mathematics", "Матем.", 3),
    SubjectRow(9, "algebra", "Алгебра", "Algebra", "Алгебра", 3),
    SubjectRow(10, "geometry", "Геометрия", "Geometry", "Геом.", 4),
    SubjectRow(11, "statistics", "Вероятность и статистика", "Probability and statistics", "ВиС", 4),
    SubjectRow(12, "informatics", "Информатика", "Computer science", "Инф-ка", 5),
    SubjectRow(13, "world", "Окружающий мир", "The world around us", "Окр. мир", 8),
    SubjectRow(14, "history", "История", "History", "История", 6),
    SubjectRow(15, "society", "Обществознание", "Social studies", "Общ-во", 6),
    SubjectRow(16, "geography", "География", "Geography", "Геогр.", 7),
    SubjectRow(17, "biology", "Биология", "Biology", "Биол.", 8),
    SubjectRow(18, "physics", "Физика", "Physics", "Физика", 9),
    SubjectRow(19, "chemistry", "Химия", "Chemistry", "Химия", 10),
    SubjectRow(20, "astronomy", "Астрономия", "Astronomy", "Астр.", 9),
    SubjectRow(21, "art", "Изобразительное искусство", "Art", "ИЗО", 11),
    SubjectRow(22, "music", "Музыка", "Music", "Музыка", 11),
    SubjectRow(23, "technology", "Труд (технология)", "Technology", "Труд", 5),
    SubjectRow(24, "sport", "Физическая культура", "Physical education", "Физ-ра", 10),
    SubjectRow(25, "safety", "Основы безопасности и защиты Родины", "Safety and civil defence", "ОБЗР", 7),
    SubjectRow(26, "culture", "Духовно-нравственная культура России", "Moral culture of Russia", "ОДНКНР", 1),
    SubjectRow(27, "religion", "Основы религиозных культур и светской этики", "Religions and ethics", "ОРКСЭ", 1),
    SubjectRow(28, "talks", "Разговоры о важном", "Conversations that matter", "Разг.", 0),
    SubjectRow(29, "project", "Индивидуальный проект", "Individual project", "Проект", 4),
    SubjectRow(30, "homeroom", "Классный час", "Class hour", "Кл. час", 6),
    SubjectRow(31, "other", "Другой предмет", "Another subject", "Другое", 11),
)
"""Numbers are never given away again; tints follow the cycles of subjects, so that neighbours are kin."""

_AREAS = (
    ("russian", "literature", "reading"),
    ("english", "german", "french", "chinese"),
    ("maths", "algebra", "geometry", "statistics", "informatics"),
    ("history", "society", "geography", "culture", "religion"),
    ("world", "biology", "physics", "chemistry", "astronomy"),
    ("art", "music"),
    ("technology", "informatics"),
    ("sport", "safety"),
    ("talks", "homeroom"),
)
"""The subject areas (предметные области) of the federal curricula; computer science is also kin of technology."""
_NUMBERS = {row.code: row.id for row in SUBJECTS}
_KIN = {
    row.id: frozenset(_NUMBERS[code] for area in _AREAS if row.code in area for code in area if code != row.code)
    for row in SUBJECTS
}


def kin_of(subject_id: int) -> frozenset[int]:
    """The other subjects of a subject's area: whoever teaches one of them can step into a lesson of it soonest."""
    return _KIN.get(subject_id, frozenset())


def ensure_subjects(session: Session) -> None:
    """Bring the table to the reference list: new lines appear, renamed ones are renamed, none goes."""
    there = {subject.id: subject for subject in session.scalars(select(Subject))}
    for sort, row in enumerate(SUBJECTS):
        subject = there.get(row.id)
        if subject is None:
            session.add(Subject(**row._asdict(), sort=sort))
            continue
        for name, value in (*row._asdict().items(), ("sort", sort)):
            if getattr(subject, name) != value:
                setattr(subject, name, value)
    session.flush()


def all_subjects(session: Session) -> Sequence[Subject]:
    """All subjects in the usual order of the curriculum."""
    return session.scalars(select(Subject).order_by(Subject.sort, Subject.id)).all()


def get_subject(session: Session, subject_id: int) -> Subject | None:
    """One subject."""
    return session.get(Subject, subject_id)


def find_subject(session: Session, name: str) -> Subject | None:
    """A subject by its code or by its full or short name in either language, whatever the case; ё is е."""
    wanted = _plain(name)
    for subject in all_subjects(session):
        names = (subject.code, subject.name_ru, subject.name_en, subject.short_ru)
        if wanted in map(_plain, names):
            return subject
    return None


def topics_of(
    session: Session, subject_id: int, year_level: int | None = None, *, on: date | None = None
) -> Sequence[Topic]:
    """The topics of a subject, in the order of the curriculum; those that are taught on a day, if one is said."""
    wish = select(Topic).where(Topic.subject_id == subject_id)
    if on is not None:
        wish = wish.where(
            or_(Topic.valid_from.is_(None), Topic.valid_from <= on), or_(Topic.valid_to.is_(None), Topic.valid_to >= on)
        )
    if year_level is not None:
        wish = wish.where(Topic.year_level == year_level)
    return session.scalars(wish.order_by(Topic.year_level, Topic.position, Topic.code)).all()


def add_topic(
    session: Session, subject: Subject, code: str, title: str, year_level: int, parent: Topic | None = None
) -> Topic:
    """Put a topic after its neighbours; a code that is there already gets the new title and place."""
    topic = session.scalar(select(Topic).where(Topic.subject_id == subject.id, Topic.code == code))
    if topic is None:
        parent_id = parent.id if parent else None
        near = select(Topic.position).where(
            Topic.subject_id == subject.id,
            Topic.year_level == year_level,
            Topic.parent_id.is_not_distinct_from(parent_id),
        )
        last = session.scalar(near.order_by(Topic.position.desc()).limit(1))
        topic = Topic(subject_id=subject.id, code=code, position=(last or 0) + 1)
        session.add(topic)
    before = (topic.title, topic.parent_id)
    topic.title = title
    topic.year_level = year_level
    topic.parent_id = parent.id if parent else None
    session.flush()
    if before[0] is not None and before != (topic.title, topic.parent_id):
        changes.mark_topic(session, topic)
    return topic


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("ё", "е").split())
