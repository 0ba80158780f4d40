"""Random XES: mostly the common shape, with every liberty that XML gives, and ways to break it."""

from __future__ import annotations

from random import Random

KEYS = ("concept:name", "time:timestamp", "org:group", "cost", "ķēde", "a>b", "x'y", "", "&amp;key")
VALUES = (
    *(
        "Register",
        "Check",
        "2023-01-02T08:00:00.000+02:00",
        "2023-01-02",
        "",
        " ",
        "Rīga, Šiauliai",
        "a>b",
        "]]>",
    ),
    *(
        "a &amp; b",
        "&lt;b&gt;",
        "&quot;q&quot;",
        "it&apos;s",
        "&#256;&#x101;",
        "&#10;x",
        "a\nb",
        "a\tb",
        "a\r\nb",
    ),
    *("\x7f", "\u2028", "😀", "it's", "/>", "&amp;lt;", "&#65;", "A", "--", "&#x1F600;", "</trace >"),
)
BREAKS = (
    *(b'"', b"'", b"<", b">", b"&", b"/", b"\0", b"\x01", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbf\xbf"),
    *(b"\r", b"\n", b"\r\n", b"\t", b" ", b"=", b"&amp", b"&x;", b"&#0;", b"&#xD800;", b"&#xFFFE;", b"&#1;"),
    *(
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?p ",
        b"?>",
        b"</trace>",
        b"<trace>",
        b"</event>",
        b"<event>",
    ),
    *(b"</log>", b"<log>", b"<event/>", b"<trace/>", b'<string key="a" value="b"/>', b'<date key="a"/>'),
    *(b'"/>', b' value="', b' key="', b'<string value="1"/>', b"text", b"\xef\xbb\xbf", b"<!DOCTYPE log>"),
    *(b"<trace></trace>", b"<!-- </trace> -->", b"<event></event>", b"--", b"\xc2\x85", b"\xf4\x90\x80\x80"),
)


def random_xes(chance: Random, *, oddity: float) -> bytes:
    """A well-formed log; `oddity`: share of the places where it leaves the common shape."""
    maker = _Maker(chance, oddity)
    traces = "".join(maker.trace(number) for number in range(chance.randint(1, 8)))
    prologue = chance.choice(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            "<?xml version='1.0' encoding='utf-8' ?>",
            "",
            "<!-- a -->\n\n",
        ]
    )
    head = chance.choice(
        [
            "",
            '\n<extension name="Time" prefix="time" uri="http://x"/>\n<classifier name="A" keys="b"/>\n',
            '<global scope="event"><string key="concept:name" value="x"/></global>\n<!-- a trace -->',
            "<!-- <trace></trace> -->" if oddity else "\n",
        ]
    )
    return f'{prologue}<log xes.version="1.0" xmlns="http://x">{head}{traces}</log>\n'.encode()


def regular_xes(chance: Random) -> bytes:
    return random_xes(chance, oddity=0.0)


def broken(chance: Random, text: bytes) -> bytes:
    """The text with one to three of its bytes overwritten, cut out or pushed apart."""
    content = bytearray(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content))
        content[place : place + chance.choice((0, 0, 1, 2, 9))] = chance.choice((b"", *BREAKS))
        content = content or bytearray(b"<")
    if chance.random() < 0.1:
        del content[chance.randrange(len(content)) :]
    return bytes(content) or b"<"


class _Maker:
    def __init__(self, chance: Random, oddity: float) -> None:
        self._chance = chance
        self._oddity = oddity
        self._gap = chance.choice(["\n", "\r\n\t", "", "\n  "])

    def trace(self, number: int) -> str:
        own = [("concept:name", f"case {number}"), *self._some(KEYS[2:], 2)]
        attributes = self._attributes(own if self._chance.random() < 0.8 else [])
        events = "".join(self._event() for _ in range(self._chance.choice([0, 1, 1, 2, 3, 6])))
        late = self._attributes([("late", "1")]) if self._chance.random() < 0.1 else ""
        inner = f"{attributes}{events}{late}"
        if not inner or not self._odd():
            return f"<trace>{self._gap}{inner}</trace>{self._gap}"
        return self._chance.choice(
            [
                f'<trace id="1">{inner}</trace>',
                f"<trace\n>{inner}</trace >",
                f"<!-- </trace> --><trace>{inner}</trace>",
                f"<x:trace>{inner}</x:trace>",
                f'<trace/>text "quoted"<trace>{inner}</trace>',
                f"<trace>\r{inner}</trace>",
                f"<trace><list><trace>{inner}</trace></list></trace>",
            ]
        )

    def _event(self) -> str:
        inner = self._attributes(self._some(KEYS, 4))
        if not self._odd():
            inner = inner or self._attributes([("cost", "1")])
            return f"<event>{self._gap}{inner}</event>{self._gap}"
        return self._chance.choice(
            [
                f"<event>{inner}</event>",
                f"<event >{inner}</event\n>",
                f'<event><![CDATA[</trace>"]]>{inner}</event>',
                f"<xes:event a='b'>{inner}</xes:event>",
                f"<event/>{self._gap}",
                "<event></event>",
                f'<event><!-- "a" </event></trace> -->{inner}</event>',
                f'<event>{inner}<list key="l"><values><string key="cost" value="2"/></values></list></event>',
            ]
        )

    def _some(self, keys: tuple[str, ...], most: int) -> list[tuple[str, str]]:
        if self._oddity == 0:
            keys = tuple(key for key in keys if "&" not in key)
        chosen = self._chance.sample(keys, self._chance.randint(0, min(most, len(keys))))
        return [(key, self._value()) for key in chosen if key != "concept:name" or most > 2]

    def _value(self) -> str:
        while True:
            value = self._chance.choice(VALUES)
            usual = not any(odd in value for odd in ("\n", "\t", "&#10;", "</"))
            if (usual or self._oddity) and "<" not in value:
                return value

    def _attributes(self, pairs: list[tuple[str, str]]) -> str:
        return "".join(self._attribute(key, value) + self._gap for key, value in pairs)

    def _attribute(self, key: str, value: str) -> str:
        tag = self._chance.choice(["string", "date", "int", "boolean", "id", "float"])
        if not self._odd():
            return f'<{tag} key="{key}"{self._chance.choice([" ", "  "])}value="{value}"/>'
        single = "'" not in value + key
        return self._chance.choice(
            [
                f'<{tag} value="{value}" key="{key}"/>',
                f"<{tag} key='{key}' value='{value}'/>"
                if single
                else f'<{tag} key="{key}" value="{value}" />',
                f'<{tag}\n\tkey = "{key}"\r\n value= "{value}"\n/>',
                f'<{tag} key="{key}" value="{value}"></{tag}>',
                f'<{tag} key="{key}" value="{value}"><string key="nested" value="{value}"/></{tag}>',
                f'<x:{tag} key="{key}" value="{value}"/>',
                f'<{tag} key="{key}" value="{value}" unit="h"/>',
                f'<!-- "a" --><{tag} key="{key}" value="{value}"/><?pi "b"?>',
                f'<list key="{key}"><{tag} key="in" value="{value}"/></list>',
                f'<{tag} key="{key}" value="{value}"/>\r',
            ]
        )

    def _odd(self) -> bool:
        return self._chance.random() < self._oddity
