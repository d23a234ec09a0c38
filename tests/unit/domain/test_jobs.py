"""Jobs: their names and order, and when one that failed is tried again."""

from datetime import timedelta

from assistant.domain.jobs import MOST_TRIES, Job, JobKind, delay_after


def test_a_job_is_known_by_what_it_is_about():
    """Two that would do the same have one name."""
    assert Job(JobKind.UPKEEP).name == "upkeep"
    assert Job(JobKind.PUBLICATION, "2026-Q4").name == "publication/2026-Q4"
    assert Job(JobKind.ANALYSIS, "2026-Q4", "mia@acme.example").name == "analysis/2026-Q4/mia@acme.example"


def test_reports_come_before_what_follows_on_them():
    """And what is due by the clock before everything."""
    order = sorted((Job(kind) for kind in JobKind), key=lambda job: -job.priority)
    assert [job.kind.value for job in order] == ["upkeep", "sending", "analysis", "index", "publication"]


def test_the_delay_grows_until_a_job_is_given_up():
    """Ten seconds, then three times as long each time; about a quarter of an hour before the last try."""
    delays = [delay_after(failures) for failures in range(1, MOST_TRIES)]
    assert delays == [timedelta(seconds=10 * 3**n) for n in range(MOST_TRIES - 1)]
    assert delay_after(MOST_TRIES) is None
    assert delay_after(MOST_TRIES + 1) is None
