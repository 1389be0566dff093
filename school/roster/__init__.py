"""Taking in a school's people, classes and timetable from files that other programs wrote."""
