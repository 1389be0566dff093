"""Asking the pupil model: the version in use, levels, where pupils stand, what to give next."""

from school.mastery.queries.choosing import Offered, choose_next
from school.mastery.queries.evidence import Evidence, evidence_of
from school.mastery.queries.grid import Grid, TopicColumn, grid_of
from school.mastery.queries.honesty import honesty_by_subject
from school.mastery.queries.levels import Model, items_of, model_in_use, pupil_of, suspicious_items
from school.mastery.queries.mapping import KnownTopic, NamedTopic, map_of, map_of_hour, needs_of, topics_named
from school.mastery.queries.standing import Seen, standing_of
from school.mastery.queries.variants import variants_for
from school.mastery.queries.week import Judged, Lately, judged_since, lately, lately_of_hour

__all__ = [
    "Evidence",
    "Grid",
    "Judged",
    "KnownTopic",
    "Lately",
    "Model",
    "NamedTopic",
    "Offered",
    "Seen",
    "TopicColumn",
    "choose_next",
    "evidence_of",
    "grid_of",
    "honesty_by_subject",
    "items_of",
    "judged_since",
    "lately",
    "lately_of_hour",
    "map_of",
    "map_of_hour",
    "model_in_use",
    "needs_of",
    "pupil_of",
    "standing_of",
    "suspicious_items",
    "topics_named",
    "variants_for",
]
