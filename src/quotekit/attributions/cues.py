"""Cues without auxiliaries and adverbs, with what they are entered as and whether they are denied."""

from __future__ import annotations

import functools

from quotekit.attributions.page import EDGES, Page
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.types import Cue, CueCategory

_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no", "without"))
_NO_ONE = frozenset(("nobody", "none", "neither"))
_OMISSIONS = frozenset(("fail", "avoid", "refrain", "omit", "neglect", "forget"))
"""Verbs above a verb of saying of which nothing came."""
_HABITS = frozenset(("like", "love"))
"""Verbs that, above a verb of saying, tell how often it is said."""
_SHORTEST_PHRASE = 3
"""Words of a cue that is an entry as a whole."""


def read_cue(page: Page, start: int, end: int) -> tuple[Cue, int | None]:
    """The cue without auxiliaries, adverbs and what follows its verb; and its head token."""
    reading = page.reading
    tokens = [t for t in reading.tokens_in(start, end) if reading.upos[t] != "SPACE"]
    start, end = page.trim(start, end, EDGES)
    if not tokens:
        return _made(page, start, end, page.text[start:end], None, False), None
    words = [t for t in tokens if reading.upos[t] != "PUNCT"]
    if not words:
        mark = page.text[start:end].strip()
        return _made(page, start, end, mark, mark, False), tokens[0]
    phrase = _phrase(page, words)
    head = words[0] if phrase else _cue_head(page, words)
    negated = _negated(page, head, words)
    first, last = head, words[-1] if phrase else head
    if phrase:
        pass
    elif reading.upos[head] == "VERB":
        # Particles and the preposition of "called for" belong to the verb, "in a statement" does not.
        following = [t for t in words if t > head]
        if (
            following
            and following[0] == head + 1
            and reading.upos[head + 1] in ("ADP", "PART")
            and not _governs(page, head + 1, following)
        ):
            last = head + 1
        elif following and reading.upos[following[0]] in ("DET", "NOUN", "ADJ", "PRON") and reading.deps[head] != "aux":
            last = _object_end(page, head, following)
        if reading.lower(last) == "to" and reading.deps[last] == "mark":
            last = head
    else:
        while first - 1 in words and reading.upos[first - 1] not in ("ADV", "AUX", "PART"):
            first -= 1
        while last + 1 in words and reading.upos[last + 1] not in ("ADV", "AUX"):
            last += 1
    begin = max(int(reading.starts[first]), start)
    stop = min(int(reading.ends[last]), end)
    begin, stop = page.trim(begin, stop, EDGES + ",;")
    phrase = phrase or " ".join(page.text[begin:stop].lower().split())
    base = phrase if phrase in known_cues() else lemma(reading.word(head), reading.upos[head]).lower()
    return _made(page, begin, stop, base, _sorted_by(page, words, head, base), negated), head


def _phrase(page: Page, words: list[int]) -> str:
    """The entry of the table for a verb with all that follows it in the cue ("made it clear"), or nothing."""
    reading = page.reading
    if len(words) < _SHORTEST_PHRASE or reading.upos[words[0]] != "VERB":
        return ""
    phrase = " ".join([lemma(reading.word(words[0]), "VERB"), *(reading.word(t) for t in words[1:])]).lower()
    return phrase if phrase in known_cues() else ""


def _sorted_by(page: Page, words: list[int], head: int, base: str) -> str:
    """The entry of the table that sorts a cue: verb and particle, the verb, or what a light verb has as object."""
    reading = page.reading
    following = [t for t in words if t > head]
    if following and f"{base} {reading.lower(following[0])}" in known_cues():
        return f"{base} {reading.lower(following[0])}"
    if base in known_cues():
        return base
    nouns = (lemma(reading.word(t), "NOUN").lower() for t in following if reading.upos[t] == "NOUN")
    return next((noun for noun in nouns if noun in known_cues()), base)


def _made(page: Page, start: int, end: int, base: str, entry: str | None, negated: bool) -> Cue:
    category: CueCategory = known_cues()[entry][0] if entry in known_cues() else "other"
    return Cue(span=page.span(start, end), lemma=base or page.text[start:end], category=category, negated=negated)


def _cue_head(page: Page, words: list[int]) -> int:
    """The verb that reports: the last verb of a chain such as "has repeatedly said" or "went on to say"."""
    reading = page.reading
    verbs = [t for t in words if reading.upos[t] == "VERB"]
    if not verbs:
        known = [t for t in words if lemma(reading.word(t), reading.upos[t]).lower() in known_cues()]
        return (
            known[0]
            if known
            else next((t for t in words if reading.upos[t] not in ("AUX", "ADV", "PART", "DET")), words[0])
        )
    reporting = [
        t for t in verbs if known_cues().get(lemma(reading.word(t), "VERB").lower(), ("other", False))[0] != "other"
    ]
    if not reporting:
        return verbs[0]
    if len(reporting) > 1 and lemma(reading.word(reporting[0]), "VERB").lower() in _HABITS:
        # "liked to say"
        return reporting[1]
    # "issued a statement saying", "tweeted, adding": the first verb that reports.
    return reporting[0]


def _governs(page: Page, preposition: int, following: list[int]) -> bool:
    """Whether a preposition inside the cue has its noun there too."""
    return any(int(page.reading.heads[preposition]) == t or t == preposition + 1 for t in following if t > preposition)


def _object_end(page: Page, head: int, following: list[int]) -> int:
    """End of a light verb's object ("issued a statement"), up to the first preposition."""
    if known_cues().get(lemma(page.reading.word(head), "VERB").lower(), ("other", False))[0] == "speech":
        return head
    last = head
    for token in following:
        hyphen = token == last + 2 and page.reading.word(last + 1) == "-"
        if (token != last + 1 and not hyphen) or page.reading.upos[token] in ("ADP", "SCONJ", "VERB", "ADV"):
            break
        last = token
    return last


def _negated(page: Page, head: int, words: list[int]) -> bool:
    reading = page.reading
    near = {
        t
        for t in reading.children(head)
        if abs(t - head) <= 5 and reading.deps[t] in ("advmod", "cc:preconj", "neg", "aux")
    }
    omission = _omission(page, head, words)
    if omission is not None:
        near.update(reading.children(omission))
    negated = any(reading.lower(t) in _NEGATIONS and reading.lower(t) not in ("no", "nor") for t in {*near, *words})
    # "Nobody denied", "no official said", "no longer denies".
    negated = negated or any(_is_none(page, t) for t in (*reading.children(head, "nsubj"), *near))
    return negated != (omission is not None)


def _is_none(page: Page, token: int) -> bool:
    """Whether a subject is nobody, or "longer" stands for "no longer"."""
    reading, word = page.reading, page.reading.lower(token)
    if reading.deps[token] == "nsubj" and word in _NO_ONE:
        return True
    counted = reading.deps[token] == "nsubj" or word == "longer"
    return counted and any(reading.lower(t) == "no" and t == token - 1 for t in reading.children(token))


def _omission(page: Page, head: int, words: list[int]) -> int | None:
    """The verb by which nothing was said, if there is one: "failed to say", "stopped short of calling"."""
    reading, at = page.reading, head
    while True:
        verb = lemma(reading.word(at), "VERB").lower()
        if verb in _OMISSIONS or (verb == "stop" and reading.lower(min(at + 1, len(reading) - 1)) == "short"):
            # Who forgot that it was Sunday thought nothing else; who forgot to mention it said nothing.
            return at if at != head or any(t > head and reading.upos[t] == "VERB" for t in words) else None
        above = int(reading.heads[at])
        if reading.deps[at] not in ("xcomp", "ccomp", "advcl", "obl") or not 1 <= at - above <= 3:
            return None
        at = above


@functools.cache
def known_cues() -> dict[str, tuple[CueCategory, bool]]:
    """Category of each cue, and whether its object is the one spoken to."""
    return {row[0]: (row[1], row[2] == "yes") for row in load_table("cues")}  # type: ignore[misc]
