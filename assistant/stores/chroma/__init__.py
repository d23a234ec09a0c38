"""The vector index: Chroma under the home folder. It can be thrown away and rebuilt."""
