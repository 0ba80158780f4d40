"""What the caller says of a file has to be said of its format: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lean.events.making import csv_text, ocel_json_with, workbook, write, xes_text
from straume.lean.errors import WrongCall
from straume.lean.events.read import inspect_log
from straume.words import problems as words


def parquet(folder: Path) -> Path:
    pq.write_table(pa.table({"case": ["1"], "activity": ["A"]}), folder / "log.parquet")
    return folder / "log.parquet"


FILES: dict[str, Callable[[Path], Path]] = {
    "CSV": lambda folder: write(folder, csv_text()),
    "XLSX": workbook,
    "XES": lambda folder: write(folder, xes_text(), "log.xes"),
    "OCEL": lambda folder: write(folder, ocel_json_with(lambda data: None), "log.json"),
    "Parquet": parquet,
}
SAID = {"case_type": "OCEL", "sheet": "XLSX", "encoding": "CSV", "delimiter": "CSV"}


@pytest.mark.parametrize(
    ("name", "said"), [(name, said) for name in FILES for said, of in SAID.items() if of != name]
)
def test_it_is_refused_of_another_format(tmp_path: Path, name: str, said: str) -> None:
    options: dict[str, Any] = {said: "x"}
    with pytest.raises(WrongCall, match="said_of_other_format") as refused:
        inspect_log(FILES[name](tmp_path), **options)
    assert refused.value.params["format"] == name
    sentences = {words.sentence(refused.value, lang) for lang in ("en", "lv", "lt")}
    assert len(sentences) == 3 and all(name in sentence for sentence in sentences)
