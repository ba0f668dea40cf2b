"""Writes every PyTorch, timm and facenet-pytorch reference that the Swift tests read."""

import argparse
from pathlib import Path

import fixtures_blocks
import fixtures_functions
import fixtures_layers
import fixtures_mtcnn
import fixtures_mtcnn_steps
import fixtures_network

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of astronaut.png and the three JPEG files")
    photos: Path = parser.parse_args().photos
    fixtures_functions.make()
    fixtures_layers.make()
    fixtures_blocks.make()
    fixtures_network.make(photos)
    fixtures_mtcnn.make(photos)
    fixtures_mtcnn_steps.make()
