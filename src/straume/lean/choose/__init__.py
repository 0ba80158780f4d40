"""Choosing activities for the needs that were named, and forming fair groups.

Methods: docs/methods/choosing.md and docs/methods/fair-groups.md. Money is in cents, shares are whole
percent: everything inside is an integer.
"""
