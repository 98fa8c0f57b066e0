"""Training: the only part of gru-lint that imports torch. `python -m gru_lint.training --help`."""
