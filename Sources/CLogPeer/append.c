#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "state.h"

/// What one event is about, drawn by chance.
typedef struct {
    uint64_t case_number;
    uint32_t person, departments[2], town;
    int department_count;
} draw;

/// SplitMix64 (Steele, Lea, Flood, 2014), as our own generator.
uint64_t peer_chance(clogpeer *peer) {
    peer->chance += 0x9e3779b97f4a7c15u;
    uint64_t mixed = peer->chance;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

static void fill(clogpeer *peer, uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i += 8) {
        uint64_t word = peer_chance(peer);
        memcpy(bytes + i, &word, count - i < 8 ? count - i : 8);
    }
}

static uint64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/// A version 7 identifier, so that new keys stand at the right edge of their index.
static void identifier(clogpeer *peer, uint64_t now, uint8_t out[16]) {
    fill(peer, out, 16);
    for (int i = 0; i < 6; i++) out[i] = (uint8_t)(now >> (40 - 8 * i));
    out[6] = 0x70 | (out[6] & 0x0f);
    out[8] = 0x80 | (out[8] & 0x3f);
}

/// Each request of a group has cases of its own, as each producer of ours has.
static draw draw_next(clogpeer *peer, uint32_t lane, uint32_t lanes) {
    const clogpeer_shape *shape = &peer->shape;
    uint64_t cases = lanes < shape->active_cases ? shape->active_cases / lanes : 1;
    uint64_t slot = (peer_chance(peer) % cases) * lanes % shape->active_cases + lane % shape->active_cases;
    if (slot >= shape->active_cases) slot -= shape->active_cases;
    uint64_t era = (peer->drawn++ + slot * shape->events_a_case) / ((uint64_t)shape->active_cases * shape->events_a_case);
    draw drawn = {.case_number = era * shape->active_cases + slot};
    drawn.person = (uint32_t)(peer_chance(peer) % shape->persons);
    drawn.town = (uint32_t)(peer_chance(peer) % shape->towns);
    drawn.departments[0] = (uint32_t)(peer_chance(peer) % shape->departments);
    drawn.departments[1] = (drawn.departments[0] + 1) % shape->departments;
    drawn.department_count =
        shape->departments > 1 && peer_chance(peer) % 100 < shape->second_department_percent ? 2 : 1;
    return drawn;
}

static int step(clogpeer *peer, int which) {
    sqlite3_stmt *statement = peer->statements[which];
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : -1;
}

enum { CASE_TAG, PERSON_TAG, DEPARTMENT_TAG, TOWN_TAG };

static uint64_t tag_key(int kind, uint64_t number) { return (uint64_t)kind << 56 | number; }

/// The text of a tag; ids of cases and persons are made from their numbers, so that a reopened log knows them.
static int tag_text(int kind, uint64_t number, char out[64]) {
    switch (kind) {
        case CASE_TAG: return snprintf(out, 64, "case:0199c000-0000-7000-8000-%012llx", (unsigned long long)number);
        case PERSON_TAG: return snprintf(out, 64, "person:0199c000-0000-7000-9000-%012llx", (unsigned long long)number);
        case DEPARTMENT_TAG: return snprintf(out, 64, "dept:bumen%02u", (unsigned)number);
        default: return snprintf(out, 64, "town:zhen%02u", (unsigned)number);
    }
}

static tag_entry *tag_of(clogpeer *peer, int kind, uint64_t number, const char *text, int length) {
    tag_entry *known = peer_tags_find(&peer->tags, tag_key(kind, number));
    if (known) return known;
    sqlite3_stmt *add = peer->statements[ADD_TAG];
    sqlite3_bind_int64(add, 1, peer->next_tag);
    sqlite3_bind_text(add, 2, text, length, SQLITE_STATIC);
    if (step(peer, ADD_TAG) != 0) return NULL;
    return peer_tags_add(&peer->tags, tag_key(kind, number), peer->next_tag++);
}

static void commitment(const uint8_t salt[16], const char *label, const void *bytes, size_t length, uint8_t **at) {
    uint8_t key[32];
    char text[48];
    int size = snprintf(text, sizeof text, "onedoor/leaf/1/%s", label);
    peer_hmac(salt, 16, text, (size_t)size, key);
    peer_hmac(key, 32, bytes, length, *at);
    *at += 32;
}

static int feed_entry(clogpeer *peer, uint32_t department, const uint8_t leaf[32]) {
    feed_state *feed = &peer->feeds[department];
    feed->sequence++;
    uint8_t sequence[8], *at = sequence;
    peer_put64(&at, feed->sequence);
    const uint8_t two = 2;
    peer_sha256((piece[]){{&two, 1}, {feed->chain, 32}, {sequence, 8}, {leaf, 32}}, 4, feed->chain);
    sqlite3_stmt *add = peer->statements[ADD_FEED_ENTRY];
    sqlite3_bind_int64(add, 1, department + 1);
    sqlite3_bind_int64(add, 2, (sqlite3_int64)feed->sequence);
    sqlite3_bind_int64(add, 3, (sqlite3_int64)peer->head);
    sqlite3_bind_blob(add, 4, feed->chain, 32, SQLITE_STATIC);
    return step(peer, ADD_FEED_ENTRY);
}

static int remember(clogpeer *peer, uint32_t tag_id, uint32_t type_id) {
    if (peer->tail_count == peer->tail_capacity) {
        size_t capacity = peer->tail_capacity ? peer->tail_capacity * 2 : 1 << 16;
        index_row *larger = realloc(peer->tail, capacity * sizeof(index_row));
        if (!larger) return -1;
        peer->tail = larger;
        peer->tail_capacity = capacity;
    }
    peer->tail[peer->tail_count++] = (index_row){tag_id, type_id, peer->head};
    return 0;
}

static int add_event(clogpeer *peer, const draw *drawn, uint64_t first, uint64_t now) {
    const sample *from = &peer->samples[peer_chance(peer) % peer->sample_count];
    uint64_t position = ++peer->head;
    uint8_t event_id[16], salt[16], leaf[32];
    identifier(peer, now, event_id);
    fill(peer, salt, 16);

    // Sorted bytewise, as their kinds are.
    const int kinds[4] = {CASE_TAG, DEPARTMENT_TAG, PERSON_TAG, TOWN_TAG};
    const uint64_t numbers[4] = {drawn->case_number, drawn->departments[0], drawn->person, drawn->town};
    char tags[256];
    size_t tags_length = 0;
    uint32_t ids[4];
    for (int i = 0; i < 4; i++) {
        char text[64];
        int length = tag_text(kinds[i], numbers[i], text);
        tag_entry *entry = tag_of(peer, kinds[i], numbers[i], text, length);
        if (!entry) return -1;
        entry->last = position;
        ids[i] = entry->id;
        if (i > 0) tags[tags_length++] = '\n';
        memcpy(tags + tags_length, text, (size_t)length);
        tags_length += (size_t)length;
        if (remember(peer, entry->id, from->type_id) != 0) return -1;
    }
    if (remember(peer, 0, from->type_id) != 0) return -1;
    uint8_t tag_ids[16];
    for (int i = 0; i < 4; i++)
        for (int j = i + 1; j < 4; j++)
            if (ids[j] < ids[i]) {
                uint32_t other = ids[i];
                ids[i] = ids[j];
                ids[j] = other;
            }
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) tag_ids[4 * i + j] = (uint8_t)(ids[i] >> (24 - 8 * j));

    char audience[64], disclosure[128];
    int audience_length, disclosure_length;
    const char *one = peer->feeds[drawn->departments[0]].name, *two = peer->feeds[drawn->departments[1]].name;
    if (drawn->department_count == 2) {
        audience_length = snprintf(audience, sizeof audience, "%s\n%s", one, two);
        disclosure_length =
            snprintf(disclosure, sizeof disclosure, "{\"%s\":[\"reference\"],\"%s\":[\"reference\"]}", one, two);
    } else {
        audience_length = snprintf(audience, sizeof audience, "%s", one);
        disclosure_length = snprintf(disclosure, sizeof disclosure, "{\"%s\":[\"reference\"]}", one);
    }

    uint8_t input[400], *at = input;
    *at++ = 0;  // The prefix of a leaf hash; leaf_input itself begins with the next byte.
    *at++ = 1;
    memcpy(at, peer->log_id, 16), at += 16;
    peer_put64(&at, position);
    memcpy(at, event_id, 16), at += 16;
    peer_put64(&at, first);
    size_t type_length = strlen(from->type);
    *at++ = (uint8_t)type_length;
    memcpy(at, from->type, type_length), at += type_length;
    peer_put16(&at, 1);
    peer_put64(&at, now);
    peer_put64(&at, now);
    commitment(salt, "meta", from->meta, from->meta_length, &at);
    commitment(salt, "data", from->data, from->data_length, &at);
    commitment(salt, "tags", tags, tags_length, &at);
    commitment(salt, "audience", audience, (size_t)audience_length, &at);
    commitment(salt, "disclosure", disclosure, (size_t)disclosure_length, &at);
    *at++ = 0;
    peer_sha256((piece[]){{input, (size_t)(at - input)}}, 1, leaf);

    sqlite3_stmt *add = peer->statements[ADD_EVENT];
    sqlite3_bind_int64(add, 1, (sqlite3_int64)position);
    sqlite3_bind_blob(add, 2, event_id, 16, SQLITE_STATIC);
    sqlite3_bind_int64(add, 3, (sqlite3_int64)first);
    sqlite3_bind_int64(add, 4, from->type_id);
    sqlite3_bind_int64(add, 5, (sqlite3_int64)now);
    sqlite3_bind_int64(add, 6, (sqlite3_int64)now);
    sqlite3_bind_blob(add, 7, from->meta, (int)from->meta_length, SQLITE_STATIC);
    sqlite3_bind_blob(add, 8, from->data, (int)from->data_length, SQLITE_STATIC);
    sqlite3_bind_blob(add, 9, tag_ids, 16, SQLITE_STATIC);
    sqlite3_bind_blob(add, 10, audience, audience_length, SQLITE_STATIC);
    sqlite3_bind_blob(add, 11, disclosure, disclosure_length, SQLITE_STATIC);
    sqlite3_bind_blob(add, 12, salt, 16, SQLITE_STATIC);
    sqlite3_bind_blob(add, 13, leaf, 32, SQLITE_STATIC);
    if (step(peer, ADD_EVENT) != 0) return -1;
    for (int i = 0; i < drawn->department_count; i++)
        if (feed_entry(peer, drawn->departments[i], leaf) != 0) return -1;
    peer_edge_append(&peer->edge, leaf);
    peer->unflushed++;
    return 0;
}

/// One request: looked up, its condition checked, its events written, remembered.
int peer_append(clogpeer *peer, uint32_t events, uint32_t lane, uint32_t lanes, uint64_t after, uint64_t *conflicts) {
    uint64_t now = milliseconds();
    uint8_t command[16], actor[16], fingerprint[32];
    identifier(peer, now, command);
    memset(actor, 0, sizeof actor);
    actor[15] = (uint8_t)(peer_chance(peer) % 200);
    fill(peer, fingerprint, 32);
    sqlite3_stmt *find = peer->statements[FIND_REQUEST];
    sqlite3_bind_blob(find, 1, command, 16, SQLITE_STATIC);
    sqlite3_bind_blob(find, 2, actor, 16, SQLITE_STATIC);
    if (step(peer, FIND_REQUEST) != 0) return -1;

    uint64_t first = peer->head + 1;
    for (uint32_t i = 0; i < events; i++) {
        draw drawn = draw_next(peer, lane, lanes);
        tag_entry *known = peer_tags_find(&peer->tags, tag_key(CASE_TAG, drawn.case_number));
        // The condition is on the case of the first event; a refused request writes nothing.
        if (i == 0 && known && known->last > after) {
            (*conflicts)++;
            return 0;
        }
        if (add_event(peer, &drawn, first, now) != 0) return -1;
    }
    sqlite3_stmt *add = peer->statements[ADD_REQUEST];
    sqlite3_bind_blob(add, 1, command, 16, SQLITE_STATIC);
    sqlite3_bind_blob(add, 2, actor, 16, SQLITE_STATIC);
    sqlite3_bind_blob(add, 3, fingerprint, 32, SQLITE_STATIC);
    sqlite3_bind_int64(add, 4, (sqlite3_int64)first);
    sqlite3_bind_int64(add, 5, (sqlite3_int64)peer->head);
    sqlite3_bind_int64(add, 6, (sqlite3_int64)peer->head);
    return step(peer, ADD_REQUEST);
}

int peer_finish(clogpeer *peer) {
    uint8_t root[32];
    peer_edge_root(&peer->edge, root);
    sqlite3_stmt *set = peer->statements[SET_EDGE];
    sqlite3_bind_int64(set, 1, (sqlite3_int64)peer->edge.size);
    sqlite3_bind_blob(set, 2, root, 32, SQLITE_STATIC);
    sqlite3_bind_blob(set, 3, peer->edge.hashes, peer->edge.count * 32, SQLITE_STATIC);
    return step(peer, SET_EDGE);
}

static int by_tag(const void *left, const void *right) {
    const index_row *a = left, *b = right;
    if (a->tag_id != b->tag_id) return a->tag_id < b->tag_id ? -1 : 1;
    if (a->tag_id == 0 && a->type_id != b->type_id) return a->type_id < b->type_id ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

int peer_flush(clogpeer *peer) {
    if (peer->unflushed == 0) return 0;
    qsort(peer->tail, peer->tail_count, sizeof(index_row), by_tag);
    for (size_t i = 0; i < peer->tail_count; i++) {
        const index_row *row = &peer->tail[i];
        int which = row->tag_id == 0 ? ADD_EVENT_BY_TYPE : ADD_EVENT_TAG;
        sqlite3_stmt *add = peer->statements[which];
        int column = 1;
        sqlite3_bind_int64(add, column++, row->tag_id == 0 ? row->type_id : row->tag_id);
        sqlite3_bind_int64(add, column++, (sqlite3_int64)row->position);
        if (row->tag_id != 0) sqlite3_bind_int64(add, column, row->type_id);
        if (step(peer, which) != 0) return -1;
    }
    sqlite3_bind_int64(peer->statements[SET_MARK], 1, (sqlite3_int64)peer->head);
    if (step(peer, SET_MARK) != 0) return -1;
    peer->tail_count = 0;
    peer->unflushed = 0;
    return 0;
}
