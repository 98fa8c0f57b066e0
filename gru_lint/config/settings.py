"""What a user can set, as one value, read from a table of keys.

Adding a key is adding a field to `Settings` with its default, its kind of value and what it does; the key is the
field's name with hyphens. Errors, the JSON schema, `gru-lint config` and the table in docs/configuration.md follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from gru_lint.config import kinds as kinds
from gru_lint.config.kinds import SEVERITIES, NameGender, Severity
from gru_lint.config.patterns import Pattern, matches_file
from gru_lint.config.values import Keys, SettingsError, ValueKind, read_confidence, read_table
from gru_lint.did_you_mean import hint
from gru_lint.extract import languages

if TYPE_CHECKING:
    from gru_lint.english.declarations import Declaration

__all__ = [
    "FIX_CONFIDENCE",
    "SEVERITIES",
    "Keys",
    "Option",
    "Settings",
    "SettingsError",
    "Severity",
    "merge_settings",
    "options",
    "read_confidence",
    "read_settings",
]

T = TypeVar("T")
# Of the findings above this confidence, about one in a thousand is wrong (see the model card); of all that are shown,
# one in a hundred. A wrong finding costs a look, a wrong fix spoils a correct text.
FIX_CONFIDENCE: Final = 0.995


def _option(default: T, kind: ValueKind[T], description: str, default_text: str) -> T:
    return field(default=default, metadata={"kind": kind, "description": description, "default_text": default_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of some files; by default nothing is set, and thresholds are as calibrated.

    Rules are held by name. See `options` for what each field means.
    """

    select: tuple[str, ...] | None = _option(None, kinds.rule_list(), "the rules that are enabled", "all of them")
    ignore: tuple[str, ...] = _option(
        (), kinds.rule_list(), "rules that are disabled, even where they are selected", "none"
    )
    per_file_ignores: tuple[tuple[Pattern, tuple[str, ...]], ...] = _option(
        (),
        kinds.rules_by_pattern(),
        "rules that are disabled in some files; after `!`, in all others",
        "none",
    )
    profile: str = _option(
        "default",
        kinds.profile(),
        'whose thresholds hold: `"learner"` shows more, and more that is wrong; `"strict"` shows less',
        '`"default"`',
    )
    min_confidence: tuple[tuple[str, float], ...] = _option(
        (),
        kinds.confidence_by_rule(),
        "findings below it are not shown",
        "for each rule, the threshold of the model card",
    )
    fix_confidence: tuple[tuple[str, float], ...] = _option(
        (), kinds.confidence_by_rule(), "findings below it are shown and not fixed", f"`{FIX_CONFIDENCE}`"
    )
    severity: tuple[tuple[str, Severity], ...] = _option(
        (), kinds.severity_by_rule(), "how grave a finding is in reports and editors", '`"warning"`'
    )
    pronouns: tuple[Declaration, ...] = _option(
        (), kinds.pronouns_by_person(), "people whose pronouns are declared", "nobody"
    )
    names: tuple[tuple[str, NameGender], ...] = _option(
        (),
        kinds.gender_by_name(),
        "first names and the gender that goes with them",
        "what is known of names",
    )
    exclude: tuple[Pattern, ...] = _option(
        (),
        kinds.pattern_list(),
        "files and folders that are left out when a folder is walked, beside hidden ones, `node_modules`, `venv`, "
        "`site-packages` and `__pycache__`; `!` before a pattern brings them back",
        "none",
    )
    force_exclude: bool = _option(
        False,
        kinds.boolean(),
        "leave out what is excluded or ignored even where it is named as an argument",
        "`false`",
    )
    respect_gitignore: bool = _option(
        True, kinds.boolean(), "leave out what .gitignore and .git/info/exclude name", "`true`"
    )
    languages: tuple[str, ...] | None = _option(
        None,
        kinds.language_list(),
        "what is looked for when a folder is walked",
        "every format of documents, and no program",
    )
    extension: tuple[tuple[str, str], ...] = _option(
        (), kinds.language_by_extension(), "languages of other extensions, which are then looked for, too", "none"
    )
    text_keys: tuple[str, ...] = _option(
        (),
        kinds.key_list(),
        "keys whose values are prose in JSON and YAML",
        "all of translations into English, by the name of their file, and else none",
    )
    report_unused_ignores: bool = _option(
        False, kinds.boolean(), "report comments that silence nothing, as IG001", "`false`"
    )
    extend: str | None = _option(
        None, kinds.file_name(), "a file whose keys hold where this one is silent; tables are merged", "none"
    )

    def is_enabled(self, rule_name: str) -> bool:
        """Whether a rule is selected and not ignored."""
        return rule_name not in self.ignore and (self.select is None or rule_name in self.select)

    def severity_of(self, rule_name: str) -> Severity:
        """The severity of the findings of a rule."""
        return dict(self.severity).get(rule_name, "warning")

    def min_confidence_of(self, rule_name: str) -> float | None:
        """The confidence from which a rule reports; None for the calibrated one."""
        return dict(self.min_confidence).get(rule_name)

    def fix_confidence_of(self, rule_name: str) -> float:
        """The confidence from which the findings of a rule are fixed."""
        return dict(self.fix_confidence).get(rule_name, FIX_CONFIDENCE)

    @property
    def lexicon_settings(self) -> tuple[object, ...]:
        """The settings that the lexicon depends on: the judgements depend on no others."""
        return self.pronouns, self.names

    def for_file(self, path: str) -> Settings:
        """The settings of one file: those that no longer depend on its path, its own ignores among the others.

        path  absolute

        What says which files are found is at its default: files that are judged alike have equal settings, and share a
        linter.
        """
        own = (name for pattern, rules in self.per_file_ignores if matches_file(pattern, path) for name in rules)
        return replace(
            self,
            ignore=tuple(dict.fromkeys((*self.ignore, *own))),
            per_file_ignores=(),
            exclude=(),
            force_exclude=False,
            respect_gitignore=True,
            languages=None,
            extend=None,
        )

    def effective_filename(self, filename: str | None) -> str | None:
        """The name whose extension gives the format of a file: its own, or one with the extension set for it."""
        language = dict(self.extension).get(PurePath(filename).suffix.lower()) if filename and self.extension else None
        return f"{filename}{languages()[language][0]}" if language else filename

    def relative_to(self, folder: str) -> Settings:
        """The same settings with their patterns relative to a folder."""
        return replace(
            self,
            exclude=tuple(Pattern(pattern.text, folder) for pattern in self.exclude),
            per_file_ignores=tuple((Pattern(pattern.text, folder), rules) for pattern, rules in self.per_file_ignores),
        )


class Option(NamedTuple):
    """A key that can be set.

    name          of the field of `Settings`
    description   what it does, in a line of Markdown
    default_text  its default, in words
    """

    key: str
    name: str
    kind: ValueKind[Any]
    description: str
    default_text: str


@cache
def options() -> tuple[Option, ...]:
    """Every key that can be set."""
    return tuple(Option(known.name.replace("_", "-"), known.name, **known.metadata) for known in fields(Settings))


def read_settings(table: Mapping[str, object]) -> Settings:
    """The settings that a table of keys asks for. Raises `SettingsError`.

    >>> read_settings({"min-confidence": 0.95}).min_confidence_of("gender-mismatch")
    0.95
    """
    known = {option.key: option for option in options()}
    values = {}
    for key, value in read_table(table, ()).items():
        if key not in known:
            raise SettingsError((key,), f'unknown key "{key}"; {hint(key, known)}')
        values[known[key].name] = known[key].kind.read(value, (key,))
    return Settings(**values)


def merge_settings(lower: Settings, upper: Settings, keys: Iterable[str]) -> Settings:
    """Settings overridden by others, of which only the keys in `keys` are set; tables are merged."""
    wanted = set(keys)
    return replace(
        lower,
        **{
            option.name: option.kind.merge(getattr(lower, option.name), getattr(upper, option.name))
            for option in options()
            if option.key in wanted
        },
    )
