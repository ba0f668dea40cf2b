/* What the interface answers: every format of one picture alike, many threads with one detector, a video, flat memory.
 *
 *     answers PICTURE CYCLES PICTURES     a photograph of one face; how often to create and free; how many to look at
 */
#include "checks.h"

#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

static emotion_error error = {.struct_size = sizeof error};
static emotion_detector *detector;
static const emotion_image *photograph;

/* Bit for bit the same, times apart. */
static int same(const emotion_result *first, const emotion_result *second) {
    if (first->face_count != second->face_count) return 0;
    for (size_t index = 0; index < first->face_count; index += 1) {
        const emotion_face *one = first->faces[index], *other = second->faces[index];
        if (memcmp(one->box, other->box, sizeof one->box) || memcmp(one->scores, other->scores, sizeof one->scores)
            || memcmp(one->landmarks, other->landmarks, sizeof one->landmarks) || one->stage != other->stage
            || one->detection_score != other->detection_score || !one->quality != !other->quality
            || (one->quality && memcmp(one->quality, other->quality, sizeof *one->quality)))
            return 0;
    }
    return 1;
}

static emotion_picture rgb(void) {
    return (emotion_picture){.struct_size = sizeof(emotion_picture), .pixels = photograph->pixels,
                             .byte_count = photograph->byte_count, .width = photograph->width,
                             .height = photograph->height, .format = EMOTION_FORMAT_RGB};
}

static const emotion_result *detected_by(emotion_detector *by, emotion_picture picture) {
    const emotion_result *result;
    need(emotion_detect(by, &picture, &result, &error), &error);
    return result;
}

static const emotion_result *detected(emotion_picture picture) { return detected_by(detector, picture); }

/* The photograph with `bytes` bytes a pixel at these places, rows padded by 12 bytes; the last row is not. */
static emotion_picture in_format(int format, int bytes, int red, int green, int blue) {
    int width = photograph->width, height = photograph->height, stride = width * bytes + 12;
    size_t count = (size_t)stride * (height - 1) + width * bytes;
    unsigned char *pixels = malloc(count);
    memset(pixels, 0xAA, count);
    for (int y = 0; y < height; y += 1)
        for (int x = 0; x < width; x += 1) {
            const unsigned char *from = photograph->pixels + 3 * ((size_t)y * width + x);
            unsigned char *to = pixels + (size_t)y * stride + x * bytes;
            to[red] = from[0], to[green] = from[1], to[blue] = from[2];
        }
    emotion_picture picture = rgb();
    picture.pixels = pixels, picture.byte_count = count, picture.row_bytes = stride, picture.format = format;
    return picture;
}

static void format_tests(const emotion_result *expected) {
    emotion_picture pictures[] = {in_format(EMOTION_FORMAT_RGB, 3, 0, 1, 2), in_format(EMOTION_FORMAT_BGR, 3, 2, 1, 0),
                                  in_format(EMOTION_FORMAT_RGBA, 4, 0, 1, 2), in_format(EMOTION_FORMAT_BGRA, 4, 2, 1, 0)};
    for (int index = 0; index < 4; index += 1) {
        const emotion_result *result = detected(pictures[index]);
        char sentence[80];
        snprintf(sentence, sizeof sentence, "format %d with padded rows is answered as RGB", pictures[index].format);
        test(sentence, same(result, expected));
        emotion_free(result);
    }
    const emotion_results *results;
    need(emotion_detect_batch(detector, pictures, 4, &results, &error), &error);
    int holds = results->count == 4;
    for (size_t index = 0; holds && index < 4; index += 1)
        holds = results->items[index]->face_count == expected->face_count
             && results->items[index]->faces[0]->dominant == expected->faces[0]->dominant
             && memcmp(results->items[index]->faces[0]->box, expected->faces[0]->box, sizeof(double[4])) == 0;
    test("a batch of four formats finds the same in each", holds);
    emotion_free(results);

    /* Gray as one plane, as three equal channels, and as NV12 without colour. */
    int width = photograph->width & ~1, height = photograph->height & ~1;
    size_t luma = (size_t)width * height;
    unsigned char *gray = malloc(luma * 3 / 2), *equal = malloc(luma * 3);
    for (size_t y = 0; y < (size_t)height; y += 1)
        for (size_t x = 0; x < (size_t)width; x += 1) {
            unsigned char value = photograph->pixels[3 * (y * photograph->width + x) + 1];
            gray[y * width + x] = value;
            memset(equal + 3 * (y * width + x), value, 3);
        }
    memset(gray + luma, 128, luma / 2);
    emotion_picture picture = rgb();
    picture.width = width, picture.height = height, picture.pixels = equal, picture.byte_count = luma * 3;
    const emotion_result *triple = detected(picture);
    picture.pixels = gray, picture.byte_count = luma, picture.format = EMOTION_FORMAT_GRAY;
    const emotion_result *single = detected(picture);
    picture.byte_count = luma * 3 / 2, picture.format = EMOTION_FORMAT_NV12, picture.yuv = EMOTION_YUV_FULL;
    const emotion_result *nv12 = detected(picture);
    picture.byte_count = luma, picture.chroma = gray + luma, picture.chroma_byte_count = luma / 2;
    const emotion_result *planes = detected(picture);
    test("gray is answered as three equal channels", same(single, triple));
    test("NV12 without colour is answered as gray", same(nv12, triple));
    test("NV12 in two planes is answered as in one", same(planes, nv12));
    const emotion_result *freed[] = {triple, single, nv12, planes};
    for (int index = 0; index < 4; index += 1) emotion_free(freed[index]);
    for (int index = 0; index < 4; index += 1) free((void *)pictures[index].pixels);
    free(gray);
    free(equal);
}

static void face_tests(const emotion_result *expected) {
    const emotion_result *faces;
    emotion_picture picture = rgb();
    need(emotion_find_faces(detector, &picture, EMOTION_SEARCH_CHAIN, &faces, &error), &error);
    const emotion_face *face = faces->faces[0];
    test("faces without expressions are where those with them are",
         !memcmp(face->box, expected->faces[0]->box, sizeof face->box) && !face->scored && face->dominant == -1);
    emotion_free(faces);
    need(emotion_find_faces(detector, &picture, EMOTION_SEARCH_MTCNN, &faces, &error), &error);
    test("MTCNN alone finds the face", faces->face_count >= 1 && faces->faces[0]->detection_score > 0.9f);
    emotion_free(faces);

    const double *box = expected->faces[0]->box;
    emotion_picture crop = rgb();
    crop.pixels = photograph->pixels + 3 * ((size_t)box[1] * photograph->width + (size_t)box[0]);
    crop.width = (int)box[2], crop.height = (int)box[3], crop.row_bytes = 3 * photograph->width;
    crop.byte_count = (size_t)crop.row_bytes * (crop.height - 1) + 3 * crop.width;
    double scores[3 * EMOTION_COUNT], sum = 0;
    scores[2 * EMOTION_COUNT] = -1;
    emotion_picture crops[2] = {crop, picture};
    need(emotion_classify(detector, crops, 2, scores, 3 * EMOTION_COUNT, &error), &error);
    for (int index = 0; index < EMOTION_COUNT; index += 1) sum += scores[index];
    int best = 0;
    for (int index = 0; index < EMOTION_COUNT; index += 1)
        if (scores[index] > scores[best]) best = index;
    test("a crop is scored as its face", best == expected->faces[0]->dominant && sum > 0.999 && sum < 1.001);
    test("nothing is written behind the last score", scores[2 * EMOTION_COUNT] == -1);
    const emotion_model *model;
    need(emotion_detector_model(detector, &model, &error), &error);
    test("the model names itself", strlen(model->sha256) == 64 && strlen(model->name) > 0 && model->uncertain_below > 0);
    emotion_free(model);
}

/* Bit for bit the same mesh. */
static int same_mesh(const emotion_mesh *one, const emotion_mesh *other) {
    if (!one || !other) return one == other;
    size_t numbers = offsetof(emotion_mesh, point_count);
    return memcmp(one, other, numbers) == 0 && one->point_count == other->point_count
        && memcmp(one->points, other->points, 3 * one->point_count * sizeof *one->points) == 0
        && memcmp(one->blendshapes, other->blendshapes, one->blendshape_count * sizeof *one->blendshapes) == 0;
}

static void mesh_tests(const emotion_result *expected, const void *bytes, size_t byte_count, const char *path) {
    emotion_picture picture = rgb();
    emotion_mesh_options options;
    need(emotion_mesh_options_init(&options, sizeof options), &error);
    options.expressions = 1;
    const emotion_result *bare, *whole, *encoded, *file;
    need(emotion_detect_meshes(detector, &picture, NULL, &bare, &error), &error);
    need(emotion_detect_meshes(detector, &picture, &options, &whole, &error), &error);
    need(emotion_detect_meshes_encoded(detector, bytes, byte_count, NULL, &encoded, &error), &error);
    need(emotion_detect_meshes_file(detector, path, NULL, &file, &error), &error);
    const emotion_face *face = bare->faces[0];
    const emotion_mesh *mesh = face->mesh;
    test("a mesh has its points, movements and a present face",
         bare->face_count == 1 && mesh && mesh->struct_size == sizeof *mesh && mesh->present && mesh->presence > 0.9
             && mesh->point_count == EMOTION_MESH_POINTS && mesh->blendshape_count == EMOTION_BLENDSHAPES);
    int holds = 1;
    for (size_t index = 0; index < mesh->blendshape_count; index += 1)
        holds = holds && mesh->blendshapes[index] >= 0 && mesh->blendshapes[index] <= 1;
    /* Points reach a little beyond a box: chin and brow. */
    for (size_t index = 0; index < mesh->point_count; index += 1) {
        const double *point = mesh->points + 3 * index, *box = face->box;
        holds = holds && point[0] > box[0] - box[2] / 2 && point[0] < box[0] + 1.5 * box[2]
             && point[1] > box[1] - box[3] / 2 && point[1] < box[1] + 1.5 * box[3];
    }
    test("the points lie about the box and movements within 0 and 1", holds);
    /* A smiling portrait, upright, whose eyes are open. */
    test("signals are those of the photograph",
         mesh->smile_left > 0.5 && mesh->smile_right > 0.5 && mesh->blink_left < 0.5
             && mesh->smile_balance == mesh->smile_left - mesh->smile_right && fabs(mesh->roll) < 15
             && fabs(mesh->yaw) < 45 && mesh->jaw_open == mesh->blendshapes[25]);
    test("meshes come without expressions by default", !face->scored && !face->quality && face->dominant == -1);
    test("and with all that is found otherwise", same(whole, expected) && same_mesh(whole->faces[0]->mesh, mesh));
    test("the meshes of bytes and of a file are those of their pixels",
         same_mesh(encoded->faces[0]->mesh, mesh) && same_mesh(file->faces[0]->mesh, mesh));
    test("who asks for no mesh gets none", expected->faces[0]->mesh == NULL && expected->mesh_ms == 0 && bare->mesh_ms > 0);
    const emotion_result *freed[] = {bare, whole, encoded, file};
    for (int index = 0; index < 4; index += 1) emotion_free(freed[index]);

    unsigned char gray[100 * 100];
    memset(gray, 90, sizeof gray);
    picture = (emotion_picture){.struct_size = sizeof picture, .pixels = gray, .byte_count = sizeof gray, .width = 100,
                                .height = 100, .format = EMOTION_FORMAT_GRAY};
    need(emotion_detect_meshes(detector, &picture, NULL, &bare, &error), &error);
    need(emotion_detect_meshes(detector, &picture, &options, &whole, &error), &error);
    test("a picture without a face has no mesh, also where a face is assumed",
         bare->face_count == 0 && whole->face_count == 1 && !whole->faces[0]->mesh && !whole->face_detected);
    emotion_free(bare);
    emotion_free(whole);
}

static void video_tests(void) {
    emotion_video *video;
    need(emotion_video_create(detector, NULL, &video, &error), &error);
    emotion_picture picture = rgb();
    const emotion_frame *frame = NULL;
    int scored = 0;
    for (int index = 0; index < 20; index += 1) {
        if (frame) emotion_free(frame);
        need(emotion_video_feed(video, &picture, index * 0.1, &frame, &error), &error);
        scored += frame->interviewee && frame->interviewee->face->scored;
    }
    test("a video's one face becomes the interviewee",
         frame->state == EMOTION_INTERVIEWEE_LOCKED && frame->interviewee && frame->index == 19 && scored > 5
             && frame->interviewee->face_id == frame->interviewee_id
             && frame->interviewee->face->dominant >= 0 && frame->interviewee->track == EMOTION_TRACK_CONFIRMED);
    test("a session that was asked for no mesh has none", frame->interviewee->face->mesh == NULL);
    need(emotion_video_select(video, frame->interviewee_id, &error), &error);
    emotion_free(frame);
    emotion_free(video);

    emotion_video_options options;
    need(emotion_video_options_init(&options, sizeof options), &error);
    options.meshes = 1, options.classification_interval = 2;
    need(emotion_video_create(detector, &options, &video, &error), &error);
    int meshed = 0;
    for (int index = 0; index < 4; index += 1) {
        need(emotion_video_feed(video, &picture, index * 0.1, &frame, &error), &error);
        const emotion_mesh *mesh = frame->faces[0]->face->mesh;
        meshed += mesh && mesh->present && mesh->smile_left > 0.5;
        emotion_free(frame);
    }
    test("a session locates meshes, and follows them in frames that it does not score", meshed == 4);
    emotion_free(video);
}

#define THREADS 4
#define ROUNDS 6

/* Detects, locates meshes and makes detectors; returns how many answers were not `expected`, which has a mesh. */
static void *detect_repeatedly(void *expected) {
    long different = 0;
    for (int round = 0; round < ROUNDS; round += 1) {
        const emotion_result *result;
        emotion_picture picture = rgb();
        emotion_error own = {.struct_size = sizeof own};
        emotion_detector *another;
        emotion_mesh_options meshes;
        emotion_mesh_options_init(&meshes, sizeof meshes);
        meshes.expressions = 1;
        /* Not the one that has its networks already: the threads load this one's at once. */
        emotion_options options;
        emotion_options_init(&options, sizeof options);
        options.threads = 2;
        if (emotion_detector_create(&options, &another, &own) != EMOTION_OK) return (void *)1000;
        if (emotion_detect(round % 2 ? another : detector, &picture, &result, &own) != EMOTION_OK) return (void *)1000;
        different += !same(result, expected);
        emotion_free(result);
        if (emotion_detect_meshes(another, &picture, &meshes, &result, &own) != EMOTION_OK) return (void *)1000;
        different += !same(result, expected)
            || !same_mesh(result->faces[0]->mesh, ((const emotion_result *)expected)->faces[0]->mesh);
        emotion_free(another);
        emotion_free(result);
    }
    return (void *)different;
}

static void thread_tests(void) {
    emotion_mesh_options meshes;
    emotion_mesh_options_init(&meshes, sizeof meshes);
    meshes.expressions = 1;
    emotion_picture picture = rgb();
    const emotion_result *expected;
    need(emotion_detect_meshes(detector, &picture, &meshes, &expected, &error), &error);
    pthread_t threads[THREADS];
    long different = 0;
    for (int index = 0; index < THREADS; index += 1)
        pthread_create(&threads[index], NULL, detect_repeatedly, (void *)expected);
    for (int index = 0; index < THREADS; index += 1) {
        void *count;
        pthread_join(threads[index], &count);
        different += (long)count;
    }
    test("four threads with one detector get the answer of one", different == 0);
    emotion_free(expected);
}

/* A forked child has the memory of a detector and none of its threads; one that it makes may give its threads the same names. */
static void fork_tests(void) {
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
    printf("skipped: a forked child; ThreadSanitizer lets it start no threads\n");
    return;
#endif
#endif
    emotion_options options;
    emotion_options_init(&options, sizeof options);
    options.threads = 3;
    emotion_detector *inherited;
    need(emotion_detector_create(&options, &inherited, &error), &error);
    emotion_free(detected_by(inherited, rgb()));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        /* Ends a child that waits for threads that are not there. */
        alarm(60);
        emotion_free(detected_by(inherited, rgb()));
        emotion_detector *own;
        need(emotion_detector_create(&options, &own, &error), &error);
        emotion_free(detected_by(own, rgb()));
        _exit(emotion_free(inherited) != EMOTION_OK || emotion_free(own) != EMOTION_OK);
    }
    int status = -1;
    test("a forked child looks at pictures, and frees its parent's detector and its own",
         waitpid(child, &status, 0) == child && status == 0);
    emotion_free(inherited);
}

static void memory_tests(long cycles, long pictures) {
    long begin = 0;
    for (long cycle = 0; cycle < cycles; cycle += 1) {
        emotion_detector *another;
        need(emotion_detector_create(NULL, &another, &error), &error);
        emotion_free(another);
        if (cycle == cycles / 10) begin = resident();
    }
    long growth = resident() - begin;
    printf("%ld cycles of create and free: %ld KiB more\n", cycles, growth);
    /* The allocator's own ups and downs, and 64 bytes a cycle. */
    if (cycles > 0) test("creating and freeing leaves memory flat", growth < 512 + cycles / 16);

    /* Those shared the weights of a detector that lives; these read their own, and free them. */
    long loads = cycles / 20 + 2;
    for (long cycle = 0; cycle < loads; cycle += 1) {
        emotion_options own;
        emotion_options_init(&own, sizeof own);
        own.minimum_face = 21 + cycle % 2;
        emotion_detector *another;
        need(emotion_detector_create(&own, &another, &error), &error);
        emotion_free(another);
        if (cycle == loads / 10) begin = resident();
    }
    growth = resident() - begin;
    printf("%ld cycles with weights of their own: %ld KiB more\n", loads, growth);
    /* The smallest weight file has 217 KiB. */
    if (cycles > 0) test("reading and freeing weights leaves memory flat", growth < 4096 + 64 * loads);

    /* Small noise, and the photograph each hundredth time. Memory is counted from the middle on: the first photographs leave
       passes for the next ones. */
    unsigned char pixels[32 * 32];
    emotion_options options;
    emotion_options_init(&options, sizeof options);
    options.assume_face = 0;
    emotion_detector *another;
    need(emotion_detector_create(&options, &another, &error), &error);
    emotion_picture noise = {.struct_size = sizeof noise, .pixels = pixels, .byte_count = sizeof pixels, .width = 32,
                             .height = 32, .format = EMOTION_FORMAT_GRAY};
    unsigned state = 1;
    for (long index = 0; index < pictures; index += 1) {
        for (size_t byte = 0; byte < sizeof pixels; byte += 1) {
            state = state * 1664525 + 1013904223;
            pixels[byte] = state >> 24;
        }
        emotion_picture picture = index % 100 == 0 ? rgb() : noise;
        const emotion_result *result;
        need(emotion_detect(another, &picture, &result, &error), &error);
        emotion_free(result);
        if (index == pictures / 2) begin = resident();
    }
    /* Before the detector goes, whose own memory would hide what was lost. */
    growth = resident() - begin;
    emotion_free(another);
    printf("%ld pictures: %ld KiB more\n", pictures, growth);
    if (pictures > 0) test("looking at pictures leaves memory flat", growth < 1024 + pictures / 16);

    /* The part with the face; a mesh takes 12 KiB. */
    emotion_picture part = rgb();
    part.pixels = photograph->pixels + 3 * (30 * (size_t)photograph->width + 130);
    part.width = part.height = 200, part.row_bytes = 3 * photograph->width;
    part.byte_count = (size_t)part.row_bytes * 199 + 3 * 200;
    long meshes = pictures < 2000 ? pictures : 2000, located = 0;
    for (long index = 0; index < meshes; index += 1) {
        const emotion_result *result;
        need(emotion_detect_meshes(detector, &part, NULL, &result, &error), &error);
        located += result->face_count == 1 && result->faces[0]->mesh;
        emotion_free(result);
        if (index == meshes / 4) begin = resident();
    }
    growth = resident() - begin;
    printf("%ld meshes: %ld KiB more\n", located, growth);
    if (pictures > 0) test("locating meshes leaves memory flat", located == meshes && growth < 1024 + meshes / 16);
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    size_t byte_count;
    void *bytes = file_bytes(arguments[1], &byte_count);
    need(emotion_detector_create(NULL, &detector, &error), &error);
    need(emotion_decode(bytes, byte_count, &photograph, &error), &error);
    const emotion_result *expected = detected(rgb()), *encoded, *file;
    test("the photograph shows one face", expected->face_count == 1 && expected->face_detected);
    need(emotion_detect_encoded(detector, bytes, byte_count, &encoded, &error), &error);
    need(emotion_detect_file(detector, arguments[1], &file, &error), &error);
    test("bytes and a file are answered as their pixels", same(encoded, expected) && same(file, expected));
    emotion_free(encoded);
    emotion_free(file);
    format_tests(expected);
    face_tests(expected);
    mesh_tests(expected, bytes, byte_count, arguments[1]);
    video_tests();
    thread_tests();
    fork_tests();
    memory_tests(atol(arguments[2]), atol(arguments[3]));
    emotion_free(expected);
    emotion_free(photograph);
    emotion_free(detector);
    free(bytes);
    return finish();
}
