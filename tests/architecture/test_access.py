"""Every address states who may open it, and nobody's data opens for a stranger."""

import importlib
import inspect
import pkgutil
import re

from flask import Flask

import school
from school.core.access import STATED, Access
from school.people.words import purpose_word

EXEMPT = {"core.asset"}
"""Built files, the same for everybody."""


def stated(app: Flask) -> dict[str, Access | None]:
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], STATED, None)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in EXEMPT
    }


def test_every_view_states_its_rule(the_app: Flask) -> None:
    silent = sorted(endpoint for endpoint, access in stated(the_app).items() if access is None)
    assert not silent, f"views without @requires or @public: {silent}"


def test_ids_in_addresses_are_loaded_before_the_view(the_app: Flask) -> None:
    """An id that no loader takes would reach the view unchecked."""
    loose = []
    for rule in the_app.url_map.iter_rules():
        access = getattr(the_app.view_functions[rule.endpoint], STATED, None)
        if access is None or access.rule is None:
            continue
        ids = {name for name in rule.arguments if name.endswith("_id") and name != "school_id"}
        loose += [f"{rule.endpoint}: {name}" for name in ids if name.removesuffix("_id") not in access.loaders]
    assert not loose, loose


def test_school_pages_carry_the_school_in_their_address(the_app: Flask) -> None:
    for rule in the_app.url_map.iter_rules():
        if "school_id" in rule.arguments:
            assert rule.rule.startswith("/s/<int:school_id>/"), rule.rule


def test_families_read_of_every_page_that_was_opened_what_it_was(the_app: Flask) -> None:
    """Every word under which a view leaves access facts has a name of its own on the page "who looked at my child"."""
    with the_app.test_request_context():
        unnamed = purpose_word("nothing of the kind")
        opened = {access.opens for access in stated(the_app).values() if access and access.opens}
        assert opened
        assert not {word for word in opened if purpose_word(word) == unnamed}


def test_safe_methods_are_not_mixed_with_changes(the_app: Flask) -> None:
    """Only form pages answer GET and POST at one address."""
    for rule in the_app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        assert methods in ({"GET"}, {"POST"}, {"GET", "POST"}, {"PUT"}, {"DELETE"}), rule


def test_actions_take_objects_not_ids(the_app: Flask) -> None:
    """Holding the object means having been allowed to load it; an action that takes an id undoes that."""
    offenders = []
    for module in pkgutil.walk_packages(school.__path__, "school."):
        if not re.fullmatch(r"school\.\w+\.actions(\.\w+)?", module.name):
            continue
        loaded = importlib.import_module(module.name)
        for name, action in inspect.getmembers(loaded, inspect.isfunction):
            if action.__module__ != module.name or name.startswith("_"):
                continue
            ids = [one for one in inspect.signature(action).parameters if one.endswith("_id") and one not in ALLOWED]
            offenders += [f"{module.name}.{name}({one})" for one in ids]
    assert not offenders, offenders


ALLOWED = {"account_id", "client_id", "event_id"}
"""The actor's own account, and ids made by the browser for things that do not exist yet."""
