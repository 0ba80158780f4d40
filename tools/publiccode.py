"""Check publiccode.yml against the schema of the standard and against the repository it describes."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "tools" / "schemas" / "publiccode.schema.json"


def problems(description: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    """Where the file breaks the standard, or says what the repository does not."""
    validator = Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    errors = sorted(validator.iter_errors(description), key=lambda error: error.json_path)
    for error in errors:
        yield f"{error.json_path}: {error.message}"
    if not errors:
        yield from _language_problems(description)
        yield from _repository_problems(description, root)


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
    found = list(problems(yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))))
    print("\n".join(found) or "publiccode.yml keeps to the standard.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
