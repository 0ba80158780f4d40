"""XLSForm in and out: three languages in one form, what is wrong with its row, what is not taken."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from straume.web.needs.items import read
from straume.web.needs.models import Questionnaire
from straume.web.needs.xlsform.read import FormProblems, read_form
from straume.web.needs.xlsform.write import write_form

WORDS = ["label::Latviešu (lv)", "label::Lietuvių (lt)", "label::English (en)"]
HEAD = ["type", "name", *WORDS, "hint::English (en)", "required", "relevant", "appearance"]
CHOICES = [
    ["list_name", "name", *WORDS],
    ["role", "head", "Vadītājs", "Vadovas", "Head"],
    ["role", "staff", "Darbinieks", "Darbuotojas", "Employee"],
    ["likert", "1", "Maz", "Mažai", "Little"],
    ["likert", "5", "Daudz", "Daug", "Much"],
]
SURVEY = [
    ["select_one role", "role", "Amats", "Pareigos", "Role", "", "yes", "", ""],
    ["integer", "team", "Cik ļaužu?", "Kiek žmonių?", "How many people?", "", "", "${role} = 'head'", ""],
    ["begin_group", "hinders", "Kas traucē?", "Kas trukdo?", "What hinders?", "Lines", "", "", "table-list"],
    ["select_one likert", "hinders__waiting", "Gaidīšana", "Laukimas", "Waiting", "", "yes", "", ""],
    ["select_one likert", "hinders__rework", "Pārstrāde", "Perdarymas", "Rework", "", "yes", "", ""],
    ["end_group"],
    ["select_one likert", "pay", "Cik svarīgi?", "Kaip svarbu?", "How important?", "", "", "", "likert"],
    ["begin_group", "second", "Mācības", "Mokymai", "Training", "", "", "${role} != 'head'", ""],
    ["select_multiple role", "who", "Kam?", "Kam?", "For whom?", "", "", "", ""],
    ["rank role", "order", "Secība", "Eilė", "Order", "", "", "", ""],
    ["end_group"],
    ["text", "more", "Vēl?", "Dar?", "More?", "", "", "", "multiline"],
    ["note", "bye", "Paldies", "Ačiū", "Thanks", "", "", "", ""],
]  # fmt: skip


def book(
    survey: list[list], choices: list[list] = CHOICES, head: list[str] = HEAD, **sheets: list[list]
) -> bytes:
    made = Workbook()
    made.active.title = "survey"
    for name, rows in {"survey": [head, *survey], "choices": choices, **sheets}.items():
        sheet = made[name] if name in made.sheetnames else made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_three_languages_groups_tables_and_rules_are_read() -> None:
    settings = [["form_title", "default_language"], ["Vajadzības", "Latviešu (lv)"]]
    found = read_form(book(SURVEY, settings=settings))
    items = {item.name: item for item in read(items=found.items)}
    assert [item.type for item in items.values()] == [
        "one", "number", "matrix", "scale", "note", "many", "rank", "text", "note",
    ]  # fmt: skip
    assert items["role"].label == {"lv": "Amats", "lt": "Pareigos", "en": "Role"}
    assert items["team"].relevant == "${role} = 'head'"
    assert [row.name for row in items["hinders"].rows] == ["waiting", "rework"]
    assert [choice.value for choice in items["hinders"].choices] == [1, 5]
    assert items["hinders"].hint_said("en") == "Lines"
    assert items["hinders"].required and items["role"].required
    assert items["second"].starts_page
    assert items["who"].relevant == items["order"].relevant == "${role} != 'head'"
    assert items["more"].long
    assert found.titles == {"lv": "Vajadzības"}
    assert found.told == ()


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        pytest.param([["select_one nowhere", "a", "A"]], "2: the list “nowhere” is not on", id="list"),
        pytest.param([["text", "", "A"]], "row 2: the name is empty", id="name"),
        pytest.param([["text", "a", "A"], ["text", "b"]], "row 3: it has no label", id="label"),
        pytest.param([["begin_group", "g", "G"], ["text", "a", "A"]], "2: the group “g” is not", id="group"),
        pytest.param([["begin_repeat", "r", "R"]], "row 2: a group that repeats cannot", id="repeat"),
        pytest.param([["text", "a", "A"], ["text", "a", "A"]], "questions are called “a”", id="twice"),
        pytest.param([["text", "a", "A", *[""] * 4, "count(${b}) > 1"]], "row 2: The rule “", id="rule"),
        pytest.param([["text", "a", "A", *[""] * 4, "${b} = 'x'"]], "not asked before it", id="later"),
        pytest.param([["date", "d", "Diena"]], "no question that can be taken", id="nothing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_row(survey: list[list], said: str) -> None:
    with pytest.raises(FormProblems) as trouble:
        read_form(book(survey))
    assert said in " ".join(trouble.value.problems)


def test_what_is_not_taken_is_told() -> None:
    head = [*HEAD, "constraint", "label::Русский (ru)"]
    survey = [
        ["start", "start"],
        ["date", "day", "Diena"],
        ["text", "a", "A", "", "", "", "", "", "", "string-length(.) < 9", "А"],
        ["select_one role or_other", "r", "R"],
    ]
    told = " ".join(read_form(book(survey, head=head)).told)
    for said in (
        "row 2: “start” is not taken; it would tell who answers.",
        "row 3: the type “date” is not taken.",
        "column “constraint” is not taken (rows 4)",
        "column “label::Русский (ru)” is not taken (rows 4)",
        "row 5: “or_other” is not taken",
    ):
        assert said in told


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(FormProblems, match="This is no XLSX file"):
        read_form(content)


def test_what_is_written_reads_back_the_same(version) -> None:
    items = read(items=version.items)
    content = write_form(items=items, titles={"lv": "Vajadzības"}, form_id="needs", version=1)
    back = read_form(content)
    assert read(items=back.items) == items
    assert back.told == ()


@pytest.mark.django_db
def test_a_file_is_looked_at_and_then_taken_over_once(coordinator, as_person) -> None:
    client = as_person(coordinator)
    file = io.BytesIO(book(SURVEY))
    file.name = "needs.xlsx"
    page = client.post("/needs/questionnaires/import/", {"file": file})
    assert not Questionnaire.objects.exists()
    taken = {"taken": page.context["taken"], "key": page.context["key"]}
    for _press in range(2):
        done = client.post("/needs/questionnaires/import/", taken)
    made = Questionnaire.objects.get()
    assert done.url == f"/needs/questionnaires/{made.pk}/"
    assert len(made.versions.get().items) == 9
    assert (
        "too long ago"
        in client.post(
            "/needs/questionnaires/import/", {**taken, "taken": "forged"}, follow=True
        ).content.decode()
    )
    content = client.get(f"{done.url}versions/{made.versions.get().pk}/xlsx/").content
    assert read(items=read_form(content).items) == read(items=made.versions.get().items)
