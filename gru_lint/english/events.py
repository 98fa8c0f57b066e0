"""An it that refers to an event, as in "Anna came early, and it surprised us; everybody knew it"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# What an event does.
_DOES: Final = frozenset(
    f"{verb}{ending}"
    for verbs, endings in (
        ("surpris amaz pleas reliev puzzl disturb", ("e", "es", "ed")),
        (
            "delight annoy upset anger shock frighten sadden bother disappoint embarrass happen astonish",
            ("", "s", "ed"),
        ),
        ("worr", ("y", "ies", "ied")),
        ("scar", ("e", "es", "ed")),
        ("mean", ("", "s", "t")),
    )
    for verb in verbs.split()
    for ending in endings
)
# What is heard, known or done is an event more often than a person.
_DONE_TO: Final = frozenset(
    """
        hear heard hears know knew known knows see saw seen sees notice noticed do did done does doing say said says
        believe believed feel felt mean meant deny denied admit admitted regret regretted forget forgot remember
        remembered understand understood explain explained enjoy enjoyed like liked love loved hate hated want wanted
        mention mentioned call called about of
        """.split()
)
# What may follow an object.
_AFTER_OBJECTS: Final = frozenset("and but or when because too again all at to in for with from on".split())


def does_what_events_do(words: Sequence[str], index: int) -> bool:
    """Whether a verb of events follows an it: "it surprised us"."""
    return index + 1 < len(words) and words[index + 1].lower() in _DOES


def may_be_known_event(words: Sequence[str], index: int) -> bool:
    """Whether an it is the object of a verb that goes with events: "all heard it", not "all said it was tired"."""
    after = words[index + 1 : index + 2]
    ends = not after or not after[0].isalpha() or after[0].lower() in _AFTER_OBJECTS
    return ends and index > 0 and words[index - 1].lower() in _DONE_TO
