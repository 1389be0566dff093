"""Who learns what, when and with whom: years, terms, bells, classes, groups, courses, lessons, presence."""
