"""Links from page to page."""

import re

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LARGEST_PICTURE = 200_000


def test_every_relative_link_leads_somewhere(pages, repository) -> None:
    """The file is there, within the repository; and where a part of a page is named, so is its heading."""
    broken = [
        f"{page.relative_to(repository)}: {target}"
        for page, text in pages.items()
        for target in LINK.findall(CODE.sub("", text))
        if "://" not in target and not _leads_somewhere(page, target, repository)
    ]
    assert broken == []


def test_pictures_are_small_enough_to_be_read_on_the_way(repository) -> None:
    """Each is below 200 kB."""
    sizes = {path.name: path.stat().st_size for path in (repository / "docs" / "images").iterdir()}
    assert {name: size for name, size in sizes.items() if size >= LARGEST_PICTURE} == {}


def test_files_named_in_a_page_exist(pages, repository) -> None:
    """Paths of our own folders in code type, such as ``assistant/domain/``, are there."""
    path = re.compile(r"`((?:assistant|docs|knowledge|prompts|script|tests|training|requirements)/[\w./-]+)`")
    made = {"training/work/"}
    named = {(page.name, one) for page, text in pages.items() for one in path.findall(text) if one not in made}
    assert {(page, one) for page, one in named if not (repository / one).exists()} == set()


def _leads_somewhere(page, target: str, repository) -> bool:
    name, _, part = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    if not file.exists() or repository not in file.parents:
        return False
    return not part or part in {_anchor(heading) for heading in HEADING.findall(file.read_text(encoding="utf-8"))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
