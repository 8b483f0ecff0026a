"""The texts of the corpora, put together as `documents.jsonl` counts its offsets."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

_SENTENCE_END = re.compile(r"""(?<=[a-z0-9)\]][.!?])(["'”’]?) +(?=["'“‘\[]?[A-Z])""")
_LEAST_PARAGRAPH = 140


def gum(data: Path) -> dict[str, str]:
    """GUM's documents by id."""
    files = (data / "gum" / f"entities.{part}.jsonl" for part in ("train", "dev"))
    rows = (json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}


def ewt(data: Path) -> dict[str, str]:
    """The English Web Treebank's documents by id: sentences joined by a blank, paragraphs by an empty line."""
    documents: dict[str, list[str]] = {}
    document, is_paragraph = "", False
    for part in ("train", "dev"):
        for line in (data / "ud" / f"ewt.{part}.conllu").read_text(encoding="utf-8").splitlines():
            if line.startswith("# newdoc"):
                document, is_paragraph = line.partition("=")[2].strip(), False
                documents[document] = []
            elif line.startswith("# newpar"):
                is_paragraph = True
            elif line.startswith("# text ="):
                gap = "" if not documents[document] else "\n\n" if is_paragraph else " "
                documents[document].append(gap + line.partition("=")[2].strip())
                is_paragraph = False
    return {document: "".join(pieces) for document, pieces in documents.items()}


def conll03(data: Path) -> dict[str, str]:
    """CoNLL-2003's articles by number, a sentence a line, with quotation marks mended."""
    articles: dict[str, list[str]] = defaultdict(list)
    for line in (data / "ner" / "conll03.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        articles[row["id"].rsplit("-", 1)[0]].append(row["text"])
    return {article: _mended("\n".join(sentences)) for article, sentences in articles.items()}


def _mended(text: str) -> str:
    """A text with its straight marks on the right side of blanks, and quotations in one paragraph; as long as before.

    >>> _mended('"No," he said."\\nYes.\\nYes, "she said.')
    '"No," he said. "Yes. Yes," she said.'
    """
    letters = list(text)
    marks = [i for i, letter in enumerate(text) if letter == '"']
    if len(marks) % 2:
        return text
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        after = text[opening + 1]
        if after == "\n" or (after == " " and opening and not text[opening - 1].isspace()):
            letters[opening : opening + 2] = after, '"'
        before = text[closing - 1]
        if before.isspace() and text[closing + 1 : closing + 2].strip():
            letters[closing - 1 : closing + 1] = '"', before
        for i in range(opening, closing):
            letters[i] = " " if letters[i] == "\n" else letters[i]
    # “No,” he said. “Yes.”
    return re.sub(r'(?<=")([^"\n]+)\n(?=")', r"\1 ", "".join(letters))


def litbank(data: Path) -> dict[str, str]:
    """LitBank's excerpts by id."""
    lines = (data / "litbank" / "quotations.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def polnear(data: Path) -> dict[str, str]:
    """PolNeAR's articles by id."""
    files = (data / "polnear" / f"{part}.jsonl" for part in ("train", "dev"))
    rows = (json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}


def newsarticles(data: Path) -> dict[str, str]:
    """Articles of nine outlets, 2016 and 2017, by number: title and what stands below it, and the body.

    They are `NewsArticles.csv` of the Harvard Dataverse (doi:10.7910/DVN/GMFCTR, CC0), whose bodies have lost their
    paragraphs; `paragraphs` gives them some.
    """
    with (data / "newsarticles" / "NewsArticles.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [row[:6] for row in csv.reader(file)][1:]
    texts = {}
    for number, _, _, title, below, body in (row for row in rows if len(row) == 6):
        title, below, body = (" ".join(part.split()) for part in (title, below, body))
        parts = (title, "" if body.startswith(below) else below, paragraphs(body))
        texts[number] = "\n\n".join(part for part in parts if part)
    return texts


def paragraphs(body: str) -> str:
    """A body with line breaks in place of blanks where paragraphs may well have begun.

    Newsrooms give a paragraph a sentence or two, and open one with a quotation more often than not.

    >>> paragraphs('It rained. "No," he said. "Yes."')
    'It rained.\\n"No," he said. "Yes."'
    """
    pieces, start = [], 0
    for end in _ends(body):
        paragraph, quotes = body[start:end], body[end:].lstrip().startswith('"')
        if ('"' not in paragraph) if quotes else (len(paragraph) >= _LEAST_PARAGRAPH):
            pieces.append(paragraph)
            start = end + 1
    return "\n".join([*pieces, body[start:]])


def _ends(body: str) -> Iterator[int]:
    """Where a sentence ends outside of quotation marks."""
    for match in _SENTENCE_END.finditer(body):
        if body.count('"', 0, match.end(1)) % 2 == 0:
            yield match.end(1)


TEXTS: Mapping[str, Callable[[Path], dict[str, str]]] = {
    "gum": gum,
    "ewt": ewt,
    "conll03": conll03,
    "litbank": litbank,
    "polnear": polnear,
    "newsarticles": newsarticles,
}
"""What reads each corpus."""
