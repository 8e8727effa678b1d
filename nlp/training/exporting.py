"""Writes a fitted model's parts in the form that runs: ``npz`` tables and a transformer in whole numbers."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from nlp.encoder import PIECES, WEIGHTS
from nlp.trained import HEADS, LINEAR
from nlp.training.fine_tuning import FineTuned
from nlp.training.linear_fitting import FittedLinear
from nlp.training.transformer import Pieces, Transformer

OPSET = 17


def write_linear(fitted: FittedLinear, folder: Path) -> None:
    """The linear model's tables and priors."""
    arrays: dict[str, Any] = {"priors": fitted.priors}
    for name, table in fitted.tables.items():
        for part in ("hashes", "rarity", "weights", "scales"):
            arrays[f"{name}_{part}"] = getattr(table, part)
    np.savez(folder / LINEAR, **arrays)


def write_encoder(tuned: FineTuned, folder: Path) -> None:
    """The transformer, the vectors of its pieces and the heads."""
    _write_pieces(tuned.pieces, folder / PIECES)
    tuned.heads().save(folder / HEADS)
    _write_transformer(tuned.transformer, folder / WEIGHTS)


def _write_pieces(pieces: Pieces, path: Path) -> None:
    np.savez(
        path,
        pieces=np.array("\n".join(pieces.words.pieces)),
        vectors=pieces.vectors,
        scales=pieces.scales,
        positions=pieces.positions,
    )


def _write_transformer(transformer: Transformer, path: Path) -> None:
    """As ONNX, its matrices in whole numbers with a scale for each column."""
    transformer.eval()
    example = torch.zeros(1, 4, transformer.width)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "transformer.onnx"
        torch.onnx.export(
            transformer,
            (example,),
            str(whole),
            input_names=["pieces"],
            output_names=["meaning"],
            dynamic_axes={"pieces": {1: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, path, per_channel=True, weight_type=QuantType.QInt8)
