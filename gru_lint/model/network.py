"""The agreement network at lint time: windows in, judgements out, NumPy alone.

The NumPy twin of `gru_lint.training.model.network`, whose docstring explains the design; the arrays have the
same names. The encoders read windows in batches of similar length; then the pronouns of a batch are judged
together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gru_lint.english.declarations import spelled_as_declared
from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import AgreementClass
from gru_lint.model.antecedents import AntecedentResolver
from gru_lint.model.batches import BATCH_WORDS, batches_of
from gru_lint.model.candidates import Candidates
from gru_lint.model.cells import Cell, Floats
from gru_lint.model.encoders import Encoders, WindowStates
from gru_lint.model.heads import Heads, MentionLayers, Predictions
from gru_lint.model.judgements import Targets, case_judgements_of, judgements_of, margin_of, slot_judgements_of
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
# A question about a judgement on a word of a window.
Asking = Callable[[Window, AnyJudgement], bool]


class AgreementNetwork:
    """Judges windows with trained weights; between calls, only its lexicon and its encoders cache anything.

    declared        words to read as names, each with its gender; see `Lexicon`
    resolve_all     whether every pronoun's antecedent is resolved, or only that of unexpected pronouns
    resolve_beside  words: in a window that holds one of them, every pronoun's antecedent is resolved
    may_report      whether a rule may report a judgement, by default always: only then is its window read by itself
    should_resolve  whether the antecedent of an unexpected pronoun is resolved in such a window, by default always: a
                    rule may report the pronoun, at least beside another one. It takes longer than all else
    incremental     see `Encoders`: for a text that is being edited
    judges_forms    whether verbs and demonstratives are judged too, if the weights can
    """

    def __init__(
        self,
        weights: Weights,
        declared: Mapping[str, AgreementClass | None] | None = None,
        *,
        resolve_all: bool = False,
        resolve_beside: Collection[str] = (),
        may_report: Asking = lambda _window, _judgement: True,
        should_resolve: Asking = lambda _window, _judgement: True,
        incremental: bool = False,
        judges_forms: bool = True,
    ) -> None:
        keep_freed_blocks()
        self.sizes = weights.architecture
        self.lexicon = Lexicon(weights.vocabulary, declared)
        self._resolve_all, self._resolve_beside = resolve_all, resolve_beside
        self._may_report = may_report
        self._should_resolve = should_resolve
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
        resolve_all = resolve_all or self._resolve_all
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
        resolves = [resolve_all or self._resolves(window) for window in windows]
        with one_blas_thread():
            for is_resolved in (False, True):
                alike = [index for index, resolved in enumerate(resolves) if resolved == is_resolved]
                for batch in batches_of([of_windows[index] for index in alike]):
                    indices = [alike[place] for place in batch]
                    judged = self._judge_batch([of_windows[index] for index in indices], resolve_all=is_resolved)
                    for index, own in zip(indices, judged, strict=True):
                        judgements[index] = own
        yield from zip(windows, judgements, strict=True)

    def _resolves(self, window: Window) -> bool:
        """Whether every pronoun of a window is resolved, since the window holds one of some words."""
        if not self._resolve_beside:
            return False
        text = spelled_as_declared(" ".join(window.words))
        return any(word in text for word in self._resolve_beside)

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
        nothing that is shown depends on the other windows, not even the last digit of a confidence. In a text that is
        being edited windows are few, and each is read by itself at once.
        """
        judged: list[tuple[AnyJudgement, ...]] = [()] * len(batch)
        doubted: Sequence[int] = range(len(batch))
        if not self._encoders.continues(len(batch)):
            judged = self._judge_together(batch, resolve_all=resolve_all)
            doubted = [
                index
                for index, (targets, own) in enumerate(zip(batch, judged, strict=True))
                if self._is_doubted(targets.window, own, resolve_all=resolve_all)
            ]
        for index, states in zip(doubted, self._read_each([batch[index].window for index in doubted]), strict=True):
            judged[index] = self._judge_alone(batch[index], states, resolve_all=resolve_all)
        return judged

    def _read_each(self, windows: Sequence[Window]) -> Iterator[WindowStates]:
        """The encoders' states over windows, each read whole and by itself."""
        return self._encoders.read_each(self.lexicon.encode_each([window.words for window in windows]))

    def _judge_together(self, batch: Sequence[Targets], *, resolve_all: bool) -> list[tuple[AnyJudgement, ...]]:
        """The judgements on the words of B windows that are read together."""
        states = self.read([targets.window for targets in batch], whole=resolve_all)
        of_slots = self._judge_slots(batch, states)
        holding = [index for index, targets in enumerate(batch) if targets.anaphors or targets.first_persons]
        of_heads: dict[int, tuple[AnyJudgement, ...]] = {}
        if holding:
            targets, own_states = [batch[index] for index in holding], [states[index] for index in holding]
            predictions = self._heads.predictions(own_states, [own.anaphors + own.first_persons for own in targets])
            judged = judgements_of(
                targets, [found.rows(0, len(own.anaphors)) for own, found in zip(targets, predictions, strict=True)]
            )
            if resolve_all:
                judged = [
                    self._with_antecedents(own, pronouns, read, range(len(pronouns)))
                    for own, pronouns, read in zip(targets, judged, own_states, strict=True)
                ]
            of_heads = {
                index: (*pronouns, *case_judgements_of(own, found.rows(len(own.anaphors), len(found.positions))))
                for index, own, found, pronouns in zip(holding, targets, predictions, judged, strict=True)
            }
        return [_in_order(*of_heads.get(index, ()), *slots) for index, slots in enumerate(of_slots)]

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

    def _is_doubted(self, window: Window, judgements: Iterable[AnyJudgement], *, resolve_all: bool) -> bool:
        """Whether a rule may report a word of a window, even if only the last digits of its probabilities change."""

        def is_doubted(judgement: AnyJudgement) -> bool:
            if not isinstance(judgement, Judgement):
                return self._may_report(window, judgement)
            margin = margin_of(judgement)
            # Of a resolved pronoun, a rule may report even one of the likeliest class: a declaration decides.
            return (
                abs(margin) < _TIE
                or ((margin < 0 or resolve_all) and self._may_report(window, judgement))
                or (self.judges_forms and self._may_report(window, judgement.case))
            )

        return any(map(is_doubted, judgements))

    def _judge_alone(self, targets: Targets, states: WindowStates, *, resolve_all: bool) -> tuple[AnyJudgement, ...]:
        """The judgements on a window that was read by itself, with the antecedents of those that a rule may report.

        The head was taught cases by he, she and they. It reads what stands beside the word and never the word, so
        that it knows those of I and we as well.
        """
        (slots,) = self._judge_slots([targets], [states])
        if not (targets.anaphors or targets.first_persons):
            return slots
        layers = self._heads.mention_layers([states])
        pronouns: tuple[Judgement, ...] = ()
        cases: tuple[CaseJudgement, ...] = ()
        if targets.first_persons:
            cases = case_judgements_of(targets, *self._heads.predictions([states], [targets.first_persons], layers))
        if targets.anaphors:
            (pronouns,) = judgements_of([targets], self._heads.predictions([states], [targets.anaphors], layers))
            resolved = range(len(pronouns)) if resolve_all else self._resolved(targets.window, pronouns)
            if resolved:
                pronouns = self._with_antecedents(targets, pronouns, states, resolved, layers)
        return _in_order(*pronouns, *cases, *slots)

    def _resolved(self, window: Window, judgements: Sequence[Judgement]) -> list[int]:
        """The indices of the pronouns of a window that a rule may report, perhaps only beside another one of them."""
        is_doubted = self._is_doubted(window, judgements, resolve_all=False)
        return [
            index
            for index, judgement in enumerate(judgements)
            if is_doubted and margin_of(judgement) < 0 and self._should_resolve(window, judgement)
        ]

    def _with_antecedents(
        self,
        targets: Targets,
        judgements: Sequence[Judgement],
        states: WindowStates,
        resolved: Iterable[int],
        layers: MentionLayers | None = None,
    ) -> tuple[Judgement, ...]:
        """The judgements with the antecedents of some of them, by index; `states` are those of the whole window."""
        word_indices = {targets.anaphors[index].word_index for index in resolved}
        resolutions = self._antecedents.likeliest(targets.window, states, word_indices, layers)
        return tuple(
            replace(judgement, **resolutions[judgement.word_index]._asdict())
            if judgement.word_index in resolutions
            else judgement
            for judgement in judgements
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


def _in_order(*judgements: AnyJudgement) -> tuple[AnyJudgement, ...]:
    return tuple(sorted(judgements, key=lambda judgement: judgement.word_index))
