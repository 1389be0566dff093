"""Accounts are the city's, members are a school's; a role ties them together with dates."""

from school.people.models.access import AccessCode, AccessFact, QrCard, SignIn
from school.people.models.accounts import Account, Role, RoleKind
from school.people.models.members import Guardianship, Member, Transfer, TransferOffer
from school.people.models.schools import School

__all__ = [
    "AccessCode",
    "AccessFact",
    "Account",
    "Guardianship",
    "Member",
    "QrCard",
    "Role",
    "RoleKind",
    "School",
    "SignIn",
    "Transfer",
    "TransferOffer",
]
