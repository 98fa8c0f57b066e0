"""`python -m gru_lint` is the command `gru-lint`."""

from gru_lint.cli import main

main()
