"""Project LLI-59 with its real partners, dates and totals; how the partners split the money is simulated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from straume.web.places.models import Institution
from straume.web.programme.models import BudgetLine, Partner, Project

TOTAL = Decimal("382667.65")
EU = Decimal("325267.50")
LINES = {  # simulated; they sum to the stated totals to the cent
    "ezeru-krastas": {
        "staff": ("64200.00", "54570.00"),
        "office": ("9630.00", "8185.50"),
        "travel": ("21400.00", "18190.00"),
        "external": ("98000.00", "83300.00"),
        "equipment": ("3200.00", "2720.00"),
    },
    "latgale": {
        "staff": ("61800.00", "52530.00"),
        "office": ("9270.00", "7879.50"),
        "travel": ("19600.00", "16660.00"),
        "external": ("92367.65", "78512.50"),
        "equipment": ("3200.00", "2720.00"),
    },
}


def seed(today: date) -> None:
    project = Project.objects.create(
        code="LLI-59",
        name_lv="Atvērtā līderība",
        name_lt="Atvira lyderystė",
        name_en="Open leadership",
        full_name_lv="Praktisku apmācību un pasākumu cikls, kas veicina iestāžu sadarbību un stiprina to "
        "darbinieku spējas",
        full_name_lt="Praktinių mokymų ir renginių ciklas, skatinantis institucijų bendradarbiavimą ir "
        "stiprinantis jų darbuotojų gebėjimus",
        full_name_en="A cycle of practical training and events that fosters cooperation between "
        "institutions and builds the capacity of their employees",
        programme_lv="Interreg V-A Latvijas–Lietuvas programma 2014.–2020. gadam",
        programme_lt="2014–2020 m. „Interreg V-A“ Latvijos ir Lietuvos programa",
        programme_en="Interreg V-A Latvia–Lithuania Programme 2014–2020",
        programme_url="https://2014-2020.latlit.eu/",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur=TOTAL,
        stated_eu_eur=EU,
        note_lv="Viens partneris publicē kopsummu 382 667,64 EUR, divas citas lapas – 382 667,65 EUR; "
        "85 % no otrās ir ERAF daļa.",
        note_lt="Vienas partneris skelbia bendrą sumą 382 667,64 EUR, du kiti puslapiai – 382 667,65 EUR; "
        "85 % antrosios sumos yra ERPF dalis.",
        note_en="One partner prints the total as EUR 382 667.64, two other pages as EUR 382 667.65; "
        "85 % of the second is the ERDF share.",
    )
    for slug, lines in LINES.items():
        partner = Partner.objects.create(
            project=project,
            institution=Institution.objects.get(slug=slug),
            part=Partner.Part.LEAD if slug == "ezeru-krastas" else Partner.Part.PARTNER,
        )
        for category, (amount, eu_amount) in lines.items():
            BudgetLine.objects.create(
                partner=partner,
                category=category,
                amount_eur=Decimal(amount),
                eu_amount_eur=Decimal(eu_amount),
                is_simulated=True,
            )
