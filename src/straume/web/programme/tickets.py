"""The code of a ticket and of a page of a signature sheet: short, signed, read without a connection.

A ticket says which activity and registration it is and carries a signature of the installation's key, so that
a number that somebody makes up is none. The same eight signs are the code that is typed where no camera is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.utils.crypto import constant_time_compare, salted_hmac

from straume.web.programme.models import Registration, SignatureSheet

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 8
TICKET, SHEET = "STRAUME:T", "STRAUME:S"
# what is read as another sign when a code is typed
MISTAKEN = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


@dataclass(frozen=True)
class Ticket:
    activity_pk: int
    registration_pk: int


def short_code(registration: Registration) -> str:
    """Eight signs, the same each time."""
    return _signature("ticket", f"{registration.activity_id}:{registration.pk}")


def spoken(code: str) -> str:
    """As people read it: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str:
    """What somebody typed, as the code would be written."""
    letters = "".join(sign for sign in text.upper() if sign.isalnum())
    return letters.translate(MISTAKEN)


def ticket_text(registration: Registration) -> str:
    """What the QR code of a ticket says; capitals and digits alone keep the picture small."""
    return f"{TICKET}:{registration.activity_id}:{registration.pk}:{short_code(registration)}"


def read_ticket(text: str) -> Ticket | None:
    """The ticket that this text is, or None where it is none of ours or its signature is wrong."""
    parts = text.strip().upper().split(":")
    if len(parts) != 5 or ":".join(parts[:2]) != TICKET or not (parts[2].isdigit() and parts[3].isdigit()):
        return None
    if not constant_time_compare(parts[4], _signature("ticket", f"{int(parts[2])}:{int(parts[3])}")):
        return None
    return Ticket(activity_pk=int(parts[2]), registration_pk=int(parts[3]))


def page_code(sheet: SignatureSheet, page: int) -> str:
    """What stands on a printed page: session, sheet, page."""
    return f"{sheet.session_id}-{sheet.number}-{page}"


def page_text(sheet: SignatureSheet, page: int) -> str:
    return f"{SHEET}:{page_code(sheet, page)}"


def qr_svg(text: str, *, scale: int = 4) -> str:
    """For a page: black on white whatever the colours around it."""
    made = segno.make(text, error="m")
    return str(made.svg_inline(scale=scale, border=3, dark="#000", light="#fff", omitsize=True))


def qr_picture(text: str) -> str:
    """For paper: an SVG that stands alone."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=8, border=3)
    return out.getvalue()


def _signature(kind: str, text: str) -> str:
    digest = salted_hmac(f"straume.programme.{kind}", text, algorithm="sha256").digest()
    number = int.from_bytes(digest[:5])  # 40 bits: eight signs of five
    return "".join(SIGNS[(number >> shift) & 31] for shift in range(35, -1, -5))
