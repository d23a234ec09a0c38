"""When a process that is asked to end may leave."""

from assistant.web.shift import LINGER_SECONDS, Shift


class Clock:
    """A clock that stands until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_shift_is_not_over_before_anybody_asks() -> None:
    """However quiet it is."""
    clock = Clock()
    shift = Shift(30, clock)
    clock.now += 1000
    assert (shift.is_ending, shift.is_over) == (False, False)


def test_it_is_over_a_moment_after_the_last_answer() -> None:
    """A page that has just put its question has that moment to fetch the answer."""
    clock = Clock()
    shift = Shift(30, clock)
    with shift:
        shift.end()
        clock.now += 10
        assert not shift.is_over
    assert not shift.is_over
    clock.now += LINGER_SECONDS / 2
    with shift:
        clock.now += LINGER_SECONDS
        assert not shift.is_over
    clock.now += LINGER_SECONDS
    assert shift.is_over


def test_it_is_over_when_its_time_is_up() -> None:
    """An answer that does not end holds up nobody for longer."""
    clock = Clock()
    shift = Shift(30, clock)
    with shift:
        shift.end()
        clock.now += 29
        shift.end()
        assert not shift.is_over
        clock.now += 1
        assert shift.is_over
