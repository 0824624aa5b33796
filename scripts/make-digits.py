"""Writes src/data/sets/digits-pixels.ts from scikit-learn's digits.csv.gz (UCI Optical Recognition of Handwritten Digits).

Usage: python3 scripts/make-digits.py PATH/TO/digits.csv.gz > src/data/sets/digits-pixels.ts
Debian's package python3-sklearn holds the file at sklearn/datasets/data/digits.csv.gz.
"""

import gzip
import sys

COUNT = 500
DIGITS = "0123456789abcdefg"

rows = gzip.open(sys.argv[1], "rt").read().split()[:COUNT]
images = [[int(float(value)) for value in row.split(",")] for row in rows]
print("/** Made by scripts/make-digits.py. One line an image: 64 grey values 0 … g (16), row by row, then its class. */")
print("export const digitLines = `\\")
for image in images:
    print("".join(DIGITS[value] for value in image[:64]) + str(image[64]) + "\\")
print("`;")
