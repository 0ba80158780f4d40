"""A browser for the tests: a live server with the demo's places, a page signed in as a role, and axe."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

from straume.web.accounts.models import User

# playwright runs a loop in this thread; the ORM is not used inside it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("STRAUME_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
TODAY = date(2026, 11, 23)
WIDE, NARROW = (1280, 900), (320, 800)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "No Chromium was found. Install it with: apt-get install chromium"
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for kind, act in ((Page, "click"), (Locator, "click"), (Locator, "press")):
            patch.setattr(kind, act, followed_to_the_end(getattr(kind, act)))
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


def followed_to_the_end(act: Callable) -> Callable:
    """A click comes back when the next page begins to come; a test looks at it when all of it has come."""

    @functools.wraps(act)
    def followed(self: Page | Locator, *args, **options) -> None:
        act(self, *args, **options)
        page = self if isinstance(self, Page) else self.page
        if not page.is_closed():
            page.wait_for_load_state()

    return followed


@pytest.fixture
def demo_places(transactional_db) -> None:
    """The demo's institutions, units and cast, without services and studies."""
    from straume.web.demo import people, places, programme

    for part in (places, programme, people):
        part.seed(TODAY)


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """open_page(person=…, language="lv", size=NARROW, dark=True) → a page that reaches our server alone."""
    contexts: list[BrowserContext] = []

    def make(
        *,
        person: User | None = None,
        language: str = "lv",
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=language,
            accept_downloads=True,
            bypass_csp=False,
        )
        contexts.append(context)
        cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        if person is not None:
            client = Client()
            client.force_login(person)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url})
        context.add_cookies(cookies)
        return watched(context.new_page())

    yield make
    for context in contexts:
        context.close()


def watched(page: Page) -> Page:
    """Collects what the console says against the page, such as a refusal by the content security policy."""
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda m: is_complaint(m) and page.complaints.append(m.text))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    return page


def is_complaint(said: ConsoleMessage) -> bool:
    """Not that htmx gave up an answer because the reader went on to the next page before it came."""
    return said.type == "error" and not said.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))


@pytest.fixture
def as_role(demo_places, open_page) -> Callable[..., Page]:
    """as_role("facilitator", language="lv") → a page signed in as this person of the demo's cast."""
    from straume.web.demo.people import email_of

    def make(role: str, **options) -> Page:
        return open_page(person=User.objects.get(email=email_of(role)), **options)

    return make


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """axe(page) → a line per violation; an empty list is what a test asserts."""

    def check(page: Page) -> list[str]:
        # evaluated through the debugger, so that the page's own policy stays as strict as it is
        page.evaluate(AXE.read_text())
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{found['id']}: {node['target']} {node['failureSummary']}"
            for found in result["violations"]
            for node in found["nodes"]
        ]

    return check


@pytest.fixture
def overflow() -> Callable[[Page], int]:
    """overflow(page) → by how many pixels the page is wider than the window; a test asserts nought."""

    def measure(page: Page) -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    return measure


@pytest.fixture
def catalogue(demo_places) -> None:
    """The demo's institutions and cast with the catalogue of services and where they are offered."""
    from straume.web.demo import services

    services.seed(TODAY)
