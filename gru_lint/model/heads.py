"""The layers after the encoders at lint time: the encoders' states of some windows in, predictions out.

The windows are judged together: one product for the pronouns of all, one for their mentions. An attention stays within
its window; it is padded to as many pronouns and mentions as the fullest window has. A window that is judged alone has
no padding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, N_ORDINARY_CLASSES, REFLEXIVE_FORMS
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import WindowStates
from gru_lint.model.layers import Layers, softmax
from gru_lint.model.sizes import N_MENTION_WORDS, distance_bin
from gru_lint.records import Anaphor

# The index in `CLASSES` of the class of each form.
CLASS_INDEX = {form: CLASSES.index(agreement_class) for form, agreement_class in CLASS_OF_FORM.items()}
SMALLEST_PROBABILITY = np.float32(1e-6)
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Predictions:
    """The network's outputs for P pronouns of one window of T words.

    positions      (P,) word indices of the pronouns
    is_reflexive   (P,)
    classes        (P, C) probabilities of the agreement classes
    cases          (P, 4) probabilities of the cases
    mentions       (M,) word indices of the candidate mentions, word 0 ("no antecedent in the window") first
    links          (P, M) attention over antecedents: sums to 1, 0 for a mention that holds the pronoun itself
    evidence       (P, M) attention over the mentions that show the class: sums to 1
    in_ordinary    (M, C) class probabilities of each mention by itself, in an ordinary slot
    in_reflexive   (M, C) the same in a reflexive slot
    """

    positions: Ints
    is_reflexive: Bools
    classes: Floats
    cases: Floats
    mentions: Ints
    links: Floats
    evidence: Floats
    in_ordinary: Floats
    in_reflexive: Floats

    @property
    def by_mention(self) -> Floats:
        """(P, M, C) class probabilities of each mention by itself, in the slot of each pronoun."""
        chosen: Floats = np.where(self.is_reflexive[:, None, None], self.in_reflexive, self.in_ordinary)
        return chosen

    def rows(self, start: int, end: int) -> Predictions:
        """The outputs for some of the pronouns, the end excluded."""
        return replace(
            self,
            **{
                name: getattr(self, name)[start:end]
                for name in ("positions", "is_reflexive", "classes", "cases", "links", "evidence")
            },
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the pronouns, or the mentions, of B windows stand.

    words    word indices, one array a window
    padded   (B, N), the same, with 0 for padding
    is_used  (B, N), False for padding
    """

    words: tuple[Ints, ...]
    padded: Ints
    is_used: Bools

    @staticmethod
    def of(words: Sequence[Ints]) -> _Places:
        """The places of some windows."""
        sizes = np.array([len(own) for own in words])
        is_used = np.arange(sizes.max()) < sizes[:, None]
        padded = np.zeros(is_used.shape, np.int64)
        padded[is_used] = np.concatenate(words)
        return _Places(tuple(words), padded, is_used)

    def by_window(self, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """(B, N, ...): the rows of all windows, in order, at their places; zeros for padding."""
        if len(self.words) == 1:
            return rows[None]
        spread = np.zeros((*self.is_used.shape, *rows.shape[1:]), rows.dtype)
        spread[self.is_used] = rows
        return spread

    def bounds(self) -> list[tuple[int, int]]:
        """The first and the end row of each window among the rows of all."""
        return list(pairwise(accumulate((len(own) for own in self.words), initial=0)))


@dataclass(frozen=True, slots=True)
class MentionLayers:
    """What the layers say of the mentions of B windows, whichever pronouns are asked about.

    keys             for each attention: (B, M, A) before the pronoun, and behind it
    forward_values   (B, M, V)
    backward_values  (B, M, V)
    in_ordinary      (N, C) class probabilities of the mentions of all windows in an ordinary slot
    in_reflexive     (N, C) the same in a reflexive slot
    """

    places: _Places
    keys: Mapping[str, tuple[Floats, ...]]
    forward_values: Floats
    backward_values: Floats
    in_ordinary: Floats
    in_reflexive: Floats


class Heads(Layers):
    """The layers that follow the encoders; `n_attention` is the width of queries and keys."""

    def __init__(self, arrays: Mapping[str, Floats], n_attention: int) -> None:
        super().__init__(arrays)
        self._scale = np.float32(n_attention**-0.5)

    def mention_layers(self, states: Sequence[WindowStates]) -> MentionLayers:
        """What the layers say of the mentions of B windows."""
        places = _Places.of([_mentions(own) for own in states])
        by_mention = list(zip(states, places.words, strict=True))
        forward = np.concatenate([own.forward[words] for own, words in by_mention])
        backward = np.concatenate([own.backward[words] for own, words in by_mention])
        last_words = np.concatenate([_last_words(own.embedded, words) for own, words in by_mention])
        return MentionLayers(
            places,
            {
                attention: tuple(
                    places.by_window(self._layer(f"{attention}.{direction}_keys", read))
                    for direction, read in (("forward", forward), ("backward", backward))
                )
                for attention in ("evidence", "links")
            },
            places.by_window(self._layer("forward_values", forward)),
            places.by_window(self._layer("backward_values", backward)),
            *self._mention_classes(last_words),
        )

    def predictions(
        self,
        states: Sequence[WindowStates],
        anaphors: Sequence[Sequence[Anaphor]],
        layers: MentionLayers | None = None,
    ) -> list[Predictions]:
        """The outputs for some pronouns of B windows, at least one of each.

        A window's outputs depend on no other window but for their last bits: the order of a sum may change.

        layers  the `mention_layers` of these windows, if they are known
        """
        layers = layers or self.mention_layers(states)
        mentions = layers.places
        pronouns = _Places.of([np.array([anaphor.word_index for anaphor in own], np.int64) for own in anaphors])
        reflexive = np.array([anaphor.form in REFLEXIVE_FORMS for own in anaphors for anaphor in own], np.bool_)
        is_reflexive = reflexive[:, None].astype(np.float32)

        beside: Floats = np.concatenate(
            [_beside(own, words) for own, words in zip(states, pronouns.words, strict=True)]
        )
        offsets = mentions.padded[:, None, :] - pronouns.padded[:, :, None]
        comes_before = offsets < 0
        # No attention to the pronoun itself, nor to a mention whose last words hold it ("his wife").
        forbidden = ((offsets >= 0) & (offsets < N_MENTION_WORDS)) | ~mentions.is_used[:, None, :]
        # Rows of padding attend to anything, since a softmax over nothing is undefined.
        forbidden &= pronouns.is_used[:, :, None]
        bins = distance_bin(offsets)

        def attend(attention: str) -> Floats:
            query = self._layer(f"{attention}.query", beside)
            query += is_reflexive * self._arrays[f"{attention}.query_reflexive"]
            queries = pronouns.by_window(query)
            forward_keys, backward_keys = layers.keys[attention]
            scores = np.where(
                comes_before, queries @ forward_keys.transpose(0, 2, 1), queries @ backward_keys.transpose(0, 2, 1)
            )
            scores *= self._scale
            distances = self._arrays[f"{attention}.distances"]
            scores += np.where(comes_before, distances[0][bins], distances[1][bins])
            scores[forbidden] = -np.inf
            return softmax(scores)

        evidence, links = attend("evidence"), attend("links")

        tables = mentions.by_window(layers.in_ordinary), mentions.by_window(layers.in_reflexive)

        def votes(attention: Floats) -> Floats:
            ordinary, full = ((attention @ table)[pronouns.is_used] for table in tables)
            shares: Floats = np.maximum(np.where(reflexive[:, None], full, ordinary), SMALLEST_PROBABILITY)
            return np.log(shares)

        weights_before = np.where(comes_before, evidence, np.float32(0.0))
        context = weights_before @ layers.forward_values
        context += (evidence - weights_before) @ layers.backward_values
        features = np.concatenate([beside, context[pronouns.is_used], votes(evidence), votes(links)], axis=1)
        hidden = self._layer("head", features)
        hidden += is_reflexive * self._arrays["head_reflexive"]
        np.maximum(hidden, 0.0, out=hidden)
        logits = self._layer("classes", hidden)
        logits[~reflexive, N_ORDINARY_CLASSES:] = -np.inf
        classes, cases = softmax(logits), softmax(self._layer("cases", hidden))
        return [
            Predictions(
                pronouns.words[window],
                reflexive[first:end],
                classes[first:end],
                cases[first:end],
                mentions.words[window],
                links[window, : end - first, : end_mention - first_mention],
                evidence[window, : end - first, : end_mention - first_mention],
                layers.in_ordinary[first_mention:end_mention],
                layers.in_reflexive[first_mention:end_mention],
            )
            for window, ((first, end), (first_mention, end_mention)) in enumerate(
                zip(pronouns.bounds(), mentions.bounds(), strict=True)
            )
        ]

    def _mention_classes(self, last_words: Floats) -> tuple[Floats, Floats]:
        """Twice (M, C): class probabilities of each mention by itself, in an ordinary and in a reflexive slot."""
        logits = self._layer("mention_classes", np.tanh(self._layer("mention", last_words)))
        full = softmax(logits)
        logits[:, N_ORDINARY_CLASSES:] = -np.inf
        return softmax(logits), full


def _mentions(states: WindowStates) -> Ints:
    """The word indices of the candidates of a window, word 0 first."""
    is_candidate = states.encoded.candidates.copy()
    is_candidate[0] = True
    return np.flatnonzero(is_candidate)


def _beside(states: WindowStates, positions: Ints) -> Floats:
    """(P, Hf + Hb), the states beside each pronoun: those that have read all before it, and all after it."""
    n_forward = states.forward.shape[1]
    rows = np.zeros((len(positions), n_forward + states.backward.shape[1]), np.float32)
    rows[:, :n_forward] = states.forward[positions - 1]
    has_next = positions + 1 < len(states.embedded)
    rows[has_next, n_forward:] = states.backward[positions[has_next] + 1]
    return rows


def _last_words(embedded: Floats, mentions: Ints) -> Floats:
    """(M, N_MENTION_WORDS * E), the last words of each mention, the very last first; zeros before the window."""
    padded = np.concatenate([np.zeros((N_MENTION_WORDS - 1, embedded.shape[1]), np.float32), embedded])
    backwards = mentions[:, None] + np.arange(N_MENTION_WORDS - 1, -1, -1)
    words: Floats = padded[backwards].reshape(len(mentions), -1)
    return words
