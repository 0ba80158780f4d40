"""Needs of the demo: made from the simulated answers by the same analysis as anybody's, and marked so."""

from __future__ import annotations

from datetime import date, timedelta

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.needs import analysis
from straume.web.needs.actions import records
from straume.web.needs.analysis import Changed
from straume.web.needs.models import Need, Wave
from straume.web.needs.result_evidence import of_topic

MOST_OF_A_KIND = 6
NAMED_AFTER, AGREED_AFTER, TAKEN_UP_AFTER = timedelta(14), timedelta(120), timedelta(400)
Words = dict[str, str]

WHOM: dict[str, Words] = {
    "problem": {
        "lv": "Iedzīvotāji un darbinieki, kuri gatavo atbildes un lēmumus",
        "lt": "Gyventojai ir darbuotojai, kurie rengia atsakymus ir sprendimus",
        "en": "Inhabitants, and employees who prepare answers and decisions",
    },
    "training": {
        "lv": "Pašvaldību speciālisti un nodaļu vadītāji",
        "lt": "Savivaldybių specialistai ir skyrių vedėjai",
        "en": "Specialists and heads of department in the municipalities",
    },
}
DESCRIBED: dict[str, Words] = {
    "problem": {
        "lv": "Aptaujā nosaukta problēmjoma: svarīga, bet neveicas tik labi. Atbildes ir simulētas.",
        "lt": "Apklausoje įvardyta probleminė sritis: svarbi, bet sekasi prasčiau. Atsakymai sumodeliuoti.",
        "en": "A problem area named in the survey: it matters, but goes badly. The answers are simulated.",
    },
    "training": {
        "lv": "Aptaujā nosaukta mācību vajadzība: prasme ir svarīga, bet tās trūkst. Atbildes ir simulētas.",
        "lt": "Apklausoje įvardytas mokymų poreikis: gebėjimas svarbus, bet jo trūksta. Atsakymai "
        "sumodeliuoti.",
        "en": "A training need named in the survey: the skill matters, but is lacking. The answers are "
        "simulated.",
    },
}
AGREED = "Vadības grupa vienojās / Valdymo grupė sutarė"
TAKEN_UP = "Iekļauts pasākumu plānā / Įtraukta į veiklų planą"
MET = "Atkārtotajā aptaujā skaidri mazāk / Pakartotinėje apklausoje aiškiai mažiau"
DROPPED = "Risina citā projektā / Sprendžiama kitame projekte"


def seed(today: date) -> None:
    coordinator = User.objects.get(email=email_of("coordinator"))
    asked = Wave.objects.filter(is_simulated=True, source=Wave.Source.ASKED_HERE, kind=Wave.Kind.BASELINE)
    for wave in asked.order_by("opens_on"):
        needs = named(wave, coordinator)
        after = wave.followed_by.filter(settled_on__isnull=False).order_by("opens_on").last()
        if after is not None:
            followed(wave, after, needs, coordinator)


def named(wave: Wave, by: User) -> dict[str, Need]:
    """Key of the question → the need that its answers show: those whose whole interval lies above nought."""
    named_on = wave.closes_on + NAMED_AFTER
    made: dict[str, Need] = {}
    for kind, found in analysis.ranked(analysis.read(wave)).items():
        shown = [one for one in found if one.low > 0][:MOST_OF_A_KIND]
        for place, one in enumerate(shown):
            said = of_topic(one)
            need = records.make_from_result(
                wave=wave, kind=kind, label=said.label, evidence=said.evidence, by=by, today=named_on
            )
            write(need, kind)
            taken_up(need, place, len(shown), by, named_on)
            made[one.about.key] = need
    return made


def write(need: Need, kind: str) -> None:
    for name, words in (("whom", WHOM[kind]), ("description", DESCRIBED[kind])):
        for lang, said in words.items():
            setattr(need, f"{name}_{lang}", said)
    need.save()


def taken_up(need: Need, place: int, of: int, by: User, named_on: date) -> None:
    """All but the last are agreed on; of those all but the last are worked on; the last one is dropped."""
    if of > 2 and place == of - 1:
        records.set_status(
            need=need, status=Need.Status.DROPPED, reason=DROPPED, by=by, today=named_on + AGREED_AFTER
        )
        return
    records.set_status(
        need=need, status=Need.Status.AGREED, reason=AGREED, by=by, today=named_on + AGREED_AFTER
    )
    if place < max(1, of - 2):
        records.set_status(
            need=need, status=Need.Status.ADDRESSED, reason=TAKEN_UP, by=by, today=named_on + TAKEN_UP_AFTER
        )


def followed(before: Wave, after: Wave, needs: dict[str, Need], by: User) -> None:
    """What the follow-up says of each need; one that is clearly smaller, and small now, is met."""
    was, now = analysis.read(before), analysis.read(after)
    day = after.closes_on + NAMED_AFTER
    later = {one.about.key: one for found in analysis.ranked(now).values() for one in found}
    changed: dict[str, Changed] = {
        one.question.key: one for found in analysis.need_changes(was, now).values() for one in found
    }
    worked_on = set(Need.objects.filter(status=Need.Status.ADDRESSED).values_list("pk", flat=True))
    for key, need in needs.items():
        if key not in later:
            continue
        said = of_topic(later[key])
        records.add_evidence(need=need, wave=after, evidence=said.evidence, today=day)
        difference = changed[key].difference
        is_smaller = difference.is_clear and difference.value < -changed[key].before.value / 2
        if is_smaller and need.pk in worked_on:
            records.set_status(need=need, status=Need.Status.MET, reason=MET, by=by, today=day)
