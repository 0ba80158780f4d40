"""Estimates from surveys: weights, shares, means, needs, and what of a table may be shown."""
