"""How the Gradio pages look, and how they are mounted: every default is changed that would give something away."""

from __future__ import annotations

import warnings
from typing import Any

import gradio as gr
from fastapi import FastAPI, Request

HEAD = """
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/tokens.css">
<link rel="stylesheet" href="/static/parts.css">
<link rel="stylesheet" href="/static/report.css">
<link rel="stylesheet" href="/static/gradio.css">
<script src="/static/signed-out.js"></script>
<script src="/static/results.js"></script>
<script src="/static/settling.js"></script>
"""
# What the browser sends is taken as it comes: Gradio's check of it would fail after a restart, and print choices.
EVENT = {"show_progress": "hidden", "api_visibility": "private", "preprocess": False}
AT_ONCE = 8
WAITING = 64


def mount(app: FastAPI, blocks: gr.Blocks, path: str) -> None:
    """Put a Gradio app at ``path``; the gate before it says who has come."""
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode", UserWarning)  # said of two pages even where it is off
        gr.mount_gradio_app(
            app,
            blocks,
            path,
            auth_dependency=_who,
            theme=_theme(),
            head=HEAD,
            footer_links=[],
            run_history=False,
            show_error=False,
            max_file_size="1mb",
            ssr_mode=False,
            enable_monitoring=False,
            pwa=False,
            mcp_server=False,
            app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        )


def _who(request: Request) -> str | None:
    return getattr(request.state, "visitor", None)


def _theme() -> Any:
    system = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif"]
    theme = gr.themes.Base(font=system, font_mono=["ui-monospace", "monospace"], radius_size="lg", text_size="lg")
    both = {
        "body_background_fill": "var(--vl-paper)",
        "body_text_color": "var(--vl-ink)",
        "body_text_color_subdued": "var(--vl-quiet)",
        "background_fill_primary": "var(--vl-card)",
        "background_fill_secondary": "var(--vl-sunk)",
        "border_color_primary": "var(--vl-line)",
        "border_color_accent": "var(--vl-accent)",
        "border_color_accent_subdued": "var(--vl-line)",
        "color_accent_soft": "var(--vl-tint)",
        "link_text_color": "var(--vl-accent)",
        "link_text_color_hover": "var(--vl-accent-strong)",
        "link_text_color_visited": "var(--vl-accent)",
        "block_background_fill": "var(--vl-card)",
        "block_border_color": "var(--vl-line)",
        "block_label_text_color": "var(--vl-ink)",
        "block_label_background_fill": "transparent",
        "block_title_text_color": "var(--vl-ink)",
        "block_info_text_color": "var(--vl-quiet)",
        "input_background_fill": "var(--vl-card)",
        "input_background_fill_focus": "var(--vl-card)",
        "input_border_color": "var(--vl-line-strong)",
        "input_border_color_focus": "var(--vl-accent)",
        "input_placeholder_color": "var(--vl-quiet)",
        "checkbox_background_color": "var(--vl-card)",
        "checkbox_background_color_selected": "var(--vl-accent)",
        "checkbox_border_color": "var(--vl-line-strong)",
        "checkbox_border_color_selected": "var(--vl-accent)",
        "checkbox_label_background_fill": "var(--vl-card)",
        "checkbox_label_background_fill_hover": "var(--vl-sunk)",
        "checkbox_label_background_fill_selected": "var(--vl-tint)",
        "checkbox_label_border_color": "var(--vl-line)",
        "checkbox_label_text_color": "var(--vl-ink)",
        "checkbox_label_text_color_selected": "var(--vl-ink)",
        "button_primary_background_fill": "var(--vl-accent)",
        "button_primary_background_fill_hover": "var(--vl-accent-strong)",
        "button_primary_text_color": "var(--vl-on-accent)",
        "button_primary_text_color_hover": "var(--vl-on-accent)",
        "button_secondary_background_fill": "transparent",
        "button_secondary_background_fill_hover": "var(--vl-tint)",
        "button_secondary_border_color": "var(--vl-accent)",
        "button_secondary_text_color": "var(--vl-accent)",
        "button_secondary_text_color_hover": "var(--vl-accent-strong)",
        "panel_background_fill": "var(--vl-paper)",
        "loader_color": "var(--vl-accent)",
        "error_text_color": "var(--vl-gap)",
        "error_icon_color": "var(--vl-gap)",
        "error_border_color": "var(--vl-gap)",
        "error_background_fill": "var(--vl-card)",
    }
    twice = {f"{name}{scheme}": value for name, value in both.items() for scheme in ("", "_dark")}
    return theme.set(block_label_border_width="0px", shadow_drop="none", block_shadow="none", **twice)
