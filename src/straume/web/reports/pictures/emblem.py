"""The EU emblem after its published construction: twelve gold stars in a circle on blue, three to two."""

from __future__ import annotations

import math

BLUE, GOLD = "#003399", "#FFCC00"
HEIGHT = 200.0
WIDTH = HEIGHT * 1.5
RING = HEIGHT / 3  # of the circle on which the centres of the stars lie
STAR = HEIGHT / 18  # of the circle in which each star stands
INNER = STAR * math.sin(math.radians(18)) / math.sin(math.radians(54))  # where the edges of a pentagram meet


def eu_emblem() -> str:
    """As SVG; each star stands upright, as the hours on a dial."""
    stars = "".join(_star(hour) for hour in range(12))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}"><rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" '
        f'fill="{BLUE}"/><g fill="{GOLD}">{stars}</g></svg>'
    )


def _star(hour: int) -> str:
    middle_x = WIDTH / 2 + RING * math.sin(math.radians(30 * hour))
    middle_y = HEIGHT / 2 - RING * math.cos(math.radians(30 * hour))
    points = []
    for corner in range(10):
        radius = INNER if corner % 2 else STAR
        angle = math.radians(36 * corner)
        points.append(f"{middle_x + radius * math.sin(angle):.2f},{middle_y - radius * math.cos(angle):.2f}")
    return f'<polygon points="{" ".join(points)}"/>'
