"""What could stand in for a unit, and the map of gaps."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import Subject, Unit, UnitKind, subjects
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import page
from school.core.shell import Crumb
from school.library.policy import may_read, sees_frameworks
from school.library.queries import get_unit
from school.library.queries.advice import equals_of, gaps_in
from school.library.queries.frameworks import get_subject, years_of
from school.library.routes.authoring import library_crumb
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version


@blueprint.get("/library/<uuid:unit_id>/instead")
@requires(may_read, unit=get_unit)
def instead(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Three equal units: on the same topic, of the same kind, for the same years, as long."""
    version = asked_version(unit)
    here = url_for(".unit", unit_id=unit.id)
    return page(
        "library/instead.html",
        unit=unit,
        title=version.title,
        equals=equals_of(unit, version),
        where=(library_crumb(), Crumb(version.title, here), Crumb(_("What instead"))),
    )


@blueprint.get("/library/gaps")
@requires(sees_frameworks)
def gaps_start(_actor: Actor) -> ResponseReturnValue:
    """The map of gaps of the first subject that has topics."""
    found = subjects.find_subject(db.session(), "maths") or next(iter(subjects.all_subjects(db.session())), None)
    return _gap_map(found or abort(404))


@blueprint.get("/library/gaps/<int:subject_id>")
@requires(sees_frameworks, subject=get_subject)
def gaps(_actor: Actor, subject: Subject) -> ResponseReturnValue:
    """Topic by kind and year level: what the library has, and where there is nothing."""
    return _gap_map(subject)


def _gap_map(subject: Subject) -> ResponseReturnValue:
    years = years_of(subject)
    year = request.args.get("year", type=int)
    year = year if year in years else None
    return page(
        "library/gaps.html",
        subject=subject,
        name=subject.name_en if language() == "en" else subject.name_ru,
        subjects=[
            (one, one.name_en if language() == "en" else one.name_ru) for one in subjects.all_subjects(db.session())
        ],
        years=years,
        year=year,
        gaps=gaps_in(subject, year),
        kinds=list(UnitKind),
        where=(library_crumb(), Crumb(_("Gaps"))),
    )
