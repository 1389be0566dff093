"""Writing, reading and reporting messages."""

from school.messages.actions.reporting import REPORT_ANSWERED, REPORTED, answer_report, report_message
from school.messages.actions.writing import ARRIVED, CannotWrite, mark_read, write

__all__ = [
    "ARRIVED",
    "REPORTED",
    "REPORT_ANSWERED",
    "CannotWrite",
    "answer_report",
    "mark_read",
    "report_message",
    "write",
]
