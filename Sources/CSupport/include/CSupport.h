#ifndef CSUPPORT_H
#define CSUPPORT_H

// What Swift's Glibc module does not offer: eventfd, thread names, spawning a child with one inherited descriptor.

#include <stdint.h>
#include <sys/types.h>

/// A new eventfd, close-on-exec and non-blocking; -1 with errno on failure.
int csupport_eventfd(void);

/// Adds one to an eventfd; safe from any thread.
void csupport_eventfd_signal(int fd);

/// Takes all pending signals of an eventfd.
void csupport_eventfd_drain(int fd);

/// Names the calling thread (at most 15 bytes).
void csupport_name_thread(const char *name);

/// A connected pair of local stream sockets, both close-on-exec; 0 or -1 with errno.
int csupport_socketpair(int fds[2]);

/// Starts `path` with `arguments` (NULL-terminated) and the caller's environment; `inherited` becomes descriptor 3 of the
/// child, or nothing is inherited when it is negative. The child gets SIGTERM when its parent dies if `dieWithParent` is 1.
/// Returns the process id, or -1 with errno.
pid_t csupport_spawn(const char *path, char *const arguments[], int inherited, int dieWithParent);

/// Takes an exclusive advisory lock on an open file without waiting; 0, or -1 with errno (EWOULDBLOCK when held elsewhere).
int csupport_lock_exclusive(int fd);

/// Gives the lock back at once. Closing alone would not while a child between fork and exec still has the descriptor.
void csupport_unlock(int fd);

/// From now on SIGINT and SIGTERM only set a mark, which csupport_stop_requested() reads.
void csupport_watch_stop_signals(void);

/// 1 once SIGINT or SIGTERM has come since csupport_watch_stop_signals(), else 0.
int csupport_stop_requested(void);

/// 1 when `path` lies on a memory file system, whose syncs reach no disk; 0 otherwise or when it cannot be told.
int csupport_is_memory_file_system(const char *path);

#endif
