"""`lint_texts`: what is found in a text does not depend on the texts beside it, and BLAS is left as it was."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from segments import segments

from gru_lint import lint_text, lint_texts, read_settings
from gru_lint.linter import texts as linter_texts
from gru_lint.model import batches as batches_of_windows
from gru_lint.model import network
from gru_lint.runtime.threads import one_blas_thread

_LONG = "\n\n".join(segments(60, seed=9, share_of_pronouns=1.0))
_ODD = ["", " ", "\0", "she", "He hurt herself.", "It. " * 400, "\ud800 she", "IT is HERS", _LONG]


def texts(n: int) -> list[str]:
    """Segments with odd texts among them, and some of several segments."""
    rng = random.Random(4)
    found = segments(n - len(_ODD), seed=3)
    joined = [" ".join(rng.sample(found, 3)) if rng.random() < 0.1 else text for text in found]
    return rng.sample([*joined, *_ODD], n)


@pytest.fixture
def batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has so many words judged together."""
    monkeypatch.setattr(linter_texts, "_POOL_WORDS", request.param)
    monkeypatch.setattr(network, "_POOL_WORDS", request.param)
    monkeypatch.setattr(batches_of_windows, "BATCH_WORDS", max(1, request.param // 2))


@pytest.mark.parametrize(
    "batches",
    [pytest.param(1, marks=pytest.mark.slow), pytest.param(150, marks=pytest.mark.slow), 20_000],
    indirect=True,
)
@pytest.mark.usefixtures("batches")
def test_a_text_is_judged_as_if_it_were_alone() -> None:
    given = texts(500)
    assert list(lint_texts(given)) == [lint_text(text) for text in given]


@pytest.mark.slow
@pytest.mark.parametrize("batches", [70, 997, 20_000], indirect=True)
@pytest.mark.usefixtures("batches")
def test_ten_thousand_texts_are_judged_as_if_each_were_alone() -> None:
    given = texts(10_000)
    found = list(lint_texts(given))
    assert found == [lint_text(text) for text in given]
    assert sum(map(len, found)) > 50


def test_declared_pronouns_count_in_many_texts_as_in_one() -> None:
    settings = read_settings({"pronouns": {"Anna": "they", "Hans Weber": "she"}, "min-confidence": 0.5})
    given = texts(400)
    found = list(lint_texts(given, settings=settings))
    assert found == [lint_text(text, settings=settings) for text in given]
    assert {finding.code for findings in found for finding in findings} >= {"PA001", "PA005"}


def test_a_name_says_how_its_text_is_read() -> None:
    given = ["```\nThe king hurt herself.\n```", "The king hurt herself. <!-- gru-lint: ignore -->"]
    assert [len(found) for found in lint_texts(given, filenames=["a.md", "a.md"])] == [0, 0]
    assert [len(found) for found in lint_texts(given, filenames=[None, "a.txt"])] == [1, 1]


@pytest.mark.parametrize("names", [["a.md"], ["a.md", "b.md", "c.md"]])
def test_as_many_names_as_texts(names: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        list(lint_texts(["She.", "He."], filenames=names))


@pytest.mark.parametrize("batches", [40], indirect=True)
@pytest.mark.usefixtures("batches")
def test_texts_without_an_end_are_judged_as_they_come() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "The king hurt herself."
            yield "The weather was fine."

    assert [len(found) for found in islice(lint_texts(endless()), 6)] == [1, 0] * 3


def blas_threads() -> list[int]:
    """How many threads each BLAS of this process uses."""
    from threadpoolctl import threadpool_info

    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.fixture
def two_threads() -> Iterator[None]:
    """What a caller may have set."""
    import numpy  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=2, user_api="blas"):
        if 2 not in blas_threads():
            pytest.skip("this BLAS does not let its threads be set")
        yield


@pytest.mark.usefixtures("two_threads")
def test_blas_has_one_thread_while_a_text_is_judged_and_the_callers_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[int]] = []
    run_cell = network.Encoders.read

    def watched(*arguments: object) -> object:
        seen.append(blas_threads())
        return run_cell(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(network.Encoders, "read", watched)
    before = blas_threads()
    findings = lint_texts(["The king hurt herself."] * 3)
    next(findings)
    assert seen
    assert all(set(threads) == {1} for threads in seen)
    # Between two findings the caller's setting holds, too.
    assert blas_threads() == before


@pytest.mark.usefixtures("two_threads")
def test_the_last_one_to_leave_restores_the_setting() -> None:
    before = blas_threads()
    first, second = one_blas_thread(), one_blas_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert set(blas_threads()) == {1}
    second.__exit__(None, None, None)
    assert blas_threads() == before


@pytest.mark.usefixtures("two_threads")
def test_an_error_restores_the_setting() -> None:
    before = blas_threads()
    with pytest.raises(RuntimeError), one_blas_thread():
        raise RuntimeError
    assert blas_threads() == before
