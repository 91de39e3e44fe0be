"""Writers in several processes and threads, and processes killed in the middle of an act."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from itertools import groupby

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from remit.ledger.models import Entry
from remit.ledger.queries import find_faults
from remit.ledger.tests.acts import FENMOOR, MARCHLAND, make_group

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PROCESSES, THREADS, ACTS = 8, 4, 25

# How many acts of others may come between a writer's asking and its turn. Were every turn taken in
# order there would be 31; the file lock between processes is not so strict, so four rounds are allowed.
FAIR = 4 * PROCESSES * THREADS


def start(environment, *arguments):
    command = [sys.executable, "-m", "remit.ledger.tests.writers", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def recorded_names(stream=FENMOOR):
    rows = Entry.objects.filter(stream=stream, verb="group.made").order_by("sequence")
    return [json.loads(row.payload)["facts"]["name"] for row in rows]


def test_eight_processes_of_four_threads_lose_and_reorder_nothing(child_environment):
    writers = [start(child_environment, "write", f"writer-{n}", THREADS, ACTS) for n in range(PROCESSES)]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    outputs = [writer.communicate(timeout=240)[0] for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    acts = [tuple(json.loads(line)) for output in outputs for line in output.splitlines()]
    total = PROCESSES * THREADS * ACTS
    assert len(acts) == Group.objects.count() == total
    assert sorted(place for _, _, place, _ in acts) == list(range(1, total + 1))
    assert recorded_names() == [name for *_, name in sorted(acts, key=lambda act: act[2])]
    for _, own in groupby(acts, key=lambda act: act[0]):
        places = [place for _, _, place, _ in own]
        assert places == sorted(places)
    assert not list(find_faults())
    if connection.vendor == "sqlite":
        overtaken = max(place - asked - 1 for _, asked, place, _ in acts)
        assert overtaken <= FAIR


def test_killed_between_any_two_steps_there_is_both_change_and_entry_or_neither(child_environment):
    make_group("before", parties=(FENMOOR, MARCHLAND))
    killed = start(child_environment, "killed-at-every-step", "step")
    output, _ = killed.communicate(timeout=120)

    ends = [json.loads(line) for line in output.splitlines()]
    assert [ended for _, ended in ends] == [True] * (len(ends) - 1) + [False]
    assert len(ends) > 10
    standing = [name for name, _ in ends if Group.objects.filter(name=name).exists()]
    assert recorded_names() == recorded_names(MARCHLAND) == ["before", *standing]
    assert standing == [name for name, _ in ends][-len(standing) :]  # once COMMIT is through, all later kills find it
    assert not list(find_faults())
    make_group("after")


def test_killed_at_random_there_is_both_change_and_entry_or_neither(child_environment):
    chance = random.Random(7)
    for turn in range(6):
        victim = start(child_environment, "until-killed", f"turn-{turn}")
        assert victim.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.3))
        victim.kill()
        victim.communicate(timeout=30)

    make_group("after")
    made = set(Group.objects.values_list("name", flat=True))
    assert len(made) > 6
    assert set(recorded_names()) == made
    assert set(recorded_names(MARCHLAND)) == made - {"after"}
    assert not list(find_faults())
