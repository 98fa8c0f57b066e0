"""The model card: what the weights are, what they were made of, what they do and must not be used for.

The words stand in model_card.md beside this module; every figure comes from the evaluation or the weights.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from gru_lint.model.weights import Weights
from gru_lint.training.measure.tables import tables

# What is said of weights that judge verbs alone.
_OF_VERBS = re.compile(r"<!-- verbs -->\n(.*?)<!-- end of verbs -->\n", re.DOTALL)
_TEMPLATE = Path(__file__).with_name("model_card.md")


def model_card(weights: Weights, figures: dict[str, Any]) -> str:
    """The card in Markdown."""
    sizes, metadata = weights.architecture, weights.metadata
    template = _TEMPLATE.read_text(encoding="utf-8")
    return _OF_VERBS.sub(r"\1" if sizes.judges_verbs else "", template).format(
        judged="pronouns, verbs and demonstratives" if sizes.judges_verbs else "pronouns",
        cell=sizes.cell.upper(),
        n_forward=sizes.n_forward,
        n_backward=sizes.n_backward,
        n_parameters=f"{sum(array.size for array in weights.arrays.values()):,}",
        n_embedding_parameters=f"{sizes.n_vocabulary * sizes.n_embedding:,}",
        training_command=metadata["command"],
        seed=metadata["seed"],
        steps=f"{metadata['steps']:,}",
        words=f"{metadata['words']:,}",
        minutes=metadata["minutes"],
        training_machine=metadata["machine"],
        digest=metadata["digest"],
        evaluation_command=figures["command"],
        evaluation_machine=figures["machine"],
        date=figures["date"],
        **{table.name: table.markdown() for table in tables(figures)},
    )
