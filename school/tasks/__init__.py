"""Interactive tasks: what is asked, how an answer is read and judged, and what is shown after it."""
