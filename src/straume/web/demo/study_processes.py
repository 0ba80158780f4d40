"""How the demo's services run in each place: described for the seeded generator, every figure simulated.

The steps follow what audits and municipalities told in public; legal bases are for a lawyer to check. Which
place takes which steps is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from straume.lean.assess.planted import Change, Loop, PlantedStep, PlantedUnit, Process

TAXES, LAWYERS, OFFICE, RECORDS = (
    "Nodokļu nodaļa",
    "Juridiskā nodaļa",
    "Izpilddirekcija",
    "Lietvedības nodaļa",
)
PARISHES, COUNCIL, GREEN = "Pagastu pārvaldes", "Dome un komitejas", "Vides un labiekārtošanas nodaļa"
LT_RECORDS, LT_OFFICE, LT_GREEN = "Bendrasis skyrius", "Administracija", "Aplinkos apsaugos skyrius"
LT_ELDER, LT_FINANCE = "Seniūnija", "Finansų skyrius"

PAID, SPLIT, BAILIFF = "Samaksāts", "Samaksa sadalīta termiņos", "Nodots tiesu izpildītājam"
# Recovery of real-estate tax debts in eleven steps; a payment ends a case early.
DEBT = {
    "select": PlantedStep("Atlasa parādniekus", unit=TAXES, touch_minutes=(15, 30, 60)),
    "parishes": PlantedStep(
        "Saskaņo ar pagastu pārvaldēm", unit=PARISHES, touch_minutes=(5, 15, 30), delay_days=(1, 3, 8)
    ),
    "remind": PlantedStep("Sūta atgādinājumu", unit=TAXES, touch_minutes=(3, 6, 12)),
    "prepare": PlantedStep(
        "Sagatavo brīdinājumu",
        unit=TAXES,
        touch_minutes=(10, 20, 40),
        delay_days=(5, 8, 14),
        ends={PAID: 0.12},
    ),
    "lawyer": PlantedStep("Vīzē jurists", unit=LAWYERS, touch_minutes=(5, 15, 30), delay_days=(1, 4, 9)),
    "sign": PlantedStep("Paraksta vadītājs", unit=OFFICE, touch_minutes=(2, 4, 8), weekdays=(1,)),
    "post": PlantedStep("Sūta ierakstītā vēstulē", unit=RECORDS, touch_minutes=(4, 8, 15)),
    "again": PlantedStep(
        "Brīdina atkārtoti",
        unit=TAXES,
        touch_minutes=(8, 15, 25),
        delay_days=(10, 14, 20),
        ends={PAID: 0.18, SPLIT: 0.08},
    ),
    "committee": PlantedStep(
        "Skata komiteja", unit=COUNCIL, touch_minutes=(2, 5, 10), weekdays=(2,), weeks_of_month=(2,)
    ),
    "council": PlantedStep(
        "Lemj dome", unit=COUNCIL, touch_minutes=(2, 5, 10), weekdays=(3,), weeks_of_month=(4,)
    ),
    "bailiff": PlantedStep("Nodod izpildrīkojumu tiesu izpildītājam", unit=TAXES, touch_minutes=(10, 20, 35)),
}
LEAN_DEBT = (
    PlantedStep("Sagatavo brīdinājumu", unit=TAXES, touch_minutes=(8, 15, 25)),
    PlantedStep(
        "Amatpersona izdod izpildrīkojumu",
        unit=TAXES,
        touch_minutes=(8, 14, 25),
        delay_days=(12, 15, 21),
        ends={PAID: 0.3, SPLIT: 0.08},
    ),
    PlantedStep("Nodod elektroniski tiesu izpildītājam", unit=TAXES, touch_minutes=(3, 5, 10)),
)
SENT_BACK = Loop(after="Vīzē jurists", back_to="Sagatavo brīdinājumu", share=0.22)

# Permit to fell protected trees, in eleven steps and in three; and its Latvian twin.
FELLING = {
    "register": PlantedStep("Registruoja prašymą", unit=LT_RECORDS, touch_minutes=(4, 8, 15)),
    "resolve": PlantedStep("Rašo rezoliuciją", unit=LT_OFFICE, touch_minutes=(1, 3, 6), weekdays=(0, 3)),
    "elder": PlantedStep(
        "Perduoda seniūnijai", unit=LT_RECORDS, touch_minutes=(2, 4, 8), delay_days=(1, 2, 4)
    ),
    "owner": PlantedStep("Tikrina nuosavybę", unit=LT_ELDER, touch_minutes=(8, 15, 30)),
    "protected": PlantedStep("Tikrina, ar medis saugotinas", unit=LT_GREEN, touch_minutes=(10, 20, 35)),
    "invite": PlantedStep("Kviečia komisiją", unit=LT_GREEN, touch_minutes=(5, 10, 20), delay_days=(1, 3, 7)),
    "visit": PlantedStep("Apžiūri medžius", unit=LT_GREEN, touch_minutes=(30, 60, 120), weekdays=(2,)),
    "record": PlantedStep("Rašo apžiūros aktą", unit=LT_GREEN, touch_minutes=(15, 25, 45)),
    "value": PlantedStep("Skaičiuoja atkuriamąją vertę", unit=LT_FINANCE, touch_minutes=(10, 20, 40)),
    "pay": PlantedStep(
        "Patikrina apmokėjimą",
        unit=LT_FINANCE,
        touch_minutes=(3, 5, 10),
        delay_days=(2, 6, 15),
        stops_clock=True,
    ),
    "permit": PlantedStep("Išduoda leidimą", unit=LT_OFFICE, touch_minutes=(5, 10, 20), weekdays=(1, 4)),
}
LEAN_FELLING = (
    PlantedStep("Registruoja prašymą", unit=LT_GREEN, touch_minutes=(4, 8, 15)),
    PlantedStep(
        "Apžiūri medžius ir nustato vertę",
        unit=LT_GREEN,
        touch_minutes=(40, 70, 130),
        delay_days=(1, 3, 6),
    ),
    PlantedStep("Išduoda leidimą", unit=LT_GREEN, touch_minutes=(5, 10, 18), ends={"Atsisakyta": 0.1}),
)
LV_FELLING = (
    PlantedStep("Reģistrē iesniegumu", unit=RECORDS, touch_minutes=(4, 8, 15)),
    PlantedStep("Pārbauda īpašumu", unit=GREEN, touch_minutes=(8, 15, 30)),
    PlantedStep("Apseko kokus", unit=GREEN, touch_minutes=(30, 55, 100), weekdays=(1,)),
    PlantedStep("Aprēķina zaudējumu atlīdzību", unit=GREEN, touch_minutes=(10, 20, 40)),
    PlantedStep(
        "Skata komisija", unit=COUNCIL, touch_minutes=(3, 8, 15), weekdays=(3,), weeks_of_month=(1, 3)
    ),
    PlantedStep(
        "Saņem samaksu", unit=TAXES, touch_minutes=(3, 5, 10), delay_days=(2, 6, 14), stops_clock=True
    ),
    PlantedStep("Izsniedz atļauju", unit=GREEN, touch_minutes=(5, 10, 20)),
)

LV_MONTHS = (0.7, 0.8, 1.2, 1.5, 1.2, 0.9, 0.7, 0.8, 1.1, 1.3, 1.1, 0.7)


@dataclass(frozen=True)
class Year:
    """One log of a place: which requests it holds, and how the table is exported."""

    label: str
    first_on: str
    last_on: str
    cases: int
    starts: bool = True
    is_register: bool = False  # a row for each document, a column for the day of each step
    drawn_on: str | None = None


@dataclass(frozen=True)
class PlaceStudy:
    """A study of the demo: a service in a place, how work runs there, and which logs exist."""

    institution: str  # slug
    service: str  # identifier in the catalogue
    process: Process | None = None
    years: tuple[Year, ...] = ()
    steps: tuple[dict[str, str], ...] = ()  # a step table instead of logs
    demand_per_year: int | None = None
    published: bool = False
    header: str = "lv"
    seed: int = 1


def debt(*keys: str, loops: tuple[Loop, ...] = (), changes: tuple[Change, ...] = ()) -> Process:
    """Debt recovery with these of the eleven steps."""
    steps = LEAN_DEBT if keys == ("lean",) else tuple(DEBT[key] for key in keys)
    return latvian(steps, loops=loops, changes=changes)


def latvian(
    steps: tuple[PlantedStep, ...], *, loops: tuple[Loop, ...] = (), changes: tuple[Change, ...] = ()
) -> Process:
    return Process(
        steps=steps,
        units=units_of(steps),
        loops=loops,
        changes=changes,
        channels={"Pasts": 0.4, "E-pasts": 0.35, "Klātiene": 0.25},
        outcomes={BAILIFF: 1.0} if steps[0].unit == TAXES else {"Atļauja": 0.92, "Atteikums": 0.08},
        month_weights=LV_MONTHS,
    )


def felling(*keys: str, changes: tuple[Change, ...] = (), loops: tuple[Loop, ...] = ()) -> Process:
    """The Lithuanian permit with these of the eleven steps."""
    steps = LEAN_FELLING if keys == ("lean",) else tuple(FELLING[key] for key in keys)
    return Process(
        steps=steps,
        units=units_of(steps),
        loops=loops,
        changes=changes,
        channels={"El. paštas": 0.45, "Paštas": 0.2, "Atvyko": 0.35},
        outcomes={"Leidimas": 0.9, "Atsisakyta": 0.1},
        month_weights=(0.8, 0.9, 1.4, 1.3, 0.9, 0.8, 0.8, 0.9, 1.2, 1.3, 1.0, 0.7),
        timezone="Europe/Vilnius",
        country="LT",
    )


def units_of(steps: tuple[PlantedStep, ...]) -> tuple[PlantedUnit, ...]:
    """Every unit that works in these steps; those that carry the service have two people."""
    names = dict.fromkeys(step.unit for step in steps)
    return tuple(PlantedUnit(name, workers=2 if name in (TAXES, GREEN, LT_GREEN) else 1) for name in names)


ALL_DEBT = tuple(DEBT)
ALL_FELLING = tuple(FELLING)
WITHOUT_PARISHES = tuple(key for key in ALL_DEBT if key != "parishes")
WITHOUT_COUNCIL = tuple(key for key in WITHOUT_PARISHES if key not in ("committee", "council"))
SHORT = ("select", "prepare", "sign", "post", "again", "council", "bailiff")

# Made simple before the council election of June 2017; from early 2018 the old ways came back, one by one.
ERODED = (
    Change(
        on="2017-01-01",
        without=("Saskaņo ar pagastu pārvaldēm", "Brīdina atkārtoti", "Skata komiteja"),
        weekdays={"Paraksta vadītājs": ()},
        loop_share={"Vīzē jurists": 0.05},
    ),
    Change(
        on="2018-01-15",
        over_days=90,
        step_share={"Saskaņo ar pagastu pārvaldēm": 0.7, "Brīdina atkārtoti": 0.9, "Skata komiteja": 0.9},
        weekdays={"Paraksta vadītājs": (1,)},
        touch_factor={"Vīzē jurists": 1.6},
        loop_share={"Vīzē jurists": 0.25},
    ),
)
# Made simple in late 2018, and held through the election of March 2019.
IMPROVED = (
    Change(
        on="2018-11-01",
        over_days=45,
        without=("Rašo rezoliuciją", "Perduoda seniūnijai", "Kviečia komisiją"),
        weekdays={"Apžiūri medžius": (), "Išduoda leidimą": ()},
    ),
)

FULL_2017 = Year("2017", "2017-01-09", "2017-12-22", 330, drawn_on="2018-04-30")
FULL_2018 = Year("2018", "2018-01-08", "2018-12-21", 340, drawn_on="2019-04-30")
UNTIL_AUTUMN_2019 = Year("2019", "2019-01-07", "2019-08-30", 210, drawn_on="2019-12-31")
LONG = Year("2017–2019", "2017-03-01", "2019-05-31", 480, drawn_on="2019-07-31")

AGLONA_STEPS = (
    {"step": "Atlasa parādniekus", "unit": TAXES, "touch": "30–60 min", "wait": "", "legal_basis": ""},
    {"step": "Sūta atgādinājumu", "unit": TAXES, "touch": "5–10 min", "wait": "2 d.d."},
    {
        "step": "Sagatavo brīdinājumu",
        "unit": TAXES,
        "touch": "15–40 min",
        "wait": "2 nedēļas",
        "share": "80 %",
        "legal_basis": "Administratīvā procesa likums (jāpārbauda juristam)",
    },
    {
        "step": "Paraksta vadītājs",
        "unit": OFFICE,
        "touch": "5 min",
        "wait": "3 d.d.",
        "share": "80 %",
        "batch_days": "7",
        "complete_accurate": "90 %",
    },
    {
        "step": "Nodod izpildrīkojumu tiesu izpildītājam",
        "unit": TAXES,
        "touch": "20–30 min",
        "wait": "1 mēnesis",
        "share": "55 %",
        "legal_basis": "Civilprocesa likums (jāpārbauda juristam)",
    },
)


def studies(*, debt_service: str, felling_service: str) -> tuple[PlaceStudy, ...]:
    """All studies of the demo, under the identifiers that the catalogue gives the two services."""
    in_latvia = PlaceStudy("", debt_service)
    in_lithuania = PlaceStudy("", felling_service, header="lt")
    return (
        replace(
            in_latvia,
            institution="livani",
            process=debt(*ALL_DEBT, loops=(SENT_BACK,)),
            years=(FULL_2017, FULL_2018),
            seed=11,
        ),
        replace(
            in_latvia,
            institution="daugavpils",
            process=debt(*WITHOUT_PARISHES, loops=(SENT_BACK,)),
            years=(LONG,),
            published=True,
            seed=12,
        ),
        replace(
            in_latvia,
            institution="rezekne-novads",
            process=debt(*ALL_DEBT),
            years=(replace(LONG, starts=False),),
            seed=13,
        ),
        replace(
            in_latvia,
            institution="preili",
            process=debt(*ALL_DEBT, loops=(SENT_BACK,), changes=ERODED),
            years=(replace(FULL_2017, cases=240), replace(FULL_2018, cases=250)),
            published=True,
            seed=14,
        ),
        replace(
            in_latvia,
            institution="ludza",
            process=debt(*SHORT, loops=()),
            years=(FULL_2018,),
            published=True,
            seed=15,
        ),
        replace(
            in_latvia,
            institution="balvi",
            process=debt(*WITHOUT_COUNCIL),
            years=(replace(FULL_2018, cases=260, is_register=True),),
            seed=16,
        ),
        replace(
            in_latvia,
            institution="kraslava",
            process=debt("lean"),
            years=(replace(FULL_2018, cases=300),),
            published=True,
            seed=17,
        ),
        replace(in_latvia, institution="aglona", steps=AGLONA_STEPS, demand_per_year=90),
        replace(
            in_lithuania,
            institution="utena",
            process=felling(*ALL_FELLING, changes=IMPROVED),
            years=(replace(FULL_2018, cases=260), UNTIL_AUTUMN_2019),
            published=True,
            seed=21,
        ),
        replace(
            in_lithuania,
            institution="anyksciai",
            process=felling("lean"),
            years=(replace(LONG, cases=300),),
            published=True,
            seed=22,
        ),
        replace(
            in_lithuania,
            institution="zarasai",
            process=felling(*ALL_FELLING),
            years=(replace(FULL_2018, cases=200),),
            seed=23,
        ),
        PlaceStudy(
            "livani",
            felling_service,
            process=latvian(LV_FELLING),
            years=(replace(FULL_2018, cases=180),),
            seed=24,
        ),
    )
