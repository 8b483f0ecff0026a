"""Which attributions state the same thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict

from quotekit.lemma import lemma
from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.speakers.names import body_key
from quotekit.types import Act, Attribution, Extraction

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_LIGHT = frozenset(("be", "have", "do", "say", "go", "make", "get", "take", "keep", "see", "come", "other", "more"))
"""Words that two statements may well share without saying the same."""
_MOST_CANDIDATES = 40
"""Earlier statements with which one is compared, so that a page of thousands costs no more than a few."""
_LEAST_SHARED = 3
"""Words that two statements share: fewer are a topic. A shorter statement is only the same as one of the same words."""
_LEAST_WORDS = 2
"""Words besides names among them, since many things are said of one person."""
_NAME = "="
"""Stands before names among the words of a statement."""
_SUMMARY = 0.45
"""Share of the lesser statement's words that a headline, caption or lead has in common with what it sums up."""
_REPEAT = 0.75
"""The same for two statements of the body."""
_OPENING_PARAGRAPHS = 4
"""Paragraphs in which headline, caption and lead stand."""


def group_repeated(reading: Reading, extraction: Extraction, acts: list[Act]) -> list[tuple[int, ...]]:
    """Groups attributions that state the same thing.

    Two statements are the same where one speaker makes both, neither denies the other, and the lesser one has most of
    its words in the other. What stands in the headline or the lead sums up what follows in other words, so there a
    smaller share is enough. A third statement joins them if it is the same as half of them.

    Args:
        reading: The reading.
        extraction: With attributions, in text order.
        acts: Their acts.

    Returns:
        Groups of indices, each in text order, by first member.
    """
    attributions = extraction.attributions
    words = [_words(reading, attribution) for attribution in attributions]
    groups: dict[int, list[int]] = {}
    leader = list(range(len(attributions)))
    paragraph = _paragraphs(extraction)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, attribution in enumerate(attributions):
        groups[i] = [i]
        speaker = attribution.speaker_id
        if speaker is None:
            continue
        shared: Counter[int] = Counter()
        for word in words[i]:
            shared.update(holders[speaker, word][-_MOST_CANDIDATES:])
            holders[speaker, word].append(i)
        for j, n in shared.most_common(_MOST_CANDIDATES):
            if n < _LEAST_SHARED and words[i] != words[j]:
                continue
            members = groups[leader[j]][-_MOST_CANDIDATES:]
            same = sum(_is_same(i, member, attributions, acts, words, paragraph) for member in members)
            if 2 * same >= len(members):
                leader[i] = leader[j]
                groups[leader[j]] += groups.pop(i)
                break
    return [tuple(group) for group in groups.values()]


def _is_same(
    i: int,
    j: int,
    attributions: tuple[Attribution, ...],
    acts: list[Act],
    words: list[frozenset[str]],
    paragraph: list[int],
) -> bool:
    one, other = attributions[i], attributions[j]
    if (one.cue is not None and one.cue.negated) != (other.cue is not None and other.cue.negated):
        return False
    if "denial" in (acts[i], acts[j]) and acts[i] != acts[j]:
        return False
    common = words[i] & words[j]
    if words[i] == words[j]:
        return len(common) >= _LEAST_WORDS and any(word[0] != _NAME for word in common)
    if len(common) < _LEAST_SHARED or sum(word[0] != _NAME for word in common) < _LEAST_WORDS:
        return False
    sums_up = paragraph[j] < _OPENING_PARAGRAPHS and paragraph[i] != paragraph[j] and acts[i] == acts[j]
    return len(common) >= (_SUMMARY if sums_up else _REPEAT) * min(len(words[i]), len(words[j]))


def _words(reading: Reading, attribution: Attribution) -> frozenset[str]:
    """Dictionary forms of the words that carry a statement's meaning; names as they are called everywhere."""
    found = set()
    for span in attribution.content:
        for token in reading.tokens_in(span.start, span.end):
            if reading.upos[token] not in _CONTENT:
                continue
            word = reading.word(token)
            is_name = reading.upos[token] == "PROPN"
            base = _NAME + body_key([word]) if is_name else lemma(word, reading.upos[token]).lower()
            if base not in _LIGHT:
                found.add(base)
    return frozenset(found)


def _paragraphs(extraction: Extraction) -> list[int]:
    """The number of each attribution's paragraph, counting lines of the article and not of the page around it."""
    junk = extraction.document.boilerplate if extraction.document is not None else ()
    junk_starts = [span.start for span in junk]
    starts = [
        start
        for start, end in find_paragraphs(extraction.text)
        if bisect_left(junk_starts, end) == bisect_left(junk_starts, start)
    ]
    return [bisect_right(starts, attribution.content[0].start) - 1 for attribution in extraction.attributions]
