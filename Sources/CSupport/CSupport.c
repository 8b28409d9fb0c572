#define _GNU_SOURCE
#include "CSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <linux/magic.h>
#include <unistd.h>

int csupport_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void csupport_eventfd_signal(int fd) {
    uint64_t one = 1;
    ssize_t written;
    do {
        written = write(fd, &one, sizeof one);
    } while (written < 0 && errno == EINTR);
}

void csupport_eventfd_drain(int fd) {
    uint64_t count;
    while (read(fd, &count, sizeof count) > 0) {
    }
}

void csupport_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int csupport_socketpair(int fds[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds); }

pid_t csupport_spawn(const char *path, char *const arguments[], int inherited, int dieWithParent) {
    // The pipe carries the child's errno when exec fails; exec itself closes it.
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return -1;
    pid_t parent = getpid();
    pid_t child = fork();
    if (child < 0) {
        int error = errno;
        close(report[0]);
        close(report[1]);
        errno = error;
        return -1;
    }
    if (child == 0) {
        // Only async-signal-safe calls from here to exec: the parent has threads.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        if (dieWithParent) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            if (getppid() != parent) _exit(0);
        }
        if (inherited >= 0) {
            // Move the report pipe out of the way first: it may be sitting on descriptor 3.
            int moved = fcntl(report[1], F_DUPFD_CLOEXEC, 10);
            int source = inherited == 3 ? fcntl(inherited, F_DUPFD_CLOEXEC, 10) : inherited;
            if (moved < 0 || source < 0 || dup2(source, 3) < 0) _exit(71);
            report[1] = moved;
        }
        execv(path, arguments);
        int error = errno;
        ssize_t ignored = write(report[1], &error, sizeof error);
        (void)ignored;
        _exit(71);
    }
    close(report[1]);
    int error = 0;
    ssize_t got;
    do {
        got = read(report[0], &error, sizeof error);
    } while (got < 0 && errno == EINTR);
    close(report[0]);
    if (got == (ssize_t)sizeof error) {
        errno = error;
        return -1;
    }
    return child;
}

int csupport_lock_exclusive(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }

void csupport_unlock(int fd) { flock(fd, LOCK_UN); }

static volatile sig_atomic_t stop_requested = 0;

static void note_stop(int number) {
    (void)number;
    stop_requested = 1;
}

void csupport_watch_stop_signals(void) {
    struct sigaction action = {0};
    action.sa_handler = note_stop;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int csupport_stop_requested(void) { return stop_requested != 0; }

int csupport_is_memory_file_system(const char *path) {
    struct statfs system;
    return statfs(path, &system) == 0 && (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
}
