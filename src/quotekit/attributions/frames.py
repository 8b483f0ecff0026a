"""The reader's frames, with contents given to the tags that they belong to."""

from __future__ import annotations

import itertools

from quotekit.attributions.clauses import halves_of
from quotekit.attributions.cues import read_cue
from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, STOPS, Page
from quotekit.constructions import RELATIVE
from quotekit.reader.reading import Frame, RoleSpan


def linked_frames(page: Page) -> list[Frame]:
    """The reader's frames, with each content that its tag follows at once (“…,” she said) given to that tag."""
    roles = page.reading.roles
    frames = list(page.reading.frames)
    tag_at: dict[int, int] = {}
    for at, frame in enumerate(frames):
        for role in (frame.cue, frame.source):
            if role is not None:
                nearest = tag_at.setdefault(roles[role].start, at)
                if abs(frame.cue - role) < abs(frames[nearest].cue - role):
                    tag_at[roles[role].start] = at
    _give_idle(page, frames)
    _give_fronts(page, frames)
    for at, frame in enumerate(frames):
        for content in frame.contents:
            end = roles[content].end
            behind = end + (2 if page.text[end : end + 2] == ", " else 1)
            owner = tag_at.get(behind, at)
            if owner != at and _is_tagged(page, roles[content], frames[owner]):
                frames[at] = _with_contents(frames[at], set(frames[at].contents) - {content})
                frames[owner] = _with_contents(frames[owner], {*frames[owner].contents, content})
    return frames


def _give_idle(page: Page, frames: list[Frame]) -> None:
    """Gives a verb of saying without contents those of a false cue behind it.

    That is a colon ("Said Ellis: …"), or a noun that is its object ("Host tells river states to …").
    """
    roles, reading = page.reading.roles, page.reading
    for at, (one, other) in enumerate(itertools.pairwise(frames)):
        idle, false = roles[one.cue], roles[other.cue]
        if one.contents or not other.contents or idle.end > false.start:
            continue
        cue, head = read_cue(page, idle.start, idle.end)
        source = one.source if one.source is not None else other.source
        if cue.category not in ("speech", "writing") or head is None:
            continue
        if page.text[false.start : false.end] == ":":
            tag_end = max(idle.end, roles[source].end if source is not None else 0)
            is_false = tag_end == false.start and other.source in (None, source)
        else:
            token = reading.head_of(false.start, false.end)
            is_false = (
                token is not None
                and reading.upos[token] == "NOUN"
                and int(reading.heads[token]) == head
                and reading.deps[token] in ("obj", "iobj")
            )
        if is_false:
            frames[at] = one._replace(source=source, contents=other.contents, confidence=other.confidence)
            frames[at + 1] = other._replace(contents=())


def _give_fronts(page: Page, frames: list[Frame]) -> None:
    """Gives a tag at a sentence's end what stands before it, where its contents are none of its paragraph's."""
    roles = page.reading.roles
    for at, frame in enumerate(frames):
        home = page.paragraph_at(roles[frame.cue].start)
        if frame.source is not None and all(page.paragraph_at(roles[i].start) != home for i in frame.contents):
            source, cue = roles[frame.source], roles[frame.cue]
            if page.text[source.start : source.end].lower() in RELATIVE or page.text[cue.start : cue.end].endswith(
                "ing"
            ):
                # A tag has a tense: "…, some of them threatening" is none.
                continue
            page.fronts[at] = halves_of(page, (source.start, source.end), (cue.start, cue.end))


def _is_tagged(page: Page, content: RoleSpan, frame: Frame) -> bool:
    """Whether a frame's source and cue stand right behind a content, as its tag and nothing else's.

    They follow a quotation that ends with a comma, or interrupt a sentence that goes on behind them.
    """
    roles, text = page.reading.roles, page.text
    words = text[content.start : content.end]
    if frame.source is None or roles[frame.cue].start < content.end or roles[frame.source].start < content.end:
        return False
    tag_end = max(roles[frame.cue].end, roles[frame.source].end)
    following = [roles[i].start for i in frame.contents if roles[i].start >= tag_end]
    if text[content.end] == ",":
        goes_on = bool(following) and text[tag_end : min(following)].strip(EDGES + OPENERS) == ","
        tokens = page.reading.tokens_in(content.start, tag_end)
        if len(page.reading.tokens_in(content.start, content.end)) < 2:
            return False
        return goes_on and text[min(following)].islower() and not page.reading.sent_starts[tokens[1:]].any()
    if words[0] not in OPENERS or words[-1] not in CLOSERS or words.rstrip(CLOSERS)[-1:] != ",":
        return False
    return not following or any(c in STOPS for c in text[tag_end : min(following)])


def _with_contents(frame: Frame, contents: set[int]) -> Frame:
    return frame._replace(contents=tuple(sorted(contents)))
