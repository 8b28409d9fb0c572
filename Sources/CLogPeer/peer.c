#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "state.h"

const char *clogpeer_sqlite_version(void) { return sqlite3_libversion(); }

static uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int note_frames(void *context, sqlite3 *db, const char *name, int frames) {
    (void)db;
    (void)name;
    clogpeer *peer = context;
    if (frames < peer->frames) peer->due_at = (int)peer->shape.checkpoint_frames;
    peer->frames = frames;
    return SQLITE_OK;
}

static int run(clogpeer *peer, const char *sql) { return sqlite3_exec(peer->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1; }

static int step(clogpeer *peer, int which) {
    int code = sqlite3_step(peer->statements[which]);
    sqlite3_reset(peer->statements[which]);
    return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : -1;
}

static int number(clogpeer *peer, const char *sql, sqlite3_int64 *out) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(peer->db, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
    int found = sqlite3_step(statement) == SQLITE_ROW;
    if (found) *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found ? 0 : -1;
}

static int prepare(clogpeer *peer) {
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(peer->db, peer_statements[i], -1, SQLITE_PREPARE_PERSISTENT, &peer->statements[i], NULL) !=
            SQLITE_OK)
            return -1;
    return 0;
}

/// Writes the names every event needs, so that the measured run meets them.
static int make(clogpeer *peer) {
    if (run(peer, "BEGIN IMMEDIATE") != 0 || run(peer, peer_tables) != 0 || prepare(peer) != 0) return -1;
    for (uint32_t i = 0; i < peer->shape.departments; i++) {
        sqlite3_bind_int64(peer->statements[ADD_FEED], 1, i + 1);
        sqlite3_bind_text(peer->statements[ADD_FEED], 2, peer->feeds[i].name, -1, SQLITE_STATIC);
        if (step(peer, ADD_FEED) != 0) return -1;
    }
    uint32_t types = 0;
    for (size_t i = 0; i < peer->sample_count; i++) {
        if (peer->samples[i].type_id <= types) continue;
        types = peer->samples[i].type_id;
        sqlite3_bind_int64(peer->statements[ADD_TYPE], 1, types);
        sqlite3_bind_text(peer->statements[ADD_TYPE], 2, peer->samples[i].type, -1, SQLITE_STATIC);
        if (step(peer, ADD_TYPE) != 0) return -1;
    }
    return run(peer, "COMMIT");
}

/// Reads the state of a log made before: edge, feeds and tags.
int peer_load(clogpeer *peer) {
    sqlite3_stmt *edge;
    if (sqlite3_prepare_v2(peer->db, "SELECT size, hashes FROM tree_edge", -1, &edge, NULL) != SQLITE_OK) return -1;
    int found = sqlite3_step(edge) == SQLITE_ROW && sqlite3_column_bytes(edge, 1) <= (int)sizeof peer->edge.hashes;
    if (found) {
        peer->edge.size = (uint64_t)sqlite3_column_int64(edge, 0);
        peer->edge.count = sqlite3_column_bytes(edge, 1) / 32;
        if (peer->edge.count > 0) memcpy(peer->edge.hashes, sqlite3_column_blob(edge, 1), (size_t)peer->edge.count * 32);
    }
    sqlite3_finalize(edge);
    sqlite3_int64 mark;
    if (!found || number(peer, "SELECT position FROM index_mark", &mark) != 0) return -1;
    // A log that was not closed is not gone on with: it is quicker made anew than mended.
    if ((uint64_t)mark != peer->edge.size) return -1;
    peer->head = peer->drawn = peer->edge.size;

    sqlite3_stmt *feeds;
    const char *last = "SELECT f.id, e.seq, e.chain FROM feed f JOIN feed_entry e ON e.feed_id = f.id"
                       " WHERE e.seq = (SELECT max(seq) FROM feed_entry WHERE feed_id = f.id)";
    if (sqlite3_prepare_v2(peer->db, last, -1, &feeds, NULL) != SQLITE_OK) return -1;
    while (sqlite3_step(feeds) == SQLITE_ROW) {
        sqlite3_int64 id = sqlite3_column_int64(feeds, 0);
        if (id < 1 || id > peer->shape.departments || sqlite3_column_bytes(feeds, 2) != 32) continue;
        peer->feeds[id - 1].sequence = (uint64_t)sqlite3_column_int64(feeds, 1);
        memcpy(peer->feeds[id - 1].chain, sqlite3_column_blob(feeds, 2), 32);
    }
    sqlite3_finalize(feeds);

    sqlite3_stmt *tags;
    if (sqlite3_prepare_v2(peer->db, "SELECT id, name FROM tag", -1, &tags, NULL) != SQLITE_OK) return -1;
    while (sqlite3_step(tags) == SQLITE_ROW) {
        uint32_t id = (uint32_t)sqlite3_column_int64(tags, 0);
        const char *name = (const char *)sqlite3_column_text(tags, 1);
        uint64_t key;
        if (strncmp(name, "case:", 5) == 0)
            key = strtoull(strrchr(name, '-') + 1, NULL, 16);
        else if (strncmp(name, "person:", 7) == 0)
            key = 1ull << 56 | strtoull(strrchr(name, '-') + 1, NULL, 16);
        else if (strncmp(name, "dept:bumen", 10) == 0)
            key = 2ull << 56 | strtoull(name + 10, NULL, 10);
        else
            key = 3ull << 56 | strtoull(name + 9, NULL, 10);
        tag_entry *entry = peer_tags_add(&peer->tags, key, id);
        if (!entry) break;
        entry->last = peer->head;
        if (id >= peer->next_tag) peer->next_tag = id + 1;
    }
    sqlite3_finalize(tags);
    return prepare(peer);
}

static int take_samples(clogpeer *peer, const clogpeer_sample *samples, size_t count) {
    peer->samples = calloc(count, sizeof(sample));
    if (!peer->samples) return -1;
    uint32_t types = 0;
    for (size_t i = 0; i < count; i++) {
        sample *to = &peer->samples[i];
        to->meta = malloc(samples[i].meta_length);
        to->data = malloc(samples[i].data_length);
        peer->sample_count = i + 1;
        if (!to->meta || !to->data || strlen(samples[i].type) >= sizeof to->type) return -1;
        strcpy(to->type, samples[i].type);
        memcpy(to->meta, samples[i].meta, to->meta_length = samples[i].meta_length);
        memcpy(to->data, samples[i].data, to->data_length = samples[i].data_length);
        for (size_t j = 0; j < i && to->type_id == 0; j++)
            if (strcmp(peer->samples[j].type, to->type) == 0) to->type_id = peer->samples[j].type_id;
        if (to->type_id == 0) to->type_id = ++types;
    }
    return 0;
}

static void begin_feeds(clogpeer *peer) {
    for (uint32_t i = 0; i < peer->shape.departments; i++) {
        feed_state *feed = &peer->feeds[i];
        snprintf(feed->name, sizeof feed->name, "bumen%02u", i);
        const uint8_t two = 2, length = (uint8_t)strlen(feed->name);
        peer_sha256((piece[]){{&two, 1}, {peer->log_id, 16}, {&length, 1}, {feed->name, length}}, 4, feed->chain);
    }
}

clogpeer *clogpeer_open(const char *path, const clogpeer_shape *shape, const clogpeer_sample *samples, size_t count,
                        char *reason, size_t capacity) {
    if (clogpeer_load_hash(reason, capacity) != 0) return NULL;
    clogpeer *peer = calloc(1, sizeof *peer);
    if (!peer) return NULL;
    peer->shape = *shape;
    peer->chance = shape->seed;
    peer->next_tag = 1;
    peer->due_at = (int)shape->checkpoint_frames;
    peer->feeds = calloc(shape->departments, sizeof(feed_state));
    for (int i = 0; i < 16; i++) peer->log_id[i] = (uint8_t)i;
    if (!peer->feeds || peer_tags_make(&peer->tags) != 0 || take_samples(peer, samples, count) != 0) {
        snprintf(reason, capacity, "out of memory");
        clogpeer_close(peer);
        return NULL;
    }
    begin_feeds(peer);
    sqlite3_int64 tables = 0;
    if (sqlite3_open(path, &peer->db) != SQLITE_OK || run(peer, "PRAGMA journal_mode = WAL") != 0 ||
        run(peer, "PRAGMA synchronous = FULL") != 0 || run(peer, "PRAGMA wal_autocheckpoint = 0") != 0 ||
        number(peer, "SELECT count(*) FROM sqlite_master", &tables) != 0 ||
        (tables == 0 ? make(peer) : peer_load(peer)) != 0) {
        snprintf(reason, capacity, "%s", peer->db && sqlite3_errcode(peer->db) != SQLITE_OK
                                             ? sqlite3_errmsg(peer->db)
                                             : "the file is no peer log that was closed properly");
        clogpeer_close(peer);
        return NULL;
    }
    sqlite3_wal_hook(peer->db, note_frames, peer);
    return peer;
}

uint64_t clogpeer_head(const clogpeer *peer) { return peer->head; }

static int commit_group(clogpeer *peer, uint32_t requests, uint32_t events, uint64_t *conflicts) {
    uint64_t after = peer->head;
    if (step(peer, BEGIN) != 0) return -1;
    for (uint32_t i = 0; i < requests; i++)
        if (peer_append(peer, events, i, requests, after, conflicts) != 0) return -1;
    if (peer_finish(peer) != 0) return -1;
    if (peer->unflushed >= peer->shape.flush_events && peer_flush(peer) != 0) return -1;
    if (step(peer, COMMIT) != 0) return -1;
    if (peer->frames >= peer->due_at) {
        if (sqlite3_wal_checkpoint_v2(peer->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK) return -1;
        peer->due_at = peer->frames + (int)peer->shape.checkpoint_frames;
    }
    return 0;
}

int clogpeer_run(clogpeer *peer, uint32_t requests, uint32_t events_a_request, double seconds, uint64_t max_events,
                 clogpeer_note note, void *context, clogpeer_run_result *result, char *reason, size_t capacity) {
    memset(result, 0, sizeof *result);
    uint64_t started = nanoseconds(), before = peer->head;
    uint64_t allowed = (uint64_t)(seconds * 1e9);
    for (;;) {
        uint64_t begun = nanoseconds();
        if (begun - started >= allowed) break;
        if (max_events > 0 && peer->head - before >= max_events) break;
        if (commit_group(peer, requests, events_a_request, &result->conflicts) != 0) {
            snprintf(reason, capacity, "%s", sqlite3_errmsg(peer->db));
            return -1;
        }
        result->commits++;
        if (note) note(context, nanoseconds() - begun);
    }
    result->elapsed_ns = nanoseconds() - started;
    result->events = peer->head - before;
    return 0;
}

int clogpeer_check(clogpeer *peer, clogpeer_check_result *result, char *reason, size_t capacity) {
    memset(result, 0, sizeof *result);
    result->head = peer->head;
    sqlite3_stmt *leaves, *stored;
    if (sqlite3_prepare_v2(peer->db, "SELECT position, leaf FROM event ORDER BY position", -1, &leaves, NULL) != SQLITE_OK) {
        snprintf(reason, capacity, "%s", sqlite3_errmsg(peer->db));
        return -1;
    }
    tree_edge *edge = calloc(1, sizeof *edge);
    int whole = edge != NULL;
    while (whole && sqlite3_step(leaves) == SQLITE_ROW) {
        result->rows++;
        whole = (uint64_t)sqlite3_column_int64(leaves, 0) == result->rows && sqlite3_column_bytes(leaves, 1) == 32;
        if (whole) peer_edge_append(edge, sqlite3_column_blob(leaves, 1));
    }
    sqlite3_finalize(leaves);
    uint8_t root[32] = {0};
    if (whole) peer_edge_root(edge, root);
    free(edge);
    if (sqlite3_prepare_v2(peer->db, "SELECT root FROM tree_edge", -1, &stored, NULL) != SQLITE_OK) {
        snprintf(reason, capacity, "%s", sqlite3_errmsg(peer->db));
        return -1;
    }
    whole = whole && sqlite3_step(stored) == SQLITE_ROW && sqlite3_column_bytes(stored, 0) == 32 &&
            memcmp(sqlite3_column_blob(stored, 0), root, 32) == 0;
    sqlite3_finalize(stored);
    result->whole = whole;
    return 0;
}

void clogpeer_close(clogpeer *peer) {
    if (!peer) return;
    if (peer->statements[COMMIT] && sqlite3_get_autocommit(peer->db) && step(peer, BEGIN) == 0) {
        if (peer_flush(peer) == 0)
            step(peer, COMMIT);
        else
            run(peer, "ROLLBACK");
    }
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(peer->statements[i]);
    sqlite3_close(peer->db);
    for (size_t i = 0; i < peer->sample_count; i++) {
        free(peer->samples[i].meta);
        free(peer->samples[i].data);
    }
    free(peer->samples);
    free(peer->feeds);
    free(peer->tags.slots);
    free(peer->tail);
    free(peer);
}
