"""The service's `POST /analyze/facial` as one would write it in Python, on the same weights.

FastAPI and uvicorn with uvloop and httptools, facenet-pytorch's MTCNN, Pillow, the classifier in ONNX Runtime. A face is
cut out as the service does it, so that both answer alike.

    TWIN_THREADS=2 uvicorn service_twin:app --port 8090 --workers 1
"""

import asyncio
import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime as ort
import torch
from facenet_pytorch import MTCNN
from fastapi import FastAPI, HTTPException, Request
from PIL import Image, UnidentifiedImageError

from workload import ROOT, network, onnx_file

sys.path.insert(0, str(ROOT / "Weights/Conversion"))
from emotion_network import calibrated
from make_self_test import PADDING, TEMPLATE

THREADS = int(os.environ.get("TWIN_THREADS", "2"))
torch.set_num_threads(THREADS)
torch.set_grad_enabled(False)


class Analyzer:
    """Detector and classifier, loaded once."""

    def __init__(self) -> None:
        self.detector = MTCNN(min_face_size=20, keep_all=True, device="cpu")
        model = network()
        self.labels = model.metadata["labels"].split(",")
        self.side = int(model.metadata["input_width"])
        self.mean, self.deviation = (
            np.array([float(value) for value in model.metadata[key].split(",")], np.float32) for key in ("mean", "std")
        )
        self.temperatures = [float(value) for value in model.metadata["calibration_temperature"].split(",")]
        options = ort.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        self.classifier = ort.InferenceSession(str(onnx_file(1)), options, providers=["CPUExecutionProvider"])

    def answer(self, picture: bytes) -> dict:
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        boxes, scores, landmarks = self.detector.detect(image, landmarks=True)
        if boxes is None:
            return {"success": True, "face_detected": False, "faces": []}
        faces = [self.face(image, *one) for one in zip(boxes, scores, landmarks, strict=True)]
        return {"success": True, "face_detected": True, **faces[0], "faces": faces}

    def face(self, image: Image.Image, box: np.ndarray, score: float, landmarks: np.ndarray) -> dict:
        crop = upright(image, landmarks).resize((self.side, self.side), Image.Resampling.BILINEAR)
        pixels = (np.asarray(crop, np.float32) / 255 - self.mean) / self.deviation
        logits = self.classifier.run(None, {"pixels": np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])})[0]
        probabilities = calibrated(torch.from_numpy(logits), self.temperatures)[0].tolist()
        emotions = dict(zip(self.labels, probabilities, strict=True))
        dominant = max(emotions, key=emotions.get)
        left, top, right, bottom = (float(value) for value in box)
        return {
            "emotions": emotions, "dominant_emotion": dominant, "confidence": emotions[dominant],
            "face_box": [round(left), round(top), round(right - left), round(bottom - top)],
            "detection_score": float(score), "landmarks": landmarks.tolist(),
        }


def upright(image: Image.Image, landmarks: np.ndarray) -> Image.Image:
    """`make_self_test.aligned`, by Pillow's own loops."""
    rows = [row for u, v in TEMPLATE for row in ((u, -v, 1, 0), (v, u, 0, 1))]
    a, b, x, y = np.linalg.lstsq(np.array(rows), landmarks.astype(np.float64).ravel(), rcond=None)[0]
    units = 1 + 2 * PADDING
    side = round(float(np.hypot(a, b)) * units)
    step = units / side
    matrix = (
        a * step, -b * step, x + 0.5 - PADDING * (a - b),
        b * step, a * step, y + 0.5 - PADDING * (a + b),
    )
    return image.transform((side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


analyzer = Analyzer()
# One picture at a time, on as many threads as there are; the loop goes on taking requests in.
worker = ThreadPoolExecutor(1)
app = FastAPI()


@app.get("/readyz")
async def ready() -> dict:
    return {"status": "ready"}


@app.post("/analyze/facial")
async def analyze(request: Request) -> dict:
    picture = await request.body()
    try:
        return await asyncio.get_running_loop().run_in_executor(worker, analyzer.answer, picture)
    except UnidentifiedImageError as error:
        raise HTTPException(422, "no picture") from error
