"""Characters on their way into HTML."""

from __future__ import annotations

import html
import re

# A parser replaces or drops the first two, and turns a carriage return into a line break unless it is written as a
# reference; half of a surrogate pair cannot be written in UTF-8.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def escape(text: str) -> str:
    r"""A text as HTML, inside an element or a quoted attribute.

    NUL and lone surrogates, which HTML cannot hold, become the replacement character; all others stay.

    >>> escape("<b title='\x00'>\r\n")
    '&lt;b title=&#x27;\ufffd&#x27;&gt;&#13;\n'
    """
    return html.escape(_UNWRITABLE.sub("\ufffd", text)).replace("\r", "&#13;")


def line(text: str) -> str:
    r"""A text on one line, without characters that steer: for titles and names outside the article.

    >>> line(" Ada\n\u202eLund ")
    'Ada Lund'
    """
    return " ".join(_STEERING.sub(" ", text).split())


def short(text: str, longest: int) -> str:
    """A text on one line, cut between words where it is too long.

    Args:
        text: The text.
        longest: Characters it may have.

    >>> short("all the measures that it takes", 20)
    'all the measures …'
    """
    one = line(text)
    if len(one) <= longest:
        return one
    cut = one[: longest - 1]
    head, blank, _ = cut.rpartition(" ")
    # One endless word is cut where it ends up.
    return f"{head} …" if blank and len(head) > longest // 2 else f"{cut}…"
