"""The capital letters of Vietnamese, for patterns: a range of code points such as À–Ỹ holds small letters as well."""

import unicodedata

_VOWELS = "AĂÂEÊIOÔƠUƯY"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_WITH_TONES = (unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)

#: What stands inside a character class: ``rf"xã [{CAPITALS}]"``; the letters as texts are stored (NFC).
CAPITALS = "A-ZĐ" + "".join(letter for letter in _WITH_TONES if not letter.isascii())
