"""tools/translations.py: what it finds, what it refuses in a .po, and that an update loses nothing."""

from __future__ import annotations

import polib
import pytest
from django.utils.translation import gettext, override, pgettext

import translations

TEMPLATE = """{% load i18n %}
<h1 {% if x %}class="b"{% endif %}>{% translate "It's (fine" %}</h1>
    <p>{% blocktranslate trimmed count n=things|length %}
       one {{ n }} thing
    {% plural %}
       {{ n }} things
    {% endblocktranslate %}</p>
  {% translate "Open" context "verb" %} {% include "a.html" with title=_("A title") %} unclosed ( [ {
"""
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext
name = _("Name of the "
         "unit")
ngettext("one case", "%(n)s cases", 3)
_counted(1, lang, "{n} day", "{n} days")
npgettext("law", "act", "acts", 2)
_(name)
"""


@pytest.fixture
def app(tmp_path):
    """A source tree with one app, and a function that writes its Latvian .po."""
    folder = tmp_path / "web" / "town"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").touch()
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    (folder / "views.py").write_text(PYTHON)
    (tmp_path / "words").mkdir()
    return next(domain for domain in translations.domains(tmp_path) if domain.folder == folder)


def write(domain: translations.Domain, lang: str = "lv") -> polib.POFile:
    """A .po in which every message is translated by something that cannot be English."""
    translations.update(domain, lang)
    catalog = polib.pofile(str(domain.path(lang)))
    for entry in catalog:
        made = "Ā" + "".join(f" {{{name}}}" for name in sorted(translations.placeholders(entry.msgid_plural)))
        percent = made.replace("{", "%(").replace("}", ")s")
        text = percent if "%(" in entry.msgid_plural else made
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, text)
        else:
            entry.msgstr = "Ā" + "".join(f" {{{n}}}" for n in sorted(translations.placeholders(entry.msgid)))
    catalog.save()
    return catalog


def test_it_finds_the_messages_of_python_and_of_templates(app):
    found = {(m.context, m.text, m.plural) for m in app.messages().values()}
    assert found == {
        (None, "Name of the unit", None),
        (None, "one case", "%(n)s cases"),
        (None, "{n} day", "{n} days"),
        ("fraction", "{n} days", None),
        ("law", "act", "acts"),
        (None, "It's (fine", None),
        (None, "one %(n)s thing", "%(n)s things"),
        ("verb", "Open", None),
        (None, "A title", None),
    }


def test_modules_of_words_that_name_one_domain_share_it(tmp_path):
    words = tmp_path / "words"
    words.mkdir()
    (words / "findings.py").write_text('_ = catalog("findings", lang).gettext\n_("Late start")\n')
    (words / "figures.py").write_text('_ = catalog("findings", lang).gettext\n_("Weekdays")\n')
    (words / "shades.py").write_text('N_("Late")\n')
    (words / "later.py").write_text('from straume.words.shades import LATE\ncatalog("findings", lang)\n')
    (words / "terms.py").write_text('N_("case")\n')
    found = {
        domain.name: {text for _, text in domain.messages()} for domain in translations.domains(tmp_path)
    }
    assert found["findings"] == {"Late start", "Weekdays", "Late"}
    assert found["terms"] == {"case"}


def test_a_complete_translation_passes(app):
    for lang in translations.PLURALS:
        write(app, lang)
        assert list(translations.problems(app, lang)) == []


def test_a_missing_file_is_a_problem(app):
    assert list(translations.problems(app, "lt")) == ["there is no such file, and 9 messages to translate"]


def spoil(entry: str, **values):
    def change(catalog: polib.POFile) -> None:
        found = next(e for e in catalog if e.msgid == entry)
        for name, value in values.items():
            setattr(found, name, value)

    return change


def without(entry: str):
    return lambda catalog: catalog.remove(next(e for e in catalog if e.msgid == entry))


def with_entry(**values):
    return lambda catalog: catalog.append(polib.POEntry(**values))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without("A title"), "missing: 'A title'"),
        (with_entry(msgid="Gone", msgstr="Prom"), "in no source: 'Gone'"),
        (spoil("A title", msgstr=""), "not translated: 'A title'"),
        (spoil("A title", flags=["fuzzy"]), "fuzzy: 'A title'"),
        (spoil("Name of the unit", msgstr="Name of the unit"), "still in English: 'Name of the unit'"),
        (
            spoil("one case", msgstr_plural={0: "%(n)s a", 1: "%(n)s b", 2: "%(m)s c"}),
            "its placeholders differ from the source: 'one case'",
        ),
        (
            spoil("one case", msgstr_plural={0: "viena lieta", 1: "%(n)s b", 2: "%(n)s c"}),
            "its placeholders differ from the source: 'one case'",
        ),
        (
            spoil("one case", msgstr_plural={0: "%(n)s a", 1: "%(n)s b", 2: ""}),
            "needs 3 plural forms: 'one case'",
        ),
        (
            lambda catalog: catalog.metadata.update({"Plural-Forms": "nplurals=2; plural=(n != 1);"}),
            f"its Plural-Forms header is not that of the language: {translations.PLURALS['lv']}",
        ),
    ],
    ids=lambda value: value.split(":")[0] if isinstance(value, str) else "",
)
def test_it_refuses(app, change, problem):
    catalog = write(app)
    change(catalog)
    catalog.save()
    assert list(translations.problems(app, "lv")) == [problem]


def test_an_update_keeps_translations_sorts_and_parks_what_is_gone(app):
    write(app)
    page = app.folder / "templates" / "page.html"
    page.write_text(page.read_text().replace("It's (fine", "All is well"))
    fresh = next(d for d in translations.domains(app.folder.parents[1]) if d.folder == app.folder)
    assert translations.update(fresh, "lv")
    catalog = polib.pofile(str(app.path("lv")))
    entries = {entry.msgid: entry for entry in catalog}
    assert entries["A title"].msgstr == "Ā"
    assert entries["All is well"].msgstr == ""
    assert entries["It's (fine"].obsolete
    assert entries["It's (fine"].msgstr == "Ā"
    current = [entry.msgid.casefold() for entry in catalog if not entry.obsolete]
    assert current == sorted(current)
    assert "#: " not in app.path("lv").read_text()
    assert not translations.update(fresh, "lv"), "a second update changes nothing"


def test_a_message_that_comes_back_finds_its_translation_again(app):
    write(app)
    page = app.folder / "templates" / "page.html"
    text = page.read_text()
    page.write_text(text.replace("It's (fine", "All is well"))
    translations.update(app, "lv")
    page.write_text(text)
    translations.update(app, "lv")
    assert list(translations.problems(app, "lv")) == []


def test_placeholders_are_read_in_both_notations():
    assert translations.placeholders("%(n)s of {total:,.1f} {name}, 100 %%") == {
        "n",
        "total",
        "name",
    }


def test_two_apps_say_the_same_or_one_of_them_has_a_context(app):
    other = app.folder.parent / "village"
    other.mkdir()
    (other / "apps.py").touch()
    (other / "views.py").write_text(PYTHON)
    found = translations.domains(app.folder.parents[1])
    for domain in found[1:3]:
        write(domain)
    assert list(translations.disagreements(found, "lv")) == []
    catalog = polib.pofile(str(found[2].path("lv")))
    catalog.find("Name of the unit").msgstr = "Č"
    catalog.save()
    assert list(translations.disagreements(found, "lv")) == [
        "lv: 'Name of the unit' is 'Ā' (town) and 'Č' (village): say the same, or give one of them a context"
    ]


@pytest.mark.parametrize("lang", translations.PLURALS)
def test_what_a_po_says_is_what_is_shown(lang):
    """No package that we use puts its own words over ours."""
    covered = []
    with override(lang):
        for domain in translations.domains():
            if domain.name != "django" or domain.folder.name == "demo" or not domain.path(lang).exists():
                continue
            for entry in polib.pofile(str(domain.path(lang))):
                if entry.obsolete or entry.msgid_plural:
                    continue
                shown = pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)
                if shown != entry.msgstr:
                    covered.append((domain.folder.name, entry.msgid, entry.msgstr, shown))
    assert covered == []
