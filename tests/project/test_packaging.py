"""The wheel and the source distribution; the wheel installed in a fresh environment, as a user gets it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from gru_lint import __version__

_ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that is built from it, as a release is."""
    out = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(out), str(_ROOT)], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def sdist(built: Path) -> Path:
    (path,) = built.glob("*.tar.gz")
    return path


def test_the_wheel_holds_linter_server_and_weights_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"gru_lint", "gru_lint_server", f"{wheel.name.split('-py3')[0]}.dist-info"}
    for needed in (
        "gru_lint/model_weights/agreement-gru.npz",
        "gru_lint/model_weights/MODEL_CARD.md",
        "gru_lint/explain/formats/html_page.html",
        "gru_lint/pages/frame.html",
        "gru_lint/report/html_page.css",
        "gru_lint/report/html_page.html",
        "gru_lint/rules/gender_mismatch.py",
        "gru_lint/py.typed",
        "gru_lint_server/app.py",
    ):
        assert needed in names
    # Whoever trains has a checkout.
    assert not [name for name in names if name.startswith("gru_lint/training")]


def test_the_source_distribution_holds_what_trains_tests_and_documents(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in (
        "gru_lint/training/data/gendered_pairs.txt",
        "gru_lint/rules/gender_mismatch.py",
        "server/gru_lint_server/app.py",
        "studies/cells/__main__.py",
        "model_weights/agreement-gru.npz",
        "benchmarks/run.py",
        "tests/project/test_packaging.py",
        "schemas/gru-lint.json",
        "docs/rules.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
    ):
        assert needed in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


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
    assert __version__ in version.stdout
