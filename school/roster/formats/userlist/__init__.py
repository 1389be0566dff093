"""Plain lists of people: Moodle's user file, Kolibri's, or a table that a school keeps by hand."""

from school.roster.formats.userlist.reading import read_user_lists

__all__ = ["read_user_lists"]
