"""Gives the parts of a threat: threatener, issuer, target; how the target escapes, and until when."""

from __future__ import annotations

from typing import NamedTuple

from quotekit.threats.candidates import candidates, likeliest
from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement
from quotekit.threats.roles.deadlines import Deadlines
from quotekit.threats.roles.directions import direction_of
from quotekit.threats.roles.issuers import Issuers
from quotekit.threats.roles.naming import Names, Party
from quotekit.threats.roles.targets import Targets
from quotekit.threats.roles.threateners import Threateners
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import Setting
from quotekit.types import Attribution, Direction


class Roles(NamedTuple):
    """The parts of one threat."""

    threatener: Party | None
    issuer: Party | None
    target: Tokens | None
    direction: Direction | None
    deadline: Tokens | None
    attribution: Attribution | None


class Casting:
    """Gives the parts of a text's threats, one after the other: what one threat tells helps with the next.

    Args:
        setting: The text's scene and speakers.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.scene = setting.scene
        self.names = Names(setting)
        self.issuers = Issuers(self.names)
        self.deadlines = Deadlines(self.names)
        self.threateners = Threateners(self.names, self.issuers, self.deadlines)
        self.targets = Targets(self.names, self.issuers)

    def roles(self, conditional: Conditional, judgement: Judgement) -> Roles:
        """The parts of one threat.

        Args:
            conditional: Condition and consequence.
            judgement: Who speaks and acts in it.
        """
        voice = judgement.voice
        direction = direction_of(self.names, conditional)
        threatener = self.threateners.threatener(conditional, judgement)
        target = self.targets.target(conditional, judgement, threatener)
        if judgement.sense is not None:
            chosen = (threatener.piece if threatener is not None else None), target
            passage = judgement.sense.passage
            given = candidates(self.setting, conditional, voice, (passage.first, passage.last), chosen)
            piece, target = likeliest(judgement.sense, given, self.names.are_same)
            if piece != chosen[0]:
                threatener = self.names.party(piece) if piece is not None else None
        if target is not None and self.scene.upos[self.names.head(target)] != "PRON":
            self.targets.last = target
        return Roles(
            threatener=threatener,
            issuer=self.issuers.issuer(voice),
            target=target,
            direction=direction,
            deadline=None if direction == "deterrent" else self.deadlines.deadline(conditional),
            attribution=self.issuers.attribution(conditional, voice),
        )
