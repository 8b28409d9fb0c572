#ifndef CLOGPEER_STATE_H
#define CLOGPEER_STATE_H

#include "peer.h"

enum {
    FIND_REQUEST,
    ADD_REQUEST,
    ADD_EVENT,
    ADD_TAG,
    ADD_TYPE,
    ADD_FEED,
    ADD_FEED_ENTRY,
    SET_EDGE,
    ADD_EVENT_TAG,
    ADD_EVENT_BY_TYPE,
    SET_MARK,
    BEGIN,
    COMMIT,
    STATEMENTS
};

/// A part of the memory tail: one row of `event_tag`, and of `event_by_type` where `tag_id` is 0.
typedef struct {
    uint32_t tag_id;
    uint32_t type_id;
    uint64_t position;
} index_row;

typedef struct {
    char name[16];
    uint64_t sequence;
    uint8_t chain[32];
} feed_state;

typedef struct {
    char type[64];
    uint32_t type_id;
    uint8_t *meta, *data;
    size_t meta_length, data_length;
} sample;

struct clogpeer {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    clogpeer_shape shape;
    sample *samples;
    size_t sample_count;
    uint8_t log_id[16];
    uint64_t chance;
    uint64_t head, drawn;
    tree_edge edge;
    tag_map tags;
    uint32_t next_tag;
    feed_state *feeds;
    index_row *tail;
    size_t tail_count, tail_capacity;
    uint64_t unflushed;
    int frames, due_at;
};

extern const char *const peer_tables;
extern const char *const peer_statements[STATEMENTS];

uint64_t peer_chance(clogpeer *peer);
int peer_append(clogpeer *peer, uint32_t events, uint32_t lane, uint32_t lanes, uint64_t after, uint64_t *conflicts);
int peer_finish(clogpeer *peer);
int peer_flush(clogpeer *peer);
int peer_load(clogpeer *peer);

#endif
