"""The wheel, built and installed in a fresh environment, as a user gets it."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(_ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_holds_linter_server_and_weights_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"gru_lint", "gru_lint_server", f"{wheel.name.split('-py3')[0]}.dist-info"}
    for needed in (
        "gru_lint/model_weights/agreement-gru.npz",
        "gru_lint/model_weights/MODEL_CARD.md",
        "gru_lint/report/html_page.css",
        "gru_lint/rules/gender_mismatch.py",
        "gru_lint/training/data/gendered_pairs.txt",
        "gru_lint/py.typed",
        "gru_lint_server/app.py",
    ):
        assert needed in names


def test_the_installed_tool_finds_the_error_and_brings_no_torch(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    listed = subprocess.run(
        [scripts / "python", "-m", "pip", "list"], check=True, capture_output=True, text=True
    ).stdout
    assert "spacy" in listed
    assert "torch" not in listed
    text = tmp_path / "king.txt"
    text.write_text("The king hurt herself.\n", encoding="utf-8")
    result = subprocess.run([scripts / "gru-lint", "check", text], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 1
    assert "PA004" in result.stdout
    version = subprocess.run([scripts / "gru-lint-server", "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert version.returncode == 0
    assert "0.1.0" in version.stdout
