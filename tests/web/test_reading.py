"""Reading what came of a round: a manager's report, a leader's question."""

from playwright.sync_api import expect

from assistant.domain.access import person
from assistant.domain.reading_log import Looked
from assistant.loop.analysis import analyse
from assistant.loop.example import FINISHED_ROUND, OPEN_ROUND
from assistant.loop.reports import read_report
from tests.web.pictures import pictures

MANAGER, LEADER = "henrike@threeherons.example", "solveig@threeherons.example"


def test_a_manager_reads_the_report_of_the_closed_round(app, signed_in) -> None:
    """Summary, picture, findings, trust and steps are there, and the picture has words for those who do not see it."""
    parts = app.parts
    report = read_report(parts.store, person(MANAGER), MANAGER, FINISHED_ROUND, parts.now())
    visit = signed_in(MANAGER)
    visit.go("/manager/report")
    article = visit.page.get_by_role("article")
    expect(article.first).to_contain_text(report.summary)
    expect(article.locator(".vl-row .vl-hidden")).to_have_count(4)
    expect(article.locator(".vl-row .vl-hidden").first).to_contain_text("Your team’s view")
    expect(article.locator(".vl-finding")).to_have_count(len(report.findings))
    expect(article.locator(".vl-suggestion")).to_have_count(len(report.suggestions))
    expect(article.get_by_role("heading", name="Trust in your team")).to_be_visible()
    expect(visit.page.get_by_text(f"Round {OPEN_ROUND} is open until")).to_be_visible()


def test_a_report_below_the_floor_says_why_and_what_to_do_instead(signed_in) -> None:
    """With three people in the team, nothing that rests on feedback is shown."""
    visit = signed_in("aoife@threeherons.example")
    visit.go("/manager/report")
    expect(visit.page.get_by_text("Fewer than 4 people have given feedback")).to_be_visible()
    expect(visit.page.get_by_role("heading", name="What you can do instead")).to_be_visible()
    expect(visit.page.locator(".vl-finding, .vl-row, .vl-suggestion, .vl-scale")).to_have_count(0)


def test_a_leader_asks_a_question_and_sees_what_the_answer_rests_on(signed_in) -> None:
    """The answer says how the question was understood and shows the findings behind it."""
    visit = signed_in(LEADER)
    visit.page.get_by_label("Your question").fill(
        "Where do managers think they explain changes while their teams hear no reason?"
    )
    visit.button("Ask").click()
    answer = visit.page.get_by_role("article")
    expect(answer).to_contain_text("Understood as")
    expect(answer.locator(".vl-finding")).not_to_have_count(0)


def test_an_answer_is_drawn_and_its_reading_can_be_changed_by_picking(signed_in) -> None:
    """Numbers stand in a table beside their bars; the pickers hold the query, and another pick is another answer."""
    visit = signed_in(LEADER)
    visit.page.get_by_label("Your question").fill("How far do managers and their teams agree?")
    visit.button("Ask").click()
    answer = visit.page.get_by_role("article")
    expect(answer.locator(".vl-bars tbody tr")).not_to_have_count(0)
    expect(answer.locator(".vl-bars tbody tr").first).to_contain_text("%")
    what = visit.page.get_by_label("What is asked for")
    expect(what).to_have_value("How far managers and teams agree")
    pictures(visit.page, "answered")
    what.click()
    visit.page.get_by_role("option", name="How many people took part").click()
    visit.button("Show this").click()
    expect(answer).to_contain_text("people who were asked gave feedback")


def test_a_further_question_carries_on_from_what_the_pickers_hold(signed_in) -> None:
    """Only the topic changes; the team stays the one that was asked about."""
    visit = signed_in(LEADER)
    visit.page.get_by_label("Your question").fill("What goes well in Henrike's team?")
    visit.button("Ask").click()
    answer = visit.page.get_by_role("article")
    expect(answer).to_contain_text("Henrike Osterloh")
    visit.page.get_by_label("Your question").fill("And how many answered there?")
    visit.button("Ask").click()
    expect(answer).to_contain_text("How many people took part, for")
    expect(answer).to_contain_text("In 1 team that can be shown")


def test_an_example_question_is_asked_with_one_click(signed_in) -> None:
    """A leader who does not know what to ask clicks an example."""
    visit = signed_in(LEADER)
    example = visit.page.locator(".vl-examples button").first
    words = example.inner_text()
    example.click()
    expect(visit.page.get_by_label("Your question")).to_have_value(words)
    expect(visit.page.get_by_role("article")).to_contain_text(f"round {FINISHED_ROUND}")


def test_a_leader_reads_the_brief_and_what_it_rests_on(app, signed_in) -> None:
    """Each part is headed; the findings behind it open by keyboard; opening the page is written down."""
    parts = app.parts
    analyse(parts.store, parts.engine, parts.knowledge, FINISHED_ROUND, "kwabena@threeherons.example")
    visit = signed_in(LEADER)
    visit.page.get_by_role("link", name="Brief").click()
    brief = visit.page.get_by_role("article")
    expect(brief.get_by_role("heading", name="What changed")).to_be_visible()
    expect(brief).to_contain_text("This is the first round with reports")
    support = brief.get_by_role("region", name="Where support can be offered")
    expect(support).to_contain_text("Service (Kwabena Asare)")
    behind = support.locator("summary")
    behind.focus()
    visit.page.keyboard.press("Enter")
    expect(support.locator(".vl-finding").first).to_be_visible()
    expect(brief).to_contain_text("below the anonymity floor")
    pictures(visit.page, "brief-opened")
    with app.parts.store.work() as work:
        looks = [link.entry for link in work.reader_log.chain()]
    assert any(one.looked is Looked.BRIEF and one.reader == LEADER for one in looks)
