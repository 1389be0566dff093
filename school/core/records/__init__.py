"""The append-only record of what was done to marks, presence and period marks; nobody can change it in silence.

Decided in docs/decisions/0005-records-and-their-sealer.md.
"""

from school.core.records.writing import PROGRAM, Happening, record, record_many

__all__ = ["PROGRAM", "Happening", "record", "record_many"]
