"""Vietnamese texts made from a seed, for comparing orders."""

import random
import unicodedata

_CONSONANTS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS = ["", *_CONSONANTS.split()]
_VOWELS = "a ă â e ê i o ô ơ u ư y ai ao au âu ia iê oa oă oe uê ươ ua ưa uyê"
_RIMES = _VOWELS.split()
_ENDINGS = ["", "", "", "", "", "c", "ch", "m", "n", "ng", "nh", "p", "t"]
_TONES = ["", "", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
_JOINTS = [" ", " ", " ", "-", " - ", ", ", " 12 ", " 2 ", ""]
_CLOSE_LETTERS = "aAáÁàÀăĂằẰắâÂầdDđĐeêếoOôơờuưừ -0129.,(’“–nN"


def generated_texts(seed: int, count: int) -> list[str]:
    """Return `count` phrases, and as many short texts of few letters, which differ only in tone and case."""
    chance = random.Random(seed)
    phrases = [_phrase(chance) for _ in range(count)]
    close = ["".join(chance.choices(_CLOSE_LETTERS, k=chance.randint(1, 5))).strip() for _ in range(count)]
    return sorted({text for text in phrases + close if text})


def _phrase(chance: random.Random) -> str:
    syllables = (_syllable(chance) + chance.choice(_JOINTS) for _ in range(chance.randint(1, 4)))
    return "".join(syllables).strip()


def _syllable(chance: random.Random) -> str:
    rime = chance.choice(_RIMES)
    place = chance.randint(1, len(rime))
    toned = rime[:place] + chance.choice(_TONES) + rime[place:]
    syllable = unicodedata.normalize("NFC", chance.choice(_ONSETS) + toned + chance.choice(_ENDINGS))
    return chance.choice([str.lower] * 5 + [str.capitalize] * 4 + [str.upper])(syllable)
