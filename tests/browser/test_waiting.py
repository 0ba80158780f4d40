"""What a test looks at after a click is the whole of the next page, however slowly it comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

FIRST = b"<!doctype html><title>1</title><a href='/next'>go</a><form action=/next><input name=a></form>"
NEXT = (b"<!doctype html><title>2</title><p>begins</p>", b"<h1>ends</h1>")


class Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for number, part in enumerate([FIRST] if self.path == "/" else NEXT):
            time.sleep(0.5 * number)
            self.wfile.write(part)

    def log_message(self, *words: object) -> None:
        """Nothing on the terminal of the tests."""


@pytest.fixture
def slow() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_that_comes_in_parts_is_looked_at_whole(slow, browser, javascript) -> None:
    page = browser.new_page(java_script_enabled=javascript)
    steps = (
        lambda: page.locator("a").click(),
        lambda: page.click("a"),
        lambda: page.locator("input").press("Enter"),
    )
    for step in steps:
        page.goto(slow)
        step()
        assert page.locator("h1").is_visible()
    page.close()
