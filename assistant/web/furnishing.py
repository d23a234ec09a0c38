"""What is in each room: a Gradio app with one or two pages."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI

from assistant.bootstrap import Parts
from assistant.web.ask_page import AskPage
from assistant.web.brief_page import BriefPage
from assistant.web.feedback_page import FeedbackPage
from assistant.web.look import mount
from assistant.web.reflect_page import ReflectPage
from assistant.web.report_page import ReportPage
from assistant.web.rounds_page import RoundsPage


def manager_room(app: FastAPI, parts: Parts) -> None:
    """Reflect and report."""
    with _pages("Reflect") as blocks:
        ReflectPage(parts).build(blocks)
    with blocks.route("Your report", "report", show_in_navbar=False) as report:
        ReportPage(parts).build(report)
    mount(app, blocks, "/manager")


def team_room(app: FastAPI, parts: Parts) -> None:
    """Give feedback."""
    with _pages("Feedback") as blocks:
        FeedbackPage(parts).build(blocks)
    mount(app, blocks, "/team")


def leader_room(app: FastAPI, parts: Parts, questions: tuple[str, ...]) -> None:
    """Ask, and the brief."""
    with _pages("Ask") as blocks:
        AskPage(parts, questions).build(blocks)
    with blocks.route("Brief", "brief", show_in_navbar=False) as brief:
        BriefPage(parts).build(brief)
    mount(app, blocks, "/leader")


def admin_room(app: FastAPI, parts: Parts) -> None:
    """Run rounds."""
    with _pages("Rounds") as blocks:
        RoundsPage(parts).build(blocks)
    mount(app, blocks, "/admin")


def _pages(title: str) -> gr.Blocks:
    return gr.Blocks(title=f"{title} · Value Loop", analytics_enabled=False, fill_width=True)
