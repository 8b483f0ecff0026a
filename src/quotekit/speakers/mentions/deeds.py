"""What a text says that somebody does."""

from __future__ import annotations

from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.speakers.mentions.context import Context


def find_deeds(context: Context, head: int) -> tuple[str, ...]:
    """What the text says that somebody does or did, in a clause of its own or behind "who"."""
    reading = context.reading
    verbs = [v for v in reading.children(head, "acl:relcl", "acl") if _is_told_by_who(reading, v)]
    if reading.deps[head] == "nsubj":
        verbs.append(int(reading.heads[head]))
    found: list[str] = []
    for verb in verbs:
        joined = [v for v in reading.children(verb, "conj") if not reading.children(v, "nsubj", "nsubj:pass")]
        for each in (verb, *joined):
            is_negated = any(
                reading.lower(t) in ("not", "n't", "n’t", "never") for t in reading.children(each, "advmod")
            )
            if reading.upos[each] == "VERB" and not is_negated and not context.is_quoted(reading._starts[each]):
                found.append(lemma(reading.word(each), "VERB").lower())
    return tuple(found)


def _is_told_by_who(reading: Reading, verb: int) -> bool:
    """Whether a clause says of somebody what he or she does: “who coaches the team”."""
    return any(reading.lower(t) == "who" for t in reading.children(verb, "nsubj"))
