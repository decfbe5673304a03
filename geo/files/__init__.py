"""Bundled places, the scripts that build them, and a ``.source.yml`` beside each file."""
