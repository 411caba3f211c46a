"""Recognises text written for fonts from before Unicode: its letters mean others than they say.

“C«ng t¸c d©n vËn” is TCVN3 (fonts .VnTime), “Coâng taùc daân vaän” is VNI. Such text is not mended here: the
person converts it with his own tools, where he sees the result.
"""

import re

TCVN3, VNI = "TCVN3 (.VnTime)", "VNI"

_WORD = re.compile(r"[^\W\d_]\S*[^\W\d_]|[^\W\d_]")
#: Signs that stand inside words only where a font draws them as letters.
_TCVN3 = re.compile(r"[a-zA-Z][µ¶·¸¹¨©ª«¬®»¼½¾§]|[®©«¨ª¬§][a-zµ¶·¸¹Ê-ÿ]|^®")
#: Letters that Vietnamese never has, and vowels that never follow one another so.
_VNI = re.compile(r"[øûïäåëöñØÛÏÄÅËÖÑ]|[aeo][âù]|[AEO][ÂÙ]")
#: Letters with two marks, which only Unicode text has.
_UNICODE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
LEAST_WORDS, SHARE = 6, 0.15


def old_encoding(text: str) -> str:
    """“TCVN3 (.VnTime)” or “VNI” when a good part of the words is in that encoding, else ""."""
    words = _WORD.findall(text)
    for name, pattern in ((TCVN3, _TCVN3), (VNI, _VNI)):
        found = sum(pattern.search(word) is not None for word in words)
        unicode = sum(_UNICODE.search(word) is not None for word in words)
        if found >= LEAST_WORDS and found > SHARE * len(words) and found > 2 * unicode:
            return name
    return ""
