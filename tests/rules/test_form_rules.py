"""What the rules about verbs and demonstratives make of a judgement, whatever the weights would say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marks import marked_word

from gru_lint.english.verb_forms import slot_of_text
from gru_lint.rules import FormContext, rule_called


def context(marked: str, singular: float, plural: float, hides_words: bool = False) -> FormContext:
    """The context of the word in « », words parted by blanks; what is left of the probability is that none agrees."""
    words, index = marked_word(marked)
    word = words[index]
    slot = slot_of_text(word)
    assert slot is not None, word
    return FormContext(
        word=word,
        kind=slot[0],
        form=slot[1],
        probabilities={
            "singular": singular,
            "plural": plural,
            "first singular": 0.0,
            "none": 1 - singular - plural,
        },
        words=tuple(words),
        word_index=index,
        controller=1,
        hides_words=hides_words,
    )


@pytest.mark.parametrize(
    ("code", "marked", "singular", "plural", "fix"),
    [
        ("SV001", "The results «shows» a trend .", 0.01, 0.98, "show"),
        ("SV001", "She «have» two brothers .", 0.97, 0.02, "has"),
        ("SV001", "«Is» they here ?", 0.01, 0.99, "Are"),
        # The number is one; so is the news, and a second survey is no sum.
        ("SV001", "The number of accidents «are» rising .", 0.98, 0.01, "is"),
        ("SV001", "The news from the hospitals «are» better .", 0.98, 0.01, "is"),
        ("SV001", "The results of the second survey «confirms» it .", 0.01, 0.98, "confirm"),
        # No mandative asks for a past; a noun that begins its sentence is no name.
        ("SV001", "The proposal «were» rejected .", 0.98, 0.01, "was"),
        ("SV001", "Volunteers who «wants» to help come at noon .", 0.01, 0.98, "want"),
        # A group that hangs from another noun is no subject; people are many; a question about a noun has a subject.
        ("SV001", "The rules of the game «is» easy .", 0.01, 0.98, "are"),
        ("SV001", "The members of our club «meets» on Tuesdays .", 0.01, 0.98, "meet"),
        ("SV001", "The people in my street «is» friendly .", 0.01, 0.98, "are"),
        ("SV001", "What time «do» the bank open ?", 0.98, 0.01, "does"),
        ("SV001", "How much «do» this coat cost ?", 0.98, 0.01, "does"),
        ("SV001", "Both the roof and the wall «was» damaged .", 0.01, 0.98, "were"),
        ("SV001", "My friend , who lives in Rome , «were» ill .", 0.98, 0.01, "was"),
        # There is no plural subject that is meant.
        ("SV001", "The key lies under the mat , which «open» the shed .", 0.98, 0.01, "opens"),
        ("DN001", "I know «this» books .", 0.01, 0.98, "these"),
        ("DN001", "«This» kinds of films .", 0.01, 0.98, "These"),
        ("DN001", "«Those» house is old .", 0.98, 0.01, "That"),
        # No verb can follow, or another one does.
        ("DN001", "We liked «these» work .", 0.98, 0.01, "this"),
        ("DN001", "«These» work is new .", 0.98, 0.01, "This"),
        ("DN001", "«These» restaurant always closes at ten .", 0.98, 0.01, "This"),
    ],
)
def test_what_is_flagged(code: str, marked: str, singular: float, plural: float, fix: str) -> None:
    judge = rule_called(code).judge_form
    assert judge is not None
    mismatch = judge(context(marked, singular, plural))
    assert mismatch is not None
    assert mismatch.replacements == (fix,)
    assert 0.95 < mismatch.confidence <= 1


@pytest.mark.parametrize(
    ("code", "marked", "singular", "plural"),
    [
        # The expected form is written.
        ("SV001", "The results «show» a trend .", 0.01, 0.98),
        # A collective noun, a quantifier, "or".
        ("SV001", "The team «are» late .", 0.98, 0.01),
        ("SV001", "None of them «is» here .", 0.01, 0.98),
        ("SV001", "Tom or his brothers «is» late .", 0.01, 0.98),
        # Subjunctive and mandative.
        ("SV001", "If he «were» here .", 0.98, 0.01),
        ("SV001", "I suggest that he «leave» .", 0.98, 0.01),
        ("SV001", "God «save» the king .", 0.98, 0.01),
        # A sum; a name of plural form.
        ("SV001", "Ten dollars «is» enough .", 0.01, 0.98),
        ("SV001", "We read The Times «is» late .", 0.01, 0.98),
        # A comment or a commit leaves its subject out.
        ("SV001", "«Reports» the number of rows .", 0.01, 0.98),
        # A number are many; a modal verb; a participle asks as its verb does.
        ("SV001", "A number of questions «is» open .", 0.01, 0.98),
        ("SV001", "The constitution «need» not be in writing .", 0.98, 0.01),
        ("SV001", "They wrote to her requesting that she «stop» it .", 0.98, 0.01),
        ("SV001", "The news «is» good .", 0.01, 0.98),
        # A plural that opens its sentence may be a name for all that the network knows.
        ("SV001", "Lorries now «take» the long way .", 0.98, 0.01),
        # The subject is yet to come, stands behind "whom", or has an apposition of two.
        ("SV001", "How important «are» the ethics of a company ?", 0.98, 0.01),
        ("SV001", "The managers on whom industry «was» dependent left .", 0.01, 0.98),
        ("SV001", "Trade , both old and new , «was» common .", 0.01, 0.98),
        # A pronoun that can only be its subject; a question behind a colon.
        ("SV001", "I «'ve» told you .", 0.98, 0.01),
        ("SV001", "The boys say that they «walk» home .", 0.98, 0.01),
        ("SV001", "Ask yourself : how important «are» the ethics of a firm ?", 0.98, 0.01),
        # Turned round; a clause is meant; one of several; who is asked about; a question in speech.
        ("SV001", "He had a wife , and «were» anything to happen to him , she would be poor .", 0.98, 0.01),
        ("SV001", "He was treated like he «were» a thief .", 0.98, 0.01),
        ("SV001", "Among her first plans «were» the building of a school .", 0.98, 0.01),
        ("SV001", "They lack roads , which often «makes» trade hard .", 0.01, 0.98),
        ("SV001", "Two keys are said to lie under the mat , which «open» the shed .", 0.98, 0.01),
        ("SV001", "It is one of the finest songs that «has» been written .", 0.01, 0.98),
        ("SV001", "The rules affect who «responds» first .", 0.01, 0.98),
        ("SV001", "Only some kinds . Which «are» ?", 0.98, 0.01),
        ("SV001", "Anyone «have» a pen ?", 0.98, 0.01),
        # A group behind the verb, or behind a relative; a part; a nation; what is quoted; a sum.
        ("SV001", "There «are» a wider range of plans .", 0.98, 0.01),
        ("SV001", "It was the means by which his thanks «were» sent .", 0.98, 0.01),
        ("SV001", "About one third «are» hired by large firms .", 0.98, 0.01),
        ("SV001", "They were a people that «has» no land .", 0.01, 0.98),
        ("SV001", 'The " Madres de Plaza " «were» threatened .', 0.98, 0.01),
        ("SV001", "All we know «is» that they left .", 0.01, 0.98),
        ("SV001", "So four plus four «is» eight .", 0.01, 0.98),
        ("SV001", "Unfortunately , renaming some tables «is» needed .", 0.01, 0.98),
        # No plural follows, or a verb does.
        ("DN001", "Choices «This» field takes a list .", 0.01, 0.98),
        ("DN001", "Variants overlap . «This» grants them access .", 0.01, 0.98),
        ("DN001", "They pray for «this» great people .", 0.01, 0.98),
        # They are a subject, or the noun that follows stands before another one.
        ("DN001", "«These» use a smaller font .", 0.98, 0.01),
        ("DN001", "We sell lamps , and «those» need new bulbs .", 0.98, 0.01),
        ("DN001", "«These» ca n't be seen from here .", 0.98, 0.01),
        ("DN001", "Inside «these» garden houses it is warm .", 0.98, 0.01),
        # The name of a team.
        ("SV001", "They played against Carlton , who «were» late .", 0.98, 0.01),
        # Speech.
        ("SV001", "\" He «do» n't care .", 0.98, 0.01),
        ("SV001", "“ You «was» there , ” she said .", 0.01, 0.98),
        # Code in plain text.
        ("SV001", "Support for the ` ` run() ` ` methods «is» removed .", 0.01, 0.98),
        ("SV001", "The last of the set_up functions «is» called .", 0.01, 0.98),
        # A demonstrative is the other rule's, and a verb this one's.
        ("SV001", "I know «this» books .", 0.01, 0.98),
        ("DN001", "The results «shows» a trend .", 0.01, 0.98),
        # It stands alone, or joins clauses.
        ("DN001", "«This» are my books .", 0.01, 0.98),
        ("DN001", "I know «that» they are .", 0.01, 0.98),
        ("DN001", "I know «that» , too .", 0.01, 0.98),
        # Both are said; a sum.
        ("DN001", "«These» kind of films .", 0.98, 0.01),
        ("DN001", "«This» twenty dollars .", 0.01, 0.98),
    ],
)
def test_what_is_not_flagged(code: str, marked: str, singular: float, plural: float) -> None:
    judge = rule_called(code).judge_form
    assert judge is not None
    assert judge(context(marked, singular, plural)) is None


def test_a_verb_beside_code_is_left_alone() -> None:
    judge = rule_called("SV001").judge_form
    assert judge is not None
    assert judge(context("The function «return» a value .", 0.98, 0.01)) is not None
    assert judge(context("The function «return» a value .", 0.98, 0.01, hides_words=True)) is None


def test_there_is_no_amnt() -> None:
    judge = rule_called("SV001").judge_form
    assert judge is not None
    probabilities = {"singular": 0.01, "plural": 0.01, "first singular": 0.97, "none": 0.01}
    alone, negated = (context(f"I «are» {after}late .", 0.01, 0.98) for after in ("", "n't "))
    assert judge(replace(alone, probabilities=probabilities)) is not None
    assert judge(replace(negated, probabilities=probabilities)) is None


def test_doubt_that_anything_agrees_lowers_the_confidence() -> None:
    judge = rule_called("SV001").judge_form
    assert judge is not None
    sure, unsure = (judge(context("The results «shows» it .", 0.01, plural)) for plural in (0.9, 0.3))
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < 0.5 < sure.confidence
