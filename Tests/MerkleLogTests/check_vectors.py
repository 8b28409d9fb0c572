#!/usr/bin/env python3
"""Recomputes the frozen vectors of the log from the words of FORMATS.md sections 2 and 6, without our Swift code.

Only Python's standard library is used, so that an auditor can read and run it. `check_log.py` uses the same functions
on a whole log.
"""

import hashlib
import hmac
import json
import pathlib
import struct
import sys

PARTS = ("meta", "data", "tags", "audience", "disclosure")


def part_key(salt: bytes, part: str) -> bytes:
    return hmac.new(salt, b"onedoor/leaf/1/" + part.encode(), hashlib.sha256).digest()


def commitment(key: bytes, value: bytes) -> bytes:
    return hmac.new(key, value, hashlib.sha256).digest()


def joined(names) -> bytes:
    return b"\n".join(sorted(name.encode() for name in names))


def section_digest(nonce: bytes, ciphertext: bytes) -> bytes:
    return hashlib.sha256(nonce + ciphertext).digest()


def commitments(parts: dict, salt, removed) -> list:
    """The five d_x; `removed` is the stored column of an event that lost its salt."""
    if salt is not None:
        return [commitment(part_key(salt, part), parts[part]) for part in PARTS]
    if len(removed) != 165:
        raise ValueError("removed has not five slots")
    digests = []
    for index, part in enumerate(PARTS):
        kind, value = removed[index * 33], removed[index * 33 + 1:index * 33 + 33]
        if kind == 0:
            digests.append(commitment(value, parts[part]))
        elif kind == 1:
            digests.append(value)
        else:
            raise ValueError("a slot is neither kept nor gone")
    return digests


def removed_slots(parts: dict, salt: bytes, gone) -> bytes:
    slots = b""
    for part in PARTS:
        key = part_key(salt, part)
        slots += b"\x01" + commitment(key, parts[part]) if part in gone else b"\x00" + key
    return slots


def leaf_input(log_id, position, event_id, append_first, name, version, occurred_at, recorded_at, digests, sections):
    name = name.encode()
    head = b"\x01" + log_id + struct.pack(">Q", position) + event_id + struct.pack(">Q", append_first)
    head += bytes([len(name)]) + name + struct.pack(">Hqq", version, occurred_at, recorded_at)
    tail = b"".join(bytes([number]) + digest for number, digest in sections)
    return head + b"".join(digests) + bytes([len(sections)]) + tail


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: list) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def chain_start(log_id: bytes, department: str) -> bytes:
    name = department.encode()
    return hashlib.sha256(b"\x02" + log_id + bytes([len(name)]) + name).digest()


def chain_next(previous: bytes, sequence: int, leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x02" + previous + struct.pack(">Q", sequence) + leaf).digest()


def vector_of_leaf(given: dict) -> dict:
    """What a leaf vector must say, from its `given`."""
    parts = {
        "meta": given["meta"].encode(),
        "data": given["data"].encode(),
        "tags": joined(given["tags"]),
        "audience": joined(given["audience"]),
        "disclosure": given["disclosure"].encode(),
    }
    salt = bytes.fromhex(given["salt"])
    sections = [
        (each["section"], section_digest(bytes.fromhex(each["nonce"]), bytes.fromhex(each["ciphertext"])))
        for each in given["sections"]
    ]
    digests = commitments(parts, salt, None)
    slots = removed_slots(parts, salt, given["removed"])
    kept = {part: value for part, value in parts.items() if part not in given["removed"]}
    if commitments(kept, None, slots) != digests:
        raise ValueError("removing parts changes the leaf")
    data = leaf_input(
        bytes.fromhex(given["logID"]), given["position"], bytes.fromhex(given["eventID"]), given["appendFirst"],
        given["type"], given["schemaVersion"], given["occurredAt"], given["recordedAt"], digests, sections)
    return {
        "commitments": {part: digest.hex() for part, digest in zip(PARTS, digests)},
        "removedSlots": slots.hex() if given["removed"] else "",
        "leafInput": data.hex(),
        "leaf": leaf_hash(data).hex(),
    }


def vector_of_tree(given: dict) -> dict:
    leaves = [leaf_hash(bytes.fromhex(each)) for each in given["inputs"]]
    return {"roots": [root(leaves[:size]).hex() for size in range(len(leaves) + 1)]}


def vector_of_chain(given: dict) -> dict:
    log_id = bytes.fromhex(given["logID"])
    chains = [chain_start(log_id, given["department"])]
    for sequence, leaf in enumerate(given["leaves"], start=1):
        chains.append(chain_next(chains[-1], sequence, bytes.fromhex(leaf)))
    return {"chains": [each.hex() for each in chains]}


KINDS = {"leaf.json": vector_of_leaf, "tree.json": vector_of_tree, "chain.json": vector_of_chain}


def main() -> int:
    folder = pathlib.Path(__file__).parent / "Vectors"
    held = 0
    for name, compute in KINDS.items():
        for vector in json.loads((folder / name).read_text()):
            if compute(vector["given"]) != vector["expected"]:
                print(f"{name}: {vector['name']} does not hold")
                return 1
            held += 1
    print(f"{held} vectors hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
