#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

// OpenSSL's SHA256_CTX has 112 bytes; the functions are looked up at run time, so nothing of it is needed to build.
typedef union {
    unsigned char bytes[128];
    uint64_t align;
} sha_state;

static int (*sha_init)(void *);
static int (*sha_update)(void *, const void *, size_t);
static int (*sha_final)(unsigned char *, void *);

int clogpeer_load_hash(char *reason, size_t capacity) {
    if (sha_init && sha_update && sha_final) return 0;
    void *library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(reason, capacity, "%s", dlerror());
        return -1;
    }
    *(void **)&sha_init = dlsym(library, "SHA256_Init");
    *(void **)&sha_update = dlsym(library, "SHA256_Update");
    *(void **)&sha_final = dlsym(library, "SHA256_Final");
    if (sha_init && sha_update && sha_final) return 0;
    snprintf(reason, capacity, "libcrypto.so.3 has no SHA256_Init, SHA256_Update and SHA256_Final");
    return -1;
}

void peer_sha256(const piece *pieces, int count, uint8_t out[32]) {
    sha_state state;
    sha_init(&state);
    for (int i = 0; i < count; i++) sha_update(&state, pieces[i].bytes, pieces[i].length);
    sha_final(out, &state);
}

void peer_hmac(const uint8_t *key, size_t key_length, const void *bytes, size_t length, uint8_t out[32]) {
    uint8_t inner[64] = {0}, outer[64] = {0}, digest[32];
    memcpy(inner, key, key_length);
    memcpy(outer, key, key_length);
    for (int i = 0; i < 64; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
    }
    peer_sha256((piece[]){{inner, 64}, {bytes, length}}, 2, digest);
    peer_sha256((piece[]){{outer, 64}, {digest, 32}}, 2, out);
}

void peer_put16(uint8_t **at, uint16_t value) {
    *(*at)++ = (uint8_t)(value >> 8);
    *(*at)++ = (uint8_t)value;
}

void peer_put64(uint8_t **at, uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) *(*at)++ = (uint8_t)(value >> shift);
}

static void node_hash(const uint8_t left[32], const uint8_t right[32], uint8_t out[32]) {
    const uint8_t one = 1;
    peer_sha256((piece[]){{&one, 1}, {left, 32}, {right, 32}}, 3, out);
}

void peer_edge_append(tree_edge *edge, const uint8_t leaf[32]) {
    uint8_t node[32];
    memcpy(node, leaf, 32);
    for (uint64_t size = edge->size; size & 1; size >>= 1) node_hash(edge->hashes[--edge->count], node, node);
    memcpy(edge->hashes[edge->count++], node, 32);
    edge->size++;
}

void peer_edge_root(const tree_edge *edge, uint8_t out[32]) {
    if (edge->count == 0) {
        peer_sha256(NULL, 0, out);
        return;
    }
    memcpy(out, edge->hashes[edge->count - 1], 32);
    for (int i = edge->count - 2; i >= 0; i--) node_hash(edge->hashes[i], out, out);
}

int peer_tags_make(tag_map *map) {
    map->capacity = 1 << 16;
    map->used = 0;
    map->slots = calloc(map->capacity, sizeof(tag_entry));
    return map->slots ? 0 : -1;
}

static size_t slot_of(const tag_map *map, uint64_t key) {
    uint64_t mixed = key * 0x9e3779b97f4a7c15u;
    mixed ^= mixed >> 32;
    size_t slot = (size_t)mixed & (map->capacity - 1);
    while (map->slots[slot].id != 0 && map->slots[slot].key != key) slot = (slot + 1) & (map->capacity - 1);
    return slot;
}

tag_entry *peer_tags_find(tag_map *map, uint64_t key) {
    tag_entry *entry = &map->slots[slot_of(map, key)];
    return entry->id == 0 ? NULL : entry;
}

tag_entry *peer_tags_add(tag_map *map, uint64_t key, uint32_t id) {
    if (map->used * 2 >= map->capacity) {
        tag_map larger = {calloc(map->capacity * 2, sizeof(tag_entry)), map->capacity * 2, map->used};
        if (!larger.slots) return NULL;
        for (size_t i = 0; i < map->capacity; i++)
            if (map->slots[i].id != 0) larger.slots[slot_of(&larger, map->slots[i].key)] = map->slots[i];
        free(map->slots);
        *map = larger;
    }
    tag_entry *entry = &map->slots[slot_of(map, key)];
    entry->key = key;
    entry->id = id;
    entry->last = 0;
    map->used++;
    return entry;
}
