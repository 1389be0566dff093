"""Who may import."""

from school.core.access import Actor
from school.people.models import RoleKind
from school.roster.models import RosterRun, RosterUpload


def may_import(actor: Actor) -> bool:
    """The school's administrator brings in people, classes and the timetable."""
    return actor.school_id is not None and actor.has(RoleKind.ADMIN)


def may_decide(actor: Actor, upload: RosterUpload) -> bool:
    """Any administrator of the school, whoever brought the file."""
    return may_import(actor) and upload.school_id == actor.school_id


def may_see_run(actor: Actor, run: RosterRun) -> bool:
    """Imports into one's own school."""
    return may_import(actor) and run.school_id == actor.school_id
