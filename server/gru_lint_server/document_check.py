"""How one document is judged, a short step at a time. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gru_lint.config.settings import Settings
from gru_lint.extract import extract_prose, worth_reporting
from gru_lint.linter import judges_forms_with, may_hold_findings, settings_of_text
from gru_lint.records import Finding, Judgement, Span, Unread
from gru_lint.runtime.memory import freeze_gc, trim_heap
from gru_lint.runtime.stepwise import Stepwise
from gru_lint.suppression.comments import find_suppressions
from gru_lint_server.document_chains import DocumentChains, DocumentText, PeopleRead
from gru_lint_server.document_pronouns import Pronoun, pronouns_in
from gru_lint_server.document_prose import DocumentProse
from gru_lint_server.linters import Linters, judgement_key
from gru_lint_server.placed_findings import PlacedFindings, WindowFindings, without_suppressed

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation
    from gru_lint.people.chains import NamedPeople
    from gru_lint.segment.incremental import IncrementalWindows
    from gru_lint.segment.placed_window import PlacedWindow

# A longer text is left to the command line: its words alone would fill the memory.
_MAX_CHARACTERS = 4_000_000
# Windows judged in one step: a keystroke in another document waits no longer than this takes.
_STEP_WINDOWS = 16
# How many characters of a long text are judged before anything is shown, and by what that grows with each look.
_FIRST_LOOK = 6_000
_GROWTH = 3
_MOST_GROWTH = 120_000
# The most that is on a screen, and how much before it must be read to get the windows of the whole text.
_MOST_VISIBLE, _BEFORE_VISIBLE = 12_000, 6_000
# A text as long as this leaves memory behind that is worth giving back.
_LONG_TEXT = 100_000


class TextTooLongError(Exception):
    """A text is too long to be judged while it is edited."""

    def __init__(self, filename: str) -> None:
        super().__init__(
            f"{filename}: longer than {_MAX_CHARACTERS:,} characters, which is too long for an editor; "
            "run gru-lint check on it"
        )


class DocumentCheck:
    """The windows, judgements and findings of the newest text of one document."""

    def __init__(self, linters: Linters, filename: str) -> None:
        self._linters = linters
        self._filename = filename
        self._text = ""
        self._prose = ""
        self._extractor = DocumentProse()
        # Where the text was not read though there are pronouns in it.
        self.unread: tuple[Unread, ...] = ()
        # Those that are set, and with them those that hold in the text.
        self._given = self._settings = Settings()
        self._n_read = _FIRST_LOOK
        self._is_complete = False
        # Whether all that is left are windows around whose words something was edited.
        self.can_wait = False
        self._windows = self._new_windows()
        self._visible: Span | None = None
        self._visible_windows: list[PlacedWindow] = []
        self._chains = DocumentChains()

    def _new_windows(self) -> IncrementalWindows:
        from gru_lint.segment.incremental import IncrementalWindows

        network = self._linters.linter(self._settings).network
        return IncrementalWindows(network.sizes.window_length, network.holds_judged)

    def step(
        self,
        text: str,
        settings: Settings,
        visible: Span | None = None,
        parts: Sequence[int] = (),
        *,
        waits: bool = False,
    ) -> bool:
        """Judges a little more of a text; returns whether all of it is judged. Raises `TextTooLongError`.

        visible  the range on the screen, if known: in a long text it is judged before its turn
        parts    where each part begins that is extracted by itself; empty where all is extracted together
        waits    whether windows are left out that judge what they did before, in an edited context; see `can_wait`
        """
        if len(text) > _MAX_CHARACTERS:
            raise TextTooLongError(self._filename)
        if text is not self._text or settings != self._given:
            self._given = settings
            self._take_settings(settings_of_text(text, settings))
        if text is not self._text:
            self._take_text(text, parts)
        if visible and visible != self._visible and visible.end > self._n_read:
            self._visible = visible
            self._visible_windows = self._judge_apart(visible)
            return False
        end = len(self._prose)
        if self._n_read < end:
            cut = self._prose.rfind("\n\n", 0, self._n_read)
            end = cut if cut > 0 else self._n_read
        self._windows.update(self._prose[:end])
        left = self._windows.unjudged()
        due = [placed for placed in left if placed.findings_before is None] if waits else left
        if due:
            self._judge(due[:_STEP_WINDOWS])
        self.can_wait = len(left) > len(due) <= _STEP_WINDOWS and self._is_read
        if len(left) <= _STEP_WINDOWS and not self.can_wait:
            if self._n_read >= len(self._prose):
                self._is_complete = True
                if len(self._prose) > _LONG_TEXT and self._n_read < _MAX_CHARACTERS:
                    freeze_gc()
                    trim_heap()
                self._visible_windows = []
                # From now on edits are small, and a text that has been read is read to its end.
                self._n_read = _MAX_CHARACTERS
            else:
                self._n_read += min(_MOST_GROWTH, self._n_read * (_GROWTH - 1))
        return self._is_complete

    @property
    def _is_read(self) -> bool:
        """Whether the windows are those of the whole text."""
        return len(self._windows.prose) == len(self._prose)

    def prepare(self) -> None:
        """Does what the first edit would wait for."""
        self._extractor.prepare()

    def _judge_apart(self, visible: Span) -> list[PlacedWindow]:
        """The judged windows of a stretch of the text; the same windows as those of the whole text.

        Groups at the edges of the stretch may end elsewhere in the whole text, so they are left out.
        """
        start = max(0, self._prose.rfind("\n\n", 0, max(0, visible.start - _BEFORE_VISIBLE)))
        end = min(len(self._prose), visible.end, visible.start + _MOST_VISIBLE)
        windows = self._new_windows()
        windows.update(self._prose[start:end])
        found = windows.found() if end == len(self._prose) else windows.found()[:-1]
        found = [placed for placed in found if start + placed.end >= visible.start]
        self._judge(found)
        for placed in found:
            placed.origin += start
        return found

    def _judge(self, windows: list[PlacedWindow]) -> None:
        self._linters.judge(self._settings, windows)

    def _take_settings(self, settings: Settings) -> None:
        """Takes over the settings that hold in the text; what does not depend on them is kept."""
        if settings == self._settings:
            return
        before, self._settings = self._settings, settings
        judges_alike = judgement_key(settings) == judgement_key(before)
        for placed in self._windows.found():
            placed.forget_findings()
            if not judges_alike:
                placed.forget_judgements()
        judges_other_words = judges_forms_with(settings) != judges_forms_with(before)
        if judges_other_words:
            self._windows = self._new_windows()
        if judges_other_words or (settings.extension, settings.text_keys) != (before.extension, before.text_keys):
            # The text is extracted again.
            self._text = ""
        self._begin_again()

    def _take_text(self, text: str, parts: Sequence[int]) -> None:
        """Takes over another version of the text; what an edit does not change is kept."""
        self._text = text
        noted: Sequence[Unread] = ()
        self._prose = ""
        if may_hold_findings(text, self._settings):
            self._prose, noted = self._extractor.extract(
                text, self._effective_filename, parts, self._settings.text_keys
            )
        self.unread = worth_reporting(noted, text, partial(may_hold_findings, settings=self._settings))
        self._begin_again()

    def _begin_again(self) -> None:
        self._is_complete = self.can_wait = False
        self._visible, self._visible_windows = None, []

    @property
    def _effective_filename(self) -> str | None:
        return self._settings.effective_filename(self._filename)

    def findings(self) -> PlacedFindings:
        """The findings so far; none in the last window of a part of the text, which will be read with more context.

        Where something was edited around the words of a window, those of before, until it is judged again.
        """
        windows = self._windows.found()
        if not self._is_read:
            n_read = len(self._windows.prose)
            windows = windows[:-1] + [placed for placed in self._visible_windows if placed.origin >= n_read]
        for placed in windows:
            if placed.findings is None and placed.judgements is not None:
                self._findings(placed)
        found = [WindowFindings(placed.origin, known) for placed in windows if (known := placed.known_findings)]
        suppressions = find_suppressions(self._text, self._effective_filename)
        is_complete = self._is_complete or self.can_wait
        return without_suppressed(found, suppressions, self._settings, is_complete=is_complete)

    def pronouns(self, start: int = 0, end: int | None = None) -> Iterator[Pronoun]:
        """The pronouns that a stretch of the text touches, in order."""
        last = len(self._text) if end is None else end
        touched = self._touched(start, last)
        self._linters.resolve(self._settings, touched)
        for placed in touched:
            yield from pronouns_in(placed, self._findings(placed), start, last)

    def reading_pronouns(self, start: int, end: int) -> Stepwise[list[Pronoun]]:
        """The same, some windows at a time."""
        touched = self._touched(start, end)
        found: list[Pronoun] = []
        for first in range(0, len(touched), _STEP_WINDOWS):
            together = touched[first : first + _STEP_WINDOWS]
            self._linters.resolve(self._settings, together)
            for placed in together:
                found += pronouns_in(placed, self._findings(placed), start, end)
            yield
        return found

    def _touched(self, start: int, end: int) -> list[PlacedWindow]:
        return [
            placed
            for placed in self._windows.found()
            if placed.end >= start and placed.origin <= end and placed.judgements
        ]

    def reading_named(self) -> Stepwise[NamedPeople]:
        """Who is named in the text; kept as long as the text stays."""
        return self._chains.reading_named(self.state())

    def reading_people(self) -> Stepwise[PeopleRead]:
        """The people of the text, and whose each pronoun may be; kept as long as the text stays."""
        return self._chains.reading_people(self.state(), self._windows.found())

    def state(self) -> DocumentText:
        """The newest text with what it is read by."""
        filename = self._effective_filename
        # A text without a word that could be judged was not extracted.
        prose = self._prose or extract_prose(self._text, filename, self._settings.text_keys)
        return DocumentText(self._text, prose, filename, self._settings, self._linters.linter(self._settings))

    def explanation(self, offset: int) -> Explanation | None:
        """The explanation of the pronoun at an offset; None where none is judged. Raises `NoGatesError`."""
        from gru_lint.explain.explanation import explain_judgement

        found = self._judged_at(offset)
        if found is None:
            return None
        placed, judgement = found
        linter = self._linters.linter(self._settings)
        judgements = placed.judgements or ()
        return explain_judgement(linter, self._text, self._filename, placed.in_text(), judgements, judgement)

    def strongest_words(self, offset: int, n_words: int) -> list[tuple[str, float]]:
        """The words on which the judgement of the pronoun at an offset depends most, with their log-odds."""
        from gru_lint.explain.attribution import NoGatesError, strongest_words

        found = self._judged_at(offset)
        if found is None:
            return []
        placed, judgement = found
        network = self._linters.linter(self._settings).network
        try:
            strongest = strongest_words(network, placed.window, judgement.anaphor, n_words)
        except NoGatesError:
            return []
        return [(placed.window.words[index], loss) for index, loss in strongest]

    def _judged_at(self, offset: int) -> tuple[PlacedWindow, Judgement] | None:
        """The pronoun at an offset, or the one that ends there, and the window that it is judged in."""
        touching = [
            (placed, judgement)
            for placed in self._windows.found()
            if placed.origin <= offset <= placed.end
            for judgement in placed.judgements or ()
            if isinstance(judgement, Judgement)
            and placed.span(judgement.anaphor.word_index, judgement.anaphor.word_index + 1).touches(offset)
        ]
        return touching[-1] if touching else None

    def _findings(self, placed: PlacedWindow) -> tuple[Finding, ...]:
        if placed.findings is None:
            linter = self._linters.linter(self._settings)
            found = linter.window_findings(placed.window, placed.judgements or ())
            placed.findings = tuple(sorted(found, key=lambda finding: finding.span))
        return placed.findings
