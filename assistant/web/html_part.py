"""HTML of our own on a Gradio page.

Gradio's own HTML component evaluates its content as a script template, which the content security policy forbids with
good reason. Markdown lets a block of HTML through as it is, as long as the block holds no empty line; the templates
see to that, and escape whatever people wrote.
"""

from __future__ import annotations

from typing import Any

import gradio as gr


def html_part(html: str = "", elem_classes: str = "") -> Any:
    """A place on the page for what :func:`assistant.web.rendering.render` gives."""
    return gr.Markdown(
        html,
        sanitize_html=False,
        latex_delimiters=[],
        line_breaks=False,
        elem_classes=f"vl-html {elem_classes}".strip(),
    )
