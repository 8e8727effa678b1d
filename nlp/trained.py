"""The trained model that ships: what a text says for each class, and how far that is to be trusted.

Three readings of a text are weighed together, each a row of log probabilities: the linear model's, the
sentence encoder's, and the encoder's by the authority's own finer categories. The weights, what is
added for each authority, and the thresholds were chosen on held-out reports by ``make train`` and
stand in ``model.json``; there is one set of them for each way of use (:class:`Mixing`).
"""

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from casework.errors import ModelError
from nlp.features import Floats
from nlp.heads import Heads, log_softmax
from nlp.linear import LinearModel

if TYPE_CHECKING:
    from nlp.encoder import SentenceEncoder

SHIPPED = Path(__file__).parent / "model"
"""The model that came with this version."""

METADATA, LINEAR, HEADS = "model.json", "linear.npz", "heads.npz"
ENCODER_FILES = (HEADS, "encoder.onnx", "pieces.npz")
"""What only the full model needs."""

NOTHING = "nothing"
"""The class of messages that are about none of the categories."""

ANYWHERE = ""
"""Stands for all authorities whose reports were not seen."""

READINGS = ("linear", "common", "finer")
"""The rows that are weighed; ``linear`` alone without the encoder."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """How the readings are weighed together for one way of use.

    ``weights`` follow :data:`READINGS`; ``evidence`` is the weight of the word tables;
    ``added`` has a row for each authority; confidence from ``accept_from`` is taken without asking,
    below ``ask_below`` the resident is asked first.
    """

    weights: tuple[float, ...]
    evidence: float
    added: Mapping[str, Floats]
    accept_from: float
    ask_below: float

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Mixing":
        """From the metadata."""
        return cls(
            tuple(written["weights"]),
            written["evidence"],
            {code: np.array(row, dtype=np.float32) for code, row in written["added"].items()},
            written["accept_from"],
            written["ask_below"],
        )


class TrainedModel:
    """A model in a folder; the encoder is loaded when it is first needed. Safe to share between threads."""

    def __init__(self, folder: Path, small: bool = False) -> None:
        self.folder = folder
        self.metadata = _read_metadata(folder)
        self.small = small or "full" not in self.metadata["mixings"]
        self.classes: tuple[str, ...] = tuple(self.metadata["classes"])
        self.authorities: tuple[str, ...] = tuple(self.metadata["authorities"])
        self._mixings = {name: Mixing.of(held) for name, held in self.metadata["mixings"].items()}
        for name in (LINEAR,) if self.small else (LINEAR, *ENCODER_FILES):
            self._check(name)
        self._linear = LinearModel.load(folder / LINEAR)
        with np.load(folder / LINEAR, allow_pickle=False) as held:
            self._priors: Floats = held["priors"]
        self._lock = threading.Lock()
        self._loaded: tuple[SentenceEncoder, Heads] | None = None

    @property
    def digest(self) -> str:
        """The hash that names this model."""
        return str(self.metadata["digest"])

    def mixing(self, authority: str, quick: bool = False) -> Mixing:
        """How readings are weighed for this authority; ``quick`` without the encoder."""
        size = "small" if self.small or quick else "full"
        return self._mixings[size if authority in self.authorities else f"{size}_elsewhere"]

    def odds(self, text: str, authority: str, quick: bool = False) -> Floats:
        """Log odds of each class, the word tables not yet weighed in; ``quick`` without the encoder."""
        mixing = self.mixing(authority, quick)
        readings = self.readings(text, authority, quick)
        weights = np.array(mixing.weights[: len(readings)], dtype=np.float32)
        owner = authority if authority in self.authorities else ANYWHERE
        summed: Floats = weights @ readings
        return summed + mixing.added.get(owner, np.float32(0.0))

    def readings(self, text: str, authority: str, quick: bool = False) -> Floats:
        """The rows of :data:`READINGS`: (1 or 3, classes), log probabilities."""
        number = self.authorities.index(authority) if authority in self.authorities else None
        prior = self._priors[-1 if number is None else number]
        linear = log_softmax(self._linear.scores(text) + prior)
        if self.small or quick:
            return linear[None]
        encoder, heads = self._encoder()
        vector = encoder.encode(text)
        common = heads.scores(vector, number)
        finer = None if number is None else heads.finer_scores(vector, number)
        return np.stack([linear, common, common if finer is None else _with_nothing(finer, common)])

    def leaning(self, text: str) -> Floats:
        """The probability of each class by the linear model's words alone, no prior."""
        return np.exp(log_softmax(self._linear.scores(text)))

    def vector(self, text: str) -> Floats | None:
        """The text's meaning, of length one; None without the encoder."""
        if self.small:
            return None
        found = self._encoder()[0].encode(text)
        unit: Floats = found / np.linalg.norm(found)
        return unit

    def _encoder(self) -> "tuple[SentenceEncoder, Heads]":
        with self._lock:
            if self._loaded is None:
                # Importing onnxruntime takes a while: only where the encoder is used.
                from nlp.encoder import SentenceEncoder

                self._loaded = SentenceEncoder(self.folder), Heads.load(self.folder / HEADS)
            return self._loaded

    def _check(self, name: str) -> None:
        try:
            found = file_hash(self.folder / name)
        except OSError as error:
            raise ModelError(f"the model in {self.folder} lacks {name}") from error
        if found != self.metadata["files"].get(name):
            raise ModelError(f"the model in {self.folder} is damaged: {name} is not what was trained")


def _with_nothing(finer: Floats, common: Floats) -> Floats:
    """The finer categories know no message about nothing: its probability is taken from the others."""
    nothing = np.exp(common[-1])
    return np.append(finer[:-1] + np.log1p(-min(nothing, 0.9999)), common[-1])


def load_model(folder: Path = SHIPPED, small: bool = False) -> TrainedModel:
    """The model in a folder, read once for each process. Raises ModelError."""
    return _load(folder.resolve(), small)


_load = lru_cache(8)(TrainedModel)


def file_hash(path: Path) -> str:
    """The file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_of(files: Mapping[str, str], mixings: Mapping[str, object], classes: Sequence[str]) -> str:
    """The hash that names a model: of its files and of how they are weighed."""
    written = json.dumps([dict(files), dict(mixings), list(classes)], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _read_metadata(folder: Path) -> dict[str, Any]:
    try:
        held = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"there is no model in {folder}") from error
    if not isinstance(held, dict) or "mixings" not in held:
        raise ModelError(f"{folder / METADATA} does not describe a model")
    return held
