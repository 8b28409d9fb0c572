#!/usr/bin/env python3
"""Computes the due date of a deadline certificate again from the certificate alone, without any code of the hub.

Reads one JSON document a line from standard input: a certificate, or {"certificate": ..., "digest": "sha256:..."}.
Prints one line for each difference and exits with 1 when there is any; with 2 when nothing was read. Only Python's
standard library is used, so that whoever doubts a date can read this page and run it.

The rules (Civil Code arts. 201 and 203; the day of the act is day 0 and is not counted):
  * a working day is a make-up weekend day, or a Monday to Friday that is not off;
  * a pause from A to B takes out the days A+1 through B; pauses that overlap take a day out once;
  * a limit of n days ends on the n-th day that counts; one in calendar days may roll to the next working day;
  * hours run from the instant; office hours only while offices are open; months end on the same day, or the last;
  * where a calendar published later gives an earlier date, people are held to it only from the end of the next working
    day after publication, and never past the old date.
"""

import datetime as dt
import hashlib
import json
import sys

CHINA = dt.timezone(dt.timedelta(hours=8))
DAY = dt.timedelta(days=1)


def day(text):
    return dt.date.fromisoformat(text)


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def civil(moment):
    return moment.astimezone(CHINA).date()


def midnight(date):
    return dt.datetime.combine(date, dt.time(), CHINA)


class Calendar:
    def __init__(self, document):
        self.off = {day(text) for text in document["offWeekdays"]}
        self.makeup = {day(text) for text in document["makeupWorkdays"]}
        self.firm = day(document["firmUntil"])
        self.published = instant(document["publishedAt"]) if document.get("publishedAt") else None
        self.version = document["version"]
        self.hours = [
            tuple(dt.timedelta(hours=int(t[:2]), minutes=int(t[3:])) for t in pair) for pair in document["officeHours"]
        ]

    def works(self, date):
        return date in self.makeup if date.weekday() >= 5 else date not in self.off

    def working_from(self, date):
        while not self.works(date):
            date += DAY
        return date

    def after_office_hours(self, start, hours):
        left = dt.timedelta(hours=hours)
        date = civil(start)
        while True:
            if self.works(date):
                for opens, closes in self.hours:
                    begin = max(start, midnight(date) + opens)
                    close = midnight(date) + closes
                    if begin >= close:
                        continue
                    if left <= close - begin:
                        return begin + left
                    left -= close - begin
            date += DAY


def add_months(date, months):
    count = date.year * 12 + date.month - 1 + months
    year, month = divmod(count, 12)
    for last in (date.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(date.day, last))
        except ValueError:
            continue
    raise AssertionError("no month has fewer than 28 days")


class Evaluation:
    """The answer by one calendar."""

    def __init__(self, certificate, calendar):
        terms = certificate["terms"]
        (self.unit, amount), = terms["limit"].items()
        self.calendar = calendar
        self.start = instant(certificate["trigger"]["occurredAt"])
        self.received = terms["received"]
        self.rolls = terms["roll"] == "nextWorkingDay"
        self.closes = terms["cutoff"] == "closeOfBusiness"
        if self.unit != "fixedDate":
            for extension in certificate["extensions"]:
                (kind, more), = extension["granted"].items()
                amount = amount + more if kind == "add" else max(amount, more)
        self.amount = amount
        self.pauses = [
            (civil(instant(p["from"])), civil(instant(p["to"])) if p.get("to") else None)
            for p in certificate["pauses"]
        ]
        self.day0 = self.day_zero()
        self.days, self.due, self.due_at = [], None, None
        self.run()

    def day_zero(self):
        date = civil(self.start)
        if self.received == "actual" or self.unit in ("hours", "workingHours"):
            return date
        closing = midnight(date) + self.calendar.hours[-1][1]
        if self.start < closing and self.calendar.works(date):
            return date
        return self.calendar.working_from(date + DAY)

    def paused(self, date):
        return any(a < date and (b is None or date <= b) for a, b in self.pauses)

    def held_up_from(self):
        opened = [a for a, b in self.pauses if b is None]
        return min(opened) if opened else None

    def run(self):
        if self.unit in ("hours", "workingHours"):
            self.due_at = (
                self.start + dt.timedelta(hours=self.amount) if self.unit == "hours"
                else self.calendar.after_office_hours(self.start, self.amount))
            self.due = civil(self.due_at)
            self.tell(self.due, lambda date: "elapsed")
            return
        if self.unit in ("months", "fixedDate"):
            end = add_months(self.day0, self.amount) if self.unit == "months" else day(self.amount)
            self.due = self.calendar.working_from(end) if self.rolls else end
            self.tell(self.due, lambda date: "rolledOver" if date > end else "elapsed")
        else:
            self.count()
        if self.due:
            self.due_at = midnight(self.due) + (self.calendar.hours[-1][1] if self.closes else DAY)

    def count(self):
        """Walks day by day until as many days have counted as the limit has."""
        working = self.unit == "workingDays"
        at_once = working and self.amount == 0
        needed = 1 if at_once else self.amount
        date = self.day0 - DAY if at_once else self.day0
        end, counted = (date, 0) if needed == 0 else (None, 0)
        held = self.held_up_from()
        while end is None:
            date += DAY
            if held is not None and date > held:
                # Nothing after the day of an open pause counts; what came before it, and before pauses that ran into
                # it, stands.
                while self.paused(held):
                    held -= DAY
                self.tell(max(held, self.day0), self.reason(None))
                return
            if not self.paused(date) and (not working or self.calendar.works(date)):
                counted += 1
                if counted == needed:
                    end = date
        self.due = end if working or not self.rolls else self.calendar.working_from(end)
        self.tell(self.due, self.reason(end))

    def reason(self, end):
        def tell(date):
            if self.paused(date):
                return "paused"
            if self.unit == "calendarDays":
                return "rolledOver" if end is not None and date > end else "calendarDay"
            if self.calendar.works(date):
                return "makeupWorkday" if date.weekday() >= 5 else "workingDay"
            return "weekend" if date.weekday() >= 5 else "holiday"
        return tell

    def tell(self, last, reason):
        number = 0
        date = civil(self.start)
        last = max(last, self.day0, date)
        at_once = self.unit == "workingDays" and self.amount == 0
        while date <= last:
            if date < self.day0:
                why = "notYetReceived"
            elif date == self.day0 and not at_once:
                why = "dayZero"
            else:
                why = reason(date)
            entry = {"day": date.isoformat(), "reason": why}
            if why in ("workingDay", "makeupWorkday", "calendarDay"):
                number += 1
                entry["number"] = number
            self.days.append(entry)
            date += DAY


def held(evaluations):
    """The day people are held to, after every calendar that came while it ran."""
    legal = due = None
    for evaluation in evaluations:
        old, new, legal = due, evaluation.due, None
        due = new
        if old and new and new < old and evaluation.calendar.published:
            protected = evaluation.calendar.working_from(civil(evaluation.calendar.published) + DAY)
            due = max(new, min(old, protected))
            legal = new if due != new else None
    return due, legal


def is_provisional(last, certificate):
    if not last.due:
        return False
    beyond = last.due > last.calendar.firm
    if last.unit in ("workingDays", "workingHours"):
        return beyond
    if last.unit == "hours":
        return False
    return beyond and (last.rolls or last.received == "nextWorkingDay")


def differences(certificate):
    evaluations = [Evaluation(certificate, Calendar(c)) for c in certificate["calendars"]]
    last = evaluations[-1]
    due, legal = held(evaluations)
    due_at = last.due_at + (due - last.due) if due and last.due else None
    told_at = certificate.get("dueAt")
    found = [
        ("dueDay", due.isoformat() if due else None, certificate.get("dueDay")),
        ("dueAt", due_at, instant(told_at) if told_at else None),
        ("legalDueDay", legal.isoformat() if legal else None, certificate.get("legalDueDay")),
        ("isProvisional", is_provisional(last, certificate), certificate["isProvisional"]),
    ]
    if not legal:
        found.append(("days", last.days, certificate["days"]))
    return [f"{name}: computed {mine}, certified {theirs}" for name, mine, theirs in found if mine != theirs]


def main():
    read, wrong = 0, 0
    for line in sys.stdin:
        if not line.strip():
            continue
        read += 1
        document = json.loads(line)
        certificate = document.get("certificate", document)
        lines = differences(certificate)
        if "digest" in document:
            text = json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
            if digest != document["digest"]:
                lines.append(f"digest: computed {digest}, certified {document['digest']}")
        for line in lines:
            print(f"{certificate['deadline']}: {line}")
        wrong += bool(lines)
    print(f"{read} certificates, {wrong} wrong", file=sys.stderr)
    return 2 if read == 0 else 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
