"""Properties are about results, not about how busy the machine is."""

from hypothesis import settings

settings.register_profile("school", deadline=None)
settings.load_profile("school")
