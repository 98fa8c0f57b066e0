"""Work in several processes: every task is answered, whatever becomes of a process, and none is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from waiting import until

from gru_lint.check.processes import MAX_DEATHS, Died, each_in_processes, n_cores

_needs_signals = pytest.mark.skipif(os.name != "posix", reason="processes are killed by POSIX signals")


def double(number: int) -> tuple[int, int]:
    return os.getpid(), 2 * number


def double_unless_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def exit_always(number: int) -> int:
    os._exit(3)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def pid_and_sleep(folder: str) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(60)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or ") Z " not in Path(f"/proc/{pid}/stat").read_text()


def test_every_task_is_answered_by_few_processes() -> None:
    answers = dict(each_in_processes(double, range(20), 2))
    assert [answers[index][1] for index in range(20)] == list(range(0, 40, 2))
    pids = {answers[index][0] for index in range(20)}
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids
    assert not any(map(is_alive, pids))


def test_no_more_processes_than_tasks_and_none_for_none() -> None:
    assert len({pid for _, (pid, _) in each_in_processes(double, [1], 8)}) == 1
    assert list(each_in_processes(double, [], 8)) == []
    assert n_cores() >= 1


@_needs_signals
def test_a_killed_process_is_told_in_its_place_and_the_rest_completes() -> None:
    answers = dict(each_in_processes(double_unless_seven, range(12), 2))
    died = answers.pop(7)
    assert isinstance(died, Died)
    assert died.reason == "its process was killed by SIGKILL"
    assert answers == {number: 2 * number for number in range(12) if number != 7}


def test_processes_that_all_die_are_not_started_for_ever() -> None:
    answers = dict(each_in_processes(exit_always, range(MAX_DEATHS + 5), 1))
    assert len(answers) == MAX_DEATHS + 5
    assert answers[0].reason == "its process ended with exit code 3"
    assert answers[MAX_DEATHS + 4].reason == f"not tried after {MAX_DEATHS} processes had died"


def test_who_stops_listening_leaves_no_process() -> None:
    answers = each_in_processes(sleep, [0.0, 60.0], 2)
    started = time.monotonic()
    assert next(answers) == (0, None)
    answers.close()
    assert time.monotonic() - started < 30


_PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from test_processes import pid_and_sleep
from gru_lint.check.processes import each_in_processes
if __name__ == "__main__":
    try:
        list(each_in_processes(pid_and_sleep, [sys.argv[1]] * 4, 2))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@_needs_signals
@pytest.mark.parametrize(
    ("number", "to_all", "exit_code"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, False, -15),
        (signal.SIGKILL, False, -9),
    ],
)
def test_however_it_ends_no_process_is_left(
    tmp_path: Path, number: signal.Signals, to_all: bool, exit_code: int
) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    folder = tmp_path / "pids"
    folder.mkdir()
    command = [sys.executable, str(program), str(folder), str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, env=environment) as parent:
        until(lambda: len(list(folder.iterdir())) == 2, 30)
        pids = [int(path.name) for path in folder.iterdir()]
        # A terminal sends Ctrl-C to the whole group.
        os.killpg(parent.pid, number) if to_all else os.kill(parent.pid, number)
        assert parent.wait(10) == exit_code
        assert parent.stderr is not None
        # Whoever is left would hold the other end.
        assert parent.stderr.read() == b""
    until(lambda: not any(map(is_alive, pids)), 5)
