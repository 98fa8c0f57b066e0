"""A text in each format: every word that is prose is called "yes", all that is not is called "no".

They stand in document_samples.py, record_samples.py and program_samples.py, by file name.
"""

from __future__ import annotations

from typing import Final

from document_samples import DOCUMENTS
from program_samples import PROGRAMS
from record_samples import RECORDS

SAMPLES: Final = {**DOCUMENTS, **RECORDS, **PROGRAMS}
