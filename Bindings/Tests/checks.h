/* What the tests of the interface share: a count of checks, in the words that Scripts/run-tests.sh counts. */
#ifndef CHECKS_H
#define CHECKS_H

#include <emotion.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

/* Ends a test: `sentence` says what holds. */
static void test(const char *sentence, int holds) {
    if (holds) {
        passed += 1;
        printf("✔ Test %s passed after 0 seconds.\n", sentence);
    } else {
        failed += 1;
        printf("✘ Test %s failed after 0 seconds with 1 issue.\n", sentence);
    }
    fflush(stdout);
}

static int finish(void) {
    printf("Test run with %d tests in 1 suite finished with %d failures.\n", passed + failed, failed);
    return failed > 0;
}

/* Ends the program where what a test needs is not there. */
static void need(emotion_status status, const emotion_error *error) {
    if (status == EMOTION_OK) return;
    printf("✘ Test the preparation failed after 0 seconds with 1 issue: %s\n", error->message);
    exit(1);
}

/* A file's bytes, never freed. */
static void *file_bytes(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file);
    rewind(file);
    void *bytes = malloc(*count);
    if (!bytes || fread(bytes, 1, *count, file) != *count) exit(1);
    fclose(file);
    return bytes;
}

/* The process's resident memory in KiB, without what is freed and only kept: giving that back later would hide a leak. */
static long resident(void) {
    malloc_trim(0);
    FILE *file = fopen("/proc/self/statm", "r");
    long total = 0, pages = 0;
    if (!file || fscanf(file, "%ld %ld", &total, &pages) != 2) exit(1);
    fclose(file);
    return pages * 4;
}

#endif
