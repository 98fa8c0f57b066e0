"""Whom a pronoun means: its antecedent, the chain of mentions, and what a hover says. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gru_lint.english.pronouns import CLASSES, FORMS, N_ORDINARY_CLASSES, REFLEXIVE_FORMS, Case
from gru_lint.records import Span
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint.sanitize import escape_markdown
from gru_lint_server.document_check import DocumentCheck, Pronoun

# Mentions are looked for so many characters before and after.
_REACH = 20_000
# Words that a hover shows, and the bar of the first, in letters.
_N_STRONGEST, _LONGEST_BAR = 3, 12


def pronoun_at(check: DocumentCheck, offset: int) -> Pronoun | None:
    """The pronoun at an offset, or the one that ends there."""
    touching = list(check.pronouns(offset, offset))
    return touching[-1] if touching else None


def mentions_at(check: DocumentCheck, offset: int) -> tuple[Span, ...]:
    """Every mention of the person or thing at an offset, pronouns included, in order; none where nobody stands there.

    A mention is known by its last word: what stands before it may be cut off by the beginning of a window.
    """
    groups = [(pronoun.span, *pronoun.entity) for pronoun in check.pronouns(max(0, offset - _REACH), offset + _REACH)]
    touching = [span for group in groups for span in group if span.start <= offset <= span.end]
    # "Her" within "her hat" is she and not the hat.
    shortest = min((span.end - span.start for span in touching), default=0)
    chain = {span.end for span in touching if span.end - span.start == shortest}
    n_before = 0
    while n_before != len(chain):
        n_before = len(chain)
        for group in groups:
            if any(span.end in chain for span in group):
                chain.update(span.end for span in group)
    spans: dict[int, Span] = {}
    for group in groups:
        for span in group:
            if span.end in chain:
                spans[span.end] = min(span, spans.get(span.end, span))
    return tuple(sorted(spans.values()))


def hover_at(check: DocumentCheck, offset: int) -> tuple[Pronoun, list[tuple[str, float]]] | None:
    """The pronoun at an offset, and the words on which its judgement hangs most, with how much."""
    pronoun = pronoun_at(check, offset)
    return None if pronoun is None else (pronoun, check.strongest_words(offset, _N_STRONGEST))


def hover_text(pronoun: Pronoun, strongest: Sequence[tuple[str, float]], is_markdown: bool) -> str:
    """Who a pronoun is taken for, how likely each class is there, on which words that hangs, and what the rules say."""
    return "\n".join(_markdown(pronoun, strongest) if is_markdown else _plain(pronoun, strongest))


def _bar(loss: float, strongest: Sequence[tuple[str, float]]) -> str:
    most = max(abs(other) for _, other in strongest) or 1.0
    return "█" * max(1, round(_LONGEST_BAR * abs(loss) / most))


def _likely(pronoun: Pronoun) -> list[tuple[str, float]]:
    """Each class that can stand there, by the forms that a reader knows, the likeliest first."""
    is_reflexive = pronoun.judgement.anaphor.form in REFLEXIVE_FORMS
    shown = CLASSES if is_reflexive else CLASSES[:N_ORDINARY_CLASSES]
    case: Case = "reflexive" if is_reflexive else "subject"
    likely = [
        (f"{name} ({FORMS[name][case]})", share)
        for name, share in zip(shown, pronoun.judgement.probabilities, strict=False)
    ]
    return sorted(likely, key=lambda row: -row[1])


def _taken_for(pronoun: Pronoun) -> tuple[str, str]:
    mention = pronoun.judgement.antecedent
    if pronoun.antecedent is None or mention is None:
        return "", ""
    return pronoun.antecedent.text, f"{mention.probability:.0%}"


def _markdown(pronoun: Pronoun, strongest: Sequence[tuple[str, float]]) -> Iterator[str]:
    name, share = _taken_for(pronoun)
    whom = (
        f"is taken for **{escape_markdown(name)}** ({share})" if name else "stands for somebody or something uncertain"
    )
    yield f"*{pronoun.written}* {whom}"
    yield ""
    yield "| expected here | probability |"
    yield "| --- | ---: |"
    for label, probability in _likely(pronoun):
        yield f"| {label} | {probability:.1%} |"
    if strongest:
        yield ""
        yield "| hangs on | | log-odds |"
        yield "| --- | --- | ---: |"
    for word, loss in strongest:
        yield f"| {escape_markdown(word)} | {_bar(loss, strongest)} | {loss:+.2f} |"
    for finding in pronoun.findings:
        rule = rule_called(finding.code)
        yield ""
        yield f"[{rule.code} {rule.name}]({page_url(rule)}): {escape_markdown(finding.message)}. {rule.why}"


def _plain(pronoun: Pronoun, strongest: Sequence[tuple[str, float]]) -> Iterator[str]:
    name, share = _taken_for(pronoun)
    whom = f'is taken for "{name}" ({share})' if name else "stands for somebody or something uncertain"
    yield f'"{pronoun.written}" {whom}'
    yield "Expected here:"
    for label, probability in _likely(pronoun):
        yield f"  {label} {probability:.1%}"
    if strongest:
        yield "Hangs on, in log-odds:"
    for word, loss in strongest:
        yield f"  {word} {loss:+.2f} {_bar(loss, strongest)}"
    for finding in pronoun.findings:
        rule = rule_called(finding.code)
        yield f"{rule.code} {rule.name}: {finding.message}. {rule.why}"
