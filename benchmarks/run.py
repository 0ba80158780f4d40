"""`make bench`: runs every benchmark beside this file and writes RESULTS.md.

`make bench ARGS=rush` runs one and writes its table anew; the others stay as they were measured.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
PACKAGES = ("duckdb", "ibis-framework", "pyarrow", "numpy", "r4pm")


def main(names: list[str]) -> None:
    """Runs the benchmarks named (all without a name); each gives back its table as Markdown."""
    sys.path.insert(0, str(HERE))
    modules = [module for module in _modules() if not names or module.__name__ in names]
    tables = {module.__name__: module.main() for module in modules}
    for table in tables.values():
        print(table)
    page = HERE / "RESULTS.md"
    kept = _tables(page.read_text(encoding="utf-8")) if names else {}
    page.write_text(_page(dict(sorted((kept | tables).items()))), encoding="utf-8")


def _tables(page: str) -> dict[str, str]:
    """The tables of the page by the name of their benchmark, which stands before each in a comment."""
    parts = re.split(r"^<!-- (\w+) -->\n", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _modules() -> list[ModuleType]:
    """Modules of this folder with a `main() -> str`."""
    return [importlib.import_module(path.stem) for path in sorted(HERE.glob("*.py")) if _gives_a_table(path)]


def _gives_a_table(path: Path) -> bool:
    return re.search(r"^def main\(.*\) -> str:$", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def _page(tables: dict[str, str]) -> str:
    head = ["# Speed", "", "Written by `make bench`; every log in it is made by the benchmark."]
    body = [f"<!-- {name} -->\n{table.strip()}\n" for name, table in tables.items()]
    return "\n".join([*head, "", *_machine(), "", *body])


def _machine() -> list[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"* {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}",
        f"* Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else "processor unknown"


if __name__ == "__main__":
    main(sys.argv[1:])
