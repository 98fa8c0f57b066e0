"""The agreement network at lint time: windows in, judgements out, NumPy alone.

The NumPy twin of `gru_lint.training.model.network`, whose docstring explains the design; the arrays have the
same names. The encoders read windows in batches of similar length; then the pronouns of each window are
judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon, normalise
from gru_lint.english.noun_phrases import begins_noun_phrase
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, AgreementClass
from gru_lint.model.antecedents import Entities, find_entities, likeliest_mention, ranked_mentions
from gru_lint.model.cells import Cell, Floats
from gru_lint.model.encoders import Encoders, WindowStates
from gru_lint.model.heads import SMALLEST_PROBABILITY, Heads, Predictions
from gru_lint.model.verbs import OFFSETS, VerbJudge, VerbPredictions
from gru_lint.model.weights import Weights
from gru_lint.records import (
    AgreementSlot,
    Anaphor,
    AnyJudgement,
    CaseJudgement,
    Judgement,
    Mention,
    SlotJudgement,
    Window,
)
from gru_lint.runtime.threads import one_blas_thread
from gru_lint.segment.windows import find_anaphors, find_first_persons, find_slots, has_anaphor, has_anaphor_or_slot

# Words of the windows that are read together, padding included: enough to keep the products busy, few enough to stay
# in memory.
_BATCH_WORDS = 48 * 192
# Windows are sorted by length before they are cut into batches; results come a pool of so many words at a time.
_POOL_WORDS = 2 * _BATCH_WORDS
# Two probabilities that differ by less may change places where windows are read along with others.
_TIE = 1e-4
# The odds of a determiner that the words beside the pronoun add; they raised the accuracy between held-out "his" and
# "him" from 91 % to 96 %.
_DETERMINER_ODDS = 20.0
# What stands before a noun phrase is no possessive: "his back hurts" never becomes "hers back hurts".
_NEARLY_NOTHING = 1e-6
# From this probability on the written form is taken to be right; below it, it may be flagged.
_PLAUSIBLE = 0.05
# Masculine and feminine, the first of `CLASSES`.
_N_GENDERS = 2
# A noun is shown as what a verb depends on from this weight on; else the word that weighs most.
_MATTERS = 0.02
_CLASS_INDEX = {form: CLASSES.index(agreement_class) for form, agreement_class in CLASS_OF_FORM.items()}
Ints = npt.NDArray[np.int64]


class _Asked(NamedTuple):
    """A window, and what it judges: pronouns, verbs and demonstratives, and the pronouns whose case alone is judged."""

    window: Window
    anaphors: tuple[Anaphor, ...]
    slots: tuple[AgreementSlot, ...] = ()
    first_persons: tuple[Anaphor, ...] = ()

    def begins_noun_phrases(self) -> Iterator[bool]:
        """Of each of them, whether a noun phrase begins after it that it belongs to."""
        words = self.window.words
        for anaphor in self.anaphors:
            index = anaphor.word_index
            following = [normalise(word) for word in words[index + 1 : index + 3]]
            yield begins_noun_phrase(normalise(words[index - 1]), following)


class AgreementNetwork:
    """Judges windows with trained weights; between calls it keeps only what its lexicon and its encoders cache.

    declared        words to read as names, each with its gender; see `Lexicon`
    resolve_all     whether every pronoun's antecedent is resolved, or only that of unexpected pronouns
    should_resolve  which unexpected pronouns are resolved; by default all. Resolution takes longer than all else. The
                    same of verbs and demonstratives: which of them a rule may speak of
    incremental     see `Encoders`: for a text that is being edited
    judges_forms    whether verbs and demonstratives are judged too, if the weights can
    """

    def __init__(
        self,
        weights: Weights,
        declared: Mapping[str, AgreementClass | None] | None = None,
        *,
        resolve_all: bool = False,
        should_resolve: Callable[[Window, AnyJudgement], bool] | None = None,
        incremental: bool = False,
        judges_forms: bool = True,
    ) -> None:
        self.sizes = weights.architecture
        self.lexicon = Lexicon(weights.vocabulary, declared)
        self._resolve_all = resolve_all
        self._should_resolve = should_resolve or (lambda _window, _judgement: True)
        self._encoders = Encoders(weights, incremental=incremental)
        self._heads = Heads(weights.arrays, weights.architecture.n_attention)
        self._verbs = VerbJudge(weights) if judges_forms and weights.architecture.judges_verbs else None

    @property
    def judges_forms(self) -> bool:
        """Whether verbs and demonstratives are judged."""
        return self._verbs is not None

    @property
    def holds_judged(self) -> Callable[[Sequence[str]], bool]:
        """What says whether any word of a sentence is judged."""
        return has_anaphor_or_slot if self._verbs else has_anaphor

    def judge(
        self, windows: Iterable[Window], *, resolve_all: bool = False
    ) -> Iterator[tuple[Window, tuple[AnyJudgement, ...]]]:
        """Each window with its judgements, in the order of the windows.

        resolve_all  whether every pronoun of these windows is resolved, even if the network is not set to do so
        """
        pool: list[Window] = []
        n_words = 0
        for window in windows:
            pool.append(window)
            n_words += len(window.words)
            if n_words >= _POOL_WORDS:
                yield from self._judge_pool(pool, resolve_all=resolve_all)
                pool, n_words = [], 0
        yield from self._judge_pool(pool, resolve_all=resolve_all)

    def _judge_pool(
        self, windows: Sequence[Window], *, resolve_all: bool
    ) -> Iterator[tuple[Window, tuple[AnyJudgement, ...]]]:
        asked = [
            _Asked(window, find_anaphors(window), find_slots(window), find_first_persons(window))
            if self._verbs
            else _Asked(window, find_anaphors(window))
            for window in windows
        ]
        judgements: list[tuple[AnyJudgement, ...]] = [()] * len(windows)
        with one_blas_thread():
            for batch in _batches(asked):
                judged = self._judge_batch(
                    [asked[index] for index in batch], resolve_all=resolve_all or self._resolve_all
                )
                for index, own in zip(batch, judged, strict=True):
                    judgements[index] = own
        yield from zip(windows, judgements, strict=True)

    def read(self, windows: Sequence[Window], *, whole: bool = True) -> list[WindowStates]:
        """The encoders' states over B windows.

        whole  whether the backward encoder reads all of each window, or only the judged words: nothing but the
               resolution of antecedents uses its states before them
        """
        firsts = [0 if whole else window.first_judged for window in windows]
        ends = [len(window.words) if whole else window.end_judged for window in windows]
        with one_blas_thread():
            return self._encoders.read(self.lexicon.encode_each([window.words for window in windows]), firsts, ends)

    def forward_steps(self, states: WindowStates) -> tuple[Cell, Floats]:
        """The forward encoder's cell and its input products over a window; see `Encoders`."""
        return self._encoders.forward_steps(states)

    def predictions(self, states: WindowStates, anaphors: Sequence[Anaphor]) -> Predictions:
        """The predictions on pronouns of one window, of which it has some; see `Predictions`."""
        with one_blas_thread():
            return self._heads.predictions([states], [anaphors])[0]

    def _judge_batch(self, batch: Sequence[_Asked], *, resolve_all: bool) -> list[tuple[AnyJudgement, ...]]:
        """The judgements on the words of B windows, at least one in each.

        A window of which a rule may speak is read once more, by itself, and that reading is what counts: nothing that
        is shown of a text depends on what else was read along with it, not even the last digit of a confidence.
        """
        # What stands before the judged words is read from the right only where somebody is to be resolved.
        states = self.read([asked.window for asked in batch], whole=resolve_all)
        holding = [index for index, asked in enumerate(batch) if asked.anaphors]
        judged: list[tuple[AnyJudgement, ...]] = [()] * len(batch)
        if holding:
            of_pronouns = self._judge_pronouns(
                [batch[index] for index in holding], [states[index] for index in holding], resolve_all=resolve_all
            )
            for index, own in zip(holding, of_pronouns, strict=True):
                judged[index] = own
        if self._verbs is None:
            return judged
        of_slots = self._judge_slots(batch, states)
        for index, (asked, own_slots) in enumerate(zip(batch, of_slots, strict=True)):
            if any(self._should_resolve(asked.window, judgement) for judgement in own_slots):
                (own_slots,) = self._judge_slots([asked], self.read([asked.window]))
            own_cases: tuple[CaseJudgement, ...] = self._judge_cases(asked, states[index])
            if any(self._should_resolve(asked.window, judgement) for judgement in own_cases):
                own_cases = self._judge_cases(asked, self.read([asked.window])[0])
            every: list[AnyJudgement] = [*judged[index], *own_slots, *own_cases]
            judged[index] = tuple(sorted(every, key=lambda judgement: judgement.word_index))
        return judged

    def _judge_cases(self, asked: _Asked, states: WindowStates) -> tuple[CaseJudgement, ...]:
        """The judgements on the pronouns of a window whose case alone is judged.

        The head was taught cases by he, she and they. It reads what stands beside the word and never the word, so
        that it knows those of I and we as well.
        """
        if not asked.first_persons:
            return ()
        (predictions,) = self._heads.predictions([states], [asked.first_persons])
        return tuple(
            CaseJudgement(pronoun.word_index, pronoun.form, tuple(cases))
            for pronoun, cases in zip(asked.first_persons, predictions.cases.tolist(), strict=True)
        )

    def _judge_pronouns(
        self, batch: Sequence[_Asked], states: Sequence[WindowStates], *, resolve_all: bool
    ) -> list[tuple[Judgement, ...]]:
        """The judgements on the pronouns of B windows, at least one in each; see `_judge_batch`."""
        predictions = self._heads.predictions(states, [asked.anaphors for asked in batch])
        judged = _judgements(batch, predictions)
        if resolve_all:
            judged = [
                self._with_antecedents(asked, own, own_states, range(len(asked.anaphors)))
                for asked, own, own_states in zip(batch, judged, states, strict=True)
            ]
        return [
            self._judge_alone(asked, resolve_all=resolve_all)
            if self._may_be_flagged(asked, own, leads, resolve_all=resolve_all)
            else own
            for asked, own, leads in zip(batch, judged, _leads(batch, predictions), strict=True)
        ]

    def form_predictions(
        self, windows: Sequence[Window], slots: Sequence[Sequence[AgreementSlot]]
    ) -> list[VerbPredictions]:
        """The outputs for any slots of windows. Raises ValueError where the weights do not judge verbs."""
        if self._verbs is None:
            raise ValueError("these weights do not judge verbs")
        with one_blas_thread():
            return self._verbs.judge(self.read(windows), slots)

    def _judge_slots(self, batch: Sequence[_Asked], states: Sequence[WindowStates]) -> list[tuple[SlotJudgement, ...]]:
        """The judgements on the verbs and demonstratives of each window."""
        if self._verbs is None:
            return [()] * len(batch)
        predictions = self._verbs.judge(states, [asked.slots for asked in batch])
        return [
            tuple(
                SlotJudgement(slot, tuple(classes), controller)
                for slot, classes, controller in zip(
                    asked.slots, own.classes.tolist(), _controllers(own, asked.slots, read), strict=True
                )
            )
            for asked, read, own in zip(batch, states, predictions, strict=True)
        ]

    def _may_be_flagged(
        self, asked: _Asked, judgements: Sequence[Judgement], leads: Sequence[float], *, resolve_all: bool
    ) -> bool:
        """Whether a rule may speak of a pronoun of a window, if the last digits of its probabilities were others."""
        # Where it is known whom a pronoun means, a rule may ask for more than the likeliest class.
        return any(
            abs(lead) < _TIE or ((lead < 0 or resolve_all) and self._should_resolve(asked.window, judgement))
            for judgement, lead in zip(judgements, leads, strict=True)
        )

    def _judge_alone(self, asked: _Asked, *, resolve_all: bool) -> tuple[Judgement, ...]:
        """The judgements on a window that is read by itself, with the antecedents of those that a rule may speak of."""
        (states,) = self.read([asked.window])
        predictions = self._heads.predictions([states], [asked.anaphors])
        (judgements,), (leads,) = _judgements([asked], predictions), _leads([asked], predictions)
        resolved = [
            index
            for index, lead in enumerate(leads)
            if resolve_all or (lead < 0 and self._should_resolve(asked.window, judgements[index]))
        ]
        return self._with_antecedents(asked, judgements, states, resolved) if resolved else judgements

    def _with_antecedents(
        self, asked: _Asked, judgements: Sequence[Judgement], states: WindowStates, resolved: Iterable[int]
    ) -> tuple[Judgement, ...]:
        """The judgements, some of them with the antecedents; `states` are those of the whole window."""
        places = {asked.anaphors[index].word_index for index in resolved}
        antecedents = self._antecedents(asked.window, states, places)
        return tuple(
            replace(judgement, antecedent=antecedents.get(judgement.anaphor.word_index)) for judgement in judgements
        )

    def _antecedents(
        self, window: Window, states: WindowStates, resolved: Collection[int]
    ) -> dict[int, Mention | None]:
        """The antecedent of each pronoun in `resolved`, by word index; `states` are those of the whole window."""
        return {
            index: likeliest_mention(len(window.words), index, entities, weights)
            for index, entities, weights in self._entity_weights(window, states)
            if index in resolved
        }

    def candidates(self, windows: Sequence[Window], least: float) -> list[tuple[tuple[Mention, ...], ...]]:
        """For each pronoun that each of B windows judges, whom or what it may refer to, the likeliest first.

        least  the probability that is worth naming
        """
        holding = [window for window in windows if find_anaphors(window)]
        with one_blas_thread():
            ranked = iter(
                [
                    tuple(
                        ranked_mentions(len(window.words), index, entities, weights, least)
                        for index, entities, weights in self._entity_weights(window, states)
                        if window.first_judged <= index < window.end_judged
                    )
                    for window, states in zip(holding, self.read(holding) if holding else (), strict=True)
                ]
            )
        return [next(ranked) if find_anaphors(window) else () for window in windows]

    def _entity_weights(
        self, window: Window, states: WindowStates
    ) -> Iterator[tuple[int, Entities, tuple[Floats, Floats, Floats]]]:
        """Each pronoun of a whole window with its entities, and the weights by which these are ranked for it."""
        # Pronouns of the context are judged too: a chain of mentions may lead through them.
        anaphors = find_anaphors(window, first=1)
        (predictions,) = self._heads.predictions([states], [anaphors])
        by_mention = predictions.by_mention
        entities = find_entities(window.words, predictions.mentions, self.lexicon)
        meant = _meant_classes(predictions, [anaphor.form for anaphor in anaphors])
        walks = antecedent_links(predictions, meant)
        for row, anaphor in enumerate(anaphors):
            yield anaphor.word_index, entities, (predictions.links[row], walks[row], by_mention[row, :, meant[row]])


def antecedent_links(predictions: Predictions, meant: Ints) -> Floats:
    """(P, M): how likely each mention is the antecedent of each pronoun, where pronouns lead on to theirs.

    meant  (P,), the class ĉ of each pronoun's antecedent

    Mention i has the weight l_i q_i(ĉ), normalised. The weight of another pronoun goes on to that one's antecedents,
    and so on: a random walk that ends at a name or a noun. With the weights split into N (pronoun to noun) and R
    (pronoun to pronoun), it ends with the probabilities (I − R)⁻¹ N. Rows sum to at most 1: some walks never end.
    """
    rows = np.arange(len(meant))
    weights: Floats = predictions.links * predictions.by_mention[rows, :, meant]
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), SMALLEST_PROBABILITY)
    columns = np.searchsorted(predictions.mentions, predictions.positions)
    to_pronouns = weights[:, columns]
    to_nouns = weights
    to_nouns[:, columns] = 0.0
    walks = np.eye(len(rows), dtype=np.float32) * np.float32(1 + 1e-4) - to_pronouns
    links: Floats = np.linalg.solve(walks, to_nouns)
    return links


def _batches(asked: Sequence[_Asked]) -> Iterator[list[int]]:
    """The indices of the windows that hold a word to judge, in batches of like length."""
    indices = [index for index, own in enumerate(asked) if own.anaphors or own.slots or own.first_persons]
    batch: list[int] = []
    for index in sorted(indices, key=lambda index: len(asked[index].window.words)):
        # The longest so far: all of a batch are padded to it.
        if batch and (len(batch) + 1) * len(asked[index].window.words) > _BATCH_WORDS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _judgements(batch: Sequence[_Asked], predictions: Sequence[Predictions]) -> list[tuple[Judgement, ...]]:
    """The predictions on B windows as judgements, without antecedents."""
    all_cases = np.concatenate([own.cases for own in predictions])
    all_cases *= _case_odds([begins for asked in batch for begins in asked.begins_noun_phrases()])
    all_cases /= all_cases.sum(axis=1, keepdims=True)
    classes, cases = iter(np.concatenate([own.classes for own in predictions]).tolist()), iter(all_cases.tolist())
    return [
        tuple(Judgement(anaphor, tuple(next(classes)), tuple(next(cases)), None) for anaphor in asked.anaphors)
        for asked in batch
    ]


def _leads(batch: Sequence[_Asked], predictions: Sequence[Predictions]) -> list[list[float]]:
    """For each window, how much likelier the class of each written form is than any other; below 0 where one is."""
    classes = np.concatenate([own.classes for own in predictions])
    rows = np.arange(len(classes))
    written = [_CLASS_INDEX[anaphor.form] for asked in batch for anaphor in asked.anaphors]
    probabilities = classes[rows, written]
    classes[rows, written] = 0.0
    leads = iter((probabilities - classes.max(axis=1)).tolist())
    return [[next(leads) for _ in asked.anaphors] for asked in batch]


def _controllers(predictions: VerbPredictions, slots: Sequence[AgreementSlot], states: WindowStates) -> list[int]:
    """The word on which the form of each slot depends most: of the nouns, names and pronouns that matter, if any do."""
    if not slots:
        return []
    positions = np.array([slot.word_index for slot in slots])
    places = np.clip(positions[:, None] + OFFSETS, 0, len(states.embedded) - 1)
    weights = predictions.controllers
    of_mentions = weights * states.encoded.candidates[places]
    # A subject stands before its verb, but for questions.
    before = of_mentions * (OFFSETS < 0)
    shown = np.where(of_mentions.max(axis=1, keepdims=True) >= _MATTERS, of_mentions, weights)
    shown = np.where(before.max(axis=1, keepdims=True) >= _MATTERS, before, shown)
    controllers: list[int] = np.take_along_axis(places, shown.argmax(axis=1)[:, None], axis=1)[:, 0].tolist()
    return controllers


def _case_odds(begins_noun_phrase: Sequence[bool]) -> Floats:
    """(P, 4): factors of the case probabilities, for whether a noun phrase begins after each pronoun."""
    odds = np.ones((len(begins_noun_phrase), len(CASES)), np.float32)
    odds[:, CASES.index("determiner")] = np.where(begins_noun_phrase, _DETERMINER_ODDS, 1 / _DETERMINER_ODDS)
    odds[:, CASES.index("possessive")] = np.where(begins_noun_phrase, _NEARLY_NOTHING, 1)
    return odds


def _meant_classes(predictions: Predictions, forms: Sequence[str]) -> Ints:
    """(P,): the class of each antecedent: that of the written form where it may be right, else the likeliest.

    Where he and she together are likelier than any other class, the likelier of the two: a name of either gender
    is still a person's.
    """
    written: Ints = np.array([_CLASS_INDEX[form] for form in forms], np.int64)
    may_be_right = predictions.classes[np.arange(len(written)), written] >= _PLAUSIBLE
    is_person = predictions.classes[:, :_N_GENDERS].sum(axis=1) > predictions.classes[:, _N_GENDERS:].max(axis=1)
    gender = predictions.classes[:, :_N_GENDERS].argmax(axis=1)
    likeliest: Ints = np.where(is_person, gender, predictions.classes.argmax(axis=1))
    return np.where(may_be_right, written, likeliest)
