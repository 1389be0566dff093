"""Work spared: acts of each administrative job against a named baseline, and the weight of schoolbags."""

from fractions import Fraction

from school.core.languages import gettext as _
from school.reports.papers.figures import of_period
from school.reports.printing import Column, Leaf, Mean, Paper, Row, Table, Words
from school.reports.seen import Period
from school.reports.spared import Bag, Job, book_grams, job_name, rule


def work_spared(school: str, period: Period, jobs: list[Job], bags: list[Bag]) -> Paper:
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
    rows = [Row((job_name(one.kind), one.times, one.before, one.here, one.spared, rule(one.kind))) for one in jobs]
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
        Row((one.year_level, _mean(one.subjects), _mean(one.here), book_grams(one.year_level), one.grams))
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


def _mean(number: float) -> Mean:
    return Mean(Fraction(number).limit_denominator(1000))
