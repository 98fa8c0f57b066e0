"""Prose cut into sentences, and sentences into the windows that the network reads."""
