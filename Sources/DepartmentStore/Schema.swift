import GRDB

/// Tables of `department.sqlite`; the inbox tables are thrown away and rebuilt at will.
enum Schema {
    static let format = "1"
    static let projectionTables = ["referral", "arrival", "reading", "follow_up", "meeting_extract"]

    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS adapter (
                    id INTEGER PRIMARY KEY CHECK (id = 1), format TEXT NOT NULL, department TEXT NOT NULL,
                    log_id BLOB NOT NULL, epoch BLOB, sequence INTEGER NOT NULL, chain BLOB NOT NULL,
                    projection INTEGER NOT NULL, hub_time INTEGER, hub_demo INTEGER
                ) STRICT;
                CREATE TABLE IF NOT EXISTS entry (
                    sequence INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, leaf BLOB NOT NULL,
                    chain BLOB NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, time INTEGER NOT NULL,
                    event BLOB NOT NULL
                ) STRICT;
                CREATE TABLE IF NOT EXISTS outbox (
                    serial INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type TEXT NOT NULL, subject TEXT NOT NULL,
                    head BLOB NOT NULL, sealed BLOB NOT NULL, fingerprint BLOB NOT NULL, queued_at INTEGER NOT NULL,
                    result TEXT, position INTEGER, code TEXT, field TEXT, remedy TEXT
                ) STRICT;
                CREATE INDEX IF NOT EXISTS outbox_pending ON outbox (serial) WHERE result IS NULL;
                CREATE TABLE IF NOT EXISTS referral (
                    id TEXT PRIMARY KEY, number TEXT, state TEXT NOT NULL, last_sequence INTEGER NOT NULL,
                    document BLOB NOT NULL
                ) STRICT;
                CREATE INDEX IF NOT EXISTS referral_number ON referral (number);
                CREATE TABLE IF NOT EXISTS arrival (
                    referral TEXT PRIMARY KEY, cycle INTEGER NOT NULL, at INTEGER NOT NULL, confirmed INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS arrival_open ON arrival (at, referral) WHERE confirmed = 0;
                CREATE TABLE IF NOT EXISTS reading (referral TEXT PRIMARY KEY, ends INTEGER NOT NULL)
                    STRICT, WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS reading_end ON reading (ends);
                CREATE TABLE IF NOT EXISTS follow_up (
                    id TEXT PRIMARY KEY, number TEXT, state TEXT NOT NULL, last_sequence INTEGER NOT NULL,
                    document BLOB NOT NULL
                ) STRICT;
                CREATE TABLE IF NOT EXISTS meeting_extract (
                    id TEXT PRIMARY KEY, number TEXT, state TEXT NOT NULL, last_sequence INTEGER NOT NULL,
                    document BLOB NOT NULL
                ) STRICT;
                """)
    }
}
