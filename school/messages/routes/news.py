"""What notices about messages say: who wrote, never what."""

from flask import url_for

from school.core.languages import gettext as _
from school.messages.actions import ARRIVED, REPORT_ANSWERED, REPORTED
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice


@says(ARRIVED, Topic.MESSAGES, brief=lambda notice: arrived(notice).title, is_prompt=True)
def arrived(notice: SeenNotice) -> Said:
    """To the other side."""
    return Said(_("Message: %(name)s", name=notice.about["from"]), "", _talk(notice), _("Read"))


@says(REPORTED, Topic.MESSAGES, brief=lambda notice: reported(notice).title)
def reported(notice: SeenNotice) -> Said:
    """To deputy heads."""
    url = url_for("messages.reports", school_id=notice.school_id)
    return Said(_("Please look at a message"), "", url, _("Open"))


@says(REPORT_ANSWERED, Topic.MESSAGES, brief=lambda notice: answered(notice).title)
def answered(notice: SeenNotice) -> Said:
    """To who asked."""
    return Said(_("The deputy head has looked at the message"), "", _talk(notice), _("Open"))


def _talk(notice: SeenNotice) -> str:
    return url_for(
        "messages.talk", school_id=notice.school_id, pupil_id=notice.pupil_id, staff_id=notice.about["staff_id"]
    )
