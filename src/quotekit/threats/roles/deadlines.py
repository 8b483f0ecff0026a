"""Until when a target may comply: “by noon on Thursday”, “before the season starts”, “gave them 48 hours to leave”."""

from __future__ import annotations

from quotekit.threats.conditionals import Conditional
from quotekit.threats.roles.naming import FURTHEST, Names
from quotekit.threats.scene import Tokens
from quotekit.threats.words import group, parties, times

_LONGEST_LIMIT = 16
"""Tokens between the verb that gives time and what the time is for."""


class Deadlines:
    """The time limits of a text.

    Args:
        names: Its noun phrases.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.setting = names.setting
        self.scene = names.scene

    def deadline(self, conditional: Conditional) -> Tokens | None:
        """The time limit of a demand: in the condition, in an ultimatum before it, or the date when harm begins."""
        scene = self.scene
        for piece in conditional.conditions:
            found = self._event_in(piece) or self._limit_in(piece, group("limit")) or self._before(piece)
            if found is not None and scene.words[found[1] - 1] != "then":
                return found
        given = self._time_given(conditional)
        if given is not None:
            return given
        for piece in conditional.consequences:
            found = self._limit_in(piece, group("beginning"))
            if found is not None:
                return found
        return None

    def _limit_in(self, piece: Tokens, prepositions: frozenset[str]) -> Tokens | None:
        scene = self.scene
        for token in range(*piece):
            if not self.names.is_time(token) or scene.deps[token] in ("compound", "amod", "nummod"):
                continue
            if {scene.words[t] for t in scene.children(token, "det")} & group("rate") and not any(
                scene.words[t] in prepositions for t in scene.children(token, "case")
            ):
                # "ten crowns a month" is a rate.
                continue
            if self._tells_of_past(token, piece):
                continue
            top = token
            while scene.deps[top] in ("nmod", "compound", "flat", "nummod") and piece[0] <= scene.heads[top] < piece[1]:
                if self._is_limited(top, prepositions):
                    break
                if scene.heads[top] == top:
                    break
                top = scene.heads[top]
            case = next((t for t in scene.children(top, "case", "mark") if scene.words[t] in prepositions), None)
            if case is not None and piece[0] <= case < top:
                if scene.lemmas[top] == "time" and top == case + 1:
                    # "on time"
                    continue
                if scene.words[case : case + 3] == ["by", "the", "time"] and scene.children(top, "acl"):
                    return self._until_break(case, min(scene.reading.subtree(top)[1], piece[1]))
                return scene.trim(case, self._end_of(top, piece))
            if "by" in prepositions and scene.deps[top] in ("obl", "advmod") and not scene.children(top, "case"):
                first = min([t for t in scene.children(top, "det", "nummod", "amod") if t < top], default=top)
                if scene.upos[first] == "DET" or scene.upos[top] == "ADV" or times().get(scene.lemmas[top]) == "point":
                    if first - 1 >= piece[0] and scene.words[first - 1] in group("limit"):
                        first -= 1
                    return scene.trim(first, self._end_of(top, piece))
        return None

    def _tells_of_past(self, token: int, piece: Tokens) -> bool:
        """Whether a time belongs to what has been, in a clause on a noun: "the wages that it withheld in October"."""
        scene = self.scene
        at = token
        while piece[0] <= scene.heads[at] < piece[1] and scene.heads[at] != at:
            if scene.deps[at] == "acl" and scene.is_clause(at):
                helpers = scene.children(at, "aux", "cop")
                is_past = any(scene.reading.morph[t] == "Past" for t in (at, *helpers))
                return (is_past or scene.reading.morph[at] == "PastPart") and scene.modal(at) is None
            at = scene.heads[at]
        return False

    def _event_in(self, piece: Tokens) -> Tokens | None:
        """The event, feast or hour by which a demand is to be met: "by the June meeting", "before Eid", "by ten"."""
        scene = self.scene
        for token in range(piece[0] + 1, piece[1] - 1):
            if scene.words[token] not in ("by", "before") or scene.upos[token] != "ADP":
                continue
            event = scene.heads[token]
            is_inside = token < event < piece[1] and scene.is_clause(scene.heads[event])
            if not is_inside or not self._is_event(event) or self._tells_of_past(event, piece):
                continue
            return self._until_break(token, min(scene.reading.subtree(event)[1], piece[1]))
        return None

    def _is_event(self, noun: int) -> bool:
        """Whether a noun behind "by" or "before" is no agent, no judge and no means, but something that will come."""
        scene = self.scene
        if scene.upos[noun] == "NUM":
            return not scene.children(noun, "nmod", "compound")
        labels = {entity.label for entity in scene.entities_in((noun, noun + 1))}
        if labels & {"PERSON", "ORG", "LOC"} or scene.children(noun, "conj"):
            return False
        if scene.upos[noun] == "PROPN":
            return not scene.children(noun, "nmod:desc", "flat")
        is_known = any(scene.words[t] in ("the", "this", "that", "next") for t in scene.children(noun, "det", "amod"))
        kind = parties().get(scene.lemmas[noun])
        return scene.upos[noun] == "NOUN" and is_known and (kind is None or kind in group("not a party"))

    def _until_break(self, first: int, last: int) -> Tokens:
        """A stretch up to the first mark in it."""
        return self.scene.trim(first, next((t for t in range(first, last) if self.scene.is_break(t)), last))

    def _before(self, piece: Tokens) -> Tokens | None:
        """The event before which a demand is to be met: "before the summer recess", "before the season starts"."""
        scene = self.scene
        for token in range(piece[0] + 1, piece[1]):
            event = scene.heads[token]
            if scene.words[token] != "before" or event <= token or scene.upos[token] not in ("ADP", "SCONJ"):
                continue
            if scene.is_clause(event) or not self.setting.is_party(event):
                end = min(scene.reading.subtree(event)[1], piece[1])
                stop = next((t for t in range(token, end) if scene.is_break(t)), end)
                return scene.trim(token, stop)
        return None

    def _is_limited(self, token: int, prepositions: frozenset[str]) -> bool:
        return any(self.scene.words[t] in prepositions for t in self.scene.children(token, "case"))

    def _end_of(self, head: int, piece: Tokens) -> int:
        end = head + 1
        for child in self.scene.children(head, "nmod", "nummod", "flat", "compound", "appos", "amod"):
            if child > head:
                end = max(end, self.scene.reading.subtree(child)[1])
        end = next((t for t in range(head + 1, end) if self.scene.is_break(t)), end)
        # "by noon on Thursday": the parse may hang the day on the verb.
        while end + 1 < piece[1] and self.scene.words[end] in group("more of a time"):
            last = next((t for t in range(end + 1, min(end + 4, piece[1])) if self.names.is_time(t)), None)
            if last is None:
                break
            end = last + 1
        return min(end, piece[1])

    def _time_given(self, conditional: Conditional) -> Tokens | None:
        """The hours or days that an ultimatum gives: "gave them 48 hours to leave"."""
        scene = self.scene
        for piece in conditional.conditions:
            if scene.words[piece[0]] == "to" and (granted := self._granted(piece[0])) is not None:
                return granted
        begin, _ = scene.sentence((conditional.conditions or conditional.consequences)[0][0])
        first = scene.sentence(begin - 1)[0] if begin > 0 else begin
        last = max(piece[1] for piece in (*conditional.conditions, *conditional.consequences))
        for token in range(max(first, begin - FURTHEST), min(last, begin + FURTHEST)):
            if times().get(scene.lemmas[token]) != "unit" or scene.upos[token] != "NOUN":
                continue
            number = [t for t in scene.children(token, "nummod", "det") if t < token]
            verb = scene.heads[token]
            if number and scene.lemmas[verb] in group("grant") and scene.deps[token] in ("obj", "iobj"):
                demands = (*scene.children(token, "acl"), *scene.children(verb, "xcomp", "advcl"))
                if any(scene.is_infinitive(demand) for demand in demands):
                    return min(scene.reading.subtree(number[0])[0], number[0]), token + 1
        return None

    def _granted(self, infinitive: int) -> Tokens | None:
        """The time right before an infinitive that is given for it: "gave them until noon to go"."""
        scene = self.scene
        verb = self.granting(infinitive)
        if verb is None:
            return None
        until = next((t for t in range(verb + 1, infinitive) if scene.words[t] in ("until", "till")), None)
        if until is not None:
            return scene.trim(until, infinitive)
        unit = next((t for t in range(verb + 1, infinitive) if times().get(scene.lemmas[t]) == "unit"), None)
        if unit is None:
            return None
        at = unit
        while at - 1 > verb and (scene.upos[at - 1] in ("NUM", "ADJ") or scene.words[at - 1] in ("a", "an")):
            at -= 1
        return (at, unit + 1) if at < unit else None

    def granting(self, infinitive: int) -> int | None:
        """The verb that gives time for an infinitive."""
        scene = self.scene
        if scene.words[infinitive] != "to":
            return None
        first, _ = scene.sentence(infinitive)
        between: list[int] = []
        for token in range(infinitive - 1, max(first, infinitive - _LONGEST_LIMIT) - 1, -1):
            if scene.upos[token] in ("VERB", "AUX") and scene.lemmas[token] in group("grant"):
                is_limit = any(scene.words[t] in ("until", "till") or times().get(scene.lemmas[t]) for t in between)
                return token if is_limit and not any(c in between for c in scene.children(token, "aux")) else None
            if scene.upos[token] == "VERB":
                return None
            between.append(token)
        return None
