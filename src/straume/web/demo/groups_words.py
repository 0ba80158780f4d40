"""Texts of the demo’s working groups: (lv, lt, en). All of it is made up."""

from __future__ import annotations

GROUPS = {
    "tourism": {
        "name": ("Tūrisms", "Turizmas", "Tourism"),
        "purpose": (
            "Ceļotājs pa ezeru zemi abpus robežai saņem vienu piedāvājumu, ne septiņpadsmit.",
            "Keliautojas po ežerų kraštą abipus sienos gauna vieną pasiūlymą, o ne septyniolika.",
            "Who travels the land of lakes on both sides of the border gets one offer, not seventeen.",
        ),
        "deliverables": (
            "Kopīgs pasākumu kalendārs; vienota anketa viesu aptaujai.",
            "Bendras renginių kalendorius; vienoda svečių apklausos anketa.",
            "A shared calendar of events; one questionnaire for visitors.",
        ),
    },
    "culture": {
        "name": ("Kultūra", "Kultūra", "Culture"),
        "purpose": (
            "Kultūras darbinieki vienojas, kā pasākumu saskaņot ātrāk un bez liekām vīzām.",
            "Kultūros darbuotojai susitaria, kaip renginį suderinti greičiau ir be nereikalingų vizų.",
            "People in culture agree how to get an event permitted sooner and without needless signatures.",
        ),
        "deliverables": (
            "Viena veidlapa pasākuma saskaņošanai.",
            "Viena renginio derinimo forma.",
            "One form for the permit of an event.",
        ),
    },
    "it": {
        "name": ("Informācijas tehnoloģijas", "Informacinės technologijos", "Information technology"),
        "purpose": (
            "Lietvedības sistēmas dod datus par darba gaitu, lai pakalpojumus uzlabotu pēc skaitļiem.",
            "Dokumentų valdymo sistemos duoda duomenis apie darbo eigą, kad paslaugos būtų gerinamos pagal "
            "skaičius.",
            "Document systems give data about the way of work, so that services improve by figures.",
        ),
        "deliverables": (
            "Parauga atskaite no lietvedības sistēmas; kopīgs palīdzības tālrunis.",
            "Pavyzdinė ataskaita iš dokumentų valdymo sistemos; bendra pagalbos linija.",
            "A sample export from the document system; a shared help line.",
        ),
    },
    "child_rights": {
        "name": ("Bērnu tiesības", "Vaiko teisės", "Rights of the child"),
        "purpose": (
            "Ziņa par bērnu nonāk pie īstā cilvēka tajā pašā dienā abās valstīs.",
            "Žinia apie vaiką abiejose šalyse tą pačią dieną pasiekia tą, kas turi veikti.",
            "Word about a child reaches the right desk on the same day in both countries.",
        ),
        "deliverables": (
            "Kontaktu saraksts pēc amatiem; kopīga rīcības kārtība.",
            "Kontaktų sąrašas pagal pareigybes; bendra veiksmų tvarka.",
            "A list of contacts by post; a shared order of steps.",
        ),
    },
    "safety": {
        "name": ("Sabiedriskā drošība", "Viešasis saugumas", "Public safety"),
        "purpose": (
            "Pašvaldības policija un ugunsdzēsēji pierobežā zina, kas kuram pieejams.",
            "Savivaldybių saugumo tarnybos ir ugniagesiai pasienyje žino, kas ką turi.",
            "Local police and fire services along the border know what each of them has.",
        ),
        "deliverables": (
            "Kopīgs tehnikas saraksts; mācības reizi gadā.",
            "Bendras technikos sąrašas; pratybos kartą per metus.",
            "A shared list of equipment; an exercise once a year.",
        ),
    },
}
SCOPE = (
    ("Darba gaita un sadarbība.", "Darbo eiga ir bendradarbiavimas.", "The way of work and cooperation."),
    (
        "Budžeta sadale un atsevišķu cilvēku vērtēšana.",
        "Biudžeto skirstymas ir atskirų žmonių vertinimas.",
        "Sharing out budgets, and judging single people.",
    ),
)
TITLES = (
    ("Ko katrs jau dara", "Ką kiekvienas jau daro", "What each of us does already"),
    ("Ko ieviešam šogad", "Ką įgyvendinsime šiemet", "What we introduce this year"),
    ("Kā sokas", "Kaip sekasi", "How it is going"),
)
POINTS = (
    ("Kas padarīts kopš pagājušās reizes", "Kas padaryta nuo praėjusio karto", "Done since last time"),
    ("Prakse, ko redzējām vizītē", "Per vizitą matyta praktika", "A practice seen on the visit"),
    ("Nākamie soļi", "Kiti žingsniai", "Next steps"),
)
MINUTES = (
    (
        "Katra pašvaldība pastāstīja, ko darījusi. Divi darbi pabeigti, viens kavējas.",
        "Kiekviena savivaldybė papasakojo, ką padarė. Du darbai baigti, vienas vėluoja.",
    ),
    (
        "Utenā darbu dienas sākumā saliek vienā skatā. Vienojāmies to izmēģināt divās struktūrvienībās.",
        "Utenoje dienos pradžioje visi darbai matomi vienoje vietoje. Sutarėme tai išbandyti dviejuose "
        "padaliniuose.",
    ),
    ("Nākamo reizi tiekamies pēc diviem mēnešiem.", "Kitą kartą susitinkame po dviejų mėnesių."),
)
DECISIONS = (
    (
        "Katra pašvaldība uzraksta vienu prakses kartīti.",
        "Kiekviena savivaldybė parašo vieną praktikos kortelę.",
        "Each municipality writes one practice card.",
    ),
    (
        "Protokolus rakstām divās valodās; angļu valodu šoreiz izlaižam.",
        "Protokolus rašome dviem kalbomis; anglų kalbos šį kartą atsisakome.",
        "Minutes are kept in two languages; English is left out this time.",
    ),
)
ACTIONS = (
    ("Uzrakstīt prakses kartīti", "Parašyti praktikos kortelę", "Write a practice card"),
    ("Nosūtīt atskaites paraugu", "Išsiųsti ataskaitos pavyzdį", "Send the sample export"),
    (
        "Sarunāt telpu nākamajai sanāksmei",
        "Susitarti dėl patalpos kitam posėdžiui",
        "Find a room for the next meeting",
    ),
)
EVIDENCE = "Kartīte publicēta; kortelė paskelbta."
LEARNT = (
    (
        "Izdevās pēc mēneša. Svarīgākais bija vienoties, kurš amats pieņem lēmumu.",
        "Pavyko po mėnesio. Svarbiausia buvo susitarti, kuri pareigybė priima sprendimą.",
        "It worked after a month. What mattered most was to agree which post decides.",
    ),
    (
        "Apturējām: mūsu apjoms ir par mazu, lai grupētu apskates pa dienām.",
        "Sustabdėme: mūsų apimtis per maža, kad apžiūras grupuotume dienomis.",
        "We stopped: we have too few cases to group inspections by day.",
    ),
)
