#!/usr/bin/env python3
"""Verifies a whole log.sqlite from the words of FORMATS.md, without our Swift code: check_log.py LOG

Recomputes every leaf, sealed digest, feed chain and the root; checks positions, append groups, recorded times and
request rows. Opens the file read-only and reads at most 1000 events a transaction. Prints the first bad position.
"""

import json
import pathlib
import sqlite3
import struct
import sys

import check_vectors as vectors


class Bad(Exception):
    def __init__(self, position, what):
        super().__init__(f"position {position}: {what}" if position else what)


def check_event(db, log_id, names, row):
    (position, event_id, append_first, type_id, version, occurred_at, recorded_at, meta, data, tag_ids, audience,
     disclosure, salt, removed, leaf) = row
    ids = list(struct.unpack(f">{len(tag_ids) // 4}I", tag_ids))
    if ids != sorted(set(ids)):
        raise Bad(position, "tag numbers are not ascending")
    labels = []
    sections = []
    for number, group, person, digest, nonce, ciphertext in db.execute(
            "SELECT section, grp, person, digest, nonce, ciphertext FROM sealed WHERE position = ? ORDER BY section",
            (position,)):
        if ciphertext is not None and vectors.section_digest(nonce, ciphertext) != digest:
            raise Bad(position, f"section {number} is not what was sealed")
        sections.append((number, digest))
        labels.append((number, group, person.hex()))
    named = [(each["s"], each["g"], each["p"].replace("-", "")) for each in json.loads(meta).get("sealed") or []]
    if named != labels:
        raise Bad(position, "the sealed sections are not those that meta names")
    departments = sorted(json.loads(disclosure))
    if vectors.joined(departments) != audience:
        raise Bad(position, "audience and disclosure are not each other's")
    parts = {"meta": meta, "data": data, "tags": vectors.joined(names["tag"][each] for each in ids),
             "audience": audience, "disclosure": disclosure}
    digests = vectors.commitments(parts, salt, removed)
    name = names["event_type"][type_id]
    if vectors.leaf_hash(vectors.leaf_input(
            log_id, position, event_id, append_first, name, version, occurred_at, recorded_at, digests,
            sections)) != leaf:
        raise Bad(position, "the event does not give its leaf")
    return departments


def check_requests(db, groups):
    open_groups = dict(groups)
    head = max(groups.values(), default=0)
    for first, last, answer in db.execute("SELECT first_position, last_position, answer_position FROM request"):
        if first is None or first > head:
            continue
        if open_groups.pop(first, None) != last or answer < last:
            raise Bad(first, "a request names events that are no append")
    for first in sorted(open_groups):
        raise Bad(first, "an append has no request")


def check(path: pathlib.Path) -> str:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    known = dict(db.execute("SELECT k, v FROM log_meta"))
    if known["format"] != "1":
        raise Bad(None, "the log has another format")
    log_id = known["log_id"]
    names = {table: dict(db.execute(f"SELECT id, name FROM {table}")) for table in ("tag", "event_type")}
    feed_ids = {name: number for number, name in db.execute("SELECT id, name FROM feed")}
    size, expected = db.execute("SELECT size, root FROM tree_edge").fetchone()
    leaves, groups, feeds = [], {}, {}
    last_group, last_time = 0, None
    while len(leaves) < size:
        page = db.execute(
            "SELECT position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at, meta, data,"
            " tag_ids, audience, disclosure, salt, removed, leaf FROM event WHERE position > ? AND position <= ?"
            " ORDER BY position LIMIT 1000", (len(leaves), size)).fetchall()
        if not page:
            raise Bad(len(leaves) + 1, "this position is missing")
        for row in page:
            position, append_first, recorded_at, leaf = row[0], row[2], row[6], row[-1]
            if position != len(leaves) + 1:
                raise Bad(len(leaves) + 1, "this position is missing")
            try:
                departments = check_event(db, log_id, names, row)
            except (KeyError, ValueError, TypeError) as error:
                raise Bad(position, f"the row does not decode: {type(error).__name__}") from error
            if append_first not in (position, last_group):
                raise Bad(position, "the events of an append do not stand together")
            if last_time is not None and recorded_at < last_time:
                raise Bad(position, "recorded before the event before it")
            last_group, last_time = append_first, recorded_at
            groups[append_first] = position
            leaves.append(leaf)
            for name in departments:
                sequence, chain = feeds.get(name, (0, vectors.chain_start(log_id, name)))
                feeds[name] = (sequence + 1, vectors.chain_next(chain, sequence + 1, leaf))
                stored = db.execute("SELECT position, chain FROM feed_entry WHERE feed_id = ? AND seq = ?",
                                    (feed_ids.get(name), sequence + 1)).fetchone()
                if stored != (position, feeds[name][1]):
                    raise Bad(position, f"the feed of {name} is another")
    for name, number in feed_ids.items():
        sequence = feeds.get(name, (0, b""))[0]
        extra = db.execute("SELECT min(position) FROM feed_entry WHERE feed_id = ? AND seq > ? AND position <= ?",
                           (number, sequence, size)).fetchone()[0]
        if extra is not None:
            raise Bad(extra, f"the feed of {name} has an entry no event gives")
    check_requests(db, groups)
    if vectors.root(leaves) != expected:
        raise Bad(None, "the leaves do not give the root of the tree")
    return f"{size} events hold, root {expected.hex()}"


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__.splitlines()[0])
        return 64
    try:
        print(check(pathlib.Path(sys.argv[1])))
    except (Bad, sqlite3.Error) as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
