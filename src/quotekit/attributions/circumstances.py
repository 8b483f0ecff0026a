"""To whom, when and where it is said."""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_left
from collections.abc import Sequence

from quotekit.attributions.cues import known_cues
from quotekit.attributions.page import EDGES, Page, Pieces
from quotekit.constructions import lacks_hearer, noun_phrase
from quotekit.dates import resolve
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading
from quotekit.tags import NAMING
from quotekit.types import Cue, Span


def is_free_of(page: Page, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether characters touch none that are taken."""
    return not any(start < stop and end > begin for begin, stop in taken)


def find_addressee(page: Page, cue: Cue, head: int | None, taken: Pieces) -> Span | None:
    """Whom the source speaks to: the object of "tell", or a phrase with "to" after "say"."""
    if head is None or page.reading.upos[head] != "VERB":
        return None
    reading = page.reading
    if cue.lemma in NAMING and cue.span.end == int(reading.ends[head]):
        # What is called something hears nothing; who is called on does.
        return None
    has_object = known_cues().get(cue.lemma, ("other", False))[1]
    is_bare = lacks_hearer(reading, head)
    passive = is_bare or any(reading.deps[c] == "aux:pass" for c in reading.children(head))
    options = []
    for child in reading.children(head):
        relation = reading.deps[child].partition(":")[0]
        if (child > head and has_object and relation in ("obj", "iobj") and not passive) or (
            passive and has_object and relation == "nsubj" and (is_bare or reading.deps[child] == "nsubj:pass")
        ):
            options.append(child)
        elif child > head and relation == "obl" and cue.category in ("speech", "writing"):
            case = [reading.lower(c) for c in reading.children(child, "case")]
            is_told = case == ["to"] and _may_hear(reading, child)
            if is_told or (len(case) == 1 and _is_asked(reading, head, child)):
                options.append(child)
    for option in options:
        start, end = noun_phrase(page.reading, option)
        if page.text[start : start + 3].lower() in ("to ", "on "):
            start += 3
        end = _with_name(page, end)
        if start < end and is_free_of(page, start, end, taken) and not page.is_junk(start, end) and end - start <= 120:
            return page.span(start, end)
    return _following_object(page, head, taken) if has_object and not passive else None


def _may_hear(reading: Reading, noun: int) -> bool:
    """Whether a noun behind "to" may be who is told: "to applause" names nobody, as it has no article."""
    if reading.upos[noun] == "NOUN":
        return reading.morph[noun] == "Plur" or bool(reading.children(noun, "det", "nmod:poss"))
    return reading.upos[noun] in ("PROPN", "PRON")


def _is_asked(reading: Reading, head: int, child: int) -> bool:
    """Whether a noun behind "called on" is who is called on to do something."""
    deeds = [c for c in (*reading.children(head, "advcl", "xcomp"), *reading.children(child, "acl")) if c > child]
    is_call = lemma(reading.word(head), "VERB").lower() == "call" and reading.lower(head + 1) == "on"
    return is_call and bool(deeds) and reading.lower(reading.subtree(deeds[0])[0]) == "to"


def _with_name(page: Page, end: int) -> int:
    """The end of a noun phrase, moved past the name right behind it, or its rest, that the parse hung elsewhere."""
    reading = page.reading
    token = bisect_left(reading.starts, end)
    rest = _rest_of_name(reading, token)
    if rest > token:
        return int(reading.ends[rest - 1])
    at = bisect_left(reading.entities, token, key=lambda e: e.first)
    if at == len(reading.entities) or reading.entities[at].first != token or token == 0:
        return end
    name = reading.entities[at]
    is_noun = reading.upos[token - 1] == "NOUN" and page.text[end : int(reading.starts[token])].isspace()
    is_named = name.label in ("PERSON", "ORG", "MISC") and not reading.sent_starts[token]
    return int(reading.ends[name.last - 1]) if is_noun and is_named else end


def _rest_of_name(reading: Reading, token: int) -> int:
    """The token after a name that goes on at a token: "told Good Morning | Britain", "told Match | of the Day"."""
    if not 0 < token < len(reading) or reading.upos[token - 1] != "PROPN" or reading.sent_starts[token]:
        return token
    at = bisect_left(reading.entities, token - 1, key=lambda e: e.last - 1)
    name = reading.entities[at] if at < len(reading.entities) else None
    is_person = name is not None and name.label == "PERSON" and name.first < token
    last = token
    if reading.lower(token) == "of" and not is_person:
        last += 1
        while last < len(reading) and reading.upos[last] == "DET":
            last += 1
    begin = last
    while last < len(reading) and reading.upos[last] == "PROPN" and not is_person:
        last += 1
    is_owner = last < len(reading) and reading.lower(last) in ("'s", "’s", "'", "’")
    return token if last == begin or is_owner or reading.children(last - 1, "nsubj", "cop", "aux") else last


def _following_object(page: Page, head: int, taken: Pieces) -> Span | None:
    """The noun phrase right after "told", where the parse hangs it elsewhere."""
    reading = page.reading
    _, sentence_end = reading.sentence(head)
    last = head
    for token in range(head + 1, min(head + 9, sentence_end)):
        bounds = int(reading.starts[token]), int(reading.ends[token])
        if reading.upos[token] not in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM") or not is_free_of(
            page, *bounds, taken
        ):
            break
        if reading.upos[token] == "PRON" and token > head + 1:
            break
        last = token
    if (
        last == head
        or reading.upos[last] not in ("NOUN", "PROPN", "PRON")
        or reading.lower(head + 1) in ("that", "what", "it")
    ):
        return None
    start, end = int(reading.starts[head + 1]), _with_name(page, int(reading.ends[last]))
    return None if page.is_junk(start, end) else page.span(start, end)


def find_time(
    page: Page, cue: Cue, head: int | None, source: Span | None, taken: Pieces
) -> tuple[Span | None, dt.date | None]:
    """When it was said: a date that hangs on the cue, or stands beside it or the source."""
    if head is None:
        return None, None
    reading = page.reading
    first, last = reading.sentence(head)
    edges = [
        cue.span.end,
        *([source.end] if source else []),
        *[end for start, end in taken if start >= cue.span.end and end - start < 60],
    ]
    for entity in _between(reading, first, last):
        start, end = int(reading.starts[entity[0]]), int(reading.ends[entity[1] - 1])
        is_age = page.text[start:end].isdigit() and end - start < 4
        is_vague = entity[1] - entity[0] == 1 and reading.morph[entity[0]] == "Plur"
        if is_age or is_vague or not is_free_of(page, start, end, taken) or page.is_junk(start, end):
            continue
        top = reading.head_of(start, end)
        begin = start
        if entity[0] > first and reading.lower(entity[0] - 1) in (
            "on",
            "in",
            "at",
            "late",
            "early",
            "earlier",
            "since",
            "during",
        ):
            begin = int(reading.starts[entity[0] - 1])
        hangs = (
            top is not None
            and int(reading.heads[top]) == head
            and reading.deps[top].startswith(("obl", "advmod", "nmod", "dep"))
        )
        beside = any(edge <= begin and page.text[edge:begin].strip(EDGES + ",") == "" for edge in edges)
        if (hangs or beside) and is_free_of(page, begin, end, taken):
            date = resolve(page.text[begin:end], page.published)
            return page.span(begin, end), date
    return None, None


def find_venue(page: Page, head: int | None, taken: Pieces) -> Span | None:
    """Where or in what it was said: a phrase on the cue that names a medium or an occasion."""
    if head is None:
        return None
    reading = page.reading
    for child in reading.children(head, "obl", "nmod"):
        case = [reading.lower(c) for c in reading.children(child, "case")]
        if not case or case[0] not in ("in", "on", "at", "during", "via", "through", "by"):
            continue
        noun = lemma(reading.word(child), reading.upos[child]).lower()
        _first, _last = reading.subtree(child)
        names = " ".join(reading.lower(t) for t in range(child - 1, child + 1)) if child else noun
        if noun in _venues() or names in _venues() or reading.lower(child) in _venues():
            start, end = _before_date(page, child, *noun_phrase(page.reading, child))
            if (
                start < end
                and end - start <= 150
                and is_free_of(page, start, end, taken)
                and not page.is_junk(start, end)
            ):
                return page.span(start, end)
    return None


def _before_date(page: Page, noun: int, start: int, end: int) -> tuple[int, int]:
    """A phrase cut before the date that the parse hung on it: "at a news conference | on Thursday"."""
    reading = page.reading
    tokens = reading.tokens_in(start, end)
    for first, _ in _between(reading, noun + 1, tokens.stop):
        cut = first - 1 if reading.upos[first - 1] == "ADP" and first - 1 > noun else first
        return page.trim(start, int(reading.starts[cut]), EDGES + ",;")
    return start, end


def _between(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Dates and times among the tokens of a sentence."""
    begin = bisect_left(reading.entities, first, key=lambda e: e.first)
    found = []
    for entity in reading.entities[begin:]:
        if entity.first >= last:
            break
        if entity.label in ("DATE", "TIME"):
            found.append((entity.first, entity.last))
    return found


@functools.cache
def _venues() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("venues"))
