import EventSourcing
import GRDB

/// The tables of `views.sqlite`: references and codes only, so that an erasure needs nothing here.
enum ViewSchema {
    /// Raised whenever a row or its fold changes; older files are thrown away and rebuilt.
    static let version = 10

    /// `due_key`, `warn_key`, `promise_key`, `undelivered_key` and `falls_due` hold this where there is no instant, so that such rows sort last.
    static let never = Int64.max

    /// Makes the tables of an empty file, at position 0.
    static func create(in db: Database, for identity: LogIdentity) throws {
        try db.execute(sql: tables)
        try db.execute(
            sql: "INSERT INTO about(id, log_id, epoch, schema, position) VALUES (1, ?, ?, ?, 0)",
            arguments: [identity.logID.blob, identity.epoch.blob, version])
    }

    /// Whether the file was built from this log, in this epoch, by this program.
    static func isBuilt(in db: Database, for identity: LogIdentity) throws -> Bool {
        guard try db.tableExists("about") else { return false }
        let row = try Row.fetchOne(db, sql: "SELECT log_id, epoch, schema FROM about WHERE id = 1")
        guard let row else { return false }
        return row["log_id"] == identity.logID.blob && row["epoch"] == identity.epoch.blob && row["schema"] == version
    }

    private static let tables = """
        CREATE TABLE about(
          id INTEGER PRIMARY KEY CHECK (id = 1), log_id BLOB NOT NULL, epoch BLOB NOT NULL, schema INTEGER NOT NULL,
          position INTEGER NOT NULL) STRICT;
        CREATE TABLE rule_event(
          position INTEGER PRIMARY KEY, type TEXT NOT NULL, schema_version INTEGER NOT NULL,
          recorded_at INTEGER NOT NULL, data BLOB NOT NULL) STRICT;

        CREATE TABLE case_file(
          case_id BLOB PRIMARY KEY, opened INTEGER NOT NULL, state TEXT NOT NULL, town TEXT NOT NULL,
          before_meeting INTEGER NOT NULL, promise_due INTEGER NOT NULL, falls_due INTEGER NOT NULL,
          submitted_day INTEGER, exited_day INTEGER, helped_day INTEGER, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX case_by_opening ON case_file(opened);
        CREATE INDEX case_by_state ON case_file(state, opened);
        CREATE INDEX case_by_town ON case_file(town, opened);
        CREATE INDEX case_by_meeting ON case_file(opened) WHERE before_meeting = 1;
        CREATE INDEX case_by_exit ON case_file(exited_day, town, submitted_day, helped_day)
          WHERE exited_day IS NOT NULL;
        CREATE INDEX case_by_fall ON case_file(falls_due) WHERE falls_due < 9223372036854775807;
        CREATE TABLE meeting(
          meeting BLOB PRIMARY KEY, begun INTEGER NOT NULL, state TEXT NOT NULL, body BLOB NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE INDEX meeting_by_begin ON meeting(begun);
        CREATE INDEX meeting_by_state ON meeting(state, begun);
        CREATE TABLE meeting_case(
          case_id BLOB NOT NULL, meeting BLOB NOT NULL, PRIMARY KEY (case_id, meeting)) STRICT, WITHOUT ROWID;
        CREATE INDEX case_by_promise ON case_file(promise_due) WHERE promise_due < 2932896;
        CREATE TABLE case_keeper(
          keeper TEXT NOT NULL, opened INTEGER NOT NULL, case_id BLOB NOT NULL,
          PRIMARY KEY (keeper, opened)) STRICT, WITHOUT ROWID;
        CREATE TABLE case_department(
          department TEXT NOT NULL, opened INTEGER NOT NULL, case_id BLOB NOT NULL,
          PRIMARY KEY (department, opened)) STRICT, WITHOUT ROWID;
        CREATE TABLE case_person(
          person BLOB NOT NULL, opened INTEGER NOT NULL, case_id BLOB NOT NULL,
          PRIMARY KEY (person, opened)) STRICT, WITHOUT ROWID;
        CREATE TABLE case_number(number TEXT PRIMARY KEY, case_id BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE case_referral(referral BLOB PRIMARY KEY, case_id BLOB NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE request(
          request BLOB PRIMARY KEY, recorded INTEGER NOT NULL, is_open INTEGER NOT NULL,
          body BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX request_open ON request(recorded) WHERE is_open = 1;

        CREATE TABLE timeline(
          case_id BLOB NOT NULL, position INTEGER NOT NULL, body BLOB NOT NULL,
          PRIMARY KEY (case_id, position)) STRICT, WITHOUT ROWID;

        CREATE TABLE deadline(
          due_key INTEGER NOT NULL, warn_key INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL,
          owner TEXT NOT NULL, town TEXT NOT NULL, standing INTEGER NOT NULL, flags INTEGER NOT NULL,
          cell INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, holder TEXT NOT NULL, case_id BLOB, started INTEGER NOT NULL,
          is_open INTEGER NOT NULL, item TEXT, handler TEXT, channel TEXT, level INTEGER, started_day INTEGER NOT NULL,
          ended_day INTEGER, used INTEGER, body BLOB NOT NULL) STRICT;
        CREATE INDEX deadline_cell ON deadline(cell, id);
        CREATE INDEX deadline_handler ON deadline(handler, due_key, id) WHERE is_open = 1 AND handler IS NOT NULL;
        CREATE INDEX deadline_item ON deadline(item, due_key, id) WHERE is_open = 1 AND item IS NOT NULL;
        CREATE INDEX deadline_level ON deadline(level, due_key, id) WHERE is_open = 1 AND level IS NOT NULL;
        CREATE INDEX deadline_start ON deadline(started_day, due_key, id) WHERE is_open = 1;
        CREATE INDEX deadline_case ON deadline(case_id, started);
        CREATE INDEX deadline_holder ON deadline(holder) WHERE is_open = 1;

        CREATE TABLE open_cell(
          cell INTEGER PRIMARY KEY, n INTEGER NOT NULL, due_key INTEGER NOT NULL, warn_key INTEGER NOT NULL,
          rule TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, town TEXT NOT NULL, standing INTEGER NOT NULL,
          flags INTEGER NOT NULL) STRICT;
        CREATE INDEX open_cell_due ON open_cell(due_key, rule, kind, owner, town, standing, warn_key, flags);
        CREATE INDEX open_cell_owner ON open_cell(owner, due_key, rule, kind, town, standing, warn_key, flags);
        CREATE INDEX open_cell_town ON open_cell(town, due_key, rule, kind, owner, standing, warn_key, flags);
        CREATE INDEX open_cell_rule ON open_cell(rule, due_key, kind, owner, town, standing, warn_key, flags);
        CREATE INDEX open_cell_rare ON open_cell(due_key, rule, kind, owner, town, standing, warn_key, flags)
          WHERE flags > 1 OR standing > 0;
        CREATE INDEX open_cell_sharp ON open_cell(due_key, rule, kind, owner, town, standing, warn_key, flags)
          WHERE flags & 132 <> 0;
        CREATE TABLE closed_cell(
          cell INTEGER PRIMARY KEY, n INTEGER NOT NULL, due_key INTEGER NOT NULL, warn_key INTEGER NOT NULL,
          rule TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, town TEXT NOT NULL, standing INTEGER NOT NULL,
          flags INTEGER NOT NULL) STRICT;
        CREATE INDEX closed_cell_due ON closed_cell(due_key, rule, kind, owner, town, standing, flags);
        CREATE INDEX closed_cell_late ON closed_cell(due_key, rule, kind, owner, town, standing, flags)
          WHERE flags & 256 <> 0;
        CREATE INDEX closed_cell_owner ON closed_cell(owner, due_key, rule, kind, town, standing, flags);
        CREATE INDEX closed_cell_town ON closed_cell(town, due_key, rule, kind, owner, standing, flags);
        CREATE INDEX closed_cell_rule ON closed_cell(rule, due_key, kind, owner, town, standing, flags);

        CREATE TABLE deadline_tally(
          side INTEGER NOT NULL, code TEXT NOT NULL, due_key INTEGER NOT NULL, warn_key INTEGER NOT NULL,
          standing INTEGER NOT NULL, provisional INTEGER NOT NULL, n INTEGER NOT NULL,
          PRIMARY KEY (side, code, due_key, warn_key, standing, provisional)) STRICT, WITHOUT ROWID;
        CREATE TABLE deadline_day(
          owner TEXT NOT NULL, town TEXT NOT NULL, day INTEGER NOT NULL, opened INTEGER NOT NULL,
          closed INTEGER NOT NULL, late INTEGER NOT NULL, PRIMARY KEY (owner, town, day)) STRICT, WITHOUT ROWID;
        CREATE INDEX deadline_by_day ON deadline_day(day, owner, town, opened, closed, late);
        CREATE TABLE deadline_used(
          rule TEXT NOT NULL, due_key INTEGER NOT NULL, owner TEXT NOT NULL, town TEXT NOT NULL, used INTEGER NOT NULL,
          n INTEGER NOT NULL, PRIMARY KEY (rule, due_key, owner, town, used)) STRICT, WITHOUT ROWID;

        CREATE TABLE notice(
          recipient TEXT NOT NULL, position INTEGER NOT NULL, body BLOB NOT NULL,
          PRIMARY KEY (recipient, position)) STRICT, WITHOUT ROWID;
        CREATE INDEX notice_event ON notice(position, recipient);
        CREATE TABLE notice_mark(recipient TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE ladder_step(id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX ladder_due ON ladder_step(at);

        CREATE TABLE worklist(
          department TEXT NOT NULL, referral BLOB NOT NULL, is_open INTEGER NOT NULL, due_key INTEGER NOT NULL,
          promise_key INTEGER NOT NULL, undelivered_key INTEGER NOT NULL, body BLOB NOT NULL,
          PRIMARY KEY (department, referral)) STRICT, WITHOUT ROWID;
        CREATE INDEX worklist_due ON worklist(department, is_open DESC, due_key, referral);
        CREATE INDEX worklist_undelivered ON worklist(undelivered_key, department, referral)
          WHERE undelivered_key < 9223372036854775807;
        CREATE INDEX worklist_broken ON worklist(promise_key, referral) WHERE is_open = 1;
        CREATE INDEX worklist_promise ON worklist(department, promise_key, referral) WHERE is_open = 1;

        CREATE TABLE sealed_part(
          person BLOB NOT NULL, grp TEXT NOT NULL, position INTEGER NOT NULL, event BLOB NOT NULL,
          section INTEGER NOT NULL, PRIMARY KEY (person, grp)) STRICT, WITHOUT ROWID;
        """
}
