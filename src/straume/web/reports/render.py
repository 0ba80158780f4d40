"""The one way from a Typst page and its values to a PDF that everybody can read (PDF/UA-1)."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER / "fonts"
PAGES = FOLDER / "pages"
PICTURE_NAME = re.compile(r"[a-z0-9-]+")


def pdf(
    page: str, values: Mapping[str, Any], *, pictures: Mapping[str, str] | None = None, made_on: str
) -> bytes:
    """Set `pages/<page>.typ` with its values and its pictures (name → SVG).

    The page reads its values with `json("values.json")` and a picture with `image("<name>.svg", alt: …)`.
    Nothing of a value is read as Typst markup. No fonts but ours are found, so it looks the same everywhere;
    the same input gives the same bytes. Raises typst.TypstError where a page breaks a rule of PDF/UA-1.
    """
    with tempfile.TemporaryDirectory(prefix="straume-pdf-") as name:
        folder = Path(name)
        (folder / "page.typ").write_text((PAGES / f"{page}.typ").read_text("utf-8"), "utf-8")
        (folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), "utf-8")
        for picture, svg in (pictures or {}).items():
            if not PICTURE_NAME.fullmatch(picture):
                raise ValueError(f"not a name of a picture: {picture!r}")
            (folder / f"{picture}.svg").write_text(svg, "utf-8")
        made = _compiler(folder).compile(
            folder / "page.typ",
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=dt.datetime.combine(dt.date.fromisoformat(made_on[:10]), dt.time(), dt.UTC),
        )
    assert isinstance(made, bytes)
    return made


def _compiler(folder: Path) -> typst.Compiler:
    """With our fonts alone: neither the machine's nor those that Typst brings along."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=folder, font_paths=fonts)
