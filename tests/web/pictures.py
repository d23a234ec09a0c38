"""Pictures of pages, to be looked at; they lie in tests/web/screenshots."""

from pathlib import Path

from playwright.sync_api import Page

SIZES = {"desk": (1280, 860), "phone": (390, 844)}
_FOLDER = Path(__file__).parent / "screenshots"


def pictures(page: Page, name: str, *sizes: str) -> None:
    """The page as it stands, in both schemes and at these sizes or all; nothing may scroll sideways.

    The page is left light, and as large as a desk.
    """
    _FOLDER.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        for size in sizes or SIZES:
            width, height = SIZES[size]
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)
            page.screenshot(path=_FOLDER / f"{name}-{size}-{scheme}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["desk"], strict=True)))
