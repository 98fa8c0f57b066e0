"""The workflows, the hooks and the release: they run the scripts that developers run, for each Python we name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gru_lint import __version__

yaml = pytest.importorskip("yaml", reason="comes with pre-commit, which is in the extra `test`")

_ROOT = Path(__file__).parents[2]
_WORKFLOWS = sorted((_ROOT / ".github" / "workflows").glob("*.yml"))
_CI, _RELEASE = (_ROOT / ".github" / "workflows" / name for name in ("ci.yml", "release.yml"))


def _jobs(path: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_runs_is_in_the_repository(path: Path) -> None:
    named = re.findall(r"(?<![\w/])(?:scripts|\.ci)/[\w-]+", path.read_text(encoding="utf-8"))
    assert named or path == _RELEASE
    for script in named:
        assert (_ROOT / script).is_file() or (_ROOT / f"{script}.txt").is_file(), script


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.name)
def test_no_job_may_do_more_than_it_must(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}
    for name, job in _jobs(path).items():
        assert "permissions" in job, name
        assert "timeout-minutes" in job or "uses" in job, name


def test_every_python_and_system_that_the_package_names_is_tested() -> None:
    metadata = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    matrix = _jobs(_CI)["tests"]["strategy"]["matrix"]
    assert matrix["python"] == re.findall(r"Programming Language :: Python :: (3\.\d+)", metadata)
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]


def test_only_the_job_that_publishes_can_publish() -> None:
    jobs = _jobs(_RELEASE)
    allowed = {name for name, job in jobs.items() if "id-token" in job["permissions"]}
    assert allowed == {"pypi"}
    assert jobs["pypi"]["environment"]["name"] == "pypi"
    # Nothing of a checkout and no script runs beside the right to publish.
    assert not [step for step in jobs["pypi"]["steps"] if "run" in step or "checkout" in step["uses"]]


def _release_notes(root: Path, tag: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "release-notes"), tag]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """What the notes are made of, for version 1.2.3."""
    for name, text in {
        "scripts/release-notes": (_ROOT / "scripts" / "release-notes").read_text(encoding="utf-8"),
        "gru_lint/__init__.py": '__version__ = "1.2.3"\n',
        "vscode-client/package.json": '{"version": "1.2.3"}\n',
        "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-12-01\n\n- New.\n\n## 1.2.2\n\n- Old.\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_notes_of_a_release_are_its_section_of_the_changelog(repository: Path) -> None:
    assert _release_notes(repository, "v1.2.3").stdout == "- New.\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("gru_lint/__init__.py", '__version__ = "1.2.4"\n', "the tag is v1.2.3, and gru_lint/__init__.py says 1.2.4"),
        (
            "vscode-client/package.json",
            '{"version": "1.2.2"}',
            "the tag is v1.2.3, and vscode-client/package.json says 1.2.2",
        ),
        ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- New.\n", 'CHANGELOG.md has no section "## 1.2.3"'),
    ],
)
def test_a_tag_that_does_not_fit_releases_nothing(repository: Path, name: str, text: str, message: str) -> None:
    (repository / name).write_text(text, encoding="utf-8")
    result = _release_notes(repository, "v1.2.3")
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"{message}\n")


def test_a_tag_of_this_version_is_read_from_where_the_version_stands() -> None:
    assert f"v{__version__}" not in _release_notes(_ROOT, "v0.0.0").stdout
    assert _release_notes(_ROOT, "v0.0.0").stderr.endswith(f"says {__version__}\n")


def test_the_hooks_of_our_own_run_what_exists() -> None:
    config = yaml.safe_load((_ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = config["repos"]
    hooks = {hook["id"]: hook for hook in repository["hooks"]}
    assert {"ruff", "ruff-format", "mypy", "gru-lint"} <= set(hooks)
    for hook in hooks.values():
        assert (_ROOT / hook["entry"].split()[0]).is_file()
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config"], cwd=_ROOT, check=True)
