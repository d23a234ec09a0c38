"""``value-loop knowledge``: an organisation's own practice cards, from Markdown and PDF."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fpdf import FPDF

BOSS, ROUND = "henrike@threeherons.example", "2026-Q3"
LATER = f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}"
OF_OURS = ("--owner", "People Ops", "--expires", LATER)
FRONT = """id: {id}
title: "{title}"
fundamental: creating_clarity
behaviours: [reasons_for_changes]
for: [gap]
minutes: 10
source: "Works agreement 12"
"""
SECTIONS = {
    "What it is": "You write the reason for a change on the blue board.",
    "When it fits": "Whenever the plan changes.",
    "When it does not fit": "In an emergency.",
    "First small step": "Write the last change on the blue board today.",
    "Words to say": "It is on the blue board, and here is why.",
    "What the team would notice": "They find the reason where they look anyway.",
    "Traps": "Writing it after everybody has asked.",
}


def markdown(id: str = "blue-board", title: str = "Use the blue board", without: str = "") -> str:
    """A card as a file, without one of its parts where that is named."""
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in SECTIONS.items() if heading != without)
    return f"---\n{FRONT.format(id=id, title=title)}---\n\n{body}\n"


def pdf(folder: Path, id: str, *lines: str) -> None:
    """A card as a PDF with its front matter beside it."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    for line in lines or [line for both in SECTIONS.items() for line in both]:
        made.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    made.output(str(folder / f"{id}.pdf"))
    (folder / f"{id}.yaml").write_text(FRONT.format(id=id, title="From a PDF"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for cards."""
    made = tmp_path / "cards"
    made.mkdir()
    return made


def test_own_cards_are_suggested_and_marked_as_theirs(example, folder: Path) -> None:
    """From the next analysis on, and before ours where both fit alike; taken out or run out, they are not."""
    (folder / "blue-board.md").write_text(markdown())
    assert example("knowledge", "add", folder, *OF_OURS).out.strip() == "1 card is added: blue-board."
    assert example("analyse", ROUND, "--manager", BOSS).status == 0
    suggested = [made["practice"] for made in example("report", BOSS, "--round", ROUND).json["suggestions"]]
    assert "blue-board" in suggested
    shown = example("report", BOSS, "--round", ROUND, "--format", "markdown").out
    assert "Works agreement 12 (a card of People Ops)" in shown
    assert f"People Ops, until {LATER}" in example("knowledge", "list").out
    assert example("knowledge", "remove", "blue-board").status == 0
    assert example("analyse", ROUND, "--manager", BOSS).status == 0
    suggested = [made["practice"] for made in example("report", BOSS, "--round", ROUND).json["suggestions"]]
    assert "blue-board" not in suggested


def test_a_pdf_is_a_card_too(small, folder: Path) -> None:
    """Its headings are those of a card, each on a line of its own."""
    pdf(folder, "from-a-pdf")
    assert small("knowledge", "add", folder, *OF_OURS, "--json").json == {"added": ["from-a-pdf"]}
    (listed,) = small("knowledge", "list", "--json").json
    assert listed == {"id": "from-a-pdf", "title": "From a PDF", "owner": "People Ops", "expires": LATER}


def test_every_problem_is_named_and_nothing_is_half_added(small, folder: Path) -> None:
    """Of four files one is fine; what is wrong with the others is said in one go."""
    (folder / "fine.md").write_text(markdown("fine"))
    (folder / "open-up-a-decision.md").write_text(markdown("open-up-a-decision"))
    (folder / "half.md").write_text(markdown("half", without="Traps"))
    pdf(folder, "short", "What it is", "A leaflet.")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "broken.yaml").write_text(FRONT.format(id="broken", title="Broken"))
    refused = small("knowledge", "add", folder, *OF_OURS)
    assert refused.status == 2
    for said in (
        "half.md, Traps: is missing or empty",
        "short.pdf, When it fits: is missing or empty",
        "broken.pdf: is no PDF that can be read",
        "open-up-a-decision, id: is a card of Value Loop already",
    ):
        assert said in refused.err, refused.err
    assert small("knowledge", "list").out.strip() == "There are no cards of your own."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--owner", " ", "--expires", LATER), "Say who answers"),
        (("--owner", "Ops", "--expires", "2020-01-01"), "has passed"),
        (("--owner", "Ops", "--expires", "never"), "'never' is not a date"),
    ],
)
def test_somebody_answers_for_a_card_until_a_day(small, folder: Path, arguments, says: str) -> None:
    """Without an owner, or with a day that is none or over, nothing is added."""
    (folder / "blue-board.md").write_text(markdown())
    refused = small("knowledge", "add", folder, *arguments)
    assert (refused.status, says in refused.err) == (2, True)


def test_a_folder_without_cards_is_said(small, folder: Path) -> None:
    """An empty one, and one that is not there."""
    assert "no cards" in small("knowledge", "add", folder, *OF_OURS).err
    assert "is no folder" in small("knowledge", "add", folder / "nowhere", *OF_OURS).err
    assert small("knowledge", "remove", "nothing").status == 2
