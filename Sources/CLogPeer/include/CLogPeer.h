#ifndef CLOGPEER_H
#define CLOGPEER_H

// A log of the same shape as ours in plain C, one thread, nothing between it and SQLite: what `onedoor bench` measures
// our log against on the same disk in the same run. It keeps the same tables, leaf, tree, feed chains and conditions.

#include <stddef.h>
#include <stdint.h>

/// One open peer log; used by one thread at a time.
typedef struct clogpeer clogpeer;

/// What the peer's own events look like; drawn from the same distributions as ours.
typedef struct {
    uint64_t seed;
    uint32_t active_cases;
    uint32_t events_a_case;
    uint32_t persons;
    uint32_t departments;
    uint32_t towns;
    /// Of a hundred events, how many go to a second department.
    uint32_t second_department_percent;
    /// The derived indexes are flushed every so many events.
    uint32_t flush_events;
    /// The write-ahead log is moved into the file every so many frames of 4 KiB.
    uint32_t checkpoint_frames;
} clogpeer_shape;

/// Parts of an event that are taken over as they are.
typedef struct {
    const char *type;
    const uint8_t *meta;
    size_t meta_length;
    const uint8_t *data;
    size_t data_length;
} clogpeer_sample;

/// What a run did.
typedef struct {
    uint64_t events;
    uint64_t commits;
    uint64_t conflicts;
    uint64_t elapsed_ns;
} clogpeer_run_result;

/// What a check found.
typedef struct {
    uint64_t head;
    uint64_t rows;
    /// 1 when positions are 1, 2, 3 … and the leaves give the stored root.
    int whole;
} clogpeer_check_result;

/// Called with the time from begin to commit of each group, nanoseconds.
typedef void (*clogpeer_note)(void *context, uint64_t nanoseconds);

/// The version of the SQLite this program runs with.
const char *clogpeer_sqlite_version(void);

/// Loads SHA-256 from libcrypto.so.3; 0, or -1 with the reason in `reason`.
int clogpeer_load_hash(char *reason, size_t capacity);

/// Opens or makes the peer's log at `path`; samples are copied. NULL with the reason in `reason`.
clogpeer *clogpeer_open(const char *path, const clogpeer_shape *shape, const clogpeer_sample *samples, size_t count,
                        char *reason, size_t capacity);

/// The last position.
uint64_t clogpeer_head(const clogpeer *peer);

/// Commits groups of `requests` appends of `events_a_request` events, each with a condition, until `seconds` are over or
/// `max_events` written (0: no such end). Returns 0, or -1 with the reason in `reason`.
int clogpeer_run(clogpeer *peer, uint32_t requests, uint32_t events_a_request, double seconds, uint64_t max_events,
                 clogpeer_note note, void *context, clogpeer_run_result *result, char *reason, size_t capacity);

/// Counts rows and recomputes the root from the stored leaves. Returns 0, or -1 with the reason in `reason`.
int clogpeer_check(clogpeer *peer, clogpeer_check_result *result, char *reason, size_t capacity);

/// Flushes what is left, and closes.
void clogpeer_close(clogpeer *peer);

#endif
