"""Reading tracks: where a course and a pupil are, what the library has for a topic, what to give now."""
