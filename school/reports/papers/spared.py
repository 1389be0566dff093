"""Work spared: acts of each administrative job against a named baseline, and the weight of schoolbags."""

from collections.abc import Sequence
from fractions import Fraction

from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import language
from school.reports.papers.figures import of_period
from school.reports.printing import Column, Leaf, Mean, Paper, Row, Table, Value, Words, opening
from school.reports.printing.document import grouped
from school.reports.queries.spared_rows import BagRow, JobRow
from school.reports.seen import Period
from school.reports.spared import Bag, Job, book_grams, job_name, rule


def work_spared(school_id: int, school: str, period: Period, jobs: list[Job], bags: list[Bag]) -> Paper:
    """Two tables with what they rest on."""
    title = _("Work spared")
    columns = (
        Column(_("Job"), 30, "start"),
        Column(_("Times"), 9),
        Column(_("Acts there"), 10),
        Column(_("Acts here"), 10),
        Column(_("Spared"), 9),
        Column(_("How it is counted"), 50, "start"),
    )
    of = {"school_id": school_id, "period": period.word}
    rows = [
        Row(
            (
                job_name(one.kind),
                *(
                    opening(figure, "reports.spared_rows", kind=one.kind, **of)
                    for figure in (one.times, one.before, one.here, one.spared)
                ),
                rule(one.kind),
            )
        )
        for one in jobs
    ]
    total = (
        _("Together"),
        None,
        sum(j.before for j in jobs),
        sum(j.here for j in jobs),
        sum(j.spared for j in jobs),
        "",
    )
    bag_columns = (
        Column(_("Year level"), 10),
        Column(_("Subjects a day"), 10),
        Column(_("with a textbook here"), 12),
        Column(_("Grams of a book"), 10),
        Column(_("Grams a day not carried"), 14),
    )
    bag_rows = [
        Row(
            (
                one.year_level,
                opening(_mean(one.subjects), "reports.bag_rows", year_level=one.year_level, **of),
                opening(_mean(one.here), "reports.bag_rows", year_level=one.year_level, **of),
                book_grams(one.year_level),
                opening(one.grams, "reports.bag_rows", year_level=one.year_level, **of),
            )
        )
        for one in bags
    ]
    return Paper(
        name=f"work spared {period.word}",
        title=title,
        school=school,
        leaves=(
            Leaf(
                title,
                of_period(period),
                (
                    Table(_("Acts by job"), columns, (*rows, Row(total, is_total=True))),
                    Words(
                        _(
                            "An act is one press, one key or one filled field. “There” is the МЭШ as its help pages and screens describe it: an estimate that nobody has timed. “Here” attendance, cover and a family’s word are what the programme’s own tests count in a browser; marks and periods are the steps of their pages. Minus: there it takes fewer."
                        ),
                        "note",
                    ),
                    Table(_("The schoolbag"), bag_columns, tuple(bag_rows)),
                    Words(
                        _(
                            "A textbook is taken to weigh what the sanitary rules allow at most for its year. Counted are subjects of a class on a school day whose textbook is published in the library; whether a pupil really leaves the book at home is not known here."
                        ),
                        "note",
                    ),
                ),
            ),
        ),
        is_wide=True,
    )


def job_paper(school_id: int, school: str, period: Period, kind: str, rows: Sequence[JobRow]) -> Paper:
    """Where the acts of a job were done; the rows add up to its line."""
    heads = {
        "attendance": (_("Journal"), _("Lessons with attendance"), _("Absent")),
        "marks": (_("Journal"), _("Columns"), _("Marks")),
        "term": (_("Journal"), _("On the brink"), _("Marks of the period")),
        "covers": (_("Whose lessons were covered"), _("Days"), _("Lessons")),
        "words": (_("Class"), "", _("Words of families")),
    }[kind]
    columns = (Column(heads[0], 28, "start"), *(Column(one, 12) for one in heads[1:] if one))
    lines = []
    for one in rows:
        counts: tuple[Value, ...] = (one.first, one.second) if heads[1] else (one.second,)
        lines.append(Row((_name_of(school_id, kind, one), *counts)))
    sums = (sum(one.first for one in rows), sum(one.second for one in rows))
    lines.append(Row((_("Together"), *(sums if heads[1] else sums[1:])), is_total=True))
    table = Table("", columns, tuple(lines)) if rows else Words(_("Nothing in this period."))
    leaf = Leaf(job_name(kind), of_period(period), (Words(_("Acts: %(rule)s.", rule=rule(kind)), "note"), table))
    return Paper(name=job_name(kind), title=job_name(kind), school=school, leaves=(leaf,))


def _name_of(school_id: int, kind: str, one: JobRow) -> Value:
    if kind == "covers":
        name = f"{short_day(one.on_date)}, {one.name}" if one.on_date else one.name
        return opening(name, "classes.day", school_id=school_id, on=one.on_date.isoformat() if one.on_date else None)
    if kind == "words":
        return opening(one.name, "classes.group", school_id=school_id, group_id=one.id) if one.id else one.name
    page = "gradebook.term_marks" if kind == "term" else "gradebook.grid"
    return opening(one.name, page, school_id=school_id, course_id=one.id)


def bag_paper(school_id: int, school: str, period: Period, level: int, rows: Sequence[BagRow]) -> Paper:
    """The subjects of each class: on which share of its school days, and whether the textbook is in the library."""
    title = _("The schoolbag, year %(n)s", n=level)
    columns = (
        Column(_("Class"), 10, "start"),
        Column(_("Subject"), 26, "start"),
        Column(_("Days with the subject"), 10),
        Column(_("School days of the class"), 10),
        Column(_("Textbook"), 12),
        Column(_("Grams of the period not carried"), 12),
    )
    grams = book_grams(level)
    lines = []
    for one in rows:
        book = opening(_("in the library"), "library.unit", unit_id=one.unit_id) if one.unit_id else "–"
        week = opening(one.group, "classes.class_week", school_id=school_id, group_id=one.class_id)
        weight = one.days * grams if one.unit_id else 0
        lines.append(Row((week, one.subject, one.days, one.class_days, book, weight)))
    class_days = sum({one.class_id: one.class_days for one in rows}.values())
    together = sum(one.days * grams for one in rows if one.unit_id)
    lines.append(Row((_("Together"), "", sum(one.days for one in rows), class_days, "", together), is_total=True))
    meaning = _(
        "Grams a day = the sum of the last column divided by the school days of all classes of the year: %(sum)s / %(days)s.",
        sum=grouped(together, language()),
        days=class_days,
    )
    leaf = Leaf(title, of_period(period), (Words(meaning, "note"), Table("", columns, tuple(lines))))
    return Paper(name=title, title=title, school=school, leaves=(leaf,))


def _mean(number: float) -> Mean:
    return Mean(Fraction(number).limit_denominator(1000))
