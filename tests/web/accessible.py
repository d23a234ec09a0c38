"""Whether a page can be used by everybody, as far as axe-core can tell."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WEIGHTY = frozenset({"serious", "critical"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of axe-core that an element breaks; ``element`` is its markup, shortened."""

    rule: str
    impact: str
    target: str
    element: str


def weighty_violations(page: Page) -> list[Violation]:
    """What axe-core calls serious or critical on a page as it stands, once nothing on it moves any more."""
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    found = Axe().run(page).response["violations"]
    return [
        Violation(one["id"], one["impact"], " ".join(map(str, node["target"])), node["html"][:160])
        for one in found
        if one["impact"] in WEIGHTY
        for node in one["nodes"]
    ]
