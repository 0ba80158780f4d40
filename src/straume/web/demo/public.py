"""LLI-59 made public: texts that the funder asks for, a result told, who uses which lean tool (simulated)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import vl_convert
from django.core.files.base import ContentFile

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.places.models import Institution, Unit
from straume.web.programme.models import Activity, Project, ProjectLogo
from straume.web.public import actions
from straume.web.public.models import Publicity, ResultStory, ToolUse

CO_FINANCING = {
    "lv": "Projektu LLI-59 „Atvērtā līderība” līdzfinansē Eiropas Savienība no Eiropas Reģionālās attīstības "
    "fonda Interreg V-A Latvijas–Lietuvas programmā 2014.–2020. gadam.",
    "lt": "Projektą LLI-59 „Atvira lyderystė“ bendrai finansuoja Europos Sąjunga Europos regioninės plėtros "
    "fondo lėšomis pagal 2014–2020 m. „Interreg V-A“ Latvijos ir Lietuvos programą.",
    "en": "Project LLI-59 “Open leadership” is co-financed by the European Union from the European Regional "
    "Development Fund under the Interreg V-A Latvia–Lithuania Programme 2014–2020.",
}
DISCLAIMER = {
    "lv": "Par šo lapu saturu atbild vienīgi projekta partneri, un tas nekādā gadījumā nav uzskatāms par "
    "Eiropas Savienības nostāju.",
    "lt": "Už šių puslapių turinį atsako tik projekto partneriai, ir jis jokiu būdu nelaikytinas Europos "
    "Sąjungos pozicija.",
    "en": "The partners of the project alone are responsible for the content of these pages; it can under no "
    "circumstances be taken for the position of the European Union.",
}
# not the programme's logo, and it says so
PLACE_OF_A_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="112" viewBox="0 0 360 112">'
    '<g font-family="sans-serif">'
    '<rect width="360" height="112" fill="#fff" stroke="#5b6b75" stroke-width="2" stroke-dasharray="8 6"/>'
    '<text x="180" y="50" font-size="22" text-anchor="middle" fill="#1b2730">DEMO</text>'
    '<text x="180" y="82" font-size="18" text-anchor="middle" fill="#1b2730">'
    "Interreg: logo / logotips / logotipas</text></g></svg>"
)
STORY = {
    "title_lv": "Atbilde ātrāk, jo par parādu vairs nelemj divreiz",
    "title_lt": "Atsakymas greičiau, nes dėl skolos nebesprendžiama du kartus",
    "title_en": "A quicker answer, because a debt is no longer decided on twice",
    "text_lv": "Viena pašvaldība pēc mācībām uzzīmēja nekustamā īpašuma nodokļa parādu piedziņas ceļu un "
    "atrada soļus, ko neviens likums neprasa. Par trim no tiem vienojās, ka tos var izlaist.",
    "text_lt": "Viena savivaldybė po mokymų nubraižė nekilnojamojo turto mokesčio skolų išieškojimo kelią ir "
    "rado žingsnių, kurių nereikalauja joks įstatymas. Dėl trijų iš jų sutarta, kad jų galima atsisakyti.",
    "text_en": "After the training one municipality drew the way of recovering real-estate tax debts and "
    "found steps that no law asks for. For three of them people agreed that they can be left out.",
}
USES = (  # tool, institution, unit, since, post
    ("asaichi", "utena", "Aplinkos apsaugos skyrius", date(2018, 9, 3), "Skyriaus vedėjas"),
    ("asaichi", "anyksciai", "", date(2018, 11, 5), "Lean koordinatorius"),
    ("5s", "livani", "Nodokļu nodaļa", date(2018, 10, 1), "Nodaļas vadītājs"),
    ("5s", "utena", "", date(2017, 2, 1), "Lean koordinatorius"),
    ("value_stream", "livani", "Nodokļu nodaļa", date(2018, 7, 2), "Nodaļas vadītājs"),
    ("value_stream", "utena", "Aplinkos apsaugos skyrius", date(2017, 6, 1), "Skyriaus vedėjas"),
    ("gemba", "anyksciai", "", date(2018, 1, 15), "Administracijos direktorius"),
    ("kaizen", "utena", "", date(2017, 3, 1), "Lean koordinatorius"),
)


def seed(today: date) -> None:
    project = Project.objects.get(code="LLI-59")
    coordinator = User.objects.get(email=email_of("coordinator"))
    now = datetime(today.year, today.month, today.day, 6, tzinfo=UTC)
    Publicity.objects.create(
        project=project,
        eu_url="https://european-union.europa.eu/",
        contact_post="Latgales plānošanas reģions / Euroregionas „Ežerų kraštas“ (demo)",
        contact_email="projekts@demo.example",
        **{f"co_financing_{code}": text for code, text in CO_FINANCING.items()},
        **{f"disclaimer_{code}": text for code, text in DISCLAIMER.items()},
    )
    if not project.logos.exists():
        logo = ProjectLogo(project=project, name="Interreg (demo)", content_type="image/png", added_at=now)
        logo.file.save("logo.png", ContentFile(vl_convert.svg_to_png(PLACE_OF_A_LOGO)))
    ResultStory.objects.create(project=project, told_on=date(2019, 3, 28), is_simulated=True, **STORY)
    actions.publish_project(project=project, by=coordinator, now=now)
    known = Activity.objects.filter(work_package__project=project).exclude(status="planned")
    actions.publish_activities(
        project=project, chosen=set(known.values_list("pk", flat=True)), by=coordinator, now=now
    )
    for tool, slug, unit, since, post in USES:
        institution = Institution.objects.get(slug=slug)
        ToolUse.objects.create(
            tool=tool,
            institution=institution,
            unit=Unit.objects.filter(institution=institution, name=unit).first() if unit else None,
            since_on=since,
            contact_post=post,
            is_simulated=True,
        )
