/// The tables of a log of format 1 (`FORMATS.md` §1), and the guards that keep what is written.
///
/// The indexes `event_by_type` and `event_tag` are derived from the rows of `event` and may change; the rest is final.
/// They hold the events up to the position in `index_mark`, and later ones are found through the rows themselves.
enum LogSchema {
    static let format = "1"

    static let tables = """
        CREATE TABLE log_meta(k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE event_type(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE event(
          position INTEGER PRIMARY KEY CHECK(position > 0),
          event_id BLOB NOT NULL UNIQUE CHECK(length(event_id) = 16),
          append_first INTEGER NOT NULL CHECK(append_first BETWEEN 1 AND position),
          type_id INTEGER NOT NULL,
          schema_version INTEGER NOT NULL,
          occurred_at INTEGER NOT NULL,
          recorded_at INTEGER NOT NULL,
          meta BLOB NOT NULL,
          data BLOB,
          tag_ids BLOB NOT NULL CHECK(length(tag_ids) % 4 = 0),
          audience BLOB NOT NULL,
          disclosure BLOB NOT NULL,
          salt BLOB CHECK(length(salt) = 16),
          removed BLOB CHECK(length(removed) = 165),
          leaf BLOB NOT NULL CHECK(length(leaf) = 32),
          CHECK((salt IS NULL) = (removed IS NOT NULL))
        ) STRICT;
        CREATE TABLE event_tag(tag_id INTEGER NOT NULL, position INTEGER NOT NULL, type_id INTEGER NOT NULL,
          PRIMARY KEY(tag_id, position, type_id)) STRICT, WITHOUT ROWID;
        CREATE TABLE sealed(position INTEGER NOT NULL, section INTEGER NOT NULL CHECK(section BETWEEN 1 AND 32),
          grp TEXT NOT NULL, person BLOB NOT NULL CHECK(length(person) = 16),
          digest BLOB NOT NULL CHECK(length(digest) = 32),
          nonce BLOB CHECK(length(nonce) = 12), ciphertext BLOB,
          PRIMARY KEY(position, section), CHECK((nonce IS NULL) = (ciphertext IS NULL))) STRICT, WITHOUT ROWID;
        CREATE TABLE feed(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE feed_entry(feed_id INTEGER NOT NULL, seq INTEGER NOT NULL CHECK(seq > 0),
          position INTEGER NOT NULL, chain BLOB NOT NULL CHECK(length(chain) = 32),
          PRIMARY KEY(feed_id, seq)) STRICT, WITHOUT ROWID;
        CREATE TABLE consumer(feed_id INTEGER NOT NULL, name TEXT NOT NULL, acked_seq INTEGER NOT NULL,
          acked_chain BLOB NOT NULL, acked_at INTEGER NOT NULL, PRIMARY KEY(feed_id, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE request(command_id BLOB NOT NULL CHECK(length(command_id) = 16),
          actor BLOB NOT NULL CHECK(length(actor) = 16), fingerprint BLOB CHECK(length(fingerprint) = 32),
          first_position INTEGER, last_position INTEGER, answer_position INTEGER NOT NULL,
          PRIMARY KEY(command_id, actor), CHECK((first_position IS NULL) = (last_position IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tree_edge(one INTEGER PRIMARY KEY CHECK(one = 1), size INTEGER NOT NULL,
          root BLOB NOT NULL CHECK(length(root) = 32), hashes BLOB NOT NULL) STRICT;
        """

    /// What layout 2 of the derived indexes added (``IndexMark``).
    static let derivedTables = """
        CREATE TABLE event_by_type(type_id INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY(type_id, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE index_mark(one INTEGER PRIMARY KEY CHECK(one = 1), layout INTEGER NOT NULL,
          position INTEGER NOT NULL CHECK(position >= 0)) STRICT;
        """

    /// What layout 1 had instead: an index that SQLite kept with every append.
    static let firstLayout = "CREATE INDEX event_by_type ON event(type_id, position);"

    static let derivedGuards = """
        CREATE TRIGGER event_by_type_kept BEFORE DELETE ON event_by_type BEGIN SELECT RAISE(ABORT, 'types are kept'); END;
        CREATE TRIGGER event_by_type_fixed BEFORE UPDATE ON event_by_type
          BEGIN SELECT RAISE(ABORT, 'types are fixed'); END;
        CREATE TRIGGER index_mark_kept BEFORE DELETE ON index_mark BEGIN SELECT RAISE(ABORT, 'the mark is kept'); END;
        CREATE TRIGGER index_mark_grows BEFORE UPDATE ON index_mark WHEN NEW.position < OLD.position
          BEGIN SELECT RAISE(ABORT, 'the mark only grows'); END;
        """

    /// Only an erasure may take something away, and only what `FORMATS.md` §1 names.
    static let guards = """
        CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
        CREATE TRIGGER event_fixed BEFORE UPDATE ON event WHEN NOT (
          NEW.position IS OLD.position AND NEW.event_id IS OLD.event_id AND NEW.append_first IS OLD.append_first
          AND NEW.type_id IS OLD.type_id AND NEW.schema_version IS OLD.schema_version
          AND NEW.occurred_at IS OLD.occurred_at AND NEW.recorded_at IS OLD.recorded_at AND NEW.meta IS OLD.meta
          AND NEW.tag_ids IS OLD.tag_ids AND NEW.audience IS OLD.audience AND NEW.disclosure IS OLD.disclosure
          AND NEW.leaf IS OLD.leaf AND (NEW.data IS OLD.data OR NEW.data IS NULL)
          AND NEW.salt IS NULL AND NEW.removed IS NOT NULL)
          BEGIN SELECT RAISE(ABORT, 'events are fixed'); END;
        CREATE TRIGGER sealed_kept BEFORE DELETE ON sealed BEGIN SELECT RAISE(ABORT, 'sections are kept'); END;
        CREATE TRIGGER sealed_fixed BEFORE UPDATE ON sealed WHEN NOT (
          NEW.position IS OLD.position AND NEW.section IS OLD.section AND NEW.grp IS OLD.grp
          AND NEW.person IS OLD.person AND NEW.digest IS OLD.digest
          AND NEW.nonce IS NULL AND NEW.ciphertext IS NULL)
          BEGIN SELECT RAISE(ABORT, 'sections are fixed'); END;
        CREATE TRIGGER event_tag_kept BEFORE DELETE ON event_tag BEGIN SELECT RAISE(ABORT, 'tags are kept'); END;
        CREATE TRIGGER event_tag_fixed BEFORE UPDATE ON event_tag BEGIN SELECT RAISE(ABORT, 'tags are fixed'); END;
        CREATE TRIGGER feed_entry_kept BEFORE DELETE ON feed_entry
          BEGIN SELECT RAISE(ABORT, 'feed entries are kept'); END;
        CREATE TRIGGER feed_entry_fixed BEFORE UPDATE ON feed_entry
          BEGIN SELECT RAISE(ABORT, 'feed entries are fixed'); END;
        CREATE TRIGGER request_kept BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'requests are kept'); END;
        CREATE TRIGGER request_fixed BEFORE UPDATE ON request WHEN NOT (
          NEW.command_id IS OLD.command_id AND NEW.actor IS OLD.actor AND NEW.fingerprint IS NULL
          AND NEW.first_position IS OLD.first_position AND NEW.last_position IS OLD.last_position
          AND NEW.answer_position IS OLD.answer_position)
          BEGIN SELECT RAISE(ABORT, 'requests are fixed'); END;
        CREATE TRIGGER tag_kept BEFORE DELETE ON tag BEGIN SELECT RAISE(ABORT, 'names are kept'); END;
        CREATE TRIGGER tag_fixed BEFORE UPDATE ON tag BEGIN SELECT RAISE(ABORT, 'names are fixed'); END;
        CREATE TRIGGER event_type_kept BEFORE DELETE ON event_type BEGIN SELECT RAISE(ABORT, 'names are kept'); END;
        CREATE TRIGGER event_type_fixed BEFORE UPDATE ON event_type BEGIN SELECT RAISE(ABORT, 'names are fixed'); END;
        CREATE TRIGGER feed_kept BEFORE DELETE ON feed BEGIN SELECT RAISE(ABORT, 'names are kept'); END;
        CREATE TRIGGER feed_fixed BEFORE UPDATE ON feed BEGIN SELECT RAISE(ABORT, 'names are fixed'); END;
        CREATE TRIGGER log_meta_kept BEFORE DELETE ON log_meta BEGIN SELECT RAISE(ABORT, 'the identity is kept'); END;
        CREATE TRIGGER log_meta_fixed BEFORE UPDATE ON log_meta WHEN NOT (NEW.k IS OLD.k AND OLD.k IS 'epoch')
          BEGIN SELECT RAISE(ABORT, 'only the epoch changes, at a restore'); END;
        CREATE TRIGGER tree_edge_kept BEFORE DELETE ON tree_edge BEGIN SELECT RAISE(ABORT, 'the edge is kept'); END;
        CREATE TRIGGER tree_edge_grows BEFORE UPDATE ON tree_edge WHEN NEW.size <= OLD.size
          BEGIN SELECT RAISE(ABORT, 'the tree only grows'); END;
        """
}
