#!/usr/bin/env python3
"""Writes random deadlines with the dates a walk from day to day gives them, for `onedoor due --vectors`.

The working days are those of the PyPI package chinesecalendar, not ours, and nothing of our code is used: agreement
means that two programs and two calendars agree. Every clock follows from the seed.

    random_clocks.py SEED COUNT > clocks.json
"""

import datetime as dt
import json
import random
import sys

import chinese_calendar

CHINA = dt.timezone(dt.timedelta(hours=8))
DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2004, 2, 1), dt.date(2026, 12, 31)
WINDOWS = [(dt.timedelta(hours=9), dt.timedelta(hours=12)), (dt.timedelta(hours=13, minutes=30), dt.timedelta(hours=17, minutes=30))]
CLOSING = WINDOWS[-1][1]
# The notice for 2006 made this Saturday a working day; the package quotes the notice and lacks the day.
ERRATUM = dt.date(2005, 12, 31)


class TooFar(Exception):
    """The walk would leave the years the package knows."""


def works(date):
    if date > LAST:
        raise TooFar
    return date == ERRATUM or chinese_calendar.is_workday(date)


def midnight(date):
    return dt.datetime.combine(date, dt.time(), CHINA)


def next_working(date):
    while not works(date):
        date += DAY
    return date


def taken_out(date, pauses):
    return any(a.date() < date <= b.date() for a, b in pauses)


def add_months(date, months):
    for _ in range(months):
        year, month = (date.year, date.month + 1) if date.month < 12 else (date.year + 1, 1)
        date = dt.date(year, month, 1)
    return date


def month_end(date):
    following = add_months(dt.date(date.year, date.month, 1), 1)
    return following - DAY


def walk(clock):
    start, n = clock["at"], clock["n"]
    for extension in clock["extensions"]:
        n = n + extension["add"] if "add" in extension else max(n, extension["set_total"])
    if clock["kind"] == "hours":
        due = start + dt.timedelta(hours=n)
        return due.date(), due, None
    if clock["kind"] == "working_hours":
        left, date = dt.timedelta(hours=n), start.date()
        while True:
            for opens, closes in WINDOWS if works(date) else []:
                begin, close = max(start, midnight(date) + opens), midnight(date) + closes
                if begin < close:
                    if left <= close - begin:
                        return date, begin + left, None
                    left -= close - begin
            date += DAY
    day0 = start.date()
    if clock["received"] == "next_working_day" and (start >= midnight(day0) + CLOSING or not works(day0)):
        day0 = next_working(day0 + DAY)
    counted = []
    if clock["kind"] == "months":
        first = add_months(dt.date(day0.year, day0.month, 1), n)
        end = min(dt.date(first.year, first.month, 1) + (day0.day - 1) * DAY, month_end(first))
    else:
        working = clock["kind"] == "working_days"
        date = day0
        if working and n == 0:
            while taken_out(date, clock["spans"]) or not works(date):
                date += DAY
            counted.append(date)
        while len(counted) < n:
            date += DAY
            if date > LAST:
                raise TooFar
            if not taken_out(date, clock["spans"]) and (not working or works(date)):
                counted.append(date)
        end = date
    if clock["kind"] != "working_days" and clock["roll"] == "next_working_day":
        end = next_working(end)
    at = midnight(end) + (CLOSING if clock["cutoff"] == "close_of_business" else DAY)
    return end, at, counted


def make(number, chance):
    kind = chance.choices(
        ["working_days", "calendar_days", "hours", "working_hours", "months"], [10, 4, 1, 2, 1])[0]
    seconds = chance.randrange(int((LAST - FIRST).total_seconds()))
    start = midnight(FIRST) + dt.timedelta(seconds=seconds)
    most = {"working_days": 45, "calendar_days": 60, "hours": 200, "working_hours": 120, "months": 14}[kind]
    clock = {
        "id": f"R{number:05}", "kind": kind, "n": chance.randrange(most + 1), "at": start,
        "received": chance.choice(["actual", "actual", "next_working_day"]),
        "roll": chance.choice(["next_working_day", "none"]),
        "cutoff": chance.choice(["end_of_day", "end_of_day", "close_of_business"]), "extensions": [], "spans": [],
    }
    if kind in ("working_days", "calendar_days"):
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
            begin = start + dt.timedelta(seconds=chance.randrange(-5 * 86400, 30 * 86400))
            clock["spans"].append((begin, begin + dt.timedelta(seconds=chance.randrange(20 * 86400))))
        if chance.random() < 0.2:
            clock["extensions"].append(
                {"add": chance.randrange(1, 20)} if chance.random() < 0.5 else {"set_total": chance.randrange(1, 60)})
    return clock


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    vectors, number = [], 0
    while len(vectors) < count:
        number += 1
        clock = make(number, chance)
        try:
            day, at, counted = walk(clock)
        except TooFar:
            continue
        if day > LAST:
            continue
        vector = {
            key: clock[key] for key in ("id", "kind", "n", "received", "roll", "cutoff", "extensions")
        }
        vector["start"] = clock["at"].isoformat()
        vector["pauses"] = [[a.isoformat(), b.isoformat()] for a, b in clock["spans"]]
        vector["expect"] = {"due_date": day.isoformat(), "due_at": at.isoformat()}
        if counted is not None and clock["kind"] != "months":
            vector["counted"] = [date.isoformat()[5:] for date in counted]
        vectors.append(vector)
    json.dump({"seed": seed, "vectors": vectors}, sys.stdout)


if __name__ == "__main__":
    main()
