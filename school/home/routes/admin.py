"""The administrator's first page: who has not come yet, what the structure lacks, and whether the system is well."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app
from flask.typing import ResponseReturnValue

from content_library.storage import StorageError
from school.core import clock
from school.core.access import Actor, requires
from school.core.files import storage
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import page
from school.core.rows import Row
from school.core.shell import address_of
from school.home.queries.admin import (
    RoleCount,
    classes_of_year,
    database_name,
    lacking_courses,
    last_import,
    roles_of_school,
    system_state,
)
from school.home.routes import blueprint

SHOWN = 6
ASK_STORAGE_AGAIN = timedelta(seconds=30)
LATE = timedelta(minutes=5)
"""A job that could have been done so long ago shows that no worker runs."""


def keeps_school(actor: Actor) -> bool:
    """The rule of this page."""
    return actor.has("admin")


@blueprint.get("/s/<int:school_id>/admin")
@requires(keeps_school)
def admin(actor: Actor) -> ResponseReturnValue:
    """People, structure, imports and the system in words."""
    roles = roles_of_school(actor)
    classes = classes_of_year(actor)
    system = system_state(actor)
    lacking = lacking_courses(actor)
    return page(
        "home/admin.html",
        is_new=not classes and not {"pupil", "teacher"} & roles.keys(),
        people=_people(actor, roles),
        waited_for=[one for one in classes if one.never_here],
        leaderless=[one for one in classes if not one.has_leader],
        untaught=[one for one in lacking if not one.has_teacher],
        unplaced=[one for one in lacking if not one.has_place],
        has_classes=bool(classes),
        imported=last_import(actor),
        system=system,
        no_worker=system.waiting_since is not None and system.waiting_since < clock.now() - LATE,
        unsealed_long=system.unsealed_since is not None and system.unsealed_since < clock.now() - LATE,
        storage_answers=storage_answers(),
        database=database_name(),
        shown=SHOWN,
        school_id=actor.school_id,
    )


def _people(actor: Actor, roles: Mapping[str, RoleCount]) -> list[Row]:
    """Each role with its number, and how many have not come yet."""
    url = address_of("people.members", school_id=actor.school_id)
    return [
        Row(words, _come(roles[kind]), str(roles[kind].people), f"{url}?role={kind}" if url else "")
        for kind, words in role_words()
        if kind in roles
    ]


def _come(one: RoleCount) -> str:
    if not one.never_here:
        return _("all have signed in")
    if one.never_here == one.people:
        return _("nobody has signed in yet")
    return ngettext("%(num)s has never signed in", "%(num)s have never signed in", one.never_here)


def role_words() -> tuple[tuple[str, str], ...]:
    """Roles of a school in the plural, in the order of the page."""
    return (
        ("pupil", _("Pupils")),
        ("parent", _("Parents")),
        ("teacher", _("Teachers")),
        ("deputy", _("Deputy heads")),
        ("head", _("Head")),
        ("admin", _("Administrators")),
    )


def storage_answers() -> bool:
    """Whether the storage of files answers; asked at most twice a minute, for it may be another machine."""
    known: tuple[datetime, bool] | None = current_app.extensions.get("storage_answer")
    now = clock.now()
    if known is None or abs(now - known[0]) > ASK_STORAGE_AGAIN:
        try:
            storage().check()
        except StorageError:
            known = now, False
        else:
            known = now, True
        current_app.extensions["storage_answer"] = known
    return known[1]
