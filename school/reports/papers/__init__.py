"""The reports themselves: figures in, papers out. Which there are of a class is ``CLASS_PAPERS``."""

from collections.abc import Callable

from school.core.languages import gettext as _
from school.reports.papers.absences import absence_sheet
from school.reports.papers.acknowledged import acknowledgement_sheet
from school.reports.papers.cards import card, cards
from school.reports.papers.journals import printed_journal
from school.reports.papers.leaders import leader_report
from school.reports.papers.lists import one_short_lists
from school.reports.papers.meetings import meeting_slips
from school.reports.papers.schools import school_absences, school_results
from school.reports.papers.shortfalls import few_marks_list, school_one_short
from school.reports.papers.spared import work_spared
from school.reports.papers.summaries import period_summary, year_summary
from school.reports.papers.teachers import teacher_report
from school.reports.printing import Paper
from school.reports.seen import ClassBook

__all__ = [
    "CLASS_PAPERS",
    "absence_sheet",
    "acknowledgement_sheet",
    "card",
    "cards",
    "few_marks_list",
    "leader_report",
    "meeting_slips",
    "one_short_lists",
    "paper_name",
    "period_summary",
    "printed_journal",
    "school_absences",
    "school_one_short",
    "school_results",
    "teacher_report",
    "work_spared",
    "year_summary",
]

CLASS_PAPERS: dict[str, Callable[[ClassBook], Paper]] = {
    "summary": period_summary,
    "year": year_summary,
    "class-teacher": leader_report,
    "one-short": one_short_lists,
    "absences": absence_sheet,
    "cards": cards,
    "meeting": meeting_slips,
    "acknowledgement": acknowledgement_sheet,
}


def paper_name(kind: str) -> str:
    """How a paper of a class is called in lists."""
    return {
        "summary": _("Summary sheet"),
        "year": _("Summary sheet of the year"),
        "class-teacher": _("Class teacher's report"),
        "one-short": _("One mark short"),
        "absences": _("Absences by pupil"),
        "cards": _("Report cards"),
        "meeting": _("Slips for the parents' meeting"),
        "acknowledgement": _("Acknowledgement of results"),
    }[kind]
