"""Sentences to windows: which pronouns are judged together, and how much text before them is read.

Sentences are judged in groups. Where a group ends depends on the sentences themselves (a hash),
not on where the document began, so an edit moves the groups around it and no others: the rest
keep their verdicts. Every group is read with as many sentences before it as fit beside it.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterable, Iterator

from gru_lint.pronouns import BEGIN, CLASS_OF_FORM, CONTINUE, PARAGRAPH
from gru_lint.records import Anaphor, Sentence, Span, Window

# A group has at most this share of its window; the rest is context.
_JUDGED_SHARE = 0.6
# Past half of that, one sentence in three ends the group.
_MIN_JUDGED_SHARE = 0.3
_ONE_SENTENCE_IN = 3


def split_windows(sentences: Iterable[Sentence], length: int) -> Iterator[Window]:
    """The windows, of about `length` words, that judge every pronoun once; groups without one are left out."""
    longest, shortest = int(length * _JUDGED_SHARE), int(length * _MIN_JUDGED_SHARE)
    context: deque[Sentence] = deque()
    group: list[Sentence] = []
    n_group = 0
    context_begins_document = True
    for sentence in sentences:
        n_sentence = len(sentence.words) + sentence.opens_paragraph
        if group and n_group + n_sentence > longest:
            yield from _window(context, group, length, context_begins_document)
            context_begins_document &= _move(group, context, length)
            n_group = 0
        group.append(sentence)
        n_group += n_sentence
        if n_group >= shortest and zlib.crc32("\n".join(sentence.words).encode()) % _ONE_SENTENCE_IN == 0:
            yield from _window(context, group, length, context_begins_document)
            context_begins_document &= _move(group, context, length)
            n_group = 0
    if group:
        yield from _window(context, group, length, context_begins_document)


def _move(group: list[Sentence], context: deque[Sentence], length: int) -> bool:
    """Makes the group part of the context; says whether the context still begins the document."""
    context.extend(group)
    group.clear()
    n_context = sum(len(sentence.words) for sentence in context)
    begins_document = True
    while n_context - len(context[0].words) > length:
        n_context -= len(context.popleft().words)
        begins_document = False
    return begins_document


def _window(
    context: deque[Sentence], group: list[Sentence], length: int, context_begins_document: bool
) -> Iterator[Window]:
    if not any(is_anaphor(word) for sentence in group for word in sentence.words):
        return
    # One word for the mark at the beginning, one for each mark of a paragraph.
    room = length - 1 - sum(len(sentence.words) + sentence.opens_paragraph for sentence in group)
    first = len(context)
    while first > 0 and len(context[first - 1].words) + context[first - 1].opens_paragraph <= room:
        first -= 1
        room -= len(context[first].words) + context[first].opens_paragraph
    begins_document = context_begins_document and first == 0
    words: list[str] = [BEGIN if begins_document else CONTINUE]
    starts: list[int] = [-1]
    first_judged = 1
    for number, sentence in enumerate([*list(context)[first:], *group]):
        if number == len(context) - first:
            first_judged = len(words)
        if sentence.opens_paragraph and not (begins_document and number == 0):
            words.append(PARAGRAPH)
            starts.append(-1)
        words.extend(sentence.words)
        starts.extend(sentence.starts)
    yield Window(tuple(words), first_judged, tuple(starts))


def text_span(window: Window, first_word: int, end_word: int) -> Span:
    """Where words of a window stand in the original text; the end word is excluded."""
    last = end_word - 1
    return Span(window.starts[first_word], window.starts[last] + len(window.words[last]))


def is_anaphor(word: str) -> bool:
    """Whether a word is judged. In capitals ("IT", "HIS") it is a heading's, or no pronoun at all."""
    return word.lower() in CLASS_OF_FORM and not (word.isupper() and len(word) > 1)


def find_anaphors(window: Window, first: int | None = None) -> tuple[Anaphor, ...]:
    """The pronouns of a window from word `first` on; by default, those that it judges."""
    start = window.first_judged if first is None else first
    return tuple(
        Anaphor(index, word.lower()) for index, word in enumerate(window.words[start:], start) if is_anaphor(word)
    )
