"""The language-model engine: every skill of the port over prompts, with the embedded engine standing in."""
