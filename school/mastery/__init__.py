"""What a pupil can do: an estimate of each topic from every answer, and what would be useful next."""
