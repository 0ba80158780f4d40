"""Usual hours of each kind of activity, with a usual agenda; simulated."""

from __future__ import annotations

from typing import Any

from straume.web.programme.models import Activity

MORNING = {"lv": "priekšpusdiena", "lt": "prieš pietus", "en": "before noon"}
AFTERNOON = {"lv": "pēcpusdiena", "lt": "po pietų", "en": "after noon"}


def item(begins: str, ends: str, lv: str, lt: str, en: str) -> dict[str, Any]:
    return {"from": begins, "until": ends, "what": {"lv": lv, "lt": lt, "en": en}}


def part(title: dict[str, str], begins: str, ends: str, *agenda: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": {lang: words[:1].upper() + words[1:] for lang, words in title.items()},
        "from": begins,
        "until": ends,
        "agenda": agenda,
    }


LEARNING = (
    part(
        MORNING, "09:30", "12:30",
        item("09:30", "10:45", "Metode un piemēri", "Metodas ir pavyzdžiai", "The method, with examples"),
        item("11:00", "12:30", "Vingrinājums grupās", "Užduotis grupėse", "Exercise in groups"),
    ),
    part(
        AFTERNOON, "13:15", "16:30",
        item("13:15", "15:00", "Darbs ar savu pakalpojumu", "Darbas su savo paslauga", "Work on a service"),
        item("15:15", "16:30", "Ko izmēģināsim mājās", "Ką išbandysime namuose", "What we will try at home"),
    ),
)  # fmt: skip
CONFERENCE = (
    part(
        MORNING, "09:30", "12:30",
        item("09:30", "10:00", "Reģistrācija", "Registracija", "Registration"),
        item("10:00", "11:15", "Plenārsēde", "Plenarinis posėdis", "Plenary"),
        item("11:30", "12:30", "Pašvaldību pieredze", "Savivaldybių patirtis", "What municipalities did"),
    ),
    part(
        AFTERNOON, "13:30", "16:30",
        item("13:30", "15:30", "Darba grupas", "Darbo grupės", "Working groups"),
        item("15:45", "16:30", "Secinājumi", "Išvados", "Conclusions"),
    ),
)  # fmt: skip
VISIT = (part({"lv": "pie saimniekiem", "lt": "pas šeimininkus", "en": "with the hosts"}, "10:00", "15:30"),)
MEETING = (
    part(
        {"lv": "sanāksme", "lt": "posėdis", "en": "meeting"}, "10:00", "13:00",
        item("10:00", "11:15", "Kas paveikts", "Kas padaryta", "What was done"),
        item("11:30", "13:00", "Lēmumi un darbi", "Sprendimai ir darbai", "Decisions and actions"),
    ),
)  # fmt: skip
HOURS: dict[str, tuple[dict[str, Any], ...]] = {
    Activity.Kind.INTERNATIONAL_CONFERENCE: CONFERENCE,
    Activity.Kind.REGIONAL_CONFERENCE: CONFERENCE,
    Activity.Kind.WORKSHOP: LEARNING,
    Activity.Kind.TRAINING: LEARNING,
    Activity.Kind.VISIT_INSIDE: VISIT,
    Activity.Kind.VISIT_ABROAD: VISIT,
    Activity.Kind.GROUP_MEETING: MEETING,
}

# none of them is a real person
SPEAKERS: tuple[dict[str, Any], ...] = (
    {
        "name": "Līga Rudzīte",
        "institution": "Latgales plānošanas reģions",
        "post": {"lv": "Projektu vadītāja", "lt": "Projektų vadovė", "en": "Project manager"},
        "consents": True,
    },
    {
        "name": "Mindaugas Vaitkus",
        "institution": "Utenos rajono savivaldybė",
        "post": {
            "lv": "Vides aizsardzības nodaļas vecākais speciālists",
            "lt": "Aplinkos apsaugos skyriaus vyriausiasis specialistas",
            "en": "Senior specialist, environment department",
        },
        "consents": False,
    },
)

TRY_IT = {
    "lv": {
        "title": "Kartīte „Izmēģināsim”: 5S",
        "text": "Izmēģini šonedēļ: viena atvilktne, viena mape datorā.\n1. Šķiro. 2. Sakārto. 3. Iztīri. "
        "4. Vienojieties par kārtību. 5. Pēc nedēļas paskaties vēlreiz.\n",
    },
    "lt": {
        "title": "Kortelė „Išbandyk“: 5S",
        "text": "Išbandyk šią savaitę: vienas stalčius, vienas aplankas kompiuteryje.\n1. Rūšiuok. "
        "2. Sutvarkyk. 3. Išvalyk. 4. Susitarkite dėl tvarkos. 5. Po savaitės pažiūrėk dar kartą.\n",
    },
}
