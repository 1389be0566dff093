"""Ознакомление родителей с результатами: which families have said that they have seen a control work's or an exam's result."""

from school.core import clock
from school.core.days import short_day
from school.core.languages import gettext as _
from school.reports.papers.figures import NAME, of_class, pupil_opened
from school.reports.papers.summaries import of_book
from school.reports.printing import Block, Column, Leaf, Paper, Row, Signatures, Table, Value, Words, opening
from school.reports.queries.results import ResultSet, results_of
from school.reports.seen import ClassBook


def acknowledgement_sheet(book: ClassBook) -> Paper:
    """Each work with how many families have seen its result; then pupil by pupil for those that were asked about."""
    sets = results_of(book)
    blocks: list[Block] = [_overview(book, sets)] if sets else [Words(_("No results of control works or exams yet."))]
    blocks += [_of_work(book, one) for one in sets if one.ask_id is not None]
    blocks.append(Words(_("Results that families see already; each answer has a receipt in the record."), "note"))
    blocks.append(Signatures(((_("Class teacher"), book.leader),)))
    return Paper(
        name=f"acknowledgement {book.name} {book.period.word}",
        title=_("Acknowledgement of results"),
        school=book.school,
        leaves=(Leaf(_("Acknowledgement of results by parents"), of_class(book), tuple(blocks)),),
    )


def acknowledgement_table(book: ClassBook) -> list[Block]:
    """For the class teacher's report: what was asked, how many have answered, whose families have not."""
    asked = [one for one in results_of(book) if one.ask_id is not None]
    if not asked:
        return []
    rows = tuple(
        Row((_said(one), _date(one), _done(book, one), ", ".join(_silent(book, one)) or _("everybody has")))
        for one in asked
    )
    columns = (
        Column(_("Work"), NAME, "start"),
        Column(_("Date"), 10),
        Column(_("Acknowledged"), 12),
        Column(_("Not acknowledged yet"), 40, "start"),
    )
    return [Table(_("Acknowledgement of results by parents"), columns, rows)]


def _overview(book: ClassBook, sets: list[ResultSet]) -> Table:
    rows = tuple(
        Row((_said(one), _date(one), len(one.results), _done(book, one) if one.ask_id else _to_ask(book, one)))
        for one in sets
    )
    columns = (
        Column(_("Work"), 40, "start"),
        Column(_("Date"), 10),
        Column(_("Pupils with a result"), 12),
        Column(_("Acknowledged"), 16),
    )
    return Table(_("Control works and exams"), columns, rows)


def _of_work(book: ClassBook, one: ResultSet) -> Table:
    rows = []
    for pupil in book.roll:
        if pupil.id in one.results:
            word = one.acknowledged.get(pupil.id)
            name = pupil_opened(pupil.short_name, book.school_id, pupil.id)
            day = short_day(clock.local(word.at).date()) if word else _("not acknowledged")
            rows.append(Row((name, one.results[pupil.id], day, word.by if word else "")))
    columns = (
        Column(_("Pupil"), NAME, "start"),
        Column(_("Result"), 14),
        Column(_("Acknowledged"), 12),
        Column(_("Who"), 24, "start"),
    )
    return Table(f"{_said(one)}, {_date(one)}", columns, tuple(rows))


def _silent(book: ClassBook, one: ResultSet) -> list[str]:
    return [p.short_name for p in book.roll if p.id in one.results and p.id not in one.acknowledged]


def _done(book: ClassBook, one: ResultSet) -> Value:
    with_result = [p.id for p in book.roll if p.id in one.results]
    number = sum(pupil_id in one.acknowledged for pupil_id in with_result)
    words = _("%(number)s of %(all)s", number=number, all=len(with_result))
    return opening(words, "asks.answers", school_id=book.school_id, group_id=book.class_id, ask_id=one.ask_id)


def _to_ask(book: ClassBook, one: ResultSet) -> Value:
    return opening(_("ask"), "reports.ask_result", about=one.about, **of_book(book))


def _said(one: ResultSet) -> str:
    return f"{one.subject}. {one.title}"


def _date(one: ResultSet) -> str:
    return short_day(one.on_date)
