"""A believable school to look at: people, a timetable, marks, and a library that teachers could really use."""
