"""Why work waits: every elapsed second of waiting goes to exactly one of five causes."""
