"""The antecedent of a pronoun, its chain of mentions, and the text of a hover. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gru_lint.explain.chains import joined
from gru_lint.records import Antecedent, Span
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint.sanitize import escape_markdown
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.document_pronouns import Pronoun

# How many characters before and after the offset mentions are looked for.
_REACH = 20_000
# Words that a hover shows.
_N_STRONGEST = 3


def pronoun_at(check: DocumentCheck, offset: int) -> Pronoun | None:
    """The pronoun at an offset, or the one that ends there."""
    touching = list(check.pronouns(offset, offset))
    return touching[-1] if touching else None


def antecedent_at(check: DocumentCheck, offset: int) -> Antecedent | None:
    """The antecedent of the pronoun at an offset; None where there is no pronoun, or its antecedent is uncertain."""
    pronoun = pronoun_at(check, offset)
    return pronoun.antecedent if pronoun else None


def mentions_at(check: DocumentCheck, offset: int) -> tuple[Span, ...]:
    """Every mention of the person or thing at an offset, with pronouns, in order; empty where there is none."""
    groups = [(pronoun.span, *pronoun.entity) for pronoun in check.pronouns(max(0, offset - _REACH), offset + _REACH)]
    touching = [span for group in groups for span in group if span.touches(offset)]
    # Within "her hat", "her" refers to her owner and not to the hat.
    shortest = min((span.end - span.start for span in touching), default=0)
    ends = {span.end for span in touching if span.end - span.start == shortest}
    chains = [chain for chain in joined(groups) if any(span.end in ends for span in chain)]
    return tuple(sorted(span for chain in chains for span in chain))


def hover_at(check: DocumentCheck, offset: int) -> tuple[Pronoun, list[tuple[str, float]]] | None:
    """The pronoun at an offset, and the words on which its judgement depends most, with their log-odds."""
    pronoun = pronoun_at(check, offset)
    return None if pronoun is None else (pronoun, check.strongest_words(offset, _N_STRONGEST))


def hover_text(pronoun: Pronoun, strongest: Sequence[tuple[str, float]], *, is_markdown: bool) -> str:
    """The antecedent of a pronoun, the probability of each class there, the words that decided, and its findings."""
    return "\n".join(_lines(pronoun, strongest, is_markdown=is_markdown))


def _lines(pronoun: Pronoun, strongest: Sequence[tuple[str, float]], *, is_markdown: bool) -> Iterator[str]:
    # Imported here: NumPy must not be imported before `use_one_thread`.
    from gru_lint.explain.formats._base import by_probability
    from gru_lint.explain.formats.markdown_page import bars, judgement_lines

    mention, antecedent = pronoun.judgement.antecedent, "stands for somebody or something uncertain"
    if pronoun.antecedent and mention:
        antecedent = pronoun.antecedent.text
        antecedent = f"**{escape_markdown(antecedent)}**" if is_markdown else f'"{antecedent}"'
        antecedent = f"is taken for {antecedent} ({mention.probability:.0%})"
    yield f"*{pronoun.written}* {antecedent}" if is_markdown else f'"{pronoun.written}" {antecedent}'
    if is_markdown:
        yield from ["", *judgement_lines(pronoun.judgement, strongest)]
    else:
        yield "Expected here:"
        yield from (f"  {label} {probability:.1%}" for label, probability in by_probability(pronoun.judgement))
        yield from ["Depends on, in log-odds:"] if strongest else []
        yield from (f"  {word} {loss:+.2f} {bar}" for (word, loss), bar in zip(strongest, bars(strongest), strict=True))
    for finding in pronoun.findings:
        rule = rule_called(finding.code)
        name = f"{rule.code} {rule.name}"
        if is_markdown:
            yield from ["", f"[{name}]({page_url(rule)}): {escape_markdown(finding.message)}. {rule.why}"]
        else:
            yield f"{name}: {finding.message}. {rule.why}"
