"""Messages between a teacher and the family of one pupil: no groups, read receipts, nobody disturbed in quiet hours."""
