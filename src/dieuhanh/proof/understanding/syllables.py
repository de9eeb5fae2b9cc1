"""Which words can be Vietnamese syllables: an onset, a rhyme and one tone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dieuhanh.proof.understanding.tones import MEANT

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: Sắc and nặng: the only tones before a stop.
_STOPPED = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")
_FRONT = frozenset("eêiy")
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
#: Onsets that stand only before e, ê, i, y; and those that never do.
_BEFORE_FRONT = frozenset(("gh", "k", "ngh"))
_NOT_BEFORE_FRONT = frozenset(("c", "g", "ng"))
_RHYMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y ych yêm yên yêng yêt yêu yn ynh yp yt""".split()  # noqa: SIM905
)
#: Rhymes with o or u before the vowel; after "qu" that sound is already said.
_AFTER_QU = _RHYMES - frozenset(one for one in _RHYMES if one.startswith(("o", "u", "ư"))) | {"uôc"}
_LONGEST = 7
#: Words of other languages that are written as one, with Vietnamese letters.
_BORROWED = frozenset(
    """ácquy alô amiăng ăcquy ăngten ápphích áptomát ắcquy axít balê balô bancông băngrôn bêtông blốc blôc bôxit
    bôxít bulông cactông cáctông canô capô carô café cátsét căngtin căntin côngtơ côngtenơ cônggô crôm đêximét điôxin
    đioxin đôla êkip êkíp fibrô gara gôn hécta hêrôin iôt iốt kilômet kilômét kilôgam kilôoát kiôt kiốt lôgic lôgích
    lôgô lôtô magiê mazút mêtan micrô micrômét milimét mililít míttinh môđun môtíp môtip môtô môtơ nilông nitơ nơron
    nơtron ôliu ôtô ôxi ôxít ôxy ôzôn panô patê phốtpho phôtphat pôlime pơmu prôtêin rađa rađiô rơle rơmoóc
    rơmooc sơmi sôcôla têlêphôn tuabin tuốcbin tuôcbin urê vắcxin văcxin vectơ véctơ virút vôlăng xăngtimét xêri
    xêmina ximăng xìcăngđan xirô xôđa""".split()  # noqa: SIM905
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word in lower case can be one syllable, or is borrowed; either tone placement will do."""
    if word in _BORROWED:
        return True
    if word in MEANT:
        return False
    if len(word) > _LONGEST:
        return False
    bare, tones = apart(word)
    return len(tones) <= 1 and any(_fits(bare, tones, onset) for onset in _ONSETS)


def _fits(bare: str, tones: str, onset: str) -> bool:
    if not bare.startswith(onset):
        return False
    rhyme = bare[len(onset) :]
    if onset == "gi" and rhyme in ("", "n", "êng", "êt", "êm"):  # gì, gìn, giêng, giết: g with i
        rhyme = "i" + rhyme
    elif onset in (_NOT_BEFORE_FRONT if rhyme[:1] in _FRONT else _BEFORE_FRONT):
        return False
    known = rhyme in (_AFTER_QU | {"ôc"} if onset == "qu" else _RHYMES)
    return known and (not rhyme.endswith(_STOPS) or (len(tones) == 1 and tones in _STOPPED))


def apart(word: str) -> tuple[str, str]:
    """A word without its tone, and the tone marks it had."""
    parts = unicodedata.normalize("NFD", word)
    bare = "".join(one for one in parts if one not in _TONES)
    return unicodedata.normalize("NFC", bare), "".join(one for one in parts if one in _TONES)


def near(word: str) -> Iterator[str]:
    """What a slip of one letter may have meant: one letter dropped, or two neighbours swapped."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
