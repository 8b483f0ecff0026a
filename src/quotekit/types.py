"""The records that users receive: frozen, checked, with JSON and a JSON Schema.

Every offset counts characters of ``Extraction.text`` (Python string offsets) and every end is exclusive, so
that ``extraction.text[span.start:span.end] == span.text`` holds for every span.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema, ValidationError, model_validator
from pydantic_core import PydanticSerializationError, core_schema

from quotekit.lexicon import load_table

if TYPE_CHECKING:
    from typing_extensions import Self

SpeakerKind = Literal["person", "organization", "group", "document", "unknown"]
AttributionKind = Literal["direct", "indirect", "mixed"]
CueCategory = Literal["speech", "writing", "thought", "attitude", "perception", "document", "other"]
Act = Literal[
    "threat",
    "apology",
    "thanks",
    "question",
    "refusal",
    "denial",
    "accusation",
    "demand",
    "offer",
    "promise",
    "warning",
    "prediction",
    "opinion",
    "assertion",
    "other",
]
"""What a speaker does by saying something; where two fit, the earlier wins."""
Means = Literal[
    "military",
    "nuclear",
    "economic",
    "diplomatic",
    "legal",
    "political",
    "cyber",
    "industrial_action",
    "violence",
    "unspecified",
]
"""With what a threat would be carried out."""
Direction = Literal["deterrent", "compellent"]
Explicitness = Literal["explicit", "veiled"]
_AVERTING = frozenset(
    (
        "or",
        "or else",
        "otherwise",
        "had better",
        "'d better",
        "’d better",
        "if not",
        "after that",
        "after which",
        "failing that",
    )
)
"""Markers behind a demand: who meets it averts the threat."""

# pydantic's own str refuses lone surrogates, which a Python string may hold (files decoded with
# "surrogateescape", JSON with half an escape). A text is the user's: it is kept as it is.
Text = Annotated[
    str,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.json_or_python_schema(
            json_schema=core_schema.str_schema(), python_schema=core_schema.is_instance_schema(str)
        )
    ),
]
Id = Annotated[str, Field(min_length=1)]
Confidence = Annotated[float, Field(ge=0, le=1)]

# json.loads joins an escaped high surrogate to an escaped low one that follows, and the text would lose a
# character: the low half of such a pair stays as it is, all others are escaped.
_SURROGATE = re.compile("[\ud800-\udbff]|(?<![\ud800-\udbff])[\udc00-\udfff]")


def _without_doctest(schema: dict[str, Any]) -> None:
    """Leaves Python out of the published schema: its readers may write in any language."""
    if "description" in schema:
        schema["description"] = schema["description"].partition("\n\n>>>")[0]


class Record(BaseModel):
    """What all records share: they cannot be changed, and refuse fields that they do not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, json_schema_extra=_without_doctest
    )

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        r"""Writes the record as JSON.

        A text may hold lone surrogates; they are written as escapes (``\ud800``), which `model_validate_json`
        reads back.

        Args:
            indent: Spaces by which each level is indented; None for one line.
            options: Further options of `pydantic.BaseModel.model_dump_json`.

        >>> Span(start=0, end=1, text="\ud800").model_dump_json()
        '{"start":0,"end":1,"text":"\\ud800"}'
        """
        try:
            return super().model_dump_json(indent=indent, **options)
        except (PydanticSerializationError, UnicodeEncodeError):
            options.pop("ensure_ascii", None)
            data = self.model_dump(mode="json", **options)
            separators = (",", ":") if indent is None else None
            written = json.dumps(data, indent=indent, separators=separators, ensure_ascii=False)
            return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", written)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        r"""Reads a record from JSON, as `model_dump_json` writes it.

        Raises:
            pydantic.ValidationError: The JSON is broken, or not such a record.

        >>> Span.model_validate_json('{"start": 0, "end": 1, "text": "\\ud800"}').text == "\ud800"
        True
        """
        try:
            return super().model_validate_json(json_data, **options)
        except (ValidationError, UnicodeEncodeError):
            try:
                data = json.loads(json_data)
            except ValueError:
                data = None
            if data is None or not _has_surrogates(data):
                raise
        return cls.model_validate(data, **options)


def _has_surrogates(data: Any) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


class Span(Record):
    """A piece of ``Extraction.text``.

    >>> Span(start=0, end=6, text="Lavrov").text
    'Lavrov'
    """

    start: int = Field(ge=0)
    """Offset of the first character, counted in ``Extraction.text``."""
    end: int
    """Offset after the last character (end-exclusive)."""
    text: Text
    """The characters themselves: ``Extraction.text[start:end]``."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Cuts a span out of a text.

        Args:
            text: The whole text.
            start: Offset of the span's first character.
            end: Offset after its last character.

        Raises:
            pydantic.ValidationError: The offsets do not lie in the text.

        >>> Span.of("He left.", 3, 7).text
        'left'
        """
        return cls(start=start, end=end, text=text[start:end])

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span [{self.start}:{self.end}] does not fit its text of {len(self.text)} characters")
        return self


def _in_order(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    for before, after in pairwise(pieces):
        if after.start < before.end:
            raise ValueError(
                f"[{after.start}:{after.end}] stands before the end of [{before.start}:{before.end}]; "
                "the pieces must be in text order and must not overlap"
            )
    return pieces


class DocumentInfo(Record):
    """What the page says about itself.

    >>> DocumentInfo(title="Talks open in Geneva").published is None
    True
    """

    title: Text | None = None
    """The headline."""
    published: dt.datetime | None = None
    """When the text was published."""
    byline: Text | None = None
    """Who wrote it, as the text has it."""
    boilerplate: tuple[Span, ...] = ()
    """Pieces that belong to the page and not to the article: banners, captions' credits, notes."""

    @model_validator(mode="after")
    def _pieces_in_order(self) -> Self:
        _in_order(self.boilerplate)
        return self


class Speaker(Record):
    """Somebody, or something, to whom words are attributed.

    >>> Speaker(id="s1", name="Sergey Lavrov", kind="person", titles=("foreign minister",)).aliases
    ()
    """

    id: Id
    """Name of the record, unique among ``Extraction.speakers``."""
    name: Text
    """The fullest name in the document, without title ("Sergey Lavrov")."""
    kind: SpeakerKind
    """What the speaker is."""
    aliases: tuple[Text, ...] = ()
    """Other names by which the text calls the speaker ("Lavrov")."""
    titles: tuple[Text, ...] = ()
    """Titles and offices, as the text has them ("foreign minister")."""
    affiliation: Text | None = None
    """The body or place to which the speaker belongs ("Russia")."""
    mentions: tuple[Span, ...] = ()
    """Where the text speaks of the speaker, pronouns too, in text order."""
    external_id: Text | None = None
    """The id of the entry in the caller's roster that fits."""


class Quote(Record):
    """Words in quotation marks, spoken or not.

    >>> text = "She said “No”."
    >>> quote = Quote(id="q1", span=Span.of(text, 9, 13), content=(Span.of(text, 10, 12),), is_speech=True)
    >>> quote.content[0].text
    'No'
    """

    id: Id
    """Name of the record, unique among ``Extraction.quotes``."""
    span: Span
    """The words with their marks."""
    content: tuple[Span, ...]
    """The words inside the marks, in text order; several where each paragraph opens the marks again."""
    speaker_id: str | None = None
    """``Speaker.id`` of who speaks; None where the text does not tell."""
    attribution_id: str | None = None
    """``Attribution.id`` of the frame to which the words belong."""
    parent_id: str | None = None
    """``Quote.id`` of the quotation in which this one is nested."""
    is_speech: bool = True
    """Whether somebody says the words; titles, nicknames and scare quotes are not speech."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _in_order(self.content)
        for piece in self.content:
            if piece.start < self.span.start or piece.end > self.span.end:
                raise ValueError(
                    f"content [{piece.start}:{piece.end}] lies outside the quotation "
                    f"[{self.span.start}:{self.span.end}]"
                )
        if not self.is_speech and self.attribution_id is not None:
            raise ValueError(f"is_speech is False, but attribution_id is {self.attribution_id!r}: only speech has one")
        return self


class Cue(Record):
    """The words that report: a verb, a noun, a phrase, or a headline's colon.

    >>> Cue(span=Span.of("He said so.", 3, 7), lemma="say", category="speech").negated
    False
    """

    span: Span
    """The verb or phrase, without auxiliaries and adverbs."""
    lemma: Text
    """Its dictionary form ("say")."""
    category: CueCategory
    """What kind of act it reports."""
    negated: bool = False
    """Whether the text denies that it happened ("did not say")."""


class Attribution(Record):
    """Who is given as the source of what.

    >>> text = "He said it rained."
    >>> cue = Cue(span=Span.of(text, 3, 7), lemma="say", category="speech")
    >>> frame = Attribution(id="a1", kind="indirect", source=Span.of(text, 0, 2), cue=cue,
    ...                     content=(Span.of(text, 8, 17),), confidence=0.9)
    >>> frame.content[0].text
    'it rained'
    """

    id: Id
    """Name of the record, unique among ``Extraction.attributions``."""
    kind: AttributionKind
    """Whether the content stands in marks wholly (direct), not at all (indirect) or in part (mixed)."""
    source: Span | None = None
    """The noun phrase to which the content is attributed, with its title; None where there is none."""
    cue: Cue | None = None
    """What reports; None for words that stand without one, such as the next paragraph of a speech."""
    content: tuple[Span, ...]
    """What is attributed, in text order: direct words with marks, indirect ones without a leading "that"."""
    addressee: Span | None = None
    """To whom it was said."""
    time: Span | None = None
    """When it was said, as the text has it ("on Friday")."""
    date: dt.date | None = None
    """The same as a date, where it can be told."""
    venue: Span | None = None
    """Where, or in what, it was said ("at a news conference", "in a letter")."""
    speaker_id: str | None = None
    """``Speaker.id`` of the source."""
    quote_ids: tuple[str, ...] = ()
    """``Quote.id`` of the quotations in the content."""
    claim_id: str | None = None
    """``Claim.id`` of what is said."""
    confidence: Confidence
    """How sure the reader is, 0 to 1."""

    @model_validator(mode="after")
    def _pieces_in_order(self) -> Self:
        _in_order(self.content)
        return self


class Claim(Record):
    """One thing said, however often the text repeats it.

    >>> Claim(id="c1", act="denial", text="he took it", attribution_ids=("a1", "a4")).negated
    False
    """

    id: Id
    """Name of the record, unique among ``Extraction.claims``."""
    speaker_id: str | None = None
    """``Speaker.id`` of who says it."""
    act: Act
    """What the speaker does by saying it."""
    text: Text
    """The fullest wording in the document."""
    attribution_ids: tuple[str, ...] = Field(min_length=1)
    """``Attribution.id`` of each place where it is said; at least one."""
    negated: bool = False
    """Whether the text denies that it was said."""


class ConditionalThreat(Record):
    """Something unwelcome that a party announces for the case that a condition is met, or not met.

    >>> text = "We sue if you print it."
    >>> threat = ConditionalThreat(id="t1", marker=Span.of(text, 7, 9), condition=(Span.of(text, 10, 22),),
    ...                            consequence=(Span.of(text, 0, 6),), means="legal", explicitness="explicit",
    ...                            confidence=0.8)
    >>> threat.condition[0].text
    'you print it'
    """

    id: Id
    """Name of the record, unique among ``Extraction.threats``."""
    marker: Span | None = None
    """The word that makes it a condition ("if", "unless"); None where there is none."""
    condition: tuple[Span, ...]
    """What sets the consequence off or averts it, without the marker; one span a clause."""
    consequence: tuple[Span, ...]
    """What is threatened; none for a bare "or else"."""
    threatener: Span | None = None
    """The noun phrase of the party that will act."""
    threatener_id: str | None = None
    """``Speaker.id`` of that party, where the text lets one tell."""
    issuer_id: str | None = None
    """``Speaker.id`` of who says it."""
    target: Span | None = None
    """The party whose conduct the condition is about."""
    direction: Direction | None = None
    """Deterrent: the target escapes by not doing something; compellent: by doing or stopping something."""
    deadline: Span | None = None
    """The time limit for compliance, with its preposition ("by Friday")."""
    means: Means = "unspecified"
    """With what it would be carried out."""
    explicitness: Explicitness
    """Explicit if a later reader could check that the named act happened."""
    attribution_id: str | None = None
    """``Attribution.id`` of the frame in which it stands."""
    claim_id: str | None = None
    """``Claim.id`` of what that frame says."""
    confidence: Confidence
    """How sure quotekit is, 0 to 1."""

    @property
    def plover(self) -> str:
        """The event's type in PLOVER, the same for every threat.

        >>> ConditionalThreat(id="t1", condition=(), consequence=(), explicitness="veiled", confidence=1).plover
        'THREATEN'
        """
        return "THREATEN"

    @property
    def cameo(self) -> str:
        """The event's code in CAMEO: by the means, and more specific where a word of the consequence tells.

        Who would act is not looked at, so that repression by a state (137) has the code of other violence.

        >>> ConditionalThreat(id="t1", condition=(), consequence=(Span.of("We sue", 0, 6),), means="legal",
        ...                   explicitness="explicit", confidence=1).cameo
        '130'
        """
        words = re.findall(r"\w+", " ".join(span.text for span in self.consequence).lower())
        rows = (row for row in load_table("cameo_codes") if row[0] == self.means)
        return next(code for _, code, start in rows if start == "*" or any(w.startswith(start) for w in words))

    @property
    def polarity(self) -> Literal["trigger", "compliance"]:
        """Whether meeting the condition sets the consequence off ("if"), or averts it ("unless", "or").

        >>> ConditionalThreat(id="t1", marker=Span.of("unless", 0, 6), condition=(), consequence=(),
        ...                   explicitness="veiled", confidence=1).polarity
        'compliance'
        """
        marker = " ".join(self.marker.text.lower().split()) if self.marker is not None else ""
        polarities = {row[0]: row[2] for row in load_table("conditional_markers")}
        averts = marker in _AVERTING or polarities.get(marker) == "compliance"
        return "compliance" if averts else "trigger"

    @model_validator(mode="after")
    def _pieces_in_order(self) -> Self:
        _in_order(self.condition)
        _in_order(self.consequence)
        return self


# Which list each reference points into.
REFERENCES = {
    "speaker_id": "speakers",
    "threatener_id": "speakers",
    "issuer_id": "speakers",
    "attribution_id": "attributions",
    "attribution_ids": "attributions",
    "quote_ids": "quotes",
    "parent_id": "quotes",
    "claim_id": "claims",
}


class Extraction(Record):
    """Everything that quotekit found in one text.

    >>> extraction = Extraction(text="It rained.")
    >>> extraction.attributions, Extraction.model_validate_json(extraction.model_dump_json()) == extraction
    ((), True)
    """

    text: Text
    """The text, unchanged; every offset counts its characters."""
    speakers: tuple[Speaker, ...] = ()
    """Who speaks, or threatens in what others say, by first mention."""
    quotes: tuple[Quote, ...] = ()
    """What stands in quotation marks, in text order, speech or not."""
    attributions: tuple[Attribution, ...] = ()
    """Who is given as the source of what, in text order."""
    claims: tuple[Claim, ...] = ()
    """What is said, once each."""
    threats: tuple[ConditionalThreat, ...] = ()
    """Conditional threats, in text order."""
    document: DocumentInfo | None = None
    """What the page says about itself."""

    def speaker(self, speaker_id: str | None) -> Speaker | None:
        """The speaker with this id; None for None, and for an id that no speaker has.

        >>> lavrov = Speaker(id="s1", name="Sergey Lavrov", kind="person")
        >>> Extraction(text="", speakers=(lavrov,)).speaker("s1").name
        'Sergey Lavrov'
        """
        return next((speaker for speaker in self.speakers if speaker.id == speaker_id), None)

    def speakers_named(self, name: str) -> tuple[Speaker, ...]:
        """The speakers that the text calls by this name, whatever its case; two people may share one.

        Args:
            name: A name, or one of the aliases.

        >>> speakers = (Speaker(id="s1", name="Sergey Lavrov", kind="person", aliases=("Lavrov",)),)
        >>> [speaker.id for speaker in Extraction(text="", speakers=speakers).speakers_named("lavrov")]
        ['s1']
        """
        wanted = " ".join(name.split()).casefold()
        return tuple(s for s in self.speakers if any(wanted == n.casefold() for n in (s.name, *s.aliases)))

    def attributions_of(self, speaker: Speaker | str) -> tuple[Attribution, ...]:
        """What somebody says, in text order.

        Args:
            speaker: The speaker, or the speaker's id.

        >>> text = "Lavrov said no."
        >>> said = Attribution(
        ...     id="a1", kind="indirect", content=(Span.of(text, 12, 14),), speaker_id="s1", confidence=0.9
        ... )
        >>> lavrov = Speaker(id="s1", name="Lavrov", kind="person")
        >>> extraction = Extraction(text=text, speakers=(lavrov,), attributions=(said,))
        >>> [attribution.content[0].text for attribution in extraction.attributions_of(lavrov)]
        ['no']
        """
        return tuple(a for a in self.attributions if a.speaker_id == _id(speaker))

    def quotes_of(self, speaker: Speaker | str) -> tuple[Quote, ...]:
        """What somebody is quoted with, in text order.

        Args:
            speaker: The speaker, or the speaker's id.

        >>> Extraction(text="").quotes_of("s1")
        ()
        """
        return tuple(quote for quote in self.quotes if quote.speaker_id == _id(speaker))

    def claims_of(self, speaker: Speaker | str) -> tuple[Claim, ...]:
        """What somebody says, each thing once.

        Args:
            speaker: The speaker, or the speaker's id.

        >>> Extraction(text="").claims_of("s1")
        ()
        """
        return tuple(claim for claim in self.claims if claim.speaker_id == _id(speaker))

    def by_speaker(self) -> dict[Speaker, tuple[Attribution, ...]]:
        """What each speaker says: attributions in text order, speakers by first mention.

        Attributions without a speaker are left out; whoever only threatens in what others say has none.

        >>> text = "Lavrov said no."
        >>> said = Attribution(
        ...     id="a1", kind="indirect", content=(Span.of(text, 12, 14),), speaker_id="s1", confidence=0.9
        ... )
        >>> extraction = Extraction(
        ...     text=text, speakers=(Speaker(id="s1", name="Lavrov", kind="person"),), attributions=(said,)
        ... )
        >>> [(speaker.name, len(attributions)) for speaker, attributions in extraction.by_speaker().items()]
        [('Lavrov', 1)]
        """
        said: dict[str, list[Attribution]] = {speaker.id: [] for speaker in self.speakers}
        for attribution in self.attributions:
            if attribution.speaker_id is not None:
                said[attribution.speaker_id].append(attribution)
        return {speaker: tuple(said[speaker.id]) for speaker in self.speakers}

    def spans(self) -> Iterator[Span]:
        """Every span of every record.

        >>> text = "She said “No”."
        >>> quote = Quote(id="q1", span=Span.of(text, 9, 13), content=(Span.of(text, 10, 12),))
        >>> [span.text for span in Extraction(text=text, quotes=(quote,)).spans()]
        ['“No”', 'No']
        """
        for _where, span in _walk(self, ""):
            yield span

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its marks, the speakers and the threats."""
        # The records are read in many places where nobody looks at a page.
        from quotekit.rendering import render_fragment

        return render_fragment(self)

    @model_validator(mode="after")
    def _spans_fit_the_text(self) -> Self:
        for where, span in _walk(self, ""):
            found = self.text[span.start : span.end]
            if found != span.text:
                raise ValueError(
                    f"{where}: span [{span.start}:{span.end}] is {span.text!r}, but the text has {found!r}"
                )
        return self

    @model_validator(mode="after")
    def _ids_fit_the_lists(self) -> Self:
        known: dict[str, set[str]] = {}
        for field in ("speakers", "quotes", "attributions", "claims", "threats"):
            ids = known[field] = set()
            for i, record in enumerate(getattr(self, field)):
                if record.id in ids:
                    raise ValueError(f"{field}[{i}]: the id {record.id!r} is taken by an earlier one")
                ids.add(record.id)
        for field in known:
            for i, record in enumerate(getattr(self, field)):
                for name, value in record.__dict__.items():
                    target = REFERENCES.get(name)
                    if target is None or value is None:
                        continue
                    for one in (value,) if isinstance(value, str) else value:
                        if one not in known[target]:
                            raise ValueError(
                                f"{field}[{i}] ({record.id}): {name} is {one!r}, but {target} has no such id"
                            )
        return self


def _id(speaker: Speaker | str) -> str:
    return speaker.id if isinstance(speaker, Speaker) else speaker


def _walk(record: Record, path: str) -> Iterator[tuple[str, Span]]:
    for name, value in record.__dict__.items():
        if type(value) is Span:
            yield f"{path}{name}", value
        elif isinstance(value, Record):
            yield from _walk(value, f"{path}{name}.")
        elif type(value) is tuple:
            for i, item in enumerate(value):
                if type(item) is Span:
                    yield f"{path}{name}[{i}]", item
                elif isinstance(item, Record):
                    label = getattr(item, "id", None)
                    yield from _walk(item, f"{path}{name}[{i}] ({label}): ")
