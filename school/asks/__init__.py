"""What a school asks of families: to take note of something, or to consent; each answer with a receipt of the record."""
