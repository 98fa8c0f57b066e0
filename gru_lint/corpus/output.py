"""Whether the output of a run can be written, asked before hours are spent on it."""

from __future__ import annotations

from gru_lint.corpus.job import CorpusError, Job
from gru_lint.regular_files import reason_of

_ANOTHER = "name another output"


def check_output(job: Job) -> None:
    """Raises `CorpusError`, which says what to do, where the output cannot be written or would replace an input."""
    try:
        refusal = _refusal(job)
    except (OSError, RuntimeError) as error:
        # RuntimeError: a loop of links, to Python before 3.13.
        refusal = f"{job.output}: cannot be written ({reason_of(error)}); {_ANOTHER}"
    if refusal is not None:
        raise CorpusError(refusal)


def _refusal(job: Job) -> str | None:
    output, folder = job.output, job.folder
    if not output.parent.is_dir():
        return f"{output}: there is no directory {output.parent}; make it first"
    if job.is_folder:
        if output.exists() and not output.is_dir():
            return f"{output}: is no folder; {_ANOTHER}, or a file that ends in .parquet, .jsonl or .jsonl.gz"
        return None
    if output.is_dir():
        return f"{output}: is a directory, and by its name would be a file; {_ANOTHER}"
    if output.exists():
        if any(path.exists() and output.samefile(path) for path in job.inputs):
            return f"{output}: is one of the tables that are read; {_ANOTHER}"
        # What takes its place in one step would replace it all the same.
        if not output.stat().st_mode & 0o222:
            return f"{output}: is read-only; {_ANOTHER}"
    if folder.exists() and not folder.is_dir():
        return f"{folder}: is no folder, and the parts of the run belong there; move it away, or {_ANOTHER}"
    return None
