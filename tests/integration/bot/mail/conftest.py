"""A town and a mail office for whoever asks for them."""

from tests.dovecot import office, running_office
from tests.talk import tarn

__all__ = ["office", "running_office", "tarn"]
