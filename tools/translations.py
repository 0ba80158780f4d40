"""Bring the .po files up to date (`update`) or say what is wrong with them (`check`).

Messages are found by Babel, in templates after Django's own templatize: neither needs GNU gettext. Each app
of the web has one domain (django), `straume.words` has one per module, or that which the module names.
Django shows one translation of a message in all apps: two that differ are refused.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

import polib
from babel.messages.extract import extract

SOURCE = Path(__file__).resolve().parents[1] / "src" / "straume"
PLURALS = {
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "lt": "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : "
    "(n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);",
}
CONTEXT = (1, "c")
KEYWORDS = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop", "translate"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (CONTEXT, 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (CONTEXT, 2, 3)),
    "_counted": (3, 4),  # words.format: a number with its word …
}
COUNTED_FRACTION = {"_counted": (4,)}  # … and its form for what is not whole, context "fraction"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdfr]|\{(\w+)(?:[.!:\[][^{}]*)?\}")
UNNAMED = re.compile(r"(?<!%)%(?:%%)*[sdfr](?!\w)|\{\}")


@dataclass(frozen=True)
class Message:
    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


@dataclass(frozen=True)
class Domain:
    """One gettext domain: its name, the folder that holds locale/, and the files that speak it."""

    name: str
    folder: Path
    sources: tuple[Path, ...]

    def path(self, lang: str) -> Path:
        return self.folder / "locale" / lang / "LC_MESSAGES" / f"{self.name}.po"

    def messages(self) -> dict[tuple[str | None, str], Message]:
        found: dict[tuple[str | None, str], Message] = {}
        for source in self.sources:
            for message in messages_in(source):
                known = found.get(message.key)
                if known is None or known.plural is None:  # a plural form serves for the singular too
                    found[message.key] = message
        return found


def domains(source: Path = SOURCE) -> list[Domain]:
    web, words = source / "web", source / "words"
    apps = sorted(path.parent for path in web.glob("*/apps.py"))
    shared = web / "templates"
    names = {app.name for app in apps}
    project = [path for path in _texts(shared) if path.relative_to(shared).parts[0] not in names]
    found = [Domain("django", web, (*sorted(web.glob("*.py")), *project))]
    found += [Domain("django", app, (*_texts(app), *_texts(shared / app.name))) for app in apps]
    modules: dict[str, list[Path]] = {}
    for path in sorted(words.rglob("*.py")):
        if path.stem != "__init__":
            modules.setdefault(_domain_of(path), []).append(path)
    return found + [Domain(name, words, tuple(paths)) for name, paths in modules.items()]


def _domain_of(module: Path) -> str:
    """The domain a module of words names, else that of the module that imports its texts."""
    if named := _named_in(module):
        return module.stem if module.stem in named else named[0]
    for other in sorted(module.parent.glob("*.py")):
        imports = re.search(rf"^from straume\.words\.{module.stem} import ", other.read_text(), re.MULTILINE)
        if imports and (named := _named_in(other)):
            return named[0]
    return module.stem


def _named_in(module: Path) -> list[str]:
    return re.findall(r"\bcatalog\(\"(\w+)\"", module.read_text(encoding="utf-8"))


def messages_in(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, origin=str(path))
    for keywords, given_context in ((KEYWORDS, None), (COUNTED_FRACTION, "fraction")):
        for _, message, _, context in extract("python", io.BytesIO(text.encode()), keywords=keywords):
            singular, plural = message if isinstance(message, tuple) else (message, None)
            if singular:
                yield Message(singular, plural, given_context or context)


def _as_python(template: str, *, origin: str) -> str:
    """Django's rewriting of a template as calls of gettext; indentation would mean something to Python."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines())


def _texts(folder: Path) -> list[Path]:
    kinds = (".py", ".html", ".txt")
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
        and not {"migrations", "locale", "static"} & set(path.relative_to(folder).parts)
    ]


# check


def problems(domain: Domain, lang: str) -> Iterator[str]:
    """What is wrong with the translation of one domain into one language, a line each."""
    wanted = domain.messages()
    path = domain.path(lang)
    if not path.exists():
        if wanted:
            yield f"there is no such file, and {len(wanted)} messages to translate"
        return
    catalog = polib.pofile(str(path))
    yield from _header_problems(catalog, lang)
    there = {(entry.msgctxt, entry.msgid): entry for entry in catalog if not entry.obsolete}
    for key in wanted.keys() - there.keys():
        yield f"missing: {_shown(*key)}"
    for key in there.keys() - wanted.keys():
        yield f"in no source: {_shown(*key)}"
    for key in wanted.keys() & there.keys():
        for problem in _entry_problems(there[key], wanted[key], forms=_forms(lang)):
            yield f"{problem}: {_shown(*key)}"


def disagreements(found: Sequence[Domain], lang: str) -> Iterator[str]:
    """Messages that two apps translate differently: Django puts the apps together, and one would win."""
    said: dict[tuple[str | None, str], dict[tuple[str, ...], list[str]]] = {}
    for domain in found:
        if domain.name == "django" and domain.path(lang).exists():
            for entry in polib.pofile(str(domain.path(lang))):
                if not entry.obsolete:
                    texts = (entry.msgstr, *entry.msgstr_plural.values())
                    words = said.setdefault((entry.msgctxt, entry.msgid), {})
                    words.setdefault(texts, []).append(domain.folder.name)
    for key, words in said.items():
        if len(words) > 1:
            each = [f"{' '.join(texts).strip()!r} ({', '.join(apps)})" for texts, apps in words.items()]
            differ = " and ".join(each)
            yield f"{lang}: {_shown(*key)} is {differ}: say the same, or give one of them a context"


def _header_problems(catalog: polib.POFile, lang: str) -> Iterator[str]:
    if catalog.metadata.get("Language") != lang:
        yield "its Language header names another language"
    given = catalog.metadata.get("Plural-Forms", "")
    if not given or _plural_indices(given) != _plural_indices(PLURALS[lang]):
        yield f"its Plural-Forms header is not that of the language: {PLURALS[lang]}"


def _entry_problems(entry: polib.POEntry, message: Message, *, forms: int) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if (entry.msgid_plural or None) != message.plural:
        yield "plural and singular differ from the source"
        return
    texts = [entry.msgstr_plural.get(i, "") for i in range(forms)] if message.plural else [entry.msgstr]
    if not all(text.strip() for text in texts):
        yield "not translated" if not any(texts) else f"needs {forms} plural forms"
        return
    if message.plural and len(entry.msgstr_plural) != forms:
        yield f"needs {forms} plural forms"
    source = message.plural or message.text
    if any(placeholders(text) != placeholders(source) for text in texts):
        yield "its placeholders differ from the source"
    if UNNAMED.search(source):
        yield "has a placeholder without a name"
    if any(text == source for text in texts) and _is_sentence(source):
        yield "still in English"


def placeholders(text: str) -> set[str]:
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text.replace("%%", ""))}


def _is_sentence(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub("", text))) >= 3


def _plural_indices(header: str) -> list[int]:
    formula = header.split("plural=", 2)[-1].strip().rstrip(";")
    index = c2py(formula)
    return [_forms_in(header), *(index(n) for n in range(220))]


def _forms_in(header: str) -> int:
    digits = re.search(r"nplurals\s*=\s*(\d+)", header)
    return int(digits[1]) if digits else 0


def _forms(lang: str) -> int:
    return _forms_in(PLURALS[lang])


def _shown(context: str | None, text: str) -> str:
    return repr(text) + (f" (context {context!r})" if context else "")


# update


def update(domain: Domain, lang: str) -> bool:
    """Write the .po anew: sorted, no places in the source; what lost its source stays below as obsolete."""
    wanted, path = domain.messages(), domain.path(lang)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if not wanted and not before:
        return False
    old = polib.pofile(before) if before else polib.POFile()
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Project-Id-Version": "straume",
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[lang],
    }
    for key in sorted(wanted, key=_alphabetical):
        new.append(_entry(wanted[key], known.pop(key, None), _forms(lang)))
    for key in sorted(known, key=_alphabetical):
        if known[key].translated() or known[key].obsolete:
            known[key].obsolete, known[key].occurrences = True, []
            new.append(known[key])
    after = f"{new}"
    if after != before:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, encoding="utf-8")
    return after != before


def _entry(message: Message, old: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = old or polib.POEntry(msgid=message.text, msgctxt=message.context)
    entry.obsolete, entry.occurrences = False, []
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {i: entry.msgstr_plural.get(i, "") for i in range(forms)}
        entry.msgstr = ""
    elif entry.msgid_plural:
        entry.msgstr = entry.msgstr_plural.get(0, "")
        entry.msgid_plural, entry.msgstr_plural = "", {}
    return entry


def _alphabetical(key: tuple[str | None, str]) -> tuple[str, str, str]:
    return key[1].casefold(), key[1], key[0] or ""


def main(command: str) -> int:
    pairs = [(domain, lang) for domain in domains() for lang in PLURALS]
    if command == "update":
        for domain, lang in pairs:
            if update(domain, lang):
                print(domain.path(lang).relative_to(SOURCE))
        return 0
    lines = [
        f"{domain.path(lang).relative_to(SOURCE)}: {problem}"
        for domain, lang in pairs
        for problem in sorted(problems(domain, lang))
    ]
    lines += [line for lang in PLURALS for line in disagreements(domains(), lang)]
    print("\n".join(lines) or "Every message is translated.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "check"))
