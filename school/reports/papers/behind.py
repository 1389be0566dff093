"""What stands behind the figures of reports, each with what the figure counts: pupils, journals, lessons."""

from collections.abc import Callable, Sequence

from school.core.days import short_day
from school.core.languages import gettext as _
from school.reports.behind import CourseBook, MissedLesson, SchoolPupil
from school.reports.papers.figures import (
    NAME,
    mean,
    of_class,
    of_period,
    pupil_opened,
    sign,
    tally_columns,
    tally_opened,
)
from school.reports.papers.summaries import marks_opened
from school.reports.printing import Block, Column, Leaf, Paper, Row, Table, Value, Words, opening
from school.reports.scale import Standing, Tally, one_short, standing
from school.reports.seen import ClassBook, Period, Pupil, Result, Tallied

Signs = Sequence[int | str | None]
MOST_NAMES = 400
"""Of the whole school; of larger sets the classes are named, and each opens its own."""


def _short_by(value: int) -> Callable[[Signs], bool]:
    return lambda signs: (found := one_short(signs)) is not None and found[0] == value


BY_MARKS: dict[str, Callable[[Signs], bool]] = {
    "pupils": lambda _signs: True,
    "counted": lambda signs: standing(signs) is not Standing.NONE,
    "excellent": lambda signs: standing(signs) is Standing.EXCELLENT,
    "good": lambda signs: standing(signs) is Standing.GOOD,
    "one-four": _short_by(4),
    "one-three": _short_by(3),
    "failing": lambda signs: standing(signs) is Standing.FAILING,
    "without": lambda signs: standing(signs) is Standing.NONE,
}
"""Sets of pupils on the roll at the end, by all marks of the period."""
BY_ROLL: dict[str, Callable[[ClassBook, Pupil], bool]] = {
    "beginning": lambda book, one: one.is_here(book.period.starts_on),
    "arrived": lambda book, one: book.period.starts_on < one.from_on <= book.end,
    "left": lambda book, one: one.to_on is not None and one.to_on < book.end,
}
"""Sets by the days in the class."""


def set_words(what: str) -> tuple[str, str]:
    """How a set of pupils is called, and who is in it."""
    return {
        "pupils": (_("Pupils at the end of the period"), _("Everybody on the roll on the last day of the period, or today while it runs.")),
        "counted": (
            _("Pupils who are counted"),
            _("Pupils on the roll at the end of the period with a mark or not attested. They are the whole of pass rate and quality."),
        ),
        "excellent": (_("Excellent: only fives"), _("Every mark of the period is a 5.")),
        "good": (_("Good: fives and fours"), _("Only fives and fours, and at least one 4.")),
        "one-four": (_("With one 4"), _("One 4 among fives.")),
        "one-three": (_("With one 3"), _("One 3 among fives and fours.")),
        "failing": (_("Not passing"), _("At least one 2 or not attested among the marks of the period.")),
        "without": (_("Without marks of the period"), _("On the roll, and no mark of the period in any subject.")),
        "beginning": (_("Pupils at the beginning of the period"), _("On the roll on the first day of the period.")),
        "arrived": (_("Arrived"), _("Came to the class after the first day of the period.")),
        "left": (_("Left"), _("Left the class before the end of the period.")),
    }[what]  # fmt: skip


def class_rows(book: ClassBook, what: str) -> Paper:
    """The pupils of a class in one of the sets, with all their marks."""
    subjects = book.marked_subjects()
    if what in BY_ROLL:
        pupils = [one for one in book.pupils if BY_ROLL[what](book, one)]
    else:
        pupils = [one for one in book.roll if BY_MARKS[what](_signs(book, one, subjects))]
    columns = (
        Column("№", 3),
        Column(_("Pupil"), NAME, "start"),
        *(Column(title, 4, upright=True) for _id, title in subjects),
        Column(_("Mean"), 6, upright=True),
    )
    rows = tuple(
        Row(
            (
                number,
                pupil_opened(one.short_name, book.school_id, one.id),
                *marks_opened(book, one, subjects),
                mean(Tally.of(_signs(book, one, subjects)).mean),
            )
        )
        for number, one in enumerate(pupils, 1)
    )
    title, meaning = set_words(what)
    return _paper(title, book.school, of_class(book), meaning, Table("", columns, rows, small=True), rows)


def subject_rows(book: ClassBook, subject_id: int, counted: str | None) -> Paper | None:
    """The pupils of a class with their mark of a subject, or with one mark only; None for a subject that has none here."""
    title = dict(book.marked_subjects()).get(subject_id)
    if title is None:
        return None
    term = book.period.terms[-1]
    found = [(one, result) for one in book.roll if (result := book.result(one, subject_id, term)) is not None]
    return _marks(book.school_id, book.school, f"{title}, {of_class(book)}", subject_id, found, counted)


def course_rows(book: CourseBook, counted: str | None) -> Paper:
    """The same of a journal."""
    subtitle = f"{book.title}, {of_period(book.period)}"
    return _marks(book.school_id, book.school, subtitle, book.subject_id, book.results, counted)


def _marks(
    school_id: int,
    school: str,
    subtitle: str,
    subject_id: int,
    found: Sequence[tuple[Pupil, Result]],
    counted: str | None,
) -> Paper:
    columns = (
        Column("№", 3),
        Column(_("Pupil"), NAME, "start"),
        Column(_("Mark of the period"), 9),
        Column(_("Mean of the marks"), 9),
        Column(_("Marks"), 7),
    )
    rows = []
    chosen = [(one, result) for one, result in found if counted in (None, str(result.sign))]
    for number, (pupil, result) in enumerate(chosen, 1):
        of = {"school_id": school_id, "pupil_id": pupil.id, "subject_id": subject_id}
        figures: tuple[Value, ...] = (sign(result), mean(result.mean), result.marks)
        opened = (opening(one, "progress.subject", **of) for one in figures)
        rows.append(Row((number, pupil_opened(pupil.short_name, school_id, pupil.id), *opened)))
    meaning = _(
        "Marks of the period that are set; in brackets what the school's act makes of the mean where none is set yet. The mean and the number are of the marks in lessons."
    )
    title = _("Marks of the period: %(mark)s", mark=counted) if counted else _("Marks of the period")
    return _paper(title, school, subtitle, meaning, Table("", columns, tuple(rows)), rows)


def school_rows(
    school_id: int, school: str, period: Period, what: str, pupils: Sequence[SchoolPupil], level: int | None
) -> tuple[Paper, list[SchoolPupil]]:
    """Pupils of all classes in one of the sets, and who of them is named on it: of many only the classes are."""
    found = [one for one in pupils if BY_MARKS[what]([mark for _subject, mark in one.signs])]
    title, meaning = set_words(what)
    of_level = _("Year %(n)s, %(period)s", n=level, period=of_period(period)) if level else of_period(period)
    of = {"school_id": school_id, "period": period.word.rpartition("-")[2], "what": what}
    if len(found) > MOST_NAMES or what in {"pupils", "counted"}:
        numbers: dict[tuple[object, str], int] = {}
        for one in found:
            numbers[one.class_id, one.group] = numbers.get((one.class_id, one.group), 0) + 1
        rows = [
            Row((group, opening(number, "reports.class_rows", group_id=class_id, **of)))
            for (class_id, group), number in numbers.items()
        ]
        rows.append(Row((_("Together"), len(found)), is_total=True))
        table = Table("", (Column(_("Class"), 12, "start"), Column(_("Pupils"), 9)), tuple(rows))
        return _paper(title, school, of_level, meaning, table, found), []
    columns = (Column(_("Class"), 12, "start"), Column(_("Pupil"), NAME, "start"), Column(_("Where"), 50, "start"))
    named = tuple(
        Row(
            (
                opening(one.group, "reports.class_rows", group_id=one.class_id, **of),
                pupil_opened(one.name, school_id, one.pupil_id),
                _where(what, one),
            )
        )
        for one in found
    )
    return _paper(title, school, of_level, meaning, Table("", columns, named), found), found


def journal_rows(
    school_id: int, school: str, period: Period, name: str, lines: Sequence[Tallied], counted: str | None
) -> Paper:
    """The journals behind a subject's or a teacher's figures; with a mark those in which somebody has it."""
    of = {"school_id": school_id, "period": period.word.rpartition("-")[2]}
    chosen = [one for one in lines if counted is None or _has(one.tally, counted)]
    rows = [Row((one.name, *tally_opened(one.tally, "reports.course_rows", course_id=one.id, **of))) for one in chosen]
    meaning = _("Each journal with how many of its pupils have which mark of the period. A number opens the pupils.")
    title = _("Journals: %(name)s", name=name)
    columns = (Column(_("Journal"), 26, "start"), *tally_columns())
    return _paper(title, school, of_period(period), meaning, Table("", columns, tuple(rows)), rows)


def missed_rows(
    school_id: int, school: str, name: str, pupil_id: object, period: Period, lines: Sequence[MissedLesson]
) -> Paper:
    """Each lesson that a pupil missed or came to late; the day opens the diary."""
    columns = (
        Column(_("Day"), 12, "start"),
        Column(_("Lesson"), 7),
        Column(_("Subject"), 24, "start"),
        Column(_("Fact"), 12, "start"),
        Column(_("Reason"), 20, "start"),
    )
    rows = tuple(
        Row(
            (
                opening(
                    short_day(one.on_date),
                    "gradebook.diary",
                    school_id=school_id,
                    pupil_id=pupil_id,
                    week=one.on_date.isoformat(),
                ),
                one.slot + 1,
                one.subject,
                _fact(one.fact),
                _reason(one.reason) if one.fact == "absent" else "",
            )
        )
        for one in lines
    )
    meaning = _("Lessons that were held and in which the teacher noted the pupil absent or late.")
    title = _("Absences: %(name)s", name=name)
    return _paper(title, school, of_period(period), meaning, Table("", columns, rows), rows)


def _paper(title: str, school: str, subtitle: str, meaning: str, table: Table, rows: Sequence[object]) -> Paper:
    blocks: tuple[Block, ...] = (Words(meaning, "note"), table if rows else Words(_("Nobody.")))
    return Paper(name=title, title=title, school=school, leaves=(Leaf(title, subtitle, blocks),), is_wide=True)


def _fact(fact: str) -> str:
    words = {"absent": _("not here"), "late": _("late"), "exempt": _("excused from work"), "remote": _("remote")}
    return words.get(fact, fact)


def _reason(reason: str) -> str:
    words = {
        "unknown": _("not yet known"),
        "illness": _("illness"),
        "family": _("family reasons"),
        "school": _("sent by the school"),
        "order": _("by order"),
        "truancy": _("no good reason"),
    }
    return words.get(reason, reason)


def _signs(book: ClassBook, pupil: Pupil, subjects: Sequence[tuple[int, str]]) -> list[int | str | None]:
    return [one.sign if one is not None else None for one in book.last_results(pupil, subjects)]


def _where(what: str, one: SchoolPupil) -> str:
    """The marks for which a pupil is in the set."""
    marks = {"failing": (2, "н/а"), "one-three": (3,), "one-four": (4,)}.get(what, ())
    return "; ".join(f"{subject}: {mark}" for subject, mark in one.signs if mark in marks)


def _has(tally: Tally, counted: str) -> bool:
    found = {"5": tally.fives, "4": tally.fours, "3": tally.threes, "2": tally.twos, "н/а": tally.away}
    return bool(found.get(counted))
