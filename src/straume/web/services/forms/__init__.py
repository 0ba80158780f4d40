"""Forms of the catalogue, by subject."""
