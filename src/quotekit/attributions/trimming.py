"""What the reader took into a content and is not said: who is told, what is described, what goes on behind."""

from __future__ import annotations

from quotekit.attributions.clauses import bare_clause
from quotekit.attributions.cues import known_cues
from quotekit.attributions.page import Page, Pieces
from quotekit.constructions import RELATIVE, judging
from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.tags import NAMING
from quotekit.types import Cue

_REPORTED = frozenset(("that", "if", "whether", "how", "what", "why", "who", "when", "where"))
"""What opens a clause that is reported beside another."""


def without_lead(page: Page, cue: Cue, head: int | None, content: Pieces) -> Pieces:
    """Contents without what stands between a verb of saying and its clause: "told | the court | she was ill"."""
    reading = page.reading
    if head is None or len(content) != 1 or reading.upos[head] != "VERB" or cue.category not in ("speech", "writing"):
        return content
    start, end = content[0]
    tokens = reading.tokens_in(start, end)
    for said in reading.children(head, "ccomp"):
        first = reading.subtree(said)[0]
        begin = int(reading.starts[first])
        if start < int(reading.starts[head]) or not start < begin < end or not reading.children(said, "nsubj"):
            continue
        lead = range(tokens.start, first)
        relations = (
            ("obl", "advmod", "iobj", "obj") if known_cues().get(cue.lemma, ("other", False))[1] else ("obl", "advmod")
        )
        tops = [t for t in lead if int(reading.heads[t]) == head]
        hang = all(reading.deps[t].partition(":")[0] in relations for t in tops)
        whole = all(any(a <= t < b for a, b in map(reading.subtree, tops)) for t in lead)
        # "added that, after tax, …": what stands behind the conjunction is said.
        asks = reading.lower(tokens.start - 1) == "that" or any(
            reading.lower(t) in _REPORTED or reading.lower(t) in RELATIVE or reading.word(t) == "," for t in lead
        )
        if tops and hang and whole and not asks and not page.quotes_in([(start, begin)]):
            return [bare_clause(page, begin + 5 * (reading.lower(first) == "that"), end)]
    return content


def without_clause_of(page: Page, head: int | None, cue: tuple[int, int], content: Pieces) -> Pieces:
    """Contents cut before the clause whose subject the cue is: "the claim that it rained | proved false"."""
    if head is None or not page.reading.deps[head].startswith("nsubj") or len(content) != 1:
        return content
    reading = page.reading
    start, end = content[0]
    verb = int(reading.heads[head])
    if not cue[1] <= start < int(reading.starts[verb]) < end:
        return content
    said = [c for c in reading.children(head, "acl", "ccomp") if start <= int(reading.starts[c]) < end]
    if not said:
        return content
    after = reading.subtree(said[0])[1]
    first = min([verb, *(c for c in reading.children(verb) if after <= c < verb)])
    return [bare_clause(page, start, int(reading.starts[first]))] if first >= after else content


def without_those_told(page: Page, cue: Cue, head: int | None, content: Pieces) -> Pieces:
    """Contents without those to whom it is said: "residents | were told | to leave", "told | them | to leave".

    A pronoun alone says nothing of what is expected of it either: "he | is expected | to resign".
    """
    reading = page.reading
    called = (
        None
        if head is None or not content or cue.lemma not in ("call", "call on")
        else _called_on(page, cue, head, content[0])
    )
    if called is not None:
        return [(called, content[0][1]), *content[1:]]
    if head is not None and content[1:] and content[0][1] <= int(reading.starts[head]):
        tokens = reading.tokens_in(*content[0])
        if len(tokens) == 1 and reading.upos[tokens[0]] == "PRON" and int(reading.heads[tokens[0]]) == head:
            return content[1:]
    if (
        head is None
        or not content
        or reading.upos[head] != "VERB"
        or not known_cues().get(cue.lemma, ("other", False))[1]
    ):
        return content
    end = content[0][1]
    tokens = reading.tokens_in(*content[0])
    passive = [c for c in reading.children(head, "nsubj") if reading.deps[c] == "nsubj:pass" and c in tokens]
    if passive and end <= int(reading.starts[head]):
        said = [c for c in reading.children(head, "xcomp", "ccomp") if c > head]
        if content[1:]:
            return content[1:]
        if said:
            first, last = reading.subtree(said[0])
            piece = bare_clause(page, int(reading.starts[first]), int(reading.ends[last - 1]))
            return [piece] if not page.blocked(*piece) else content
    for deed in reading.children(head, "xcomp"):
        first = reading.subtree(deed)[0]
        told = [c for c in reading.children(head, "obj", "iobj") if c in tokens and head < c < first]
        begin = int(reading.starts[first])
        if told and reading.lower(first) == "to" and reading.subtree(told[0])[0] == tokens[0] and begin < end:
            return [(begin, end), *content[1:]]
    return content


def _called_on(page: Page, cue: Cue, head: int, piece: tuple[int, int]) -> int | None:
    """Where begins what somebody is called on to do: "called on | ministers | to think again"."""
    reading = page.reading
    tokens = reading.tokens_in(*piece)
    if cue.lemma not in ("call", "call on") or not tokens:
        return None
    if reading.lower(tokens[0] - 1) != "on" or int(reading.starts[tokens[0] - 1]) != cue.span.end - 2:
        return None
    asked = [c for c in reading.children(head, "obl", "obj") if c in tokens]
    for deed in (*reading.children(head, "advcl", "xcomp"), *(d for c in asked for d in reading.children(c, "acl"))):
        first = reading.subtree(deed)[0]
        if first in tokens and first > tokens[0] and reading.lower(first) == "to":
            return int(reading.starts[first])
    return None


def without_described(page: Page, head: int | None, content: Pieces) -> Pieces:
    """Contents without the pronoun that they describe: "called | them | “a mess”", "saw | it as | “a mess”"."""
    reading = page.reading
    if head is None or len(content) != 1 or reading.upos[head] != "VERB":
        return content
    start, end = content[0]
    tokens = reading.tokens_in(start, end)
    if start < int(reading.starts[head]) or not tokens:
        return content
    named = _name_of(page, head, tokens)
    if named is not None:
        return [(int(reading.starts[named]), end)]
    first = tokens[0]
    if first + 1 in tokens and reading.upos[first] == "PRON" and reading.deps[first] in ("obj", "iobj"):
        first += 1
    if first + 1 in tokens and reading.lower(first) == "as" and reading.upos[first] in ("ADP", "SCONJ"):
        first += 1
    begin = int(reading.starts[first])
    opens = any(page.pieces[at][0] == begin for at in range(*page.piece_range(begin, end)))
    return [(begin, end)] if begin > start and opens else content


def _name_of(page: Page, head: int, tokens: range) -> int | None:
    """The token at which begins what a thing is described as, or called in marks; None where nothing is.

    "denounced | the plan as | a land grab", "called | your work | “miniature”"
    """
    reading = page.reading
    verb = lemma(reading.word(head), "VERB").lower()
    if verb in judging() and len(tokens) > 1 and reading.lower(tokens[0]) == "as":
        return tokens[1]
    things = [c for c in reading.children(head, "obj") if head < c and c in tokens]
    if not things or reading.subtree(things[0])[0] != tokens[0]:
        return None
    for said in reading.children(head, "xcomp", "obl", "obj", "advcl"):
        first = reading.subtree(said)[0]
        if said == things[0] or not things[0] < first or first + 1 not in tokens:
            continue
        if verb in judging() and reading.lower(first) == "as":
            return first + 1
        begin = int(reading.starts[first])
        opens = any(page.pieces[at][0] == begin for at in range(*page.piece_range(begin, begin + 1)))
        if verb in NAMING and opens and reading.subtree(things[0])[1] <= first:
            return first
    return None


def without_tail(page: Page, head: int | None, content: Pieces) -> Pieces:
    """Contents without the clause at their end that goes on about the source, as the cue's own sentence does."""
    reading = page.reading
    if head is None or len(content) != 1:
        return content
    start, end = content[0]
    if start < int(reading.starts[head]):
        return content
    if reading.upos[head] == "NOUN":
        for at in range(*page.piece_range(start, end)):
            begin, stop, _ = page.pieces[at]
            following = reading.tokens_in(stop, end)
            if begin == start and following and reading.upos[following[0]] in ("AUX", "VERB"):
                return [(begin, stop)]
        return content
    for child in reading.children(head, "conj"):
        first = reading.subtree(child)[0]
        at = int(reading.starts[first])
        reported = any(reading.lower(t) in _REPORTED for t in range(first, min(first + 3, len(reading))))
        quoted = any(page.pieces[i][1] > at for i in range(*page.piece_range(at, end)))
        if not start < at < end or reported or quoted:
            continue
        subjects = reading.children(child, "nsubj", "expl")
        # Without a comma before it, a clause with a subject is reported too; one without goes on about the source.
        is_about = "," in (reading.word(first - 1), reading.word(first)) if subjects else _is_like(reading, child, head)
        if is_about:
            return [bare_clause(page, start, at)]
    return content


def _is_like(reading: Reading, verb: int, other: int) -> bool:
    """Whether two verbs have the same form: "she said it rained and left" may be what she did."""
    return reading.upos[verb] == "VERB" and reading.morph[verb] == reading.morph[other] in ("Past", "Pres")
