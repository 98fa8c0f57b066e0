"""`gru-lint doctor` and `gru-lint --version`: right where all is well, and of use where it is not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gru_lint import __version__
from gru_lint.model.weights import WeightsError, read_version

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]


def run(*arguments: str, path: Path = _ROOT, cwd: Path, before: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The finished process of the `gru-lint` that lies in `path`; modules in `before` hide others."""
    import_path = os.pathsep.join(map(str, [before, path] if before else [path]))
    environment = {**os.environ, "PYTHONPATH": import_path, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "gru_lint", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, timeout=120)


def check(result: subprocess.CompletedProcess[str], *wrong: str) -> None:
    """The doctor finds these faults and no other, in lines that each have their remedy."""
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    found = [line for line in lines if line.startswith("wrong")]
    assert [part for part, line in zip(wrong, found, strict=True) if part not in line] == []
    assert sum(line.startswith("       to mend it: ") for line in lines) == len(wrong)
    assert lines[-1] == (f"{len(wrong)} wrong." if wrong else "All is well.")
    assert result.returncode == (1 if wrong else 0)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the package and without its weights."""
    folder = tmp_path / "copy"
    shutil.copytree(_ROOT / "gru_lint", folder / "gru_lint", ignore=shutil.ignore_patterns("__pycache__", "training"))
    return folder


def test_all_is_well(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.gru-lint]\nmin-confidence = 0.9\n", encoding="utf-8")
    result = run("doctor", cwd=tmp_path)
    check(result)
    version = run("--version", cwd=tmp_path).stdout
    weights = re.fullmatch(rf"gru-lint {re.escape(__version__)} \((weights [0-9a-f]{{8}}.*)\)\n", version)
    assert weights
    for part in (
        f"gru-lint {__version__}\n",
        sys.executable,
        f"ok     {weights[1]}",
        "agreement-gru.npz",
        'on trial: PA004 "herself" refers to "The king": expected "himself"',
        f"configuration for {tmp_path}: {tmp_path / 'pyproject.toml'}\n",
    ):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("content", "message"), [(None, "the weights are missing"), (b"PK\x03\x04 half", "not a weights file")]
)
def test_weights_that_cannot_be_read_are_told(tmp_path: Path, copy: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        (copy / "model_weights").mkdir()
        (copy / "model_weights" / "agreement-gru.npz").write_bytes(content)
    check(run("doctor", path=copy, cwd=tmp_path), f"agreement-gru.npz: {message}")
    version = run("--version", path=copy, cwd=tmp_path)
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout == f"gru-lint {__version__} (its weights cannot be read: gru-lint doctor tells why)\n"


@pytest.mark.parametrize("module", ["numpy", "spacy"])
def test_a_package_that_cannot_be_imported_is_told(tmp_path: Path, module: str) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / f"{module}.py").write_text("raise ImportError('built for\\nanother Python')", encoding="utf-8")
    check(run("doctor", before=broken, cwd=tmp_path), "linting: ImportError: built for another Python")


@pytest.mark.parametrize(
    ("requirement", "wrong"),
    [
        ("missing-one>=1", ["missing-one is not installed"]),
        ("typer>=999", ["is not typer >=999"]),
        ("torch==1; extra == 'train'", []),
        ("missing-one; python_version < '3'", []),
    ],
)
def test_a_package_that_is_missing_or_another_is_told(tmp_path: Path, requirement: str, wrong: list[str]) -> None:
    installed = tmp_path / "installed" / f"gru_lint-{__version__}.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: gru-lint\nVersion: {__version__}\nRequires-Dist: numpy>=1.26\n"
        f"Requires-Dist: {requirement}\n",
        encoding="utf-8",
    )
    result = run("doctor", before=installed.parent, cwd=tmp_path)
    check(result, *wrong)
    assert "packages: numpy " in result.stdout


def test_a_configuration_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text("[tool.gru-lint]\nmin-confidense = 0.9\n", encoding="utf-8")
    check(run("doctor", cwd=tmp_path), f'configuration: {config}:2: unknown key "min-confidense"')


def test_torch_that_slipped_in_is_told(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    # What a plug-in of Python's start does, whoever wrote it.
    (tmp_path / "before" / "sitecustomize.py").write_text(
        "import sys, types; sys.modules['torch'] = types.ModuleType('torch')", encoding="utf-8"
    )
    check(run("doctor", before=tmp_path / "before", cwd=tmp_path), "torch was imported")


@pytest.mark.parametrize(("metadata", "wanted"), [({"date": "2026-11-23"}, ", 2026-11-23"), ({}, "")])
def test_the_version_of_weights_has_the_day_where_they_say_it(
    tmp_path: Path, metadata: dict[str, str], wanted: str
) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, header=np.frombuffer(json.dumps(metadata).encode(), np.uint8))
    version = read_version(path)
    assert re.fullmatch(f"[0-9a-f]{{8}}{wanted}", version)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(WeightsError, match=r"weights\.npz: not a weights file"):
        read_version(path)
