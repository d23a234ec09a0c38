"""A chat of nothing but words: what anybody writes in it is shown as it stands."""

from __future__ import annotations

import gradio as gr


def plain_chat(label: str, height: str, min_height: int | None = None, *, copies: bool = False) -> gr.Chatbot:
    """A chat on the page that is being built; it renders no markup and hands out no files.

    ``height`` is a length of CSS, ``min_height`` pixels; with ``copies`` each message has a button that copies it.
    """
    return gr.Chatbot(
        label=label,
        show_label=False,
        height=height,
        min_height=min_height,
        elem_classes="vl-chat",
        buttons=["copy"] if copies else [],
        feedback_options=None,
        allow_tags=False,
        allow_file_downloads=False,
        render_markdown=False,
        latex_delimiters=[],
        group_consecutive_messages=False,
    )
