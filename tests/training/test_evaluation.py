"""The measures and the readers of the evaluation sets, on small texts of their formats."""

from __future__ import annotations

import io
import lzma
import tarfile
from pathlib import Path

import pytest

from gru_lint.config.settings import read_settings
from gru_lint.linter import Linter
from gru_lint.records import Span
from gru_lint.training.data.corpus import documents_of, read_documents, split_of
from gru_lint.training.measure.baselines import NearestMention
from gru_lint.training.measure.evaluate import (
    measure_baselines,
    measure_blimp,
    measure_flags,
    measure_litbank,
    measure_texts,
)
from gru_lint.training.measure.evaluation_sets import read_gap, read_litbank
from gru_lint.training.measure.gap import measure_gap
from gru_lint.training.measure.judging import judged_pronouns
from gru_lint.training.measure.marked_texts import read_reported
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.reliability import Findings

_GAP = (
    "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    "test-1\tThe wife left. John Smith lost his hat near the old castle.\this\t31\t"
    "John Smith\t15\tTRUE\twife\t4\tFALSE\tx\n"
)
_CONLL = """#begin document (x); part 0
x\t0\t0\tMary\t_\t_\t_\t_\t_\t_\t_\t_\t(0
x\t0\t1\tJones\t_\t_\t_\t_\t_\t_\t_\t_\t0)
x\t0\t2\tlost\t_\t_\t_\t_\t_\t_\t_\t_\t_
x\t0\t3\ther\t_\t_\t_\t_\t_\t_\t_\t_\t(1|(0)
x\t0\t4\that\t_\t_\t_\t_\t_\t_\t_\t_\t1)
x\t0\t5\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_

x\t0\t0\tShe\t_\t_\t_\t_\t_\t_\t_\t_\t(0)
x\t0\t1\tdidn\t_\t_\t_\t_\t_\t_\t_\t_\t_
x\t0\t2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\t_
x\t0\t3\tcry\t_\t_\t_\t_\t_\t_\t_\t_\t_
x\t0\t4\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_
#end document
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(settings=read_settings({"min-confidence": 0.9}), resolve_all=True)


def test_gap_is_read_with_its_spans(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text(_GAP, encoding="utf-8")
    (row,) = read_gap(path)
    spans = (row.pronoun, *row.names)
    assert [row.text[span.start : span.end] for span in spans] == ["his", "John Smith", "wife"]
    assert row.is_antecedent == (True, False)


def test_litbank_is_laid_out_as_text_and_distances_count_from_the_name(tmp_path: Path) -> None:
    path = tmp_path / "litbank.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        member = tarfile.TarInfo("conll/x.conll")
        member.size = len(_CONLL.encode())
        archive.addfile(member, io.BytesIO(_CONLL.encode()))
    (document,) = read_litbank(path)
    assert document.text == "Mary Jones lost her hat. She didn n't cry.".replace("didn n't", "didnn't")
    assert {document.text[start:].split()[0]: n for start, n in document.distances.items()} == {"her": 1, "She": 4}


def test_a_flip_is_found_and_the_text_as_it_stands_is_not(linter: Linter) -> None:
    figures = measure_texts(linter, ["The king hurt himself.", "The queen hurt herself."])
    assert figures["recall"] == figures["suggestion_right"] == figures["gender_right"] == 1.0
    assert figures["false_alarms_per_10000_words"] == 0.0
    assert (figures["words"], figures["pronouns"]) == (8, 2)


def test_an_error_in_the_text_is_counted_as_a_false_alarm(linter: Linter) -> None:
    figures = measure_texts(linter, ["The king hurt herself."])
    assert figures["false_alarms_per_10000_words"] == 2500.0
    assert figures["false_alarms_by_rule"] == {"reflexive-mismatch": 1}
    assert figures["recall"] == 0.0


def test_gap_points_at_the_gold_name(linter: Linter, tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text(_GAP, encoding="utf-8")
    figures = measure_gap(linter, read_gap(path))
    assert figures["pronouns"] == 1
    assert figures["antecedent_right_masculine"] == 1.0
    assert figures["antecedent_right_feminine"] is None


def test_litbank_counts_by_distance(linter: Linter) -> None:
    from gru_lint.training.measure.evaluation_sets import CoreferenceDocument

    document = CoreferenceDocument("The king hurt himself.", {14: 7})
    figures = measure_litbank(linter, [document])
    assert figures["recall_by_distance"]["5-9"] == {"pronouns": 1, "recall": 1.0}
    assert figures["recall_by_distance"]["0-4"] == {"pronouns": 0, "recall": None}


def test_blimp_counts_pairs(linter: Linter) -> None:
    good, bad = "The king hurt himself.", "The king hurt herself."
    assert measure_blimp(linter, [(good, bad)]) == 1.0
    assert measure_blimp(linter, [(good, bad), (bad, good)]) == 0.5


def test_flags_count_sentences(linter: Linter) -> None:
    counts = measure_flags(linter, ["The king hurt herself.", "The queen hurt herself.", "It rained."])
    assert counts == {"sentences": 3, "flagged": 1, "flagged_masculine": 0, "flagged_feminine": 1}


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Mary left. He", "He", "feminine"),
        ("My uncle left. She", "She", "masculine"),
        ("Mr. Jones met Mrs. Jones. He", "He", "feminine"),
        ("She left. He", "He", "feminine"),
        ("It rained. He", "He", None),
    ],
)
def test_the_nearest_mention_decides(linter: Linter, text: str, word: str, wanted: str | None) -> None:
    assert NearestMention(linter.network.lexicon).genders(text)[text.rindex(word)] == wanted


def test_baselines_are_measured_like_the_network(linter: Linter) -> None:
    rows = measure_baselines(linter, ["Mary left, and she cried. John met Mary, and he smiled."])
    assert rows["nearest"]["recall"] == 0.5
    assert rows["prior"]["recall"] == 0.5
    assert rows["prior"]["false_alarms_per_1000_pronouns"] == 500.0


def test_an_error_that_was_made_is_right_and_the_text_as_it_stands_is_not(linter: Linter) -> None:
    findings = Findings()
    measure_texts(linter, ["The king hurt himself."], findings)
    # "Herself" is found and "themselves", which is right for anybody, is not.
    right = {rule: [is_right for _, is_right in found] for rule, found in findings.by_rule.items() if found}
    assert right == {"reflexive-mismatch": [True]}
    binned = findings.reliability()["reflexive-mismatch"]
    assert [(row["findings"], row["right"]) for row in binned if row["findings"]] == [(1, 1.0)]


@pytest.mark.parametrize(
    ("text", "flips"),
    [
        ("The queen lost her hat and hurt herself.", ["his", "himself"]),
        ("The king saw him and told his wife that he left.", ["her", "her", "she"]),
        ("I met her.", ["him"]),
    ],
)
def test_flips_keep_the_case(linter: Linter, text: str, flips: list[str]) -> None:
    assert [pronoun.flipped() for pronoun in judged_pronouns(linter, text)] == flips


def test_documents_are_split_for_good(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(f"Document {n}.\nSecond paragraph.\n" for n in range(120)))
    documents = list(read_documents(path))
    assert documents[0] == "Document 0.\n\nSecond paragraph."
    assert len(documents) == 120
    parts = {split: list(documents_of(path, split)) for split in ("training", "calibration", "validation")}
    assert sum(map(len, parts.values())) == 120
    assert (len(parts["calibration"]), len(parts["validation"])) == (3, 2)
    assert split_of(7) == split_of(57) == "calibration"


def test_first_words_cut_at_a_paragraph() -> None:
    assert list(first_words(["a b\n\nc d\n\ne", "f"], 3)) == ["a b\n\nc d"]
    assert list(first_words(["a b", "c"], 100)) == ["a b", "c"]


def test_first_words_of_each_text() -> None:
    assert list(first_words(["a b\n\nc d\n\ne", "f\n\ng", "h"], 5, 2)) == ["a b", "f\n\ng", "h"]


def test_reports_are_read_as_one_text_or_two(tmp_path: Path) -> None:
    path = tmp_path / "reports.tsv"
    header = "id\tkind\tcategory\tgood\tbad\tbad_start\tbad_end\tright\tsource\n"
    path.write_text(
        f"{header}r1\tSV\tplain\tIt is.\tIt are.\t3\t6\tis\tx\nr2\tSV\tsum\tTen dollars is fine.\t\t\t\t\tx\n"
    )
    assert [(text.kind, text.text, text.wrong) for text in read_reported(path)] == [
        ("plain", "It is.", ()),
        ("plain", "It are.", ((Span(3, 6), "is"),)),
        ("sum", "Ten dollars is fine.", ()),
    ]
    path.write_text(f"{header}r1\tSV\tplain\n")
    with pytest.raises(ValueError, match=r"reports\.tsv: row 2 is no report"):
        read_reported(path)
