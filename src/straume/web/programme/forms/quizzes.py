"""Writing a question of a test, and answering the test."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from straume.web.programme import marks
from straume.web.programme.actions.quizzes import LANGUAGES, Written
from straume.web.programme.models import Quiz, QuizQuestion, QuizRound

STAR = "*"
FEWEST, MOST = 2, 8
NAMES = {"lv": _("Latvian"), "lt": _("Lithuanian"), "en": _("English")}


class QuestionForm(forms.Form):
    """A question in three languages; its answers one on each line, a star before those that are right."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=QuizQuestion.Kind.choices, initial="one", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, question: QuizQuestion | None = None, **kwargs: Any) -> None:
        if question is not None:
            kwargs["initial"] = written_in(question)
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            label = _("Question (%(language)s)") % {"language": NAMES[code]}
            self.fields[f"text_{code}"] = forms.CharField(label=label, max_length=300)
        for code in LANGUAGES:
            self.fields[f"answers_{code}"] = forms.CharField(
                label=_("Answers (%(language)s)") % {"language": NAMES[code]},
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_(
                    "One on each line, in the same order in each language. Put * before the right ones."
                )
                if code == LANGUAGES[0]
                else _("One on each line, in the same order."),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        lines = {code: lines_of(said[f"answers_{code}"]) for code in LANGUAGES}
        if len({len(one) for one in lines.values()}) > 1:
            self.add_error("answers_en", _("Give as many answers in each language."))
        elif not FEWEST <= len(lines["lv"]) <= MOST:
            self.add_error("answers_lv", _("Give between two and eight answers."))
        else:
            self.check_stars([line.startswith(STAR) for line in lines["lv"]], said["kind"])
        return said

    def check_stars(self, right: list[bool], kind: str) -> None:
        if not any(right):
            self.add_error("answers_lv", _("Put * before the answer that is right."))
        elif kind == QuizQuestion.Kind.ONE and sum(right) != 1:
            self.add_error("answers_lv", _("Mark one answer as right, or choose that several are."))

    def written(self) -> Written:
        said = self.cleaned_data
        lines = {code: lines_of(said[f"answers_{code}"]) for code in LANGUAGES}
        right = [line.startswith(STAR) for line in lines["lv"]]
        return Written(
            kind=said["kind"],
            texts={code: said[f"text_{code}"] for code in LANGUAGES},
            choices=[
                ({code: lines[code][place].lstrip("* ") for code in LANGUAGES}, is_right)
                for place, is_right in enumerate(right)
            ],
        )


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def written_in(question: QuizQuestion) -> dict[str, str]:
    """A question as its form shows it."""
    first: dict[str, str] = {"kind": question.kind}
    choices = list(question.choices.all())
    for code in LANGUAGES:
        first[f"text_{code}"] = getattr(question, f"text_{code}") or ""
        first[f"answers_{code}"] = "\n".join(
            (STAR if choice.is_right else "") + (getattr(choice, f"text_{code}") or "") for choice in choices
        )
    return first


class QuizForm(forms.Form):
    """The test on a phone. The code joins before and after; whoever has none counts in the group alone."""

    def __init__(self, *args: Any, opened: QuizRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(opened.quiz.questions.prefetch_related("choices"))
        for question in self.questions:
            self.fields[f"q{question.number}"] = field_of(question)
        is_before = opened.moment == QuizRound.Moment.BEFORE
        self.fields["code"] = forms.CharField(
            label=_("Your code"),
            max_length=40,
            required=False,
            initial=marks.new_code if is_before else "",
            help_text=_(
                "Keep it: write it down or take a photo. You type it again after the training. "
                "You may also make up your own."
            )
            if is_before
            else _("The code that you kept before the training. Lost it? Leave this empty."),
        )
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def answers(self) -> dict[str, list[int]]:
        """Number of the question → numbers chosen; what was left open is no answer, and not right."""
        given = {}
        for question in self.questions:
            chosen = self.cleaned_data.get(f"q{question.number}")
            if chosen:
                given[str(question.number)] = [
                    int(one) for one in (chosen if isinstance(chosen, list) else [chosen])
                ]
        return given


def field_of(question: QuizQuestion) -> forms.Field:
    choices = [(str(choice.number), str(choice)) for choice in question.choices.all()]
    if question.kind == QuizQuestion.Kind.MANY:
        return forms.MultipleChoiceField(
            label=str(question),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Several answers may be right."),
        )
    return forms.ChoiceField(label=str(question), choices=choices, required=False, widget=forms.RadioSelect)


def questions_of(quiz: Quiz) -> list[QuizQuestion]:
    return list(quiz.questions.prefetch_related("choices"))
