"""Writes the references of the tests of `SentenceEmbedding`: what `tokenizers` and `transformers` make of odd texts.

`classes.json`     how the reference treats each code point, as runs
`tokens.json`      a small vocabulary, and numbers of a thousand odd texts by it and by the model's own
`encoder.safetensors`, `encoder.json`  a small random network in the form that Swift reads, and its vectors
"""

import argparse
import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from flat_file import write_flat_file

FOLDER = Path(__file__).resolve().parents[2] / "Tests/SentenceEmbeddingTests/Fixtures"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LONGEST = 256
SEED = 19
SCALARS = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
WORDS = (
    "the an answer unaffable running interview I we team led customers 2019 9% £31,000 don't e-mail naïve café résumé "
    "Straße STRASSE ﬁnance oﬃce İstanbul ıspanak ΟΔΟΣ Σίσυφος Ελλάδα Привет ЙОГА שלום مرحبا नमस्ते ไทย 日本語 漢字仮名 한국어 조선 "
    "K Å Ω ½ ² ５ Ｆｕｌｌ 𝓂𝒶𝓉𝒽 ǅ ŉ ẞ ﷺ ﬀ á ç ñ ø đ ł þ"
).split()
EMOJI = "😀 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇵🇱 ❤️ ☃ ✈︎ 🥰 🫠 1️⃣".split()
MARKS = "\u0327\u0328\u0316\u0302\u0300\u0301\u0308\u064c\u0651\u0591\u05b0\u1dc0\u20d0\ufe20\u0bbf\u093e\u094d"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\ufeff\u00ad\u180e\ue000\ufffd\u0000\u0001\u001b\u007f\u0085\u009f\U000e0041"
SPACES = " \t\n\r\x0b\x0c\u00a0\u1680\u2003\u2009\u2028\u2029\u202f\u205f\u3000"
PUNCTUATION = ".,;:!?'\"()[]{}<>@#$%^&*_+=|\\~`/-–—…“”‘’«»„·¿¡،؛؟。、「」！？；\u037e\u0387᙭𑇉⁓⸮⹃"


def small_vocabulary() -> list[str]:
    """A few pieces of each kind."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    others = "åßøđłþıαβγδεικλοσυάς абвгдийкопрт שלום مرحبا नमसत ไทย 日本語漢字仮名 한국ᄋ ﬁﬀ½²５𝓂😀👍❤☃🇵".replace(" ", "")
    pieces = list(letters) + list(dict.fromkeys(others))
    marks = [mark for mark in PUNCTUATION if mark.isascii()] + list("–—…“”’£。、！？")
    words = ["the", "an", "un", "run", "answer", "team", "cafe", "naive", "interview", "kg", "istanbul", "stra", "оно", "при"]
    ends = ["##" + end for end in ["aff", "able", "ning", "ing", "s", "ed", "ers", "ße", "ent", "вет", "δος", "ᅡᆫ"]]
    return list(dict.fromkeys([*SPECIAL, *pieces, *marks, *words, *("##" + piece for piece in pieces), *ends]))


def reference(vocabulary: list[str]) -> Tokenizer:
    """BERT's uncased tokenizer; special tokens in a text are words."""
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def odd_texts(count: int) -> list[str]:
    """Made of words, marks, invisible characters and any others, in many mixtures."""
    chance = random.Random(SEED)
    texts = [
        "", " ", "\n\t", "[SEP]", "a[CLS]b [MASK] [UNK]", "##ing", "a##b", "unaffable", "Unaffable, running!", *WORDS, *EMOJI,
        "a" * 99, "a" * 100, "a" * 101, "á" * 100, "é" * 101, "x" * 300, "an " * 300, "." * 300, "漢" * 260,
        "\u0300", "a\u0300\u0301\u0316b", "\u1100\u1161\u11a8", "각", "가\u11a8", "İ", "I\u0307", "ǅ", "ΑΣ", "Σ",
        "don’t", "e\u0301clair", "ﬁ", "½", "5️⃣", "\U0001f469\u200d\U0001f4bb", "a\u200bb", "\ufeffthe", "the\u00adan",
    ]  # fmt: skip

    def word() -> str:
        kind = chance.random()
        if kind < 0.35:
            return chance.choice(WORDS)
        if kind < 0.45:
            return "".join(chance.choice("abcdeinrstu") for _ in range(chance.randint(1, 12)))
        if kind < 0.52:
            return "".join(chance.choice("aeioucn") + chance.choice(MARKS) for _ in range(chance.randint(1, 4)))
        if kind < 0.60:
            return chance.choice(EMOJI)
        if kind < 0.68:
            return chance.choice(WORDS) + chance.choice(INVISIBLE) + chance.choice(WORDS)
        if kind < 0.80:
            return chance.choice(WORDS) + chance.choice(PUNCTUATION) * chance.randint(1, 3) + chance.choice(WORDS)
        if kind < 0.86:
            return "".join(chr(chance.randint(0xAC00, 0xD7A3)) for _ in range(chance.randint(1, 3)))
        if kind < 0.90:
            return chr(chance.choice([chance.randint(0x3400, 0x9FFF), chance.randint(0xF900, 0xFAFF), 0x2B820, 0x2F801]))
        if kind < 0.92:
            return chance.choice(SPECIAL)
        return "".join(chr(chance.choice(SCALARS[:0x33000])) for _ in range(chance.randint(1, 3)))

    while len(texts) < count:
        text = word()
        for _ in range(chance.randint(0, 5)):
            text += chance.choice(SPACES if chance.random() < 0.3 else " ") + word()
        form = chance.choice([None, None, None, "NFC", "NFD", "NFKD"])
        texts.append(unicodedata.normalize(form, text) if form else text)
    return texts


def broken_bytes() -> list[bytes]:
    """Bytes that are no UTF-8: halves of surrogate pairs, cut sequences, overlong ones."""
    parts = [b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc0\x80", b"\x80", b"\xf5\x80"]
    return [front + part + back for part in parts for front, back in ((b"", b""), (b"the", b"an"), (b"the ", b" an"))]


def runs(belongs: Callable[[int], bool]) -> list[list[int]]:
    """First and last of each run of code points."""
    found: list[list[int]] = []
    for code in SCALARS:
        if not belongs(code):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def write(name: str, content: object) -> None:
    (FOLDER / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")


def make_classes() -> None:
    """What the steps of the reference do to each code point between two letters."""

    def normalizer(**steps: bool) -> normalizers.BertNormalizer:
        off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
        return normalizers.BertNormalizer(**off | steps)

    clean, spaced = normalizer(clean_text=True), normalizer(handle_chinese_chars=True)
    bare, small = normalizer(strip_accents=True), normalizer(strip_accents=True, lowercase=True)
    cutter = pre_tokenizers.BertPreTokenizer()
    cleaned = {code: clean.normalize_str(f"a{chr(code)}a") for code in SCALARS}
    rest = {code: small.normalize_str(chr(code)) for code in SCALARS}
    changed = {code: text for code, text in rest.items() if text not in ("", chr(code)) and not 0xAC00 <= code <= 0xD7A3}
    write(
        "classes.json",
        {
            "dropped": runs(lambda code: cleaned[code] == "aa"),
            "separators": runs(lambda code: cleaned[code] == "a a"),
            "ideographs": runs(lambda code: spaced.normalize_str(chr(code)) != chr(code)),
            "accents": runs(lambda code: bare.normalize_str(f"a{chr(code)}a") == "aa"),
            "punctuation": runs(lambda code: len(cutter.pre_tokenize_str(f"a{chr(code)}a")) == 3),
            # A digest of many: the sum of code · (place + 1) · (position + 1) over what each becomes.
            "changed": len(changed),
            "sum": sum(
                code * (place + 1) * ord(character) % 1_000_003
                for code, text in changed.items()
                for place, character in enumerate(text)
            ),
        },
    )


def make_tokens(model_vocabulary: Path) -> None:
    small = small_vocabulary()
    own = model_vocabulary.read_text(encoding="utf-8").splitlines()
    references = {"small": reference(small), "model": reference(own)}
    texts, broken = odd_texts(1_000), broken_bytes()
    content: dict[str, object] = {"vocabulary": small, "texts": texts, "bytes": [part.hex() for part in broken]}
    for name, tokenizer in references.items():
        content[name] = [tokenizer.encode(text).ids for text in texts]
        content[name + "_bytes"] = [tokenizer.encode(part.decode("utf-8", "replace")).ids for part in broken]
    write("tokens.json", content)


def make_encoder() -> None:
    """Two layers of 32 channels, of two heads each, with weights that are exact in half precision."""
    torch.manual_seed(SEED)
    vocabulary = small_vocabulary()
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=40,
        max_position_embeddings=48, initializer_range=0.4, attn_implementation="eager",
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False).eval()
    tensors = {}
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.ndim == 1:
                value.add_(0.3 * torch.randn_like(value))
            else:
                value.copy_(value.half().float())
            tensors[name] = value.numpy().astype("<f2" if value.ndim == 2 else "<f4")
    kinds = "embeddings.token_type_embeddings.weight"
    tensors[kinds] = tensors[kinds][:1]
    tensors["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), np.uint8).astype("<f2")
    metadata = {
        "name": "random", "version": "1", "architecture": "bert", "layers": "2", "heads": "2",
        "layer_norm_epsilon": "1e-12", "longest_input": "40",
    }  # fmt: skip
    write_flat_file(FOLDER / "encoder.safetensors", tensors, metadata)
    tokenizer = reference(vocabulary)
    tokenizer.enable_truncation(40)
    texts = ["", "the", "answer the team, running!", "an interview " * 30, "naïve café 漢字 😀", *odd_texts(90)[70:]]
    vectors = []
    for text in texts:
        with torch.no_grad():
            hidden = model(torch.tensor([tokenizer.encode(text).ids])).last_hidden_state[0].mean(0)
        vectors.append([round(float(number), 7) for number in hidden / hidden.norm()])
    write("encoder.json", {"texts": texts, "vectors": vectors})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vocabulary", type=Path, help="the model's vocab.txt")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    make_classes()
    make_tokens(arguments.vocabulary)
    make_encoder()
