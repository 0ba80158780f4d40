"""Results of a survey made elsewhere, as its makers counted them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from straume.web.needs import items as item_reader
from straume.web.needs.actions.records import Evidence, made_from
from straume.web.needs.models import ImportedResult, Need, Wave
from straume.web.needs.result_evidence import Found
from straume.words import format as words_format


@dataclass(frozen=True)
class ImportedLine:
    key: str
    question: str
    kind: str
    place: str
    figures: str
    n: str
    is_whole: bool
    need_url: str


def shown(wave: Wave, lang: str) -> dict[str, Any]:
    items = {item.name: item for item in item_reader.read(items=wave.version.items)}
    results = list(wave.imported_results.select_related("institution"))
    made = made_from(wave, [(name, "") for name in items])
    lines: dict[tuple[str, str], ImportedLine] = {}
    for one in results:
        place = str(one.institution.name) if one.institution else str(one.get_country_display() or _("All"))
        said = figure(one, lang)
        before = lines.get((one.item, place))
        need = made.get((one.item, ""))
        lines[one.item, place] = ImportedLine(
            key=one.item,
            question=items[one.item].said() if one.item in items else one.item,
            kind=str(Need.Kind(items[one.item].need_kind or "problem").label) if one.item in items else "",
            place=place,
            figures=f"{before.figures} · {said}" if before else said,
            n=words_format.number(one.n, lang, 0),
            is_whole=one.institution is None and not one.country,
            need_url=need.get_absolute_url() if need else "",
        )
    return {"lines": list(lines.values()), "imported": getattr(wave, "imported", None)}


def figure(one: ImportedResult, lang: str) -> str:
    if one.unit == ImportedResult.Unit.SHARE:
        return words_format.percent(one.value / 100, lang)
    words = {
        "value": words_format.number(one.value, lang, 1),
        "high": words_format.number(one.scale_high or 0, lang),
    }
    if one.unit == ImportedResult.Unit.IMPORTANCE:
        return _("importance %(value)s of %(high)s") % words
    if one.unit == ImportedResult.Unit.PRESENT:
        return _("today %(value)s of %(high)s") % words
    return _("%(value)s of %(high)s") % words


def evidence_of(wave: Wave, name: str) -> Found | None:
    """The figures of all who were asked there; else of the first place."""
    item = next((one for one in item_reader.read(items=wave.version.items) if one.name == name), None)
    found = list(wave.imported_results.filter(item=name))
    if item is None or not found:
        return None
    whole = [one for one in found if one.institution_id is None and not one.country]
    whole = whole or [one for one in found if one.order == found[0].order]
    figures: dict[str, Any] = {"method": "elsewhere", **{str(one.unit): one.value for one in whole}}
    figures["value"] = whole[0].value
    high = next((one.scale_high for one in whole if one.scale_high), None)
    if high:
        figures["scale_high"] = high
    return Found(item.need_kind or "problem", item.label, Evidence(name, "", whole[0].n, figures))
