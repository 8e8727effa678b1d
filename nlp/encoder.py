"""The sentence encoder: a small transformer, its weights in whole numbers, run by onnxruntime.

Word pieces become vectors by a table here and the transformer in ``encoder.onnx`` makes one vector
of them: the meaning of the text. One text at a time, so that no text's result hangs on others.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from nlp.word_pieces import WordPieces

Vector = NDArray[np.float32]

WEIGHTS, PIECES = "encoder.onnx", "pieces.npz"
"""The files of the encoder."""

RECENT = 64
"""Texts whose vectors are kept for a moment: one message is looked at several times."""


class SentenceEncoder:
    """Texts to vectors; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / PIECES, allow_pickle=False) as table:
            self._vectors = table["vectors"]
            self._scales = table["scales"]
            self._positions = table["positions"]
            self.pieces = WordPieces(str(table["pieces"]).split("\n"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
        )
        self.encode = lru_cache(RECENT)(self._encode)

    def _encode(self, text: str) -> Vector:
        """The text's vector."""
        ids = self.pieces.ids(text)
        rows = self._vectors[ids] * self._scales[ids, None] + self._positions[: len(ids)]
        (pooled,) = self._session.run(None, {"pieces": rows[None].astype(np.float32)})
        vector = np.asarray(pooled[0], dtype=np.float32)
        vector.setflags(write=False)
        return vector
