#!/usr/bin/env python3
"""Makes a three-minute practice video with planted events, from the third face of six_faces.jpg.

Usage: make-practice-video.py SIX_FACES.jpg OUT.mp4

The photograph is timesler/facenet-pytorch's (MIT repository); it is not part of this project, and neither is the video.
The face is at rest except where its inner eyebrows are raised by a smooth warp, which makes it look sad to the
classifier. It sways a little, so that no two frames are equal. 30 frames a second, 640 × 360, no sound.

Planted:
    0:40.0 to 0:45.0   sad
    1:15.0 to 1:19.0   sad
    1:40.0 to 1:52.0   no face: the empty wall
    2:20.0 to 2:26.0   sad
Needs opencv-python and numpy, and ffmpeg on the search path.
"""

import subprocess
import sys

import cv2
import numpy as np

RATE, SECONDS, WIDTH, HEIGHT = 30, 180, 640, 360
SAD = [(40, 45), (75, 79), (140, 146)]
ABSENT = (100, 112)
# Box and landmarks of the face, in pixels of the photograph.
FACE = (420.1, 133.0, 82.5, 107.2)
# Left eye, right eye, left and right corner of the mouth, as seen in the photograph.
LANDMARKS = [(452.3, 175.2), (489.4, 178.6), (451.8, 216.0), (482.7, 217.4)]
EASE_SECONDS = 0.4
# Displacements as parts of the face's width: found by trying, for the strongest change with the smallest warp.
INNER_BROWS = (0.038, -0.128)
OUTER_BROWS, MOUTH_CORNERS, MOUTH = -0.041, 0.051, -0.017


def share(second):
    """How sad the face is at a moment, 0 to 1, with a short way in and out."""
    return max(min(1, (second - start) / EASE_SECONDS, (end - second) / EASE_SECONDS) for start, end in SAD)


def displacement(shape, points, width):
    """Sum of smooth pushes, each (x, y), its direction and its reach."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    right, down = np.zeros_like(columns), np.zeros_like(rows)
    for (x, y), (push_x, push_y), reach in points:
        weight = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * (reach * width) ** 2))
        right += push_x * width * weight
        down += push_y * width * weight
    return columns, rows, right, down


def main(photograph, output):
    picture = cv2.imread(photograph)
    if picture is None:
        sys.exit(f"{photograph} cannot be read")
    x, y, w, h = FACE
    side = 2.2 * h
    left, top = int(x + w / 2 - side / 2), max(0, int(y + h / 2 - side / 2))
    crop = picture[top : int(top + side), left : int(left + side)]
    scale = 280 / crop.shape[1]
    crop = cv2.resize(crop, (280, int(crop.shape[0] * scale)), interpolation=cv2.INTER_CUBIC)
    width = w * scale
    eye_left, eye_right, mouth_left, mouth_right = [
        ((px - left) * scale, (py - top) * scale) for px, py in LANDMARKS
    ]
    inner_x, inner_y = INNER_BROWS
    middle = ((mouth_left[0] + mouth_right[0]) / 2, (mouth_left[1] + mouth_right[1]) / 2)
    pushes = [
        (mouth_left, (0, MOUTH_CORNERS), 0.09),
        (mouth_right, (0, MOUTH_CORNERS), 0.09),
        (middle, (0, MOUTH), 0.1),
        ((eye_left[0] + 0.1 * width, eye_left[1] - 0.16 * width), (inner_x, inner_y), 0.08),
        ((eye_right[0] - 0.1 * width, eye_right[1] - 0.16 * width), (-inner_x, inner_y), 0.08),
        ((eye_left[0] - 0.12 * width, eye_left[1] - 0.15 * width), (0, OUTER_BROWS), 0.08),
        ((eye_right[0] + 0.12 * width, eye_right[1] - 0.15 * width), (0, OUTER_BROWS), 0.08),
    ]
    columns, rows, right, down = displacement(crop.shape, pushes, width)
    wall = np.full((HEIGHT, WIDTH, 3), (176, 172, 168), np.uint8)
    wall += (np.linspace(0, 24, WIDTH)[None, :, None]).astype(np.uint8)
    encoder = subprocess.Popen(
        ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{WIDTH}x{HEIGHT}"]
        + ["-r", str(RATE), "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]
        + [output],
        stdin=subprocess.PIPE,
    )
    for number in range(RATE * SECONDS):
        second = number / RATE
        frame = wall.copy()
        if not ABSENT[0] <= second < ABSENT[1]:
            amount = max(0.0, share(second))
            face = crop
            if amount > 0:
                face = cv2.remap(
                    crop, columns - amount * right, rows - amount * down, cv2.INTER_LINEAR,
                    borderMode=cv2.BORDER_REFLECT,
                )
            at_x = (WIDTH - face.shape[1]) // 2 + int(7 * np.sin(second * 0.9))
            at_y = (HEIGHT - face.shape[0]) // 2 + int(4 * np.sin(second * 1.7))
            frame[at_y : at_y + face.shape[0], at_x : at_x + face.shape[1]] = face
        encoder.stdin.write(frame.tobytes())
    encoder.stdin.close()
    sys.exit(encoder.wait())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
