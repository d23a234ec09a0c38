"""People of the organisation in a text: whole names, parts of them, short forms and initials, in any case."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.domain.giveaways import Giveaway, GiveawayKind
from assistant.domain.organisation import Organisation, Person
from assistant.redaction.tokens import Token, shape, tokens

LEAST_SHORT_FORM = 3
_SPELLED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae"})
_OPENING = "\"'(*-\u201c\u201d\u2018\u2019"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words("al bin da de del den der di dos du el ibn la le ten ter van von y zu zur")
_ALSO_WORDS = _words(
    "ace amber angel april art august autumn bill bob brook buck carol chance charity chase chip clay cliff daisy "
    "dale dawn dean dick don drew earnest faith fern field forest frank gene glen grace grant guy harmony hazel "
    "heath heather hill holly honey hope hunter iris ivy jack jade jasmine jay jean jewel joy june king lance "
    "lane laurel lee liberty lily long love major mark marsh mason max may melody mercy merry miles mo nick norm "
    "olive page pat pearl penny pepper poppy price rain ray red rich rob robin rock rose ruby rusty sage sandy "
    "serenity shade short skip sky small sonny stone sue summer sunny temple terry tim tom trip victor wade ward "
    "west white will win winter wood young smith green brown black baker cook bell cross day fox gold good hall "
    "hand hard head house hunt knight lamb law lord man moon moore moss new north park pierce pike pool pope post "
    "power rush sharp shepherd snow sparks spring strong swift tower turner walker wall waters weaver wise wolf "
    "worth"
)
_SHORT_FORMS = {
    "alexander": "alex sasha", "alexandra": "alex sasha", "andrew": "andy", "anthony": "tony", "benjamin": "ben",
    "catherine": "cathy kate", "charles": "charlie chuck", "christopher": "chris", "daniel": "dan danny",
    "deborah": "debbie", "edward": "ed eddie ted", "elizabeth": "liz beth lizzie betty", "francesca": "fran",
    "frederick": "fred", "gregory": "greg", "james": "jim jimmy jamie", "jennifer": "jen jenny",
    "john": "johnny jack", "jonathan": "jon", "joseph": "joe", "katherine": "kate katie kathy", "lawrence": "larry",
    "margaret": "maggie meg peggy", "matthew": "matt", "michael": "mike mick", "nicholas": "nick",
    "patricia": "pat trish", "patrick": "pat paddy", "peter": "pete", "philip": "phil", "rebecca": "becky",
    "richard": "rick dick rich", "robert": "rob bob bobby", "ronald": "ron", "samuel": "sam", "stephen": "steve",
    "susan": "sue", "theodore": "ted theo", "thomas": "tom tommy", "timothy": "tim", "victoria": "vicky tori",
    "william": "will bill billy liam", "zachary": "zach",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownNames:
    """How people may be called, folded: parts of names, short forms, and initials such as ``mb``."""

    parts: frozenset[str]
    short_forms: frozenset[str]
    initials: frozenset[str]

    @classmethod
    def of(cls, people: Iterable[Person]) -> KnownNames:
        """All ways to call these people."""
        parts: set[str] = set()
        short: set[str] = set()
        initials: set[str] = set()
        for person in people:
            names = [folded(t.text) for t in tokens(person.name) if t.text[0].isalpha()]
            parts |= {name for name in names if name not in _PARTICLES and len(name) > 1}
            short |= {form for name in names for form in _SHORT_FORMS.get(name, "").split()}
            initials |= {"".join(name[0] for name in names)} if len(names) > 1 else set()
        return cls(frozenset(parts), frozenset(short - parts), frozenset(initials))

    def calls(self, token: Token, begins: bool) -> bool:
        """Whether a word calls one of them; ``begins`` where a sentence begins with it, and it is written large anyway.

        A name that is a word as well counts only where it is written large within a sentence.
        """
        word = folded(token.text)
        form = shape(token.text)
        if form == "upper" and word in self.initials:
            return True
        if word in _ALSO_WORDS or word in self.short_forms:
            return form == "capital" and not begins and word in self.parts | self.short_forms
        if word in self.parts:
            return True
        if form == "lower" and len(word) > LEAST_SHORT_FORM + 1 and word.endswith("s"):
            return word[:-1] in self.parts - _ALSO_WORDS
        is_beginning = form == "capital" and not begins and len(word) >= LEAST_SHORT_FORM
        return is_beginning and any(part.startswith(word) and len(part) > len(word) for part in self.parts)


def folded(word: str) -> str:
    """A word without accents and case, so that "Søren", "soren" and "SOREN" are one."""
    spelled = word.casefold().translate(_SPELLED)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


def colleagues(text: str, organisation: Organisation, about: str | None) -> Iterator[Giveaway]:
    """Everybody of the organisation who is named in the text, but for the person it is about anyway (e-mail)."""
    others = KnownNames.of(p for p in organisation.people.values() if p.email != about)
    subject = subject_names(organisation, about)
    yield from together(
        text, [t for t, begins in placed(text) if others.calls(t, begins) and folded(t.text) not in subject]
    )


def subject_names(organisation: Organisation, about: str | None) -> frozenset[str]:
    """The folded parts of the name of the person whom a text is about: they give nobody away."""
    person = organisation.people.get(about or "")
    return KnownNames.of([person]).parts if person else frozenset()


def placed(text: str) -> Iterator[tuple[Token, bool]]:
    """Each word with whether a sentence begins with it."""
    before = "."
    for token in tokens(text):
        if token.text[0].isalnum():
            yield token, before in ".!?:;\n\u2026"
        if token.text not in _OPENING:
            before = token.text


def together(text: str, named: list[Token], kind: GiveawayKind = GiveawayKind.COLLEAGUE) -> Iterator[Giveaway]:
    """Words that stand side by side as one giveaway, with the particles and initials between and around them."""
    start = end = -1
    for token in named:
        if end >= 0 and _is_one_name(text[end : token.start]):
            end = token.end
            continue
        if end >= 0:
            yield Giveaway(start, end, kind)
        start, end = token.start, token.end
    if end >= 0:
        yield Giveaway(start, end, kind)


def _is_one_name(between: str) -> bool:
    words = between.replace(".", " ").replace("-", " ").replace("'", " ").replace("\u2019", " ").split()
    joined = all(word.lower() in _PARTICLES or (len(word) == 1 and word.isupper()) for word in words)
    return joined and "\n" not in between and not between.startswith((". ", "' ", "s "))
