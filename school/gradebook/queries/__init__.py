"""Reading journals, diaries and marks."""

from school.gradebook.queries.acts import find_act
from school.gradebook.queries.cells import Address, cells_at
from school.gradebook.queries.journals import get_journal, term_among, terms_of_regime

__all__ = ["Address", "cells_at", "find_act", "get_journal", "term_among", "terms_of_regime"]
