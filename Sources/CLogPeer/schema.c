#include "state.h"

// The tables of our log (format 1) with the derived indexes as tables of their own, flushed behind a mark.
const char *const peer_tables =
    "CREATE TABLE log_meta(k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event_type(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE event("
    "  position INTEGER PRIMARY KEY CHECK(position > 0),"
    "  event_id BLOB NOT NULL UNIQUE CHECK(length(event_id) = 16),"
    "  append_first INTEGER NOT NULL CHECK(append_first BETWEEN 1 AND position),"
    "  type_id INTEGER NOT NULL, schema_version INTEGER NOT NULL,"
    "  occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,"
    "  meta BLOB NOT NULL, data BLOB, tag_ids BLOB NOT NULL CHECK(length(tag_ids) % 4 = 0),"
    "  audience BLOB NOT NULL, disclosure BLOB NOT NULL,"
    "  salt BLOB CHECK(length(salt) = 16), removed BLOB CHECK(length(removed) = 165),"
    "  leaf BLOB NOT NULL CHECK(length(leaf) = 32),"
    "  CHECK((salt IS NULL) = (removed IS NOT NULL))) STRICT;"
    "CREATE TABLE event_by_type(type_id INTEGER NOT NULL, position INTEGER NOT NULL,"
    "  PRIMARY KEY(type_id, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event_tag(tag_id INTEGER NOT NULL, position INTEGER NOT NULL, type_id INTEGER NOT NULL,"
    "  PRIMARY KEY(tag_id, position, type_id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE index_mark(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL) STRICT;"
    "CREATE TABLE feed(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE feed_entry(feed_id INTEGER NOT NULL, seq INTEGER NOT NULL CHECK(seq > 0),"
    "  position INTEGER NOT NULL, chain BLOB NOT NULL CHECK(length(chain) = 32),"
    "  PRIMARY KEY(feed_id, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE request(command_id BLOB NOT NULL CHECK(length(command_id) = 16),"
    "  actor BLOB NOT NULL CHECK(length(actor) = 16), fingerprint BLOB CHECK(length(fingerprint) = 32),"
    "  first_position INTEGER, last_position INTEGER, answer_position INTEGER NOT NULL,"
    "  PRIMARY KEY(command_id, actor), CHECK((first_position IS NULL) = (last_position IS NULL))"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE tree_edge(one INTEGER PRIMARY KEY CHECK(one = 1), size INTEGER NOT NULL,"
    "  root BLOB NOT NULL CHECK(length(root) = 32), hashes BLOB NOT NULL) STRICT;"
    "CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END;"
    "CREATE TRIGGER tree_edge_grows BEFORE UPDATE ON tree_edge WHEN NEW.size <= OLD.size"
    "  BEGIN SELECT RAISE(ABORT, 'the tree only grows'); END;"
    "INSERT INTO index_mark VALUES (1, 0);"
    "INSERT INTO tree_edge VALUES (1, 0, zeroblob(32), x'');";

const char *const peer_statements[STATEMENTS] = {
    [FIND_REQUEST] = "SELECT first_position FROM request WHERE command_id = ? AND actor = ?",
    [ADD_REQUEST] = "INSERT INTO request VALUES (?, ?, ?, ?, ?, ?)",
    [ADD_EVENT] = "INSERT INTO event(position, event_id, append_first, type_id, schema_version, occurred_at,"
                  " recorded_at, meta, data, tag_ids, audience, disclosure, salt, leaf)"
                  " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_TAG] = "INSERT INTO tag VALUES (?, ?)",
    [ADD_TYPE] = "INSERT INTO event_type VALUES (?, ?)",
    [ADD_FEED] = "INSERT INTO feed VALUES (?, ?)",
    [ADD_FEED_ENTRY] = "INSERT INTO feed_entry VALUES (?, ?, ?, ?)",
    [SET_EDGE] = "UPDATE tree_edge SET size = ?, root = ?, hashes = ? WHERE one = 1",
    [ADD_EVENT_TAG] = "INSERT INTO event_tag VALUES (?, ?, ?)",
    [ADD_EVENT_BY_TYPE] = "INSERT INTO event_by_type VALUES (?, ?)",
    [SET_MARK] = "UPDATE index_mark SET position = ? WHERE one = 1",
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
};
