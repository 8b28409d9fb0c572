"""Measures UmaDB with the events of a OneDoor benchmark: starts its server, fills it, runs producers, tells the results.

The first argument is a JSON file: folder, samples, events, seconds, seed, the shape, and the runs (name, clients, batch).
Lines of JSON go to descriptor 3: {"progress"}, {"missing"}, {"error"}, {"version"}, {"result"}.
"""

import ctypes
import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid

OUT = os.fdopen(3, "w", buffering=1)


def tell(**message):
    OUT.write(json.dumps(message) + "\n")


try:
    import umadb
    from importlib.metadata import version
except ImportError as problem:
    tell(missing=str(problem))
    sys.exit(0)

CONFIG = json.load(open(sys.argv[1], encoding="utf-8"))
SHAPE = CONFIG["shape"]
SAMPLES = [
    (sample["type"], sample["data"].encode(), {"meta": sample["meta"]})
    for sample in map(json.loads, open(CONFIG["samples"], encoding="utf-8"))
]


def end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Maker:
    """Makes events of the shape; each client has cases of its own."""

    def __init__(self, lane, lanes, salt):
        self.chance = random.Random(f"{CONFIG['seed']}-{salt}-{lane}")
        self.lane, self.lanes, self.made = lane, lanes, 0

    def event(self):
        chance = self.chance
        slot = (chance.randrange(max(1, SHAPE["activeCases"] // self.lanes)) * self.lanes + self.lane) % SHAPE["activeCases"]
        index = CONFIG["events"] + self.made * self.lanes
        era = (index + slot * SHAPE["eventsInCase"]) // (SHAPE["activeCases"] * SHAPE["eventsInCase"])
        self.made += 1
        kind, data, meta = SAMPLES[chance.randrange(len(SAMPLES))]
        tags = [
            f"case:0199c000-0000-7000-8000-{era * SHAPE['activeCases'] + slot:012x}",
            f"person:0199c000-0000-7000-8900-{chance.randrange(SHAPE['persons']):012x}",
            f"dept:bumen{chance.randrange(SHAPE['departments']):02}",
            f"town:zhen{chance.randrange(SHAPE['towns']):02}",
        ]
        return umadb.Event(kind, data, tags, uuid.UUID(int=chance.getrandbits(128), version=4), meta)


def produce(url, run, lanes, results):
    """The clients of one process; a closed loop each."""
    outcomes = []

    def one(lane):
        client, maker = umadb.Client(url), Maker(lane, run["clients"], run["name"])
        known, times, conflicts = client.head() or 0, [], 0
        quota = run.get("events", 0) // run["clients"]
        begun_at = time.monotonic()
        end = begun_at + run["seconds"]
        while time.monotonic() < end and (not quota or maker.made < quota):
            events = [maker.event() for _ in range(run["batch"])]
            condition = None
            if run["conditional"]:
                query = umadb.Query([umadb.QueryItem(tags=events[0].tags[:1])])
                condition = umadb.AppendCondition(query, known)
            begun = time.perf_counter_ns()
            try:
                known = client.append(events, condition)
                times.append(time.perf_counter_ns() - begun)
            except umadb.IntegrityError:
                conflicts += 1
                known = client.head()
        outcomes.append((begun_at, time.monotonic(), times, conflicts))

    threads = [threading.Thread(target=one, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(outcomes)


def measure(url, run):
    """Spreads the clients over as many processes as there are cores: one alone would be held back by its interpreter."""
    workers = min(os.cpu_count() or 1, run["clients"])
    results = multiprocessing.SimpleQueue()
    processes = [
        multiprocessing.Process(target=produce, args=(url, run, range(worker, run["clients"], workers), results))
        for worker in range(workers)
    ]
    for process in processes:
        process.start()
    outcomes = [outcome for _ in processes for outcome in results.get()]
    for process in processes:
        process.join()
    times = [one for _, _, client, _ in outcomes for one in client]
    return {
        "name": run["name"],
        "events": len(times) * run["batch"],
        "elapsed": max(ended for _, ended, _, _ in outcomes) - min(begun for begun, _, _, _ in outcomes),
        "conflicts": sum(conflicts for _, _, _, conflicts in outcomes),
        "nanoseconds": times,
    }


def head(url):
    """Asked in a process of its own: a client must not be carried over a fork."""

    def ask(results):
        try:
            results.put(umadb.Client(url).head() or 0)
        except Exception as problem:  # Any kind: the server is not there yet.
            results.put(str(problem))

    results = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=ask, args=(results,))
    process.start()
    answer = results.get()
    process.join()
    return answer


def serve():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", "from umadb.umadb_server_cli import main; main()",
         "--listen", f"127.0.0.1:{port}", "--db-path", CONFIG["folder"]],
        stdout=subprocess.DEVNULL,
        stderr=open(os.path.join(CONFIG["folder"], "server.log"), "wb"),
        preexec_fn=end_with_parent,
    )
    return server, f"http://127.0.0.1:{port}"


def run_all(url):
    deadline = time.monotonic() + 30
    while not isinstance(head(url), int):
        if time.monotonic() > deadline:
            raise RuntimeError("the server does not answer")
        time.sleep(0.1)
    acknowledged = head(url)
    while acknowledged < CONFIG["events"]:
        tell(progress=acknowledged)
        part = min(50_000, CONFIG["events"] - acknowledged)
        batch = min(250, max(1, part // 4))
        filling = {"name": f"fill{acknowledged}", "clients": 4, "batch": batch, "conditional": False,
                   "seconds": 600, "events": max(part, 4)}
        acknowledged += measure(url, filling)["events"]
    for run in CONFIG["runs"]:
        tell(progress=acknowledged)
        result = measure(url, dict(run, seconds=CONFIG["seconds"], conditional=True))
        acknowledged += result["events"]
        tell(result=result)
    tell(head=head(url), acknowledged=acknowledged)


def main():
    tell(version=version("umadb"))
    server, url = serve()
    try:
        run_all(url)
    except Exception as problem:  # Whatever it is, the caller must hear of it.
        tell(error=f"{type(problem).__name__}: {problem}")
    finally:
        server.terminate()
        server.wait()


main()
