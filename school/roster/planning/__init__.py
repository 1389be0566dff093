"""What an import would do, worked out without touching anything: a snapshot and a roster in, steps out."""
