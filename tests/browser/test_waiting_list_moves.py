"""A head delegates two people, a third waits; one cancels, the line moves, the third accepts by the link."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from tests.browser.conftest import NARROW

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.programme.models import Activity, PlaceRule, Project, Registration, WorkPackage

THIRD = "tresa@livani.example.org"


def scarce_training() -> Activity:
    """Two places, announced, in the demo's project."""
    package = WorkPackage.objects.create(project=Project.objects.get(), number="9", title="Apmācības")
    day = timezone.localdate() + timedelta(days=20)
    made = Activity.objects.create(
        work_package=package, kind="training", status="announced", from_on=day, until_on=day, places=2,
        title_lv="A3 praksē", title_lt="A3 praktiškai", title_en="A3 in practice", place="Rēzekne",
    )  # fmt: skip
    PlaceRule.objects.create(activity=made, takes_applications=True)
    return made


def test_delegate_wait_cancel_accept(as_role, open_page, axe, overflow, settings):
    settings.ADDRESS = "http://straume.example"
    page = as_role("leader", language="lv")
    activity = scarce_training()
    page.goto(activity.get_absolute_url())
    assert "Vietu saņem tas, kurš piesakās pirmais" in page.inner_text("main")
    page.click("text=Deleģēt cilvēkus")
    page.check("label:has-text('Anna Vītola')")
    page.check("label:has-text('Pēteris Krūmiņš')")
    assert axe(page) == []
    page.click("main button:has-text('Deleģēt')")
    assert "Vieta ir 2 cilvēkiem." in page.inner_text("main")
    page.click("text=Deleģēt cilvēkus")
    page.fill("input[name=name_1]", "Trešā Persona")
    page.fill("input[name=email_1]", THIRD)
    page.click("main button:has-text('Deleģēt')")
    assert "Rindā ir 1 cilvēks." in page.inner_text("main")
    assert axe(page) == [] and overflow(page) <= 0

    third = User.objects.get(email=THIRD)
    phone = open_page(person=third, language="lv", size=NARROW)
    phone.goto("/programme/mine/")
    assert "rindā esat 1" in phone.inner_text("main")
    assert axe(phone) == [] and overflow(phone) <= 0

    leaving = as_role("employee", language="lv", size=NARROW)
    leaving.goto("/programme/mine/")
    leaving.click("main >> text=A3 praksē")
    leaving.fill("input[name=diet]", "Bez riekstiem")
    leaving.click("button:has-text('Saglabāt')")
    assert axe(leaving) == [] and overflow(leaving) <= 0
    leaving.click("text=Atsaukt manu pieteikumu")
    leaving.click("main button:has-text('Atsaukt pieteikumu')")
    assert "Jūs atteicāties." in leaving.inner_text("main")

    letter = next(one for one in mail.outbox if one.to == [THIRD] and "/offers/" in one.body)
    assert letter.subject == "Jums ir brīva vieta: A3 praksē"
    link = re.search(r"http://straume.example(\S+)", letter.body)
    assert link is not None
    by_link = open_page(language="lt", size=NARROW)  # signed in as nobody
    by_link.goto(link[1])
    assert "Jums atsilaisvino vieta" in by_link.inner_text("main")
    assert axe(by_link) == [] and overflow(by_link) <= 0
    by_link.click("text=Priimti vietą")
    assert "Turite vietą" in by_link.inner_text("main")
    states = {one.person.email: one.status for one in Registration.objects.select_related("person")}
    assert states == {
        email_of("unit_head"): "confirmed",
        email_of("employee"): "cancelled",
        THIRD: "confirmed",
    }
    activity.refresh_from_db()
    assert activity.taken == 2
    for one in (page, phone, leaving, by_link):
        assert one.complaints == []
