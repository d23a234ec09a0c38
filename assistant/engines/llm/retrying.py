"""Whether to try once more, and when: one pure decision, and the only place in which anything is tried again."""

from __future__ import annotations

from assistant.engines.llm.faults import Fault

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0


def wait_before_next(tried: int, tries: int, fault: Fault, left: float, chance: float) -> float | None:
    """Seconds to wait before the next try; None where there is to be none.

    ``tried`` counts the tries so far, ``left`` is what is left of the total time (s), ``chance`` is 0 to 1 and spreads
    the tries of many. A server that says how long to wait is believed; where that is longer than what is left, it is
    not tried again.
    """
    if not fault.passes or tried >= tries:
        return None
    own = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tried - 1)) * (0.5 + chance / 2)
    wait = own if fault.wait is None else fault.wait + chance * FIRST_WAIT
    return wait if wait < left else None
