"""Резерв: pupils whom one mark keeps from the next standing, with the subject and its teacher."""

from school.core.languages import gettext as _
from school.reports.papers.figures import NAME, mean, of_class, pupil_opened, unsure_note
from school.reports.printing import Block, Column, Leaf, Paper, Row, Table, Words, opening
from school.reports.scale import one_short
from school.reports.seen import ClassBook


def one_short_lists(book: ClassBook) -> Paper:
    """With one 4, with one 3, with one 2."""
    subjects = book.marked_subjects()
    teachers = {(one.subject_id, one.group_id): one.teachers for one in book.courses}
    rows: dict[int, list[Row]] = {4: [], 3: [], 2: []}
    for pupil in book.roll:
        results = book.last_results(pupil, subjects)
        found = one_short([one.sign if one is not None else None for one in results])
        if found is None:
            continue
        value, place = found
        subject_id, title = subjects[place]
        own = [
            name
            for (of, group_id), name in teachers.items()
            if of == subject_id and (pupil.id, group_id) in book.learns
        ]
        result = results[place]
        average = opening(
            mean(result.mean if result else None),
            "progress.subject",
            school_id=book.school_id,
            pupil_id=pupil.id,
            subject_id=subject_id,
        )
        name = pupil_opened(pupil.short_name, book.school_id, pupil.id)
        rows[value].append(Row((name, title, average, ", ".join(own))))
    titles = {4: _("With one 4"), 3: _("With one 3"), 2: _("With one 2")}
    columns = (
        Column(_("Pupil"), NAME, "start"),
        Column(_("Subject"), 22, "start"),
        Column(_("Mean of the marks"), 10),
        Column(_("Teacher"), 24, "start"),
    )
    blocks: list[Block] = []
    for value, some in rows.items():
        if some:
            blocks.append(Table(f"{titles[value]} ({len(some)})", columns, tuple(some)))
        else:
            blocks += [Words(titles[value], "heading"), Words(_("Nobody."))]
    if book.is_preliminary:
        blocks.append(Words(unsure_note(book), "note"))
    return Paper(
        name=f"one short {book.name} {book.period.word}",
        title=_("One mark short"),
        school=book.school,
        leaves=(Leaf(_("One mark short"), of_class(book), tuple(blocks)),),
    )
