#ifndef CFAULTVFS_H
#define CFAULTVFS_H

// A file system for SQLite that fails on demand and keeps a record of what was written and what was synced.
//
// It stands before SQLite's own one and passes everything through, except for files in a watched folder. All functions
// may be called from any thread. Shared memory (-shm) is not seen: SQLite builds it anew from the write-ahead log.

#include <stddef.h>
#include <stdint.h>

/// What can be counted, made to fail, and recorded.
enum {
    CFAULT_WRITE = 0,
    CFAULT_SYNC = 1,
    CFAULT_TRUNCATE = 2,
    /// Only recorded: a file that was not there was made.
    CFAULT_CREATE = 3,
    CFAULT_DELETE = 4,
    /// Only recorded: a file that had been there before it was watched was opened for the first time.
    CFAULT_FOUND = 5,
    CFAULT_READ = 6,
    CFAULT_OPERATIONS = 7,
};

/// What SQLite is told when an operation fails.
enum {
    CFAULT_IO_ERROR = 0,
    /// No room; for writes only.
    CFAULT_NO_ROOM = 1,
    /// No room after half of the bytes; for writes only.
    CFAULT_SHORT_WRITE = 2,
};

/// One operation that was done. `file` tells files of one name apart that were deleted in between.
typedef struct {
    int operation;
    int file;
    const char *name;
    int64_t offset;
    int64_t length;
    const void *bytes;
    /// Whether the sync or the deletion makes the names in the folder last too: SQLite's own file system syncs the folder
    /// with the first sync of each journal it opens.
    int syncs_folder;
} cfault_record;

typedef struct cfault_folder cfault_folder;

/// Watches an existing folder: files opened in it from now on. NULL when the folder does not exist or memory is out.
cfault_folder *cfault_watch(const char *path, int keeps_record);

/// Stops watching; files still open go on without faults, and everything is freed with the last of them.
void cfault_forget(cfault_folder *folder);

/// Makes the nth operation of a kind from now on fail, counted from 1, and with `lasting` every later one too.
void cfault_fail(cfault_folder *folder, int operation, int64_t nth, int lasting, int how);

/// Lets everything succeed again.
void cfault_heal(cfault_folder *folder);

/// How many operations failed because cfault_fail said so.
int64_t cfault_faults(cfault_folder *folder);

/// How many operations of a kind were asked for, failed ones included.
int64_t cfault_count(cfault_folder *folder, int operation);

/// How many operations were recorded up to now.
int64_t cfault_recorded(cfault_folder *folder);

/// One recorded operation, counted from 0; valid until cfault_forget. All zero when there is none.
cfault_record cfault_record_at(cfault_folder *folder, int64_t index);

#endif
