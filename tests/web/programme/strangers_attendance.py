"""What the walk over all addresses has to know of attendance."""

from __future__ import annotations

from straume.web.programme.models import ProjectLogo, ScanFile, Session, SignatureSheet, WalkIn

RUN = "activities are common to the cooperation; who does not run them is told so (test_check_in, 403)"
SHARED = {
    f"programme:{name}": RUN
    for name in (
        "check_in",
        "check_in_sent",
        "attendance",
        "attendance_correct",
        "attendance_helpers",
        "walk_in",
        "sheets",
        "sheet",
        "scan",
        "logos",
        "logo",
        "indicator",
        "change_indicator",
        "add_indicator",
        "retention",
    )
}
NUMBERS = {
    "session_pk": Session,
    "sheet_pk": SignatureSheet,
    "scan_pk": ScanFile,
    "walk_in_pk": WalkIn,
    "logo_pk": ProjectLogo,
}
