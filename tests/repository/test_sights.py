"""What readers saw of the climate of annotated rounds."""

import pytest


@pytest.fixture(scope="module")
def rounds(examples_script) -> dict[str, list]:
    """The annotated rounds by split."""
    return examples_script.load_rounds()


def test_no_two_rounds_share_a_name(rounds):
    """What a reader saw is kept by the name of the round."""
    names = [one.name for part in rounds.values() for one in part]
    assert sorted(set(names)) == sorted(names)


def test_readers_saw_every_round_that_is_not_for_learning(rounds, sights_script):
    """And each of its people, nobody else."""
    people = {one.name: {talk.author for talk in one.feedbacks} for part in rounds.values() for one in part}
    told = sights_script.signs()
    assert all(set(told[name]) == people[name] for name in told)
    measured = {one.name for part, some in rounds.items() if part != "train" for one in some}
    assert measured <= told.keys() == sights_script.levels().keys()
    assert sights_script.levels(sights_script.AGAIN).keys() == {one.name for one in rounds["last"]}
