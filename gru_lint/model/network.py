"""The agreement network at lint time: windows in, judgements out, NumPy alone.

The NumPy twin of `gru_lint.training.model.network`, whose docstring explains the design; the arrays have the
same names. The encoders read windows in batches of similar length; then the pronouns of a batch are judged
together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import AgreementClass
from gru_lint.model.antecedents import AntecedentResolver
from gru_lint.model.batches import BATCH_WORDS, batches_of
from gru_lint.model.candidates import Candidates
from gru_lint.model.cells import Cell, Floats
from gru_lint.model.encoders import Encoders, WindowStates
from gru_lint.model.heads import Heads, Predictions
from gru_lint.model.judgements import Targets, case_judgements_of, judgements_of, margins_of, slot_judgements_of
from gru_lint.model.verbs import VerbJudge, VerbPredictions
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
from gru_lint.runtime.memory import keep_freed_blocks
from gru_lint.runtime.threads import one_blas_thread
from gru_lint.segment.windows import find_anaphors, find_first_persons, find_slots, has_anaphor, has_anaphor_or_slot

# Windows are cut into batches within a pool of so many words; results come a pool at a time.
_POOL_WORDS = 2 * BATCH_WORDS
# Which of two probabilities is the greater may depend on the other windows of a batch where they differ by less.
_TIE = 1e-4


class AgreementNetwork:
    """Judges windows with trained weights; between calls, only its lexicon and its encoders cache anything.

    declared        words to read as names, each with its gender; see `Lexicon`
    resolve_all     whether every pronoun's antecedent is resolved, or only that of unexpected pronouns
    should_resolve  whether a rule may report an unexpected pronoun, verb or demonstrative, by default always: only then
                    is its antecedent resolved, which takes longer than all else
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
        keep_freed_blocks()
        self.sizes = weights.architecture
        self.lexicon = Lexicon(weights.vocabulary, declared)
        self._resolve_all = resolve_all
        self._should_resolve = should_resolve or (lambda _window, _judgement: True)
        self._encoders = Encoders(weights, incremental=incremental)
        self._heads = Heads(weights.arrays, weights.architecture.n_attention)
        self._antecedents = AntecedentResolver(self._heads, self.lexicon)
        self._verbs = VerbJudge(weights) if judges_forms and weights.architecture.judges_verbs else None

    @property
    def judges_forms(self) -> bool:
        """Whether verbs and demonstratives are judged."""
        return self._verbs is not None

    @property
    def holds_judged(self) -> Callable[[Sequence[str]], bool]:
        """The function that says whether any word of a sentence is judged."""
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
        of_windows = [
            Targets(window, find_anaphors(window), find_slots(window), find_first_persons(window))
            if self._verbs
            else Targets(window, find_anaphors(window))
            for window in windows
        ]
        judgements: list[tuple[AnyJudgement, ...]] = [()] * len(windows)
        with one_blas_thread():
            for batch in batches_of(of_windows):
                judged = self._judge_batch(
                    [of_windows[index] for index in batch], resolve_all=resolve_all or self._resolve_all
                )
                for index, own in zip(batch, judged, strict=True):
                    judgements[index] = own
        yield from zip(windows, judgements, strict=True)

    def read(self, windows: Sequence[Window], *, whole: bool = True) -> list[WindowStates]:
        """The encoders' states over B windows.

        whole  whether the encoders read all of each window; else the backward encoder stops at the first judged word
               and the forward one after the last, which is enough where no antecedent is resolved
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

    def _judge_batch(self, batch: Sequence[Targets], *, resolve_all: bool) -> list[tuple[AnyJudgement, ...]]:
        """The judgements on the words of B windows, at least one in each.

        A window that a rule may report is read once more, by itself, and these judgements replace those of the batch:
        nothing that is shown depends on the other windows, not even the last digit of a confidence.
        """
        states = self.read([targets.window for targets in batch], whole=resolve_all)
        of_pronouns, of_cases = self._judge_heads(batch, states, resolve_all=resolve_all)
        if self._verbs is None:
            return list(of_pronouns)
        judged = []
        for targets, own_pronouns, own_cases, own_slots in zip(
            batch, of_pronouns, of_cases, self._judge_slots(batch, states), strict=True
        ):
            if any(self._should_resolve(targets.window, judgement) for judgement in own_slots):
                (own_slots,) = self._judge_slots([targets], self.read([targets.window]))
            if any(self._should_resolve(targets.window, judgement) for judgement in own_cases):
                own_cases = self._judge_cases_alone(targets)
            every: list[AnyJudgement] = [*own_pronouns, *own_slots, *own_cases]
            judged.append(tuple(sorted(every, key=lambda judgement: judgement.word_index)))
        return judged

    def _judge_heads(
        self, batch: Sequence[Targets], states: Sequence[WindowStates], *, resolve_all: bool
    ) -> tuple[list[tuple[Judgement, ...]], list[tuple[CaseJudgement, ...]]]:
        """The judgements on the pronouns of B windows, and on those whose case alone is judged.

        The head was taught cases by he, she and they. It reads what stands beside the word and never the word, so
        that it knows those of I and we as well.
        """
        of_pronouns: list[tuple[Judgement, ...]] = [()] * len(batch)
        of_cases: list[tuple[CaseJudgement, ...]] = [()] * len(batch)
        holding = [index for index, targets in enumerate(batch) if targets.anaphors or targets.first_persons]
        if not holding:
            return of_pronouns, of_cases
        predictions = dict(
            zip(
                holding,
                self._heads.predictions(
                    [states[index] for index in holding],
                    [batch[index].anaphors + batch[index].first_persons for index in holding],
                ),
                strict=True,
            )
        )
        for index, own in predictions.items():
            of_cases[index] = case_judgements_of(batch[index], own.rows(len(batch[index].anaphors), len(own.positions)))
        with_pronouns = [index for index in holding if batch[index].anaphors]
        judged = self._judge_pronouns(
            [batch[index] for index in with_pronouns],
            [states[index] for index in with_pronouns],
            [predictions[index].rows(0, len(batch[index].anaphors)) for index in with_pronouns],
            resolve_all=resolve_all,
        )
        for index, pronouns in zip(with_pronouns, judged, strict=True):
            of_pronouns[index] = pronouns
        return of_pronouns, of_cases

    def _judge_cases_alone(self, targets: Targets) -> tuple[CaseJudgement, ...]:
        """The judgements on the pronouns of a window whose case alone is judged, read by itself."""
        (predictions,) = self._heads.predictions(self.read([targets.window]), [targets.first_persons])
        return case_judgements_of(targets, predictions)

    def _judge_pronouns(
        self,
        batch: Sequence[Targets],
        states: Sequence[WindowStates],
        predictions: Sequence[Predictions],
        *,
        resolve_all: bool,
    ) -> list[tuple[Judgement, ...]]:
        """The judgements on the pronouns of B windows, at least one in each; see `_judge_batch`."""
        if not batch:
            return []
        judged = judgements_of(batch, predictions)
        if resolve_all:
            judged = [
                self._with_antecedents(targets, own, own_states, range(len(targets.anaphors)))
                for targets, own, own_states in zip(batch, judged, states, strict=True)
            ]
        return [
            self._judge_alone(targets, resolve_all=resolve_all)
            if self._may_be_flagged(targets, own, margins, resolve_all=resolve_all)
            else own
            for targets, own, margins in zip(batch, judged, margins_of(batch, predictions), strict=True)
        ]

    def form_predictions(
        self, windows: Sequence[Window], slots: Sequence[Sequence[AgreementSlot]]
    ) -> list[VerbPredictions]:
        """The outputs for any slots of windows. Raises ValueError where the weights do not judge verbs."""
        if self._verbs is None:
            raise ValueError("these weights do not judge verbs")
        with one_blas_thread():
            return self._verbs.judge(self.read(windows), slots)

    def _judge_slots(self, batch: Sequence[Targets], states: Sequence[WindowStates]) -> list[tuple[SlotJudgement, ...]]:
        """The judgements on the verbs and demonstratives of each window."""
        if self._verbs is None:
            return [()] * len(batch)
        predictions = self._verbs.judge(states, [targets.slots for targets in batch])
        return [
            slot_judgements_of(targets, own, own_states)
            for targets, own, own_states in zip(batch, predictions, states, strict=True)
        ]

    def _may_be_flagged(
        self, targets: Targets, judgements: Sequence[Judgement], margins: Sequence[float], *, resolve_all: bool
    ) -> bool:
        """Whether a rule may report a pronoun of a window, even if only the last digits of its probabilities change."""
        # Of a resolved pronoun, a rule may report even one of the likeliest class: a declaration decides.
        return any(
            abs(margin) < _TIE
            or ((margin < 0 or resolve_all) and self._should_resolve(targets.window, judgement))
            or (self.judges_forms and self._should_resolve(targets.window, judgement.case))
            for judgement, margin in zip(judgements, margins, strict=True)
        )

    def _judge_alone(self, targets: Targets, *, resolve_all: bool) -> tuple[Judgement, ...]:
        """The judgements on a window that is read by itself, with the antecedents of those that a rule may report."""
        (states,) = self.read([targets.window])
        predictions = self._heads.predictions([states], [targets.anaphors])
        (judgements,), (margins,) = judgements_of([targets], predictions), margins_of([targets], predictions)
        resolved = [
            index
            for index, margin in enumerate(margins)
            if resolve_all or (margin < 0 and self._should_resolve(targets.window, judgements[index]))
        ]
        return self._with_antecedents(targets, judgements, states, resolved) if resolved else judgements

    def _with_antecedents(
        self, targets: Targets, judgements: Sequence[Judgement], states: WindowStates, resolved: Iterable[int]
    ) -> tuple[Judgement, ...]:
        """The judgements with the antecedents of some of them, by index; `states` are those of the whole window."""
        word_indices = {targets.anaphors[index].word_index for index in resolved}
        antecedents = self._antecedents.likeliest(targets.window, states, word_indices)
        return tuple(
            replace(judgement, antecedent=antecedents.get(judgement.anaphor.word_index)) for judgement in judgements
        )

    def antecedent_candidates(self, window: Window, word_indices: Collection[int]) -> list[Candidates]:
        """What speaks for each entity of a window as the antecedent of some of its pronouns."""
        with one_blas_thread():
            (states,) = self.read([window])
            return list(self._antecedents.candidates(window, states, word_indices))

    def candidates(self, windows: Sequence[Window], least: float) -> list[tuple[tuple[Mention, ...], ...]]:
        """For each judged pronoun of each of B windows, the mentions that it may refer to, the likeliest first.

        least  mentions with a lower probability are left out
        """
        holding = [window for window in windows if find_anaphors(window)]
        with one_blas_thread():
            states = self.read(holding) if holding else []
            ranked = iter(
                [self._antecedents.mentions(window, own, least) for window, own in zip(holding, states, strict=True)]
            )
        return [next(ranked) if find_anaphors(window) else () for window in windows]
