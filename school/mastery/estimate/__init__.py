"""The pupil model itself: pure arithmetic over plain objects. It knows neither the web nor the database."""
