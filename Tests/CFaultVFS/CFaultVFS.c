#define _GNU_SOURCE
#include "CFaultVFS.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_NAMES = 16 };

struct cfault_folder {
    cfault_folder *next;
    char *path;
    size_t path_length;
    int keeps_record;
    int is_forgotten;
    int open_files;

    /// Names met so far, and which file each stands for now; 0 when it was deleted.
    char *names[MOST_NAMES];
    int files[MOST_NAMES];
    int last_file;

    int64_t counts[CFAULT_OPERATIONS];
    int failing;
    int64_t fails_at;
    int lasting;
    int how;
    int64_t faults;

    cfault_record *records;
    int64_t recorded;
    int64_t room;
};

/// The file SQLite holds; the real one stands right behind it in memory.
typedef struct {
    sqlite3_file base;
    cfault_folder *folder;
    const char *name;
    int number;
    int syncs_folder;
    sqlite3_file *real;
} fault_file;

static pthread_once_t registered = PTHREAD_ONCE_INIT;
/// Guards everything in all folders. Held for bookkeeping only, never during a real read, write or sync.
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static cfault_folder *folders;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

// MARK: Bookkeeping, with the guard held

static cfault_folder *folder_of(const char *path) {
    for (cfault_folder *folder = folders; path && folder; folder = folder->next) {
        if (!folder->is_forgotten && strncmp(path, folder->path, folder->path_length) == 0
            && path[folder->path_length] == '/') {
            return folder;
        }
    }
    return NULL;
}

static void free_if_unused(cfault_folder *folder) {
    if (!folder->is_forgotten || folder->open_files > 0) return;
    cfault_folder **link = &folders;
    while (*link && *link != folder) link = &(*link)->next;
    if (*link) *link = folder->next;
    for (int64_t index = 0; index < folder->recorded; index++) free((void *)folder->records[index].bytes);
    for (int index = 0; index < MOST_NAMES; index++) free(folder->names[index]);
    free(folder->records);
    free(folder->path);
    free(folder);
}

/// The place of a name; a test that uses more names than there are places is stopped.
static int place_of(cfault_folder *folder, const char *path) {
    const char *name = path + folder->path_length + 1;
    for (int index = 0; index < MOST_NAMES; index++) {
        if (!folder->names[index]) folder->names[index] = strdup(name);
        if (folder->names[index] && strcmp(folder->names[index], name) == 0) return index;
    }
    abort();
}

static void record(cfault_folder *folder, cfault_record what) {
    if (!folder->keeps_record || folder->is_forgotten) return;
    if (folder->recorded == folder->room) {
        int64_t room = folder->room ? folder->room * 2 : 1024;
        cfault_record *records = realloc(folder->records, (size_t)room * sizeof(cfault_record));
        if (!records) abort();
        folder->records = records;
        folder->room = room;
    }
    if (what.bytes) {
        void *copy = malloc((size_t)what.length ? (size_t)what.length : 1);
        if (!copy) abort();
        memcpy(copy, what.bytes, (size_t)what.length);
        what.bytes = copy;
    }
    folder->records[folder->recorded++] = what;
}

/// Counts an operation. Returns whether it must fail.
static int must_fail(cfault_folder *folder, int operation) {
    folder->counts[operation]++;
    if (folder->is_forgotten || folder->failing != operation || folder->fails_at <= 0) return 0;
    if (folder->fails_at > 1) {
        folder->fails_at--;
        return 0;
    }
    if (!folder->lasting) folder->fails_at = 0;
    folder->faults++;
    return 1;
}

// MARK: Files

static int fault_close(sqlite3_file *file) {
    fault_file *each = (fault_file *)file;
    int result = each->real->pMethods ? each->real->pMethods->xClose(each->real) : SQLITE_OK;
    pthread_mutex_lock(&guard);
    each->folder->open_files--;
    free_if_unused(each->folder);
    pthread_mutex_unlock(&guard);
    return result;
}

static int fault_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    fault_file *each = (fault_file *)file;
    pthread_mutex_lock(&guard);
    int fails = must_fail(each->folder, CFAULT_READ);
    pthread_mutex_unlock(&guard);
    return fails ? SQLITE_IOERR_READ : each->real->pMethods->xRead(each->real, bytes, length, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    fault_file *each = (fault_file *)file;
    pthread_mutex_lock(&guard);
    int fails = must_fail(each->folder, CFAULT_WRITE);
    int how = each->folder->how;
    pthread_mutex_unlock(&guard);
    int written = !fails ? length : how == CFAULT_SHORT_WRITE ? length / 2 : 0;
    int result = SQLITE_OK;
    if (written > 0) result = each->real->pMethods->xWrite(each->real, bytes, written, offset);
    if (written > 0 && result == SQLITE_OK) {
        cfault_record what = {CFAULT_WRITE, each->number, each->name, offset, written, bytes, 0};
        pthread_mutex_lock(&guard);
        record(each->folder, what);
        pthread_mutex_unlock(&guard);
    }
    if (!fails) return result;
    return how == CFAULT_IO_ERROR ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size) {
    fault_file *each = (fault_file *)file;
    pthread_mutex_lock(&guard);
    int fails = must_fail(each->folder, CFAULT_TRUNCATE);
    pthread_mutex_unlock(&guard);
    if (fails) return SQLITE_IOERR_TRUNCATE;
    int result = each->real->pMethods->xTruncate(each->real, size);
    if (result == SQLITE_OK) {
        cfault_record what = {CFAULT_TRUNCATE, each->number, each->name, size, 0, NULL, 0};
        pthread_mutex_lock(&guard);
        record(each->folder, what);
        pthread_mutex_unlock(&guard);
    }
    return result;
}

static int fault_sync(sqlite3_file *file, int flags) {
    fault_file *each = (fault_file *)file;
    pthread_mutex_lock(&guard);
    int fails = must_fail(each->folder, CFAULT_SYNC);
    pthread_mutex_unlock(&guard);
    if (fails) return SQLITE_IOERR_FSYNC;
    int result = each->real->pMethods->xSync(each->real, flags);
    if (result == SQLITE_OK) {
        cfault_record what = {CFAULT_SYNC, each->number, each->name, 0, 0, NULL, each->syncs_folder};
        pthread_mutex_lock(&guard);
        record(each->folder, what);
        pthread_mutex_unlock(&guard);
        each->syncs_folder = 0;
    }
    return result;
}

#define REAL(file) ((fault_file *)(file))->real
#define PASS(file, call, ...) REAL(file)->pMethods->call(REAL(file)__VA_OPT__(, ) __VA_ARGS__)

static int pass_size(sqlite3_file *file, sqlite3_int64 *size) { return PASS(file, xFileSize, size); }
static int pass_lock(sqlite3_file *file, int lock) { return PASS(file, xLock, lock); }
static int pass_unlock(sqlite3_file *file, int lock) { return PASS(file, xUnlock, lock); }
static int pass_reserved(sqlite3_file *file, int *result) { return PASS(file, xCheckReservedLock, result); }
static int pass_control(sqlite3_file *file, int what, void *value) { return PASS(file, xFileControl, what, value); }
static int pass_sector(sqlite3_file *file) { return PASS(file, xSectorSize); }
static int pass_device(sqlite3_file *file) { return PASS(file, xDeviceCharacteristics); }
static int pass_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **memory) {
    return PASS(file, xShmMap, page, size, extends, memory);
}
static int pass_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return PASS(file, xShmLock, offset, count, flags);
}
static void pass_shm_barrier(sqlite3_file *file) { PASS(file, xShmBarrier); }
static int pass_shm_unmap(sqlite3_file *file, int deletes) { return PASS(file, xShmUnmap, deletes); }

/// Version 2: without the calls for mapped pages, so that no write goes past us.
static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = pass_size,
    .xLock = pass_lock,
    .xUnlock = pass_unlock,
    .xCheckReservedLock = pass_reserved,
    .xFileControl = pass_control,
    .xSectorSize = pass_sector,
    .xDeviceCharacteristics = pass_device,
    .xShmMap = pass_shm_map,
    .xShmLock = pass_shm_lock,
    .xShmBarrier = pass_shm_barrier,
    .xShmUnmap = pass_shm_unmap,
};

// MARK: File system

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given) {
    (void)vfs;
    pthread_mutex_lock(&guard);
    cfault_folder *folder = folder_of(path);
    if (folder) folder->open_files++;
    pthread_mutex_unlock(&guard);
    if (!folder) return real_vfs->xOpen(real_vfs, path, file, flags, given);

    fault_file *each = (fault_file *)file;
    memset(each, 0, sizeof(*each));
    each->folder = folder;
    each->real = (sqlite3_file *)(each + 1);
    memset(each->real, 0, (size_t)real_vfs->szOsFile);
    int was_there = access(path, F_OK) == 0;
    int result = real_vfs->xOpen(real_vfs, path, each->real, flags, given);
    pthread_mutex_lock(&guard);
    if (result == SQLITE_OK) {
        int place = place_of(folder, path);
        int journal = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
        int is_new = !folder->files[place] || !was_there;
        if (is_new) folder->files[place] = ++folder->last_file;
        each->number = folder->files[place];
        each->name = folder->names[place];
        each->syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & journal);
        cfault_record what = {was_there ? CFAULT_FOUND : CFAULT_CREATE, each->number, each->name, 0, 0, NULL, 0};
        if (is_new) record(folder, what);
        each->base.pMethods = &fault_methods;
    } else {
        folder->open_files--;
        free_if_unused(folder);
    }
    pthread_mutex_unlock(&guard);
    return result;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs;
    pthread_mutex_lock(&guard);
    cfault_folder *folder = folder_of(path);
    int fails = folder && must_fail(folder, CFAULT_DELETE);
    pthread_mutex_unlock(&guard);
    if (fails) return SQLITE_IOERR_DELETE;
    int result = real_vfs->xDelete(real_vfs, path, syncs_folder);
    pthread_mutex_lock(&guard);
    folder = folder_of(path);
    if (folder && result == SQLITE_OK) {
        int place = place_of(folder, path);
        cfault_record what = {
            CFAULT_DELETE, folder->files[place], folder->names[place], 0, 0, NULL, syncs_folder};
        record(folder, what);
        folder->files[place] = 0;
    }
    pthread_mutex_unlock(&guard);
    return result;
}

static void register_once(void) {
    if (sqlite3_initialize() != SQLITE_OK) abort();
    real_vfs = sqlite3_vfs_find(NULL);
    if (!real_vfs) abort();
    fault_vfs = *real_vfs;
    fault_vfs.zName = "fault";
    fault_vfs.szOsFile = (int)sizeof(fault_file) + real_vfs->szOsFile;
    fault_vfs.xOpen = fault_open;
    fault_vfs.xDelete = fault_delete;
    if (sqlite3_vfs_register(&fault_vfs, 1) != SQLITE_OK) abort();
}

// MARK: For tests

cfault_folder *cfault_watch(const char *path, int keeps_record) {
    pthread_once(&registered, register_once);
    cfault_folder *folder = calloc(1, sizeof(*folder));
    if (!folder) return NULL;
    folder->path = realpath(path, NULL);
    if (!folder->path) {
        free(folder);
        return NULL;
    }
    folder->path_length = strlen(folder->path);
    folder->keeps_record = keeps_record;
    pthread_mutex_lock(&guard);
    folder->next = folders;
    folders = folder;
    pthread_mutex_unlock(&guard);
    return folder;
}

void cfault_forget(cfault_folder *folder) {
    pthread_mutex_lock(&guard);
    folder->is_forgotten = 1;
    free_if_unused(folder);
    pthread_mutex_unlock(&guard);
}

void cfault_fail(cfault_folder *folder, int operation, int64_t nth, int lasting, int how) {
    pthread_mutex_lock(&guard);
    folder->failing = operation;
    folder->fails_at = nth;
    folder->lasting = lasting;
    folder->how = how;
    pthread_mutex_unlock(&guard);
}

void cfault_heal(cfault_folder *folder) { cfault_fail(folder, CFAULT_WRITE, 0, 0, CFAULT_IO_ERROR); }

int64_t cfault_faults(cfault_folder *folder) {
    pthread_mutex_lock(&guard);
    int64_t faults = folder->faults;
    pthread_mutex_unlock(&guard);
    return faults;
}

int64_t cfault_count(cfault_folder *folder, int operation) {
    pthread_mutex_lock(&guard);
    int64_t count = folder->counts[operation];
    pthread_mutex_unlock(&guard);
    return count;
}

int64_t cfault_recorded(cfault_folder *folder) {
    pthread_mutex_lock(&guard);
    int64_t recorded = folder->recorded;
    pthread_mutex_unlock(&guard);
    return recorded;
}

cfault_record cfault_record_at(cfault_folder *folder, int64_t index) {
    cfault_record none = {0};
    pthread_mutex_lock(&guard);
    cfault_record what = index >= 0 && index < folder->recorded ? folder->records[index] : none;
    pthread_mutex_unlock(&guard);
    return what;
}
