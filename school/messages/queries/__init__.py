"""Reading talks: who may be written to, lists, one talk, what was reported."""

from school.messages.queries.reports import Report, get_report, reports
from school.messages.queries.staff import staff_of_pupil
from school.messages.queries.talks import message_of, messages_of, talk_of, talks_of

__all__ = [
    "Report",
    "get_report",
    "message_of",
    "messages_of",
    "reports",
    "staff_of_pupil",
    "talk_of",
    "talks_of",
]
