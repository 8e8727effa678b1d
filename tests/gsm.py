"""How long a text is as SMS: GSM-7 septets (3GPP TS 23.038) and segments."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")

ONE_SEGMENT, EACH_OF_SEVERAL = 160, 153
TWO_SEGMENTS = 2 * EACH_OF_SEVERAL


def septets(text: str) -> int:
    """The length in septets. Raises ValueError for a character that only UCS-2 has."""
    strange = set(text) - _BASIC - _EXTENDED
    if strange:
        raise ValueError(f"not in GSM-7: {''.join(sorted(strange))}")
    return len(text) + sum(character in _EXTENDED for character in text)


def segments(text: str) -> int:
    """How many SMS it takes."""
    length = septets(text)
    return 1 if length <= ONE_SEGMENT else -(-length // EACH_OF_SEVERAL)
