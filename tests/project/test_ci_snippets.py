"""docs/ci.md and action.yml: what is YAML is valid for whom it is meant for, and every command line works."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

yaml = pytest.importorskip("yaml", reason="comes with pre-commit, which is in the extra `test`")

_ROOT = Path(__file__).parents[2]
_PAGE = (_ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)
_ACTION = _ROOT / "action.yml"
_SCHEMAS = {".github/workflows": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}


def _check_schema(path: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def _snippets() -> list[tuple[str, str]]:
    """The files that the page shows, with their names, which stand in their first line."""
    named = [(re.match(r"# (\S+)\n", text), text) for kind, text in _BLOCKS if kind in ("yaml", "ini")]
    return [(name[1], text) for name, text in named if name]


def _command_lines() -> list[str]:
    """What the page has a shell run of ours, each once."""
    code = "\n".join(text for _, text in _BLOCKS)
    found = re.findall(r"gru-lint (?:check|clean)\b[^|\n`]*", code)
    return list(dict.fromkeys(line.strip() for line in found))


def test_the_page_shows_what_it_is_there_for() -> None:
    names = [name for name, _ in _snippets()]
    assert {".pre-commit-config.yaml", ".gitlab-ci.yml", "tox.ini"} <= set(names)
    assert sum(name.startswith(".github/workflows/") for name in names) == 2
    assert len(_command_lines()) >= 7


@pytest.mark.parametrize("text", [text for kind, text in _BLOCKS if kind == "yaml"])
def test_yaml_can_be_read(text: str) -> None:
    assert yaml.safe_load(text)


@pytest.mark.parametrize(("name", "text"), _snippets(), ids=lambda value: value if "\n" not in value else "")
def test_whole_files_are_valid(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for place, schema in _SCHEMAS.items():
        if name.startswith(place):
            pytest.importorskip("check_jsonschema", reason="is in the extra `test`")
            _check_schema(path, schema)
    if name == ".pre-commit-config.yaml":
        subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], check=True)


def test_what_the_snippets_use_exists() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    inputs = yaml.safe_load(_ACTION.read_text(encoding="utf-8"))["inputs"].keys()
    for name, text in _snippets():
        if name == ".pre-commit-config.yaml":
            assert {hook["id"] for hook in yaml.safe_load(text)["repos"][0]["hooks"]} == hooks
        if name.startswith(".github/workflows/"):
            for step in yaml.safe_load(text)["jobs"]["gru-lint"]["steps"]:
                if step["uses"].startswith("gru-lint/"):
                    assert step["with"].keys() <= inputs
    assert re.findall(r"^\| `([\w-]+)` \|", _PAGE, re.MULTILINE) == list(inputs)


@pytest.mark.parametrize("line", _command_lines())
def test_every_command_line_works(tmp_path: Path, line: str) -> None:
    (tmp_path / "docs").mkdir()
    for path in (tmp_path / "docs" / "king.md", tmp_path / "README.md"):
        path.write_text("The king hurt herself.\n", encoding="utf-8")
    # As in CI, where a cache's folder is no part of the project: its repository does not track it.
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    command = [sys.executable, "-m", "gru_lint", *shlex.split(line)[1:]]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == (0 if "--fix" in line or "clean" in line else 1), result.stderr
    assert "gru-lint: " not in result.stderr
    written = re.search(r"--output-file (\S+)", line)
    report = (tmp_path / written[1]).read_text(encoding="utf-8") if written else result.stdout
    if "rdjson" in line or (written and written[1].endswith((".json", ".sarif"))):
        assert "PA004" in json.dumps(json.loads(report))
    elif "--fix" not in line and "clean" not in line:
        assert "herself" in report


def test_the_action_is_valid() -> None:
    pytest.importorskip("check_jsonschema", reason="is in the extra `test`")
    _check_schema(_ACTION, "vendor.github-actions")


def _filled(text: str, values: dict[str, str]) -> str:
    """An expression of the action with the values that a runner puts into it."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: values[match[1]], text)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="the steps of the action are bash scripts")
def test_the_steps_of_the_action_run(tmp_path: Path) -> None:
    action: dict[str, Any] = yaml.safe_load(_ACTION.read_text(encoding="utf-8"))
    (tmp_path / "a book.md").write_text("The king hurt herself.\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "queen.md").write_text("The queen hurt himself.\n", encoding="utf-8")
    values = {
        "github.action_path": str(_ROOT),
        "runner.temp": str(tmp_path / "runner temp"),
        "steps.python.outputs.python-path": sys.executable,
        **{f"inputs.{name}": str(known["default"]) for name, known in action["inputs"].items()},
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["GITHUB_OUTPUT"] = str(tmp_path / "github_output")
    install, check = (step for step in action["runs"]["steps"] if "run" in step)

    def run(step: dict[str, Any], **inputs: str) -> subprocess.CompletedProcess[str]:
        given = values | {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        variables = {name: _filled(text, given) for name, text in step["env"].items()}
        # As a runner starts bash.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(
            command, cwd=tmp_path, env=environment | variables, capture_output=True, text=True, timeout=600
        )

    installed = run(install)
    assert installed.returncode == 0, installed.stderr
    name, _, value = (tmp_path / "github_output").read_text(encoding="utf-8").strip().partition("=")
    values[f"steps.install.outputs.{name}"] = value

    found = run(check)
    assert found.returncode == 1, found.stderr
    assert found.stdout.count("PA004") == 2
    assert "::" in found.stdout
    assert run(check, paths="docs", args="--ignore PA004").returncode == 0
    assert run(check, paths="docs", output_format="sarif", output_file="out.sarif").returncode == 1
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    # What stands in an input is never run.
    spoilt = run(check, paths="$(touch ran) `touch ran` docs; touch ran")
    assert spoilt.returncode == 2
    assert not (tmp_path / "ran").exists()
