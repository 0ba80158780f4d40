"""Forms of places, by subject."""
