/* A detector of more threads than the system gives answers with those that it has, and frees them. threads PICTURE
 *
 * The library takes pthread_create and pthread_join from this program, which refuses all but the first three and counts.
 */
#define _GNU_SOURCE
#include "checks.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>

static int started, refused, joined;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    if (started == 3) {
        refused += 1;
        return EAGAIN;
    }
    started += 1;
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    return create(thread, attributes, body, argument);
}

int pthread_join(pthread_t thread, void **answer) {
    int (*join)(pthread_t, void **);
    *(void **)&join = dlsym(RTLD_NEXT, "pthread_join");
    int status = join(thread, answer);
    joined += status == 0;
    return status;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int others = started;
    emotion_error error = {.struct_size = sizeof error};
    emotion_options options;
    emotion_options_init(&options, sizeof options);
    options.threads = EMOTION_MAXIMUM_THREADS;
    emotion_detector *detector;
    need(emotion_detector_create(&options, &detector, &error), &error);
    const emotion_result *result;
    need(emotion_detect_file(detector, arguments[1], &result, &error), &error);
    test("a detector goes on with fewer threads than it was to have", refused > 0 && result->face_count == 1);
    emotion_free(result);
    emotion_free(detector);
    /* One that is still leaving while the process exits can free the same memory as OpenSSL's cleanup, and crash. */
    test("freeing a detector waits until its threads have ended", joined > 0 && joined == started - others);
    return finish();
}
