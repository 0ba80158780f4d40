"""What the walk over all addresses has to know of certificates."""

from __future__ import annotations

RUN = "activities are common to the cooperation; who does not run them is told so, with the reason"
SHARED = {
    f"programme:{name}": RUN
    for name in (
        "activity_certificates",
        "activity_rule",
        "cycle_certificates",
        "cycle_rule",
        "certificate_again",
        "certificate_revoke",
    )
}
# one's own files alone: tests/web/programme/test_certificates.py meets them
MET_ELSEWHERE = r"programme:certificate_file"
