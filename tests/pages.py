"""A page as its tags say: the words of its article, its marks, ids and links; and articles to be shown."""

from __future__ import annotations

from html.parser import HTMLParser

from quotekit.types import (
    Attribution,
    Claim,
    ConditionalThreat,
    Cue,
    DocumentInfo,
    Extraction,
    Quote,
    Span,
    Speaker,
)

VOID = {"meta", "link", "br", "img", "input", "hr", "wbr"}


class Page(HTMLParser):
    """Reads a page, and raises a ValueError where a tag closes what is not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.articles: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self._class = ""
        self.feed(page)
        self.close()
        if self.open:
            raise ValueError(f"never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if len(values) != len(attrs):
            raise ValueError(f"an attribute twice: {attrs}")
        self.attributes |= set(values)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if tag == "article":
            self.articles.append("")
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")
        if tag == "mark":
            self._class = values["class"]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data
        if "article" in self.open:
            self.articles[-1] += data
            if self.open[-1] == "mark":
                self.marks.append((self._class, data))


def hostile() -> Extraction:
    """An article whose every text tries to leave its place."""
    nasty = "\"'><script>document.title='taken'</script><img src=x onerror=alert(1)>\u202e&lt;"
    text = (
        f"</article></title>{nasty}\r\n\r\n“If you </mark><style>*{{display:none}}</style>, we {{leave}},” "
        f"{nasty} said\x00 \ud800 😀 <!-- to <a href='javascript:alert(1)' onclick=x>Bo</a>."
    )
    at = text.index("“If")
    source = text.index(nasty, at)
    content = Span.of(text, at, text.index("”") + 1)
    return Extraction(
        text=text,
        speakers=(
            Speaker(id=f"s{nasty}", name=nasty, kind="person", aliases=(nasty,), titles=(nasty,), affiliation=nasty),
        ),
        quotes=(Quote(id="q", span=content, content=(Span.of(text, content.start + 1, content.end - 1),)),),
        attributions=(
            Attribution(
                id=nasty,
                kind="direct",
                source=Span.of(text, source, source + len(nasty)),
                cue=Cue(span=Span.of(text, source, source + len(nasty) + 5), lemma=nasty, category="speech"),
                content=(content,),
                addressee=Span.of(text, text.index("<a href"), len(text)),
                speaker_id=f"s{nasty}",
                claim_id="c",
                confidence=1,
            ),
        ),
        claims=(Claim(id="c", act="threat", text=nasty, attribution_ids=(nasty,)),),
        threats=(
            ConditionalThreat(
                id=nasty,
                marker=Span.of(text, at + 1, at + 3),
                condition=(Span.of(text, at + 4, text.index(", we")),),
                consequence=(Span.of(text, text.index("we {"), text.index(",”")),),
                threatener=Span.of(text, 0, 20),
                threatener_id=f"s{nasty}",
                issuer_id=f"s{nasty}",
                target=Span.of(text, source, source + len(nasty)),
                deadline=Span.of(text, source, source + len(nasty)),
                explicitness="veiled",
                attribution_id=nasty,
                confidence=1,
            ),
        ),
        document=DocumentInfo(title=f"</title>{nasty}", byline=nasty, boilerplate=(Span.of(text, 0, 10),)),
    )


def article() -> Extraction:
    """An article in which reports stand in reports, and threats in what is said; two speakers, each more than once."""
    text = (
        "Port talks fail\n\n"
        "Ada Lund said Bo Berg had told her the port would close.\n\n"
        "“If the crews walk out, we close the port,” Lund said.\n\n"
        "Berg denied it. He said he wanted to talk."
    )

    def span(words: str, after: str = "") -> Span:
        start = text.index(words, text.index(after))
        return Span.of(text, start, start + len(words))

    def frame(key: str, who: str, source: Span, cue: Span, content: Span) -> Attribution:
        return Attribution(
            id=key,
            kind="indirect",
            source=source,
            cue=Cue(span=cue, lemma="say", category="speech"),
            content=(content,),
            speaker_id=who,
            claim_id="c3" if key == "a3" else None,
            confidence=0.9,
        )

    words = span("“If the crews walk out, we close the port,”")
    return Extraction(
        text=text,
        speakers=(
            Speaker(id="ada", name="Ada Lund", kind="person", titles=("director",), aliases=("Lund",)),
            Speaker(id="bo", name="Bo Berg", kind="person"),
        ),
        quotes=(
            Quote(id="q1", span=words, content=(Span.of(text, words.start + 1, words.end - 1),), speaker_id="ada"),
        ),
        attributions=(
            frame("a1", "ada", span("Ada Lund"), span("said"), span("Bo Berg had told her the port would close")),
            frame("a2", "bo", span("Bo Berg"), span("told"), span("the port would close")),
            frame("a3", "ada", span("Lund", "“If"), span("said", "“If"), words),
            frame("a4", "bo", span("Berg", "Berg denied"), span("denied"), span("it", "denied")),
            frame("a5", "bo", span("He"), span("said", "He said"), span("he wanted to talk")),
        ),
        claims=(Claim(id="c3", speaker_id="ada", act="threat", text="we close the port", attribution_ids=("a3",)),),
        threats=(
            ConditionalThreat(
                id="t1",
                marker=span("If"),
                condition=(span("the crews walk out"),),
                consequence=(span("we close the port", "“If"),),
                threatener=span("we", "“If"),
                threatener_id="ada",
                issuer_id="ada",
                target=span("the crews"),
                direction="deterrent",
                means="economic",
                explicitness="explicit",
                attribution_id="a3",
                claim_id="c3",
                confidence=0.8,
            ),
        ),
        document=DocumentInfo(title="Port talks fail"),
    )
