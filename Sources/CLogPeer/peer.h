#ifndef CLOGPEER_PEER_H
#define CLOGPEER_PEER_H

#include <sqlite3.h>

#include "CLogPeer.h"

/// SHA-256 of up to three pieces.
typedef struct {
    const void *bytes;
    size_t length;
} piece;

void peer_sha256(const piece *pieces, int count, uint8_t out[32]);
void peer_hmac(const uint8_t *key, size_t key_length, const void *bytes, size_t length, uint8_t out[32]);

void peer_put16(uint8_t **at, uint16_t value);
void peer_put64(uint8_t **at, uint64_t value);

/// The right edge of an RFC 6962 tree.
typedef struct {
    uint64_t size;
    int count;
    uint8_t hashes[64][32];
} tree_edge;

void peer_edge_append(tree_edge *edge, const uint8_t leaf[32]);
void peer_edge_root(const tree_edge *edge, uint8_t out[32]);

/// A tag's local id and the last position it was used at.
typedef struct {
    uint64_t key;
    uint32_t id;
    uint64_t last;
} tag_entry;

/// Open addressing by the number of the tagged thing.
typedef struct {
    tag_entry *slots;
    size_t capacity;
    size_t used;
} tag_map;

int peer_tags_make(tag_map *map);
tag_entry *peer_tags_find(tag_map *map, uint64_t key);
tag_entry *peer_tags_add(tag_map *map, uint64_t key, uint32_t id);

#endif
