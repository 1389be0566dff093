"""Reading extra lessons: who shares a gap, which hours are free, what is arranged, what changed."""

from school.extra.queries.gains import Gains, PupilGain, gains_of
from school.extra.queries.gaps import FEWEST, MOST, Gap, PupilGap, gap_of, gaps_of, proposals_among, together
from school.extra.queries.hours import building_of, hour_at, hours_for, trouble_of
from school.extra.queries.lessons import (
    ExtraLine,
    Place,
    extras_of,
    get_extra,
    invitation_of,
    invitations_of,
    place_of,
    places_of,
)
from school.extra.queries.parallels import buildings_of, parallels_of
from school.extra.queries.scenarios import Scenario, scenarios_on

__all__ = [
    "FEWEST",
    "MOST",
    "ExtraLine",
    "Gains",
    "Gap",
    "Place",
    "PupilGain",
    "PupilGap",
    "Scenario",
    "building_of",
    "buildings_of",
    "extras_of",
    "gains_of",
    "gap_of",
    "gaps_of",
    "get_extra",
    "hour_at",
    "hours_for",
    "invitation_of",
    "invitations_of",
    "parallels_of",
    "place_of",
    "places_of",
    "proposals_among",
    "scenarios_on",
    "together",
    "trouble_of",
]
