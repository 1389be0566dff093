"""The catch-up pack of a pupil who was absent: for the pupil, the family and the teachers."""

from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires
from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import page
from school.core.shell import Crumb
from school.homework.actions.catching_up import CATCH_UP
from school.homework.policy import may_see_list
from school.homework.queries.catching_up import missed_days, missed_on
from school.homework.routes.beside import file_url
from school.homework.routes.blueprint import blueprint
from school.homework.routes.doing import BACK
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice


@blueprint.get("/pupils/<uuid:pupil_id>/missed")
@requires(may_see_list, opens="homework", pupil=get_pupil)
def missed(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """What the lessons of a day were, which the pupil was not in; without ``on``, of the last such day."""
    days = missed_days(pupil.school_id, pupil.id, clock.today() - 2 * BACK)
    on = _day(request.args.get("on")) or (days[0][0] if days else clock.today())
    if pupil.is_self:
        back = Crumb(_("Homework tasks"), url_for("homework.mine", school_id=pupil.school_id))
    else:
        back = Crumb(pupil.short_name, url_for("homework.of_pupil", school_id=pupil.school_id, pupil_id=pupil.id))
    return page(
        "homework/missed.html",
        pupil=pupil,
        on=on,
        days=[day for day, _count in days],
        lessons=missed_on(actor, pupil, on),
        file_url=file_url,
        where=(back, Crumb(_("Missed lessons"))),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound from None


@says(CATCH_UP, Topic.HOMEWORK, brief=lambda _notice: _("What the missed lessons were"))
def pack_is_ready(notice: SeenNotice) -> Said:
    """To the pupil and the family, at the last bell."""
    on = date.fromisoformat(notice.about["on"])
    return Said(
        _("%(name)s: what the missed lessons were, %(day)s", name=notice.about["name"], day=short_day(on)),
        ngettext(
            "Topic, materials and homework of %(num)d lesson.",
            "Topics, materials and homework of %(num)d lessons.",
            int(notice.about["lessons"]),
        ),
        url_for("homework.missed", school_id=notice.school_id, pupil_id=notice.pupil_id, on=on),
        _("Open"),
    )
