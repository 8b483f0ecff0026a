"""Who says it: the reader's source without appositions, or another than it saw."""

from __future__ import annotations

from quotekit.attributions.cues import known_cues, read_cue
from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, Bounds, Page, Pieces
from quotekit.constructions import RELATIVE, lacks_hearer, noun_phrase, owner_of, people, speaker_nouns
from quotekit.lemma import lemma
from quotekit.reader.reading import Frame
from quotekit.tags import find_tag, is_saying
from quotekit.types import Cue, Span

_LONGEST_HEADLINE_SOURCE = 7
"""Tokens of the source in a headline."""


def source_of(page: Page, frame: Frame) -> tuple[int, int] | None:
    """Where a frame's source stands; not paragraphs away from its cue, which then shares a subject near by."""
    if frame.source is None:
        return None
    source, cue = page.reading.roles[frame.source], page.reading.roles[frame.cue]
    if abs(page.paragraph_at(source.start) - page.paragraph_at(cue.start)) <= 1:
        return source.start, source.end
    _, verb = read_cue(page, cue.start, cue.end)
    while verb is not None and page.reading.deps[verb] == "conj":
        verb = int(page.reading.heads[verb])
    subjects = [] if verb is None else page.reading.children(verb, "nsubj")
    return noun_phrase(page.reading, subjects[0]) if subjects else None


def tag_beside(page: Page, cue: Cue, content: Pieces) -> Bounds | None:
    """The source in the tag of a quotation, where the reader found only its cue."""
    for start, end in content:
        if page.text[end - 1] in CLOSERS and not page.text[end : cue.span.start].strip(EDGES):
            tag = find_tag(page.reading, start, end)
            if tag is not None and tag.cue[0] <= cue.span.start < tag.cue[1]:
                return tag.source
    return None


def is_asked_for(page: Page, start: int, end: int) -> bool:
    """Whether a question asks who the source is: "Who says so?"."""
    reading = page.reading
    tokens = reading.tokens_in(start, end)
    if len(tokens) != 1 or reading.lower(tokens[0]) not in ("who", "what"):
        return False
    first, last = reading.sentence(tokens[0])
    words = [t for t in range(first, last) if reading.upos[t] not in ("PUNCT", "SPACE")]
    # A transcript's label may stand in the same sentence.
    opens = tokens[0] in words[:1] or page.text[:start].rstrip().endswith((":", *OPENERS))
    return opens and "?" in page.text[reading._ends[words[-1]] : reading._ends[last - 1]]


def find_agent(page: Page, cue: Cue, head: int | None, source: Bounds | None) -> Bounds | None:
    """The source of a passive cue: who is told something says nothing, "by" is before who does."""
    reading = page.reading
    if head is None:
        return source
    if reading.upos[head] == "NOUN" and source is None:
        return owner_of(reading, head)
    if cue.category == "perception":
        return _find_teller(page, head) or source
    source = source or _shared_subject(page, head)
    agents = reading.children(head, "obl:agent")
    has_hearer = known_cues().get(cue.lemma, ("other", False))[1]
    is_bare = lacks_hearer(reading, head)
    if not (has_hearer or (source is None and agents)) or not (is_bare or reading.children(head, "aux:pass")):
        return source
    if agents:
        start, end = noun_phrase(reading, agents[0])
        case = reading.children(agents[0], "case")
        return (int(reading.ends[case[0]]), end) if case and case[0] < agents[0] else (start, end)
    if source is None:
        return None
    first, last = reading.sentence(head)
    is_near = int(reading.starts[first]) <= source[0] < int(reading.ends[last - 1])
    told = [c for c in reading.children(head, "nsubj") if is_bare or reading.deps[c] == "nsubj:pass"]
    return source if is_near and not any(source[0] <= reading._starts[c] < source[1] for c in told) else None


def _shared_subject(page: Page, head: int) -> Bounds | None:
    """Who says the rest too: "he said …, adding that …", "she asked … and told him …"."""
    reading = page.reading
    if reading.upos[head] != "VERB" or reading.children(head, "nsubj", "aux:pass", "expl"):
        return None
    before = int(reading.heads[head])
    goes_on = reading.deps[head] == "conj" or (reading.deps[head] == "advcl" and reading.lower(head).endswith("ing"))
    subjects = reading.children(before, "nsubj")
    # "He held out his hand and said": whoever does the one thing says the other.
    is_said = is_saying(reading, before) or (reading.deps[head] == "conj" and is_saying(reading, head))
    if not goes_on or before >= head or not is_said or not subjects:
        return None
    is_told = reading.deps[subjects[0]] != "nsubj" or reading.lower(subjects[0]) in RELATIVE
    return None if is_told else noun_phrase(reading, subjects[0])


def _find_teller(page: Page, head: int) -> Bounds | None:
    """From whom something is heard: "the committee heard from Lund that it rained"."""
    reading = page.reading
    for child in reading.children(head, "obl"):
        case = reading.children(child, "case")
        if child > head and len(case) == 1 and reading.lower(case[0]) == "from":
            start, end = noun_phrase(reading, child)
            return max(start, int(reading.ends[case[0]]) + 1), end
    return None


def is_expletive(page: Page, start: int, end: int, head: int | None) -> bool:
    """Whether a source is the "it" of "it was claimed that"."""
    reading = page.reading
    if head is None or page.text[start:end].strip().lower() != "it":
        return False
    return any(reading.deps[c] == "aux:pass" for c in reading.children(head))


def read_source(page: Page, start: int, end: int) -> Span | None:
    """The source's noun phrase, without an apposition set off by commas and without a possessive."""
    reading = page.reading
    start, end = page.trim(start, end, EDGES + ",;:" + "–—-")
    if start >= end:
        return None
    tokens = reading.tokens_in(start, end)
    if (own := _behind_clause(page, tokens)) is not None:
        start, tokens = int(reading.starts[own]), range(own, tokens.stop)
    for at, token in enumerate(tokens):
        if (
            reading.upos[token] == "PUNCT"
            and reading.word(token) in (",", "(", "–", "—", "--")
            and at > 0
            and _opens_apposition(page, tokens, token)
        ):
            end = int(reading.starts[token])
            break
    last = tokens[-1] if tokens else None
    if last is not None and last > tokens[0] and reading.upos[last] == "PRON" and reading.word(last) in RELATIVE:
        # A docker who declined: the clause's cue is another's.
        end = min(end, int(reading.starts[last]))
    start, end = page.trim(start, end, EDGES + ",;:")
    for ending in ("'s", "’s", "'", "’"):
        if page.text[start:end].endswith(ending) and (ending[1:] or page.text[start:end][-2:-1] in "sS"):
            end -= len(ending)
            break
    return page.span(start, end) if start < end else None


def _behind_clause(page: Page, tokens: range) -> int | None:
    """First token of a source behind another clause: “it is a quiet place and villager Ada Quist has said”."""
    reading = page.reading
    for token in tokens[1:-1]:
        if reading.upos[token] != "CCONJ":
            continue
        before = range(tokens.start, token)
        subjects = [t for t in before if reading.deps[t].startswith("nsubj") and int(reading.heads[t]) in before]
        verbs = [int(reading.heads[t]) for t in subjects]
        is_clause = any(
            not reading.deps[verb].startswith(("acl", "ccomp", "advcl", "csubj"))
            and (reading.upos[verb] in ("VERB", "AUX") or reading.children(verb, "cop"))
            for verb in verbs
        )
        if is_clause and reading.upos[token + 1] in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"):
            return token + 1
    return None


def _opens_apposition(page: Page, tokens: range, comma: int) -> bool:
    """Whether what follows a comma inside a source describes what stands before it, and is no further member."""
    reading = page.reading
    before = range(tokens.start, comma)
    for token in range(comma + 1, tokens.stop):
        head = int(reading.heads[token])
        if reading.upos[token] in ("PUNCT", "NUM") or head not in before:
            continue
        if reading.deps[token] == "conj":
            return False
        if reading.deps[token] in (
            "appos",
            "acl",
            "acl:relcl",
            "nmod",
            "nmod:unmarked",
            "nmod:desc",
            "parataxis",
            "list",
            "dep",
            "obl",
            "advcl",
            "obl:unmarked",
            "amod",
            "nummod",
        ):
            return True
    # Nothing hangs on what stands before: a list has a conjunction, a description ("D-Vt.") has none.
    if any(reading.upos[t] == "CCONJ" for t in tokens if t > comma):
        return False
    head_token = reading.head_of(int(reading.starts[tokens.start]), int(reading.ends[tokens[-1]]))
    return (
        head_token is not None
        and head_token < comma
        and len(before) > 0
        and reading.upos[before[-1]] in ("PROPN", "NOUN", "NUM", "PRON")
    )


def is_speaker(page: Page, start: int, end: int, *, named: bool = True) -> bool:
    """Whether the characters are a short noun phrase for somebody: by a noun ("police"), or by a name."""
    reading = page.reading
    tokens = reading.tokens_in(start, end)
    if not 1 <= len(tokens) <= _LONGEST_HEADLINE_SOURCE or start >= end:
        return False
    if any(reading.upos[t] not in ("PROPN", "NOUN", "ADJ", "DET", "ADP", "PUNCT", "NUM", "PART") for t in tokens):
        return False
    last = tokens[-1]
    noun = lemma(reading.word(last), "NOUN").lower()
    if reading.upos[last] in ("NOUN", "PROPN") and (noun in speaker_nouns() or (not named and noun in people())):
        return True
    return named and any(
        e.label in ("PERSON", "ORG", "LOC") and e.first < tokens.stop and e.last > tokens.start
        for e in reading.entities
    )
