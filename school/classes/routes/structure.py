"""What the administrator sets up: buildings and bells, years, terms and holidays. All of it dated data of the school."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions.calendar import (
    add_holiday,
    remove_holiday,
    save_bells,
    save_building,
    save_regime,
    save_year,
)
from school.classes.forms.groups import chosen_id
from school.classes.forms.structure import (
    BellsForm,
    BuildingForm,
    HolidayForm,
    RegimeForm,
    YearForm,
    bells_text,
    terms_text,
)
from school.classes.models import Building, Holiday, Regime, SchoolYear
from school.classes.policy import may_manage_structure
from school.classes.queries.calendar import all_years, get_year, year_of
from school.classes.queries.structure import (
    Schedule,
    all_bells,
    all_buildings,
    get_bells,
    get_building,
    get_regime,
    holiday_of,
    holidays_of,
    regimes_of,
)
from school.classes.routes.blueprint import blueprint
from school.classes.routes.foreseen import foreseen_form
from school.classes.routes.forms_page import FormPage, form_page
from school.classes.words import regime_kind_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb


def manages(actor: Actor, *_things: Any) -> bool:
    """The rule of these pages, whatever they are about."""
    return may_manage_structure(actor)


@blueprint.get("/structure")
@requires(may_manage_structure)
def structure(actor: Actor) -> ResponseReturnValue:
    """Buildings with their bells; years with their terms and holidays."""
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    years = all_years(actor.school_id)
    asked = request.args.get("year", "")
    year = next((one for one in years if str(one.id) == asked), None) or year_of(actor.school_id, clock.today())
    bells = all_bells(actor)
    return page(
        "classes/structure.html",
        buildings=[(one, [b for b in bells if b.row.building_id == one.id]) for one in all_buildings(actor)],
        years=years,
        year=year,
        regimes=[(one, terms, regime_kind_words(one.kind)) for one, terms in regimes_of(year)] if year else [],
        holidays=holidays_of(year) if year else [],
        today=clock.today(),
        school_id=actor.school_id,
    )


@blueprint.route("/structure/buildings/new", methods=["GET", "POST"])
@requires(may_manage_structure)
def new_building(actor: Actor) -> ResponseReturnValue:
    """Add a building."""
    return _building_page(actor, None, _("New building"))


@blueprint.route("/structure/buildings/<uuid:building_id>", methods=["GET", "POST"])
@requires(manages, building=get_building)
def change_building(actor: Actor, building: Building) -> ResponseReturnValue:
    """Rename a building."""
    return _building_page(actor, building, building.name)


def _building_page(actor: Actor, building: Building | None, title: str) -> ResponseReturnValue:
    form = BuildingForm(obj=building)

    def act() -> str:
        save_building(actor, building, form.name.data, form.address.data or "")
        return str(_("Saved."))

    return form_page(_around(actor, title), form, ["name", "address"], act)


@blueprint.route("/structure/buildings/<uuid:building_id>/bells/new", methods=["GET", "POST"])
@requires(manages, building=get_building)
def new_bells(actor: Actor, building: Building) -> ResponseReturnValue:
    """Bells of a building and shift, starting with a copy of those that ring now."""
    known = [one for one in all_bells(actor) if one.row.building_id == building.id and not one.is_one_day]
    times = bells_text(known[-1].times) if known else ""
    form = BellsForm(data={"from_on": clock.today(), "shift": "1", "times": times})
    return _bells_page(actor, building, None, form)


@blueprint.route("/structure/bells/<uuid:bells_id>", methods=["GET", "POST"])
@requires(manages, bells=get_bells)
def change_bells(actor: Actor, bells: Schedule) -> ResponseReturnValue:
    """Change bells; lessons to come follow."""
    row = bells.row
    building = get_building(actor, row.building_id)
    assert building is not None  # noqa: S101 - bells have a building
    start = {"name": row.name, "shift": str(row.shift), "from_on": row.from_on, "to_on": row.to_on}
    form = BellsForm(data={**start, "times": bells_text(bells.times)})
    return _bells_page(actor, building, bells, form)


def _bells_page(actor: Actor, building: Building, bells: Schedule | None, form: BellsForm) -> ResponseReturnValue:
    def act(agreed: str) -> str:
        save_bells(
            actor,
            building,
            bells.row if bells else None,
            name=form.name.data,
            shift=int(form.shift.data),
            from_on=form.from_on.data,
            to_on=form.to_on.data,
            times=form.bells(),
            agreed=agreed,
        )
        return str(_("Bell times saved. Upcoming lessons have been updated."))

    fields: list[Any] = [
        ("name", _("For example “Normal day” or “Short day”."), False),
        "shift",
        "from_on",
        (
            "to_on",
            _("Leave empty to use them until others take over. For a short day, enter the same date twice."),
            False,
        ),
        ("times", _("One lesson a line, a number and its times: 1. 8:30–9:15"), False),
    ]
    title = bells.row.name if bells else _("New bell times")
    return foreseen_form(_around(actor, f"{building.name}: {title}"), form, fields, act)


@blueprint.route("/structure/years/new", methods=["GET", "POST"])
@requires(may_manage_structure)
def new_year(actor: Actor) -> ResponseReturnValue:
    """Open a school year."""
    return _year_page(actor, None, _("New school year"))


@blueprint.route("/structure/years/<uuid:year_id>", methods=["GET", "POST"])
@requires(manages, year=get_year)
def change_year(actor: Actor, year: SchoolYear) -> ResponseReturnValue:
    """Change the name and days of a year."""
    return _year_page(actor, year, year.name)


def _year_page(actor: Actor, year: SchoolYear | None, title: str) -> ResponseReturnValue:
    form = YearForm(obj=year)

    def act() -> str:
        save_year(actor, year, form.name.data, form.starts_on.data, form.ends_on.data)
        return str(_("School year saved."))

    fields: list[Any] = [("name", _("For example 2026/27."), False), "starts_on", "ends_on"]
    return form_page(_around(actor, title), form, fields, act)


@blueprint.route("/structure/years/<uuid:year_id>/terms/new", methods=["GET", "POST"])
@requires(manages, year=get_year)
def new_regime(actor: Actor, year: SchoolYear) -> ResponseReturnValue:
    """Another way to cut the year into terms; several may live in one school."""
    form = RegimeForm(data={"kind": "quarters", "days_a_week": "5"})
    return _regime_page(actor, year, None, form, _("New terms"))


@blueprint.route("/structure/terms/<uuid:regime_id>", methods=["GET", "POST"])
@requires(manages, regime=get_regime)
def change_regime(actor: Actor, regime: Regime) -> ResponseReturnValue:
    """Change the terms; lessons to come follow."""
    year = get_year(actor, regime.year_id)
    assert year is not None  # noqa: S101 - a regime has a year
    terms = next((terms for one, terms in regimes_of(year) if one.id == regime.id), [])
    start = {"kind": regime.kind, "name": regime.name, "days_a_week": str(regime.days_a_week)}
    return _regime_page(actor, year, regime, RegimeForm(data={**start, "terms": terms_text(terms)}), regime.name)


def _regime_page(
    actor: Actor, year: SchoolYear, regime: Regime | None, form: RegimeForm, title: str
) -> ResponseReturnValue:
    def act() -> str:
        save_regime(
            actor,
            year,
            regime,
            kind=form.kind.data,
            name=form.name.data,
            days_a_week=int(form.days_a_week.data),
            spans=form.spans(),
        )
        return str(_("Terms saved. Upcoming lessons have been updated."))

    fields: list[Any] = [
        "kind",
        ("name", _("For example “Quarters” or “Modules, years 5–9”."), False),
        "days_a_week",
        ("terms", _("One term a line, a name and two dates: Quarter 1: 01.09.2026–25.10.2026"), False),
    ]
    return form_page(_around(actor, title), form, fields, act)


@blueprint.route("/structure/years/<uuid:year_id>/holidays/new", methods=["GET", "POST"])
@requires(manages, year=get_year)
def new_holiday(actor: Actor, year: SchoolYear) -> ResponseReturnValue:
    """Days without lessons."""
    form = HolidayForm()
    form.offer([one for one, _terms in regimes_of(year)])

    def act() -> str:
        regime_id = chosen_id(form.regime)
        regime = get_regime(actor, regime_id) if regime_id else None
        add_holiday(actor, year, form.name.data, form.starts_on.data, form.ends_on.data, regime)
        return str(_("Saved. These days have no lessons."))

    return form_page(_around(actor, _("Days off")), form, ["name", "starts_on", "ends_on", "regime"], act)


@blueprint.post("/structure/years/<uuid:year_id>/holidays/<uuid:holiday_id>/remove", endpoint="remove_holiday")
@requires(manages, year=get_year, holiday=holiday_of)
def remove_holiday_view(actor: Actor, year: SchoolYear, holiday: Holiday) -> ResponseReturnValue:
    """The days have lessons again."""
    remove_holiday(actor, holiday)
    toast(_("These days have lessons again."))
    return go_to("classes.structure", school_id=year.school_id, year=year.id)


def _around(actor: Actor, title: str) -> FormPage:
    back = url_for("classes.structure", school_id=actor.school_id)
    return FormPage(title, str(_("Save")), back, (Crumb(_("Settings"), back), Crumb(title)))
