"""Threads take turns in the order in which they came."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from assistant.stores.sql.turnstile import Turnstile

LONG = 30.0


def test_whoever_came_first_is_let_in_first() -> None:
    """Each waits until the one before has entered the line, so that the order is known."""
    turnstile, order = Turnstile(), list[int]()
    assert turnstile.enter(LONG)

    def wait_in_line(number: int) -> None:
        assert turnstile.enter(LONG)
        order.append(number)
        turnstile.leave()

    threads = [threading.Thread(target=wait_in_line, args=(number,)) for number in range(8)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        while turnstile.waiting < number:
            time.sleep(0)
    turnstile.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_nobody_is_inside_with_somebody_else() -> None:
    """However many come at once; and none is forgotten."""
    turnstile, inside, most = Turnstile(), 0, 0

    def pass_through(_: int) -> None:
        nonlocal inside, most
        for _ in range(50):
            assert turnstile.enter(LONG)
            inside += 1
            most = max(most, inside)
            inside -= 1
            turnstile.leave()

    with ThreadPoolExecutor(16) as crowd:
        list(crowd.map(pass_through, range(16)))
    assert (most, inside) == (1, 0)
    assert turnstile.enter(0.0)


def test_whoever_gives_up_waiting_holds_up_nobody() -> None:
    """The next one is let in as if they had never come."""
    turnstile = Turnstile()
    assert turnstile.enter(LONG)
    assert not turnstile.enter(0.01)
    turnstile.leave()
    assert turnstile.enter(0.0)
    turnstile.leave()
