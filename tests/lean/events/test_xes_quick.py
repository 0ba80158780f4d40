"""Reading XES by whole columns gives what the parser gives, and leaves to it whatever is wrong or unusual."""

from __future__ import annotations

import gzip
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_folder import shared_data
from lean.events.making import xes_text
from lean.events.xes_making import broken, random_xes, regular_xes
from straume.lean.errors import InputProblems
from straume.lean.events import xes
from straume.lean.events.raw import RawTable
from straume.lean.events.source import Limits, open_source
from straume.lean.events.xes_regular import RegularXes, Traces, WantedKeys

WANTED = {
    **dict.fromkeys(("concept:name", "org:group", "a>b", "x'y", "", "late", "nested", "&key"), True),
    **dict.fromkeys(("time:timestamp", "ķēde", "cost", "case:org:group"), False),
    "case:concept:name": True,
}
KEYS = WantedKeys(
    frozenset(WANTED),
    frozenset({"concept:name", "org:group"}),
    frozenset(key for key in WANTED if WANTED[key]),
)
seeds = st.integers(0, 2**40)


class Dripping:
    """A stream that gives a few bytes at a time, so that a short text has many blocks."""

    def __init__(self, text: bytes, size: int) -> None:
        self._text, self._size, self.count = text, size, 0

    def read(self, size: int) -> bytes:
        given = self._text[self.count : self.count + min(size, self._size)]
        self.count += len(given)
        return given


def quickly(text: bytes, size: int = 1 << 20) -> RawTable | None:
    if not xes._is_utf8(text[: 1 << 18]):
        return None
    return xes._read_quickly(Dripping(text, size), Limits(), WANTED)  # type: ignore[arg-type]


def by_parser(text: bytes) -> RawTable:
    return xes._read_xes(Dripping(text, 1 << 20), Limits(), wanted=WANTED, sample=False)  # type: ignore[arg-type]


def content(table: RawTable) -> dict[str, Any]:
    return {
        "rows": table.rows,
        "columns": [(key, column.type, column.to_pylist()) for key, column in table.columns.items()],
        "cases": [(key, column.type, column.to_pylist()) for key, column in table.case_columns.items()],
        "case_of_row": table.case_of_row,
        "rest": (table.format, table.details, table.notices, table.sheet),
        "lines": [table.place(row) for row in range(table.rows)],
    }


def agrees(text: bytes, size: int) -> bool:
    """Whether the quick way read it; then it is the parser's table, and the parser finds no fault."""
    table = quickly(text, size)
    if table is None:
        return False
    assert content(table) == content(by_parser(text))
    return True


@given(seeds, st.integers(40, 900))
@settings(max_examples=300, deadline=None)
def test_the_common_shape_is_read_as_the_parser_reads_it(seed: int, size: int) -> None:
    text = regular_xes(Random(seed))
    try:
        by_parser(text)
    except InputProblems:
        assert not agrees(text, size)  # a log without events
    else:
        assert agrees(text, size)


@given(seeds, st.integers(40, 900), st.sampled_from([0.02, 0.1, 0.4]))
@settings(max_examples=400, deadline=None)
def test_whatever_else_xml_allows_is_read_as_the_parser_reads_it(seed: int, size: int, oddity: float) -> None:
    agrees(random_xes(Random(seed), oddity=oddity), size)


@given(seeds, st.integers(40, 900), st.sampled_from([0.0, 0.0, 0.05]))
@settings(max_examples=600, deadline=None)
def test_no_fault_is_read_over(seed: int, size: int, oddity: float) -> None:
    chance = Random(seed)
    agrees(broken(chance, random_xes(chance, oddity=oddity)), size)


@given(seeds, st.sampled_from([0.0, 0.05]))
@settings(max_examples=100, deadline=None)
def test_problems_and_their_places_are_the_parsers(
    tmp_path_factory: pytest.TempPathFactory, seed: int, oddity: float
) -> None:
    chance = Random(seed)
    text = broken(chance, random_xes(chance, oddity=oddity))
    path = tmp_path_factory.mktemp("xes") / "log.xes"
    path.write_bytes(text)

    def opened() -> Any:
        return open_source(path, limits=Limits())

    def outcome(read: Any) -> Any:
        try:
            return content(read())
        except InputProblems as refusal:
            return refusal.problems

    def both() -> RawTable:
        return xes.open_xes(opened(), opened, Limits())[1](WANTED)

    if text.strip():
        try:
            xes.open_xes(opened(), opened, Limits())
        except InputProblems:
            return  # the sample already tells
        assert outcome(both) == outcome(lambda: by_parser(text))


def block(inner: str) -> bytes:
    return f'\n<trace>\n<string key="concept:name" value="1"/>\n{inner}</trace>'.encode()


EVENT = '<event>\n<string key="concept:name" value="a"/>\n</event>\n'


def test_a_block_by_hand() -> None:
    late = EVENT.replace('"a"', '"b &amp; c"').replace(
        "<event>", '<event><date key="time:timestamp" value="2023"/>'
    )
    traces = RegularXes(KEYS).traces(block(EVENT) + block(EVENT + late))
    assert traces is not None
    assert traces.event_count == 3 and traces.ends.tolist() == [1, 3]
    assert {key: column.to_pylist() for key, column in traces.events.items()} == {
        "concept:name": ["a", "a", "b & c"],
        "time:timestamp": [None, None, "2023"],
    }
    assert traces.cases["concept:name"].to_pylist() == ["1", "1"]
    assert traces.line_ends_before.tolist() == [3, 9, 12] and traces.line_ends == 15


@pytest.mark.parametrize(
    "inner",
    [
        EVENT.replace('"a"', "'a'"),
        EVENT.replace('"a"', '"a < b"'),
        EVENT.replace('"a"', '"a & b"'),
        EVENT.replace('"a"', '"&other;"'),
        EVENT.replace('"a"', '"&#0;"'),
        EVENT.replace('"a"', '"a\nb"'),
        EVENT.replace('"a"', '"a\0"'),
        EVENT.replace('"a"', '"\uffff"'),
        EVENT.replace("/>", "></string>"),
        EVENT.replace("/>", '/><string key="concept:name" value="b"/>'),
        EVENT.replace("</event>", ""),
        EVENT.replace("<event>", ""),
        EVENT.replace("</event>", "") + EVENT,
        EVENT.replace("<event>", "") + EVENT,
        EVENT.replace("</event>", "</event></event>"),
        EVENT + "<event></event>",
        EVENT + "<event/>",
        EVENT.replace("\n", "\r"),
        EVENT + "<!-- -->",
        EVENT + "text",
        EVENT.replace("string", "list"),
        EVENT.replace("key=", "value="),
        EVENT + "</trace>" + EVENT + "<trace>",
        EVENT + " " * 2_000,
        " " * 2_000 + EVENT,
        "".join(EVENT.replace("/>", f'/><int key="{n}" value="1"/>') for n in range(5_000)),
    ],
)
def test_what_is_not_the_common_shape_is_left_to_the_parser(inner: str) -> None:
    regular = RegularXes(KEYS)
    assert regular.traces(block(EVENT)) is not None
    assert regular.traces(block(inner)) is None


@pytest.mark.parametrize("wrong", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xf4\x90\x80\x80"])
@pytest.mark.parametrize("what", [b'"a"', b'"concept:name" value="a"'])
def test_bytes_that_are_not_utf_8_are_left_to_the_parser(wrong: bytes, what: bytes) -> None:
    text = block(EVENT).replace(what, what[:1] + wrong + what[1:])
    assert text != block(EVENT) and RegularXes(KEYS).traces(text) is None


def test_a_comment_that_hides_the_end_of_a_trace_is_not_cut() -> None:
    regular = block(EVENT).decode()
    hidden = xes_text(f"{regular}<!-- {regular} --><!-- {regular}{regular}\n-->{regular}").encode()
    for size in range(20, 400):
        agrees(hidden, size)
    assert by_parser(hidden).rows == 2


def test_declared_attributes_are_left_to_the_parser() -> None:
    """Of a list of tokens the parser takes the double spaces out."""
    head = "<!DOCTYPE log [<!ATTLIST string value NMTOKENS #IMPLIED>]>\n"
    text = xes_text((block(EVENT.replace('"a"', '"a  b"')) * 9).decode(), head)
    assert by_parser(text.encode()).columns["concept:name"][0].as_py() == "a b"
    assert not agrees(text.encode(), 300)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1257", "US-ASCII", "klingon"])
def test_other_encodings_are_left_to_the_parser(encoding: str) -> None:
    """These bytes would be good UTF-8, too."""
    text = xes_text((block(EVENT.replace('"a"', '"Rīga"')) * 9).decode())
    assert agrees(text.encode(), 300)
    assert not agrees(text.replace("UTF-8", encoding).encode(), 300)


def test_a_value_over_the_limit_is_left_to_the_parser() -> None:
    text = xes_text((block(EVENT) * 9 + block(EVENT.replace('"a"', f'"{"a" * 3_000}"'))).decode()).encode()
    limits = Limits(value_bytes=1_000)
    with pytest.raises(InputProblems) as refusal:
        xes._read_xes(Dripping(text, 100), limits, wanted=WANTED, sample=False)  # type: ignore[arg-type]
    assert refusal.value.problems[0].code == "value_too_long"
    assert xes._read_quickly(Dripping(text, 100), limits, WANTED) is None  # type: ignore[arg-type]
    assert agrees(text, 100)


@pytest.mark.parametrize(
    "name", ["running-example.xes", "receipt_wabo.xes.gz", "BPIC15_1.xes.gz", "Sepsis.xes.gz"]
)
def test_a_real_log_is_read_as_the_parser_reads_it(name: str) -> None:
    path = shared_data(f"eventlogs/{name}")
    text = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    assert agrees(text, 1 << 18)


def test_the_parser_sees_the_first_block_and_the_end_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    traces = RegularXes.traces

    def noting(self: RegularXes, text: bytes) -> Traces | None:
        found = traces(self, text)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(RegularXes, "traces", noting)
    assert agrees(xes_text((block(EVENT * 3) * 100).decode()).encode(), 400)
    assert len(taken) > 10 and all(taken)
