"""Configuration: what can be set, where it is set, and what holds for a file."""
