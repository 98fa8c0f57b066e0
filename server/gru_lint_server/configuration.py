"""The settings of a document: those of the project's file, and the client's in its section `gruLint`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, NamedTuple

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.settings import Settings, SettingsError, merge_settings, options, read_settings
from gru_lint.files.find import is_excluded
from gru_lint_server.documents import Document, canonical, path_of

SECTION: Final = "gruLint"
# The client's keys that mean the same as a key of the configuration file.
_KEYS: Final = {
    "severity": "severity",
    "select": "select",
    "ignore": "ignore",
    "minConfidence": "min-confidence",
    "pronouns": "pronouns",
}
# The client's own keys: how it starts the server, and what is read below.
_OTHER_KEYS: Final = frozenset(
    {
        "path",
        "arguments",
        "importStrategy",
        "interpreter",
        "trace",
        "enable",
        "run",
        "leaveCurrentSentence",
        "inlayHints",
        "codeLens",
        "languages",
        "isTrusted",
    }
)
# Those that are true or false, with the name of their option.
_FLAGS: Final = {
    "leaveCurrentSentence": "leave_current_sentence",
    "inlayHints": "inlay_hints",
    "codeLens": "code_lens",
    "isTrusted": "is_trusted",
}
_READ_KEYS: Final = frozenset({"run", "languages", *_FLAGS})
Run = Literal["onType", "onSave"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a client sets.

    settings                what it sets of the keys that a configuration file has, too
    run                     whether documents are judged while they are typed, or when they are saved
    leave_current_sentence  whether findings in the sentence that is being written are left out
    inlay_hints             whether the antecedent of a pronoun is shown beside it
    code_lens               whether who is named in a section is shown over its heading
    languages               the languages that are judged, as the client calls them; empty for all
    is_trusted              whether the user trusts the workspace; True where the client says nothing of it
    """

    settings: Settings = field(default_factory=Settings)
    run: Run = "onType"
    leave_current_sentence: bool = False
    inlay_hints: bool = False
    code_lens: bool = False
    languages: tuple[str, ...] = ()
    is_trusted: bool = True


def read_options(section: object, notify_once: Callable[[str], None]) -> Options:
    """The options in a client's section; `notify_once` gets a line for each unusable value, which is skipped."""
    if not isinstance(section, Mapping):
        if section is not None:
            notify_once(f"{SECTION} must be an object")
        return Options()
    settings, read = Settings(), Options()
    for key, value in section.items():
        if value is None or value in ({}, [], "") or key in _OTHER_KEYS - _READ_KEYS:
            continue
        if key in _KEYS:
            try:
                one = read_settings({_KEYS[key]: value})
            except SettingsError as error:
                notify_once(f"{SECTION}.{key}: {error}")
                continue
            name = _KEYS[key].replace("-", "_")
            settings = replace(settings, **{name: getattr(one, name)})
        elif key == "run" and value in ("onType", "onSave"):
            read = replace(read, run=value)
        elif key == "languages" and isinstance(value, list) and all(isinstance(name, str) for name in value):
            read = replace(read, languages=tuple(value))
        elif key in _FLAGS and isinstance(value, bool):
            read = replace(read, **{_FLAGS[key]: value})  # type: ignore[arg-type]  # each of them is true or false
        elif key in _OTHER_KEYS:
            notify_once(f"{SECTION}.{key} cannot be {value!r}")
        else:
            notify_once(f'{SECTION}: unknown key "{key}"')
    return replace(read, settings=settings)


def merged_with_client(project: Settings, client: Settings) -> Settings:
    """The settings of a project, overridden by those of a client; a rule that either ignores is ignored."""
    default = Settings()
    keys = {option.key for option in options() if getattr(client, option.name) != getattr(default, option.name)}
    both = merge_settings(project, client, keys)
    return replace(both, ignore=tuple(dict.fromkeys((*project.ignore, *client.ignore))))


class _DocumentSettings(NamedTuple):
    """What is set for one document.

    is_excluded  whether the project excludes its file
    """

    settings: Settings
    is_excluded: bool


class _Project(NamedTuple):
    """What a project's files set for one document, and what is wrong in them."""

    settings: Settings = Settings()
    is_excluded: bool = False
    problem: str | None = None


class DocumentConfiguration:
    """What is set for each document.

    notify_once  called with a line for each value that cannot be used
    finder       finds the project's files; another one once they have changed
    """

    def __init__(self, notify_once: Callable[[str], None]) -> None:
        self._notify_once = notify_once
        # The folders of the workspace; without any, all documents have the client's options for none.
        self.folders: list[str] = []
        self._options: dict[str | None, Options] = {}
        self.finder = ConfigFinder()
        self._known: dict[str, _DocumentSettings] = {}

    def take_options(self, folder: str | None, section: object) -> None:
        """Takes over what the client sets for a folder of the workspace; None for what belongs to no folder."""
        self._options[folder] = read_options(section, self._notify_once)
        self.read_files_again()

    def read_files_again(self) -> None:
        """Forgets what configuration files said."""
        is_trusted = all(options.is_trusted for options in self._options.values())
        self.finder = ConfigFinder(is_trusted=is_trusted)
        self._known.clear()

    def options_of(self, document: Document) -> Options:
        """What the client sets for a document."""
        return self._options_at(document.file)

    def shown_beside(self) -> frozenset[str]:
        """Which of "inlay_hints" and "code_lens" are on for any document."""
        names = ("inlay_hints", "code_lens")
        return frozenset(name for name in names for options in self._options.values() if getattr(options, name))

    def settings_of(self, document: Document) -> Settings:
        """The settings of a document, of its project and of the client together."""
        return self.settings_at(document.file)

    def is_excluded(self, document: Document) -> bool:
        """Whether the project excludes a document's file."""
        return self._known_at(document.file).is_excluded

    def settings_at(self, uri: str) -> Settings:
        """What is set for a document or file."""
        return self._known_at(uri).settings

    async def learn(self, uri: str) -> Settings:
        """What is set for a document or file; the project's files are read off the event loop.

        What is wrong in a long one takes seconds to find.
        """
        while canonical(uri) not in self._known:
            finder = self.finder
            project = await asyncio.to_thread(_read_project, finder, self.place_of(uri), path_of(uri))
            # Otherwise the files have changed in the meantime.
            if finder is self.finder:
                self._take(uri, project)
        return self.settings_at(uri)

    def _known_at(self, uri: str) -> _DocumentSettings:
        key = canonical(uri)
        if key not in self._known:
            self._take(uri, _read_project(self.finder, self.place_of(uri), path_of(uri)))
        return self._known[key]

    def _take(self, uri: str, project: _Project) -> None:
        if project.problem is not None:
            self._notify_once(project.problem)
        settings = merged_with_client(project.settings, self._options_at(uri).settings)
        self._known[canonical(uri)] = _DocumentSettings(settings, project.is_excluded)

    def _options_at(self, uri: str) -> Options:
        return self._options.get(self.folder_of(uri)) or self._options.get(None) or Options()

    def forget(self, uri: str) -> None:
        """Forgets a document that was closed."""
        self._known.pop(canonical(uri), None)

    def folder_of(self, uri: str) -> str | None:
        """The innermost folder of the workspace that holds a document; the first for one that is no file."""
        if path_of(uri) is None:
            return self.folders[0] if self.folders else None
        file = canonical(uri)
        holding = [folder for folder in self.folders if file.startswith(canonical(folder).rstrip("/") + "/")]
        return max(holding, key=len, default=None)

    def place_of(self, uri: str) -> Path | None:
        """The file, or one in the first folder of the workspace for a document that is none."""
        path = path_of(uri)
        if path is None and self.folders and (folder := path_of(self.folders[0])):
            path = f"{folder}/untitled"
        return Path(path) if path else None


def _read_project(finder: ConfigFinder, place: Path | None, path: str | None) -> _Project:
    """What the files of a project set.

    place  for a file at this place
    path   the document's own; None where it is no file
    """
    if place is None:
        return _Project()
    try:
        settings = finder.settings_for(place)
        if path is None:
            return _Project(settings)
        return _Project(settings, is_excluded(Path(path), finder.configuration_in(str(Path(path).parent)).settings))
    except ConfigError as error:
        return _Project(problem=str(error))
