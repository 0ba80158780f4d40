"""Words by which exports name their columns, in Latvian, Lithuanian and English, by role; first the
surest.
"""

from __future__ import annotations

# Compared after folding: lower case, without diacritics, punctuation as single spaces. An exact name scores
# 1, a name that begins or ends with the word .8, one that holds it as whole words .6.
WORDS: dict[str, tuple[str, ...]] = {
    "case": (
        *(
            "case concept name",
            "case id",
            "caseid",
            "case number",
            "case no",
            "case",
            "trace id",
            "ticket id",
        ),
        *(
            "lietas numurs",
            "lietas nr",
            "lietas id",
            "lieta",
            "dokumenta nr",
            "dokumenta numurs",
            "iesnieguma nr",
        ),
        *(
            "iesnieguma numurs",
            "pieteikuma nr",
            "registracijas numurs",
            "registracijas nr",
            "reg nr",
            "dok nr",
        ),
        *("bylos numeris", "bylos nr", "bylos id", "byla", "dokumento nr", "dokumento numeris", "prasymo nr"),
        *("atvejo numeris", "atvejo nr", "atvejo id", "atvejis"),
        *("prasymo numeris", "registracijos numeris", "registracijos nr", "dok nr", "uzklausos nr"),
        *(
            "document number",
            "document no",
            "document id",
            "application number",
            "application id",
            "request id",
        ),
    ),
    "activity": (
        *(
            "concept name",
            "activity",
            "activity name",
            "event name",
            "step",
            "task",
            "task name",
            "action",
            "event",
        ),
        *(
            "darbiba",
            "darbibas nosaukums",
            "solis",
            "sola nosaukums",
            "uzdevums",
            "procesa solis",
            "notikums",
        ),
        *(
            "veiksmas",
            "veiksmo pavadinimas",
            "veikla",
            "veiklos pavadinimas",
            "zingsnis",
            "uzduotis",
            "ivykis",
        ),
    ),
    "start": (
        *(
            "start timestamp",
            "start time",
            "start date",
            "started at",
            "started",
            "start",
            "begin",
            "begin time",
        ),
        *("sakuma laiks", "sakuma datums", "sakums", "sakts", "uzsakts", "uzsaksanas datums", "no"),
        *("pradzios laikas", "pradzios data", "pradzia", "pradeta", "pradejimo data", "nuo"),
    ),
    "end": (
        *("time timestamp", "end timestamp", "complete timestamp", "end time", "completion time", "end date"),
        *("timestamp", "completed at", "completed", "finished", "end", "event time", "time", "date"),
        *(
            "beigu laiks",
            "beigu datums",
            "izpildes datums",
            "izpildits",
            "pabeigts",
            "beigas",
            "datums un laiks",
        ),
        *("notikuma laiks", "laiks", "datums", "lidz"),
        *(
            "pabaigos laikas",
            "pabaigos data",
            "ivykdymo data",
            "atlikimo data",
            "atlikta",
            "ivykdyta",
            "pabaiga",
        ),
        *("baigta", "data ir laikas", "ivykio laikas", "laikas", "data", "iki"),
    ),
    "worker": (
        *(
            "org resource",
            "resource",
            "worker",
            "user",
            "user name",
            "username",
            "employee",
            "performer",
            "assignee",
        ),
        *(
            "person",
            "handled by",
            "executor",
            "responsible",
            "responsible person",
            "case responsible",
            "owner",
        ),
        *(
            "darbinieks",
            "izpilditajs",
            "atbildigais",
            "atbildiga persona",
            "lietotajs",
            "vards uzvards",
            "autors",
        ),
        *("sagatavoja", "parakstitajs", "vizetajs"),
        *("darbuotojas", "vykdytojas", "atsakingas asmuo", "atsakingas", "naudotojas", "vardas pavarde"),
        *("rengejas", "pasirase", "vizavo", "autorius"),
    ),
    "unit": (
        *(
            "org group",
            "unit",
            "department",
            "org unit",
            "organizational unit",
            "org role",
            "team",
            "group",
            "role",
        ),
        *("office", "division"),
        *(
            "strukturvieniba",
            "nodala",
            "dala",
            "departaments",
            "parvalde",
            "pagasts",
            "iestade",
            "sektors",
            "loma",
        ),
        *("padalinys", "skyrius", "departamentas", "poskyris", "seniunija", "istaiga", "grupe", "vaidmuo"),
    ),
    "outcome": (
        *("outcome", "result", "decision", "resolution", "case outcome"),
        *("iznakums", "rezultats", "lemums", "lemuma veids"),
        *("baigtis", "rezultatas", "sprendimas", "sprendimo rusis"),
    ),
    "channel": (
        *("channel", "case channel", "case origin", "received via", "submission channel"),
        *("kanals", "sanemsanas veids", "iesniegsanas veids", "piegades veids"),
        *("kanalas", "gavimo budas", "pateikimo budas"),
    ),
    "received": (
        *("received", "received at", "received on", "date received", "application date", "request date"),
        *("submitted", "submitted at", "reg date", "case reg date", "registration date", "registered on"),
        *(
            "sanemts",
            "sanemsanas datums",
            "iesniegts",
            "iesniegsanas datums",
            "registracijas datums",
            "reg datums",
        ),
        *("gauta", "gavimo data", "pateikta", "pateikimo data", "registracijos data", "reg data"),
    ),
    "due": (
        *("due", "due date", "duedate", "deadline", "case deadline", "due at", "enddate planned"),
        *("termins", "izpildes termins", "atbildes termins"),
        *("terminas", "ivykdymo terminas", "atsakymo terminas", "atlikti iki", "ivykdyti iki"),
    ),
    "closed": (
        *("closed", "closed at", "closed on", "case closed", "date closed", "closing date"),
        *("slegts", "slegsanas datums", "lieta slegta", "pabeigta lieta"),
        *("uzdaryta", "uzdarymo data", "byla uzdaryta", "uzbaigimo data"),
    ),
    "status": (
        *("status", "state", "case status", "case state"),
        *("statuss", "stavoklis", "lietas statuss"),
        *("busena", "statusas", "bylos busena", "atvejo busena"),
    ),
    "stop_from": (
        *("stop from", "clock stopped", "suspended from", "paused from", "waiting for client from"),
        *("apturets no", "partraukts no", "termins apturets no", "gaida klientu no"),
        *("sustabdyta nuo", "sustabdyta", "laukiama kliento nuo", "terminas sustabdytas nuo"),
    ),
    "stop_to": (
        *("stop to", "stop until", "clock resumed", "suspended to", "suspended until", "paused until"),
        *("apturets lidz", "partraukts lidz", "termins apturets lidz", "atsakts", "gaida klientu lidz"),
        *("sustabdyta iki", "atnaujinta", "laukiama kliento iki", "terminas sustabdytas iki"),
    ),
    "transition": ("lifecycle transition", "lifecycle", "transition", "event type"),
    "instance": ("concept instance", "activity instance", "task id", "activity instance id"),
}

DATES = frozenset({"start", "end", "received", "due", "closed", "stop_from", "stop_to"})

# What people write for a case that is over, and for one that is not; folded as above.
CLOSED_WORDS = frozenset(
    ("closed", "done", "completed", "complete", "finished", "resolved", "archived")
    + ("slegts", "slegta", "pabeigts", "pabeigta", "izpildits", "izpildita", "arhivets", "arhiveta")
    + ("uzdaryta", "uzdarytas", "baigta", "baigtas", "ivykdyta", "ivykdytas", "uzbaigta", "archyvuota")
)
OPEN_WORDS = frozenset(
    ("open", "in progress", "pending", "new", "active", "waiting", "suspended")
    + (
        "atverts",
        "atverta",
        "izpilde",
        "darba",
        "procesa",
        "jauns",
        "jauna",
        "aktivs",
        "aktiva",
        "gaida",
        "apturets",
    )
    + ("atidaryta", "atvira", "vykdoma", "nauja", "naujas", "laukiama", "sustabdyta", "nebaigta", "aktyvi")
)
TOTAL_WORDS = frozenset(
    ("total", "sum", "grand total", "kopa", "kopsumma", "summa", "pavisam", "is viso", "viso", "suma")
)
