"""One extraction as a piece of HTML: the article, who speaks in it, and the threats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotekit.rendering import article
from quotekit.rendering.numbering import NOBODY, Keys, number
from quotekit.rendering.words import escape, line, short
from quotekit.types import Attribution, ConditionalThreat, DocumentInfo, Extraction, Span, Speaker

_SNIPPET = 90
"""Characters of a statement in the list of what somebody says."""
_MONTHS = (
    "",
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIRECTIONS = {"deterrent": "deterrent (forbids an act)", "compellent": "compellent (demands an act, or its end)"}
_LEGEND = {
    "quoted": "words in quotation marks",
    "content": "reported words",
    "nested": "reported within a report",
    "source": "source",
    "cue": "cue",
    "condition": "condition of a threat",
    "consequence": "threatened consequence",
    "aside": "not part of the article",
}


def section(extraction: Extraction, prefix: str, *, level: int) -> tuple[str, str]:
    """An extraction as HTML.

    Args:
        extraction: What was found.
        prefix: Start of every id, unique on the page.
        level: Of the headline, 1 to 4.

    Returns:
        The element, and the rules that light what belongs together in it, which a style sheet must hold.
    """
    keys = number(extraction)
    words, has_headline = article.mark(extraction, keys, prefix, heading=f"h{level}")
    title = line((extraction.document and extraction.document.title) or "") or "Text without a headline"
    parts = [
        f'<section class="quotekit" id="{prefix}" aria-label="{escape(title)}">',
        # A headline that is no line of the text stands above it.
        "" if has_headline else f'<h{level} class="qk-headline qk-given"><bdi>{escape(title)}</bdi></h{level}>',
        _about(extraction, prefix),
        '<div class="qk-columns">',
        f'<div class="qk-main" id="{prefix}-text">',
        _legend(words),
        "" if extraction.text else '<p class="qk-small">The text is empty.</p>',
        f"<article>{words}</article>",
        _threats(extraction, keys, prefix, level + 1),
        "</div>",
        _speakers(extraction, keys, prefix, level + 1),
        "</div></section>",
    ]
    return "\n".join(part for part in parts if part), _lights(keys, prefix)


def published(document: DocumentInfo | None) -> str:
    """When a text was published, for people; empty where that is not known.

    >>> published(None)
    ''
    """
    if document is None or document.published is None:
        return ""
    moment = document.published
    time = "" if (moment.hour, moment.minute) == (0, 0) else f"{moment:, %H:%M}"
    # strftime would pad the day, and name the month in the language of the process.
    return f"{moment.day} {_MONTHS[moment.month]} {moment.year}{time}"


def counted(count: int, name: str) -> str:
    """A number with its noun.

    >>> counted(1, "threat"), counted(1200, "threat")
    ('1 threat', '1,200 threats')
    """
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _about(extraction: Extraction, prefix: str) -> str:
    document = extraction.document
    facts = [published(document), line((document and document.byline) or "")]
    about = "".join(f"<span><bdi>{escape(fact)}</bdi></span>" for fact in facts if fact)
    links = [
        (f"{prefix}-speakers", counted(len(extraction.speakers), "speaker")),
        (f"{prefix}-text", counted(len(extraction.attributions), "attribution")),
        (f"{prefix}-threats", counted(len(extraction.threats), "conditional threat")),
    ]
    # Nothing to go to where nothing was found.
    items = "".join(
        f'<li><a href="#{to}">{label}</a></li>' if label[0] != "0" else f"<li>{label}</li>" for to, label in links
    )
    about = f"<p>{about}</p>" if about else ""
    return f'<div class="qk-about">{about}<nav aria-label="What was found"><ul>{items}</ul></nav></div>'


def _legend(words: str) -> str:
    """What the marks mean, for those that occur."""
    present = [role for role in _LEGEND if f"qk-{role}" in words]
    if not present:
        return ""
    both = {"nested": "qk-content qk-nested", "quoted": "qk-content qk-quoted"}
    items = "".join(
        f'<li><mark class="{both.get(role, "qk-" + role)}">{name}</mark></li>'
        for role, name in _LEGEND.items()
        if role in present
    )
    return f'<ul class="qk-legend" aria-label="Legend">{items}</ul>'


def _speakers(extraction: Extraction, keys: Keys, prefix: str, level: int) -> str:
    if not extraction.speakers and not extraction.attributions:
        return ""
    acts = {claim.id: claim.act for claim in extraction.claims}
    items = [
        _speaker(speaker, keys.said[f"s{i}"], extraction, acts, keys, prefix)
        for i, speaker in enumerate(keys.speakers, 1)
    ]
    if keys.said[NOBODY]:
        items.append(_speaker(None, keys.said[NOBODY], extraction, acts, keys, prefix))
    return (
        f'<aside class="qk-side" id="{prefix}-speakers" tabindex="-1" aria-labelledby="{prefix}-speakers-head">'
        f'<h{level} id="{prefix}-speakers-head">Speakers</h{level}>'
        f'<ol class="qk-speakers">{"".join(items)}</ol></aside>'
    )


def _speaker(
    speaker: Speaker | None,
    said: Sequence[Attribution],
    extraction: Extraction,
    acts: Mapping[str, str],
    keys: Keys,
    prefix: str,
) -> str:
    key = keys.speaker(speaker.id if speaker else None)
    name = escape(line(speaker.name) if speaker else "No speaker named") or "?"
    sign = key.removeprefix("s") if speaker else "?"
    first = f' href="#{prefix}-{keys.attributions[said[0].id]}"' if said else ""
    # A link goes to the first thing said; a speaker who only threatens in the words of others is no link.
    head = (
        f'<a class="qk-name"{first}><bdi>{name}</bdi></a>'
        if said
        else f'<span class="qk-name"><bdi>{name}</bdi></span>'
    )
    count = f'<span class="qk-count" title="{counted(len(said), "attribution")}">{len(said):,}</span>'
    threats = [t for t in extraction.threats if speaker is not None and speaker.id in (t.issuer_id, t.threatener_id)]
    chips = "".join(
        f'<a class="qk-chip" href="#{prefix}-{keys.threats[t.id]}" '
        f'aria-label="Conditional threat {keys.threats[t.id][1:]}">{keys.threats[t.id].upper()}</a>'
        for t in threats
    )
    about = f'<p class="qk-small">{_description(speaker)}</p>' if speaker else ""
    rows = "".join(_statement(one, acts, f"{prefix}-{keys.attributions[one.id]}") for one in said)
    details = f"<details><summary>What is said</summary><ol>{rows}</ol></details>" if rows else ""
    return (
        f'<li class="qk-speaker" id="{prefix}-{key}" data-key="{key}" tabindex="-1">'
        f'<div class="qk-line"><span class="qk-number" aria-hidden="true">{sign}</span>{head}{chips}{count}</div>'
        f"{about}{details}</li>"
    )


def _description(speaker: Speaker) -> str:
    titles: list[str] = []
    # "Minister" says nothing that "Russian Foreign Minister" does not.
    for title in sorted(map(line, speaker.titles), key=len, reverse=True):
        if title and not any(title.casefold() in longer.casefold() for longer in titles):
            titles.append(title)
    facts = [speaker.kind if speaker.kind != "unknown" else "", *titles, line(speaker.affiliation or "")]
    also = [line(alias) for alias in speaker.aliases if alias != speaker.name]
    if also:
        facts.append(f"also “{'”, “'.join(also)}”")
    return " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)


def _statement(attribution: Attribution, acts: Mapping[str, str], place: str) -> str:
    words = short(" … ".join(piece.text for piece in attribution.content), _SNIPPET) or "(no words)"
    cue = attribution.cue
    how = [f"{'not: ' if cue.negated else ''}{short(cue.span.text, 30)}" if cue else ""]
    how += [f"to {short(attribution.addressee.text, 40)}" if attribution.addressee else ""]
    how += [acts.get(attribution.claim_id or "", ""), attribution.date.isoformat() if attribution.date else ""]
    facts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in how if fact)
    return f'<li><a href="#{place}"><bdi>{escape(words)}</bdi></a> <span class="qk-small">{facts}</span></li>'


def _threats(extraction: Extraction, keys: Keys, prefix: str, level: int) -> str:
    if not extraction.threats:
        return ""
    cards = "".join(_threat(threat, extraction, keys, prefix) for threat in extraction.threats)
    return (
        f'<section class="qk-threats" id="{prefix}-threats" tabindex="-1" aria-labelledby="{prefix}-threats-head">'
        f'<h{level} id="{prefix}-threats-head">Conditional threats</h{level}><ol>{cards}</ol></section>'
    )


def _threat(threat: ConditionalThreat, extraction: Extraction, keys: Keys, prefix: str) -> str:
    key = keys.threats[threat.id]
    marker = line(threat.marker.text) if threat.marker else ""
    # "Unless you pay, we sue", but "Pay, or we sue": the marker stands before what it belongs to.
    is_behind = threat.marker is not None and any(piece.start < threat.marker.start for piece in threat.condition)
    if_, then = ("condition", marker) if is_behind else (marker or "condition", "then")
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _facts(threat, extraction, keys, prefix)
    )
    return (
        f'<li class="qk-threat" id="{prefix}-{key}" data-key="{key}" tabindex="-1">'
        f'<div class="qk-ifthen"><div class="qk-if">{_clauses(if_, threat.condition)}</div>'
        f'<span class="qk-arrow" aria-hidden="true"></span>'
        f'<div class="qk-then">{_clauses(then, threat.consequence)}</div></div><dl>{facts}</dl>'
        f'<p class="qk-small"><span class="qk-chip">{key.upper()}</span> '
        f'<a href="#{prefix}-{key}-place">Show threat {key[1:]} in the text</a></p></li>'
    )


def _clauses(label: str, clauses: Sequence[Span]) -> str:
    words = [f'<p dir="auto">{escape(line(clause.text))}</p>' for clause in clauses] or ["<p><i>left unsaid</i></p>"]
    joint = '<span class="qk-label">and</span>'
    return f'<span class="qk-label"><bdi>{escape(label)}</bdi></span>{joint.join(words)}'


def _facts(threat: ConditionalThreat, extraction: Extraction, keys: Keys, prefix: str) -> Iterator[tuple[str, str]]:
    def party(span: Span | None, speaker_id: str | None) -> str:
        speaker = extraction.speaker(speaker_id)
        words = line(span.text) if span else ""
        link = (
            f'<a href="#{prefix}-{keys.speaker(speaker_id)}"><bdi>{escape(line(speaker.name))}</bdi></a>'
            if speaker
            else ""
        )
        if speaker is not None and (not words or words.casefold() == line(speaker.name).casefold()):
            return link
        return f"<bdi>{escape(words)}</bdi>" + (f" ({link})" if link else "")

    yield "Threatener", party(threat.threatener, threat.threatener_id) or "not named"
    yield "Said by", party(None, threat.issuer_id) or "not named"
    yield "Target", party(threat.target, None) or "not named"
    if threat.deadline is not None:
        yield "Deadline", party(threat.deadline, None)
    yield "Means", threat.means.replace("_", " ")
    yield "Kind", ", ".join(filter(None, (_DIRECTIONS.get(threat.direction or ""), threat.explicitness)))


def _lights(keys: Keys, prefix: str) -> str:
    """Rules that light what belongs together: they work without a script, and in a notebook."""
    speakers = [key for key, said in keys.said.items() if said]
    threats = list(keys.threats.values())
    triggers = {key: f"[data-key={key}]:is(:hover,:focus-within,:target)" for key in [*speakers, *threats]}
    places = {key: f"#{prefix}-{key}" for key in keys.attributions.values()}
    places |= {key: f"#{prefix}-{key}-place" for key in threats}
    return (
        _rule([f"#{prefix}:has({trigger}) mark[data-of~={key}]" for key, trigger in triggers.items()], "lit")
        + _rule([f"#{prefix}:has(mark[data-of~={key}]:hover) [data-key={key}]" for key in triggers], "lit")
        # Where a link has led.
        + _rule([f"#{prefix}:has({place}:target) mark[data-of~={key}]" for key, place in places.items()], "found")
    )


def _rule(selectors: Sequence[str], colour: str) -> str:
    return f"{','.join(selectors)}{{background-color:var(--qk-{colour})}}\n" if selectors else ""
