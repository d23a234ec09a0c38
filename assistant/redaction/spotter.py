"""All that could give somebody away in a text, from every rule and the tagger of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.domain.giveaways import Giveaway, GiveawayKind, safer, settled
from assistant.domain.organisation import Organisation
from assistant.redaction.names import NameTagger, Tagged, ranks
from assistant.redaction.patterns import patterns
from assistant.redaction.people import colleagues, folded, subject_names, together
from assistant.redaction.phones import phones
from assistant.redaction.rare_words import rare_words
from assistant.redaction.tokens import shape, tokens
from assistant.redaction.uniqueness import only_one

SURE_THING = 0.7
_WRITTEN_LARGE = frozenset({"capital", "upper", "mixed", "other_script"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_NAMES = _words(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue wed thu fri sat sun ok hr it mr mrs ms dr prof miss sir"
)


class RuleSpotter:
    """See :class:`assistant.ports.spotter.Spotter` and :class:`assistant.ports.spotter.Rewording`."""

    @cached_property
    def _tagger(self) -> NameTagger:
        return NameTagger.load()

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return ranks()

    def find(self, text: str, organisation: Organisation, about: str | None = None) -> tuple[Giveaway, ...]:
        """All giveaways of a text that is about ``about`` (e-mail), in order of place, none overlapping another."""
        found = [*patterns(text), *phones(text), *only_one(text), *colleagues(text, organisation, about)]
        found += self._named(text, subject_names(organisation, about))
        found += self._rare(text, organisation)
        return settled(found)

    def safer(self, text: str, found: Sequence[Giveaway]) -> str:
        """The text in safer words, by rules."""
        return safer(text, found)

    def _rare(self, text: str, organisation: Organisation) -> list[Giveaway]:
        rare = list(rare_words(text, self._ranks))
        own = _own_words(organisation) if rare else set()
        return [one for one in rare if text[one.start : one.end].lower() not in own]

    def _named(self, text: str, subject: frozenset[str]) -> Iterator[Giveaway]:
        tagged = [t for t in self._tagger.tag(text) if _may_be_named(t, subject)]
        persons = [t.token for t in tagged if self._tagger.is_person(t)]
        things = [t.token for t in tagged if not self._tagger.is_person(t) and _is_thing(t)]
        yield from together(text, persons, GiveawayKind.PERSON)
        yield from together(text, things, GiveawayKind.THING)


def _may_be_named(tagged: Tagged, subject: frozenset[str]) -> bool:
    text = tagged.token.text
    return text[0].isalpha() and text.lower() not in _NEVER_NAMES and folded(text) not in subject


def _is_thing(tagged: Tagged) -> bool:
    return tagged.thing >= SURE_THING and shape(tagged.token.text) in _WRITTEN_LARGE


def _own_words(organisation: Organisation) -> set[str]:
    return {t.text.lower() for p in organisation.people.values() for t in tokens(p.team)}
