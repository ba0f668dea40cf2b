"""One function a peer: from a number of threads to its workloads by name, and to the logits of a batch."""

from collections.abc import Callable

import numpy as np

from workload import FRAME, TASK, network, onnx_file, pixels

Actions = dict[str, Callable[[], object]]
Logits = Callable[[int], np.ndarray]
BATCHES = (1, 8)
SMALLEST_FACES = (20, 40, 60, 80)


def onnxruntime(threads: int) -> tuple[Actions, Logits]:
    """ONNX Runtime's CPU provider with its default graph optimisations."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    sessions = {
        batch: ort.InferenceSession(str(onnx_file(batch)), options, providers=["CPUExecutionProvider"])
        for batch in BATCHES
    }
    inputs = {batch: {"pixels": pixels(batch)} for batch in BATCHES}

    def logits(batch: int) -> np.ndarray:
        return sessions[batch].run(None, inputs[batch])[0]

    return {f"classifier-b{batch}": lambda batch=batch: logits(batch) for batch in BATCHES}, logits


def openvino(threads: int) -> tuple[Actions, Logits]:
    """OpenVINO in single precision: latency hint for each batch, and for eight pictures also its throughput hint."""
    import openvino as ov

    core = ov.Core()

    def compiled(batch: int, hint: str):
        configuration = {
            "INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": hint,
        }
        return core.compile_model(core.read_model(onnx_file(batch)), "CPU", configuration)

    requests = {batch: compiled(batch, "LATENCY").create_infer_request() for batch in BATCHES}
    inputs = {batch: pixels(batch) for batch in BATCHES}
    streams = compiled(1, "THROUGHPUT")
    queue = ov.AsyncInferQueue(streams, streams.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))

    def logits(batch: int) -> np.ndarray:
        requests[batch].infer([inputs[batch]], share_inputs=True)
        return requests[batch].get_output_tensor(0).data

    def eight_in_streams() -> None:
        for picture in inputs[8]:
            queue.start_async([picture[None]], share_inputs=True)
        queue.wait_all()

    actions: Actions = {f"classifier-b{batch}": lambda batch=batch: logits(batch) for batch in BATCHES}
    actions["classifier-b8-streams"] = eight_in_streams
    return actions, logits


def pytorch(threads: int, compile_network: bool = False) -> tuple[Actions, Logits]:
    """PyTorch's eager mode, or its compiler."""
    import torch

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    model = network()
    if compile_network:
        model = torch.compile(model)
    inputs = {batch: torch.from_numpy(pixels(batch)) for batch in BATCHES}

    def logits(batch: int) -> np.ndarray:
        return model(inputs[batch]).numpy()

    return {f"classifier-b{batch}": lambda batch=batch: logits(batch) for batch in BATCHES}, logits


def facenet(threads: int) -> tuple[Actions, None]:
    """facenet-pytorch's MTCNN with landmarks, on the frame as an array."""
    import torch
    from facenet_pytorch import MTCNN
    from PIL import Image

    torch.set_num_threads(threads)
    frame = np.asarray(Image.open(FRAME).convert("RGB"))

    def detector(side: int) -> Callable[[], object]:
        mtcnn = MTCNN(min_face_size=side, keep_all=True, device="cpu")
        return lambda: mtcnn.detect(frame, landmarks=True)

    return {f"mtcnn-640x480-f{side}": detector(side) for side in SMALLEST_FACES}, None


def litert(threads: int) -> tuple[Actions, None]:
    """LiteRT with XNNPACK on MediaPipe's face mesh and blendshape networks, as `face_landmarker.task` holds them."""
    import zipfile

    from ai_edge_litert.interpreter import Interpreter

    actions: Actions = {}
    with zipfile.ZipFile(TASK) as archive:
        for workload, file in (("mesh", "face_landmarks_detector"), ("blendshapes", "face_blendshapes")):
            network = Interpreter(model_content=archive.read(f"{file}.tflite"), num_threads=threads)
            network.allocate_tensors()
            details = network.get_input_details()[0]
            network.set_tensor(details["index"], np.random.default_rng(17).random(details["shape"], np.float32))
            actions[workload] = network.invoke
    return actions, None


RUNTIMES = {
    "litert": litert,
    "onnxruntime": onnxruntime,
    "openvino": openvino,
    "pytorch": pytorch,
    "pytorch-compiled": lambda threads: pytorch(threads, compile_network=True),
    "facenet-pytorch": facenet,
}
