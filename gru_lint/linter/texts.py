"""Many texts linted in batches, which is faster than one at a time; `lint_text` is the batch of one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gru_lint.config.settings import Settings
from gru_lint.linter.pipeline import linter_for, may_hold_findings
from gru_lint.linter.stated import settings_of_text
from gru_lint.records import Finding, Window
from gru_lint.suppression.comments import without_suppressed

# A batch is judged when so many words of windows, texts or characters are waiting: as many words as the network's pool
# has, so that no small batch is left over.
_POOL_WORDS = 2 * 56 * 192
_MAX_WAITING = 10_000
_MAX_WAITING_CHARACTERS = 4_000_000


def lint_text(text: str, *, filename: str | None = None, settings: Settings | None = None) -> tuple[Finding, ...]:
    """The pronouns of a text that do not agree with what they refer to, in order.

    filename  its extension gives the format; plain text by default
    settings  thresholds and declared pronouns; no configuration file is read
    """
    (findings,) = lint_texts([text], filenames=[filename], settings=settings)
    return findings


@dataclass(slots=True)
class _Text:
    """A text that is being judged.

    findings   so far
    n_windows  how many of its windows are not judged yet
    is_read    whether all of its windows are known
    settings   those that hold in it
    """

    text: str
    filename: str | None
    settings: Settings
    findings: list[Finding] = field(default_factory=list)
    n_windows: int = 0
    is_read: bool = False


def lint_texts(
    texts: Iterable[str], *, filenames: Iterable[str | None] | None = None, settings: Settings | None = None
) -> Iterator[tuple[Finding, ...]]:
    """The findings of each text, in order: the same as by `lint_text`, several times as fast.

    filenames  one for each text, whose extension gives the format; by default all are plain text
    settings   thresholds and declared pronouns of all texts; no configuration file is read

    Texts are judged in batches, and only those of a batch are held in memory. Raises ValueError where there are more
    or fewer names than texts.
    """
    settings = settings or Settings()
    named = ((text, None) for text in texts) if filenames is None else zip(texts, filenames, strict=True)
    waiting: deque[_Text] = deque()
    windows: list[tuple[_Text, Window]] = []
    n_words = n_characters = 0
    for text, filename in named:
        entry = _Text(text, settings.effective_filename(filename), settings_of_text(text, settings))
        waiting.append(entry)
        n_characters += len(text)
        for window in linter_for(settings).windows(text, entry.filename) if may_hold_findings(text, settings) else ():
            windows.append((entry, window))
            entry.n_windows += 1
            n_words += len(window.words)
            if n_words >= _POOL_WORDS:
                _judge(windows)
                windows, n_words = [], 0
        entry.is_read = True
        if len(waiting) >= _MAX_WAITING or n_characters >= _MAX_WAITING_CHARACTERS:
            _judge(windows)
            windows, n_words = [], 0
        while waiting and waiting[0].is_read and not waiting[0].n_windows:
            done = waiting.popleft()
            n_characters -= len(done.text)
            yield _all_of(done, settings)
    _judge(windows)
    for done in waiting:
        yield _all_of(done, settings)


def lint_each(texts: Sequence[str], *, settings: Settings) -> Iterator[tuple[Finding, ...] | Exception]:
    """The same for texts of which one may raise: its exception in its place, and the findings of all others."""
    found: Iterable[tuple[Finding, ...] | Exception]
    try:
        found = list(lint_texts(texts, settings=settings))
    except Exception:
        found = (_findings_or_exception(text, settings) for text in texts)
    yield from found


def _findings_or_exception(text: str, settings: Settings) -> tuple[Finding, ...] | Exception:
    try:
        return lint_text(text, settings=settings)
    except Exception as error:
        return error


def _judge(windows: Sequence[tuple[_Text, Window]]) -> None:
    """Adds the findings of some windows to their texts."""
    alike: defaultdict[Settings, list[tuple[_Text, Window]]] = defaultdict(list)
    for entry, window in windows:
        alike[entry.settings].append((entry, window))
    for settings, together in alike.items():
        linter = linter_for(settings)
        judged = linter.network.judge(window for _, window in together)
        for (entry, window), (_, judgements) in zip(together, judged, strict=True):
            entry.n_windows -= 1
            entry.findings.extend(linter.window_findings(window, judgements))


def _all_of(entry: _Text, settings: Settings) -> tuple[Finding, ...]:
    """The findings of a text that no comment silences, and those about its comments, in order."""
    findings = without_suppressed(entry.findings, entry.text, entry.filename, settings)
    return tuple(sorted(findings, key=lambda finding: finding.span))
