"""What is done with extra lessons."""

from school.extra.actions import watching
from school.extra.actions.offering import Offer, cancel_extra, invite_more, move_extra, offer_extra, take_presence
from school.extra.actions.proposing import propose_extras
from school.extra.actions.replying import reply_to_invitation

__all__ = [
    "Offer",
    "cancel_extra",
    "invite_more",
    "move_extra",
    "offer_extra",
    "propose_extras",
    "reply_to_invitation",
    "take_presence",
    "watching",
]
