"""Whom a question names."""

import pytest

from assistant.inquiry.mentions import led_team, named, team_meant, team_named


@pytest.mark.parametrize(
    ("question", "emails"),
    [
        ("How is Mia doing?", ["mia@acme.example"]),
        ("how is mia's team doing", ["mia@acme.example"]),
        ("Compare MIA BERG with leo@acme.example.", ["mia@acme.example", "leo@acme.example"]),
        ("What about Zoe?", ["zoe@acme.example"]),
        ("What about Zoë\u2019s people?", ["zoe@acme.example"]),
        ("May people object? In which teams may they?", []),
        ("Is it the case that May objects?", ["may@acme.example"]),
        ("Ask may dunn.", ["may@acme.example"]),
        ("Where do teams miss clarity?", []),
        ("Is the reliability good?", []),
    ],
)
def test_people_are_found_by_name_and_not_inside_other_words(organisation, question, emails):
    """First names, full names and e-mails count, with or without accents; ordinary words do not."""
    assert [person.email for person in named(question, organisation.people.values())] == emails


@pytest.mark.parametrize(
    ("question", "team", "is_named"),
    [
        ("How is the depot team doing?", "Depot", True),
        ("How are things in Depot?", "Depot", True),
        ("How does the team Depot do?", "Depot", True),
        ("Is it far to the depot?", "Depot", False),
        ("Pricing is done how?", "Pricing", False),
        ("what does the night shift miss", "Night shift", True),
        ("What do teams miss?", "", False),
        ("Legal - blind spots?", "Legal", True),
        ("Legal: what is missing?", "Legal", True),
        ("Packing, good stuff only.", "Packing", True),
        ("Legal's few, I know, but what bothers them?", "Legal", True),
        ("Legal's vs Depot's gaps?", "Legal", True),
        ("Legal matters, where are they slow?", "Legal", False),
    ],
)
def test_a_team_whose_name_is_an_ordinary_word_must_look_like_a_name(question, team, is_named):
    """A capital letter inside a sentence or the word team shows that a team is meant."""
    assert team_named(question, team) is is_named


@pytest.mark.parametrize(
    ("question", "team", "is_meant"),
    [
        ("What do people in customer service miss?", "Customer service", True),
        ("How is the customer service team doing?", "Customer service", True),
        ("Where do teams value good customer service?", "Customer service", False),
        ("What does Customer service miss?", "Customer service", True),
        ("And what about Customer service?", "Customer service", True),
        ("Do teams support each other?", "Support", False),
        ("What does the support team miss?", "Support", True),
        ("What does the team Support miss?", "Support", True),
        ("Where is Trust missing?", "Trust", False),
        ("How is the Trust team doing?", "Trust", True),
        ("Where Do Teams Miss Good Planning?", "Planning", False),
        ("What is missing in Planning?", "Planning", True),
        ("How is T7 doing?", "T7", True),
        ("Paint shop. What is eating them?", "Paint shop", True),
        ("Trust: where is it low?", "Trust", False),
    ],
)
def test_a_team_is_meant_where_its_name_stands_as_one(question, team, is_meant):
    """The same words may say what people do or miss; then nobody asks about somebody else's team."""
    assert team_meant(question, team) is is_meant


def test_the_team_a_manager_leads_is_that_of_their_direct_reports(organisation):
    """It is not the team the manager belongs to."""
    assert led_team(organisation, "mia@acme.example") == "Pricing"
    assert led_team(organisation, "li@acme.example") == ""
