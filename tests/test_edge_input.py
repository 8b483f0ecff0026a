"""What nobody writes, and what pages are full of: no crash, no hang, no changed text."""

from __future__ import annotations

import time

import pytest

import quotekit
from quotekit.types import Extraction

LINE = "The minister said on Monday that the bridge would close unless the city paid, and she left "

TEXTS = {
    "empty": "",
    "blank": " ",
    "white-space": " \t\r\n\u00a0\u3000\n\n ",
    "one-letter": "a",
    "one-mark": "“",
    "only-marks": "“”\"'«»„“‘’``''" * 50,
    "many-equal-marks": '"' * 20_000,
    "never-closed": "“We wait, he said.\n\nIt rained.\n\nShe left.",
    "closed-never-opened": "We wait,” he said. It rained.” She left.”",
    "long-line": (LINE * 300)[:20_000],
    "long-word": "a" * 100_000,
    "lone-surrogates": "\ud800“We\udc00 wait,” Anna \udfffLund said.\ud83d",
    "surrogate-pair-in-two": "“We wait,” Anna Lund said. \ud83d\ude00",
    "nul-and-controls": "“We\x00 wait,”\x07 Anna\x1b[31m Lund said.\x0b\x0c\x85\u2028 It rained.",
    "right-to-left": "אמר השר: “נחכה,” \u202eوقال الوزير\u202c “لا”. Anna Lund said: “שלום”.",
    "emoji": "“We wait 👩‍👩‍👧‍👦🇳🇴,” Anna Lund 🎉 said. 😀" * 20,
    "combining": "“Wé wa\u0301it\u0301,” Ånnä L\u0308und said.",
    "crlf": "“We wait,”\r\nAnna Lund said.\r\n\r\n\r\n“No,” she said.\r",
    "bom": "\ufeff“We wait,” Anna Lund said.",
    "zero-width": "“\u200bWe\u200d wait,\u2060”\u200b Anna Lund said.",
    "astral-letters": "“𝐖𝐞 𝐰𝐚𝐢𝐭,” 𝐀𝐧𝐧𝐚 𝐋𝐮𝐧𝐝 𝐬𝐚𝐢𝐝.",
    "html": "<p>&ldquo;We wait,&rdquo; <b>Anna Lund</b> said.</p>",
    "only-stops": "." * 5_000,
    "only-line-breaks": "\n" * 5_000,
    "nested-deep": "“‘" * 200 + "No" + "’”" * 200,
    "ifs": "if " * 3_000,
    "saids": "he said she said " * 500,
    "replacement": "\ufffd“We wait,”\ufffd Anna Lund said.",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_gives_a_true_result_and_leaves_the_text_alone(text: str) -> None:
    started = time.perf_counter()
    found = quotekit.extract(text)
    assert found.text == text
    assert all(text[span.start : span.end] == span.text for span in found.spans())
    assert Extraction.model_validate_json(found.model_dump_json()) == found
    if len(text) < 10_000:
        assert quotekit.extract(text) == found
    assert time.perf_counter() - started < 300, "not hanging, but no more use either"


def test_a_megabyte_without_a_full_stop() -> None:
    # Wide blanks between the words: a million characters in the time of a book's chapter.
    text = (LINE.replace(" ", " " * 40) * 4_000)[:1_000_000]
    assert quotekit.extract(text).text == text


def test_lone_surrogates_cost_no_attribution() -> None:
    plain = quotekit.extract("?“We wait,” Anna Lund said.")
    odd = quotekit.extract("\ud800“We wait,” Anna Lund said.")
    assert [a.content for a in odd.attributions] == [a.content for a in plain.attributions]
