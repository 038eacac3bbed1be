"""What no edit may touch in Markdown, reStructuredText and HTML."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer import Config, normalize
from normalizer.batch.formats import KINDS, MARKUP, kind_of, protected_spans

# In each case what stands between ⟦ and ⟧ must be protected, every letter x outside must not be.
MARKDOWN = {
    "code span": "x `⟦x⟧` x",
    "double ticks": "x ``⟦x ` x⟧`` x",
    "unclosed tick": "x ` x x",
    "ticks of two paragraphs": "x ` x\n\nx ` x",
    "ticks of another length": "x `` x ` x",
    "escaped tick": "x \\` x `⟦x⟧` x",
    "fence": "x\n```python\n⟦x⟧\n```\nx",
    "tilde fence": "x\n~~~~\n⟦x\n~~~\nx⟧\n~~~~\nx",
    "fence in a list": "- x\n\n  ```\n  ⟦x⟧\n  ```\n  x",
    "fence in a quote": "> x\n> ```\n> ⟦x⟧\n> ```\n> x",
    "deep line is no end of a fence": "x\n```\n⟦x\n    ```\nx⟧\n```\nx",
    "unclosed fence": "x\n```\n⟦x\n\nx⟧",
    "indented code": "x\n\n    ⟦x⟧\n\nx",
    "lazy line is no code": "x\n    x",
    "paragraph of a list": "- x\n\n    x",
    "front matter": "---\n⟦title: x⟧\n---\nx",
    "TOML front matter": "+++\n⟦title = 'x'⟧\n+++\nx",
    "rule is no front matter": "x\n---\nx\n---\nx",
    "link": "[x](⟦/x/x.html⟧) x",
    "link with title": '[x](⟦x.html⟧ "x") x',
    "link in brackets": "[x](⟦<x x.html>⟧) x",
    "link with parentheses": "[x](⟦https://w.org/x_(x)⟧) x",
    "image": "![x](⟦x.png⟧) x",
    "definition": "[x][⟦n⟧]\n\n⟦[n]: https://x.org/x⟧ 'x'",
    "shortcut": "[⟦x x⟧] and [x]\n\n⟦[X x]: /x⟧\n",
    "autolink": "x ⟦<https://x.org/x>⟧ x",
    "mail": "x ⟦<x@x.org>⟧ x",
    "tag": 'x <a title="⟦x⟧">x</a> x',
    "comment": "x <!-- ⟦x\n\nx⟧ --> x",
    "comment in code": "x `<!--` x",
    "footnote": "x[⟦^x⟧] x",
    "heading attributes": "# x {⟦#x .x⟧}",
    "code in a list": "- x\n\n      ⟦x⟧\n      ⟦x⟧\n\n  x\n- x",
    "list in a list": "- x\n\n    - x\n\n        x\n\n          ⟦x⟧",
    "numbered list": "10. x\n\n    x\n\n        ⟦x⟧",
    "wiki link": "[[⟦x⟧|x]] x [[⟦x x⟧]] x",
}
RST = {
    "literal": "x ``⟦x⟧`` x",
    "role": "x :ref:`⟦x⟧` x",
    "interpreted": "x `⟦x⟧` x",
    "link": "x `x ⟦<https://x.org/x>⟧`_ x",
    "reference": "x ⟦x_⟧ x",
    "target": "x\n\n⟦.. _x: https://x.org⟧\n\nx",
    "comment": "x\n\n.. ⟦x\n   x⟧\n\nx",
    "literal block": "x::\n\n   ⟦x\n\n   x⟧\n\nx",
    "code": "x\n\n.. code-block:: python\n   :name: ⟦x\n\n   x⟧\n\nx",
    "image": "x\n\n.. image:: ⟦x.png⟧\n   :alt: ⟦x⟧\n\nx",
    "note": "x\n\n.. note:: x\n\n   x\n\nx",
    "class": "x\n\n.. class:: ⟦x⟧\n\nx",
    "container": "x\n\n.. container:: ⟦x⟧\n   :name: ⟦x⟧\n\n   x\n\nx",
    "options of a note": "x\n\n.. note::\n   :name: ⟦x⟧\n   :class: ⟦x⟧\n\n   x",
    "quoted literal block": "x::\n\n> ⟦x\n> x⟧\n\nx",
    "paragraph after a double colon": "x::\n\nx\n\n- x",
    "doctest": "x\n\n>>> ⟦x⟧\n⟦x⟧\n\nx",
    "field": ":⟦x⟧: x",
    "title": "⟦x x⟧\n===\n\nx",
    "grid table": "x\n\n+---+\n| ⟦x⟧ |\n+---+\n\nx",
    "simple table": "x\n\n=== ===\n⟦x⟧   ⟦x⟧\n=== ===\n⟦x⟧   ⟦x⟧\n=== ===\n\nx",
    "substitution": "x ⟦|x|⟧ x",
    "footnote": "x [⟦#x⟧]_ x\n\n.. [⟦#x⟧] x",
}
HTML = {
    "attributes": "<p class=\"⟦x⟧\" title='⟦x > x⟧'>x</p> x",
    "comment": "x<!-- ⟦x⟧ -->x",
    "script": "x<script>⟦if (x < 1 && x > 2) x⟧</script>x",
    "style": "x<STYLE>⟦x⟧</Style >x",
    "code": "x<code>⟦x⟧</code>x<pre>⟦x⟧</pre>x",
    "unclosed script": "x<script>⟦x⟧",
    "reference": "x&⟦nbsp⟧;x &#⟦120⟧; x & x",
    "doctype": "<!DOCTYPE ⟦x⟧>x",
    "cdata": "x<![CDATA[⟦x⟧]]>x",
    "less than": "x < x and x > x",
    "declaration": "⟦<?xml x?>⟧x",
    "quote never closed": "<a title=\"⟦x⟧>x</a> x <b class='⟦y⟧'>x</b>",
}
CASES = [
    pytest.param(kind, marked, id=f"{kind}: {name}")
    for kind, cases in (("markdown", MARKDOWN), ("rst", RST), ("html", HTML))
    for name, marked in cases.items()
]


@pytest.mark.parametrize(("kind", "marked"), CASES)
def test_markup_is_protected_and_prose_is_not(kind: str, marked: str) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    wanted = "".join(("1" if inside else "0") * len(part) for part, inside in _parts(marked))
    spans = protected_spans(kind, text)
    shielded = {position for start, end in spans for position in range(start, end)}
    for position, character in enumerate(text):
        if wanted[position] == "1":
            assert position in shielded, f"{character!r} at {position} of {text!r} is not protected"
        elif character == "x":
            assert position not in shielded, f"{character!r} at {position} of {text!r} is protected"


def _parts(marked: str) -> list[tuple[str, bool]]:
    return [(part, bool(number % 2)) for number, part in enumerate(re.split("[⟦⟧]", marked))]


_MARKS = ("`", "``", "```\n", "~~~\n", "<", ">", "<!--", "-->", "<a ", '"', "'", "[", "](", ")", "]: ", "<script>")
_LAYOUT = (
    "\n",
    "\r",
    "\r\n",
    "    ",
    "\t",
    "- ",
    ".. ",
    "::\n",
    "::",
    "===\n",
    "=== ===\n",
    "---\n",
    "\\",
    "&amp;",
    "x",
)
_SOUP = st.lists(st.sampled_from((*_MARKS, *_LAYOUT, "|", "+", "_")), max_size=60).map("".join)


@given(kind=st.sampled_from(MARKUP), text=_SOUP | st.text())
def test_spans_are_sorted_disjoint_and_inside(kind: str, text: str) -> None:
    spans = protected_spans(kind, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(kind=st.sampled_from(MARKUP), text=_SOUP)
def test_no_edit_touches_a_protected_span(kind: str, text: str) -> None:
    dirty = text.replace("x", "Tele\u200bvision")
    result = normalize(dirty, Config(kind=kind, profile="minimal"))
    for start, end in protected_spans(kind, dirty):
        assert not any(edit.start < end and start < edit.end for edit in result.edits)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("html", "a <\u200bscript>alert(1)</script> b"),
        ("html", "a <!\u200b-- b -->"),
        ("html", "a &\u200blt;b&gt;"),
        ("markdown", "``\u200b`\na\n"),
        ("markdown", "[a]\u200b(https://b.org)"),
        ("markdown", "a\n\n\u200b# b"),
        ("markdown", "a\n\n  \u200b- b"),
        ("rst", "a\n\n.\u200b. b"),
        ("rst", "a\n\n\u200b.. b\n"),
        ("rst", "a:\u200b:\n\n  b"),
    ],
)
def test_no_text_becomes_markup(kind: str, text: str) -> None:
    assert normalize(text, Config(kind=kind, profile="minimal")).text == text


@given(
    kind=st.sampled_from(MARKUP),
    text=st.lists(st.sampled_from((*_MARKS, *_LAYOUT, "\u200b")), max_size=40).map("".join),
)
def test_what_is_protected_stays_all_there_is(kind: str, text: str) -> None:
    result = normalize(text, Config(kind=kind, profile="minimal"))
    before, after = ([part[start:end] for start, end in protected_spans(kind, part)] for part in (text, result.text))
    assert "".join(before) == "".join(after)


@pytest.mark.parametrize("kind", MARKUP)
@pytest.mark.parametrize(
    "part",
    [
        "`a",
        "``a`",
        "<a ",
        '<a "',
        "<!--",
        "<a '",
        "[a](",
        "[",
        "](((",
        "> ",
        "    a\n\n",
        ".. a\n",
        "a_",
        "|a",
        "&a",
        ":a",
        "a-",
        "`:a",
    ],
)
def test_the_cost_grows_with_the_text_and_no_faster(kind: str, part: str) -> None:
    def cost(times: int) -> float:
        text = part * times
        start = time.process_time()
        protected_spans(kind, text)
        return time.process_time() - start

    # Eight times the text may cost eight times the work; a quadratic scan would cost 64 times.
    small, large = min(cost(2_000) for _ in range(3)), min(cost(16_000) for _ in range(2))
    assert large < 30 * max(small, 0.002)


def test_kinds_by_name() -> None:
    names = {"a.txt": "text", "A.MD": "markdown", "a.b.rst": "rst", "a.htm": "html", "a.jsonl": "jsonl", "a.vtt": "vtt"}
    assert {name: kind_of(name) for name in names} == names
    assert kind_of("README") is None
    assert kind_of("a.py") is None
    assert set(names.values()) <= set(KINDS)
