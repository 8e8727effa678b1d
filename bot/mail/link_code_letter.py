"""The mail with the code by which a councillor or officer links a chat."""

from bot.codes import Codes
from bot.mail.letters import Letter
from storage.outbox import Waiting


def write_link_code(message: Waiting, codes: Codes, name: str) -> Letter:
    """The letter; the code is made here, from its id, and kept nowhere."""
    code_id = str(message.parameters.get("one_time_code", ""))
    return Letter(
        folder="link_code",
        subject={},
        context={"name": name, "code": codes.code_of(code_id), "minutes": message.parameters.get("minutes")},
    )
