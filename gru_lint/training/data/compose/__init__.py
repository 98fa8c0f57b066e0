"""Documents composed for training: a kind of text a file of templates (see `composer.py`)."""

from gru_lint.training.data.compose.composer import N_DOCUMENTS, Composer, piece_name

__all__ = ["N_DOCUMENTS", "Composer", "piece_name"]
