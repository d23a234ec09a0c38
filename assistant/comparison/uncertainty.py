"""How sure a figure is. Everything here counts respondents, since statements of one person are not independent."""

from __future__ import annotations

import math

Z_90 = 1.6448536269514722


def wilson(share: float, respondents: int, z: float = Z_90) -> tuple[float, float]:
    """The Wilson score interval of a share (0 to 1) among this many respondents; (0, 1) where there are none.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference"; 90 % by default.
    """
    if respondents < 1:
        return 0.0, 1.0
    n, z2 = respondents, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def majority_is_real(larger: int, smaller: int) -> float:
    """Probability (0 to 1) that most people like these lean the way the larger side does.

    With a uniform prior the share has a Beta(larger + 1, smaller + 1) distribution; its mass above one half is a sum of
    binomial terms: P(X <= larger) for X ~ Binomial(larger + smaller + 1, 1/2).
    """
    n = larger + smaller + 1
    return float(sum(math.comb(n, k) for k in range(larger + 1))) / float(2**n)
