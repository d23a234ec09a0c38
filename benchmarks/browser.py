"""How soon the page shows a reply, in a real Chromium: prints a JSON object. ``run.py`` sets VALUE_LOOP_HOME.

Timed within the page, from the key that sends an answer until the assistant's next message shows its first word.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.loop.sign_in import make_link
from assistant.settings import Settings

CHROMIUM = os.environ.get("VALUE_LOOP_TEST_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READING = 2_000
"""Milliseconds that somebody takes before they write again."""

MEMBER = "camille@threeherons.example"
SAID = (
    "She tells us every Monday which three things come first, and she keeps the meetings short.",
    "Last Tuesday she stayed with us until the order was out, although it was late.",
    "I miss that somebody explains why an order is moved.",
    "The short meetings should stay as they are.",
    "There was a course in spring, and I had to ask for it.",
    "When something breaks she asks what we learn from it.",
)
WATCH = """() => {
  const said = () => [...document.querySelectorAll(".vl-chat .bot.message")].filter(one => one.innerText.trim());
  const before = said().length;
  window.shown = new Promise(resolve => {
    const onEnter = event => {
      if (event.key !== "Enter") return;
      document.removeEventListener("keydown", onEnter, true);
      const sent = performance.now();
      const look = () => said().length > before ? resolve(performance.now() - sent) : requestAnimationFrame(look);
      look();
    };
    document.addEventListener("keydown", onEnter, true);
  });
}"""


def replies(page: Page) -> list[float]:
    """Milliseconds until the first word of each reply can be seen."""
    taken: list[float] = []
    box, button = page.get_by_label("Your answer"), page.get_by_role("button", name="Answer", exact=True)
    for words in SAID:
        expect(button).to_be_enabled()
        box.fill(words)
        page.evaluate(WATCH)
        box.press("Enter")
        taken.append(page.evaluate("() => window.shown"))
        page.wait_for_timeout(READING)
    return taken


def main() -> None:
    """Serve the example, sign in, answer, and print how long it took."""
    parts = Parts(Settings())
    fill(parts.store, parts.new_id, parts.now())
    secret = parts.new_secret()
    make_link(parts.store, MEMBER, secret, parts.now())
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[1])
    try:
        said = served.stdout.readline() if served.stdout else ""
        address = next(word for word in said.split() if word.startswith("http://"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            page.goto(f"{address.rstrip('/')}/sign-in?token={secret}")
            page.get_by_role("button", name="Sign in").click()
            page.get_by_label("Your answer").wait_for()
            page.locator(".vl-chat .bot.message").first.wait_for()
            taken = replies(page)
            browser.close()
    finally:
        served.terminate()
        served.wait()
    print(json.dumps({"median": statistics.median(taken), "replies": len(taken)}))


if __name__ == "__main__":
    main()
