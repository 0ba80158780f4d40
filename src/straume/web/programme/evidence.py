"""Which signed pages there are of an activity, and which are missing: evidence is complete when none is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.web.programme.models import Activity, Session, SheetPage, SignatureSheet


@dataclass(frozen=True)
class SessionEvidence:
    """The sheet that counts for a session (None: there is none), its pages that are here, how many came."""

    session: Session
    sheet: SignatureSheet | None
    scanned: dict[int, SheetPage]
    people: int

    @property
    def missing(self) -> list[int]:
        if self.sheet is None:
            return []
        return [page for page in range(1, self.sheet.pages + 1) if page not in self.scanned]

    @property
    def is_complete(self) -> bool:
        return self.sheet is not None and not self.missing

    def said(self) -> str:
        """What is missing, in words; "" where nothing is."""
        if self.is_complete:
            return ""
        if self.sheet is None:
            return _("%(session)s: no signature sheet yet.") % {"session": self.session.title}
        pages = ", ".join(str(page) for page in self.missing)
        return ngettext(
            "%(session)s: page %(pages)s of %(total)s is missing.",
            "%(session)s: pages %(pages)s of %(total)s are missing.",
            len(self.missing),
        ) % {"session": self.session.title, "pages": pages, "total": self.sheet.pages}


def of_activity(activity: Activity) -> list[SessionEvidence]:
    """A line for each session, in the order of the day."""
    sessions = activity.sessions.prefetch_related("sheets__scanned__scan", "attendances")
    return [of_session(session) for session in sessions]


def of_session(session: Session) -> SessionEvidence:
    """Of several sheets counts the one that the signed pages belong to; before any is here, the newest."""
    sheets = list(session.sheets.all())
    by_sheet = {
        sheet.pk: {one.page: one for one in sheet.scanned.all() if one.replaced_at is None}
        for sheet in sheets
    }
    sheet = max(sheets, key=lambda one: (len(by_sheet[one.pk]) > 0, one.number), default=None)
    return SessionEvidence(
        session=session,
        sheet=sheet,
        scanned=by_sheet[sheet.pk] if sheet else {},
        people=len(session.attendances.all()),
    )


def missing(activity: Activity) -> list[str]:
    """What keeps the evidence of an activity from being complete, in sentences; empty where nothing does."""
    found = of_activity(activity)
    if not found:
        return [_("The activity has no session yet.")]
    return [said for one in found if (said := one.said())]
