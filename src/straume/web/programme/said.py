"""Words that pages of the programme share: days, languages, money, where something is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.lean.protect import SMALLEST_GROUP, shown
from straume.web.places.models.institutions import Country
from straume.web.programme.models import Activity, Language, Project
from straume.words.catalog import known
from straume.words.format import NBSP, number, period

# a free place is of no use any more
OVER = (
    Activity.Status.HELD,
    Activity.Status.COMPLETE,
    Activity.Status.REPORTED,
    Activity.Status.CANCELLED,
)
KNOWN_LANGUAGES = dict(Language.choices)
CODES = ("lv", "lt", "en")  # languages in which texts are written


def lang() -> str:
    """The language that the page is shown in."""
    return known(get_language() or "")


def days(activity: Activity) -> str:
    return period(activity.from_on, activity.until_on, lang())


def languages(codes: Iterable[str]) -> str:
    """Codes as names of the languages: "Latvian, Lithuanian"."""
    return ", ".join(str(KNOWN_LANGUAGES.get(code, code)) for code in codes)


def euros(amount: Decimal) -> str:
    """To the cent: "382 667,65 EUR"."""
    whole, cents = divmod(int(amount * 100), 100)
    shown = number(whole, lang(), 0)
    mark = "." if lang() == "en" else ","
    return f"{shown}{mark}{cents:02d}{NBSP}EUR"


def country(activity: Activity) -> str:
    """Code of the country in which it is held: as written down, else that of its host."""
    return activity.country or (activity.host.country if activity.host else "")


def places_left(activity: Activity) -> str:
    """How many places are free, in words; so that one to four people with a place are not counted out."""
    if not activity.places:
        by_appointment = activity.kind in (Activity.Kind.INDIVIDUAL_COACHING, Activity.Kind.GROUP_COACHING)
        return _("by appointment") if by_appointment else _("not said yet")
    if activity.status in OVER:
        return str(activity.places)
    left = activity.places - activity.taken
    if not left:
        return _("all taken")
    if shown(activity.taken) is None and left > SMALLEST_GROUP:
        at_least = activity.places - SMALLEST_GROUP + 1
        return _("at least %(left)s of %(places)s free") % {"left": at_least, "places": activity.places}
    return _("%(left)s of %(places)s free") % {"left": left, "places": activity.places}


def country_name(activity: Activity) -> str:
    code = country(activity)
    return str(Country(code).label) if code else ""


def project_days(project: Project) -> str:
    return period(project.from_on, project.until_on, lang())
