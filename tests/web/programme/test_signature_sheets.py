"""The list for signatures on paper, and the signed pages that come back."""

from __future__ import annotations

import io
import uuid

import pytest
from pypdf import PdfReader

from straume.web.accounts.models import User
from straume.web.programme import sheet_pdf
from straume.web.programme.actions import sheets
from straume.web.programme.models import SignatureSheet
from web.programme.attending import NOON, registered, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(livani, utena):
    made = training()
    for number in range(22):
        person = User.objects.create_user(f"p{number}@example.org", name=f"Šarlote Ķirse{number:02}")
        registered(made, person, livani if number % 2 else utena)
    registered(made, User.objects.create_user("c@example.org", name="Nenāk Žagare"), status="cancelled")
    return made


def sheet_of(activity, by) -> SignatureSheet:
    return sheets.make_sheet(session=activity.sessions.first(), key=uuid.uuid4(), by=by, now=NOON)


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_it_has_every_name_once_blank_rows_for_guests_and_says_its_pages(activity, coordinator, lang):
    sheet = sheet_of(activity, coordinator)
    reader = PdfReader(io.BytesIO(sheet_pdf.signature_sheet_pdf(sheet, lang=lang)))
    texts = [page.extract_text() for page in reader.pages]
    whole = " ".join("\n".join(texts).split())
    assert len(texts) == sheet.pages == 2
    for number in range(22):
        assert whole.count(f"Ķirse{number:02}") == 1
    assert "Žagare" not in whole
    assert "36" in texts[1]  # the last number of a row: 22 people, 14 rows for guests
    for number, text in enumerate(texts, 1):
        assert f"{sheet.session_id}-1-{number}" in text
        assert "LLI-59" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith(lang)
