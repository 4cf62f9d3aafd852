/* Keeps what is on the disk for certain: a copy of each file as it was when it was last synced.

   Preloaded into the program by power_cuts.py. The copies lie in the folder $SYNCED, named by device
   and inode. What was written after the last sync of a file is in none of them. With $LAST_SYNC the
   power fails as that sync, counted from 1, begins. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int syncs;

static int copy_bytes(int from, int to) {
    char bytes[65536];
    off_t place = 0;
    ssize_t count;
    while ((count = pread(from, bytes, sizeof bytes, place)) > 0) {
        if (write(to, bytes, count) != count) return -1;
        place += count;
    }
    return count;
}

static void name_copy(char *name, size_t room, const char *copies, const struct stat *about) {
    snprintf(name, room, "%s/%lu-%lu", copies, (unsigned long)about->st_dev,
             (unsigned long)about->st_ino);
}

static int keep(int handle) {
    const char *copies = getenv("SYNCED"), *last = getenv("LAST_SYNC");
    if (last && atomic_fetch_add(&syncs, 1) + 1 >= atoi(last)) kill(getpid(), SIGKILL);
    struct stat about;
    char made[4200], wanted[4200], path[64];
    if (!copies || fstat(handle, &about) || !S_ISREG(about.st_mode)) return 0;
    snprintf(made, sizeof made, "%s/making-%d-%ld", copies, getpid(), syscall(SYS_gettid));
    name_copy(wanted, sizeof wanted, copies, &about);
    int to = open(made, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (to < 0) return -1;
    int failed = copy_bytes(handle, to); /* not by another handle: closing it drops SQLite's locks */
    if (failed) {                        /* but this one may be for writing only */
        snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
        int from = open(path, O_RDONLY);
        failed = from < 0 || ftruncate(to, 0) || lseek(to, 0, SEEK_SET) || copy_bytes(from, to);
        if (from >= 0) close(from);
    }
    close(to);
    return failed ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, made, AT_FDCWD, wanted, 0);
}

/* A file that is deleted may give its inode to another one. */
static void forget(int folder, const char *name) {
    const char *copies = getenv("SYNCED");
    struct stat about;
    char copy[4200];
    if (!copies || fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) || about.st_nlink > 1) return;
    name_copy(copy, sizeof copy, copies, &about);
    syscall(SYS_unlinkat, AT_FDCWD, copy, 0);
}

int fsync(int handle) { return keep(handle); }
int fdatasync(int handle) { return keep(handle); }

int unlink(const char *name) {
    forget(AT_FDCWD, name);
    return (int)syscall(SYS_unlinkat, AT_FDCWD, name, 0);
}

int unlinkat(int folder, const char *name, int flags) {
    if (!(flags & AT_REMOVEDIR)) forget(folder, name);
    return (int)syscall(SYS_unlinkat, folder, name, flags);
}

int rename(const char *name, const char *other) {
    forget(AT_FDCWD, other);
    return (int)syscall(SYS_renameat2, AT_FDCWD, name, AT_FDCWD, other, 0);
}
