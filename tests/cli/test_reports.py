"""``value-loop analyse``, ``report`` and ``ask`` on the example organisation."""

import json
import stat
from pathlib import Path

from pypdf import PdfReader

from assistant.stores.knowledge_files import load_knowledge

MANAGER = "henrike@threeherons.example"
LEADER = "solveig@threeherons.example"
REPOSITORY = Path(__file__).resolve().parents[2]
IMPORTED = REPOSITORY / "assistant" / "example" / "conversations-2026-Q3.jsonl"
PARTS = [
    *("manager", "round", "invited", "respondents", "suppressed", "reason", "engine"),
    *("fundamentals", "claims", "findings", "climate", "summary", "suggestions"),
]


def test_a_report_has_the_parts_of_the_contract(example) -> None:
    """JSON is the default, and ``--json`` the same."""
    report = example("report", MANAGER, "--round", "2026-Q3")
    assert report.json == example("report", MANAGER.upper(), "--round", "2026-Q3", "--json").json
    assert [part for part in PARTS if part not in report.json] == []
    assert (report.json["manager"], report.json["round"], report.json["suppressed"]) == (MANAGER, "2026-Q3", False)


def test_the_source_of_a_claim_points_into_the_file_that_was_imported(example) -> None:
    """Conversation, message and offsets lead to words of the manager in conversations.jsonl."""
    lines = [json.loads(line) for line in IMPORTED.read_text().splitlines()]
    reflections = [line for line in lines if line["kind"] == "reflection" and line["author"] == MANAGER]
    claims = example("report", MANAGER, "--round", "2026-Q3").json["claims"]
    assert claims
    for claim in claims:
        source = claim["source"]
        message = reflections[source["conversation"]]["messages"][source["message"]]
        assert message["role"] == "user"
        assert 0 <= source["start"] < source["end"] <= len(message["content"])
        assert claim["about"] == reflections[source["conversation"]]["about"]


def test_all_reports_come_as_one_array(example) -> None:
    """Every manager's, also those below the anonymity floor, which hold nothing that rests on feedback."""
    reports = example("report", "--all", "--round", "2026-Q3").json
    assert [report["manager"] for report in reports] == sorted(report["manager"] for report in reports)
    assert len(reports) == 9
    below = [report for report in reports if report["suppressed"]]
    assert below
    assert all(report["reason"] and not report["findings"] and not report["suggestions"] for report in below)


def test_reports_are_written_for_people_too(example, tmp_path) -> None:
    """Markdown and HTML; a file is written whole and only its owner can read it."""
    markdown = example("report", MANAGER, "--round", "2026-Q3", "--format", "markdown")
    assert markdown.out.startswith("# ")
    page = tmp_path / "report.html"
    written = example("report", MANAGER, "--round", "2026-Q3", "--format", "html", "--output", page)
    assert (written.status, written.out) == (0, "")
    assert page.read_text().lower().startswith("<!doctype html>")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_is_named(example, tmp_path) -> None:
    """Exit 2, and nothing of the report on the screen."""
    outcome = example("report", MANAGER, "--round", "2026-Q3", "--output", tmp_path / "no" / "report.json")
    assert (outcome.status, outcome.out) == (2, "")
    assert "cannot be written" in outcome.err


def test_what_is_not_there_is_said(example) -> None:
    """An unknown person or round, and somebody who leads nobody: exit 2, in words."""
    for outcome in (
        example("report", "who@threeherons.example", "--round", "2026-Q3"),
        example("report", MANAGER, "--round", "2031-Q1"),
        example("report", "samir@threeherons.example", "--round", "2026-Q3"),
        example("analyse", "2031-Q1"),
        example("analyse", "2026-Q3", "--manager", "samir@threeherons.example"),
    ):
        assert (outcome.status, outcome.out) == (2, "")
        assert "Traceback" not in outcome.err


def test_analysing_again_gives_the_same(example) -> None:
    """One manager or all: reports do not change by being made again, and it says what it made."""
    before = example("report", "--all", "--round", "2026-Q3").json
    again = example("analyse", "2026-Q3", "--json").json
    assert again["round"] == "2026-Q3"
    assert [one["manager"] for one in again["reports"]] == [report["manager"] for report in before]
    assert [one["suppressed"] for one in again["reports"]] == [report["suppressed"] for report in before]
    assert again["index_up_to_date"] is True
    one = example("analyse", "2026-Q3", "--manager", MANAGER)
    assert one.out.startswith("1 report made")
    assert example("report", "--all", "--round", "2026-Q3").json == before


def test_a_leader_is_answered(example) -> None:
    """In words, and for machines with what the answer rests on; without a round it is the latest with reports."""
    question = "In which teams are changes not explained?"
    answer = example("ask", question, "--as", LEADER, "--json").json
    assert answer["round"] == "2026-Q3"
    told = example("ask", question, "--as", LEADER, "--round", "2026-Q3").out
    assert told.startswith(answer["refused"] or answer["text"])
    assert [finding["id"] for finding in answer["findings"] if finding["id"] not in told] == []


def test_a_question_carries_on_from_those_it_follows(example) -> None:
    """The team is the one of the question before, and the reading is told with the answer."""
    asked = ("ask", "And how many answered there?", "--as", LEADER)
    alone = example(*asked, "--json").json
    after = example(*asked, "--after", "What goes well in Henrike's team?", "--json").json
    assert (alone["query"]["measure"], after["query"]["measure"]) == ("participation", "participation")
    assert (alone["query"]["managers"], after["query"]["managers"]) == ([], [MANAGER])
    assert "Understood as: How many people took part" in example(*asked).out


def test_only_leaders_are_answered(example) -> None:
    """A manager without the role, an admin and somebody unknown are refused with exit 2."""
    for who in (MANAGER, "kerttu@threeherons.example", "who@threeherons.example"):
        outcome = example("ask", "How is the climate?", "--as", who)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err


def test_the_reader_log_tells_who_looked_and_about_whom(example) -> None:
    """A report that the operator printed is in the log, in categories and without anybody's words."""
    example("report", "henrike@threeherons.example", "--round", "2026-Q3")
    entries = example("log", "--json").json
    assert entries[-1]["reader"] == "operator"
    assert entries[-1]["looked"] == "report"
    assert entries[-1]["about"] == ["henrike@threeherons.example"]
    assert set(entries[-1]) == {
        "number", "at", "reader", "capacity", "looked", "asked", "outcome", "round", "about", "digest",
    }  # fmt: skip
    assert "about henrike@threeherons.example" in example("log").out


def test_a_leaders_roll_up_counts_at_least_the_floors_people(example) -> None:
    """It is told of closed rounds, is the same each time, and the reader log notes that somebody looked."""
    first = example("report", LEADER, "--round", "2026-Q3", "--roll-up")
    assert (first.json["leader"], first.json["suppressed"], first.json["reason"]) == (LEADER, False, None)
    numbers = [row[side] for row in first.json["counts"] for side in ("values", "misses") if row[side] is not None]
    assert numbers
    assert min(numbers) >= 4
    assert max(numbers) <= first.json["respondents"]
    assert example("report", LEADER, "--round", "2026-Q3", "--roll-up").json == first.json
    assert [entry["looked"] for entry in example("log", "--json").json][-1] == "roll_up"


def test_a_roll_up_that_cannot_be_made_is_said(example) -> None:
    """Somebody with no managers below them, another format, all at once: exit 2, in words."""
    for arguments, says in (
        (("report", MANAGER, "--round", "2026-Q3", "--roll-up"), "led a team"),
        (("report", LEADER, "--round", "2026-Q3", "--roll-up", "--format", "html"), "written as JSON"),
        (("report", "--all", "--round", "2026-Q3", "--roll-up"), "one leader"),
    ):
        outcome = example(*arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert says in outcome.err


def test_a_report_below_the_floor_says_what_to_do_instead(example) -> None:
    """Markdown and HTML hold the guide for an open talk, and nothing of the team."""
    below = next(one for one in example("report", "--all", "--round", "2026-Q3").json if one["suppressed"])["manager"]
    for format_ in ("markdown", "html"):
        written = example("report", below, "--round", "2026-Q3", "--format", format_).out
        assert "How to ask your team openly" in written
        assert "Do not ask who answered" in written


def test_nothing_in_a_report_is_said_twice_and_each_gap_has_a_step_that_fits(example) -> None:
    """Over all managers of the example: findings and suggestions differ in words, and cards serve what they cite."""
    known = load_knowledge(REPOSITORY / "knowledge")
    gaps = {"blind_spot", "shared_concern", "split_view"}
    for report in example("report", "--round", "2026-Q3", "--all").json:
        findings = {finding["id"]: finding for finding in report["findings"]}
        assert len({finding["text"] for finding in findings.values()}) == len(findings)
        for part in ("title", "why", "next_step", "words", "team_would_notice"):
            assert len({made[part] for made in report["suggestions"]}) == len(report["suggestions"])
        for made in report["suggestions"]:
            first = findings[made["findings"][0]]
            assert first["behaviour"] in known.practices[made["practice"]].behaviours
        for gap in (finding for finding in findings.values() if finding["kind"] in gaps):
            cards = [card for card in known.practices.values() if gap["behaviour"] in card.behaviours]
            assert any("gap" in card.uses for card in cards), gap["behaviour"]


def test_a_report_is_a_pdf_with_the_picture_first(example, tmp_path) -> None:
    """Written to a file; picture, findings, what to do and the manager's own words follow one another."""
    file = tmp_path / "report.pdf"
    assert example("report", MANAGER, "--round", "2026-Q3", "--format", "pdf", "--output", file).status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    parts = (
        "Your view and your team's view",
        "How safe it feels",
        "What you could try",
        "Talking it over",
        "What you said",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    report = example("report", MANAGER, "--round", "2026-Q3").json
    assert all(" ".join(finding["text"].split()) in text for finding in report["findings"])
    unnamed = example("report", MANAGER, "--round", "2026-Q3", "--format", "pdf")
    assert (unnamed.status, "--output" in unnamed.err) == (2, True)


def test_a_leader_gets_a_brief_over_a_round(example) -> None:
    """JSON with a topic and findings for what is said; words for people; the log notes each."""
    brief = example("brief", "2026-Q3", "--as", LEADER, "--json").json
    assert [part["topic"] for part in brief["parts"]] == ["changed", "support"]
    assert (brief["round"], brief["before"], brief["below_floor"], brief["refused"]) == ("2026-Q3", None, 2, None)
    cited = {id_ for part in brief["parts"] for one in part["sentences"] for id_ in one["findings"]}
    assert cited
    assert {id_.split("/")[0] for id_ in cited} <= {*brief["managers"]}
    printed = example("brief", "2026-Q3", "--as", LEADER)
    assert "Where support can be offered" in printed.out
    assert "2 teams are below the anonymity floor" in printed.out
    refused = example("brief", "2026-Q3", "--as", MANAGER)
    assert (refused.status, refused.out) == (2, "")
    looked = [one for one in example("log", "--json").json if one["looked"] == "brief"]
    assert {one["outcome"] for one in looked} == {"shown", "suppressed", "refused"}
