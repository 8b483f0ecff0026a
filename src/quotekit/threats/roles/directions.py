"""How a target escapes: by not doing something (“if you print it”), or by doing or stopping it (“unless you pay”)."""

from __future__ import annotations

from quotekit.threats.appraisal import deed_of
from quotekit.threats.conditionals import Conditional
from quotekit.threats.roles.naming import Names
from quotekit.threats.words import conduct, conduct_nouns, group
from quotekit.types import Direction


def direction_of(names: Names, conditional: Conditional) -> Direction | None:
    """What a threat asks for; None where it asks for both.

    Args:
        names: The text's noun phrases.
        conditional: Condition and consequence.
    """
    scene = names.scene
    found: set[Direction] = set()
    for piece in conditional.conditions:
        head = names.piece_head(piece)
        # "if it either opens the office or goes on refusing visas"
        joined = [t for t in scene.children(head, "conj") if head < t < piece[1] and scene.is_clause(t)]
        joined = [t for t in joined if any(scene.words[c] in ("or", "and") for c in scene.children(t, "cc"))]
        found.update(_of_piece(names, conditional, one) for one in (head, *joined))
    return found.pop() if len(found) == 1 else None


def _of_piece(names: Names, conditional: Conditional, head: int) -> Direction:
    scene = names.scene
    averts = conditional.polarity == "compliance"
    if not scene.is_clause(head) and scene.upos[head] != "VERB":
        kinds = conduct_nouns().get(scene.lemmas[head], "")
        modifiers = {scene.words[t] for t in scene.children(head, "amod", "det")}
        idle = "omit" in kinds or "go_on" in kinds or bool(modifiers & group("idle"))
        return "compellent" if averts or idle else "deterrent"
    negated = scene.is_negated(head)
    kinds = conduct().get(deed_of(names.setting, head)[1], conduct().get(scene.lemmas[head], ""))
    goes_on = scene.lemmas[head] in group("going on") and scene.words[head + 1 : head + 2] == ["on"]
    if goes_on and scene.upos[head + 2 : head + 3] not in (["NOUN"], ["PROPN"]):
        # "goes on", "carries on refusing", but not "goes on strike"
        kinds = kinds or "go_on"
    still = any(scene.words[t] in ("still", "longer") for t in scene.children(head, "advmod"))
    # "Keeps attacking": the parse may take the first verb for an auxiliary of the second.
    still = still or any("go_on" in conduct().get(scene.lemmas[t], "") for t in scene.children(head, "aux"))
    if averts:
        return "deterrent" if negated and "omit" not in kinds and "go_on" not in kinds else "compellent"
    if negated:
        return "deterrent" if "omit" in kinds else "compellent"
    lasting = conditional.marker is not None and "long" in scene.words[slice(*conditional.marker)]
    return "compellent" if "omit" in kinds or "go_on" in kinds or still or lasting else "deterrent"
