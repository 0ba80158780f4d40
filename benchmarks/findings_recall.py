"""Write recall and false alarms of the findings into docs/methods/findings.md."""

from __future__ import annotations

import sys
from pathlib import Path

from straume.lean.assess.recall import Row, measure

PAGE = Path(__file__).resolve().parents[1] / "docs" / "methods" / "findings.md"
BEGIN, END = "<!-- recall: begin -->", "<!-- recall: end -->"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with_starts = measure(seeds=range(count), clean_seeds=range(5 * count))
    completions = measure(seeds=range(count), clean_seeds=range(5 * count), starts=False)
    table = as_table(with_starts, completions)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    print(table)


def as_table(with_starts: tuple[Row, ...], completions: tuple[Row, ...]) -> str:
    head = [
        f"Of {with_starts[0].planted} logs each (false alarms: of {with_starts[0].clean} clean ones); "
        "columns 2–4: logs with start times, 5–7: the same logs with completions only.",
        "",
        "| kind | weak | clear | false alarms | weak | clear | false alarms |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    rows = [
        f"| {one.code} | {one.shown_weak} | {one.shown_clear} | {one.false_alarms} "
        f"| {other.shown_weak} | {other.shown_clear} | {other.false_alarms} |"
        for one, other in zip(with_starts, completions, strict=True)
    ]
    return "\n".join(head + rows)


if __name__ == "__main__":
    main()
