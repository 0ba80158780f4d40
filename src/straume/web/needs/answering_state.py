"""Where somebody stands in a questionnaire while they answer it; it lives for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.web.needs import answer_pages
from straume.web.needs.actions.answering import HalfWritten, Sheet, find_draft, find_invitation
from straume.web.needs.answer_pages import Question
from straume.web.needs.items import Item, read
from straume.web.needs.items import asked as asked_items
from straume.web.needs.models import Invitation, Wave
from straume.web.places.models import Institution


@dataclass
class Filling:
    """One person's answers as far as they are; `code` is the letter's, or that of a kept open form."""

    wave: Wave
    invitation: Invitation | None = None
    code: str = ""
    form_key: str = ""
    place: int = 0  # institution, where the open form asks for it
    page: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    place_error: str = ""
    is_preview: bool = False

    def __post_init__(self) -> None:
        self.items: tuple[Item, ...] = read(items=self.wave.version.items)
        self.pages = answer_pages.pages_of(self.items)

    @property
    def is_open_form(self) -> bool:
        return self.invitation is None and not self.is_preview

    def read(self, data: QueryDict) -> None:
        """What the form holds, of all pages."""
        self.page = min(max(_int(data.get("page")), 0), len(self.pages) - 1)
        self.place = _int(data.get("place"))
        self.answers, self.errors = answer_pages.read_answers(self.items, data)
        self.typed = {
            item.name: data.get(answer_pages.field_of(item), "")
            for item in self.items
            if item.name in self.errors
        }

    def go(self, by: int) -> bool:
        """To the next page on which something is asked; False past the last one."""
        self.errors, self.typed = {}, {}
        to = answer_pages.step(self.page, by, items=self.items, answers=self.answers)
        if to is not None:
            self.page = to
        return to is not None

    def find_problems(self, *, everything: bool) -> bool:
        """Whether something is wrong on this page (or any); the first page with an error is then shown."""
        among = self.items if everything else self.pages[self.page]
        missing = answer_pages.problems(self.items, among=among, answers=self.answers)
        asked = {item.name for item in asked_items(items=self.items, answers=self.answers)}
        self.errors = {**missing, **{name: said for name, said in self.errors.items() if name in asked}}
        if not everything:
            here = {item.name for item in self.pages[self.page]}
            self.errors = {name: said for name, said in self.errors.items() if name in here}
        if self.is_open_form and (everything or self.page == 0) and self.institution() is None:
            self.place_error = _("Choose where you work.")
            self.page = 0
            return True
        for number, page in enumerate(self.pages):
            if any(item.name in self.errors for item in page):
                self.page = number
                return True
        return False

    def institution(self) -> Institution | None:
        if self.invitation:
            return self.invitation.institution
        return self.places().filter(pk=self.place).first()

    def places(self) -> Any:
        asked_there = self.wave.staff.values("institution")
        return Institution.objects.filter(pk__in=asked_there).order_by("country", "name")

    def half(self) -> HalfWritten:
        return HalfWritten(self.wave.pk, self.answers, self.page, self.place, self.form_key)

    def sheet(self) -> Sheet:
        """What is handed in; who somebody is at work stands beside the answers, not among them."""
        answers = answer_pages.only_asked(self.items, self.answers)
        strata = {item.stratum: answers.pop(item.name, "") for item in self.items if item.stratum}
        institution = self.institution()
        return Sheet(
            institution=institution.pk if institution else 0,
            country=institution.country if institution else "",
            unit_kind=strata.get("unit_kind", ""),
            role=strata.get("role", ""),
            answers=answers,
        )

    def context(self) -> dict[str, Any]:
        page = self.pages[self.page]
        questions = answer_pages.shown(
            page, items=self.items, answers=self.answers, errors=self.errors, typed=self.typed
        )
        return {
            "filling": self,
            "wave": self.wave,
            "questions": questions,
            "wrong": [one for one in questions if one.error],
            "carried": answer_pages.carried(self.items, page=page, answers=self.answers),
            "places": self.places() if self.is_open_form else [],
            "asks_for_place": self.is_open_form and self.page == 0,
            "is_first": answer_pages.step(self.page, -1, items=self.items, answers=self.answers) is None,
            "is_last": self._is_last(questions),
            "number": self.page + 1,
            "pages": len(self.pages),
            "language": get_language(),
            "asks_for_words": any(one.item.type == "text" for one in questions),
        }

    def _is_last(self, questions: list[Question]) -> bool:
        return answer_pages.step(self.page, 1, items=self.items, answers=self.answers) is None


def opened(code: str, *, draft: bool = True) -> Filling | None:
    """By the code of a letter, or of a form that was kept; with `draft` as far as it was kept."""
    invitation = find_invitation(code)
    half = find_draft(code) if draft or invitation is None else None
    if invitation is not None:
        filling = Filling(wave=invitation.wave, invitation=invitation, code=code)
    elif half is not None:
        wave = Wave.objects.select_related("version").filter(pk=half.wave).first()
        if wave is None:
            return None
        filling = Filling(wave=wave, code=code, form_key=half.form_key, place=half.place)
    else:
        return None
    if half is not None:
        filling.answers = _known(filling.items, half.answers)
        filling.page = min(half.page, len(filling.pages) - 1)
    return filling


def _known(items: tuple[Item, ...], answers: Any) -> dict[str, Any]:
    names = {item.name for item in items}
    return {name: answer for name, answer in answers.items() if name in names}


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
