"""What notices about messages say: who wrote, never what."""

from collections.abc import Sequence
from dataclasses import replace

from flask import url_for

from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.messages.actions import ARRIVED, REPORT_ANSWERED, REPORTED
from school.notices.hooks import Said, Several, Topic, says
from school.notices.seen import SeenNotice


def _arrived_together(notices: Sequence[SeenNotice]) -> Said:
    return replace(arrived(notices[0]), title=_messages_from(notices))


def _messages_from(notices: Sequence[SeenNotice]) -> str:
    if len(notices) == 1:
        return arrived(notices[0]).title
    name = notices[0].about["from"]
    return ngettext("%(num)s message: %(name)s", "%(num)s messages: %(name)s", len(notices), name=name)


_OF_ONE_TALK = Several(
    alike=lambda notice: (notice.thing_id, notice.about["from"]),
    say=_arrived_together,
    whose=lambda _notice: "",
    count=_messages_from,
    items=lambda _notices: "",
)


@says(ARRIVED, Topic.MESSAGES, brief=lambda notice: arrived(notice).title, is_prompt=True, several=_OF_ONE_TALK)
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
