"""Progress: how a pupil gets on in each subject, in words first, then in a line, then in figures; never beside classmates."""
