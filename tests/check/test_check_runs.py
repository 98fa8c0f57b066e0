"""`gru-lint check` with fixes, in several processes, remembering and watching: as a user runs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from waiting import until

_ROOT = Path(__file__).parents[2]
_KING, _FIXED = "The king hurt herself.\n", "The king hurt himself.\n"
_BOYS = "The boys were late. It missed the bus.\n"
_DIFF = "--- king.md\n+++ king.md\n@@ -1 +1 @@\n-The king hurt herself.\n+The king hurt himself.\n"


def start(*arguments: str, cwd: Path, root: Path = _ROOT, caches: Path | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "100"}
    if caches is not None:
        environment["XDG_CACHE_HOME"] = str(caches)
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "gru_lint", *arguments]
    return subprocess.Popen(
        command, cwd=cwd, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    )


def check(
    *arguments: str,
    cwd: Path,
    code: int,
    out: str | None = None,
    err: str = "",
    stdin: str = "",
    root: Path = _ROOT,
    caches: Path | None = None,
) -> str:
    """What a run prints, with its exit code, all it prints and all it says on standard error."""
    with start("check", "--output-format", "concise", *arguments, cwd=cwd, root=root, caches=caches) as process:
        printed, said = process.communicate(stdin, timeout=300)
    assert process.returncode == code, printed + said
    assert out is None or printed == out
    assert said == err
    return printed


def read_to(output: IO[str], end: str) -> None:
    """Reads what a run prints up to a text, such as the end of a question."""
    printed = ""
    while not printed.endswith(end):
        letter = output.read(1)
        assert letter, printed
        printed += letter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "king.md").write_text(_KING, encoding="utf-8")
    (tmp_path / "boys.md").write_text(_BOYS, encoding="utf-8")
    return tmp_path


_LEFT = 'boys.md:1:21: PA002 "It" refers to "The boys": expected "They"\n'


def test_fixing_leaves_and_reports_what_it_does_not_fix(folder: Path) -> None:
    check("--fix", cwd=folder, code=1, out=f"{_LEFT}Found 2 findings (1 fixed, 1 remaining) in 2 files.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == _FIXED
    check("--fix", cwd=folder, code=1, out=f"{_LEFT}Found 1 finding in 2 files.\n")
    check("--fix", "king.md", cwd=folder, code=0, out="No findings in 1 file.\n")


def test_a_diff_shows_what_would_be_fixed_and_writes_nothing(folder: Path) -> None:
    check("--diff", cwd=folder, code=1, out=_DIFF, err="Would fix 1 finding.\n")
    check("--fix", "--diff", "-q", cwd=folder, code=1, out=_DIFF)
    check("--diff", "boys.md", cwd=folder, code=0, out="", err="Would fix nothing.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == _KING


def test_standard_input_is_fixed_to_standard_output(folder: Path) -> None:
    said = "Found 1 finding (1 fixed, 0 remaining) in 1 file.\n"
    check("--fix", "-", cwd=folder, code=0, stdin=_KING, out=_FIXED, err=said)
    check("--fix", "-q", "-", cwd=folder, code=0, stdin="\ufeffAll is well.\r\n", out="\ufeffAll is well.\n")
    # Standard input alone leaves no folder behind.
    assert sorted(path.name for path in folder.iterdir()) == ["boys.md", "king.md"]


def test_a_file_that_cannot_be_written_is_told_and_reported(folder: Path) -> None:
    (folder / "king.md").chmod(0o444)
    told = "gru-lint: king.md: is read-only; nothing was written\n"
    printed = check("--fix", "king.md", cwd=folder, code=2, err=told)
    assert printed.endswith("Found 1 finding in 1 file.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == _KING


@pytest.mark.parametrize(
    ("stdin", "code", "king", "boys"),
    [
        ("y\ny\n", 0, _FIXED, _BOYS.replace("It", "They")),
        ("n\ny\n", 1, _FIXED, _BOYS),
        ("o\nWe\nq\n", 1, _KING, _BOYS.replace("It", "We")),
        ("a\n", 0, _FIXED, _BOYS.replace("It", "They")),
        ("y\n", 1, _KING, _BOYS.replace("It", "They")),
        ("", 1, _KING, _BOYS),
    ],
)
def test_a_person_is_asked(folder: Path, stdin: str, code: int, king: str, boys: str) -> None:
    printed = check("--fix", "--interactive", cwd=folder, code=code, stdin=stdin)
    assert printed.startswith("boys.md:1:21: PA002")
    assert [(folder / f"{name}.md").read_text(encoding="utf-8") for name in ("king", "boys")] == [king, boys]


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as POSIX does")
def test_what_was_answered_before_ctrl_c_is_written(folder: Path) -> None:
    with start("check", "--interactive", cwd=folder) as process:
        assert process.stdin is not None
        process.stdin.write("y\n")
        process.stdin.flush()
        assert process.stdout is not None
        for _ in range(2):
            read_to(process.stdout, "quit] ")
        os.killpg(process.pid, signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "gru-lint: interrupted\n")
    assert printed.endswith("Fixed 1 finding.\n")
    assert "They" in (folder / "boys.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--interactive", "-"), "--interactive needs files: standard input cannot be read twice"),
        (("--watch", "-"), "--watch needs files: standard input cannot be read twice"),
        (("--interactive", "--diff"), "--interactive asks, --diff runs by itself: leave one of them out"),
        (
            ("--fix", "--baseline", "a.json"),
            "--fix, --diff and --interactive go without --baseline, --write-baseline and --add-ignores",
        ),
        (("--interactive", "--watch"), "--interactive asks, --watch runs by itself: leave one of them out"),
    ],
)
def test_what_does_not_go_together_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    check(*arguments, cwd=folder, code=2, out="", err=f"gru-lint: {told}\n")


@pytest.fixture
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the caches of a user lie who has checked nothing yet."""
    return tmp_path_factory.mktemp("caches")


in_xdg_cache_home = pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the system for the folder")


@in_xdg_cache_home
def test_findings_are_remembered_for_each_project_until_they_are_cleaned(folder: Path, caches: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.gru-lint]\n", encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs" / "king.md").write_text(_KING, encoding="utf-8")
    first = check(cwd=folder / "docs", code=1, caches=caches)
    (cache,) = (caches / "gru-lint").iterdir()
    assert check(cwd=folder / "docs", code=1, caches=caches) == first
    check(cwd=folder, code=1, caches=caches)
    assert list((caches / "gru-lint").iterdir()) == [cache]
    with start("clean", cwd=folder / "docs", caches=caches) as process:
        assert process.communicate()[0] == f"Removed {cache}.\n"
    assert not cache.exists()
    check("--no-cache", cwd=folder, code=1, caches=caches)
    check("--cache-dir", "elsewhere", "docs", cwd=folder, code=1, caches=caches)
    assert (folder / "elsewhere" / "CACHEDIR.TAG").exists()
    assert not cache.exists()


@in_xdg_cache_home
def test_a_configuration_that_is_not_wanted_does_not_say_where(folder: Path, caches: Path) -> None:
    (folder / "gru-lint.toml").write_text("broken = \n", encoding="utf-8")
    check("--isolated", cwd=folder, code=1, caches=caches)
    assert len(list((caches / "gru-lint").iterdir())) == 1


@in_xdg_cache_home
def test_a_cache_that_a_repository_brings_is_neither_read_nor_removed_and_mentioned_once(
    folder: Path, caches: Path
) -> None:
    brought = folder / ".gru_lint_cache"
    brought.mkdir()
    (brought / "findings-1.sqlite3").write_text("planted", encoding="utf-8")
    told = f"gru-lint: {brought}: is of an earlier version and not read any more; you can remove it\n"
    check(cwd=folder, code=1, err=told, caches=caches)
    check(cwd=folder, code=1, caches=caches)
    with start("clean", cwd=folder, caches=caches) as process:
        process.communicate()
    assert [path.name for path in brought.iterdir()] == ["findings-1.sqlite3"]


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_folder_for_the_cache_that_is_not_fit_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (folder / "way").symlink_to(outside)
    (folder / "link").symlink_to(".")
    (folder / "gru-lint.toml").write_text("", encoding="utf-8")
    for name, reason in (
        ("way/cache", "leads out of the project by a link; name the folder itself"),
        ("link", "is a link; the cache needs a folder of its own"),
        ("king.md", "is not a folder; the cache needs one of its own"),
        (".", "holds 'boys.md', which gru-lint did not put there; name an empty folder for the cache"),
    ):
        check("--cache-dir", name, cwd=folder, code=2, out="", err=f"gru-lint: {name}: {reason}\n")
    assert list(outside.iterdir()) == []
    assert (folder / "gru-lint.toml").exists()


@in_xdg_cache_home
def test_a_cache_of_the_user_that_is_not_fit_is_done_without(folder: Path, caches: Path) -> None:
    check(cwd=folder, code=1, caches=caches)
    (cache,) = (caches / "gru-lint").iterdir()
    (cache / "mine.txt").write_text("mine", encoding="utf-8")
    reason = "holds 'mine.txt', which gru-lint did not put there; name an empty folder for the cache"
    check(cwd=folder, code=1, err=f"gru-lint: {cache}: {reason}; nothing is remembered\n", caches=caches)


def test_what_is_remembered_needs_neither_numpy_nor_spacy(folder: Path) -> None:
    check(cwd=folder, code=1)
    program = (
        "import sys\nfrom gru_lint.cli import main\ntry:\n    main()\n"
        "except SystemExit:\n    print(sorted({'numpy', 'spacy', 'rich', 'torch'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, "check", "--output-format", "concise"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert result.stdout.endswith("Found 2 findings in 2 files.\n[]\n")


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
@pytest.mark.parametrize(("n_files", "is_shown"), [(25, True), (2, False)])
def test_a_bar_is_shown_on_a_terminal_where_there_are_many_files(tmp_path: Path, n_files: int, is_shown: bool) -> None:
    import pty

    for number in range(n_files):
        (tmp_path / f"{number}.md").write_text("He left.\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "COLUMNS": "100", "TERM": "xterm"}
    command = [sys.executable, "-m", "gru_lint", "check"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.set_blocking(ours, False)
    said = b""
    # However much is waiting, a terminal hands out a few kilobytes at a time.
    with suppress(BlockingIOError):
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    os.close(theirs)
    assert (f"/{n_files}".encode() in said) == is_shown
    assert result.stdout == f"No findings in {n_files} files.\n".encode()


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
        text = f"{story * (900 + number)}\n\n{_KING}"
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
    shutil.copytree(_ROOT / "gru_lint", root / "gru_lint", ignore=shutil.ignore_patterns("__pycache__"))
    weights = root / "model_weights" / "agreement-gru.npz"
    weights.parent.mkdir()
    weights.write_bytes(b"PK\x03\x04")
    with start("check", "--jobs", "2", cwd=large, root=root) as process:
        printed, said = process.communicate(timeout=120)
    assert (process.returncode, printed, said.count("\n")) == (2, "", 1)
    assert said.startswith(f"gru-lint: {weights}: ")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as POSIX does")
def test_watching_checks_again_after_a_change_and_ends_with_ctrl_c(folder: Path) -> None:
    with start("check", "--watch", "--output-format", "concise", "king.md", cwd=folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("king.md:1:15: PA004")
        assert process.stdout.readline() == "Found 1 finding in 1 file.\n"
        (folder / "king.md").write_text(_FIXED, encoding="utf-8")
        assert process.stdout.readline() == "No findings in 1 file.\n"
        os.killpg(process.pid, signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
    assert set(said.splitlines()) == {"gru-lint: waiting for changes; Ctrl-C ends it", "gru-lint: interrupted"}
