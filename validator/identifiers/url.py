"""Web addresses and domain names."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers.kind import Context, Kind, Passage, Span

_SCHEME = lazily(
    r"(?<!\w)(?:h(?:tt|xx)ps?|ftps?|sftp|ftp|smb|magnet|ipfs|tg|irc)(?::|\[:\]| ?: ?)(?://|\\\\|"
    r"\?)[^\s<>\"]{2,}"
    r"|(?<![\w.@-])www\d?\.[\w-]{2,63}(?:\.[\w-]{2,63}){1,6}[^\s<>\"]*",
    re.IGNORECASE,
)
# a full stop without its space makes "coded.The": so a domain ends in one of these, in lower case
_GENERIC = (
    "com|org|net|int|edu|gov|mil|info|biz|onion|i2p|io|app|dev|online|site|xyz|test|example|invalid"
    "|chat|social|live|club|shop|store|blog|wiki|link|cloud|tech|media|news|team|space|website|"
    "me|tv"
)
_COUNTRY = (
    "ac|ad|ae|af|ag|am|ar|at|au|az|ba|bd|be|bg|bh|bo|br|by|ca|cc|ch|cl|cn|co|cr|cz|de|dk|dz|ec|"
    "ee|eg"
    "|es|eu|fi|fr|gg|gr|gt|hk|hr|hu|id|ie|il|iq|ir|is|it|jo|jp|ke|kr|kw|kz|lb|lt|lu|lv|ly|ma|mx|"
    "my|ng"
    "|nl|no|nz|om|pa|pe|ph|pk|pt|qa|ro|rs|ru|sa|se|sg|sk|sn|su|sv|sy|th|tn|to|tr|tw|ua|ug|uk|us|uy"
    "|uz|ve|vn|ws|ye|za"
)
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_HOST = lazily(
    rf"(?<![\w.@/\\-])(?:[a-z0-9][a-z0-9-]{{0,62}}{_DOT}){{1,6}}(?:(?P<generic>{_GENERIC})|"
    rf"(?P<country>{_COUNTRY}))"
    r"(?P<rest>(?::\d{2,5})?(?:/[^\s<>\"]*)?)(?![\w@-])"
)
_NUMBERED = lazily(r"i\dp")
_LEFT = lazily(r"[a-z][a-z0-9-]{2,}|[a-z0-9-]{4,}")


def _find(passage: Passage, context: Context) -> Iterator[Span]:
    # of all that ends a domain this alone has a digit
    context.exact = context.exact or _NUMBERED.search(passage.text) is not None
    for match in passage.matches(_SCHEME):
        yield Span(match.start(), match.start() + len(match[0].rstrip(".,;:!?)]'")))
    for match in passage.matches(_HOST):
        longest = max(re.split(_DOT, match[0].split("/")[0])[:-1], key=len)
        # "p.ej", "av.de": an abbreviation and a word are no domain
        if not _LEFT.fullmatch(longest) and not match["rest"]:
            continue
        if match["country"] and len(longest) < 4 and not match["rest"]:
            continue
        yield Span(*match.span())


KIND = Kind(
    name="url",
    title="a web address",
    catches=(
        "Addresses that begin with a scheme or www (also defanged: hxxp, example[.]org), and bare "
        "domain names in lower case under the usual generic and country domains, onion included."
    ),
    cannot="Bare domain names in capitals or under rare domains, and names of sites in words.",
    rank=20,
    prefilter=(
        r"(?i:://|:\\\\|\[:\]|magnet:|www[0-9]?\.)|"
        rf"[a-z0-9](?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))(?:{_GENERIC}|{_COUNTRY})(?:[^a-z0-9]|$)"
    ),
    patterns=(_SCHEME, _HOST),
    find=_find,
    digits=False,
)
