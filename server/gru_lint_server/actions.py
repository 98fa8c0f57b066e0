"""Code actions for findings: replace the pronoun, suppress the finding, or declare a person's pronouns.

Of the diagnostics that a client sends back, only range and code are used: clients drop or change the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types

from gru_lint.check.fixes import edits_of, is_sure, without_touching_markup
from gru_lint.config.settings import Settings
from gru_lint.english.declarations import Declaration, declared_pronouns
from gru_lint.english.noun_phrases import DETERMINERS
from gru_lint.english.pronoun_sets import read_pronoun_sets
from gru_lint.lines import edit_between
from gru_lint.records import Edit, Finding
from gru_lint.rules import rule_called
from gru_lint.suppression.comments import is_about_comments
from gru_lint.suppression.edits import suppressing_edit
from gru_lint_server.diagnostics import diagnostic_of
from gru_lint_server.documents import Document
from gru_lint_server.positions import Positions
from gru_lint_server.project_file import FileEdit, declaring, edited_project, ignoring
from gru_lint_server.workspace_edits import workspace_edit

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.gru-lint"
_IGNORE_HERE = "Ignore here"
_DECLARED = ("he", "she", "they")


class EditCapabilities(NamedTuple):
    """The client's capabilities for edits.

    versioned     whether it can refuse an edit of a text that has changed since
    creates_files whether an edit may create a file
    resolves      whether it asks for the edit of an action once that is chosen
    """

    versioned: bool = False
    creates_files: bool = False
    resolves: bool = False


class Project(NamedTuple):
    """Access to the configuration file of a document.

    place     the path of the document, or one in the workspace for a document that is no file; None for no project
    root      the folder of the workspace, where a configuration file may be begun
    read      gives the text of a file, as the editor has it if it is open; None where it cannot be read
    version   gives the version of a file that is open; None for any other
    declared  what the client's own settings declare, which overrides the file
    """

    place: Path | None
    root: Path | None
    read: Callable[[Path], str | None]
    version: Callable[[Path], int | None]
    declared: Sequence[Declaration] = ()


def requested_kinds(params: types.CodeActionParams) -> tuple[str, ...]:
    """The kinds of action that a request asks for; empty for all."""
    return tuple(str(getattr(kind, "value", kind)) for kind in params.context.only or ())


def code_actions(
    document: Document,
    findings: Collection[Finding],
    params: types.CodeActionParams,
    settings: Settings,
    client: EditCapabilities,
    project: Project,
) -> list[types.CodeAction]:
    """The code actions for the findings that a request is about, the likeliest first; see also `resolving_actions`."""
    request = _Request(document, findings, params, settings, client, project)
    return [*request.quick_fixes(), *request.fix_all()]


class _Request(NamedTuple):
    """A request for code actions, with all that the answer depends on."""

    document: Document
    findings: Collection[Finding]
    params: types.CodeActionParams
    settings: Settings
    client: EditCapabilities
    project: Project

    def quick_fixes(self) -> Iterator[types.CodeAction]:
        """The quick fixes of each finding that the request is about."""
        kinds = requested_kinds(self.params)
        if kinds and not any(kind in ("", "quickfix") for kind in kinds):
            return
        meant = [
            (finding, diagnostic)
            for finding in self.findings
            if _means(self.params, diagnostic := self._diagnostic(finding))
        ]
        for finding, diagnostic in meant:
            yield from self._replacements(finding, diagnostic)
        seen: set[str] = set()
        edits_project = bool(meant) and self._edits_project()
        for finding, diagnostic in meant:
            for action in (
                *self._fix_rule(finding, diagnostic),
                *self._ignore_here(finding, diagnostic),
                *(self._ignore_rule(finding, diagnostic) if edits_project else ()),
                *(self._declare(finding, diagnostic) if edits_project else ()),
            ):
                is_here = action.title.startswith(_IGNORE_HERE)
                if is_here and len(meant) > 1:
                    # Two findings of one rule in a range get different titles.
                    action.title += f' ("{self._written(finding)}", line {diagnostic.range.start.line + 1})'
                # For two findings of one rule, or about one person, one action is enough.
                if action.title not in seen or is_here:
                    seen.add(action.title)
                    yield action

    def fix_all(self) -> Iterator[types.CodeAction]:
        """The action of kind source.fixAll, which an editor may run on saving; only where that kind is asked for."""
        if not any(kind and f"{FIX_ALL}.".startswith(f"{kind}.") for kind in requested_kinds(self.params)):
            return
        document = self.document
        sure = edits_of(finding for finding in self.findings if is_sure(finding, document.text, self.settings))
        if edits := without_touching_markup(
            document.text, self.settings.effective_filename(document.filename), sure, text_keys=self.settings.text_keys
        ):
            yield types.CodeAction("Fix all pronouns", kind=FIX_ALL, edit=self._edit(self._text_edits(edits)))

    def _written(self, finding: Finding) -> str:
        return finding.span.of(self.document.text)

    def _diagnostic(self, finding: Finding) -> types.Diagnostic:
        return diagnostic_of(finding, self.document.positions, self.document.uri, self.settings)

    def _replacements(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        written = self._written(finding)
        for index, replacement in enumerate(finding.replacements):
            edit = self._edit([types.TextEdit(diagnostic.range, replacement)])
            action = _quick_fix(f'Replace "{written}" with "{replacement}"', diagnostic, edit)
            action.is_preferred = index == 0
            yield action

    def _fix_rule(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        edits = edits_of(other for other in self.findings if other.code == finding.code)
        if len(edits) > 1:
            edit = self._edit(self._text_edits(edits))
            yield _quick_fix(f"Fix all {finding.name} in this document", diagnostic, edit)

    def _ignore_here(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        document = self.document
        if is_about_comments(finding):
            return
        if edit := suppressing_edit(document.text, document.filename, finding.span.start, finding.code):
            edits = self._text_edits([edit])
            yield _quick_fix(f"{_IGNORE_HERE}: {finding.code} {finding.name}", diagnostic, self._edit(edits))

    def _ignore_rule(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        title = f"Ignore {finding.code} {finding.name} in this project"
        yield from self._in_project(title, diagnostic, ignoring(finding.code))

    def _declare(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        antecedent = finding.antecedent
        # A person that has a name: "Alex Kim", not "the captain".
        if antecedent is None or not antecedent.text[:1].isupper() or not rule_called(finding.code).about_person:
            return
        if antecedent.text.split()[0].lower() in DETERMINERS:
            return
        # What the client's settings declare goes before whatever the file would.
        if declared_pronouns(antecedent.text, self.project.declared):
            return
        known = declared_pronouns(antecedent.text, self.settings.pronouns)
        for pronouns in _DECLARED:
            if known is None or known.forms != read_pronoun_sets(pronouns).forms:
                title = f'Declare that the pronouns of {antecedent.text} are "{pronouns}"'
                yield from self._in_project(title, diagnostic, declaring(antecedent.text, pronouns))

    def _text_edits(self, edits: Sequence[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self.document.positions.range(edit.span), edit.written) for edit in edits]

    def _edit(self, edits: Sequence[types.TextEdit]) -> types.WorkspaceEdit | None:
        document = self.document
        if self.client.resolves:
            return None
        return workspace_edit(document.uri, document.version, edits, versioned=self.client.versioned)

    def _in_project(
        self, title: str, diagnostic: types.Diagnostic, edit: Callable[[Any], None]
    ) -> Iterator[types.CodeAction]:
        """The action that edits the configuration file of the project, if that changes anything."""
        if self.client.resolves:
            yield _quick_fix(title, diagnostic, None)
            return
        edited = self._edited_project(edit)
        if edited and edited.after != edited.before:
            yield _quick_fix(title, diagnostic, self._file_edit(edited))

    def _edits_project(self) -> bool:
        """Whether there is a configuration file that can be edited, or begun."""
        return self._edited_project(lambda _table: None) is not None

    def _edited_project(self, edit: Callable[[Any], None]) -> FileEdit | None:
        project = self.project
        if project.place is None:
            return None
        root = project.root if self.client.creates_files else None
        return edited_project(project.place, root, project.read, edit)

    def _file_edit(self, edited: FileEdit) -> types.WorkspaceEdit:
        before = edited.before or ""
        positions = Positions(before, self.document.positions.encoding)
        span, written = edit_between(before, edited.after)
        return workspace_edit(
            edited.path.as_uri(),
            self.project.version(edited.path),
            [types.TextEdit(positions.range(span), written)],
            versioned=self.client.versioned,
            is_new=edited.before is None,
        )


def _quick_fix(title: str, diagnostic: types.Diagnostic, edit: types.WorkspaceEdit | None) -> types.CodeAction:
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit)


def _means(params: types.CodeActionParams, diagnostic: types.Diagnostic) -> bool:
    # Editors send back a diagnostic without its source or data, or the whole document as the range:
    # where it starts and its code are all that can be relied on.
    if asked := params.context.diagnostics:
        wanted = (diagnostic.range.start, diagnostic.code)
        return any((other.range.start, other.code) == wanted for other in asked)
    return diagnostic.range.start <= params.range.end and params.range.start <= diagnostic.range.end
