"""Which column of a step table means what: headings as people write them in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from straume.lean.errors import Place, Problem
from straume.lean.stream.folding import fold

# role → headings; the first of each language is the one of the template (straume.words.terms)
ALIASES: dict[str, tuple[str, ...]] = {
    "number": ("Nr.", "No.", "Eil. Nr.", "Nr", "No", "#", "Kārtas numurs", "Eilės numeris", "Number", "Seq"),
    "step": (
        *("Solis", "Ko dara?", "Ko dara", "Darbība", "Process", "Uzdevums", "Soļa nosaukums"),
        *("Žingsnis", "Ką daro?", "Ką daro", "Veiksmas", "Veikla", "Užduotis", "Žingsnio pavadinimas"),
        *("Step", "What is done?", "What is done", "Activity", "Task", "Step name", "Name"),
    ),
    "lane": (
        *("Kas dara?", "Kas dara", "Amats", "Funkcija", "Josla", "Loma"),
        *("Kas daro?", "Kas daro", "Pareigybė", "Pareigos", "Juosta", "Vaidmuo"),
        *("Who does it?", "Who does it", "Function", "Lane", "Role", "Post"),
    ),
    "unit": (
        *("Struktūrvienība", "Nodaļa", "Vienība", "Daļa"),
        *("Padalinys", "Skyrius", "Poskyris"),
        *("Unit", "Department", "Office", "Team"),
    ),
    "staff": (
        *("Darbinieku skaits", "Cilvēki", "Darbinieki", "Darbuotojų skaičius", "Darbuotojai", "Žmonės"),
        *("Staff", "People", "Number of staff", "Staff count"),
    ),
    "touch": (
        *("Tiešā darba laiks", "Cik ilgi strādā?", "Cik ilgi strādā", "Darba laiks", "Darbs"),
        *("Tiesioginio darbo trukmė", "Kiek dirba?", "Kiek dirba", "Darbo laikas", "Darbo trukmė", "Darbas"),
        *("Touch time", "How long is the work?", "Process time", "Work time", "Work", "PT"),
    ),
    "touch_low": (
        *("Darbs vismaz", "Darba laiks min.", "Darbas mažiausiai", "Darbo laikas min."),
        *("Work at least", "Touch time min", "PT min"),
    ),
    "touch_mode": (
        *("Darbs parasti", "Darba laiks parasti", "Darbas paprastai", "Darbo laikas paprastai"),
        *("Work usually", "Touch time mode", "PT mode"),
    ),
    "touch_high": (
        *("Darbs ilgākais", "Darbs lielākais", "Darba laiks maks."),
        *("Darbas daugiausiai", "Darbo laikas maks."),
        *("Work at most", "Touch time max", "PT max"),
    ),
    "wait": (
        *("Gaidīšana pirms", "Cik gaida?", "Cik gaida", "Gaidīšana", "Gaidīšanas laiks", "Gaida"),
        *("Laukimas prieš", "Kiek laukia?", "Kiek laukia", "Laukimas", "Laukimo laikas", "Laukia"),
        *("Waiting before", "How long is the wait?", "Waiting", "Wait", "Wait before", "Queue time"),
    ),
    "complete_accurate": (
        *("Derīgs bez labošanas, %", "Derīgs bez labošanas", "Pareizi no pirmās reizes"),
        *("Tinkama be taisymų, %", "Tinkama be taisymų", "Teisingai iš pirmo karto"),
        *("% complete and accurate", "%C&A", "C&A", "Complete and accurate", "First time right"),
    ),
    "share": (
        *(
            "Kādai daļai lietu, %",
            "Lietu daļa",
            "Kādai daļai lietu",
            "Cik daļai lietu, %",
            "Cik daļai lietu",
            "Daļa",
        ),
        *("Kokiai daliai atvejų, %", "Atvejų dalis", "Kokiai daliai atvejų", "Dalis"),
        *("Kokiai daliai bylų, %", "Bylų dalis", "Kokiai daliai bylų"),
        *("Share of cases, %", "Share of cases", "Share", "% of cases"),
    ),
    "occurrences": (
        *("Cik reižu lietā", "Reizes", "Atkārtojumi"),
        *("Kiek kartų per atvejį", "Kiek kartų byloje", "Kartai", "Pasikartojimai"),
        *("Times per case", "Repeats", "Occurrences", "Passes"),
    ),
    "batch_size": (
        *("Cik krāj kopā", "Partija", "Partijas lielums", "Kiek kaupiama", "Partija, vnt.", "Partijos dydis"),
        *("Batch size", "Batch"),
    ),
    "batch_days": (
        *("Cik bieži, dienas", "Cik bieži", "Reizi dienās", "Kas kiek dienų", "Kaip dažnai"),
        *("Batch every, days", "Batch every", "Every how many days", "Batch interval"),
    ),
    "value_class": (
        *("Vērtība", "Vērtības veids", "Vertė", "Vertės rūšis", "Value class", "Value", "VA class", "VA"),
    ),
    "is_check": (
        *("Vai tā ir pārbaude?", "Pārbaude", "Ar tai patikra?", "Patikra", "Tikrinimas"),
        *("Is it a check?", "Check", "Check?", "Is check"),
    ),
    "legal_basis": (
        *("Kurš tiesību akts to prasa?", "Tiesiskais pamats", "Tiesību akts"),
        *("Koks teisės aktas to reikalauja?", "Teisinis pagrindas", "Teisės aktas"),
        *("Which law asks for it?", "Legal basis", "Law"),
    ),
    "legal_from": (
        *("Spēkā no", "Tiesību akts no", "Galioja nuo", "Teisės aktas nuo", "In force from", "Legal from"),
    ),
    "legal_until": (
        *("Spēkā līdz", "Tiesību akts līdz", "Galioja iki", "Galiojo iki", "Teisės aktas iki"),
        *("In force until", "Legal until"),
    ),
    "medium": (
        *("Kā nodod", "Nodošanas veids", "Forma", "Kaip perduoda", "Perdavimo būdas"),
        *("How it is handed on", "Medium", "Channel"),
    ),
    "system": (
        *("IT sistēma", "Sistēma", "Informācijas sistēma", "IT sistema", "Sistema", "Informacinė sistema"),
        *("IT system", "System", "Software"),
    ),
    "rate": (
        *("Likme, EUR/h", "Likme", "Stundas likme", "Įkainis, EUR/val.", "Įkainis", "Valandos įkainis"),
        *("Rate, EUR/h", "Rate", "Hourly rate", "Cost rate"),
    ),
    "goes_to": (
        *("Kas tālāk", "Tālāk", "Nākamais solis", "Pāriet uz", "Kas toliau", "Toliau", "Kitas žingsnis"),
        *("Goes to", "Next", "Next step", "Then"),
    ),
    "notes": ("Piezīmes", "Pastabos", "Notes", "Piezīme", "Pastaba", "Note", "Comments", "Barriers"),
}
_UNITS_IN_HEADINGS = {
    "minute": r"min|minut\w*",
    "hour": r"h|st|stund\w*|val|valand\w*|hours?",
    "working_day": r"d\. ?d|dd|darba dien\w*|darbo dien\w*|working days?",
    "day": r"d|dien\w*|days?|kalendara\w* dien\w*|kalendorin\w* dien\w*|calendar days?",
    "week": r"ned\w*|sav\w*|weeks?",
}


@dataclass(frozen=True)
class Column:
    """A column of the table: the heading as it stands, what it means, and the unit that the heading names."""

    heading: str
    role: str
    unit: str | None = None


def recognise(headings: Iterable[object]) -> tuple[dict[str, Column], list[Problem], list[Problem]]:
    """Columns by role; problems (a role twice, no step column); notices (headings that mean nothing here)."""
    found: dict[str, Column] = {}
    problems: list[Problem] = []
    notices: list[Problem] = []
    for heading in headings:
        text = str(heading or "").strip()
        if not text:
            continue
        role, unit = _role(text)
        if role is None:
            notices.append(Problem("step_column_unknown", {"column": text}, Place(column=text)))
        elif role in found:
            params = {"column": text, "other": found[role].heading}
            problems.append(Problem("step_column_twice", params, Place(column=text)))
        else:
            found[role] = Column(text, role, unit)
    if "step" not in found:
        problems.append(Problem("step_column_missing", {}))
    return found, problems, notices


def looks_like_steps(headings: Iterable[object]) -> bool:
    """Whether a table is a list of steps and not a case log: a step column and one that only steps have."""
    roles = {_role(str(heading or ""))[0] for heading in headings}
    telling = {"touch", "touch_low", "touch_mode", "wait", "complete_accurate", "goes_to", "value_class"}
    return "step" in roles and bool(roles & telling)


def _role(heading: str) -> tuple[str | None, str | None]:
    folded = _plain(heading)
    if folded in _BY_ALIAS:
        return _BY_ALIAS[folded], _heading_unit(heading)
    if heading.strip().casefold() in ALIASES:
        return heading.strip().casefold(), None
    without_unit = _plain(re.sub(r"\([^)]*\)|,[^,]*$", "", heading))
    return _BY_ALIAS.get(without_unit), _heading_unit(heading)


def _heading_unit(heading: str) -> str | None:
    tail = re.search(r"\(([^)]*)\)|,([^,]*)$", heading)
    text = fold((tail[1] or tail[2]) if tail else "").rstrip(".")
    return next((unit for unit, form in _UNITS_IN_HEADINGS.items() if re.fullmatch(form, text)), None)


def _plain(heading: str) -> str:
    return re.sub(r"[\s.?:*_]+", " ", fold(heading)).strip()


_BY_ALIAS = {_plain(alias): role for role, aliases in ALIASES.items() for alias in aliases}
