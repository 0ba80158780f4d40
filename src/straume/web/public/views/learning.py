"""Learning pages: what a lean tool is, how one builds it in, a template, and who near me uses it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.groups.models import PracticeCard
from straume.web.places.lists import XLSX, as_xlsx
from straume.web.places.models import Institution
from straume.web.places.permissions import institutions_of, institutions_where, memberships_of, not_here
from straume.web.public.forms import ToolUseForm
from straume.web.public.learning import LANGUAGES, TOOLS, Page, page
from straume.web.public.models import ToolUse
from straume.web.public.near import nearest
from straume.web.studies.permissions import MAKES_STUDIES


@require_GET
def tools(request: HttpRequest) -> HttpResponse:
    return render(request, "public/learn.html", {"pages": [find_page(tool) for tool in TOOLS]})


@require_GET
def tool(request: HttpRequest, tool: str) -> HttpResponse:
    shown = find_page(tool)
    today = timezone.localdate()
    here = where(request)
    uses = ToolUse.objects.filter(tool=tool).select_related("institution", "unit")
    context: dict[str, Any] = {
        "page": shown,
        "near": nearest(uses, here=here),
        "here": here,
        "places": Institution.objects.on(today).filter(tier__in=["partner", "involved"]).order_by("name"),
        "may_say": places_to_say_in(request).exists(),
        "own": set(places_to_say_in(request).values_list("pk", flat=True)),
        "before": TOOLS[TOOLS.index(tool) - 1] if TOOLS.index(tool) else "",
        "cards": [],
    }
    if memberships_of(request.user, today).exists():
        context["cards"] = PracticeCard.objects.filter(
            tool=tool, publications__withdrawn_at=None, publications__isnull=False
        ).distinct()[:10]
    return render(request, "public/tool.html", context)


@require_GET
def template(request: HttpRequest, tool: str) -> HttpResponse:
    """The sheet to fill in, for printing."""
    return render(request, "public/tool_template.html", {"page": find_page(tool)})


@require_GET
def template_file(request: HttpRequest, tool: str) -> HttpResponse:
    """The same sheet as a table."""
    shown = find_page(tool)
    table = [list(shown.template.columns), *(list(row) for row in shown.template.rows)]
    response = HttpResponse(as_xlsx(table, shown.name), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="straume-{tool}.xlsx"'
    return response


@login_required
def say_use(request: HttpRequest, tool: str) -> HttpResponse:
    """A member who runs studies or a unit says that it works with the tool and may be asked."""
    shown = find_page(tool)
    places = places_to_say_in(request)
    if not places.exists():
        raise PermissionDenied(
            _("Lean practitioners and heads of units say which tools their institution uses.")
        )
    form = ToolUseForm(request.POST or None, instance=ToolUse(tool=tool), places=places)
    if request.method == "POST" and form.is_valid():
        use = form.save(commit=False)
        use.said_by = request.user  # type: ignore[assignment]
        use.save()
        messages.success(request, _("Thank you. Others see now that they can ask you."))
        return redirect("public:tool", tool)
    return render(request, "public/tool_use.html", {"form": form, "page": shown})


@login_required
def end_use(request: HttpRequest, tool: str, use_pk: int) -> HttpResponse:
    """Take it off the page again."""
    use = ToolUse.objects.filter(pk=use_pk, tool=tool, institution__in=places_to_say_in(request)).first()
    if use is None:
        raise not_here()
    if request.method == "POST":
        use.delete()
        messages.success(request, _("Removed."))
        return redirect("public:tool", tool)
    return render(request, "public/tool_use_end.html", {"use": use, "page": find_page(tool)})


def find_page(tool: str) -> Page:
    language = (get_language() or "en")[:2]
    try:
        return page(tool, language if language in LANGUAGES else "en")
    except KeyError:
        raise not_here() from None


def where(request: HttpRequest) -> Institution | None:
    """From where to look: what the address says, else one's own institution."""
    asked = request.GET.get("from", "")
    if asked:
        return Institution.objects.filter(slug=asked).first()
    return institutions_of(request.user, timezone.localdate()).order_by("pk").first()


def places_to_say_in(request: HttpRequest) -> Any:
    return institutions_where(request.user, MAKES_STUDIES, timezone.localdate())
