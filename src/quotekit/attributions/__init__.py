"""Who said what: the reader's source, cue and content spans, trimmed and put together as attributions."""

from __future__ import annotations

from quotekit.attributions.building import of_frame
from quotekit.attributions.frames import linked_frames
from quotekit.attributions.going_on import with_interrupted, with_second_verbs
from quotekit.attributions.inner import inner_quotes, inner_reports
from quotekit.attributions.laid_out import announced_blocks, headlines, with_laid
from quotekit.attributions.page import Page
from quotekit.attributions.relayed import with_relayed
from quotekit.attributions.unread import closed_sentences, source_phrases, with_set_off
from quotekit.attributions.untagged import in_turns, tagged, with_untagged
from quotekit.reader.reading import Reading
from quotekit.types import Extraction

__all__ = ["find_attributions"]


def find_attributions(reading: Reading, extraction: Extraction) -> Extraction:
    """Builds the attributions of a text.

    The reader says which words are source, cue and content and which belong together. Here the spans get the form
    that users expect: a cue without auxiliaries and adverbs, a source without an apposition set off by commas, a
    content that holds its quotation whole and no leading "that". Speech that the reader left alone becomes an
    attribution without source and cue, whose speaker the discourse gives (`quotekit.speakers`). No span runs into a
    line of page junk.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes and document information.

    Returns:
        The extraction with attributions, in text order, and quotes that name theirs.
    """
    page = Page(reading, extraction)
    drafts = [draft for at, frame in enumerate(linked_frames(page)) if (draft := of_frame(page, at, frame))]
    drafts = with_second_verbs(page, with_interrupted(page, drafts))
    drafts.extend(source_phrases(page, drafts))
    drafts.extend(announced_blocks(page, drafts))
    drafts.extend(closed_sentences(page, drafts))
    drafts = with_set_off(page, drafts)
    drafts.extend(headlines(page, drafts))
    drafts = with_laid(page, drafts)
    drafts.extend(tagged(page, drafts))
    drafts = with_relayed(page, in_turns(page, with_untagged(page, drafts)))
    drafts.extend(inner_reports(page, drafts))
    drafts.extend(inner_quotes(page, drafts))
    drafts.sort(key=lambda a: (a.content[0].start, a.content[-1].end))
    attributions = tuple(a.model_copy(update={"id": f"a{i}"}) for i, a in enumerate(drafts, start=1))
    of_quote = {quote_id: a.id for a in attributions for quote_id in a.quote_ids}
    quotes = tuple(
        q.model_copy(update={"attribution_id": of_quote.get(q.id)}) if q.is_speech else q for q in extraction.quotes
    )
    return extraction.model_copy(update={"attributions": attributions, "quotes": quotes})
