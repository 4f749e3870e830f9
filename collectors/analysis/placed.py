"""The names of a text as they are found: where one stands no other is put."""

from __future__ import annotations

from dataclasses import dataclass, field

from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.name_rules import NameRules
from collectors.analysis.reading import Mention


@dataclass(slots=True)
class Placed:
    """A normalised text with its mentions so far; ``blocked`` spans hold no name. Rules of :mod:`people` and
    :mod:`bodies` add to it and take away."""

    text: str
    rules: NameRules
    gazetteer: Gazetteer
    countries: tuple[str, ...]
    lang: str
    mentions: list[Mention]
    blocked: list[tuple[int, int]]
    _used: bytearray = field(default_factory=bytearray)
    _marked: int = -1

    def free(self, start: int, end: int) -> bool:
        """No mention and no blocked span there. Kept as a map of the text: texts can be long."""
        if len(self.mentions) != self._marked:
            self._used = bytearray(len(self.text) + 1)
            for low, high in [*((m.start, m.end) for m in self.mentions), *self.blocked]:
                self._used[low:high] = b"\x01" * (high - low)
            self._marked = len(self.mentions)
        return not any(self._used[start:end])

    def at(self, position: int) -> Mention | None:
        if self.free(position, position + 1):
            return None
        return next((m for m in self.mentions if m.start <= position < m.end), None)

    def put(self, mention: Mention) -> None:
        """Add a mention to a place known to be free."""
        self.mentions.append(mention)
        if len(self.mentions) == self._marked + 1:
            self._used[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            self._marked += 1

    def add(self, start: int, end: int, kind: str, rule: str, role: str = "", name: str = "") -> None:
        if self.free(start, end) and end > start:
            said = self.text[start:end]
            self.put(Mention(start, end, said, "", name or said, kind, rule, role))

    def add_listed(self, start: int, end: int, actor_id: str, rule: str) -> None:
        if self.free(start, end):
            actor = self.gazetteer.actors[actor_id]
            said = self.text[start:end]
            self.put(Mention(start, end, said, actor_id, actor.name, actor.kind, rule))

    def drop(self, gone: list[Mention]) -> None:
        """Take mentions away again."""
        self.mentions = [mention for mention in self.mentions if mention not in gone]
        self._marked = -1
