/*
 * libemotion: finds the faces of a picture and scores seven expressions on each.
 *
 * A score says how much an expression looks like those the network was trained on, not what a person feels.
 *
 * Rules that hold for every function:
 *
 * - It returns EMOTION_OK, or what went wrong. The last parameter, which may be NULL, then receives the same code and a
 *   sentence. Where a call fails an output parameter is set to NULL, and an array of the caller's is left alone; where the
 *   emotion_error itself has no right size nothing is written at all.
 * - What it hands out through an output parameter is freed by one call of emotion_free, whatever it is; all that hangs on
 *   it goes with it. Every handle and result is known to the library: one that it never gave, or that was freed, is an
 *   error and is not touched. A detector's or session's handle is never used twice; a result's address may be used again
 *   by a later result, which a second emotion_free then frees.
 * - It copies what it needs before it returns; no pointer of the caller's is kept.
 * - Any number of threads may call at once, also with the same handle. It never calls back, and it has no threads of its
 *   own but those that share the work of a call. Calls of one video session wait for each other.
 * - Structs begin with their size, emotion_renamed apart. The caller sets struct_size to sizeof of the struct it was
 *   compiled with (the functions ..._init do), so that a later version may add fields at the end; in a struct larger than
 *   the library knows, the rest must be zero, and fields that an older one lacks have their defaults. Results carry the
 *   size that the library gave them: a field that ends within it is there.
 * - Texts, paths too, are UTF-8 and end with 0.
 *
 * The library holds OpenBLAS, which it links, to one thread for the whole process. Fork while no call is
 * running: the child then goes on with one thread. Pictures are upright, rows from top to bottom; coordinates are pixels
 * from the top left corner.
 */
#ifndef EMOTION_H
#define EMOTION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface: what was compiled for it runs with every later library of the same number. */
#define EMOTION_ABI_VERSION 1

/* The largest picture in a buffer: sides of 65,535 pixels, 67,108,864 of them (8,192 × 8,192). */
#define EMOTION_MAXIMUM_SIDE 65535
#define EMOTION_MAXIMUM_PIXELS 67108864
#define EMOTION_MAXIMUM_BATCH_PIXELS 268435456
/* How many points the mesh of a face has, and how many movements are read from them. */
#define EMOTION_MESH_POINTS 478
#define EMOTION_BLENDSHAPES 52
/* The most threads of a detector, and the most pictures of one call. */
#define EMOTION_MAXIMUM_THREADS 1024
#define EMOTION_MAXIMUM_PICTURES 4096

/* A call's outcome. Numbers never change their meaning; later versions may add some. */
typedef int32_t emotion_status;
enum {
    EMOTION_OK = 0,
    /* An argument makes no sense: NULL, a handle that is none, a number out of its range, a stride that does not fit. */
    EMOTION_ERROR_ARGUMENT = 1,
    /* A weight file is missing, damaged or of another network. */
    EMOTION_ERROR_WEIGHTS = 2,
    /* A file could not be opened or read. */
    EMOTION_ERROR_FILE = 3,
    /* Not a picture, or of a format that is not read; JPEG and PNG are. */
    EMOTION_ERROR_FORMAT = 4,
    /* A JPEG or PNG file that is damaged or cut off. */
    EMOTION_ERROR_DAMAGED = 5,
    /* A picture of more bytes or pixels than are read. */
    EMOTION_ERROR_LIMIT = 6,
    /* The time of a video's frame is not after that of the frame before it. */
    EMOTION_ERROR_TIME = 7
};

/* Why a call failed. */
typedef struct emotion_error {
    size_t struct_size;
    emotion_status code;
    /* One sentence; cut off at a character where it is longer. */
    char message[1012];
} emotion_error;

/* The seven expressions, in the order of every array of scores. */
enum {
    EMOTION_ANGRY = 0,
    EMOTION_DISGUST = 1,
    EMOTION_FEAR = 2,
    EMOTION_HAPPY = 3,
    EMOTION_SAD = 4,
    EMOTION_SURPRISE = 5,
    EMOTION_NEUTRAL = 6,
    EMOTION_COUNT = 7
};

/* Which step found a face. */
enum {
    /* Three networks: box, score and landmarks. */
    EMOTION_STAGE_MTCNN = 0,
    /* A cascade proposed the box, and the third network took it for a face. */
    EMOTION_STAGE_HAAR_CASCADE = 1,
    /* Nothing was found; the middle of the picture stands in. */
    EMOTION_STAGE_CENTER_REGION = 2,
    /* Nothing was found, and the picture is too small for its middle to show a face; the scores are made up. */
    EMOTION_STAGE_PICTURE_TOO_SMALL = 3
};

/* What is wrong with the picture of a face. */
enum {
    EMOTION_ISSUE_CUT_OFF = 0,
    EMOTION_ISSUE_TOO_SMALL = 1,
    EMOTION_ISSUE_TOO_DARK = 2,
    EMOTION_ISSUE_TOO_BRIGHT = 3,
    EMOTION_ISSUE_LOW_CONTRAST = 4,
    EMOTION_ISSUE_BLURRED = 5,
    EMOTION_ISSUE_TURNED_ASIDE = 6,
    EMOTION_ISSUE_TILTED = 7,
    EMOTION_ISSUE_COUNT = 8
};

/* What comes first of several faces. */
enum {
    /* The larger box. */
    EMOTION_ORDER_SIZE = 0,
    /* The higher score. */
    EMOTION_ORDER_CONFIDENCE = 1,
    /* The larger box, boxes away from the middle of the picture counting less. */
    EMOTION_ORDER_CENTER = 2
};

/* How a buffer holds pixels of 8 bits. */
enum {
    EMOTION_FORMAT_RGB = 0,
    EMOTION_FORMAT_BGR = 1,
    /* The fourth byte of a pixel is passed over. */
    EMOTION_FORMAT_RGBA = 2,
    EMOTION_FORMAT_BGRA = 3,
    EMOTION_FORMAT_GRAY = 4,
    /* A plane of luma, then a plane of half the size with pairs of colour differences, blue before red. */
    EMOTION_FORMAT_NV12 = 5
};

/* How NV12 means its numbers: the matrix, plus EMOTION_YUV_FULL where they use all of 0…255. */
enum {
    EMOTION_YUV_BT601 = 0,
    EMOTION_YUV_BT709 = 1,
    EMOTION_YUV_FULL = 2
};

/* A picture in a buffer of the caller's. */
typedef struct emotion_picture {
    size_t struct_size;
    /* The first row. */
    const void *pixels;
    /* How many bytes may be read from there; never is one beyond them. */
    size_t byte_count;
    /* 1…EMOTION_MAXIMUM_SIDE each, EMOTION_MAXIMUM_PIXELS together. */
    int32_t width;
    int32_t height;
    /* EMOTION_FORMAT_… */
    int32_t format;
    /* Of NV12: EMOTION_YUV_…; else 0. */
    int32_t yuv;
    /* From the beginning of a row to that of the next; 0 for rows without padding. */
    int64_t row_bytes;
    /* Of NV12: the second plane; NULL where it follows the first at once, with the same row_bytes. Else NULL. */
    const void *chroma;
    size_t chroma_byte_count;
    /* 0 for rows of 2 × ⌈width / 2⌉ bytes. */
    int64_t chroma_row_bytes;
} emotion_picture;

/* How a detector is to work; emotion_options_init fills in the defaults. */
typedef struct emotion_options {
    size_t struct_size;
    /* A folder with the three weight files and, if meshes are wanted, the mesh's two, searched alone. NULL: the folder
     * that the environment variable SWIFT_EMOTION_WEIGHTS names; without it `weights` beside the library,
     * `../share/swift-emotion` from there, and the places of the command. */
    const char *weights_folder;
    /* A weight file each, before those of the folder; NULL for the bundled one. */
    const char *emotion_weights;
    const char *face_weights;
    const char *cascade_weights;
    /* Threads that share the work of a call, the caller's included, 1…EMOTION_MAXIMUM_THREADS; 0, the default: one for
     * each processor, shared with every other detector of 0. */
    int32_t threads;
    /* Side in pixels of the smallest face to look for, 12…8192; 20. The time falls with its square. */
    int32_t minimum_face;
    /* Least score of a face, 0…1; 0.9. */
    float minimum_score;
    /* EMOTION_ORDER_…; by size. */
    int32_t order;
    /* The most faces of a picture, 1…10,000; 0, the default, for all. */
    int32_t maximum_faces;
    /* Whether the middle of a picture without a face is scored, and marked as such; 1. */
    int32_t assume_face;
    /* Longest side in pixels at which the first network looks at a picture: in a larger one the smallest face grows with
     * it. 64…65,535; 0, the default, for no limit. */
    int32_t longest_side;
    /* Whether more looks are taken (with a border, more contrast, turned) where nothing certain is found; 1. */
    int32_t tries_harder;
    /* Least scores that pass the three networks of MTCNN, 0…1; 0.6, 0.7, 0.7. */
    float thresholds[3];
    /* 1: only kernels that every processor of this kind can run; 0, the default: those made for the one at hand. */
    int32_t portable_kernels;
    /* From each size of the search to the next, 0.1…0.99; 0.709. */
    double scale_factor;
} emotion_options;

/* How well a face was captured. */
typedef struct emotion_quality {
    size_t struct_size;
    /* 1 where every limit is met; else how near the worst measure comes to its limit, 0…1. */
    double score;
    /* Mean and standard deviation of the brightness, 0…1; fine detail; shorter side of the box in pixels; part of the box
     * inside the picture, 0…1. */
    double brightness;
    double contrast;
    double sharpness;
    double side_pixels;
    double visible_part;
    /* Degrees, where has_pose is 1: tilt (clockwise), turn (to the picture's right), nod (up; unreliable). */
    double roll;
    double yaw;
    double pitch;
    int32_t has_pose;
    /* EMOTION_ISSUE_…, the worst first. */
    int32_t issue_count;
    int32_t issues[EMOTION_ISSUE_COUNT];
} emotion_quality;

/* The mesh of a face: points, and what follows from them. What a face does, not what its owner feels. Left and right of
 * movements and signals are the person's own. */
typedef struct emotion_mesh {
    size_t struct_size;
    /* How surely there is a face, 0…1, and whether that is enough, 0.5: else the rest means nothing. */
    double presence;
    int32_t present;
    int32_t reserved;
    /* The square that the network was shown: x and y of its middle and its side in pixels of the picture, and by how many
     * degrees it is turned, clockwise as seen. */
    double region_center[2];
    double region_side;
    double region_angle;
    /* Degrees: turn (to the picture's right), nod (up), tilt (clockwise as seen). */
    double yaw;
    double pitch;
    double roll;
    /* Where both eyes look against the head, from the irises, in degrees: to the picture's right, up. */
    double gaze_yaw;
    double gaze_pitch;
    /* The same from the movements eyeLook…, −1…1. */
    double look_across;
    double look_up;
    /* How far the eyes are shut, the corners of the mouth drawn up, 0…1; smile_left less smile_right, −1…1. */
    double blink_left;
    double blink_right;
    double smile_left;
    double smile_right;
    double smile_balance;
    /* How far the brows are raised or lowered, and the jaw is open, 0…1. */
    double brows_up;
    double brows_down;
    double jaw_open;
    /* EMOTION_MESH_POINTS times x, y and depth, less the nearer, in pixels of the picture. Here the middle of the first
     * pixel is at (0, 0), half a pixel less than boxes and landmarks have it. MediaPipe's numbering; the last ten are the
     * irises, the picture's left one first. */
    size_t point_count;
    const double *points;
    /* EMOTION_BLENDSHAPES coefficients, 0…1, in the order of emotion_blendshape_name. */
    size_t blendshape_count;
    const double *blendshapes;
} emotion_mesh;

/* One face of a picture. */
typedef struct emotion_face {
    size_t struct_size;
    /* Pixels of the picture: left, top, width, height; may reach beyond it. */
    double box[4];
    /* Where has_landmarks is 1, x and y of the left and right eye, nose, left and right corner of the mouth, as seen. */
    double landmarks[5][2];
    int32_t has_landmarks;
    /* EMOTION_STAGE_… */
    int32_t stage;
    /* The detector's own probability of a face, 0…1. */
    float detection_score;
    /* Whether a detector saw this face; 0 where the middle of the picture stands in. */
    int32_t face_detected;
    /* Whether scores, dominant, confidence and uncertain are there: always but from emotion_find_faces, and in a video
     * where this face was not to be scored. */
    int32_t scored;
    /* The emotion of the highest score, EMOTION_ANGRY…EMOTION_NEUTRAL; −1 where not scored. */
    int32_t dominant;
    /* Its score, and nothing else. */
    double confidence;
    /* A probability for each emotion; they sum to 1. */
    double scores[EMOTION_COUNT];
    /* Whether confidence is below the weights' own threshold: no more than a guess. */
    int32_t uncertain;
    int32_t reserved;
    /* NULL where the face was not detected, from emotion_find_faces, and where meshes were located without expressions. */
    const emotion_quality *quality;
    /* NULL where no mesh was asked for, where the face was not detected, and where its box spans no square. In a video also
     * where the face was not among those scored last, and where the mesh network saw no face: present is always 1 there. */
    const emotion_mesh *mesh;
} emotion_face;

/* What was found in one picture. */
typedef struct emotion_result {
    size_t struct_size;
    /* In pixels of the picture; of a file's picture, upright, in the file's own. */
    int32_t width;
    int32_t height;
    /* 1, or 2, 4 or 8 where the file's picture was too large to be looked at whole; boxes are in its own pixels still. */
    int32_t reduced_by;
    /* Whether a detector saw a face. */
    int32_t face_detected;
    size_t face_count;
    /* face_count pointers, in the order that the options ask for; NULL where there are none. */
    const emotion_face *const *faces;
    /* Elapsed milliseconds: decoding the file, loading weights, finding faces, scoring them. */
    double decode_ms;
    double load_ms;
    double detect_ms;
    double classify_ms;
    /* What is odd about a file whose picture was read all the same. */
    size_t warning_count;
    const char *const *warnings;
    /* Elapsed milliseconds: locating meshes. */
    double mesh_ms;
} emotion_result;

/* The results of several pictures, in their order. */
typedef struct emotion_results {
    size_t struct_size;
    size_t count;
    const emotion_result *const *items;
} emotion_results;

/* A decoded picture: RGB, rows without padding. */
typedef struct emotion_image {
    size_t struct_size;
    const uint8_t *pixels;
    size_t byte_count;
    int32_t width;
    int32_t height;
    /* The picture's size in the file, upright, and how many of its pixels a side became one. */
    int32_t stored_width;
    int32_t stored_height;
    int32_t reduced_by;
    int32_t reserved;
} emotion_image;

/* What the emotion network's weights say of themselves. */
typedef struct emotion_model {
    size_t struct_size;
    const char *name;
    const char *version;
    /* Of the tensors, lower-case hexadecimal. */
    const char *sha256;
    /* A best score below this is called uncertain. */
    double uncertain_below;
} emotion_model;

typedef struct emotion_detector emotion_detector;
typedef struct emotion_video emotion_video;

/* EMOTION_ABI_VERSION of the library at hand. */
uint32_t emotion_abi_version(void);
/* The library's version, such as "0.1.0". */
const char *emotion_version(void);
/* Words for programs: "argument" of EMOTION_ERROR_ARGUMENT, "happy" of EMOTION_HAPPY, "haar_cascade" of
 * EMOTION_STAGE_HAAR_CASCADE, "too_dark" of EMOTION_ISSUE_TOO_DARK, "jawOpen" of 25, MediaPipe's and ARKit's name of
 * a movement ("_neutral" of 0 means nothing). NULL where there is none. The texts are never freed. */
const char *emotion_status_name(emotion_status status);
const char *emotion_name(int32_t emotion);
const char *emotion_stage_name(int32_t stage);
const char *emotion_issue_name(int32_t issue);
const char *emotion_blendshape_name(int32_t blendshape);
/* One plain sentence for the person before the camera. */
const char *emotion_issue_message(int32_t issue);

/* Frees what any other function handed out, with all that hangs on it; NULL is nothing to free. Work that other threads
 * do with a handle is finished, and what it needs goes with the last of it. */
emotion_status emotion_free(const void *thing);

/* Fills in the defaults. struct_size: sizeof(emotion_options). */
emotion_status emotion_options_init(emotion_options *options, size_t struct_size);

/* Makes a detector; options may be NULL for the defaults.
 *
 * The weights are read now. While a detector of the same options lives, the next one shares them and costs next to
 * nothing. */
emotion_status emotion_detector_create(
    const emotion_options *options, emotion_detector **detector, emotion_error *error);

/* What scores the expressions. */
emotion_status emotion_detector_model(
    const emotion_detector *detector, const emotion_model **model, emotion_error *error);

/* The faces of a picture with their scores. Where none is found, the middle of the picture, or none: as the options say. */
emotion_status emotion_detect(
    const emotion_detector *detector, const emotion_picture *picture, const emotion_result **result,
    emotion_error *error);

/* The same for count pictures, 1…EMOTION_MAXIMUM_PICTURES, whose faces are scored together. The elements of the array lie
 * as far apart as the first one's struct_size says; a picture that makes no sense makes the call fail. They are copied:
 * more than EMOTION_MAXIMUM_BATCH_PIXELS together are EMOTION_ERROR_LIMIT, as for emotion_classify. */
emotion_status emotion_detect_batch(
    const emotion_detector *detector, const emotion_picture *pictures, size_t count, const emotion_results **results,
    emotion_error *error);

/* The same for the bytes of a JPEG or PNG file: upright, of 128 MiB and 67 megapixels at most, at a half, a quarter or an
 * eighth of its size beyond 16.7 megapixels. */
emotion_status emotion_detect_encoded(
    const emotion_detector *detector, const void *bytes, size_t byte_count, const emotion_result **result,
    emotion_error *error);

/* The same for a file. */
emotion_status emotion_detect_file(
    const emotion_detector *detector, const char *path, const emotion_result **result, emotion_error *error);

/* How emotion_find_faces looks. */
enum {
    /* As emotion_detect. */
    EMOTION_SEARCH_CHAIN = 0,
    /* One pass of the three networks with the options' minimum_face, thresholds and scale_factor and nothing after it, as
     * facenet-pytorch does; the largest first. */
    EMOTION_SEARCH_MTCNN = 1
};

/* The faces of a picture without their expressions; never an assumed one. */
emotion_status emotion_find_faces(
    const emotion_detector *detector, const emotion_picture *picture, int32_t search, const emotion_result **result,
    emotion_error *error);

/* What is looked for besides meshes; emotion_mesh_options_init fills in the defaults. */
typedef struct emotion_mesh_options {
    size_t struct_size;
    /* 0, the default: faces without expressions and quality, never an assumed one, as of emotion_find_faces and the command
     * `emotion mesh`. 1: all that emotion_detect finds, as of `emotion analyze --mesh`. */
    int32_t expressions;
    int32_t reserved; /* 0 */
} emotion_mesh_options;

/* Fills in the defaults. struct_size: sizeof(emotion_mesh_options). */
emotion_status emotion_mesh_options_init(emotion_mesh_options *options, size_t struct_size);

/* The faces of a picture with the mesh of each; options may be NULL for the defaults.
 *
 * The first call reads the two weight files of the mesh, 3 MB. */
emotion_status emotion_detect_meshes(
    const emotion_detector *detector, const emotion_picture *picture, const emotion_mesh_options *options,
    const emotion_result **result, emotion_error *error);

/* The same for the bytes of a JPEG or PNG file, as emotion_detect_encoded takes them. */
emotion_status emotion_detect_meshes_encoded(
    const emotion_detector *detector, const void *bytes, size_t byte_count, const emotion_mesh_options *options,
    const emotion_result **result, emotion_error *error);

/* The same for a file. */
emotion_status emotion_detect_meshes_file(
    const emotion_detector *detector, const char *path, const emotion_mesh_options *options,
    const emotion_result **result, emotion_error *error);

/* The scores of count pictures, as of emotion_detect_batch, that show one face each.
 *
 * scores: EMOTION_COUNT numbers a picture, one after another; score_count: how many fit there. */
emotion_status emotion_classify(
    const emotion_detector *detector, const emotion_picture *pictures, size_t count, double *scores,
    size_t score_count, emotion_error *error);

/* The picture of a JPEG or PNG file, as emotion_detect_encoded sees it. */
emotion_status emotion_decode(
    const void *bytes, size_t byte_count, const emotion_image **image, emotion_error *error);

/* Whether there is an interviewee, the one person whom a video session follows, and whether a frame shows them. */
enum {
    /* The first seconds: nobody has been picked. */
    EMOTION_INTERVIEWEE_SELECTING = 0,
    EMOTION_INTERVIEWEE_LOCKED = 1,
    EMOTION_INTERVIEWEE_ABSENT = 2,
    /* Probably in the picture; the frame had better not count. */
    EMOTION_INTERVIEWEE_UNSURE = 3
};

/* How far a face's number can be trusted. */
enum {
    /* Seen in too few frames; its number may still change. */
    EMOTION_TRACK_TENTATIVE = 0,
    EMOTION_TRACK_CONFIRMED = 1
};

/* Why a frame may not show the interviewee though their track goes on. */
enum {
    EMOTION_DOUBT_NONE = 0,
    EMOTION_DOUBT_SHARES_PLACE = 1,
    EMOTION_DOUBT_LOOKS_DIFFERENT = 2
};

/* How a video is followed; emotion_video_options_init fills in the defaults. */
typedef struct emotion_video_options {
    size_t struct_size;
    /* Expressions are scored in every frame of this number, 1…1,000,000; 1. */
    int32_t classification_interval;
    /* 1: those of every face; 0, the default: those of the interviewee and of whoever may prove to be them. */
    int32_t everyone;
    /* 1: the mesh of every face that is scored is located too, and followed in the frames between; NULL where the mesh
     * network saw no face. 0 is the default. */
    int32_t meshes;
    int32_t reserved; /* 0 */
} emotion_video_options;

/* One face of a video's frame. */
typedef struct emotion_video_face {
    size_t struct_size;
    /* The same for the same person in every frame, once the track is confirmed; counts from 1. */
    int64_t face_id;
    const emotion_face *face;
    /* EMOTION_TRACK_… */
    int32_t track;
    int32_t is_interviewee;
    /* Whether it shares its place with another face; whether it is perhaps another person than who had this number. */
    int32_t crowded;
    int32_t identity_uncertain;
    /* Seconds. */
    double first_seen;
    double last_seen;
    /* How much it looks like the same track did before, −1…1. */
    double similarity;
    /* Where has_motion is 1: how much the face moved within a fifth of a second, 0…about 1. */
    double motion;
    int32_t has_motion;
    int32_t reserved;
} emotion_video_face;

/* A number that turned out to be another's. */
typedef struct emotion_renamed {
    int64_t from;
    int64_t to;
} emotion_renamed;

/* What was seen in one frame. */
typedef struct emotion_frame {
    size_t struct_size;
    /* Counts the session's frames, from 0. */
    int64_t index;
    /* Seconds, as given. */
    double timestamp;
    size_t face_count;
    /* face_count pointers, those known longest first; NULL where there are none. */
    const emotion_video_face *const *faces;
    /* The interviewee's face; NULL while nobody is picked and where they are away or in doubt. */
    const emotion_video_face *interviewee;
    /* EMOTION_INTERVIEWEE_…, EMOTION_DOUBT_… */
    int32_t state;
    int32_t doubt;
    /* The interviewee's number, seen or not; 0 while nobody is picked. */
    int64_t interviewee_id;
    /* Of somebody who is absent: since when, in seconds. */
    double absent_since;
    /* Who would be the interviewee if it had to be decided now; 0 where it is decided or nobody is in question. */
    int64_t candidate_id;
    /* Whether the interviewee stays the interviewee. */
    int32_t choice_settled;
    /* Whether expressions were scored in this frame; whether the whole picture was searched. */
    int32_t classified;
    int32_t searched;
    int32_t reserved;
    /* Numbers of earlier frames and whose they are from now on. */
    size_t renamed_count;
    const emotion_renamed *renamed;
    /* Elapsed milliseconds: finding and tracking faces; scoring them, and locating or following their meshes. */
    double detect_ms;
    double classify_ms;
} emotion_frame;

/* Fills in the defaults. struct_size: sizeof(emotion_video_options). */
emotion_status emotion_video_options_init(emotion_video_options *options, size_t struct_size);

/* A session that follows the people of one video; options may be NULL. The detector may be freed before it. */
emotion_status emotion_video_create(
    const emotion_detector *detector, const emotion_video_options *options, emotion_video **video,
    emotion_error *error);

/* What the next frame shows. seconds: when it was taken, finite, after the frame before. A frame that fails is left out,
 * and the session goes on. */
emotion_status emotion_video_feed(
    const emotion_video *video, const emotion_picture *picture, double seconds, const emotion_frame **frame,
    emotion_error *error);

/* Makes the person of this number, from 1 on, the interviewee from the next frame on. */
emotion_status emotion_video_select(const emotion_video *video, int64_t face_id, emotion_error *error);

#ifdef __cplusplus
}
#endif

#endif
