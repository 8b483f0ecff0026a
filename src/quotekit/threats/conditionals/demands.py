"""What orders: imperatives, obligations, infinitives of an order, time limits (“gave them a week to pay”)."""

from __future__ import annotations

from quotekit.threats.conditionals.stretches import LONGEST_CHAIN, LONGEST_ORDER, saying_start
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group, times


def is_demand(scene: Scene, verb: int) -> bool:
    """Whether a clause orders: imperative, obligation, or the infinitive of an order."""
    if scene.is_imperative(verb):
        return True
    if better_before(scene, verb) is not None:
        return True
    helpers = {scene.lemmas[t] for t in scene.children(verb, "aux")}
    if helpers & group("obliging") or "better" in {scene.words[t] for t in scene.children(verb, "advmod")}:
        return True
    if scene.is_infinitive(verb) and (helpers | {scene.lemmas[t] for t in scene.children(verb, "cop")}) & {"be"}:
        # "the pilots were to land", but not "if they were to land"
        marks = {scene.words[t] for t in scene.children(verb, "mark", "advmod")}
        return scene.subject(verb) is not None and not marks & group("clause marker")
    if scene.is_infinitive(verb) and scene.deps[verb] in ("xcomp", "acl", "advcl", "ccomp", "conj"):
        above = scene.heads[verb]
        if limits_time(scene, verb):
            return True
        if scene.is_negated(above):
            return False
        return bool({scene.lemmas[above], scene.words[above]} & (group("order") | group("obligation")))
    return False


def limits_time(scene: Scene, verb: int) -> bool:
    """Whether an infinitive is what a time is given for: "has until noon to leave", "gave them ten days to pay"."""
    above = scene.heads[verb]
    if scene.upos[above] in ("NOUN", "PROPN", "NUM"):
        above = scene.heads[above]
    if scene.reading.morph[above] in ("Ger", "PresPart") and scene.lemmas[above] not in group("grant"):
        # "gave rebels holding the town until dawn to leave"
        above = scene.heads[above]
    if scene.lemmas[above] not in group("grant") or above > verb:
        return False
    between = range(above + 1, verb)
    return any(scene.lemmas[t] in times() or scene.words[t] in ("until", "till") for t in between)


def _is_foretold(scene: Scene, verb: int) -> bool:
    """Whether a demand is put as what the hearer will do: "you will give it back, or …"."""
    subject = scene.subject(verb)
    if subject is None or scene.modal(verb) not in ("will", "shall"):
        return False
    # "Your excellencies will kindly vacate the house"
    owners = (
        {scene.words[t] for t in scene.children(subject, "nmod")} if scene.reading.morph[subject] == "Plur" else set()
    )
    return scene.words[subject] == "you" or "your" in owners


def condition_before(scene: Scene, verb: int, conjunction: int) -> Tokens:
    """The stretch of a demanding clause that ends at a conjunction."""
    first, _ = scene.sentence(verb)
    content = scene.content[verb]
    begin = verb
    if scene.is_infinitive(verb) and not scene.children(verb, "cop", "aux"):
        begin = min((t for t in scene.children(verb, "mark") if scene.words[t] == "to"), default=verb)
    elif scene.is_imperative(verb):
        begin = min(
            [verb, *(t for t in scene.children(verb, "aux", "advmod") if t >= first and scene.content[t] == content)]
        )
    else:
        subject = scene.subject(verb)
        if subject is not None and subject < verb:
            begin = scene.reading.subtree(subject)[0]
        better = [t for t in scene.children(verb, "advmod", "aux") if scene.words[t] == "better"]
        if better:
            begin = better[0] + 1
    begin = max(begin, first)
    while begin < conjunction and (scene.tag[begin] or scene.content[begin] != content):
        begin += 1
    end = conjunction
    for token in range(verb, conjunction):
        if scene.tag[token] or scene.content[token] != content:
            end = token
            break
    return scene.trim(begin, end)


def better_before(scene: Scene, verb: int) -> Tokens | None:
    """The tokens of "had better" before a verb."""
    for token in range(max(0, verb - 3), verb):
        if scene.words[token] == "better" and token > 0 and scene.words[token - 1] in ("had", "'d", "d"):
            return token - 1, token + 1
    return None


def bare_order(scene: Scene, conjunction: int) -> tuple[int, int | None]:
    """Where the saying starts that a conjunction stands in, and its verb where it opens with a bare one: an order.

    Few imperatives are read as such, so that the form tells: the dictionary form, with no subject before it.
    """
    start = scene.trim(saying_start(scene, conjunction), conjunction)[0]
    if start >= conjunction:
        # A content that begins with "or" is only the second half of what was said.
        begin = scene.trim(scene.sentence(conjunction)[0], conjunction)[0]
        if not scene.tag[begin]:
            start = begin
    colon = next((t for t in range(conjunction - 1, start, -1) if scene.words[t] in (":", ";")), -1)
    if colon >= 0:
        start = scene.trim(colon + 1, conjunction)[0]
    if scene.deps[start] == "vocative" and conjunction - start > 2 and scene.words[start + 1] == ",":
        # "Madam, you pay today, or …"
        start = scene.trim(start + 1, conjunction)[0]
    is_told = scene.content[start] >= 0
    said = sum(not (scene.tag[t] or (is_told and scene.content[t] < 0)) for t in range(start, conjunction))
    if not 0 < said <= LONGEST_ORDER or scene.words[start] != scene.lemmas[start] or scene.tag[start]:
        return start, None
    if scene.upos[start] not in ("VERB", "NOUN", "PROPN", "INTJ", "AUX", "X"):
        return start, None
    is_inside = scene.deps[start] in ("nsubj", "compound", "nmod", "amod") or conjunction - start == 1
    # "Hand over the keys": what makes another verb of a verb does not follow a noun.
    is_phrasal = scene.words[start + 1] in group("particle") and conjunction - start > 2
    if scene.upos[start] in ("NOUN", "PROPN") and is_inside and not is_phrasal:
        # "Tom and I", "Jobs and homes": a name or noun, and no order that the tagger missed.
        return start, None
    finite = any(
        scene.reading.morph[t] in ("Past", "Pres")
        and t > start
        and (scene.subject(t) or start) > start
        and not scene.tag[t]
        for t in range(start, conjunction)
    )
    return start, None if finite else start


def has_subject_after(scene: Scene, conjunction: int, verb: int) -> bool:
    """Whether a clause behind a conjunction opens with its own subject, and says what will be."""
    first = conjunction + 1
    subject = next((t for t in range(first, verb) if scene.upos[t] in ("PRON", "NOUN", "PROPN")), None)
    if subject is None:
        return False
    left = min(scene.reading.subtree(subject)[0], subject)
    return left <= first + 1 or all(scene.upos[t] in ("DET", "ADJ", "NOUN", "PROPN") for t in range(first, subject))


def demand_before(scene: Scene, first: int, conjunction: int, verb: int) -> int | None:
    """The verb of the demand before an "or": the one that the parse joins to it, else the last that demands."""
    candidates: list[int] = []
    token = verb
    for _ in range(LONGEST_CHAIN):
        if token < 0 or scene.deps[token] not in ("conj", "parataxis") or scene.heads[token] >= conjunction:
            break
        token = scene.heads[token]
        if token >= first:
            candidates.append(token)
    nearest = [t for t in range(conjunction - 1, first - 1, -1) if scene.is_clause(t)]
    for one in (*candidates, *nearest):
        if (is_demand(scene, one) or _is_foretold(scene, one)) and not scene.tag[one]:
            return one
    # "Sign or lose your seat": the only word before is taken for a noun.
    begin = scene.trim(saying_start(scene, conjunction), conjunction)[0]
    is_short = begin < conjunction and conjunction - begin <= 12 and scene.words[begin] == scene.lemmas[begin]
    if is_short and scene.upos[begin] in ("NOUN", "PROPN", "VERB", "X") and scene.begins_sayings(scene.first_of(begin)):
        bare = verb < 0 or (scene.subject(verb) is None and scene.words[verb] == scene.lemmas[verb])
        if bare and not any(scene.subject(t) not in (None, begin) for t in range(begin, conjunction)):
            return begin
    return None


def previous_demand(scene: Scene, first: int) -> tuple[int, Tokens, Tokens | None] | None:
    """The demand made before a token: its verb, its stretch, and the tokens of "had better".

    It is made in the sentence before; in somebody's words, also in the one before that: “Pay by noon. I ask politely.”
    """
    if first <= 0:
        return None
    content = scene.content[first]
    begin = first
    told = None
    # Of speech the sentence before may be the tag alone; without any, the demand is told: "It gave them a week to pay".
    for _ in range(3):
        if begin <= 0:
            break
        begin, end = scene.sentence(begin - 1)
        pieces = {scene.content[t] for t in range(begin, end) if scene.upos[t] != "PUNCT"} - {-1}
        if not pieces and (content >= 0 or not any(scene.upos[t] != "PUNCT" for t in range(begin, end))):
            told = told or _demand_within(scene, begin, end, False)
            continue
        found = _demand_within(scene, begin, end, bool(pieces))
        if found is not None or content < 0 or content not in pieces:
            return found or told
    begin, end = scene.sentence(first - 1)
    return _demand_within(scene, begin, end, False)


def _demand_within(scene: Scene, begin: int, end: int, is_said: bool) -> tuple[int, Tokens, Tokens | None] | None:
    """The first demand of a sentence; of one with words of somebody in it, only what these demand."""
    for verb in range(begin, end):
        if scene.tag[verb] or not scene.is_clause(verb) or (is_said and scene.content[verb] < 0):
            continue
        if not (is_demand(scene, verb) or _is_foretold(scene, verb) or _is_wanting(scene, verb)):
            continue
        better = better_before(scene, verb)
        low = better[1] if better else condition_before(scene, verb, end)[0]
        high = low
        own = {t for t in scene.own_tokens(verb) if scene.content[t] == scene.content[verb]}
        while (
            high < end
            and not scene.tag[high]
            and scene.content[high] == scene.content[verb]
            and not (scene.is_break(high) and not any(t > high for t in own))
        ):
            high += 1
        condition = scene.trim(low, high)
        if condition[0] < condition[1]:
            return verb, condition, better
    return None


def _is_wanting(scene: Scene, verb: int) -> bool:
    """Whether a clause says what somebody demands: "it wants an apology by Friday"."""
    wants = scene.lemmas[verb] in group("demand") and scene.upos[verb] == "VERB" and not scene.is_negated(verb)
    return wants and bool(scene.children(verb, "obj")) and not scene.children(verb, "xcomp", "ccomp", "advcl")
