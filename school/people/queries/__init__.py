"""Reading people: accounts, members of a school and their keys, families, who looked."""

from school.people.queries.accounts import (
    find_account,
    find_account_with_name,
    find_card,
    find_code,
    get_own_sign_in,
    login_is_taken,
    own_standings,
    sign_ins_of,
)
from school.people.queries.families import (
    Tie,
    Ward,
    children_everywhere,
    children_of,
    get_tie,
    guardian_ids_of,
    possible_guardians,
    ties_of,
)
from school.people.queries.holders import (
    get_class,
    get_holder,
    guardians_of_class,
    holders,
    holders_of_class,
    role_of,
    staff_to_invite,
)
from school.people.queries.looks import Look, looks_at
from school.people.queries.members import MemberLine, MemberPage, Wanted, get_member, get_school, members

__all__ = [
    "Look",
    "MemberLine",
    "MemberPage",
    "Tie",
    "Wanted",
    "Ward",
    "children_everywhere",
    "children_of",
    "find_account",
    "find_account_with_name",
    "find_card",
    "find_code",
    "get_class",
    "get_holder",
    "get_member",
    "get_own_sign_in",
    "get_school",
    "get_tie",
    "guardian_ids_of",
    "guardians_of_class",
    "holders",
    "holders_of_class",
    "login_is_taken",
    "looks_at",
    "members",
    "own_standings",
    "possible_guardians",
    "role_of",
    "sign_ins_of",
    "staff_to_invite",
    "ties_of",
]
