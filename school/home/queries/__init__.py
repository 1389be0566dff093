"""What the first pages show: few statements each, over the features below."""
