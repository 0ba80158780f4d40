"""The signature sheet on paper: what stands on each page, made here; reports only sets it."""

from __future__ import annotations

import base64
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.programme import tickets
from straume.web.programme.actions.sheets import ROWS_PER_PAGE
from straume.web.programme.models import Project, Registration, SignatureSheet
from straume.web.reports import render
from straume.web.reports.pictures.emblem import eu_emblem
from straume.words import format as words_format


def signature_sheet_pdf(sheet: SignatureSheet, *, lang: str) -> bytes:
    """The sheet as PDF/UA-1 in a language; the same people stand on the same pages each time."""
    with override(lang):
        pages = _pages(sheet)
        pictures = {"emblem": eu_emblem()}
        pictures |= {
            f"page-{n}": tickets.qr_picture(tickets.page_text(sheet, n)) for n in range(1, len(pages) + 1)
        }
        logos = logos_of(sheet.session.activity.work_package.project)
        pictures |= {name: svg for name, _alt, svg in logos}
        values = _head(sheet, lang) | {
            "pages": pages,
            "logos": [{"name": "emblem", "alt": _("Emblem of the European Union")}]
            + [{"name": name, "alt": alt} for name, alt, _svg in logos],
        }
        made_on = timezone.localdate(sheet.made_at).isoformat()
        return render.pdf("signature_sheet", values, pictures=pictures, made_on=made_on)


def _head(sheet: SignatureSheet, lang: str) -> dict[str, Any]:
    session = sheet.session
    activity, project = session.activity, session.activity.work_package.project
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    where = [session.place or activity.place, session.room]
    return {
        "lang": lang,
        "title": _("Signature sheet"),
        "project": _("Project %(code)s “%(name)s”") % {"code": project.code, "name": project.name},
        "programme": project.programme,
        "activity": activity.title,
        "facts": [
            [_("Session"), session.title],
            [
                _("Day and time"),
                f"{words_format.period(starts.date(), ends.date(), lang)}, {starts:%H:%M}–{ends:%H:%M}",
            ],
            [_("Place"), ", ".join(part for part in where if part)],
        ],
        "columns": [_("No."), _("Name, surname"), _("Institution"), _("Signature")],
        "simulated": _("Simulated, not real data") if is_simulated(sheet) else "",
        "co_financing": co_financing(project),
        "disclaimer": disclaimer(),
        "why": _(
            "The list proves to the funder who took part; it is kept as long as the funder asks, then erased."
        ),
        "code_said": _("Code of this page"),
    }


def is_simulated(sheet: SignatureSheet) -> bool:
    """Also where the activity was really held and the people on the list are made up."""
    people = Registration.objects.filter(pk__in=sheet.rows, is_simulated=True)
    return sheet.session.activity.is_simulated or people.exists()


def co_financing(project: Project) -> str:
    return _("Project %(code)s “%(name)s” is co-financed by the European Union.") % {
        "code": project.code,
        "name": project.name,
    }


def disclaimer() -> str:
    return _(
        "This document was made with the financial assistance of the European Union. Its content is the sole "
        "responsibility of the project’s partners and does not reflect the position of the European Union."
    )


def _pages(sheet: SignatureSheet) -> list[dict[str, Any]]:
    found = Registration.objects.filter(pk__in=sheet.rows).select_related("person", "institution")
    by_pk = {one.pk: one for one in found}
    rows = [_row(by_pk.get(pk)) for pk in sheet.rows]
    rows += [["", ""]] * (sheet.pages * ROWS_PER_PAGE - len(rows))
    pages = []
    for number in range(1, sheet.pages + 1):
        begin = (number - 1) * ROWS_PER_PAGE
        of_page = rows[begin : begin + ROWS_PER_PAGE]
        pages.append(
            {
                "rows": [[str(begin + at), *row] for at, row in enumerate(of_page, 1)],
                "picture": f"page-{number}",
                "code": tickets.page_code(sheet, number),
                "said": _("Page %(page)s of %(total)s") % {"page": number, "total": sheet.pages},
            }
        )
    return pages


def _row(one: Registration | None) -> list[str]:
    """Whoever was erased since leaves an empty row: the others keep their pages."""
    if one is None:
        return ["", ""]
    where = ", ".join(part for part in (str(one.institution or ""), one.post) if part)
    return [one.person.name, where]


def logos_of(project: Project) -> list[tuple[str, str, str]]:
    """(name, alternative text, SVG that holds the picture) of what the programme uploaded."""
    made = []
    for number, logo in enumerate(project.logos.all(), 1):
        with logo.file.open("rb") as stored:
            data = base64.b64encode(stored.read()).decode()
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'viewBox="0 0 300 100" width="300" height="100"><image width="300" height="100" '
            f'preserveAspectRatio="xMidYMid meet" xlink:href="data:{logo.content_type};base64,{data}"/></svg>'
        )
        made.append((f"logo-{number}", logo.name, svg))
    return made
