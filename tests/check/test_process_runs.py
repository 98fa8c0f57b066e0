"""`gru-lint check` in several processes, as a user runs it."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from check_runs import KING, ROOT, start
from waiting import until

pytestmark = pytest.mark.slow


def children(pid: int) -> list[int]:
    """The processes of a process that judge files."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """As much text as is worth two processes, and takes each of them seconds."""
    story = "Mary went to town. She bought a hat, and her brother saw her when he came home with it. "
    for number in range(8):
        text = f"{story * (900 + number)}\n\n{KING}"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    return tmp_path


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found in /proc")


def has_loaded(pid: int, library: str) -> bool:
    return library in Path(f"/proc/{pid}/maps").read_text()


@needs_proc
@pytest.mark.parametrize("library", ["python", "numpy"], ids=["that begin", "at work"])
def test_ctrl_c_ends_all_processes_within_a_second(large: Path, library: str) -> None:
    with start("check", "--jobs", "2", cwd=large) as process:
        until(lambda: len(children(process.pid)) == 2)
        pids = children(process.pid)
        until(lambda: all(has_loaded(pid, library) for pid in pids))
        os.killpg(process.pid, signal.SIGINT)
        started = time.monotonic()
        printed, said = process.communicate(timeout=60)
        # A second on a machine that has nothing else to do.
        assert time.monotonic() - started < 5
    assert (process.returncode, printed, said) == (130, "", "gru-lint: interrupted\n")
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), 5)


@needs_proc
def test_a_killed_process_is_told_with_its_file_and_the_rest_completes(large: Path) -> None:
    with start("check", "--jobs", "2", "--output-format", "concise", cwd=large) as process:
        until(lambda: len(children(process.pid)) == 2)
        os.kill(children(process.pid)[0], signal.SIGKILL)
        printed, said = process.communicate(timeout=300)
    assert process.returncode == 2
    assert said.endswith(".md: was not checked: its process was killed by SIGKILL\n")
    assert said.count("\n") == 1
    lost = said.removeprefix("gru-lint: ").split(":")[0]
    names = [line.split(":")[0] for line in printed.splitlines()[:-1]]
    assert names == sorted(names)
    assert set(names) | {lost} == {f"{number}.md" for number in range(8)}


def test_broken_weights_end_a_run_of_several_processes_in_one_line(
    large: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "gru_lint", root / "gru_lint", ignore=shutil.ignore_patterns("__pycache__"))
    weights = root / "model_weights" / "agreement-gru.npz"
    weights.parent.mkdir()
    weights.write_bytes(b"PK\x03\x04")
    with start("check", "--jobs", "2", cwd=large, root=root) as process:
        printed, said = process.communicate(timeout=120)
    assert (process.returncode, printed, said.count("\n")) == (2, "", 1)
    assert said.startswith(f"gru-lint: {weights}: ")
