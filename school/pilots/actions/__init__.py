"""What is done with pilots."""

from school.pilots.actions.drawing import draw_pilot
from school.pilots.actions.exporting import KINDS, export_key, export_rows
from school.pilots.actions.giving import give_due, give_round
from school.pilots.actions.keeping import hold_unit, let_unit_go
from school.pilots.actions.planning import (
    Protocol,
    amend_pilot,
    change_pilot,
    drop_pilot,
    plan_pilot,
    protocol_of,
    register_pilot,
    stop_pilot,
)
from school.pilots.actions.sharing import carry_out, change_days, close_shared, count_shared, share_protocol
from school.pilots.actions.taking_part import begin_test, leave_pilot
from school.pilots.actions.telling import ALERT, BEGUN, OVER, TEST, TEST_OFF
from school.pilots.actions.watching import answer_alert, expected_at, look_after, look_after_pilot
from school.pilots.drawing import Candidate, Drawn, commitment, draw

__all__ = [
    "ALERT",
    "BEGUN",
    "KINDS",
    "OVER",
    "TEST",
    "TEST_OFF",
    "Candidate",
    "Drawn",
    "Protocol",
    "amend_pilot",
    "answer_alert",
    "begin_test",
    "carry_out",
    "change_days",
    "change_pilot",
    "close_shared",
    "commitment",
    "count_shared",
    "draw",
    "draw_pilot",
    "drop_pilot",
    "expected_at",
    "export_key",
    "export_rows",
    "give_due",
    "give_round",
    "hold_unit",
    "leave_pilot",
    "let_unit_go",
    "look_after",
    "look_after_pilot",
    "plan_pilot",
    "protocol_of",
    "register_pilot",
    "share_protocol",
    "stop_pilot",
]
