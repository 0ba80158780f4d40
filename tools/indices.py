"""Write the lists of pages in the indices of docs/decisions and docs/methods from the pages' own titles."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
BEGIN = "\n<!-- the list below is written by `make documents-index` -->\n"


def write(folder: Path) -> bool:
    """Bring the list of one folder up to date; True where it changed."""
    index = folder / "README.md"
    before = index.read_text(encoding="utf-8")
    pages = sorted(path for path in folder.glob("*.md") if path != index)
    lines = [f"* [{title(page)}]({page.name})\n" for page in pages]
    after = before.split(BEGIN)[0].rstrip("\n") + "\n" + BEGIN + "\n" + "".join(lines)
    index.write_text(after, encoding="utf-8")
    return after != before


def title(page: Path) -> str:
    first = page.read_text(encoding="utf-8").lstrip().splitlines()[0]
    return first.lstrip("# ").strip()


if __name__ == "__main__":
    for name in ("decisions", "methods"):
        if write(DOCS / name):
            print(f"docs/{name}/README.md")
