"""The vector index: Chroma under the home folder, or on a server. It can be thrown away and rebuilt."""
