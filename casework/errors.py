"""Every error that Streetcall raises on purpose.

::

    StreetcallError
    ├── PackError            a fault in an authority's pack (officer: file and line)
    ├── SettingsError        a fault in the environment (officer)
    ├── ModelError           a trained model that is missing or damaged (officer)
    ├── NotAllowed           an act that the rules refuse (message key, and what is possible)
    │   └── TransitionNotAllowed
    ├── NotFound             no such report, link or photo
    ├── LinkInvalid          a signed link that is expired, altered or used up
    ├── Conflict             somebody else changed the same thing meanwhile: read again, retry
    │   └── HoldLost         somebody else has the contact or has answered: leave it to them
    ├── PhotoRefused         a file that is not a photo we can keep (message key)
    ├── MessageRefused       a payload that a channel cannot read (status code for the program)
    ├── StorageUnavailable   the database is locked or gone: try again later
    ├── TryAgain             a message did not go this time (bot/delivery.py)
    │   └── ChannelDown      nothing goes on its channel now
    ├── Refused              a message will never go
    ├── Held                 a message may go only after its contact has written again
    └── Withheld             a message is not wanted by its contact or the carrier

``key`` names the sentence in the catalogue, ``parameters`` fill it.
"""

from collections.abc import Mapping


class StreetcallError(Exception):
    """Something Streetcall refuses or cannot do."""

    key = "error.unknown"

    def __init__(self, message: str = "", *, key: str = "", **parameters: object) -> None:
        super().__init__(message or key or self.key)
        self.key = key or self.key
        self.parameters: Mapping[str, object] = parameters


class PackError(StreetcallError):
    """The authority's pack has faults."""

    key = "error.pack"


class SettingsError(StreetcallError):
    """A setting is missing or wrong."""

    key = "error.settings"


class ModelError(StreetcallError):
    """The trained model is missing or damaged."""

    key = "error.model"


class NotAllowed(StreetcallError):
    """The rules do not allow this."""

    key = "error.not_allowed"


class TransitionNotAllowed(NotAllowed):
    """A report in this state cannot go to that state."""

    key = "error.transition"


class NotFound(StreetcallError):
    """There is no such thing."""

    key = "error.not_found"


class LinkInvalid(StreetcallError):
    """The signed link is expired, altered or for something else."""

    key = "error.link"


class Conflict(StreetcallError):
    """Somebody else changed the same thing meanwhile."""

    key = "error.conflict"


class HoldLost(Conflict):
    """The contact is another worker's now, or its message was answered."""


class PhotoRefused(StreetcallError):
    """The file is not a photo that can be kept."""

    key = "photo.refused"


class MessageRefused(StreetcallError):
    """The payload is not a message of this channel."""

    key = "error.message"


class StorageUnavailable(StreetcallError):
    """The database cannot be reached or is locked."""

    key = "error.storage"
