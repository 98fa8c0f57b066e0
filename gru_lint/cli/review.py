"""`gru-lint review`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail
from gru_lint.cli._output import check_output_file, write_file, write_text


def review(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A document of Word (.docx) or LibreOffice (.odt).")],
    *,
    output_file: Annotated[
        Path, typer.Option("--output-file", "-o", metavar="<file>", help="Where the reviewed copy is written.")
    ],
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write what fits as tracked changes, in the place of comments.")
    ] = False,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
) -> None:
    """Write a copy of a document with each finding as a comment on the very words.

    Exits with 0 when the copy is written, whatever was found.
    """
    # Imported here, as all below: other commands need not wait for it.
    from gru_lint.config.discovery import ConfigError, ConfigFinder
    from gru_lint.documents.errors import DocumentError
    from gru_lint.documents.opendocument_review import review_opendocument
    from gru_lint.documents.word_review import review_word
    from gru_lint.extract import format_of
    from gru_lint.files.read import FileError, decode, read_content
    from gru_lint.linter import lint_text
    from gru_lint.model.weights_path import WeightsError
    from gru_lint.report import counted

    writers = {"docx": review_word, "odt": review_opendocument}
    check_output_file(output_file)
    try:
        settings = ConfigFinder({}, config_file, is_isolated=isolated).settings_for(path)
        read_as = settings.effective_filename(str(path)) or str(path)
        writer = writers.get(format_of(read_as).language)
        if writer is None:
            fail(f"{path}: only documents of Word (.docx) and LibreOffice (.odt) are reviewed; gru-lint check {path}")
        if output_file.exists() and output_file.samefile(path):
            fail(f"{output_file}: is the document itself; name another file for the reviewed copy")
        content = read_content(path, read_as)
        findings = lint_text(decode(content, str(path), read_as), filename=str(path), settings=settings)
        reviewed = writer(content, findings, suggests=suggest)
    except DocumentError as error:
        fail(f"{path}: {error}")
    except (ConfigError, FileError, OSError, WeightsError) as error:
        fail(error)
    write_file(output_file, reviewed)
    write_text(f"Wrote {output_file} with {counted(len(findings), 'finding')}.\n")


COMMAND = Command(
    review,
    """\
gru-lint review letter.docx -o letter.reviewed.docx             comments on what was found
gru-lint review report.odt -o report.reviewed.odt --suggest     tracked changes instead
""",
)
