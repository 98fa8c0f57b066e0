"""The hooks, in the real pre-commit against a clone of the repository: in an environment that it builds itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_HOOKS = _ROOT / ".pre-commit-hooks.yaml"
_WRONG, _RIGHT = "The king hurt herself.\n", "The king hurt himself.\n"
_LEFT = "The boys were late. It missed the bus.\n"


def test_the_hooks_read_documents_and_no_programs() -> None:
    patterns = re.findall(r"^  files: (.*)$", _HOOKS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(patterns) == 2
    assert len(set(patterns)) == 1
    for name, is_read in (
        ("README.md", True),
        ("docs/a.rst", True),
        ("notes.txt", True),
        ("book.tex", True),
        ("page.html", True),
        ("setup.py", False),
        ("picture.png", False),
        ("md", False),
        ("x.mdb", False),
    ):
        assert bool(re.search(patterns[0], name)) == is_read


def test_the_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(_HOOKS)]
    subprocess.run(command, check=True, capture_output=True)


class Repository:
    """A user's repository with one of the hooks, installed as its pre-commit hook."""

    def __init__(self, path: Path, environment: dict[str, str]) -> None:
        self.path = path
        self._environment = environment
        path.mkdir()
        self.run("git", "init", "--quiet")
        self.run("git", "config", "user.name", "A. Writer")
        self.run("git", "config", "user.email", "writer@example.org")

    def run(self, *command: str, wanted: int = 0) -> str:
        """What a command prints; it ends with the wanted exit code."""
        result = subprocess.run(
            command, cwd=self.path, env=self._environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert result.returncode == wanted, result.stdout
        return result.stdout

    def configure(self, clone: Path, revision: str, hook: str) -> None:
        """Asks for a hook and installs it."""
        config = f"repos:\n  - repo: {clone}\n    rev: {revision}\n    hooks:\n      - id: {hook}\n"
        (self.path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        self.run(sys.executable, "-m", "pre_commit", "install")

    def commit(self, wanted: int, **texts: str) -> str:
        """Commits texts; what the hook prints."""
        for name, text in texts.items():
            (self.path / f"{name}.md").write_text(text, encoding="utf-8")
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "Say something", wanted=wanted)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    # Without what the developer's shell says of Python, of git and of this checkout.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_", "PRE_COMMIT"))}
    return {**kept, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None or not (_ROOT / ".git").exists():
        pytest.skip("a clone needs git and a repository")
    path = tmp_path_factory.mktemp("clone") / "gru-lint"
    subprocess.run(["git", "clone", "--quiet", str(_ROOT), str(path)], check=True)
    return path


@pytest.mark.slow
@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is in the extra `test`")
def test_commits_are_refused_fixed_and_let_through(clone: Path, environment: dict[str, str], tmp_path: Path) -> None:
    head = ["git", "rev-parse", "HEAD"]
    revision = subprocess.run(head, cwd=clone, check=True, capture_output=True, text=True).stdout.strip()
    repository = Repository(tmp_path / "book", environment)

    repository.configure(clone, revision, "gru-lint")
    said = repository.commit(1, king=_WRONG, weather="It rained.\n")
    assert re.search(r"king\.md:1:15: .*PA004", said)
    assert "Found 1 finding in 2 files." in said
    repository.commit(0, king=_RIGHT)
    # What is remembered is no part of the commit.
    assert ".gru_lint_cache" not in repository.run("git", "ls-files")

    repository.configure(clone, revision, "gru-lint-fix")
    said = repository.commit(1, queen=_WRONG, boys=_LEFT)
    assert "files were modified by this hook" in said
    assert "(1 fixed, 1 remaining)" in said
    assert (repository.path / "queen.md").read_text(encoding="utf-8") == _RIGHT
    assert (repository.path / "boys.md").read_text(encoding="utf-8") == _LEFT
    repository.commit(0, boys="The boys were late. They missed the bus.\n")

    installed = {
        path.name for path in Path(environment["PRE_COMMIT_HOME"]).glob("*/py_env-*/lib/python*/site-packages/*")
    }
    assert {"gru_lint", "spacy", "numpy"} <= installed
    assert "torch" not in installed
