"""Mentions: every phrase of a text that may speak of somebody who is quoted."""

from __future__ import annotations

from quotekit.speakers.mentions.by_pronoun import pronouns
from quotekit.speakers.mentions.collector import Collector
from quotekit.speakers.mentions.mention import Mention, MentionKind

__all__ = ["Collector", "Mention", "MentionKind", "pronouns"]
