"""The network in NumPy: what it may not read, and that no window depends on the others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from small_network import CELLS, LAST_BITS, WINDOWS, by_numpy, check, random_weights, window

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM, REFLEXIVE_FORMS
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import Encoders
from gru_lint.model.heads import Predictions
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path
from gru_lint.records import Judgement, Window
from gru_lint.segment.windows import find_anaphors


@pytest.mark.parametrize("cell", CELLS)
def test_probabilities_sum_to_one(cell: str) -> None:
    for predictions in by_numpy(AgreementNetwork(random_weights(cell)), WINDOWS):
        for probabilities in (predictions.classes, predictions.cases, predictions.links):
            check(probabilities.sum(axis=-1), np.ones(len(predictions.positions)))
        check(predictions.by_mention.sum(axis=-1), np.ones(predictions.by_mention.shape[:2]))


def test_first_and_second_persons_stand_in_reflexive_slots_only() -> None:
    network = AgreementNetwork(random_weights("gru"))
    for given, predictions in zip(WINDOWS, by_numpy(network, WINDOWS), strict=True):
        for position, classes in zip(predictions.positions.tolist(), predictions.classes, strict=True):
            assert (classes[4:].sum() > 0) == (given.words[position].lower() in REFLEXIVE_FORMS)


def shares_of_words(given: Window, predictions: Predictions) -> Floats:
    """(P, T): the attention of each pronoun to each word, 0 where no mention ends."""
    shares = np.zeros((len(predictions.positions), len(given.words)), np.float32)
    shares[:, predictions.mentions] = predictions.links
    return shares


@pytest.mark.parametrize("number", range(len(WINDOWS)))
@pytest.mark.parametrize("cell", CELLS)
def test_the_word_judged_is_never_read(cell: str, number: int) -> None:
    network = AgreementNetwork(random_weights(cell))
    given = WINDOWS[number]
    anaphors = find_anaphors(given, first=1)
    (before,) = by_numpy(network, [given])
    for row, anaphor in enumerate(anaphors):
        alike = [form for form in CLASS_OF_FORM if (form in REFLEXIVE_FORMS) == (anaphor.form in REFLEXIVE_FORMS)]
        for other in (*alike, alike[0].capitalize(), "captain", "the", "1870", "zzz", ","):
            words = (*given.words[: anaphor.word_index], other, *given.words[anaphor.word_index + 1 :])
            changed = replace(given, words=words)
            (states,) = network.read([changed])
            after = network.predictions(states, anaphors)
            check(after.classes[row], before.classes[row], LAST_BITS)
            check(after.cases[row], before.cases[row], LAST_BITS)
            check(shares_of_words(changed, after)[row], shares_of_words(given, before)[row], LAST_BITS)


def test_every_other_word_is_read() -> None:
    # The counterpart of the test above: there, nothing changes because nothing is read, not by chance.
    network = AgreementNetwork(random_weights("gru"))
    given = WINDOWS[0]
    (before,) = by_numpy(network, [given])
    for index in range(1, len(given.words)):
        words = (*given.words[:index], "zzz", *given.words[index + 1 :])
        (states,) = network.read([replace(given, words=words)])
        after = network.predictions(states, find_anaphors(given, first=1))
        for row, position in enumerate(before.positions.tolist()):
            moved = float(np.abs(after.classes[row] - before.classes[row]).max())
            assert position == index or moved > LAST_BITS, (given.words[position], given.words[index])


@pytest.mark.parametrize("incremental", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_what_stands_before_the_judged_words_need_not_be_read_from_the_right(cell: str, incremental: bool) -> None:
    network = AgreementNetwork(random_weights(cell), incremental=incremental)
    windows = [replace(given, first_judged=len(given.words) // 2) for given in WINDOWS]
    windows = [given for given in windows if find_anaphors(given)]
    assert windows
    for given, whole, part in zip(windows, network.read(windows), network.read(windows, whole=False), strict=True):
        assert not part.backward[: given.first_judged].any()
        after, before = (network.predictions(states, find_anaphors(given)) for states in (part, whole))
        check(after.classes, before.classes, LAST_BITS)
        check(after.cases, before.cases, LAST_BITS)
        check(after.links, before.links, LAST_BITS)


def check_judgements(found: Sequence[Judgement], wanted: Sequence[Judgement]) -> None:
    """The same pronouns with the same verdicts, to the last bits of a float."""
    assert [judgement.anaphor for judgement in found] == [judgement.anaphor for judgement in wanted]
    for one, other in zip(found, wanted, strict=True):
        check(np.array(one.probabilities), other.probabilities, LAST_BITS)
        check(np.array(one.cases), other.cases, LAST_BITS)
        assert mention_of(one) == mention_of(other)


def mention_of(judgement: Judgement) -> tuple[int, int] | None:
    """Where the antecedent begins and ends."""
    mention = judgement.antecedent
    return None if mention is None else (mention.first_word, mention.end_word)


@pytest.mark.parametrize("cell", CELLS)
def test_windows_are_judged_alone(cell: str) -> None:
    network = AgreementNetwork(random_weights(cell))
    # More than one batch and more than one pool, of windows of unlike lengths.
    many = [WINDOWS[index % len(WINDOWS)] for index in range(401)]
    alone = {given: next(network.judge([given]))[1] for given in WINDOWS}
    judged = list(network.judge(many))
    assert [given for given, _ in judged] == many
    for given, judgements in judged:
        check_judgements(judgements, alone[given])


def test_only_the_judged_part_is_judged() -> None:
    network = AgreementNetwork(random_weights("gru"))
    whole = replace(WINDOWS[4], first_judged=1)
    ((_, judgements), (_, all_judgements)) = network.judge([WINDOWS[4], whole])
    assert [judgement.anaphor.form for judgement in judgements] == ["her", "it", "theirs"]
    check_judgements(judgements, all_judgements[-len(judgements) :])


@pytest.mark.parametrize(
    "given", [window("IT DEPARTMENT ."), window("Nobody was there .")], ids=["pronouns in capitals", "no pronoun"]
)
def test_window_without_a_question(given: Window) -> None:
    network = AgreementNetwork(random_weights("gru"))
    assert list(network.judge([given])) == [(given, ())]


def test_no_windows() -> None:
    assert list(AgreementNetwork(random_weights("gru")).judge([])) == []


def test_windows_that_are_read_at_once_are_to_the_last_digit_as_if_each_were_read_by_itself() -> None:
    weights = read_weights(default_weights_path())
    encoders, lexicon, chance = Encoders(weights), Lexicon(weights.vocabulary), random.Random(1)
    words = "Mary the captain told her him that ; and they were lost at sea . It".split()
    texts = [["<begin>", *chance.choices(words, k=chance.randrange(1, 230))] for _ in range(15)]
    encoded = lexicon.encode_each(texts)
    for own, at_once in zip(encoded, encoders.read_each(encoded), strict=True):
        (alone,) = encoders.read([own], [0], [len(own.word_ids)])
        for name in ("embedded", "forward", "backward"):
            np.testing.assert_array_equal(getattr(at_once, name), getattr(alone, name), name)
