"""Suppression of findings: by comments in a text, and by a project's baseline."""
