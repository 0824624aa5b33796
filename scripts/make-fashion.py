"""Writes src/data/sets/fashion-pixels.ts from Fashion-MNIST's training files.

Usage: python3 scripts/make-fashion.py FOLDER > src/data/sets/fashion-pixels.ts
Debian's package dataset-fashion-mnist holds the files at /usr/share/datasets/fashion-mnist.
"""

import base64
import gzip
import sys
import zlib

COUNT = 160
SIDE = 28

folder = sys.argv[1]
images = gzip.open(f"{folder}/train-images-idx3-ubyte.gz").read()[16:][: COUNT * SIDE * SIDE]
labels = gzip.open(f"{folder}/train-labels-idx1-ubyte.gz").read()[8:][:COUNT]
packer = zlib.compressobj(9, zlib.DEFLATED, -15)
packed = packer.compress(images + labels) + packer.flush()
print("/** Made by scripts/make-fashion.py: grey values 0 … 255 of all images, then their classes, deflated, in base64. */")
print(f'export const fashionImages = "{base64.b64encode(packed).decode()}";')
