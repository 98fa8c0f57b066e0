"""`python -m gru_lint_server` is the command `gru-lint-server`."""

from gru_lint_server.app import main

main()
