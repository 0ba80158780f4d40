"""Forms of the studies, one file per subject."""
