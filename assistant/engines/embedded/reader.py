"""Reading conversations without a language model: clauses, what each of them is, and what belongs together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Behaviour
from assistant.domain.statements import Described, Reading, Signs, Span, Statement, Topic
from assistant.domain.words import ConversationKind, Fundamental, Signal, Stance
from assistant.engines.embedded.adjusting import Seeing
from assistant.engines.embedded.gathering import Gathering, Team
from assistant.engines.embedded.language import ENGLISH, language
from assistant.engines.embedded.leaning import Leaning, kind_of_claim
from assistant.engines.embedded.model import SIGNS, Matrix, Sentences
from assistant.engines.embedded.pairs import Numbers, PairModel, log_odds, pair_features
from assistant.engines.embedded.segments import Segment, segments
from assistant.engines.embedded.wishes import empty, wish

_DOUBT = 0.02
"""How far a fundamental can be ruled out by one statement alone."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One clause with what the model says of it."""

    message: int
    segment: Segment
    behaviour: int
    stance: Stance
    signal: Signal | None
    confidence: float


class EmbeddedReader:
    """Finds claims and observations with the trained model's heads, and groups them by the pair model."""

    def __init__(self, model: Seeing, behaviours: Mapping[str, Behaviour]) -> None:
        self._model, self._labels = model, model.labels
        self._pairs = PairModel.of(model.labels.looks)
        thresholds = model.labels.thresholds
        self._leaning = Leaning(model.labels.shares, thresholds["agreement"], model.labels.usual)
        self.gathering = Gathering(self._leaning, thresholds["same_topic"], thresholds["pull"])
        self._fundamental = {id_: behaviour.fundamental for id_, behaviour in behaviours.items()}

    def read(self, conversation: Conversation) -> Reading:
        """The statements of a conversation. One that is not English is left unread, and says so by its language."""
        tongue = language([content for _, content in conversation.said])
        if tongue != ENGLISH:
            return Reading((), (), 0, tongue)
        places = _places(conversation)
        if not places:
            return Reading(())
        seen = self._model.see([cut.text for _, cut in places])
        is_claim = conversation.kind is ConversationKind.REFLECTION
        kinds = seen.claim_kinds if is_claim else seen.observation_kinds
        side = "claim" if is_claim else "observation"
        sure, unsure = self._labels.thresholds[f"{side}_sure"], self._labels.thresholds[f"{side}_unsure"]
        is_statement = kinds[:, 0]
        pieces = [
            self._piece(message, cut, seen, row, is_claim, float(is_statement[row]))
            for row, (message, cut) in enumerate(places)
            if is_statement[row] >= sure
        ]
        signals, signs = ((), None) if is_claim else self._climate(seen)
        doubtful = int(((is_statement >= unsure) & (is_statement < sure)).sum())
        statements = self._statements(conversation, _joined(pieces, conversation))
        return Reading(statements, signals, doubtful, tongue, signs=signs)

    def climate_odds(self, conversation: Conversation) -> tuple[Numbers, Numbers]:
        """Log-odds of each kind of event in a conversation, (4,), and of each sign, (2,), as the network has them."""
        return self._climate_odds(self._model.see([cut.text for _, cut in _places(conversation)]))

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """Group the statements of one team; a topic's behaviour is the one its statements agree on most."""
        if not statements:
            return ()
        seen = self._model.see([statement.text for statement in statements])
        team = self.team(statements, seen)
        return tuple(self._topic(n, group, team, seen) for n, group in enumerate(self.gathering.groups(team), 1))

    def team(self, statements: Sequence[Statement], seen: Sentences) -> Team:
        """The statements of one team with all that gathers them into topics; ``seen`` has a row for each."""
        link = log_odds(self._pairs.probabilities(self.pairs(statements, seen)))
        return Team(statements, self._valued(statements, seen), link)

    def pairs(self, statements: Sequence[Statement], seen: Sentences) -> Numbers:
        """What is known of each pair of the statements of one team, (n, n, features); ``seen`` has a row for each."""
        side = zip(statements, seen.claim_stances[:, 0], seen.observation_stances[:, 0], strict=True)
        praising = [float(does if statement.is_claim else valued) for statement, does, valued in side]
        texts, authors = [s.text for s in statements], [s.author for s in statements]
        return pair_features(seen, praising, texts, authors, self._labels.thresholds)

    def judged(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """The same statements with the behaviour, fundamental and stance that the model reads in their words."""
        if not statements:
            return ()
        seen = self._model.see([statement.text for statement in statements])
        made = []
        for row, statement in enumerate(statements):
            stance, sure = self._stance(seen, row, statement.is_claim)
            behaviour = self._labels.behaviours[int(seen.behaviours[row].argmax())]
            fundamental = self._fundamental[behaviour]
            made.append(
                replace(statement, behaviour=behaviour, fundamental=fundamental, stance=stance, confidence=sure)
            )
        return tuple(made)

    def fundamentals_of(self, text: str) -> frozenset[Fundamental]:
        """The fundamentals that a message touches, as far as the model is sure."""
        cuts = segments(text[:4_000]) or (Segment(0, len(text), text[:400]),)
        seen = self._model.see([cut.text for cut in cuts])
        sums = self._by_fundamental(seen.behaviours)
        least = self._labels.thresholds["touches_fundamental"]
        return frozenset(f for n, f in enumerate(Fundamental) if sums[:, n].max() >= least)

    def _piece(
        self, message: int, cut: Segment, seen: Sentences, row: int, is_claim: bool, is_statement: float
    ) -> _Piece:
        stance, sure = self._stance(seen, row, is_claim)
        signal = int(seen.signals[row].argmax())
        return _Piece(
            message,
            cut,
            int(seen.behaviours[row].argmax()),
            stance,
            Signal(self._labels.signals[signal]) if signal else None,
            is_statement * sure,
        )

    def _stance(self, seen: Sentences, row: int, is_claim: bool) -> tuple[Stance, float]:
        """The most probable stance; of an observation first whether it is valued or not: that decides what is found."""
        if is_claim:
            claimed = seen.claim_stances[row]
            best = int(claimed.argmax())
            return Stance(self._labels.claim_stances[best]), float(claimed[best])
        observed = dict(zip(map(Stance, self._labels.observation_stances), seen.observation_stances[row], strict=True))
        valued = float(observed.pop(Stance.VALUED))
        if valued >= 0.5:
            return Stance.VALUED, valued
        return max(observed, key=lambda stance: float(observed[stance])), 1 - valued

    def _climate(self, seen: Sentences) -> tuple[tuple[Described, ...], Signs]:
        """How probable an event of each kind is, and a sign of trust, or of fear or blame: by log-odds put right."""
        events, signs = self._climate_odds(seen)
        kinds, told = self._labels.signals[1:], self._labels.signed
        found = [
            Described(Signal(kind), _put_right(odds, self._labels.described[kind]))
            for kind, odds in zip(kinds, events, strict=True)
        ]
        return tuple(found), Signs(*(_put_right(odds, told[sign]) for sign, odds in zip(SIGNS, signs, strict=True)))

    def _climate_odds(self, seen: Sentences) -> tuple[Numbers, Numbers]:
        """Log-odds that at least one clause tells of each; what gives orders tells of nothing."""
        orders = seen.observation_kinds.argmax(axis=1) == self._labels.kinds.index("instruction")
        each = (seen.signals[~orders, 1:], seen.signs[~orders])
        events, signs = (log_odds(1 - np.prod(1 - one.astype(np.float64), axis=0)) for one in each)
        return events, signs

    def _statements(self, conversation: Conversation, pieces: Sequence[_Piece]) -> tuple[Statement, ...]:
        found = []
        for number, piece in enumerate(pieces, 1):
            behaviour = self._labels.behaviours[piece.behaviour]
            found.append(
                Statement(
                    id=f"{conversation.id}:{number}",
                    conversation=conversation.id,
                    author=conversation.author,
                    about=conversation.about if conversation.kind is ConversationKind.REFLECTION else None,
                    span=Span(piece.message, piece.segment.start, piece.segment.end),
                    text=piece.segment.text,
                    fundamental=self._fundamental[behaviour],
                    behaviour=behaviour,
                    stance=piece.stance,
                    confidence=round(piece.confidence, 3),
                    signal=piece.signal,
                )
            )
        return tuple(found)

    def _topic(self, number: int, group: list[int], team: Team, seen: Sentences) -> Topic:
        """The topic of one group: the fundamental and behaviour that its statements agree on most."""
        areas = np.log(self._by_fundamental(seen.behaviours[group]) + _DOUBT).mean(axis=0)
        fundamental = list(Fundamental)[int(areas.argmax())]
        allowed = np.array([self._fundamental[name] is fundamental for name in self._labels.behaviours])
        named = seen.behaviours[group].mean(axis=0)
        behaviour = self._labels.behaviours[int(np.where(allowed, named, -1).argmax())]
        ids = tuple(team.statements[i].id for i in group)
        return Topic(f"t{number}", behaviour, fundamental, ids, self._turned(group, team))

    def _turned(self, group: list[int], team: Team) -> frozenset[str]:
        """Observations of a group whose stance is another one beside the rest; what its author has settled stays."""
        said = [team.statements[i] for i in group]
        observed = [(s, team.valued[i]) for s, i in zip(said, group, strict=True) if not s.is_claim and s.shared]
        together = self._leaning.valued(
            [alone for _, alone in observed], kind_of_claim(s.stance for s in said if s.is_claim)
        )
        return frozenset(
            statement.id
            for (statement, _), valued in zip(observed, together, strict=True)
            if (valued >= 0.5) != (statement.stance is Stance.VALUED) and not statement.is_settled
        )

    def _valued(self, statements: Sequence[Statement], seen: Sentences) -> list[float]:
        """How probable it is that each values what it speaks of; certain where its author has settled it."""
        column = seen.observation_stances[:, self._labels.observation_stances.index(Stance.VALUED)]
        return [
            float(statement.stance is Stance.VALUED) if statement.is_settled else float(valued)
            for statement, valued in zip(statements, column, strict=True)
        ]

    def _by_fundamental(self, behaviours: Matrix) -> Matrix:
        masks = [[self._fundamental[name] is f for name in self._labels.behaviours] for f in Fundamental]
        return np.asarray(behaviours @ np.array(masks, dtype=np.float32).T, dtype=np.float32)


def _places(conversation: Conversation) -> list[tuple[int, Segment]]:
    """All clauses of a conversation that tell something, each with the number of its message."""
    return [(message, cut) for message, content in conversation.said for cut in _told(content)]


def _told(content: str) -> tuple[Segment, ...]:
    """The clauses that tell something: no questions, and nothing of what is said to the assistant about the talk."""
    if wish(content) is not None or empty(content) is not None:
        return ()
    return tuple(cut for cut in segments(content) if not cut.text.endswith("?"))


def _joined(pieces: Sequence[_Piece], conversation: Conversation) -> list[_Piece]:
    """Neighbouring clauses of one message that say the same of the same behaviour become one statement."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.message == piece.message
            and (last.behaviour, last.stance) == (piece.behaviour, piece.stance)
            and piece.segment.start - last.segment.end <= 3
        ):
            text = conversation.messages[piece.message].content[last.segment.start : piece.segment.end]
            segment = Segment(last.segment.start, piece.segment.end, text)
            confidence = max(last.confidence, piece.confidence)
            joined[-1] = _Piece(
                piece.message, segment, piece.behaviour, piece.stance, last.signal or piece.signal, confidence
            )
        else:
            joined.append(piece)
    return joined


def _put_right(odds: float, scale: tuple[float, float]) -> float:
    """The probability that follows from log-odds by a slope and a constant."""
    slope, constant = scale
    return round(float(1 / (1 + np.exp(-(slope * odds + constant)))), 3)
