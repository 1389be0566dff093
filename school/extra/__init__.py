"""Extra lessons: a few pupils who share a gap, a free hour, a ready scenario, and what changed afterwards."""
