"""The agreement network in torch, the twin of `gru_lint.model`."""
