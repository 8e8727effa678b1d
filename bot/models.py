"""Which trained model runs: the one learnt from corrections, else the one that came with this version."""

from pathlib import Path

from nlp.trained import METADATA, SHIPPED, TrainedModel, load_model

MODELS, CURRENT = "models", "current"
"""Folders of the data folder."""


def model_folder(data_dir: Path) -> Path:
    """Where the running model is."""
    own = data_dir / MODELS / CURRENT
    return own if (own / METADATA).exists() else SHIPPED


def running_model(data_dir: Path, size: str) -> TrainedModel | None:
    """The running model; ``size`` is ``full``, ``small`` (without the encoder) or ``words`` (none at all).

    Raises ModelError.
    """
    if size == "words":
        return None
    return load_model(model_folder(data_dir).resolve(), size == "small")
