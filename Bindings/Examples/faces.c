/* The faces of pictures and their expressions: faces PICTURE…
 *
 *     cc faces.c $(pkg-config --cflags --libs libemotion) -o faces
 */
#include <emotion.h>
#include <stdio.h>

/* Prints what was found; every field is in the header. */
static void show(const char *path, const emotion_result *result) {
    printf("%s: %d×%d, %zu faces\n", path, result->width, result->height, result->face_count);
    for (size_t index = 0; index < result->face_count; index += 1) {
        const emotion_face *face = result->faces[index];
        printf("  %s %.1f %%%s at %.0f,%.0f, %.0f×%.0f, by %s\n", emotion_name(face->dominant), face->confidence * 100,
               face->uncertain ? " (uncertain)" : "", face->box[0], face->box[1], face->box[2], face->box[3],
               emotion_stage_name(face->stage));
        if (face->quality && face->quality->issue_count > 0)
            printf("  %s\n", emotion_issue_message(face->quality->issues[0]));
    }
}

int main(int count, char **arguments) {
    emotion_error error = {.struct_size = sizeof error};
    emotion_options options;
    emotion_options_init(&options, sizeof options);
    options.maximum_faces = 10;
    options.assume_face = 0;

    emotion_detector *detector;
    if (emotion_detector_create(&options, &detector, &error) != EMOTION_OK) {
        fprintf(stderr, "no detector: %s\n", error.message);
        return 1;
    }
    int failures = 0;
    for (int index = 1; index < count; index += 1) {
        const emotion_result *result;
        if (emotion_detect_file(detector, arguments[index], &result, &error) == EMOTION_OK) {
            show(arguments[index], result);
            emotion_free(result);
        } else {
            fprintf(stderr, "%s: %s (%s)\n", arguments[index], error.message, emotion_status_name(error.code));
            failures += 1;
        }
    }

    /* A picture of the program's own: gray, 64×64, rows 80 bytes apart. */
    unsigned char pixels[64 * 80] = {0};
    emotion_picture picture = {.struct_size = sizeof picture, .pixels = pixels, .byte_count = sizeof pixels,
                               .width = 64, .height = 64, .format = EMOTION_FORMAT_GRAY, .row_bytes = 80};
    const emotion_result *result;
    if (emotion_detect(detector, &picture, &result, &error) == EMOTION_OK) {
        show("a gray square", result);
        emotion_free(result);
    } else {
        fprintf(stderr, "a gray square: %s\n", error.message);
        failures += 1;
    }
    emotion_free(detector);
    return failures > 0;
}
