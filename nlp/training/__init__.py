"""Trains, measures and writes the model; nothing that runs imports it.

It needs the libraries of ``locks/train.txt`` (``make train`` sets them up in ``.venv-train``).
"""
