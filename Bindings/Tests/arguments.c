/* Every argument of every function, wrong once: an error, never a crash. arguments PICTURE */
#include "checks.h"

#include <math.h>
#include <stddef.h>

static emotion_error error = {.struct_size = sizeof error};
static emotion_detector *detector;
static emotion_picture good;
static char room[sizeof(emotion_options) + 64];

/* Whether the call failed for its arguments, with a sentence that says `word`. */
static int refused(emotion_status status, const char *word) {
    int holds = status == EMOTION_ERROR_ARGUMENT && error.code == status && strstr(error.message, word) != NULL;
    if (!holds) printf("  status %d, \"%s\" where \"%s\" was expected\n", status, error.message, word);
    return holds;
}

static int refuses_options(emotion_options options, const char *word) {
    emotion_detector *made = (emotion_detector *)room;
    int holds = refused(emotion_detector_create(&options, &made, &error), word);
    return holds && made == NULL;
}

static int refuses_picture(emotion_picture picture, const char *word) {
    const emotion_result *result = (const emotion_result *)room;
    const emotion_results *results = (const emotion_results *)room;
    double scores[EMOTION_COUNT];
    const emotion_result *meshes = (const emotion_result *)room;
    return refused(emotion_detect(detector, &picture, &result, &error), word) && result == NULL
        && refused(emotion_detect_meshes(detector, &picture, NULL, &meshes, &error), word) && meshes == NULL
        && refused(emotion_detect_batch(detector, &picture, 1, &results, &error), word) && results == NULL
        && refused(emotion_find_faces(detector, &picture, EMOTION_SEARCH_CHAIN, &result, &error), word)
        && refused(emotion_classify(detector, &picture, 1, scores, EMOTION_COUNT, &error), word);
}

#define OPTION(field, value, word) \
    do { \
        emotion_options options; \
        emotion_options_init(&options, sizeof options); \
        options.field = value; \
        char sentence[160]; \
        snprintf(sentence, sizeof sentence, "a detector with %s = %s is refused", #field, #value); \
        test(sentence, refuses_options(options, word)); \
    } while (0)

#define PICTURE(field, value, word) \
    do { \
        emotion_picture picture = good; \
        picture.field = value; \
        char sentence[160]; \
        snprintf(sentence, sizeof sentence, "a picture with %s = %s is refused", #field, #value); \
        test(sentence, refuses_picture(picture, word)); \
    } while (0)

static void options_tests(void) {
    test("options_init refuses NULL", emotion_options_init(NULL, sizeof(emotion_options)) == EMOTION_ERROR_ARGUMENT);
    test("options_init refuses a smaller struct",
         emotion_options_init((emotion_options *)room, sizeof(emotion_options) - 1) == EMOTION_ERROR_ARGUMENT);
    test("options_init refuses a struct without end",
         emotion_options_init((emotion_options *)room, SIZE_MAX) == EMOTION_ERROR_ARGUMENT);
    OPTION(struct_size, 0, "struct_size");
    OPTION(struct_size, sizeof(emotion_options) - 8, "struct_size");
    OPTION(struct_size, SIZE_MAX, "struct_size");
    OPTION(weights_folder, "", "weights_folder");
    OPTION(weights_folder, "\xff", "weights_folder");
    OPTION(emotion_weights, "\xff", "emotion_weights");
    OPTION(face_weights, "", "face_weights");
    OPTION(cascade_weights, "", "cascade_weights");
    OPTION(threads, -1, "threads");
    OPTION(threads, INT32_MAX, "threads");
    OPTION(minimum_face, 11, "minimum_face");
    OPTION(minimum_face, INT32_MIN, "minimum_face");
    OPTION(minimum_face, 8193, "minimum_face");
    OPTION(minimum_score, -0.1f, "minimum_score");
    OPTION(minimum_score, 1.1f, "minimum_score");
    OPTION(minimum_score, NAN, "minimum_score");
    OPTION(order, -1, "order");
    OPTION(order, 3, "order");
    OPTION(maximum_faces, -1, "maximum_faces");
    OPTION(maximum_faces, 10001, "maximum_faces");
    OPTION(assume_face, 2, "assume_face");
    OPTION(longest_side, -1, "longest_side");
    OPTION(longest_side, 63, "longest_side");
    OPTION(longest_side, 65536, "longest_side");
    OPTION(tries_harder, -1, "tries_harder");
    OPTION(thresholds[0], -1, "thresholds");
    OPTION(thresholds[1], NAN, "thresholds");
    OPTION(thresholds[2], 2, "thresholds");
    OPTION(portable_kernels, 2, "portable_kernels");
    OPTION(scale_factor, 0, "scale_factor");
    OPTION(scale_factor, 1, "scale_factor");
    OPTION(scale_factor, INFINITY, "scale_factor");

    memset(room, 0, sizeof room);
    emotion_options_init((emotion_options *)room, sizeof room);
    emotion_detector *made;
    test("options of a later version that ask for nothing new are taken",
         emotion_detector_create((emotion_options *)room, &made, &error) == EMOTION_OK && emotion_free(made) == EMOTION_OK);
    room[sizeof room - 1] = 1;
    test("options of a later version that ask for something new are refused",
         refused(emotion_detector_create((emotion_options *)room, &made, &error), "not zero"));
    test("a detector needs a place to be put", refused(emotion_detector_create(NULL, NULL, &error), "detector is NULL"));

    emotion_options options;
    emotion_options_init(&options, sizeof options);
    options.weights_folder = "/nowhere";
    test("missing weights are told apart",
         emotion_detector_create(&options, &made, &error) == EMOTION_ERROR_WEIGHTS && made == NULL
             && strstr(error.message, "/nowhere") != NULL);
}

static void picture_tests(void) {
    PICTURE(struct_size, 0, "struct_size");
    PICTURE(struct_size, sizeof(emotion_picture) - 1, "struct_size");
    PICTURE(struct_size, SIZE_MAX, "struct_size");
    PICTURE(pixels, NULL, "pixels");
    PICTURE(pixels, (void *)(UINTPTR_MAX - 16), "byte_count");
    PICTURE(byte_count, 0, "0 bytes");
    PICTURE(byte_count, good.byte_count - 1, "bytes");
    PICTURE(byte_count, SIZE_MAX, "byte_count");
    PICTURE(width, 0, "width");
    PICTURE(width, -1, "width");
    PICTURE(width, INT32_MAX, "width");
    PICTURE(width, 101, "bytes");
    PICTURE(height, 0, "height");
    PICTURE(height, INT32_MIN, "height");
    PICTURE(height, INT32_MAX, "height");
    PICTURE(height, 101, "bytes");
    PICTURE(format, -1, "format");
    PICTURE(format, 6, "format");
    PICTURE(yuv, 1, "yuv");
    PICTURE(row_bytes, -1, "row_bytes");
    PICTURE(row_bytes, 299, "bytes");
    PICTURE(row_bytes, 301, "bytes");
    PICTURE(row_bytes, INT64_MAX, "bytes");
    PICTURE(chroma, room, "chroma");
    PICTURE(chroma_byte_count, 1, "chroma");
    PICTURE(chroma_row_bytes, 1, "chroma");

    emotion_picture picture = good;
    picture.width = picture.height = 65535;
    test("a picture of more pixels than are taken is refused", refuses_picture(picture, "67108864"));

    good.format = EMOTION_FORMAT_NV12;
    PICTURE(yuv, 4, "yuv");
    PICTURE(yuv, -1, "yuv");
    PICTURE(byte_count, 10000, "0 bytes");
    PICTURE(byte_count, 9999, "second plane");
    PICTURE(row_bytes, INT64_MAX, "second plane");
    PICTURE(row_bytes, 99, "99 bytes");
    PICTURE(chroma_byte_count, 5000, "chroma is NULL");
    good.chroma = (const char *)good.pixels + 10000;
    good.chroma_byte_count = 5000;
    good.byte_count = 10000;
    PICTURE(chroma_byte_count, 4999, "4999 bytes");
    PICTURE(chroma_byte_count, SIZE_MAX, "chroma_byte_count");
    PICTURE(chroma_row_bytes, -1, "chroma_row_bytes");
    PICTURE(chroma_row_bytes, 99, "99 bytes");
    PICTURE(chroma_row_bytes, INT64_MAX, "beyond any memory");
    const emotion_result *result;
    need(emotion_detect(detector, &good, &result, &error), &error);
    test("NV12 in two planes is read", emotion_free(result) == EMOTION_OK);
}

/* Of the functions that locate meshes. */
static void mesh_tests(const void *bytes, size_t byte_count) {
    const emotion_result *result;
    emotion_mesh_options options;
    test("mesh_options_init refuses NULL", emotion_mesh_options_init(NULL, sizeof options) == EMOTION_ERROR_ARGUMENT);
    test("mesh_options_init refuses a smaller struct",
         emotion_mesh_options_init(&options, sizeof options - 1) == EMOTION_ERROR_ARGUMENT);
    test("mesh_options_init refuses a struct without end",
         emotion_mesh_options_init(&options, SIZE_MAX) == EMOTION_ERROR_ARGUMENT);
    emotion_mesh_options_init(&options, sizeof options);
    test("meshes come without expressions unless they are asked for", options.expressions == 0);
    options.expressions = 2;
    test("detect_meshes refuses a flag of two",
         refused(emotion_detect_meshes(detector, &good, &options, &result, &error), "expressions") && !result);
    test("detect_meshes_encoded refuses a flag of two",
         refused(emotion_detect_meshes_encoded(detector, bytes, byte_count, &options, &result, &error), "expressions"));
    options.expressions = -1;
    test("detect_meshes_file refuses a negative flag",
         refused(emotion_detect_meshes_file(detector, "/dev/null", &options, &result, &error), "expressions"));
    options.expressions = 0;
    options.reserved = 1;
    test("mesh options with a meaning that is not known are refused",
         refused(emotion_detect_meshes(detector, &good, &options, &result, &error), "reserved"));
    options.reserved = 0;
    options.struct_size = 8;
    test("mesh options of no size are refused",
         refused(emotion_detect_meshes(detector, &good, &options, &result, &error), "struct_size"));
    test("detect_meshes needs a picture",
         refused(emotion_detect_meshes(detector, NULL, NULL, &result, &error), "picture is NULL"));
    test("detect_meshes needs a place", refused(emotion_detect_meshes(detector, &good, NULL, NULL, &error), "result is NULL"));
    test("detect_meshes_encoded needs bytes",
         refused(emotion_detect_meshes_encoded(detector, NULL, 9, NULL, &result, &error), "bytes is NULL"));
    test("detect_meshes_encoded refuses a count without end",
         refused(emotion_detect_meshes_encoded(detector, bytes, SIZE_MAX, NULL, &result, &error), "byte_count"));
    test("detect_meshes_encoded needs a place",
         refused(emotion_detect_meshes_encoded(detector, bytes, byte_count, NULL, NULL, &error), "result is NULL"));
    test("detect_meshes_encoded tells a file that is cut off",
         emotion_detect_meshes_encoded(detector, bytes, byte_count / 2, NULL, &result, &error) == EMOTION_ERROR_DAMAGED
             && !result);
    test("detect_meshes_file needs a path",
         refused(emotion_detect_meshes_file(detector, NULL, NULL, &result, &error), "path is NULL"));
    test("detect_meshes_file refuses an empty path",
         refused(emotion_detect_meshes_file(detector, "", NULL, &result, &error), "path is empty"));
    test("detect_meshes_file refuses a path that is not UTF-8",
         refused(emotion_detect_meshes_file(detector, "\xff", NULL, &result, &error), "not UTF-8"));
    test("detect_meshes_file needs a place",
         refused(emotion_detect_meshes_file(detector, "/dev/null", NULL, NULL, &error), "result is NULL"));
    test("detect_meshes_file tells a missing file",
         emotion_detect_meshes_file(detector, "/nowhere.jpg", NULL, &result, &error) == EMOTION_ERROR_FILE && !result);
}

/* Arguments that are no options and no picture. */
static void call_tests(const void *bytes, size_t byte_count) {
    const emotion_result *result;
    const emotion_results *results;
    const emotion_model *model;
    const emotion_image *image;
    const emotion_frame *frame;
    emotion_video *video;
    double scores[EMOTION_COUNT];
    emotion_detector *none = (emotion_detector *)room, *freed;
    need(emotion_detector_create(NULL, &freed, &error), &error);
    need(emotion_free(freed), &error);

#define HANDLES(name, call) \
    { \
        emotion_detector *handle = NULL; \
        int holds = refused(call, "detector is NULL"); \
        handle = none; \
        holds = holds && refused(call, "detector is none"); \
        handle = freed; \
        test(name " refuses no handle, a wrong one and a freed one", holds && refused(call, "was freed")); \
    }
    HANDLES("detector_model", emotion_detector_model(handle, &model, &error));
    HANDLES("detect", emotion_detect(handle, &good, &result, &error));
    HANDLES("detect_batch", emotion_detect_batch(handle, &good, 1, &results, &error));
    HANDLES("detect_encoded", emotion_detect_encoded(handle, bytes, byte_count, &result, &error));
    HANDLES("detect_file", emotion_detect_file(handle, "/dev/null", &result, &error));
    HANDLES("detect_meshes", emotion_detect_meshes(handle, &good, NULL, &result, &error));
    HANDLES("detect_meshes_encoded", emotion_detect_meshes_encoded(handle, bytes, byte_count, NULL, &result, &error));
    HANDLES("detect_meshes_file", emotion_detect_meshes_file(handle, "/dev/null", NULL, &result, &error));
    HANDLES("find_faces", emotion_find_faces(handle, &good, EMOTION_SEARCH_CHAIN, &result, &error));
    HANDLES("classify", emotion_classify(handle, &good, 1, scores, EMOTION_COUNT, &error));
    HANDLES("video_create", emotion_video_create(handle, NULL, &video, &error));

    test("detector_model needs a place", refused(emotion_detector_model(detector, NULL, &error), "model is NULL"));
    test("detect needs a picture", refused(emotion_detect(detector, NULL, &result, &error), "picture is NULL"));
    test("detect needs a place", refused(emotion_detect(detector, &good, NULL, &error), "result is NULL"));
    test("detect_batch needs pictures", refused(emotion_detect_batch(detector, NULL, 1, &results, &error), "pictures"));
    test("detect_batch refuses no picture", refused(emotion_detect_batch(detector, &good, 0, &results, &error), "count"));
    test("detect_batch refuses a count without end",
         refused(emotion_detect_batch(detector, &good, SIZE_MAX, &results, &error), "count"));
    /* One buffer, shown five times: valid each, and larger together than what is copied. */
    emotion_picture large[5] = {good};
    large[0].width = large[0].height = 8192, large[0].format = EMOTION_FORMAT_GRAY;
    large[0].byte_count = EMOTION_MAXIMUM_PIXELS, large[0].pixels = calloc(large[0].byte_count, 1);
    for (int index = 1; index < 5; index += 1) large[index] = large[0];
    double large_scores[5 * EMOTION_COUNT];
    test("detect_batch refuses more pixels than are copied",
         emotion_detect_batch(detector, large, 5, &results, &error) == EMOTION_ERROR_LIMIT && !results
             && strstr(error.message, "335544320") != NULL);
    test("classify refuses more pixels than are copied",
         emotion_classify(detector, large, 5, large_scores, 5 * EMOTION_COUNT, &error) == EMOTION_ERROR_LIMIT);
    free((void *)large[0].pixels);
    test("detect_batch needs a place", refused(emotion_detect_batch(detector, &good, 1, NULL, &error), "results"));
    emotion_picture two[2] = {good, good};
    two[1].struct_size += 8;
    test("detect_batch refuses structs of two sizes",
         refused(emotion_detect_batch(detector, two, 2, &results, &error), "pictures[1]"));
    test("detect_encoded needs bytes", refused(emotion_detect_encoded(detector, NULL, 9, &result, &error), "bytes is NULL"));
    test("detect_encoded refuses a count without end",
         refused(emotion_detect_encoded(detector, bytes, SIZE_MAX, &result, &error), "byte_count"));
    test("detect_encoded needs a place", refused(emotion_detect_encoded(detector, bytes, 9, NULL, &error), "result"));
    test("detect_encoded tells an empty file",
         emotion_detect_encoded(detector, bytes, 0, &result, &error) == EMOTION_ERROR_DAMAGED && !result);
    test("detect_encoded tells a file that is cut off",
         emotion_detect_encoded(detector, bytes, byte_count / 2, &result, &error) == EMOTION_ERROR_DAMAGED);
    test("detect_encoded tells what is no picture",
         emotion_detect_encoded(detector, "hello, world", 12, &result, &error) == EMOTION_ERROR_FORMAT);
    test("detect_file needs a path", refused(emotion_detect_file(detector, NULL, &result, &error), "path is NULL"));
    test("detect_file refuses an empty path", refused(emotion_detect_file(detector, "", &result, &error), "path is empty"));
    test("detect_file refuses a path that is not UTF-8",
         refused(emotion_detect_file(detector, "\xff", &result, &error), "not UTF-8"));
    test("detect_file needs a place", refused(emotion_detect_file(detector, "/dev/null", NULL, &error), "result"));
    test("detect_file tells a missing file",
         emotion_detect_file(detector, "/nowhere.jpg", &result, &error) == EMOTION_ERROR_FILE);
    test("detect_file tells a folder", emotion_detect_file(detector, "/", &result, &error) == EMOTION_ERROR_FILE);
    test("find_faces needs a picture",
         refused(emotion_find_faces(detector, NULL, EMOTION_SEARCH_CHAIN, &result, &error), "picture is NULL"));
    test("find_faces refuses another search", refused(emotion_find_faces(detector, &good, 2, &result, &error), "search"));
    test("find_faces refuses a negative search", refused(emotion_find_faces(detector, &good, -1, &result, &error), "search"));
    test("find_faces needs a place", refused(emotion_find_faces(detector, &good, 0, NULL, &error), "result is NULL"));
    test("classify needs pictures", refused(emotion_classify(detector, NULL, 1, scores, 7, &error), "pictures is NULL"));
    test("classify refuses no picture", refused(emotion_classify(detector, &good, 0, scores, 7, &error), "count"));
    test("classify needs a place", refused(emotion_classify(detector, &good, 1, NULL, 7, &error), "scores is NULL"));
    test("classify refuses too small a place", refused(emotion_classify(detector, &good, 1, scores, 6, &error), "score_count"));
    test("classify refuses a place without end",
         refused(emotion_classify(detector, &good, 1, scores, SIZE_MAX, &error), "score_count"));
    test("decode needs bytes", refused(emotion_decode(NULL, 9, &image, &error), "bytes is NULL"));
    test("decode refuses a count without end", refused(emotion_decode(bytes, SIZE_MAX, &image, &error), "byte_count"));
    test("decode needs a place", refused(emotion_decode(bytes, byte_count, NULL, &error), "image is NULL"));

    mesh_tests(bytes, byte_count);

    emotion_video_options options;
    test("video_options_init refuses NULL", emotion_video_options_init(NULL, sizeof options) == EMOTION_ERROR_ARGUMENT);
    /* As it was before it had `meshes`, which then lies behind its end. */
    size_t earlier = offsetof(emotion_video_options, meshes);
    memset(&options, 7, sizeof options);
    test("the defaults of an earlier struct end where it ends",
         emotion_video_options_init(&options, earlier) == EMOTION_OK && options.struct_size == earlier
             && options.classification_interval == 1 && options.everyone == 0 && options.meshes == 0x07070707);
    need(emotion_video_create(detector, &options, &video, &error), &error);
    test("a session of an earlier struct is made, and what lies behind it not read", emotion_free(video) == EMOTION_OK);
    test("video_options_init refuses a struct between two versions",
         emotion_video_options_init(&options, earlier + 4) == EMOTION_ERROR_ARGUMENT);
    test("video_options_init refuses a smaller struct",
         emotion_video_options_init(&options, sizeof options - 1) == EMOTION_ERROR_ARGUMENT);
    emotion_video_options_init(&options, sizeof options);
    options.classification_interval = 0;
    test("a session that never scores is refused",
         refused(emotion_video_create(detector, &options, &video, &error), "classification_interval") && !video);
    options.classification_interval = 1;
    options.everyone = 7;
    test("a session of seven is refused", refused(emotion_video_create(detector, &options, &video, &error), "everyone"));
    options.everyone = 0;
    options.meshes = -1;
    test("a session of half a mesh is refused", refused(emotion_video_create(detector, &options, &video, &error), "meshes"));
    options.meshes = 0;
    options.reserved = -1;
    test("a session with a meaning that is not known is refused",
         refused(emotion_video_create(detector, &options, &video, &error), "reserved"));
    options.struct_size = 1;
    test("session options of no size are refused",
         refused(emotion_video_create(detector, &options, &video, &error), "struct_size"));
    test("a session needs a place", refused(emotion_video_create(detector, NULL, NULL, &error), "video is NULL"));
    need(emotion_video_create(detector, NULL, &video, &error), &error);
    test("video_feed refuses no session", refused(emotion_video_feed(NULL, &good, 0, &frame, &error), "video is NULL"));
    test("video_feed refuses a detector",
         refused(emotion_video_feed((emotion_video *)detector, &good, 0, &frame, &error), "no session"));
    test("detect refuses a session", refused(emotion_detect((emotion_detector *)video, &good, &result, &error), "none"));
    test("video_feed needs a picture", refused(emotion_video_feed(video, NULL, 0, &frame, &error), "picture is NULL"));
    test("video_feed needs a place", refused(emotion_video_feed(video, &good, 0, NULL, &error), "frame is NULL"));
    test("video_feed refuses a time that is none",
         emotion_video_feed(video, &good, NAN, &frame, &error) == EMOTION_ERROR_TIME && !frame);
    need(emotion_video_feed(video, &good, 1, &frame, &error), &error);
    test("a frame is freed once", emotion_free(frame) == EMOTION_OK && emotion_free(frame) == EMOTION_ERROR_ARGUMENT);
    test("video_feed refuses a time that goes back",
         emotion_video_feed(video, &good, 0.5, &frame, &error) == EMOTION_ERROR_TIME);
    test("video_select refuses no session", refused(emotion_video_select(NULL, 1, &error), "video is NULL"));
    test("video_select refuses nobody", refused(emotion_video_select(video, 0, &error), "face_id"));
    test("video_select refuses a negative number", refused(emotion_video_select(video, INT64_MIN, &error), "face_id"));
    test("a session is freed once", emotion_free(video) == EMOTION_OK && emotion_free(video) == EMOTION_ERROR_ARGUMENT);

    emotion_error small = {.struct_size = 8};
    test("an error of no size is refused", emotion_detect(detector, &good, &result, &small) == EMOTION_ERROR_ARGUMENT);
    test("an error may be left out", emotion_detect(NULL, &good, &result, NULL) == EMOTION_ERROR_ARGUMENT);
    test("nothing is nothing to free", emotion_free(NULL) == EMOTION_OK);
    test("what was not given is not freed", emotion_free(room) == EMOTION_ERROR_ARGUMENT);
    test("names end where the numbers do",
         !emotion_name(7) && !emotion_name(-1) && !emotion_stage_name(4) && !emotion_issue_name(8)
             && !emotion_issue_message(-1) && !emotion_status_name(99)
             && !emotion_blendshape_name(-1) && !emotion_blendshape_name(EMOTION_BLENDSHAPES)
             && strcmp(emotion_blendshape_name(0), "_neutral") == 0 && strcmp(emotion_blendshape_name(25), "jawOpen") == 0
             && strcmp(emotion_blendshape_name(51), "noseSneerRight") == 0 && strcmp(emotion_name(EMOTION_HAPPY), "happy") == 0
             && strcmp(emotion_issue_name(EMOTION_ISSUE_TILTED), "tilted") == 0
             && strcmp(emotion_stage_name(EMOTION_STAGE_CENTER_REGION), "center_region") == 0
             && strcmp(emotion_status_name(EMOTION_ERROR_TIME), "time") == 0);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    size_t byte_count;
    void *bytes = file_bytes(arguments[1], &byte_count);
    test("the library has the header's version", emotion_abi_version() == EMOTION_ABI_VERSION);
    need(emotion_detector_create(NULL, &detector, &error), &error);
    good = (emotion_picture){.struct_size = sizeof good, .pixels = calloc(30000, 1), .byte_count = 30000,
                             .width = 100, .height = 100, .format = EMOTION_FORMAT_RGB};
    options_tests();
    call_tests(bytes, byte_count);
    picture_tests();
    test("a detector is freed once", emotion_free(detector) == EMOTION_OK && emotion_free(detector) == EMOTION_ERROR_ARGUMENT);
    free(bytes);
    return finish();
}
