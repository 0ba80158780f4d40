"""What the walk over all addresses has to know of surveys."""

from datetime import UTC, date, datetime

from straume.web.needs.models import Invitation, Questionnaire, Staff, Wave
from straume.web.places.models import Institution

COMMON = "surveys are common to the cooperation: whoever has a role reads them"
RUN = "surveys are run by the coordinators of the lead bodies; everybody else gets 403 (test_surveys_pages)"
LETTER = "whoever has the letter or the link answers, without an account"
PUBLIC = {
    "needs:answer": LETTER,
    "needs:fill": LETTER,
    "needs:thanks": LETTER,
    "needs:no_letters": LETTER,
    "needs:open_link": LETTER,
}
SHARED = {f"needs:{name}": COMMON for name in ("wave", "turnout", "poster")} | {
    f"needs:{name}": RUN
    for name in (
        "change_wave",
        "delete_wave",
        "close_wave",
        "reopen_wave",
        "send_letters",
        "staff",
        "paste_staff",
        "invitations",
        "invite",
        "change_invitation",
        "questionnaire",
        "change_questionnaire",
        "delete_questionnaire",
        "import_version",
        "compare_versions",
        "add_question",
        "change_question",
        "move_question",
        "remove_question",
        "preview",
        "export_questionnaire",
        "add_wave",
    )
}
NUMBERS = {"invitation_pk": Invitation}
NOW = datetime(2019, 1, 15, tzinfo=UTC)
ITEMS = [{"name": "more", "type": "text", "label": {"en": "What hinders your work?"}}]


def values(name: str) -> list[str]:
    return ["abcdefgh23"] if name == "code" else []


def make_things(*, livani: Institution, taxes, alice, bob) -> None:
    made = Questionnaire.objects.create(title_en="Needs", owner=livani, made_at=NOW)
    version = made.versions.create(number=1, items=ITEMS, made_at=NOW)
    wave = Wave.objects.create(
        version=version,
        name_en="Needs",
        opens_on=date(2019, 1, 1),
        closes_on=date(2100, 1, 1),
        made_at=NOW,
        link_code="abcdefgh23",
    )
    Staff.objects.create(wave=wave, institution=livani, people=40)
    Invitation.objects.create(wave=wave, institution=livani, email="x@example.org", language="lv")
