"""The blueprint of homework and the words its pages share."""

from datetime import date

from flask import Blueprint

from content_library import UnitKind
from school.core import clock
from school.core.days import day_in, on_day
from school.core.languages import gettext, language, ngettext
from school.homework.models import AssignmentState, HandInWay
from school.homework.seen import DONE, PupilHomework, SeenState

blueprint = Blueprint("homework", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")


@blueprint.app_template_filter("due_day")
def due_day(day: date) -> str:
    """«Завтра, вторник, 24 ноября»: near days are named first."""
    words = day_in("EEEE, d MMMM", day, language())
    near = {0: gettext("Today"), 1: gettext("Tomorrow")}.get((day - clock.today()).days)
    return f"{near}, {words}" if near else words[:1].upper() + words[1:]


@blueprint.app_template_filter("weekday_and_day")
def weekday_and_day(day: date) -> str:
    """«вт, 24 ноября»."""
    return day_in("E, d\N{NO-BREAK SPACE}MMMM", day, language())


@blueprint.app_template_filter("weekday_for")
def weekday_for(day: date) -> str:
    """«среду, 25 ноября», as it stands after «на»: the words after the «в» of «в среду, 25 ноября»."""
    return on_day(day).partition(" ")[2]


@blueprint.app_template_filter("minutes")
def minutes(number: int) -> str:
    """«25 минут»; nothing for an unknown time."""
    return (
        str(ngettext("%(num)d minute", "%(num)d minutes", number)).replace(" ", "\N{NO-BREAK SPACE}") if number else ""
    )


@blueprint.app_template_filter("way_words")
def way_words(way: str) -> str:
    """How a homework is handed in, as a pupil reads it."""
    words = {
        HandInWay.TICK: gettext("tick when done"),
        HandInWay.TEXT: gettext("write an answer"),
        HandInWay.PHOTO: gettext("photos of the exercise book"),
        HandInWay.TASK: gettext("on the screen"),
    }
    return str(words[HandInWay(way)])


@blueprint.app_template_filter("status_of")
def status_of(one: PupilHomework | SeenState) -> str:
    """The kind word for a state, as ``ui.status`` calls it."""
    if one.state == AssignmentState.HANDED_IN:
        late = one.handed_in_at is not None and clock.local(one.handed_in_at).date() > one.due_on
        return "handed_in_later" if late else "handed_in"
    if one.state in DONE or one.state == AssignmentState.RETURNED:
        return one.state
    if one.due_on < clock.today():
        return "not_yet"
    return "started" if getattr(one, "attempt_id", None) else "to_do"


@blueprint.app_template_filter("status_for_staff")
def status_for_staff(one: SeenState) -> str:
    """The same, with what only the teacher needs to know: that the pupil has opened it."""
    said = status_of(one)
    return AssignmentState.SEEN if said == "to_do" and one.state == AssignmentState.SEEN else said


@blueprint.app_template_filter("unit_kind")
def unit_kind(kind: str) -> str:
    """What a unit of the library is."""
    words = {
        UnitKind.TEXTBOOK: gettext("Textbook page"),
        UnitKind.ASSIGNMENT: gettext("Assignment"),
        UnitKind.TEST: gettext("Test"),
        UnitKind.PRESENTATION: gettext("Presentation"),
        UnitKind.VIDEO: gettext("Video"),
        UnitKind.SCENARIO: gettext("Lesson scenario"),
        UnitKind.PACKAGE: gettext("Interactive"),
        UnitKind.MODEL: gettext("3D model"),
    }
    return str(words[UnitKind(kind)])
