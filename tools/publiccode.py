"""Check publiccode.yml against the rules of the standard and against the repository it describes.

`python tools/publiccode.py [SCHEMA.json]` also checks it against a schema file that somebody fetched.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "tools" / "schemas" / "publiccode.schema.json"


def problems(description: dict[str, Any], root: Path = ROOT, fetched: Path | None = None) -> Iterator[str]:
    """Where the file breaks the standard, or says what the repository does not."""
    errors = list(_schema_problems(description, SCHEMA))
    if fetched is not None:
        errors += [problem for problem in _schema_problems(description, fetched) if problem not in errors]
    yield from errors
    if not errors:
        yield from _code_problems(description)
        yield from _language_problems(description)
        yield from _repository_problems(description, root)


def _schema_problems(description: dict[str, Any], schema: Path) -> Iterator[str]:
    rules = json.loads(schema.read_text(encoding="utf-8"))
    kind = validator_for(rules, default=Draft202012Validator)
    validator = kind(rules, format_checker=kind.FORMAT_CHECKER)
    for error in sorted(validator.iter_errors(description), key=lambda error: error.json_path):
        yield f"{error.json_path}: {error.message}"


def _code_problems(description: dict[str, Any]) -> Iterator[str]:
    """Countries are of ISO 3166-1, languages of BCP 47: a schema sees their form only."""
    audience = description.get("intendedAudience", {})
    known = {str(code) for code in Locale("en").territories if len(str(code)) == 2}
    for key in ("countries", "unsupportedCountries"):
        for code in audience.get(key, []):
            if code not in known:
                yield f"intendedAudience.{key}: there is no country {code}"
    for key, tags in (
        ("description", list(description["description"])),
        ("localisation.availableLanguages", description["localisation"]["availableLanguages"]),
    ):
        for tag in tags:
            if not _is_language(tag):
                yield f"{key}: there is no language {tag}"


def _is_language(tag: str) -> bool:
    try:
        return Locale.parse(tag, sep="-").language in Locale("en").languages
    except (UnknownLocaleError, ValueError):
        return tag.split("-")[0] in Locale("en").languages


def _language_problems(description: dict[str, Any]) -> Iterator[str]:
    texts = description["description"]
    for key in ("longDescription", "features"):  # mandatory for one language at least
        if not any(key in text for text in texts.values()):
            yield f"description: no language has {key}"
    if missing := set(description["localisation"]["availableLanguages"]) - set(texts):
        yield f"description: nothing in {', '.join(sorted(missing))}, in which the software speaks"


def _repository_problems(description: dict[str, Any], root: Path) -> Iterator[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if description["legal"]["license"] != project["license"]:
        yield f"legal.license: pyproject.toml says {project['license']}"
    if description.get("softwareVersion") != project["version"]:
        yield f"softwareVersion: pyproject.toml says {project['version']}"
    for lang, text in description["description"].items():
        for picture in text.get("screenshots", []):
            if "://" not in picture and not (root / picture).is_file():
                yield f"description.{lang}.screenshots: {picture} is not there"


def main() -> int:
    fetched = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    found = list(problems(described, fetched=fetched))
    print("\n".join(found) or "publiccode.yml keeps to the standard.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
