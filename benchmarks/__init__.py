"""Measurements behind decisions, and what a page costs. Run from the root: ``python -m benchmarks.NAME``."""
