"""Pages of the studies, one file per subject."""
