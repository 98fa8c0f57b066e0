"""What a client asks for, by the fields that clients send."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gru_lint.config.settings import Settings, read_settings
from gru_lint.rules import families
from gru_lint.serve.matches import CATEGORIES
from gru_lint.serve.parameters import ParameterError, TextTooLongError, read_fields, read_request

_OWN = read_settings({"ignore": ["PA003"]})


def asked(max_length: int = 1_000, **fields: str):  # type: ignore[no-untyped-def]
    return read_request({"text": "Anna."} | fields, max_length)


@pytest.mark.parametrize(
    ("fields", "shown", "hidden"),
    [
        ({}, {"PA001", "PA002"}, {"PA003"}),
        ({"disabledRules": "PA001,UPPERCASE_SENTENCE_START"}, {"PA002"}, {"PA001", "PA003"}),
        ({"disabledRules": "gender-mismatch"}, {"PA002"}, {"PA001"}),
        ({"enabledRules": "PA003"}, {"PA001", "PA003"}, set()),
        ({"enabledRules": "PA001", "enabledOnly": "true"}, {"PA001"}, {"PA002", "PA004"}),
        ({"enabledRules": "EN_A_VS_AN", "enabledOnly": "yes"}, set(), {"PA001"}),
        ({"enabledCategories": "PA", "enabledOnly": "true"}, {"PA001", "PA003"}, {"SV001"}),
        ({"disabledCategories": "PA"}, {"SV001"}, {"PA001", "PA002"}),
        ({"enabledRules": "PA001", "disabledRules": "PA001"}, {"PA002"}, {"PA001"}),
    ],
)
def test_rules_are_turned_on_and_off(fields: dict[str, str], shown: set[str], hidden: set[str]) -> None:
    codes = asked(**fields).rules.enabled_codes(_OWN)
    assert shown <= codes
    assert not hidden & codes


def test_settings_change_only_where_the_client_asks_for_another_judgement() -> None:
    assert asked(disabledRules="PA001").settings(_OWN) is _OWN
    assert asked(enabledRules="PA003").settings(_OWN) == Settings()
    assert asked(level="picky").settings(_OWN) == replace(_OWN, profile="learner")


@pytest.mark.parametrize(
    ("language", "variants", "code", "is_english"),
    [
        ("en", "", "en", True),
        ("en_GB", "", "en-GB", True),
        ("en-US", "en-GB", "en-US", True),
        ("auto", "", "en-US", True),
        ("auto", "de-DE,en-AU", "en-AU", True),
        ("<none>", "", "en-US", True),
        ("", "", "en-US", True),
        ("de-DE", "", "de-DE", False),
        ("ca-ES-valencia", "", "ca-ES-valencia", False),
        ("enm", "", "enm", False),
    ],
)
def test_languages(language: str, variants: str, code: str, is_english: bool) -> None:
    found = asked(language=language, preferredVariants=variants).language
    assert (found.code, found.is_english) == (code, is_english)


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "English, please"},
        {"language": "auto", "preferredVariants": "<script>"},
        {"level": "loud"},
        {"enabledOnly": "perhaps"},
        {"enabledOnly": "true"},
        {"data": '{"text": "Anna."}'},
    ],
    ids=str,
)
def test_a_wrong_field_is_refused_in_one_line(fields: dict[str, str]) -> None:
    with pytest.raises(ParameterError, match=r"^[^\n]+$"):
        asked(**fields)


@pytest.mark.parametrize("data", ["", "{", "[" * 100_000, "null", '{"annotation": 3}'], ids=lambda data: data[:9])
def test_data_that_is_none_is_refused(data: str) -> None:
    with pytest.raises(ParameterError):
        read_request({"data": data}, 1_000)


def test_a_long_text_is_refused_and_markup_does_not_count() -> None:
    with pytest.raises(TextTooLongError, match="1,001"):
        asked(text="a" * 1_001)
    markup = {"annotation": [{"markup": "<" * 5_000}, {"text": "a"}]}
    assert read_request({"data": json.dumps(markup)}, 1_000).text.plain == "a"


@pytest.mark.parametrize(
    ("query", "body", "wanted"),
    [
        (b"", b"text=a+b%20c&language=en", {"text": "a b c", "language": "en"}),
        (b"text=a&language=en", b"text=b", {"text": "b", "language": "en"}),
        (b"", "text=\u00e9&x".encode(), {"text": "\u00e9", "x": ""}),
        (b"", b"", {}),
        # LibreOffice 7.4 encodes nothing: a text may hold all that has a meaning in a form.
        (
            b"",
            "text=Tom & Anna = 50%25 + caf\u00e9&language=en-US".encode(),
            {"text": "Tom & Anna = 50%25 + caf\u00e9", "language": "en-US"},
        ),
        (
            b"",
            b"text=a b&language=c d&language=en&enabledOnly=false",
            {"text": "a b&language=c d", "language": "en", "enabledOnly": "false"},
        ),
        (b"", b"text=R%26D+50%25&language=en", {"text": "R&D 50%", "language": "en"}),
        (b"", b"language=en&text=a b&x=1", {"text": "a b", "language": "en", "x": "1"}),
    ],
)
def test_fields(query: bytes, body: bytes, wanted: dict[str, str]) -> None:
    assert read_fields(query, body) == wanted


@pytest.mark.parametrize(
    "body", [b"text=\xff", b"text=\xff &language=en", b"text=%FF", b"&".join([b"a=1"] * 200)], ids=lambda body: body[:9]
)
def test_fields_that_cannot_be_read(body: bytes) -> None:
    with pytest.raises(ParameterError):
        read_fields(b"", body)


def test_every_family_of_rules_is_a_category() -> None:
    assert set(CATEGORIES) == set(families()), "CATEGORIES in gru_lint/serve/matches.py: what the family is called"
