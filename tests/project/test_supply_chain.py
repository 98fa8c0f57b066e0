"""What comes from others is pinned: actions by the hash of a commit, packages of CI by version and hashes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_ROOT = Path(__file__).parents[2]
_LOCKS = ("requirements", "tools")
# Extras that CI goes without: half a gigabyte, and their tests are skipped where they are missing.
_NOT_IN_CI = ("dask", "spark", "engines")
_USES = re.compile(r"^\s*(?:- )?uses: (?P<action>[^\s@#]+)@(?P<ref>\S+)(?P<comment>.*)$", re.MULTILINE)
_LOCKED = re.compile(
    r"^(?P<name>[a-z0-9][\w.-]*)==(?P<version>\S+) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)
# What the markers of requirements are asked about: the system that the lock is written for.
_SYSTEM = {
    "python_version": "3.11",
    "python_full_version": "3.11.7",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "os_name": "posix",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}


def _places() -> list[Path]:
    workflows = _ROOT / ".github" / "workflows"
    return [_ROOT / "action.yml", *(_ROOT / "docs").glob("*.md"), *workflows.glob("*.yml"), *workflows.glob("*.yaml")]


def _unpinned(text: str) -> list[str]:
    """What a text uses by a name that somebody can move; our own action, and what lies beside the text, may be."""
    return [
        found[0].strip()
        for found in _USES.finditer(text)
        if not found["action"].startswith(("gru-lint/", "./"))
        and not (re.fullmatch("[0-9a-f]{40}", found["ref"]) and re.fullmatch(r" # v\d[\w.]*", found["comment"]))
    ]


@pytest.mark.parametrize(
    ("written", "is_pinned"),
    [
        ("- uses: actions/checkout@v4", False),
        ("      uses: actions/checkout@main # v4", False),
        ("- uses: actions/checkout@11bd719", False),
        ("- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", False),
        ("- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", True),
        ("- uses: ./.github/actions/own@main", True),
        ("- uses: gru-lint/gru-lint@v0.1.0", True),
    ],
)
def test_what_can_be_moved_is_seen(written: str, is_pinned: bool) -> None:
    assert (_unpinned(written) == []) == is_pinned


def test_actions_are_pinned_by_hash_with_their_version_beside() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in _places()}
    assert {name: found for name, text in texts.items() if (found := _unpinned(text))} == {}
    # One version of each: who moves one moves all.
    pins = {(found["action"], found["ref"]) for text in texts.values() for found in _USES.finditer(text)}
    actions = [action for action, _ in pins]
    assert len(actions) == len(set(actions))


def _locked(name: str) -> dict[str, str]:
    """Each package of a lock file with its version; every line of the file belongs to one, or is a comment."""
    text = re.sub(r"^ *#.*\n", "", (_ROOT / ".ci" / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    found, here = {}, 0
    while here < len(text):
        entry = _LOCKED.match(text[here:])
        assert entry, text[here : here + 200]
        found[canonicalize_name(entry["name"])] = entry["version"]
        here += entry.end()
    return found


def _wanted(name: str) -> Iterator[Requirement]:
    """What a lock file is written for."""
    for line in (_ROOT / ".ci" / f"{name}.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Requirement(line)
    if name == "requirements":
        project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]
        for requirements in (project["dependencies"], *(extras[name] for name in extras if name not in _NOT_IN_CI)):
            yield from map(Requirement, requirements)


@pytest.mark.parametrize("name", _LOCKS)
def test_the_lock_file_holds_what_is_asked_for(name: str) -> None:
    locked = _locked(name)
    stale = [
        str(wanted)
        for wanted in _wanted(name)
        if wanted.marker is None or wanted.marker.evaluate({**_SYSTEM, "extra": ""})
        if not wanted.specifier.contains(locked.get(canonicalize_name(wanted.name), "0"), prereleases=True)
    ]
    assert stale == [], "run .ci/lock"


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash")
def test_the_scripts_of_ci_can_be_read_by_bash() -> None:
    for name in ("run", "lock", "install", "audit", "sbom", "editors", "extension"):
        subprocess.run(["bash", "-n", str(_ROOT / ".ci" / name)], check=True)


def test_reports_of_faults_have_a_place() -> None:
    page = (_ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for heading in ("What is promised", "What is not promised", "How to report", "Supported versions"):
        assert f"\n## {heading}\n" in page
