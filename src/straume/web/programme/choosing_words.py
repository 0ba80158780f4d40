"""Codes of a choice as sentences: reasons, limits, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from straume.web.programme import said
from straume.web.programme.analysis.choosing import municipalities_of
from straume.web.programme.models import BudgetLine, Candidate, Choice
from straume.words.format import number, percent


@dataclass(frozen=True)
class Names:
    """What the numbers of an answer are called."""

    candidates: Mapping[str, Candidate]
    lines: Mapping[str, str]
    municipalities: Mapping[str, str]

    def candidate(self, code: str) -> str:
        one = self.candidates.get(code)
        return str(one) if one else "–"


def names_of(choice: Choice) -> Names:
    candidates = Candidate.objects.filter(work_package__project=choice.project)
    lines = BudgetLine.objects.filter(partner__project=choice.project).select_related("partner__institution")
    return Names(
        candidates={str(one.pk): one for one in candidates},
        lines={str(line.pk): line_name(line) for line in lines},
        municipalities={str(place.pk): place.name for place in municipalities_of(choice)},
    )


def line_name(line: BudgetLine) -> str:
    return f"{line.partner.institution.name}: {line.get_category_display()}"


def euros(cents: int) -> str:
    return said.euros(Decimal(cents) / 100)


def share(value: int, whole: int, *, beside: int | None = None) -> str:
    """Part of the weighted need; more exactly where another one, `beside`, would read the same and is not."""
    if not whole:
        return "–"
    is_near = beside is not None and beside != value and round(1000 * (value - beside) / whole) == 0
    return percent(value / whole, said.lang(), 3 if is_near else 1)


def reason(told: Mapping[str, Any], names: Names, *, sees_money: bool) -> str:
    """Why a candidate is not chosen."""
    code, what, amount = told["code"], str(told["what"]), int(told["amount"])
    if code in ("line_exceeded", "total_exceeded") and not sees_money:
        return _("The money is not enough for it.")
    sentences = {
        "locked_out": lambda: _("It was left out by hand."),
        "outside_dates": lambda: _("Its days lie outside the dates of the choice."),
        "reaches_nobody": lambda: _("None of the municipalities that it serves follows its languages."),
        "adds_nothing": lambda: _("It adds no need that the chosen ones do not meet already."),
        "line_exceeded": lambda: (
            _("The budget line “%(line)s” would be exceeded by %(amount)s.")
            % {"line": names.lines.get(what, what), "amount": euros(amount)}
        ),
        "total_exceeded": lambda: (
            _("The budget would be exceeded by %(amount)s.") % {"amount": euros(amount)}
        ),
        "too_many": lambda: (
            _("There are as many activities as the limit allows: %(number)s.") % {"number": amount}
        ),
        "town_full": lambda: (
            _("As many activities as the limit allows are held in the same town: %(number)s.")
            % {"number": amount}
        ),
        "clashes_with": lambda: (
            _("It clashes with “%(activity)s”: same days, same town or team.")
            % {"activity": names.candidate(what)}
        ),
        "not_proven": lambda: _("Time was up before it was clear whether it belongs to the best."),
    }
    return sentences[code]()


def limit(told: Mapping[str, Any], names: Names, *, sees_money: bool) -> str:
    """A limit in words."""
    kind, key, amount = told["kind"], str(told["key"]), int(told["amount"])
    shown = {
        "key": names.lines.get(key) or names.municipalities.get(key) or names.candidate(key),
        "amount": euros(amount) if sees_money else "…",
        "number": amount,
        "language": said.languages([key]),
        "thing": key.partition(":")[2] or key,
    }
    sentences = {
        "line": _("Budget line “%(key)s”: at most %(amount)s"),
        "total": _("Budget: at most %(amount)s"),
        "municipality": _("%(key)s: at least %(number)s"),
        "language": _("In the language %(language)s: at least %(number)s"),
        "places": _("Places in all: at least %(number)s"),
        "town": _("In the town %(thing)s: at most %(number)s"),
        "activities": _("Activities in all: at most %(number)s"),
        "dates": _("The dates of the choice"),
        "clash": _("One thing at a time: %(thing)s"),
        "locked_in": _("“%(key)s” is in by hand"),
        "locked_out": _("“%(key)s” is left out by hand"),
    }
    return sentences[kind] % shown


def sure(result: Mapping[str, Any]) -> str:
    """How sure it is that nothing is better."""
    if result["status"] == "proven":
        return _("Proven: no other choice within these limits meets more of the need.")
    if result["status"] == "bounded":
        return _(
            "Not proven: the search ended after %(seconds)s seconds. A better choice could be better by "
            "%(gap)s at most."
        ) % {"seconds": number(result["seconds"], said.lang(), 0), "gap": percent(result["gap"], said.lang())}
    if result["status"] == "impossible":
        return _("These limits cannot be kept together. Any one of them would have to give way.")
    return _(
        "The search ended after %(seconds)s seconds and found nothing yet. Loosen a limit and try again."
    ) % {"seconds": number(result["seconds"], said.lang(), 0)}


def change(price: Mapping[str, Any], *, sees_money: bool) -> str:
    if price["change"] == "more":
        money = euros(int(price["more_cents"])) if sees_money else "…"
        return _("with %(amount)s more") % {"amount": money}
    return pgettext("price of a limit", "without it")
