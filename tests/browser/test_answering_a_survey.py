"""A survey on a phone, in all three languages: begun, switched, kept, opened again, handed in, refused."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from straume.web.needs import codes, relevance
from straume.web.needs.models import (
    Invitation,
    InvitationCode,
    Questionnaire,
    SealedSheet,
    Staff,
    Wave,
)
from straume.web.places.models import Institution

NARROW, WIDE = (320, 800), (1280, 900)
NOW = datetime(2019, 1, 15, tzinfo=UTC)


def words(lv: str, lt: str, en: str) -> dict[str, str]:
    return {"lv": lv, "lt": lt, "en": en}


def some(*names: str) -> list[dict]:
    return [{"name": name, "label": words(f"{name} lv", f"{name} lt", f"{name} en")} for name in names]


def question(name: str, kind: str, lv: str, lt: str, en: str, **more) -> dict:
    return {"name": name, "type": kind, "label": words(lv, lt, en), **more}


STEPS = [{**one, "value": at} for at, one in enumerate(some("low", "middle", "high"))]
TABLE = {"choices": STEPS, "rows": some("waiting", "rework"), "measures": "importance", "required": True}
HEAD = "${role} = 'head'"
ITEMS = [
    question("role", "one", "Amats", "Pareigos", "Post", choices=some("head", "staff"), required=True),
    question("team", "number", "Cik cilvēku?", "Kiek žmonių?", "How many?", relevant=HEAD, required=True),
    question("tools", "many", "Metodes?", "Metodai?", "Methods?", choices=some("a3", "asaichi")),
    question("where", "text", "Kur?", "Kur taikote?", "Where is it?", relevant="selected(${tools}, 'a3')"),
    question("second", "note", "Kas traucē?", "Kas trukdo?", "What hinders?", starts_page=True),
    question("matters", "matrix", "Cik svarīgi?", "Kiek svarbu?", "How important?", **TABLE),
    question("order", "rank", "Secība", "Eilė", "Order", choices=some("first", "later")),
    question("more", "text", "Kas vēl?", "Kas dar?", "What else?", long=True),
]


@pytest.fixture
def letters(demo_places) -> dict[str, str]:
    """A wave that is open, and the code of a letter in each language."""
    livani, today = Institution.objects.get(slug="livani"), timezone.localdate()
    titles = {"title_lv": "Vajadzības", "title_lt": "Poreikiai", "title_en": "Needs"}
    made = Questionnaire.objects.create(owner=livani, made_at=NOW, **titles)
    version = made.versions.create(number=1, items=ITEMS, made_at=NOW)
    names = {"name_lv": "Kas traucē darbu?", "name_lt": "Kas trukdo darbui?", "name_en": "What hinders work?"}
    days = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=9)}
    wave = Wave.objects.create(version=version, made_at=NOW, link_code="atverta23", **names, **days)
    Staff.objects.create(wave=wave, institution=livani, people=110)
    found = {}
    for lang in ("lv", "lt", "en"):
        sent = {"letters": 1, "last_letter_on": date(2019, 1, 1), "language": lang}
        email = f"{lang}@demo.example"
        one = Invitation.objects.create(wave=wave, institution=livani, email=email, **sent)
        found[lang] = codes.new_code()
        InvitationCode.objects.create(invitation=one, fingerprint=codes.fingerprint(found[lang]))
    return found


def test_a_survey_is_answered_on_a_phone_in_each_language(letters, open_page, axe, overflow) -> None:
    for number, lang in enumerate(letters, 1):
        answer_on_a_phone(letters, open_page, axe if lang == "lt" else lambda page: [], overflow, lang)
        assert SealedSheet.objects.count() == number
    page = open_page(language="en")
    page.goto("/needs/answer/")
    check_that_page_and_server_agree(page)


def answer_on_a_phone(letters, open_page, axe, overflow, lang) -> None:
    other = {"lv": "lt", "lt": "en", "en": "lv"}[lang]
    label = {item["name"]: item["label"] for item in ITEMS}
    page = open_page(language=lang, size=NARROW)

    def whole() -> None:
        assert axe(page) == []
        assert overflow(page) <= 0
        assert page.complaints == []

    page.goto(f"/needs/answer/#{letters[lang]}")
    expect(page.get_by_text(label["role"][lang])).to_be_visible()
    assert letters[lang] not in page.url
    expect(page.locator("#q-team")).to_be_hidden()
    whole()
    page.get_by_role("button", name=said("Next", lang)).last.click()
    expect(page.locator(".error-summary")).to_be_focused()
    whole()
    page.get_by_label("head", exact=False).check()
    expect(page.locator("#q-team")).to_be_visible()
    page.get_by_label("staff", exact=False).check()
    page.get_by_label("a3", exact=False).check()
    expect(page.locator("#q-team")).to_be_hidden()
    page.locator("#q-where").fill("Nodokļos")
    page.locator(f".languages button[lang={other}]").click()
    expect(page.get_by_text(label["where"][other])).to_be_visible()
    assert page.locator("#q-where").input_value() == "Nodokļos"
    page.locator(f".languages button[lang={lang}]").click()
    page.get_by_role("button", name=said("Next", lang)).last.click()
    expect(page.get_by_text(label["matters"][lang])).to_be_visible()
    page.locator("#q-matters--waiting-3").check()
    page.get_by_role("button", name=said("Keep it and go on later", lang)).click()
    expect(page.get_by_role("heading", name=said("It is kept", lang))).to_be_visible()
    whole()
    # on another device, typed by hand and without JavaScript
    page = open_page(language=lang, size=NARROW, javascript=False)
    page.goto("/needs/answer/")
    page.locator("#code").fill(codes.in_groups(letters[lang]).lower())
    page.locator("main button").click()
    assert page.locator("#q-matters--waiting-3").is_checked()
    page.get_by_role("button", name=said("Hand in", lang)).click()
    assert page.locator(".error-summary").is_visible()
    page.locator("#q-matters--rework-1").check()
    page.locator("#q-order-1").select_option("2")
    page.locator("#q-order-2").select_option("1")
    page.get_by_role("button", name=said("Hand in", lang)).click()
    assert page.get_by_role("heading", name=said("Thank you", lang)).is_visible()
    page = open_page(language=lang, size=NARROW)
    page.goto(f"/needs/answer/#{letters[lang]}")
    expect(page.get_by_role("heading", name=said("You have answered already", lang))).to_be_visible()
    whole()


def check_that_page_and_server_agree(page) -> None:
    """The rule of relevance.js and that of relevance.py, on rules and answers drawn by lot."""
    cases = [(rule, answers) for rule in rules() for answers in drawn_answers()]
    trees = [[relevance.read(rule).tree, texts(answers)] for rule, answers in cases]
    found = page.evaluate(
        "async (cases) => { const { holds } = await import('/static/needs/relevance.js');"
        " return cases.map(([tree, answers]) => holds(tree, answers)); }",
        trees,
    )
    expected = [relevance.read(rule).holds(answers) for rule, answers in cases]
    assert len(set(expected)) == 2
    wrong = [case for case, a, b in zip(cases, found, expected, strict=True) if a != b]
    assert wrong == [], json.dumps(wrong[:3])


@pytest.mark.every_page
def test_pages_of_a_survey_are_whole(letters, as_role, axe, overflow) -> None:
    wave = Wave.objects.get()
    home = f"/needs/questionnaires/{wave.version.questionnaire_id}/"
    addresses = [
        "/needs/waves/",
        wave.get_absolute_url(),
        f"{wave.get_absolute_url()}staff/",
        f"{wave.get_absolute_url()}invitations/",
        f"{wave.get_absolute_url()}invitations/add/",
        f"{wave.get_absolute_url()}poster/",
        "/needs/questionnaires/",
        home,
        f"{home}questions/matters/",
        f"{home}versions/{wave.version_id}/?lang=lt",
        f"{home}versions/{wave.version_id}/wave/",
        "/needs/questionnaires/import/",
    ]
    for size, role in ((NARROW, "coordinator"), (WIDE, "lithuanian_coordinator")):
        page = as_role(role, language="lv" if role == "coordinator" else "lt", size=size)
        for address in addresses:
            page.goto(address)
            assert size == WIDE or axe(page) == [], address
            assert overflow(page) <= 0, address
            assert page.complaints == [], address


def said(text: str, lang: str) -> str:
    with translation.override(lang):
        here = translation.pgettext("page of a survey", text)
        return here if here != text else translation.gettext(text)


def rules() -> list[str]:
    return [
        "${a} = 'x'",
        "${a} != 'x'",
        "${n} > 3 and ${n} <= 12",
        "${n} = '7.0' or not(${a} = '')",
        "selected(${m}, 'y')",
        "(selected(${m}, 'x') or ${n} < 0) and not(${a} = \"y\")",
        "${m} = 'x y'",
        "${n} >= ${k}",
    ]


def drawn_answers() -> list[dict]:
    lots = random.Random(4)
    return [
        {
            name: answer
            for name, choices in {
                "a": ["x", "y", "7"],
                "n": [-1.0, 3.0, 7.0, 12.5],
                "k": [7.0, 3.5],
                "m": [["x"], ["x", "y"], ["z"]],
            }.items()
            if (answer := lots.choice([None, *choices])) is not None
        }
        for _case in range(40)
    ]


def texts(answers: dict) -> dict[str, str]:
    return {name: relevance.as_text(answer) for name, answer in answers.items()}
