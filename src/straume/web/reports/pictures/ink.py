"""What a picture is drawn with: custom properties on a page (light and dark), literal colours on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FONT = "Source Sans 3"
LITERAL = {
    "lake-900": "#0b2f42",
    "lake-700": "#14506b",
    "lake-500": "#2b7a9b",
    "lake-100": "#dcebf2",
    "ink": "#1b2730",
    "ink-soft": "#51616d",
    "line": "#d5dde2",
    "paper": "#ffffff",
    "mist": "#f4f7f8",
    "value": "#3d7a4c",
    "necessary": "#d18a1f",
    "waste": "#b3432c",
    "waiting": "#c3ced5",
}

GROUNDS = {
    "value": "value",
    "necessary": "necessary",
    "waste": "waste",
    "waiting": "waiting",
    "not_judged": "lake-100",
    "closed": "paper",
    "between": "mist",
}


@dataclass(frozen=True)
class Ink:
    """Colours and type of one medium. `prefix` keeps the ids of several pictures on one page apart."""

    literal: bool
    prefix: str = "p"

    def __call__(self, token: str) -> str:
        return LITERAL[token] if self.literal else f"var(--{token})"

    @property
    def font(self) -> str:
        return f"'{FONT}'" if self.literal else "var(--font)"

    def ref(self, name: str) -> str:
        return f"url(#{self.prefix}-{name})"


def page(prefix: str = "p") -> Ink:
    """For a page: `var(--value)` and its like, so that dark mode and print follow the page's tokens."""
    return Ink(literal=False, prefix=prefix)


def paper(prefix: str = "p") -> Ink:
    """For PDF: the light tokens as literal colours."""
    return Ink(literal=True, prefix=prefix)


def element(name: str, attributes: Mapping[str, object] | None = None, *inside: str) -> str:
    """One SVG element; None leaves an attribute out, numbers lose needless decimals."""
    given = "".join(
        f" {key}={_value(value)}" for key, value in (attributes or {}).items() if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def text(
    x: float, y: float, words: str, ink: Ink, *, size: float, colour: str = "ink", **more: object
) -> str:
    """A line of text at its baseline, with its own attributes: it looks the same on every page."""
    attributes = {
        "x": x,
        "y": y,
        "font-family": ink.font,
        "font-size": size,
        "fill": ink(colour),
        **{key.replace("_", "-"): value for key, value in more.items()},
    }
    return element("text", attributes, escape(words))


def picture(
    ink: Ink,
    *,
    name: str,
    width: float,
    height: float,
    title: str,
    desc: str,
    inside: list[str],
    extra: str = "",
) -> str:
    """The whole picture with its name and description for people who do not see it."""
    head = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"picture picture-{name}",
        "viewBox": f"0 0 {_number(width)} {_number(height)}",
        "width": width,
        "height": height,
        "role": "img",
        "aria-labelledby": f"{ink.prefix}-{name}-title {ink.prefix}-{name}-desc",
    }
    named = [
        element("title", {"id": f"{ink.prefix}-{name}-title"}, escape(title)),
        element("desc", {"id": f"{ink.prefix}-{name}-desc"}, escape(desc)),
    ]
    return element("svg", head, *named, element("defs", None, patterns(ink) + extra), *inside)


def patterns(ink: Ink) -> str:
    """The marks of each kind of time; they lie over its colour. Value is plain."""
    light, lake, soft = ink("paper"), ink("lake-500"), ink("ink-soft")
    return "".join(
        [
            _pattern(
                ink,
                "necessary",
                6,
                {"fill": light, "fill-opacity": 0.75},
                "M1.9 3a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0",
            ),
            _pattern(ink, "waste", 7, {"fill": light, "fill-opacity": 0.55}, "M0 0h2v7h-2z", turned=45),
            _pattern(ink, "waiting", 8, {"stroke": light, "stroke-opacity": 0.6}, "M0 4h8"),
            _pattern(
                ink,
                "not_judged",
                8,
                {"stroke": lake, "stroke-width": 1.2, "fill": "none"},
                "M4 0v8M0 4h8",
                turned=45,
            ),
            _pattern(ink, "closed", 8, {"stroke": soft, "stroke-width": 1}, "M2 3h2M6 7h2"),
            _pattern(ink, "between", 6, {"stroke": soft}, "M3 1v1.5M3 4v1.5"),
        ]
    )


def filled(kind: str, ink: Ink, attributes: Mapping[str, object]) -> str:
    """A rectangle in the colour of a kind of time, its pattern over it."""
    shape = {key: value for key, value in attributes.items() if not key.startswith("stroke")}
    ground = element("rect", {**shape, "fill": ink(GROUNDS[kind])})
    return ground + element("rect", {**attributes, "fill": "none" if kind == "value" else ink.ref(kind)})


def arrow(ink: Ink, name: str, colour: str) -> str:
    """An arrow head that `marker-end` refers to."""
    return element(
        "marker",
        {
            "id": f"{ink.prefix}-{name}",
            "viewBox": "0 0 8 8",
            "refX": 7,
            "refY": 4,
            "markerWidth": 7,
            "markerHeight": 7,
            "markerUnits": "userSpaceOnUse",
            "orient": "auto",
        },
        element("path", {"d": "M0 0.5L8 4L0 7.5z", "fill": ink(colour)}),
    )


def _pattern(
    ink: Ink, kind: str, size: int, marks: Mapping[str, object], path: str, turned: int | None = None
) -> str:
    tile = {
        "id": f"{ink.prefix}-{kind}",
        "width": size,
        "height": size,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate({turned})" if turned else None,
    }
    return element("pattern", tile, element("path", {"d": path, **marks}))


def _value(value: object) -> str:
    return quoteattr(_number(value) if isinstance(value, int | float) else str(value))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
