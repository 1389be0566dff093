"""Changes to accounts, keys, members and families."""

from school.people.actions.accounts import (
    THEMES,
    accept_code,
    change_password,
    choose_looks,
    end_other_sign_ins,
    end_sign_in,
    sign_in_by_password,
)
from school.people.actions.families import add_guardian, change_guardianship
from school.people.actions.keys import allow_cards_to, give_cards, invite, reset_access, reset_by_operator, use_card
from school.people.actions.members import close_member, end_role, enter_person, give_role, rename

__all__ = [
    "THEMES",
    "accept_code",
    "add_guardian",
    "allow_cards_to",
    "change_guardianship",
    "change_password",
    "choose_looks",
    "close_member",
    "end_other_sign_ins",
    "end_role",
    "end_sign_in",
    "enter_person",
    "give_cards",
    "give_role",
    "invite",
    "rename",
    "reset_access",
    "reset_by_operator",
    "sign_in_by_password",
    "use_card",
]
