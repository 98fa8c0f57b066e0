"""The people of a document that is being edited, and whose each pronoun is, read in short steps. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gru_lint.config.settings import Settings
from gru_lint.linter import Linter
from gru_lint.records import Mention
from gru_lint.runtime.stepwise import Stepwise

if TYPE_CHECKING:
    from gru_lint.people.chains import Chains, NamedPeople
    from gru_lint.people.references import JudgedWindow, References
    from gru_lint.segment.placed_window import PlacedWindow

# The windows whose candidates are looked for in one step.
_WINDOWS_PER_STEP = 8


class DocumentText(NamedTuple):
    """One state of a document.

    prose   of the same length; see `extract`
    linter  with the settings that hold for it
    """

    text: str
    prose: str
    filename: str | None
    settings: Settings
    linter: Linter


class PeopleRead(NamedTuple):
    """The people of a text, and its pronouns with whom each may refer to."""

    chains: Chains
    references: References


class DocumentChains:
    """The people in the newest text of one document; nothing is read before it is requested."""

    def __init__(self) -> None:
        self._read_for: tuple[str, Settings] | None = None
        self._named: NamedPeople | None = None
        self._read: PeopleRead | None = None
        # By the content of a window: an edit leaves most windows as they are.
        self._candidates: dict[tuple[tuple[str, ...], int, int], tuple[tuple[Mention, ...], ...]] = {}
        self._candidates_settings: Settings | None = None

    def reading_named(self, state: DocumentText) -> Stepwise[NamedPeople]:
        """Who is named in a text."""
        from gru_lint.people.chains import finding_named

        self._begin(state)
        if self._named is None:
            named = yield from finding_named(state.linter, state.prose)
            if not self._is_current(state):
                return named
            self._named = named
        return self._named

    def reading_people(self, state: DocumentText, windows: Sequence[PlacedWindow]) -> Stepwise[PeopleRead]:
        """The people of a text, and whose each pronoun may be.

        windows  of that text
        """
        from gru_lint.people.chains import Chains

        self._begin(state)
        if self._read is not None:
            return self._read
        named = yield from self.reading_named(state)
        judged = yield from self._judging(state, windows)
        text, prose, filename, _, linter = state
        chains = Chains(
            text, prose, filename, named.sentences, named.people, named.shared, named.things, judged, linter
        )
        read = PeopleRead(chains, (yield from chains.finding_references()))
        if self._is_current(state):
            self._read = read
        return read

    def _begin(self, state: DocumentText) -> None:
        if not self._is_current(state):
            self._read_for, self._named, self._read = (state.text, state.settings), None, None
        if self._candidates_settings != state.settings:
            self._candidates_settings, self._candidates = state.settings, {}

    def _is_current(self, state: DocumentText) -> bool:
        return self._read_for is not None and self._read_for[0] is state.text and self._read_for[1] == state.settings

    def _judging(self, state: DocumentText, windows: Sequence[PlacedWindow]) -> Stepwise[tuple[JudgedWindow, ...]]:
        """The judged windows with whom each of their pronouns may refer to."""
        from gru_lint.people.chains import candidates_of, judged_window

        known, kept = self._candidates, {}
        judged = []
        for together in _batches(windows):
            new = [placed.window for placed in together if placed.window.content not in known]
            contents = [window.content for window in new]
            known |= dict(zip(contents, candidates_of(state.linter, new) if new else (), strict=True))
            for placed in together:
                content = placed.window.content
                kept[content] = known[content]
                if one := judged_window(placed.in_text(), placed.judgements or (), known[content]):
                    judged.append(one)
            yield
        if self._candidates is known:
            self._candidates = kept
        return tuple(judged)


def _batches(windows: Sequence[PlacedWindow]) -> Iterator[list[PlacedWindow]]:
    waiting = (placed for placed in windows if placed.judgements)
    while together := list(islice(waiting, _WINDOWS_PER_STEP)):
        yield together
