"""Column types that several of the library's tables share."""

from enum import StrEnum

from sqlalchemy import JSON, Enum
from sqlalchemy.dialects.postgresql import JSONB

Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document; binary on PostgreSQL."""


def choice(words: type[StrEnum], name: str) -> Enum:
    """One of a few words, kept as text with a check, so that a new word is an ordinary migration."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )
