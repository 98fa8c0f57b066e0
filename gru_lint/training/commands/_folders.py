"""Where the commands read and write unless they are told otherwise, from the root of a checkout."""

from __future__ import annotations

from pathlib import Path

SHARED = Path("../shared/data")
ENCODED = Path("training-runs/encoded")
VERBS = Path("training-runs/verbs")
RUN = Path("training-runs/run")
MODEL = Path("model_weights")
# Which part of the text that is tagged comes from each corpus; of short texts all.
TAGGED_SHARES = {"fiction": 0.35, "wikipedia": 0.3, "contemporary": 0.25, "spoken": 0.05, "short": 0.15}
