"""The agreement network at lint time: windows in, judgements out, NumPy alone.

The NumPy twin of `gru_lint.training.model.network`, whose docstring explains the design; the arrays have the
same names. The encoders read windows in batches of similar length; then the pronouns of each window are
judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import PHRASE_ENDS, Lexicon, normalise
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, N_ORDINARY_CLASSES, REFLEXIVE_FORMS, AgreementClass
from gru_lint.model.antecedents import find_entities, likeliest_mention
from gru_lint.model.cells import Cell, Floats
from gru_lint.model.encoders import Encoders, WindowStates
from gru_lint.model.sizes import N_MENTION_WORDS, distance_bin
from gru_lint.model.weights import Weights
from gru_lint.records import Anaphor, Judgement, Mention, Window
from gru_lint.segment.windows import find_anaphors

_SMALLEST_PROBABILITY = np.float32(1e-6)
# Windows judged together: enough to keep the products busy, few enough to stay in memory.
_BATCH_WINDOWS = 48
# Windows sorted by length before they are cut into batches; results come a pool at a time.
_POOL_WINDOWS = 2 * _BATCH_WINDOWS
# The odds of a determiner that the word after the pronoun adds; they raised the accuracy between held-out "his" and
# "him" from 91 % to 96 %.
_DETERMINER_ODDS = 20.0
# From this probability on the written form is taken to be right; below it, it may be flagged.
_PLAUSIBLE = 0.05
# Masculine and feminine, the first of `CLASSES`.
_N_GENDERS = 2
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Predictions:
    """The network's outputs for P pronouns of one window of T words.

    positions    (P,) word indices of the pronouns
    classes      (P, C) probabilities of the agreement classes
    cases        (P, 4) probabilities of the cases
    mentions     (M,) word indices of the candidate mentions, word 0 ("no antecedent in the window") first
    links        (P, M) attention over antecedents: sums to 1, 0 for a mention that holds the pronoun itself
    by_mention   (P, M, C) class probabilities of each mention by itself
    evidence     (P, M) attention over the mentions that show the class: sums to 1
    """

    positions: Ints
    classes: Floats
    cases: Floats
    mentions: Ints
    links: Floats
    by_mention: Floats
    evidence: Floats


class AgreementNetwork:
    """Judges windows with trained weights; between calls it keeps only what its lexicon and its encoders cache.

    declared        words to read as names, each with its gender; see `Lexicon`
    resolve_all     whether every pronoun's antecedent is resolved, or only that of unexpected pronouns
    should_resolve  which unexpected pronouns are resolved; by default all. Resolution takes longer than all else
    incremental     see `Encoders`: for a text that is being edited
    """

    def __init__(
        self,
        weights: Weights,
        declared: Mapping[str, AgreementClass | None] | None = None,
        resolve_all: bool = False,
        should_resolve: Callable[[Window, Judgement], bool] | None = None,
        incremental: bool = False,
    ) -> None:
        self.sizes = weights.architecture
        self.lexicon = Lexicon(weights.vocabulary, declared)
        self._arrays = weights.arrays
        self._resolve_all = resolve_all
        self._should_resolve = should_resolve or (lambda _window, _judgement: True)
        self._encoders = Encoders(weights, incremental)

    def judge(
        self, windows: Iterable[Window], resolve_all: bool = False
    ) -> Iterator[tuple[Window, tuple[Judgement, ...]]]:
        """Each window with its judgements, in the order of the windows.

        resolve_all  whether every pronoun of these windows is resolved, even if the network is not set to do so
        """
        pool: list[Window] = []
        for window in windows:
            pool.append(window)
            if len(pool) == _POOL_WINDOWS:
                yield from self._judge_pool(pool, resolve_all)
                pool = []
        yield from self._judge_pool(pool, resolve_all)

    def _judge_pool(
        self, windows: Sequence[Window], resolve_all: bool
    ) -> Iterator[tuple[Window, tuple[Judgement, ...]]]:
        resolve_all = resolve_all or self._resolve_all
        order = sorted(range(len(windows)), key=lambda index: len(windows[index].words))
        judgements: dict[int, tuple[Judgement, ...]] = {}
        for first in range(0, len(order), _BATCH_WINDOWS):
            batch = order[first : first + _BATCH_WINDOWS]
            # The backward encoder reads the context before the judged words only where antecedents are resolved.
            states = self.read([windows[index] for index in batch], whole=resolve_all)
            for index, window_states in zip(batch, states, strict=True):
                judgements[index] = self._judge_window(windows[index], window_states, resolve_all)
        for index, window in enumerate(windows):
            yield window, judgements[index]

    def read(self, windows: Sequence[Window], whole: bool = True) -> list[WindowStates]:
        """The encoders' states over B windows.

        whole  whether the backward encoder reads all of each window, or only the judged words: nothing but the
               resolution of antecedents uses its states before them
        """
        firsts = [0 if whole else window.first_judged for window in windows]
        return self._encoders.read([self.lexicon.encode(window.words) for window in windows], firsts)

    def forward_steps(self, states: WindowStates) -> tuple[Cell, Floats]:
        """The forward encoder's cell and its input products over a window; see `Encoders`."""
        return self._encoders.forward_steps(states)

    def predictions(self, states: WindowStates, anaphors: Sequence[Anaphor]) -> Predictions:
        """The outputs for pronouns of one window; see `Predictions`."""
        arrays = self._arrays
        positions = np.array([anaphor.word_index for anaphor in anaphors], np.int64)
        reflexive = np.array([anaphor.form in REFLEXIVE_FORMS for anaphor in anaphors], np.bool_)
        is_reflexive = reflexive[:, None].astype(np.float32)
        forward, backward = states.forward, states.backward
        n_words = len(forward)

        before = forward[positions - 1]
        is_last = positions + 1 >= n_words
        after = backward[np.minimum(positions + 1, n_words - 1)]
        after[is_last] = 0.0
        beside: Floats = np.concatenate([before, after], axis=1)

        is_candidate = states.encoded.candidates.copy()
        is_candidate[0] = True
        mentions = np.flatnonzero(is_candidate)
        forward_mentions, backward_mentions = forward[mentions], backward[mentions]
        offsets = mentions - positions[:, None]
        comes_before = offsets < 0
        # Neither the pronoun itself nor a mention whose last words hold it ("his wife").
        forbidden = (offsets >= 0) & (offsets < N_MENTION_WORDS)

        def attend(attention: str) -> Floats:
            query = self._layer(f"{attention}.query", beside) + is_reflexive * arrays[f"{attention}.query_reflexive"]
            scores = np.where(
                comes_before,
                query @ self._layer(f"{attention}.forward_keys", forward_mentions).T,
                query @ self._layer(f"{attention}.backward_keys", backward_mentions).T,
            )
            scores *= np.float32(self.sizes.n_attention**-0.5)
            distances = arrays[f"{attention}.distances"]
            scores += np.where(comes_before, distances[0][bins], distances[1][bins])
            scores[forbidden] = -np.inf
            return _softmax(scores)

        bins = distance_bin(offsets)
        evidence, links = attend("evidence"), attend("links")

        ordinary, full = self._mention_classes(states.embedded, mentions)
        by_mention = np.where(reflexive[:, None, None], full, ordinary)
        votes = [
            np.log(np.maximum(np.einsum("pm,pmc->pc", attention, by_mention), _SMALLEST_PROBABILITY))
            for attention in (evidence, links)
        ]

        weights_before = evidence.copy()
        weights_before[~comes_before] = 0.0
        context = weights_before @ self._layer("forward_values", forward_mentions)
        context += (evidence - weights_before) @ self._layer("backward_values", backward_mentions)
        features: Floats = np.concatenate([beside, context, *votes], axis=1)
        hidden: Floats = self._layer("head", features) + is_reflexive * arrays["head_reflexive"]
        np.maximum(hidden, 0.0, out=hidden)
        logits = self._layer("classes", hidden)
        logits[~reflexive, N_ORDINARY_CLASSES:] = -np.inf
        return Predictions(
            positions, _softmax(logits), _softmax(self._layer("cases", hidden)), mentions, links, by_mention, evidence
        )

    def _judge_window(self, window: Window, states: WindowStates, resolve_all: bool) -> tuple[Judgement, ...]:
        anaphors = find_anaphors(window)
        predictions = self.predictions(states, anaphors)
        expected = [CLASSES[number] for number in predictions.classes.argmax(axis=1)]
        cases = predictions.cases * _determiner_odds(window.words, predictions.positions)
        cases /= cases.sum(axis=1, keepdims=True)
        judgements = [
            Judgement(anaphor, tuple(own_classes), tuple(own_cases), None)
            for anaphor, own_classes, own_cases in zip(
                anaphors, predictions.classes.tolist(), cases.tolist(), strict=True
            )
        ]
        resolved = {
            judgement.anaphor.word_index
            for judgement, likeliest in zip(judgements, expected, strict=True)
            if resolve_all
            or (likeliest != CLASS_OF_FORM[judgement.anaphor.form] and self._should_resolve(window, judgement))
        }
        if not resolved:
            return tuple(judgements)
        antecedents = self._antecedents(window, states if resolve_all else self.read([window])[0], resolved)
        return tuple(
            replace(judgement, antecedent=antecedents.get(judgement.anaphor.word_index)) for judgement in judgements
        )

    def _antecedents(
        self, window: Window, states: WindowStates, resolved: Collection[int]
    ) -> dict[int, Mention | None]:
        """The antecedent of each pronoun in `resolved`, by word index; `states` are those of the whole window."""
        # Pronouns of the context are judged too: a chain of mentions may lead through them.
        anaphors = find_anaphors(window, first=1)
        predictions = self.predictions(states, anaphors)
        entities = find_entities(window.words, predictions.mentions, self.lexicon)
        meant = _meant_classes(predictions, [anaphor.form for anaphor in anaphors])
        walks = antecedent_links(predictions, meant)
        return {
            anaphor.word_index: likeliest_mention(
                len(window.words),
                anaphor.word_index,
                entities,
                (predictions.links[row], walks[row], predictions.by_mention[row, :, meant[row]]),
            )
            for row, anaphor in enumerate(anaphors)
            if anaphor.word_index in resolved
        }

    def _layer(self, name: str, inputs: Floats) -> Floats:
        outputs: Floats = inputs @ self._arrays[f"{name}.weight"].T
        outputs += self._arrays[f"{name}.bias"]
        return outputs

    def _mention_classes(self, embedded: Floats, mentions: Ints) -> tuple[Floats, Floats]:
        """Twice (M, C): class probabilities of each mention by itself, in an ordinary and in a reflexive slot."""
        padded = np.concatenate([np.zeros((N_MENTION_WORDS - 1, embedded.shape[1]), np.float32), embedded])
        words = [padded[mentions + N_MENTION_WORDS - 1 - back] for back in range(N_MENTION_WORDS)]
        logits = self._layer("mention_classes", np.tanh(self._layer("mention", np.concatenate(words, axis=1))))
        full = _softmax(logits)
        logits[:, N_ORDINARY_CLASSES:] = -np.inf
        return _softmax(logits), full


def antecedent_links(predictions: Predictions, meant: Ints) -> Floats:
    """(P, M): how likely each mention is the antecedent of each pronoun, where pronouns lead on to theirs.

    meant  (P,), the class ĉ of each pronoun's antecedent

    Mention i has the weight l_i q_i(ĉ), normalised. The weight of another pronoun goes on to that one's antecedents,
    and so on: a random walk that ends at a name or a noun. With the weights split into N (pronoun to noun) and R
    (pronoun to pronoun), it ends with the probabilities (I − R)⁻¹ N. Rows sum to at most 1: some walks never end.
    """
    rows = np.arange(len(meant))
    weights: Floats = predictions.links * predictions.by_mention[rows, :, meant]
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), _SMALLEST_PROBABILITY)
    columns = np.searchsorted(predictions.mentions, predictions.positions)
    to_pronouns = weights[:, columns]
    to_nouns = weights
    to_nouns[:, columns] = 0.0
    walks = np.eye(len(rows), dtype=np.float32) * np.float32(1 + 1e-4) - to_pronouns
    links: Floats = np.linalg.solve(walks, to_nouns)
    return links


def _determiner_odds(words: Sequence[str], positions: Ints) -> Floats:
    """(P, 4): factors of the case probabilities that follow from the word after each pronoun.

    No determiner stands before a word that cannot open a noun phrase ("of", a comma); before any other word one may.
    """
    odds = np.ones((len(positions), len(CASES)), np.float32)
    following = [words[index + 1] if index + 1 < len(words) else "." for index in positions.tolist()]
    ends_phrase = np.array([word in PHRASE_ENDS or not word[:1].isalpha() for word in map(normalise, following)])
    odds[:, CASES.index("determiner")] = np.where(ends_phrase, 1 / _DETERMINER_ODDS, _DETERMINER_ODDS)
    return odds


def _meant_classes(predictions: Predictions, forms: Sequence[str]) -> Ints:
    """(P,): the class of each antecedent: that of the written form where it may be right, else the likeliest.

    Where he and she together are likelier than any other class, the likelier of the two: a name of either gender
    is still a person's.
    """
    written: Ints = np.array([CLASSES.index(CLASS_OF_FORM[form]) for form in forms], np.int64)
    may_be_right = predictions.classes[np.arange(len(written)), written] >= _PLAUSIBLE
    is_person = predictions.classes[:, :_N_GENDERS].sum(axis=1) > predictions.classes[:, _N_GENDERS:].max(axis=1)
    gender = predictions.classes[:, :_N_GENDERS].argmax(axis=1)
    likeliest: Ints = np.where(is_person, gender, predictions.classes.argmax(axis=1))
    return np.where(may_be_right, written, likeliest)


def _softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return result
