"""What a search for conditionals asks of a text: clauses, their subjects, and what is said by whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from quotekit.lemma import lemma
from quotekit.reader.reading import Entity, Reading
from quotekit.threats.words import conduct_nouns, group, modals
from quotekit.types import Attribution, Span

Tokens = tuple[int, int]
"""First token, and token after the last."""

OPENING = frozenset("“„«‘‹[(")
CLOSING = frozenset("”»’›])")
STRAIGHT = frozenset(('"', "''", "``", "'"))
_SUBJECTS = ("nsubj", "csubj", "expl")
_BREAKS = frozenset((",", ";", ":", "–", "—", "--", "―", ".", "?", "!", "…", "..."))
_LONGEST_SENTENCE = 300
"""Tokens after which a sentence without an end is cut."""
_COMING = frozenset(("will", "would", "'ll"))
_LONGEST_TAG = 14
"""Tokens of a speech tag from its verb on."""
_SKIPPED = frozenset(("PUNCT", "SPACE"))


class Scene:
    """A reading with its attributions laid over the tokens.

    Args:
        reading: The reading.
        attributions: Who said what in it.

    >>> from quotekit.reader.reading import Entity, Reading
    >>> rows = [(0, 2, "PRON", "nsubj", 2), (3, 7, "AUX", "aux", 2), (8, 11, "VERB", "root", 2)]
    >>> scene = Scene(Reading.from_rows("We will sue", rows))
    >>> scene.lemmas[2], scene.subject(2), scene.modal(2)
    ('sue', 0, 'will')
    """

    def __init__(self, reading: Reading, attributions: Sequence[Attribution] = ()) -> None:
        self.reading = reading
        self.attributions = attributions
        self.heads: list[int] = reading.heads.tolist()
        self.deps = [dep.partition(":")[0] for dep in reading.deps]
        self.upos = reading.upos
        self.children = reading.children
        """Dependents of a token, of the given relations where any are given."""
        self.content = [-1] * len(reading)
        """For each token the attribution in whose content it lies, as an index, the outermost; -1 for none."""
        self.tag = [False] * len(reading)
        """Whether the token belongs to the words that report: source, cue, addressee, time, venue."""
        # Where one lies in another the outer one counts: its clauses hang together.
        told = [i for i in range(len(attributions)) if not self._is_conditional(attributions[i])]
        for i in sorted(told, key=lambda i: -sum(s.end - s.start for s in attributions[i].content)):
            for span in attributions[i].content:
                for token in self.tokens(span):
                    if self.content[token] < 0:
                        self.content[token] = i
        for attribution in (attributions[i] for i in told):
            cue = None if attribution.cue is None else attribution.cue.span
            for part in (attribution.source, cue, attribution.addressee, attribution.time, attribution.venue):
                if part is not None:
                    for token in self.tokens(part):
                        self.tag[token] = self.content[token] < 0
        for i in told:
            self._carry_on(i)
            self._carry_back(i)
            self._carry_through(i)
        self.tellers: dict[int, tuple[Tokens, int]] = {}
        """Speech tags that no attribution has, by the first token of their sentence: who tells, and the verb."""
        for first, last in self.sentences():
            found = self._closing_tag(first, last)
            if found is not None:
                self.tellers[first] = found
                self.tag[found[0][0] : last] = [True] * (last - found[0][0])
                continue
            inner = self._inner_tag(first, last)
            if inner is not None:
                source, verb, end = inner
                self.tellers[first] = source, verb
                begin = min(source[0], verb)
                self.tag[begin:end] = [True] * (end - begin)

    def _carry_on(self, index: int) -> None:
        """Gives a content what goes on behind its speech tag, where the reader has only what stands before.

        "Come back, he told them, and the dogs are loose": the second half is his as well.
        """
        attribution = self.attributions[index]
        if attribution.kind == "direct" or attribution.cue is None or not attribution.content:
            return
        cue, said = self.tokens(attribution.cue.span), self.tokens(attribution.content[-1])
        if not len(cue) or not len(said) or said.start > cue.start:
            return
        first, last = self.sentence(cue.start)
        at = cue.stop
        while at < last and not self.is_break(at) and self.content[at] < 0:
            at += 1
        if at + 2 >= last or self.words[at] not in (",", ";") or not first <= said.start:
            return
        opens = self.words[said.start] in group("clause marker") | {"were", "had", "as"}
        if not (opens or self.words[at + 1] in group("goes on")) or any(
            self.tag[t] or self.content[t] >= 0 for t in range(at, last)
        ):
            return
        verb = next((t for t in range(at + 1, last) if self.is_clause(t) and self.subject(t) is not None), None)
        if verb is None or not (self.modal(verb) is not None or self._is_present(verb)):
            return
        for token in range(at + 1, last):
            if self.words[token] not in (".", "?", "!"):
                self.content[token] = index

    def _carry_back(self, index: int) -> None:
        """Gives a content what stands before its speech tag, where the reader has only what goes on behind it.

        "Come back, he told them, and the dogs are loose": the first half is his as well.
        """
        attribution = self.attributions[index]
        if attribution.kind == "direct" or attribution.cue is None or not attribution.content:
            return
        cue, said = self.tokens(attribution.cue.span), self.tokens(attribution.content[0])
        if not len(cue) or not len(said) or said.start < cue.stop:
            return
        first, _ = self.sentence(cue.start)
        opening = self.trim(said.start, said.stop)[0]
        is_taken_up = opening < said.stop and self.words[opening] in ("and", "or", "otherwise")
        begin = cue.start
        while begin > first and self.tag[begin - 1]:
            begin -= 1
        if not is_taken_up or begin <= first + 1 or self.words[begin - 1] != "," or not first <= said.start:
            return
        if any(self.content[t] >= 0 or self.tag[t] for t in range(first, begin)):
            return
        for token in range(self.trim(first, begin)[0], begin - 1):
            self.content[token] = index

    def _carry_through(self, index: int) -> None:
        """Gives a content behind a colon the rest of its sentence: "He posted: they block us, we switch it off"."""
        attribution = self.attributions[index]
        if attribution.kind == "direct" or attribution.cue is None or len(attribution.content) != 1:
            return
        cue, said = self.tokens(attribution.cue.span), self.tokens(attribution.content[0])
        if not len(cue) or not len(said) or said.start <= cue.stop or self.words[said.start - 1] != ":":
            return
        _, last = self.sentence(said.start)
        rest = range(said.stop, last)
        if any(
            self.content[t] >= 0 or self.tag[t] or self.words[t] in (";", ":") or self.is_quote_mark(t) for t in rest
        ):
            return
        for token in rest:
            if self.words[token] not in (".", "?", "!"):
                self.content[token] = index

    def _is_present(self, verb: int) -> bool:
        """Whether a clause tells of no past."""
        helpers = self.children(verb, "aux", "cop")
        return self.is_finite(verb) and all(self.reading.morph[t] != "Past" for t in (verb, *helpers))

    def _inner_tag(self, first: int, last: int) -> tuple[Tokens, int, int] | None:
        """A speech tag between commas that no attribution has: "It would sue, it let the firm know, if …".

        Returns:
            Who tells, the verb, and the token after the tag; None where there is none.
        """
        for verb in range(first + 2, last - 2):
            if self.upos[verb] != "VERB" or self.tag[verb] or self.content[verb] >= 0 or not self._tells(verb):
                continue
            begin = next((t + 1 for t in range(verb - 1, first, -1) if self.is_break(t)), first)
            inverted = self._told_by(verb, begin, last)
            if inverted is not None and self.words[begin - 1] == "," and begin > first + 1:
                return inverted[0], verb, inverted[1]
            end = next((t for t in range(verb + 1, min(last, verb + _LONGEST_TAG + 2)) if self.is_break(t)), last)
            subject = self.subject(verb)
            if subject is None and self.upos[verb - 1] == "PRON" and self.deps[verb - 1] == "nsubj":
                # "If they come, she went on, …": the parse has given her to the verb before.
                subject = verb - 1
            if begin <= first or end >= last - 1 or subject is None or not begin <= subject < verb:
                continue
            if self.words[begin - 1] != "," or self.words[end] not in (",", ";"):
                continue
            if self.upos[begin] in ("SCONJ", "CCONJ") or any(
                self.upos[t] == "SCONJ" or self.words[t] in _COMING or self.words[t] in ("that", "who", "which")
                for t in range(begin, end)
            ):
                continue
            if any(self.tag[t] or self.content[t] >= 0 for t in range(begin, end)):
                continue
            sides = [
                [t for t in range(*side) if self.is_clause(t) and self.subject(t) is not None]
                for side in ((first, begin - 1), (end + 1, last))
            ]
            # "After that, he says, …": a phrase that leads in is enough, or an inverted clause.
            opening = self.trim(first, last)[0]
            leads = self.words[opening] in group("leading in") or self.is_imperative(opening)
            # "One more word, he told them, and we go": an "and" behind the tag takes up what stands before.
            leads = leads or self.words[self.trim(end, last)[0]] in ("and", "or")
            if (
                not (sides[0] or leads)
                or not sides[1]
                or not any(self.modal(t) is not None or self._is_present(t) for t in sides[0] + sides[1])
            ):
                continue
            helpers = [t for t in self.children(verb, "aux", "advmod") if t > subject]
            return (begin, min([verb, *helpers])), verb, end
        return None

    def _told_by(self, verb: int, begin: int, last: int) -> tuple[Tokens, int] | None:
        """Who tells, behind the verb of a tag ("…, says a notice that they put up, …"), and the token after the tag."""
        noun = min(verb + 1, len(self.words) - 1)
        is_named = self.upos[noun] in ("DET", "PROPN", "NOUN") or (
            self.upos[noun] == "PRON" and self.deps[noun] == "nmod"
        )
        if verb != begin or self.lemmas[verb] not in group("speech") or not is_named:
            return None
        head = next((t for t in self.children(verb, "obj", "nsubj") if t > verb), None)
        if head is None or min(self.reading.subtree(head)[0], head) != noun:
            return None
        end = next((t for t in range(noun, min(last, verb + 2 * _LONGEST_TAG)) if self.is_break(t)), last)
        described = (t for t in range(head + 1, end) if self.deps[t] == "acl" or self.upos[t] in ("PRON", "SCONJ"))
        stop = next(described, end)
        goes_on = any(self.subject(t) is not None for t in range(end, last))
        return ((noun, stop), end) if end > head and goes_on else None

    def _tells(self, verb: int) -> bool:
        """Whether a verb with its subject may tell of speech, by itself or in a phrase ("let them know", "it ran")."""
        if self.reading.morph[verb] not in ("Past", "Pres", "PastPart"):
            return False
        if self.lemmas[verb] in group("telling") | group("speech"):
            return True
        if self.lemmas[verb] == "let":
            return any(self.lemmas[t] == "know" for t in self.children(verb, "xcomp", "ccomp"))
        # "it ran", "she went on": of speech only where nothing but its subject is with it.
        particles = [t for t in self.children(verb) if t > verb and self.upos[t] not in _SKIPPED]
        after = verb + 2 if verb + 1 in particles and self.words[verb + 1] == "on" else verb + 1
        return self.lemmas[verb] in group("telling alone") and self.is_break(min(after, len(self.words) - 1))

    def _closing_tag(self, first: int, last: int) -> tuple[Tokens, int] | None:
        """A speech tag at a sentence's end that no attribution has: "…, its commander, Ilo Varn, said on the radio"."""
        if any(self.tag[t] or self.content[t] >= 0 for t in range(first, last)):
            return None
        coming = (t for t in range(first, last) if self.upos[t] == "AUX" and self.words[t] in _COMING)
        # "They mend it, or we play for nobody, a note announced"
        ors = (t + 1 for t in range(first + 1, last - 2) if self.words[t] == "or" and self.words[t - 1] == ",")
        modal = next(coming, None) or next(ors, None)
        if modal is None:
            return None
        verbs = [t for t in range(modal, last) if self.upos[t] == "VERB" and self.lemmas[t] in group("telling")]
        if not verbs:
            return None
        verb = verbs[-1]
        if self.reading.morph[verb] not in ("Past", "Pres", "PastPart") or last - verb > _LONGEST_TAG:
            return None
        opening = None
        for comma in range(verb - 1, modal, -1):
            if self.words[comma] == ",":
                opening = comma
            elif self.words[comma] in _COMING or (
                self.upos[comma] in ("CCONJ", "SCONJ", "VERB") and self.deps[comma] != "acl"
            ):
                break
        if opening is None or self.upos[opening + 1] not in ("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return None
        stops = range(opening + 1, verb)
        end = next((t for t in stops if self.words[t] in (",", "who") or self.upos[t] == "AUX"), verb)
        if any(self.words[t] in ("that", "if", "unless", *_COMING) for t in range(opening + 1, last)):
            return None
        return ((opening + 1, end), verb) if opening + 1 < end else None

    def _is_conditional(self, attribution: Attribution) -> bool:
        """Whether what is said is itself a condition ("until the minister signs the order"): nobody has said it yet."""
        if attribution.kind == "direct":
            return False
        cue = range(0) if attribution.cue is None else self.tokens(attribution.cue.span)
        if any(
            self.words[c] in group("unsaid") for t in cue if self.upos[t] == "VERB" for c in self.children(t, "aux")
        ):
            return True
        if any(self._continues_condition(t) for t in cue if self.upos[t] == "VERB"):
            return True
        if attribution.cue is not None and len(cue) and cue.start > 0 and self.words[cue.start - 1] == ",":
            # "…, says a notice that they put up": what seems to be said is who says it.
            is_behind = attribution.content[0].start >= attribution.cue.span.end
            if is_behind and self._told_by(cue.start, cue.start, self.sentence(cue.start)[1]) is not None:
                return True
        if attribution.source is None:
            # "… if the garrison stays, its chief said": the reader has cut what is said at the condition.
            said = self.tokens(attribution.content[0])
            is_before = attribution.cue is None or attribution.cue.span.start > attribution.content[0].start
            return is_before and said.start > 0 and self.words[said.start - 1] in group("clause marker")
        tokens = self.tokens(attribution.source)
        if not len(tokens):
            return False
        before = self.words[max(0, tokens.start - 2) : tokens.start]
        opens = before[-1:] and before[-1] in group("clause marker")
        if self.words[tokens.start] in ("who", "that") and before[-1:] and before[-1] in group("open"):
            # "anyone who recognises the island": it is not known who will.
            return True
        return bool(opens) or before in (["long", "as"], ["soon", "as"]) or self.words[tokens.start] == "whoever"

    def _continues_condition(self, verb: int) -> bool:
        """Whether a verb is the second of a condition: "if it opens the gates or refuses to pay"."""
        if self.deps[verb] != "conj" or self.children(verb, "nsubj"):
            return False
        above = self.heads[verb]
        marks = {self.words[t] for t in self.children(above, "mark")}
        return self.deps[above] == "advcl" and above < verb and bool(marks & {"if", "unless"})

    @cached_property
    def is_cue(self) -> list[bool]:
        """Whether each token belongs to the cue of an attribution."""
        found = [False] * len(self.reading)
        for attribution in self.attributions:
            if attribution.cue is not None:
                for token in self.tokens(attribution.cue.span):
                    found[token] = True
        return found

    @cached_property
    def words(self) -> list[str]:
        """Lower-cased words, with straight apostrophes; the country "US" is not the pronoun "us"."""
        words = [self.reading.word(i) for i in range(len(self.reading))]
        return [word if word == "US" else word.lower().replace("’", "'") for word in words]

    @cached_property
    def lemmas(self) -> list[str]:
        """Dictionary forms in lower case."""
        reading = self.reading
        return [lemma(reading.word(i), reading.upos[i]).lower() for i in range(len(reading))]

    def tokens(self, span: Span) -> range:
        """Tokens of a span."""
        return self.reading.tokens_in(span.start, span.end)

    # ---- clauses ---------------------------------------------------------------------------------------------

    def subject(self, verb: int) -> int | None:
        """Head of a clause's own subject."""
        found = self.children(verb, *_SUBJECTS)
        return next((t for t in found if self.deps[t] != "expl"), found[0] if found else None)

    def inherited_subject(self, verb: int) -> int | None:
        """Head of a clause's subject: its own, or that of the clause which it continues or completes."""
        for _ in range(6):
            own = self.subject(verb)
            if own is not None:
                return own
            head = self.heads[verb]
            if head == verb or self.deps[verb] not in ("conj", "xcomp", "advcl", "parataxis"):
                return None
            if self.deps[verb] in ("advcl", "parataxis") and not self.is_infinitive(verb):
                return None
            verb = head
        return None

    def is_infinitive(self, verb: int) -> bool:
        """Whether "to" stands before the verb."""
        return any(self.words[t] == "to" and self.upos[t] == "PART" for t in self.children(verb, "mark"))

    def is_clause(self, token: int) -> bool:
        """Whether a token heads a clause."""
        if self.upos[token] in _SKIPPED:
            return False
        if self.upos[token] == "VERB" and self.deps[token] not in ("amod", "compound", "case", "fixed"):
            return True
        if self.children(token, "nsubj", "csubj", "cop", "aux", "expl"):
            return True
        # "told to hand it over", "had better hand it over": a bare verb that is read as a noun.
        is_bare = self.upos[token] == "NOUN" and self.words[token] == self.lemmas[token]
        return is_bare and (self.is_infinitive(token) or self.words[max(0, token - 2) : token] == ["had", "better"])

    def is_finite(self, token: int) -> bool:
        """Whether a clause has a tense of its own."""
        if self.upos[token] == "VERB" and self.reading.morph[token] in ("Past", "Pres", "Imp"):
            return True
        helpers = (
            [token, *self.children(token, "aux", "cop")]
            if self.upos[token] == "AUX"
            else self.children(token, "aux", "cop")
        )
        return any(self.reading.morph[t] in ("Past", "Pres", "") for t in helpers)

    def modal(self, verb: int) -> str | None:
        """The clause's modal ("will", "would", "may", "going"), or None."""
        for token in self.children(verb, "aux"):
            word = modals().get(self.words[token])
            if word is not None:
                return word
        if self.deps[verb] == "xcomp" and self.lemmas[self.heads[verb]] in ("go", "gon"):
            return "will"
        if self.deps[verb] == "conj" and self.subject(verb) is None and self.heads[verb] != verb:
            return self.modal(self.heads[verb]) if self.deps[self.heads[verb]] != "conj" else None
        return None

    def is_negated(self, verb: int) -> bool:
        """Whether a clause is negated, by "not", "never", "no longer", or "no" in its subject or object."""
        for token in self.children(verb):
            if self.words[token] in group("negator") and token < verb + 4:
                return True
            if self.words[token] == "longer" and any(self.words[c] == "no" for c in self.children(token)):
                return True
            if self.deps[token] in ("nsubj", "obj", "obl") and (
                self.words[token] in ("nobody", "nothing", "none")
                or any(self.words[c] in ("no", "neither") for c in self.children(token, "det", "cc"))
            ):
                return True
        return any(self.words[c] in group("negator") for c in self.children(verb, "aux"))

    def is_imperative(self, verb: int) -> bool:
        """Whether a verb orders: marked so, or a bare form without subject at the beginning of what is said."""
        if self.upos[verb] not in ("VERB", "AUX") or self.subject(verb) is not None:
            return False
        if self.children(verb, "aux") and not any(self.lemmas[t] == "do" for t in self.children(verb, "aux")):
            return False
        if self.is_infinitive(verb):
            return False
        if self.reading.morph[verb] == "Imp":
            return True
        if self.words[verb] != self.lemmas[verb]:
            return False
        before = self.previous_word(verb)
        while (before is not None and self.upos[before] in ("ADV", "CCONJ", "INTJ")) or (
            before is not None and self.words[before] in group("before imperative")
        ):
            before = self.previous_word(before)
        return before is None or self.begins_sayings(before + 1)

    def previous_word(self, token: int) -> int | None:
        """The word before a token in its sentence, unless a mark stands between."""
        at = token - 1
        first, _ = self.sentence(token)
        if at < first or self.upos[at] in _SKIPPED:
            return None
        return at

    def begins_sayings(self, token: int) -> bool:
        """Whether a sentence or a content begins at the token."""
        first, _ = self.sentence(token)
        return token <= first or self.content[token] != self.content[token - 1]

    def own_tokens(self, head: int, stop: Iterable[int] = (), *, tags: bool = False) -> list[int]:
        """Tokens of a clause: all that depends on its head, but not through ``stop``, asides and reporting words.

        Args:
            head: The clause's head.
            stop: Tokens where to stop.
            tags: Whether reporting words count too.
        """
        stops = set(stop)
        found: list[int] = []
        stack = [head]
        while stack:
            token = stack.pop()
            found.append(token)
            for child in self.children(token):
                if child in stops or (self.tag[child] and not tags) or self.upos[child] in _SKIPPED:
                    continue
                if token == head and self.deps[child] in ("parataxis", "vocative", "discourse"):
                    continue
                stack.append(child)
        return sorted(found)

    # ---- bounds ----------------------------------------------------------------------------------------------

    def is_break(self, token: int) -> bool:
        """Whether a token parts clauses: a comma, a dash, a quotation mark."""
        return self._breaks[token]

    @cached_property
    def _breaks(self) -> list[bool]:
        return [
            self.is_line_break(token)
            if self.upos[token] == "SPACE"
            else self.reading.word(token) in _BREAKS or self.is_quote_mark(token)
            for token in range(len(self.upos))
        ]

    def is_quote_mark(self, token: int) -> bool:
        """Whether a token is a quotation mark."""
        word = self.reading.word(token)
        return self.upos[token] != "PART" and (word in ("”", "“", "»", "«", "„", "‘", "’") or word in STRAIGHT)

    def trim(self, first: int, last: int) -> Tokens:
        """Takes marks and spaces from both ends; brackets and dollar signs that belong to words stay."""
        while first < last and (self.upos[first] in _SKIPPED or self.is_break(first)):
            first += 1
        while last > first and (self.upos[last - 1] in _SKIPPED or self.is_break(last - 1)):
            last -= 1
        return first, last

    def characters(self, piece: Tokens) -> tuple[int, int]:
        """First character of a stretch of tokens, and character after the last; without marks at the edges."""
        first, last = self.trim(*piece)
        if first >= last:
            return 0, 0
        start, end = int(self.reading.starts[first]), int(self.reading.ends[last - 1])
        text = self.reading.text
        while end > start and text[end - 1] in ".,;:!?…-–—\"“”'’»":
            # The stop of an abbreviation is part of its word.
            if text[end - 1] == "." and int(self.reading.ends[last - 1] - self.reading.starts[last - 1]) > 1:
                break
            if text[end - 1] in "'’" and text[end - 2 : end - 1] in ("s", "n"):
                break
            end -= 1
        while start < end and text[start] in "\"“”‘'«,;:–—-":
            start += 1
        return start, end

    def entities_in(self, piece: Tokens) -> Sequence[Entity]:
        """Entities that overlap a stretch."""
        entities = self.reading.entities
        low = bisect_right(self._entity_ends, piece[0])
        high = low
        while high < len(entities) and entities[high].first < piece[1]:
            high += 1
        return entities[low:high]

    @cached_property
    def _entity_ends(self) -> list[int]:
        return [entity.last for entity in self.reading.entities]

    def sentence(self, token: int) -> Tokens:
        """The sentence that holds a token: the reader's, cut where a full stop stands before a capital."""
        at = bisect_right(self._starts, token) - 1
        return self._starts[at], self._starts[at + 1]

    def sentences(self) -> Iterator[Tokens]:
        """All sentences, in text order."""
        yield from ((a, b) for a, b in pairwise(self._starts) if a < b)

    @cached_property
    def _starts(self) -> list[int]:
        starts = {first for first, _ in self.reading.sentences()} | {0}
        for token in range(len(self.words) - 1):
            if self.words[token] in (".", "?", "!") or self.is_line_break(token):
                after = token + 1
                while after < len(self.words) and self.reading.word(after) in ("”", "»", "’", ")"):
                    after += 1
                while after < len(self.words) and self.upos[after] == "SPACE":
                    after += 1
                mark = after
                while mark < len(self.words) and self.reading.word(mark) in ("“", "«", "„", "‘", "(", *STRAIGHT):
                    mark += 1
                if mark < len(self.words) and self.reading.word(mark)[:1].isupper():
                    # A straight mark right after the stop closes, one after a blank opens.
                    if (
                        mark > after
                        and self.reading.word(after) in STRAIGHT
                        and self.reading.starts[after] == self.reading.ends[after - 1]
                    ):
                        after += 1
                    starts.add(after)
        whole = [*sorted(starts), len(self.words)]
        # What has no end, a list or a table, is cut, so that no search in a sentence runs over the text.
        return [cut for a, b in pairwise(whole) for cut in range(a, b, _LONGEST_SENTENCE)] + whole[-1:]

    def is_line_break(self, token: int) -> bool:
        """Whether a token is blank and holds the end of a line."""
        return self.upos[token] == "SPACE" and "\n" in self.reading.word(token)

    def is_report(self, token: int) -> bool:
        """Whether a token is a verb or noun of saying, or the cue of an attribution."""
        return (self.tag[token] and self.upos[token] in ("VERB", "NOUN")) or (
            self.upos[token] == "VERB" and self.lemmas[token] in group("speech")
        )

    def is_threatening(self, token: int) -> bool:
        """Whether a token is a verb by which somebody commits to something: "threaten", "vow", "warn"."""
        return self.upos[token] == "VERB" and self.lemmas[token] in group("commitment")

    def is_relative(self, clause: int) -> bool:
        """Whether a clause that hangs on a noun is a relative clause."""
        return self.reading.deps[clause] in ("acl:relcl", "acl") and any(
            self.words[t] in group("relative") for t in self.children(clause, "nsubj")
        )

    def is_conduct(self, noun: int) -> bool:
        """Whether a noun names something one does."""
        return self.upos[noun] == "NOUN" and self.lemmas[noun] in conduct_nouns()

    def asks(self, verb: int) -> bool:
        """Whether a clause is an indirect question about conduct: "asked what it would do"."""
        head = self.heads[verb]
        has_question = any(self.words[c] in ("what", "how") for c in self.children(verb))
        return has_question and head != verb and self.lemmas[head] in ("ask", "press")

    def first_of(self, token: int) -> int:
        """The token itself, or the mark before it that opens what is said."""
        first, _ = self.sentence(token)
        while token > first and self.upos[token - 1] in _SKIPPED:
            token -= 1
        return token

    def first_stop(self, first: int, last: int) -> int:
        """The first full stop in a stretch after which a sentence may begin, or the stretch's end."""
        for token in range(first, last):
            if self.words[token] in (".", "?", "!") or self.is_line_break(token):
                return token
        return last

    def reports_intent(self, verb: int) -> bool:
        """Whether a verb reports somebody's words or will: what follows "threatened to" is theirs."""
        return self.upos[verb] == "VERB" and self.lemmas[verb] in group("speech") | group("commitment")

    def verb_lemma(self, token: int) -> str:
        """Dictionary form of a verb, or of the participle that an adjective is."""
        if self.upos[token] == "ADJ":
            return lemma(self.reading.word(token), "VERB").lower()
        return self.lemmas[token]
