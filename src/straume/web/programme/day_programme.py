"""The programme of an activity's days on paper: sessions with their agenda, for a visit its stops."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.programme import said
from straume.web.programme.models import Activity, AgendaItem, Session, Speaker, VisitStop
from straume.web.programme.sheet_pdf import co_financing, disclaimer, logos_of
from straume.web.reports import render
from straume.web.reports.pictures.emblem import eu_emblem
from straume.words import format as words_format


def day_programme_pdf(activity: Activity, *, lang: str, today: date) -> bytes:
    with override(lang):
        project = activity.work_package.project
        logos = logos_of(project)
        pictures = {"emblem": eu_emblem()} | {name: svg for name, _alt, svg in logos}
        values = {
            "lang": lang,
            "title": _("Programme"),
            "project": _("Project %(code)s “%(name)s”") % {"code": project.code, "name": project.name},
            "programme": project.programme,
            "site": project.programme_url,
            "simulated": _("Simulated, not real data") if is_made_up(activity) else "",
            "activity": activity.title,
            "summary": activity.summary,
            "facts": facts_of(activity),
            "days": days_of(activity, lang),
            "none": _("The hours are not known yet."),
            "co_financing": co_financing(project),
            "disclaimer": disclaimer(),
            "logos": [{"name": "emblem", "alt": _("Emblem of the European Union")}]
            + [{"name": name, "alt": alt} for name, alt, _svg in logos],
        }
        return render.pdf("day_programme", values, pictures=pictures, made_on=today.isoformat())


def is_made_up(activity: Activity) -> bool:
    """Also where the hours of what was held in truth are not on record."""
    return activity.is_simulated or activity.sessions.filter(is_simulated=True).exists()


def facts_of(activity: Activity) -> list[list[str]]:
    where = ", ".join(part for part in (activity.place, said.country_name(activity)) if part)
    hosts = ", ".join(str(host) for host in activity.visit_hosts.select_related("institution"))
    facts = [
        [_("When"), said.days(activity)],
        [_("Place"), where],
        [_("Host"), hosts or (activity.host.name if activity.host else "")],
        [_("Languages"), said.languages(activity.languages)],
        [_("Interpretation"), activity.interpretation],
    ]
    return [[label, value] for label, value in facts if value]


def days_of(activity: Activity, lang: str) -> list[dict[str, Any]]:
    """Day by day; on a day with a route its stops are the programme, for they are finer than the session."""
    sessions = list(activity.sessions.prefetch_related("agenda__speakers"))
    stops = list(activity.stops.select_related("host__institution"))
    days = sorted({timezone.localdate(one.starts_at) for one in sessions} | {stop.on for stop in stops})
    made = []
    for day in days:
        parts = [session_said(one) for one in sessions if timezone.localdate(one.starts_at) == day]
        on_the_way = [stop_said(stop) for stop in stops if stop.on == day]
        if on_the_way:
            parts = [part for part in parts if part["items"]]
            parts.append({"title": _("Route"), "time": "", "where": "", "items": on_the_way})
        made.append({"on": words_format.date(day, lang), "parts": parts})
    return made


def session_said(session: Session) -> dict[str, Any]:
    begins, ends = (timezone.localtime(at).time() for at in (session.starts_at, session.ends_at))
    return {
        "title": session.title,
        "time": hours_said(begins, ends),
        "where": ", ".join(part for part in (session.place, session.room) if part),
        "items": [item_said(item) for item in session.agenda.all()],
    }


def item_said(item: AgendaItem) -> dict[str, str]:
    who = "; ".join(speaker_said(speaker) for speaker in item.speakers.all())
    return {"time": hours_said(item.starts, item.ends), "what": item.title, "who": who}


def speaker_said(speaker: Speaker) -> str:
    """Paper goes out of the house: the name only of who agreed to be named."""
    named = [speaker.name] if speaker.may_be_named else []
    return ", ".join(part for part in (*named, speaker.post, speaker.institution) if part)


def stop_said(stop: VisitStop) -> dict[str, str]:
    host = stop.host
    who = ", ".join(part for part in (str(host), host.contact_post) if part) if host else ""
    what = f"{stop.place}. {stop.what}" if stop.what else stop.place
    return {"time": hours_said(stop.starts, stop.ends), "what": what, "who": who}


def hours_said(begins: time, ends: time | None) -> str:
    return f"{begins:%H:%M}–{ends:%H:%M}" if ends else f"{begins:%H:%M}"
