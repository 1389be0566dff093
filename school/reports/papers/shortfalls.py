"""Of the whole school: too few marks before the end of a term, and one mark short."""

from collections.abc import Sequence

from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.reports.papers.figures import NAME, mean, of_period, pupil_opened
from school.reports.printing import Block, Column, Leaf, Paper, Row, Table, Value, Words, opening
from school.reports.seen import EndingTerm, FewLine, Period, ShortLine


def few_marks_list(school_id: int, school: str, terms: Sequence[EndingTerm], lines: Sequence[FewLine]) -> Paper:
    """A line a journal: who has how many marks and how many the act asks for."""
    columns = (
        Column(_("Class"), 14, "start"),
        Column(_("Subject"), 22, "start"),
        Column(_("Teacher"), 22, "start"),
        Column(_("Marks the act asks for"), 10),
        Column(_("Pupils below"), 9),
        Column(_("Who, and how many marks there are"), 60, "start"),
    )
    blocks: list[Block] = []
    for one in terms:
        some = [line for line in lines if line.term == one.name]
        left = ngettext("%(num)s day left", "%(num)s days left", one.days_left)
        if some:
            blocks.append(Table(f"{one.name}: {left}", columns, tuple(_few(school_id, line) for line in some)))
        elif one.is_warned:
            blocks += [
                Words(f"{one.name}: {left}", "heading"),
                Words(_("Everybody has as many marks as the act asks for.")),
            ]
        else:
            blocks += [
                Words(one.name, "heading"),
                Words(
                    _("The list begins on %(day)s, some weeks before the end of the term.", day=short_day(one.warns_on))
                ),
            ]
    if not terms:
        blocks.append(Words(_("No term is running today.")))
    blocks.append(
        Words(
            _(
                "How many marks make a fair mark of the term depends on the hours a week: so says the school's act. Teachers see the same in their journals."
            ),
            "note",
        )
    )
    title = _("Too few marks")
    return Paper(
        name="too few marks", title=title, school=school, leaves=(Leaf(title, "", tuple(blocks)),), is_wide=True
    )


def school_one_short(school_id: int, school: str, period: Period, lines: Sequence[ShortLine]) -> Paper:
    """With one 4, with one 3, with one 2, of all classes."""
    columns = (
        Column(_("Class"), 12, "start"),
        Column(_("Pupil"), NAME, "start"),
        Column(_("Subject"), 22, "start"),
        Column(_("Mean of the marks"), 10),
        Column(_("Teacher"), 24, "start"),
    )
    blocks: list[Block] = []
    for value, words in ((4, _("With one 4")), (3, _("With one 3")), (2, _("With one 2"))):
        some = [one for one in lines if one.value == value]
        if some:
            rows = tuple(_short(school_id, one) for one in some)
            blocks.append(Table(f"{words} ({len(some)})", columns, rows))
        else:
            blocks += [Words(words, "heading"), Words(_("Nobody."))]
    title = _("One mark short")
    leaf = Leaf(title, of_period(period), tuple(blocks))
    return Paper(name=f"school one short {period.word}", title=title, school=school, leaves=(leaf,))


def _short(school_id: int, one: ShortLine) -> Row:
    of_subject = {"school_id": school_id, "pupil_id": one.pupil_id, "subject_id": one.subject_id}
    average: Value = opening(mean(one.mean), "progress.subject", **of_subject)
    return Row((one.group, pupil_opened(one.pupil, school_id, one.pupil_id), one.subject, average, one.teachers))


def _few(school_id: int, line: FewLine) -> Row:
    who = ", ".join(f"{name} ({number})" for name, number in line.pupils)
    below = opening(
        f"{len(line.pupils)} / {line.learners}", "gradebook.grid", school_id=school_id, course_id=line.course_id
    )
    return Row((line.group, line.subject, line.teachers, line.least, below, who))
