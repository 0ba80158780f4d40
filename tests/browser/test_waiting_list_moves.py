"""A head delegates two people, a third waits; one cancels, the line moves, the third accepts by the link."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests.browser.conftest import NARROW

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.programme.models import Activity, PlaceRule, Project, WorkPackage

TITLE = {"lv": "A3 praksē", "lt": "A3 praktiškai", "en": "A3 in practice"}
RULE = {
    "lv": "Vietu saņem tas, kurš piesakās pirmais",
    "lt": "Vietą gauna tas, kas pirmas užsiregistruoja",
    "en": "Who comes first gets a place",
}
HELD = {
    "lv": "Vieta ir 2 cilvēkiem.",
    "lt": "Vietą turi 2 žmonės.",
    "en": "2 people have a place.",
}
IN_LINE = {
    "lv": ("Rindā ir 1 cilvēks.", "vieta rindā: 1"),
    "lt": ("Eilėje yra 1 žmogus.", "vieta eilėje – 1"),
    "en": ("1 person is in line.", "number 1 in line"),
}
CANCELLED = {"lv": "Jūs atteicāties.", "lt": "Jūs atšaukėte.", "en": "You cancelled."}
SUBJECT = {
    "lv": "Jums ir brīva vieta: A3 praksē",
    "lt": "Jums atsilaisvino vieta: A3 praktiškai",
    "en": "A place is free for you: A3 in practice",
}
FREE = {"lv": "Jums ir brīva vieta", "lt": "Jums atsilaisvino vieta", "en": "A place is free for you"}
ACCEPTED = {"lv": "jūs to pieņēmāt", "lt": "jūs ją priėmėte", "en": "you accepted it"}


def scarce_training(*, in_days: int) -> Activity:
    """Two places, announced, in the demo's project."""
    package, _new = WorkPackage.objects.get_or_create(
        project=Project.objects.get(), number="9", defaults={"title": "Apmācības"}
    )
    day = timezone.localdate() + timedelta(days=in_days)
    titles = {f"title_{language}": title for language, title in TITLE.items()}
    made = Activity.objects.create(
        work_package=package, kind="training", status="announced", from_on=day, until_on=day, places=2,
        place="Rēzekne", **titles,
    )  # fmt: skip
    PlaceRule.objects.create(activity=made, takes_applications=True)
    return made


def test_delegate_wait_cancel_accept_in_each_language(as_role, open_page, axe, overflow, settings):
    settings.ADDRESS = "http://straume.example"
    for number, language in enumerate(TITLE, 1):

        def whole(page, looked=language == "lv"):
            assert not looked or axe(page) == []
            assert overflow(page) <= 0
            assert page.complaints == []

        page = as_role("leader", language=language)
        activity = scarce_training(in_days=20 * number)
        third = User.objects.get(email=delegate_three(page, activity, language, whole))
        waits_and_another_cancels(open_page, as_role, activity, third, language, whole)
        accepts_by_the_link(open_page, third, language, whole)
        states = {one.person.email: one.status for one in activity.registrations.select_related("person")}
        assert states == {
            email_of("unit_head"): "confirmed",
            email_of("employee"): "cancelled",
            third.email: "confirmed",
        }
        activity.refresh_from_db()
        assert activity.taken == 2


def delegate_three(page, activity: Activity, language: str, whole) -> str:
    """Two colleagues who are ticked, and somebody by an address: that address."""
    page.goto(activity.get_absolute_url())
    assert RULE[language] in page.inner_text("main")
    page.click("main a[href$='/delegate/']")
    page.check("label:has-text('Anna Vītola')")
    page.check("label:has-text('Pēteris Krūmiņš')")
    whole(page)
    page.click("main form.form button[type=submit]")
    assert HELD[language] in page.inner_text("main")
    page.click("main a[href$='/delegate/']")
    email = f"tresa-{language}@livani.example.org"
    if language != "lv":  # an account that is new speaks the language of its country
        User.objects.create_user(email, name="Trešā Persona", language=language)
    page.fill("input[name=name_1]", "Trešā Persona")
    page.fill("input[name=email_1]", email)
    page.click("main form.form button[type=submit]")
    assert IN_LINE[language][0] in page.inner_text("main")
    whole(page)
    return email


def waits_and_another_cancels(
    open_page, as_role, activity: Activity, third: User, language: str, whole
) -> None:
    phone = open_page(person=third, language=language, size=NARROW)
    phone.goto("/programme/mine/")
    assert IN_LINE[language][1] in phone.inner_text("main")
    whole(phone)
    leaving = as_role("employee", language=language, size=NARROW)
    leaving.goto("/programme/mine/")
    registration = activity.registrations.get(person__email=email_of("employee"))
    mine = leaving.locator(f"main h2 a[href='{reverse('programme:registration', args=[registration.pk])}']")
    assert mine.inner_text() == TITLE[language]
    mine.click()
    leaving.fill("input[name=diet]", "Bez riekstiem")
    leaving.click("main form.form button[type=submit]")
    whole(leaving)
    leaving.click("main a[href$='/cancel/']")
    leaving.click("main button[type=submit]")
    assert CANCELLED[language] in leaving.inner_text("main")


def accepts_by_the_link(open_page, third: User, language: str, whole) -> None:
    """The letter speaks the language of who reads it; its link needs no signing in."""
    letter = next(one for one in mail.outbox if one.to == [third.email] and "/offers/" in one.body)
    assert letter.subject == SUBJECT[language]
    link = re.search(r"http://straume.example(\S+)", letter.body)
    assert link is not None
    page = open_page(language=language, size=NARROW)
    page.goto(link[1])
    assert FREE[language] in page.inner_text("main")
    whole(page)
    page.click("main button[name=accept]")
    assert ACCEPTED[language] in page.inner_text("main")
