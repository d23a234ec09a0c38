"""The web app: own pages to arrive and sign in, Gradio pages to work with. Thin: whatever it does, the loop does."""
