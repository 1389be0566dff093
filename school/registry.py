"""Every table of both packages, imported for their effect on the shared MetaData."""

import importlib

MODELS = (
    "content_library.models",
    "school.core.jobs.models",
    "school.core.records.models",
    "school.people.models",
    "school.notices.models",
    "school.classes.models",
    "school.messages.models",
    "school.asks.models",
    "school.plans.models",
    "school.roster.models",
    "school.tasks.models",
    "school.mastery.models",
    "school.library.models",
    "school.homework.models",
    "school.tracks.models",
    "school.gradebook.models",
    "school.progress.models",
    "school.game.models",
    "school.pilots.models",
    "school.reports.models",
    "school.home.models",
)


def load_models() -> None:
    """Fill the MetaData: migrations and tests need all tables, whichever features they touch."""
    for name in MODELS:
        importlib.import_module(name)
