"""Names and paths of files."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers.kind import Context, Kind, Passage, Span

_ENDINGS = (
    "jpe?g|jpe|png|gif|bmp|tiff?|webp|hei[cf]|raw|cr2|nef|dng|svg|psd|mp4|m4v|mov|avi|mkv|wmv|"
    "flv|3gpp?"
    "|3g2|webm|mpe?g|mts|m2ts|vob|rmvb?|asf|ts|mp3|m4a|wav|ogg|opus|aac|flac|amr|zip|rar|7z|tar|gz"
    "|tgz|iso|dd|e01|pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|txt|csv|eml|msg|pst|html?|db|sqlite|"
    "torrent"
    "|exe|apk|log|bak"
)
_NAMED = lazily(
    rf"(?<![\w.])[\w%$~#@+&()\[\]{{}}-][\w%$~#@+&()\[\]{{}}.-]{{0,120}}?\.(?:{_ENDINGS})(?![\w@-])(?!\.\w)",
    re.IGNORECASE,
)
_PATH = lazily(
    r"(?<!\w)[A-Za-z]:\\(?:[^\\/:*?\"<>|\s]{1,64}(?: [^\\/:*?\"<>|\s]{1,64}){0,3}\\?){1,20}"
    r"|\\\\[\w.$-]{2,64}\\[^\s\"<>|]{2,}"
    r"|(?<![\w/.:])/(?:home|users|mnt|media|var|tmp|data|volumes|storage|sdcard|"
    r"evidence)/[^\s\"<>|,;]{2,}",
    re.IGNORECASE,
)
_CAMERA = lazily(
    r"(?<!\w)(?:IMG|VID|DSC[NF]?|DCIM|PXL|MVI|MOV|GOPR|PICT|SAM|WP|WA|Screenshot|Photo|Video|AUD|"
    r"DJI|CIMG|P10)"
    r"[_-][\w-]*\d{3,}[\w-]*(?!\w)|(?<!\w)(?:DSC|DSCN|DSCF|IMG|MVI|GOPR|PICT|CIMG|GH01)\d{4,}(?!\w)"
)


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    for match in passage.matches(_NAMED):
        stem = match[0].rpartition(".")[0]
        if any(c.isalnum() for c in stem):
            # its ending names it: "Baker Street.jpg" is a file and no street
            yield Span(*match.span(), labelled=True)
    for pattern in (_PATH, _CAMERA):
        for match in passage.matches(pattern):
            yield Span(*match.span())


KIND = Kind(
    name="file-name",
    title="a file name",
    catches=(
        "A name with the ending of a picture, video, sound, archive or document, in any script; "
        "paths of Windows, network shares and Unix; and camera names without an ending (IMG_0042)."
    ),
    cannot="A name without an ending that no camera gives, and the words before a space in a name.",
    rank=80,
    prefilter=(
        rf"\.(?i:{_ENDINGS})(?:[^A-Za-z0-9_]|$)|[A-Za-z]:\\|\\\\|(?i:/(?:home|users|mnt|media|"
        rf"var|tmp|data|volumes|storage|sdcard|evidence)/)"
        r"|(?:IMG|VID|DSC|DCIM|PXL|MVI|MOV|GOPR|PICT|SAM|WP|WA|Screenshot|Photo|Video|AUD|DJI|"
        r"CIMG|P10|GH01)[A-Z]?[_\-0-9]"
    ),
    patterns=(_NAMED, _PATH, _CAMERA),
    find=_find,
)
