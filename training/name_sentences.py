"""Sentences with names in them, made up from our own corpus, own templates and faker's names in all its locales.

Three labels a token: 0 nothing, 1 a person's name, 2 the name of a place, a firm or another thing.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from faker import Faker
from faker.config import AVAILABLE_LOCALES

from assistant.redaction.tokens import shape, tokens

NOTHING, PERSON, THING = 0, 1, 2
Sentence = tuple[list[str], list[int]]
_SLOT = re.compile(r"\{(\w+)\}")
_PERSON_SLOTS = {"full", "first", "last", "any", "initialled", "low"}
_THING_SLOTS = {"city", "country", "firm", "street", "project", "language", "school"}
_PRONOUN = re.compile(
    r"\b(she|he|him|my manager|our manager|the boss|my boss|somebody|someone|our lead)\b", re.IGNORECASE
)
_LINE = re.compile(r"^(?:does|admits|intends|valued|missing|harmful)\b[^|]*\| (.+)$")

TEMPLATES = """
my name is {any}
My name is {full}, I work in {city}.
I am {full}
I'm {first}, the new one from {country}.
this is {any} speaking
Hello, this is {title} {any}.
Hi {first}, thanks for your note.
Dear {title} {last},
Dear {any},\nthank you for the parcel.
{first}, could you look at this?
{first} and {first} know each other from {city}.
{first}, {first} and {first} sat together.
{last}, {last} and {last} wrote the paper.
The founders, {last} and {last}, met at {school}.
Ask {any} about it.
ask {low} about it
i talked to {low} yesterday
could {low} send me the file please
{low} said it would be fine
follow up with {low} next week
call {low} back
people call me {low}
everyone calls me {any}
Please put {any} in copy.
Name: {full}
Name:   {full}\nPhone: {phone}
First name: {first}\nLast name: {last}
name on the card: {full}
Who is it for? {any}
What's the surname? {last}
Under what name? {full}
Agent: And your name, please? Customer: {any}
Bot: name? User: {any}
{first}: Where were you?\n{first}: At home.\n{first}: I see.
{first}: "No idea."
"Come here!" said {first} to {first}.
"I knew it," {last} said.
{any} shouted at {first}: "Stop!"
"We are glad," says {full}, the {job}.
{full}, {job}, said: "It was time."
{full} of {firm} is the speaker.
{full} from {firm} will open the conference
{full}\n{job}\n{firm}
{full}\n{street}\n{city}\n{country}
{full}\n\n{number} {street}\n Suite {number}\n {city}\n {country} {zip}
{full} {number} {street}\n{city} {zip}
> {full}\n> {firm}\n> {street}\n> {city}
{full}\n{firm}\n{phone} office\n{phone} fax
{full}\n\n{job}\n\nE-mail:\n{mail}\n\nWebsite:\nhttps://www.{word}.com/
The address of {any} is {street}, {city}.
{any} lives at {number} {street}, {city}
{any} gave {any} the keys to {street}.
Send it to {full}, {street}, {city}, {country}.
Billing address: {full}\n   {number} {street}\n   {city}\n   {zip}
As agreed, here is {first}'s address:\n\n{street}\n{city}
The address of {firm} is {street}
{firm} has an office in {city}.
I will travel to {city} on {day}.
She was born in {city}, {country}, on {date}.
{title} {last} flew to {city} on {day}.
{title} {last} is {number} years old and grew up in {city}.
{any} worked at {firm} as the assistant to {full}, later at {firm} in {city}.
{last} spent a year at {firm} under {any}.
{last} began to write at {school} in {city}.
Directed by: {full}
Written by {full} and {full}, {year}
Starring {full}, {full} and {last}
The film was made by {full} and has {last} in it.
{last} wrote the song in {year}, and {full} sang it.
A song by {full}, perhaps the best of {year}.
Producer {full} told the {firm} radio: "We love it."
Singer {full} is back.
{full}'s first novel was a surprise.
{last}'s second one was not.
the {last} album is worth a listen
a tribute to {full}
Have you ever heard {full}?
have you seen {any} play?
Why is {first} so quiet?
You can tell that {first} likes {full}.
Even {first} laughed.
{first} is very helpful. He always has time.
{first} is reliable.
Thanks to {first}, we were ready.
Except for {first} nobody knew.
between {first} and me
{first}'s kids are at school with {last}'s daughter.
I am {first}'s sister.
My grandfather was called {full}, my grandmother {full}.
They named him {first}
Her maiden name is {last}
my partner {any} has the account
It's under my wife's name, {full}.
Please add my son {first} to the contract.
I want {full} as a second holder.
Could you change it to {title} {full}?
My name is spelled wrongly, it should be {full}.
{any} has not paid yet.
Can I speak to {any}?
Is {any} there?
Police have found {full} in {city}.
The border officers stopped the player {full} over a visa.
{full}, {number}, was sentenced on {day}.
{last} denied it.
{full} ({year}-{year}) was a {job} from {country}.
{title} {any} is out today.
Regards, {first}
Best wishes,\n{full}
Kind regards,\n{first} {last}\n{job}, {firm}
Cheers\n{low}
cc: {full}; {full}
Meeting with {first} {last} at {time}
{time} {first} {day}
Owner: {any}
Assigned to {any}
{initialled} signed it.
{initialled} and {initialled} were first.
Account of {initialled}
we moved to {city} in {year}
{country} is far away.
People from {country} speak {language}.
I learned {language} in {city}.
The {project} project is late.
We use {project} for tickets.
{firm} and {firm} merged.
I bought a car from {firm}.
my card {number}{number} was lost in {city}
What is the weather in {city}?
I need to send money to {country}
The {city} office closed on {day}.
How do I reach you from {country}?
Our {city} team and the {city} team
Where is {street}?
Please send the card to {street}, {city}
My zip code is {zip}
He studied at {school} and at {school}.
In {country} they have company songs.
"Over the Hills" is a song about {city}.
The Big Silence was number one in {year}.
The Little Green Door is a book I love.
Action, Comedy, Drama, Family
Subject: Meeting on {day}
Website: https://www.{word}.com
Total due by {day}: {number}
HR and IT met the CEO of {firm}.
On {day} the {language} class begins.
In {month} we will see.
It may be {month} before we hear.
You will see. May I ask? I hope so.
Mark my words. Grace helps. Hope is good.
Bill us later. Will you come? Rob nobody. Sue them. Pat it dry.
God knows. Christmas is near, and so is Easter.
PLEASE NOTE THE NEW OPENING HOURS
Terms and Conditions
New Message From Customer Service
The Head of Sales asked the Chief Officer.
""".strip().split("\n")
TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Miss", "Prof.", "Mr", "Mrs", "mr.", "ms.", "Sir", "Professor", "Herr", "Frau")
LANGUAGES = (
    "French", "Spanish", "German", "Polish", "Italian", "Dutch", "Danish", "Hungarian", "Portuguese", "Czech", "Greek",
    "Turkish", "Arabic", "Chinese", "Japanese", "Swedish", "Finnish", "Norwegian", "Korean", "Hindi",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "monday", "the 3rd", "today")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_PROJECTS = (
    "Falcon", "Aurora", "Phoenix", "Atlas", "Jira", "Confluence", "Salesforce", "Excel", "Teams", "Slack", "Orion",
    "Mercury", "Compass", "Zendesk", "GitHub", "Horizon", "Titan", "Bluebird", "SAP", "Nova",
)  # fmt: skip


class Names:
    """Names and things of all of faker's locales; ``seed`` decides everything."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        self._fakers = []
        for locale in sorted(AVAILABLE_LOCALES):
            one = Faker(locale)
            one.seed_instance(seed)
            self._fakers.append(one)
        self._english = next(f for f in self._fakers if f.locales == ["en_US"])
        self._latin = [f for f in self._fakers if f.first_name().isascii() or shape(f.first_name()) == "capital"]

    def some(self) -> Faker:
        """One locale; those that write in Latin letters nineteen times in twenty."""
        return self.chance.choice(self._latin if self.chance.random() < 0.95 else self._fakers)

    def slot(self, name: str) -> str:
        """Words for a slot of a template."""
        made: str = getattr(self, f"_{name}")()
        return made

    def _first(self) -> str:
        return self._cased(self.some().first_name())

    def _last(self) -> str:
        return self._cased(self.some().last_name())

    def _full(self) -> str:
        one = self.some()
        middle = (
            f"{self.chance.choice('ABCDEFGHIJKLMNOPRSTVZ')}{self.chance.choice(['', '.'])} "
            if self.chance.random() < 0.15
            else ""
        )
        first = one.first_name()
        if self.chance.random() < 0.1:
            first += f"{self.chance.choice([' ', '-'])}{one.first_name()}"
        return self._cased(f"{first} {middle}{one.last_name()}")

    def _any(self) -> str:
        return self.chance.choice([self._full, self._first, self._last])()

    def _low(self) -> str:
        one = self.some()
        name = self.chance.choice([one.first_name(), one.last_name(), f"{one.first_name()} {one.last_name()}"])
        return name.lower()

    def _initialled(self) -> str:
        return f"{self.chance.choice('ABCDEFGHIJKLMNOPRSTVZ')}. {self.some().last_name()}"

    def _cased(self, name: str) -> str:
        lot = self.chance.random()
        return name.lower() if lot < 0.06 else name.upper() if lot < 0.08 else name

    def _title(self) -> str:
        return self.chance.choice(TITLES)

    def _city(self) -> str:
        city = self._made("city", "London")
        return city.upper() if self.chance.random() < 0.2 else city

    def _country(self) -> str:
        return self._made("country", "Norway") if self.chance.random() < 0.3 else str(self._english.country())

    def _firm(self) -> str:
        return self._made("company", "Acme Inc")

    def _street(self) -> str:
        return self._made("street_name", "High Street")

    def _project(self) -> str:
        return self.chance.choice(_PROJECTS)

    def _language(self) -> str:
        return self.chance.choice(LANGUAGES)

    def _school(self) -> str:
        return f"{self.chance.choice(['the University of', 'the College of', 'the School of'])} {self._city()}"

    def _job(self) -> str:
        return self._english.job().lower() if self.chance.random() < 0.6 else self._english.job()

    def _phone(self) -> str:
        return self._made("phone_number", "020 7946 0000")

    def _mail(self) -> str:
        return self._made("ascii_email", "a@b.example")

    def _word(self) -> str:
        return self._english.word()

    def _number(self) -> str:
        return str(self.chance.randint(1, 9999))

    def _zip(self) -> str:
        return self._made("postcode", "12345")

    def _year(self) -> str:
        return str(self.chance.randint(1930, 2026))

    def _day(self) -> str:
        return self.chance.choice(DAYS)

    def _month(self) -> str:
        return self.chance.choice(MONTHS)

    def _date(self) -> str:
        return f"{self.chance.randint(1, 28)} {self._month()} {self._year()}"

    def _time(self) -> str:
        return f"{self.chance.randint(0, 23)}:{self.chance.randint(10, 59)}"

    def _made(self, kind: str, otherwise: str) -> str:
        try:
            return str(getattr(self.some(), kind)())
        except AttributeError:
            return otherwise


def filled(template: str, names: Names) -> Sentence:
    """A template with its slots filled, as tokens and their labels."""
    words: list[str] = []
    labels: list[int] = []
    rest = 0
    parts: list[tuple[str, int]] = []
    for slot in _SLOT.finditer(template):
        parts.append((template[rest : slot.start()], NOTHING))
        kind = PERSON if slot[1] in _PERSON_SLOTS else THING if slot[1] in _THING_SLOTS else NOTHING
        parts.append((names.slot(slot[1]).replace("\n", " "), kind))
        rest = slot.end()
    parts.append((template[rest:], NOTHING))
    for text, label in parts:
        for token in tokens(text.replace("\\n", "\n")):
            words.append(token.text)
            is_word = token.text[0].isalnum()
            labels.append(
                label if is_word and not (label == THING and token.text.lower() in {"the", "of", "and"}) else NOTHING
            )
    return words, labels


def corpus_lines(folder: Path) -> list[str]:
    """Lines of the corpus that hold no name: nothing is written large but their beginning, I, and days and months."""
    allowed = {"I", *DAYS, *MONTHS}
    lines = []
    for path in sorted(folder.glob("*.txt")):
        for raw in path.read_text(encoding="utf-8").splitlines():
            found = _LINE.match(raw)
            if found and _is_plain(found[1], allowed):
                lines.append(found[1])
    return lines


def _is_plain(line: str, allowed: set[str]) -> bool:
    said = tokens(line)
    begins = {0, *(n + 1 for n, t in enumerate(said) if t.text in ".!?:;\"\u201c'\u2018")}
    return all(
        n in begins or shape(t.text) not in {"capital", "mixed", "upper"} or t.text in allowed
        for n, t in enumerate(said)
    )


def spoken(line: str, names: Names) -> Sentence:
    """A line of the corpus, in which a pronoun has become a name two times in three."""
    found = list(_PRONOUN.finditer(line))
    if not found or names.chance.random() < 0.34:
        return filled(line.replace("{", "(").replace("}", ")"), names)
    one = names.chance.choice(found)
    slot = names.chance.choice(["{first}", "{first}", "{first}", "{any}", "{full}", "{low}", "{title} {last}"])
    return filled(f"{line[: one.start()]}{slot}{line[one.end() :]}", names)
