"""Renaming a person: whose name or pronoun stands at a place, and the edit that gives that person another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from gru_lint.english.pronouns import FORMS
from gru_lint.records import Span
from gru_lint.runtime.stepwise import Stepwise
from gru_lint_server.actions import requested_kinds
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document
from gru_lint_server.position_requests import read_document
from gru_lint_server.server import GruLintServer
from gru_lint_server.work_progress import work_progress
from gru_lint_server.workspace_edits import text_document_edit, workspace_edit

if TYPE_CHECKING:
    from gru_lint.people.persons import Person
    from gru_lint.people.rename import Renaming

PRONOUNS: Final = f"{types.CodeActionKind.RefactorRewrite.value}.gru-lint"
_SURE: Final = "sure"


class PersonAt(NamedTuple):
    """A person who is named, or whose pronoun stands, at a place.

    span  of the name without titles, or of the pronoun
    name  as it is spelled there, or in the text where a pronoun stands
    """

    person: Person
    span: Span
    name: str


def finding_person(check: DocumentCheck, document: Document, place: types.Position) -> Stepwise[PersonAt | None]:
    """The person whose name or pronoun stands at a place; None where there is none, or it is not clear whose."""
    from gru_lint.people.rename import LOOK

    offset = document.positions.offset(place)
    # For a name, the pronouns of the text need not be read.
    named = yield from check.reading_named()
    for person in named.people:
        for name in person.names:
            if name.span.touches(offset):
                return PersonAt(person, Span(name.spans[0].start, name.span.end), " ".join(name.words))
    if not any(pronoun.span.touches(offset) for pronoun in check.pronouns(offset, offset)):
        return None
    read = yield from check.reading_people()
    for reference in read.references.pronouns:
        if not reference.span.touches(offset) or not reference.candidates:
            continue
        best = reference.candidates[0]
        if best.person is not None and best.share >= LOOK:
            person = read.chains.people[best.person]
            return PersonAt(person, reference.span, " ".join(person.words))
    return None


async def prepare_rename(
    server: GruLintServer, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """What is renamed at a place, and the name that it has."""
    answer = await read_document(
        server, params.text_document.uri, lambda check, document: finding_person(check, document, params.position)
    )
    if answer is None:
        return None
    document, found = answer
    if not document.positions.holds(found.span):
        return None
    return types.PrepareRenamePlaceholder(range=document.positions.range(found.span), placeholder=found.name)


async def rename(server: GruLintServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edit that renames a person; what is not sure is to be confirmed."""
    uri, place, new_name = params.text_document.uri, params.position, params.new_name
    async with work_progress(server, params.work_done_token, "Reading whom each pronoun means"):
        answer: tuple[Document, Renaming | str] | None = await read_document(
            server, uri, lambda check, document: _renaming(check, document, place, new_name)
        )
    if answer is None:
        return None
    document, renaming = answer
    if isinstance(renaming, str):
        raise JsonRpcInvalidParams(renaming)
    if not all(document.positions.holds(change.span) for change in renaming.changes):
        raise JsonRpcInvalidParams("that person stands in several cells of the notebook: use gru-lint rename")
    confirms = server.supports("workspace.workspace_edit.change_annotation_support")
    n_unsure = sum(change.doubt is not None for change in renaming.changes)
    if n_unsure and not confirms:
        shown = f"gru-lint: {n_unsure} more may have to change; gru-lint rename lists them"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, shown))
    return edit_of(document, renaming, confirms=confirms, versioned=server.edit_capabilities.versioned)


def _renaming(
    check: DocumentCheck, document: Document, place: types.Position, new_name: str
) -> Stepwise[Renaming | str | None]:
    """All that changes; a line for the user where nothing can; None where no person stands at the place."""
    from gru_lint.people.rename import RenameError
    from gru_lint.people.rename import rename as rename_person

    found = yield from finding_person(check, document, place)
    if found is None:
        return None
    chains, references = yield from check.reading_people()
    try:
        return rename_person(chains, found.person, found.name, new_name, references=references)
    except RenameError as error:
        return str(error)


def wants_pronouns(server: GruLintServer, params: types.CodeActionParams) -> bool:
    """Whether a client asks for refactorings, and resolves their edits later: making them takes a while."""
    only = requested_kinds(params)
    is_meant = any(f"{PRONOUNS}.".startswith(f"{kind}.") for kind in only)
    is_invoked = not only and params.context.trigger_kind == types.CodeActionTriggerKind.Invoked
    return (is_meant or is_invoked) and server.resolves_edits


async def pronoun_actions(server: GruLintServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions that give the person at a place other pronouns; their edits come with `resolve_pronouns`."""
    uri, place = params.text_document.uri, params.range.start
    answer = await read_document(server, uri, lambda check, document: _other_pronouns(check, document, place))
    if answer is None:
        return []
    document, (name, others) = answer
    return [
        types.CodeAction(
            f'Change the pronouns of {name} to "{pronouns}"',
            kind=PRONOUNS,
            data={
                "uri": uri,
                "version": document.version,
                "line": place.line,
                "character": place.character,
                "pronouns": pronouns,
            },
        )
        for pronouns in others
    ]


def _other_pronouns(
    check: DocumentCheck, document: Document, place: types.Position
) -> Stepwise[tuple[str, tuple[str, ...]] | None]:
    """The person at a place, and the pronouns that would change something; None where there is no person."""
    found = yield from finding_person(check, document, place)
    if found is None:
        return None
    person = found.person
    references = (yield from check.reading_people()).references
    has_titles = any(name.titles for name in person.names)
    if not has_titles and not any(reference.share_of(person.number) for reference in references.pronouns):
        return None
    known = references.genders.get(person.number)
    now = person.declared or (FORMS[known]["subject"] if known else None)
    return person.name, tuple(pronouns for pronouns in ("he", "she", "they") if pronouns != now)


async def resolve_pronouns(server: GruLintServer, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit; without one where the text has changed since it was offered."""
    data: Any = action.data
    try:
        uri, version, pronouns = data["uri"], data["version"], data["pronouns"]
        place = types.Position(data["line"], data["character"])
    except (KeyError, TypeError):
        # Not one of those that were offered.
        return action
    answer = await read_document(server, uri, lambda check, document: _with_pronouns(check, document, place, pronouns))
    if answer is None:
        return action
    document, renaming = answer
    if document.version == version and all(document.positions.holds(change.span) for change in renaming.changes):
        confirms = server.supports("workspace.workspace_edit.change_annotation_support")
        action.edit = edit_of(document, renaming, confirms=confirms, versioned=server.edit_capabilities.versioned)
    return action


def _with_pronouns(
    check: DocumentCheck, document: Document, place: types.Position, pronouns: str
) -> Stepwise[Renaming | None]:
    from gru_lint.people.rename import pronouns_for
    from gru_lint.people.rename import rename as rename_person

    found = yield from finding_person(check, document, place)
    if found is None:
        return None
    chains, references = yield from check.reading_people()
    return rename_person(chains, found.person, pronouns=pronouns_for(pronouns), references=references)


def edit_of(document: Document, renaming: Renaming, *, confirms: bool, versioned: bool) -> types.WorkspaceEdit:
    """The changes as one edit.

    confirms   whether the client asks about what is annotated so; where it does not, only what is sure is changed
    versioned  whether it takes edits of one version of a document
    """
    positions = document.positions
    sure = [change.edit for change in renaming.changes if change.doubt is None]
    if not (confirms and versioned):
        edits = [types.TextEdit(positions.range(edit.span), edit.written) for edit in sure]
        return workspace_edit(document.uri, document.version, edits, versioned=versioned)
    annotations = {_SURE: types.ChangeAnnotation(_SURE, needs_confirmation=False)}
    annotated: list[types.AnnotatedTextEdit] = []
    for change in renaming.changes:
        label = _SURE if change.doubt is None else f"look at this one: {change.doubt}"
        annotations.setdefault(label, types.ChangeAnnotation(label, needs_confirmation=True))
        place = positions.range(change.span)
        annotated.append(types.AnnotatedTextEdit(label, range=place, new_text=change.edit.written))
    changed = text_document_edit(document.uri, document.version, annotated)
    return types.WorkspaceEdit(document_changes=[changed], change_annotations=annotations)
