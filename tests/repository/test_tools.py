"""The checks of `make check` see what they are there for."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
import yaml

import inline
import links
import publiccode

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<p style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>alert(1)</script>", "a script without a file"),
        ('<button\n  onclick="go()">', "an event handler attribute"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ('<div hx-on:click="go()">', "an htmx expression that is run"),
        ('<script src="https://cdn.example.org/x.js"></script>', "a file from another site"),
        ('<link rel="stylesheet" href="//cdn.example.org/x.css">', "a file from another site"),
    ],
)
def test_it_refuses_inline_markup(tmp_path, markup, what):
    page = tmp_path / "page.html"
    page.write_text(f"<h1>Fine</h1>\n{markup}\n")
    assert list(inline.places(page)) == [f"{page}:2: {what}"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script src=\"{% static 'x.js' %}\" defer></script>",
        '<script type="application/json" id="data">{}</script>',
        '{# <p style="x"> #}<!-- <script> -->',
        "<p>{% if style == 1 %}on{% endif %}</p>",
        '<a href="https://example.org/">elsewhere</a>',
    ],
)
def test_it_accepts_what_the_policy_accepts(tmp_path, markup):
    page = tmp_path / "page.html"
    page.write_text(markup)
    assert list(inline.places(page)) == []


PAGE = """# A page
[there](other.md#the-second-heading) [again](other.md#twice-1) [here](#a-page) [out](https://example.org/x)
`[not a link](nowhere.md)`

```
[nor this](nowhere.md)
```
<img src="picture.svg" alt=""> [reference][r]

[r]: other.md
"""


@pytest.fixture
def page(tmp_path):
    links.anchors.cache_clear()
    (tmp_path / "other.md").write_text(
        "# One\n## The *second* heading\n## Twice\n## Twice\n".replace("*", "")
    )
    (tmp_path / "picture.svg").touch()
    document = tmp_path / "page.md"
    document.write_text(PAGE)
    return document


def test_links_that_lead_somewhere_pass(page):
    assert list(links.broken(page, page.parent)) == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("[x](gone.md)", "gone.md is not there"),
        ("[x](other.md#third)", "other.md#third is no heading there"),
        ("[x](#elsewhere)", "#elsewhere is no heading there"),
        ("![x](gone.png)", "gone.png is not there"),
        ('<img src="gone.png">', "gone.png is not there"),
        ("[x](../outside.md)", "../outside.md leaves the repository"),
        ("[x](/etc/hosts)", "/etc/hosts is no address"),
        ("[x](http://127.0.0.1:8000/)", "http://127.0.0.1:8000/ works on one machine only"),
        ("[x]()", "() is no address"),
        ("[x][r]\n\n[r]: gone.md", "gone.md is not there"),
    ],
)
def test_a_broken_link_is_found(page, link, problem):
    page.write_text(f"# A page\n{link}\n")
    found = list(links.broken(page, page.parent))
    assert len(found) == 1
    assert found[0].endswith(problem)


@pytest.fixture
def described():
    return copy.deepcopy(yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")))


def test_publiccode_keeps_to_the_standard(described):
    assert list(publiccode.problems(described)) == []


def change(path: str, value: object):
    def apply(described: dict) -> None:
        *parents, last = path.split("/")
        for parent in parents:
            described = described[parent]
        if value is None:
            del described[last]
        else:
            described[last] = value

    return apply


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        *(
            (change(key, None), "$")
            for key in ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus")
        ),
        *((change(key, None), "$") for key in ("softwareType", "legal", "maintenance", "localisation")),
        (change("description/lt/shortDescription", None), "$.description.lt"),
        (change("legal/license", None), "$.legal"),
        (change("localisation/availableLanguages", None), "$.localisation"),
        (change("platform", ["web"]), "$"),
        (change("publiccodeYmlVersion", "0.4"), "$.publiccodeYmlVersion"),
        (change("platforms", []), "$.platforms"),
        (change("softwareType", "web"), "$.softwareType"),
        (change("url", "github.com/straume"), "$.url"),
        (change("roadmap", "later"), "$.roadmap"),
        (change("isBasedOn", ["that one"]), "$.isBasedOn"),
        (change("monochromeLogo", "black.svg"), "$"),
        (change("organisation", {"name": "Straume"}), "$.organisation"),
        (change("organisation", {"uri": "not a uri"}), "$.organisation.uri"),
        (change("fundedBy", [{"uri": "urn:x:fund", "sum": 5}]), "$.fundedBy[0]"),
        (change("intendedAudience/countries", ["lv"]), "$.intendedAudience.countries[0]"),
        (change("intendedAudience/countries", ["QX"]), "intendedAudience.countries"),
        (change("intendedAudience/scope", ["lean"]), "$.intendedAudience.scope[0]"),
        (change("description/qq", {"shortDescription": "?"}), "description"),
        (change("maintenance/contacts", [{"email": "a@b.lv"}]), "$.maintenance.contacts[0]"),
        (change("dependsOn/open", [{"version": "3"}]), "$.dependsOn.open[0]"),
        (change("IT", {"piattaforme": {"spid": True}}), "$.IT"),
        (
            change("IT", {"countryExtensionVersion": "1.0", "piattaforme": {"spid": "si"}}),
            "$.IT.piattaforme.spid",
        ),
        (change("DE", {"countryExtensionVersion": "1.0"}), "$"),
        (change("categories", ["lean"]), "$.categories[0]"),
        (change("developmentStatus", "alpha"), "$.developmentStatus"),
        (change("description/lv/shortDescription", "x" * 151), "$.description.lv.shortDescription"),
        (change("description/en/longDescription", "short"), "$.description.en.longDescription"),
        (change("maintenance/contacts", None), "$.maintenance"),
        (change("maintenance/type", "contract"), "$.maintenance"),
        (change("localisation/localisationReady", "yes"), "$.localisation.localisationReady"),
        (change("releaseDate", "23.11.2026"), "$.releaseDate"),
        (change("legal/license", "MIT"), "legal.license"),
        (change("softwareVersion", "9"), "softwareVersion"),
        (change("description/lt", None), "description"),
        (change("description/en/screenshots", ["docs/none.png"]), "description.en.screenshots"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_publiccode_that_breaks_the_standard_is_refused(described, spoil, place):
    spoil(described)
    assert [problem.split(": ")[0] for problem in publiccode.problems(described)] == [place]


def test_a_full_publiccode_of_the_standard_is_taken(described):
    described["organisation"] = {"uri": "urn:x-straume:home", "name": "Straume"}
    described["fundedBy"] = [{"uri": "https://example.org/fund"}]
    described["IT"] = {"countryExtensionVersion": "1.0", "riuso": {"codiceIPA": "c_h501"}}
    described["platforms"] = "web"
    del described["categories"]
    assert list(publiccode.problems(described)) == []


def test_publiccode_is_also_held_against_a_schema_that_was_fetched(described, tmp_path):
    fetched = tmp_path / "publiccode.json"
    draft = "http://json-schema.org/draft-07/schema#"
    rules = {"$schema": draft, "properties": {"name": {"maxLength": 3}}}
    fetched.write_text(json.dumps(rules), encoding="utf-8")
    assert [problem.split(":")[0] for problem in publiccode.problems(described, fetched=fetched)] == [
        "$.name"
    ]
