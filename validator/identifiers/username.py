"""Names of accounts on services of the network."""

import re
from collections.abc import Iterator

from validator.identifiers._lazily import lazily
from validator.identifiers._plain import NOTHING, START, any_of, fold
from validator.identifiers.kind import Context, Kind, Passage, Span

_LABELS = any_of(
    "user ?name|user ?names|user|user id|userid|handle|nick|nickname|screen ?name|login|log-in|"
    "alias|aka|a\\.k\\.a\\.?|account|account name|profile|profile name|gamertag|display name|"
    "channel|posted as|posting as|logged in as|online as",
    "pseudo|pseudos|pseudonyme|identifiant|nom d'utilisateur|nom d'usager|utilisateur|compte|"
    "profil|surnom|connecté sous|sous le nom",
    "usuario|usuaria|nombre de usuario|apodo|cuenta|perfil|seudónimo|pseudónimo|nombre de perfil",
    "اسم المستخدم|إسم المستخدم|المستخدم|مستخدم|حساب|الحساب|حسابه|حسابها|اسم الحساب|معرف|المعرف|"
    "معرّف|المعرّف|الاسم المستعار|اسم مستعار|يوزر|بروفايل|لقب",
)
_SERVICES = any_of(
    "telegram|whats ?app|signal|snapchat|snap|instagram|insta|facebook|fb|messenger|twitter|"
    "tiktok|tik tok|discord|skype|kik|wickr|session|threema|viber|wire|element|matrix|reddit|"
    "twitch|steam|roblox|minecraft|xbox|psn|icq|jabber|xmpp|line|wechat|ig|omegle|vk|youtube|tumblr|"
    "pinterest|linkedin|mega|dropbox|onlyfans|paypal|cash ?app|venmo|fortnite|telegrama",
    "تيليجرام|تلغرام|تيليغرام|تلجرام|واتساب|سناب شات|سناب|سنابشات|انستغرام|إنستغرام|انستقرام|"
    "إنستجرام|فيسبوك|تويتر|تيك توك|ديسكورد|سكايب|ماسنجر",
)
# words that name many things: what follows must look like a handle by itself
_LOOSE = lazily(
    r"(?:users?|user|account|profile|channel|login|log-in|utilisateur|compte|profil|cuenta|"
    r"perfil|usuari[oa]|حسابه?ا?|الحساب|مستخدم|المستخدم|لقب|معرف|المعرف"
    r"|session|line|wire|signal|element|matrix|snap|mega|steam|vk|insta|imo|ig|messenger)(?!\w)",
    re.IGNORECASE,
)
_MIDDLE = (
    r"(?: (?:name|id|user|username|handle|account|nick|is|was|named|called|profile|on|pseudo"
    r"|it|this|the|used|shown|seen|given|listed|visible|dessus|utilisé|affiché|indiqué|noté"
    r"|usado|utilizado|visto|indicado|anotado|المستعمل|الظاهر|المسجل"
    r"|compte|utilisateur|usuario|cuenta|nommé|est|es|de|du|del|llamado|nombre"
    r"|هو|هي|باسم|على|في|باسم المستخدم|حساب|تطبيق)){0,3}"
)
_OPEN, _CLOSE = r"[\"'(\[]?", r""
_HANDLE = r"@?[\w](?:[\w.-]{0,38}\w)?(?:#\d{4})?(?!@)(?![\w])"
_COLON = lazily(
    rf"(?<!\w)[وفبلك]{{0,2}}(?:(?:{_SERVICES})(?: [^\W\d_]{{1,12}})?|{_LABELS})(?: (?:(?:de|d'|"
    rf"on|sur|en|على|في) ?)?(?:{_SERVICES}|{_LABELS}))?{_MIDDLE} ?[:=] ?{_OPEN}({_HANDLE})",
    re.IGNORECASE,
)
_SPACED = lazily(
    rf"(?<!\w)[وفبلك]{{0,2}}(?:{_LABELS}|{_SERVICES})(?: (?:(?:de|d'|on|sur|en|على|"
    rf"في) ?)?(?:{_SERVICES}|{_LABELS}))?{_MIDDLE} {_OPEN}({_HANDLE})",
    re.IGNORECASE,
)
_QUOTED = lazily(
    rf"(?<!\w)[وفبلك]{{0,2}}(?:{_LABELS}){_MIDDLE} ?[\"'(] ?({_HANDLE}) ?[\"')]", re.IGNORECASE
)
_AT = lazily(r"(?<![\w.@/+-])@[^\W\d_]?[\w](?:[\w.-]{1,38})(?<![.-])(?![\w@])")
_EVERYBODY = frozenset(
    ["all", "everyone", "here", "channel", "team", "desk", "tous", "equipe", "todos", "equipo"]
)
"""Whom a message is for, and no account."""
_PATHS = lazily(r"(?<![\w/.])/?(?:u|user|r|c)/[A-Za-z0-9_-]{3,32}(?![\w/])")
_TAGGED = lazily(r"(?<!\w)[^\W\d_][\w.]{1,31}#\d{4}(?!\w)")


def _find(passage: Passage, _context: Context) -> Iterator[Span]:
    for pattern in (_COLON, _QUOTED):
        for match in passage.matches(pattern):
            before = match[0][: match.start(1) - match.start()].lstrip("وفبلك")
            loose = pattern is _COLON and _LOOSE.match(before) and " " not in before.strip(' :="')
            if _is_handle(match[1], named=not loose):
                yield Span(*match.span(1), labelled=True)
    for match in passage.matches(_SPACED):
        if _is_handle(match[1], named=False):
            yield Span(*match.span(1), labelled=True)
    for pattern in (_AT, _PATHS, _TAGGED):
        for match in passage.matches(pattern):
            if any(c.isalpha() for c in match[0]) and fold(match[0].lstrip("@")) not in _EVERYBODY:
                yield Span(*match.span())


def _is_handle(token: str, *, named: bool) -> bool:
    """Whether a word after a label is a handle. Without a colon it must look like one."""
    bare = token.strip("@.\"'")
    if len(bare) < 3 or fold(bare) in NOTHING or bare.isdigit():
        return False
    mixed = (
        any(c in "_.#" for c in bare[:-1])
        or any(c.isdigit() for c in bare)
        or token.startswith("@")
    )
    if mixed:
        return any(c.isalpha() for c in bare) and not re.fullmatch(
            r"v?\d+(?:\.\d+)*|\d+(?:st|nd|rd|th)", bare
        )
    return named


KIND = Kind(
    name="username",
    title="a user name",
    catches=(
        "Handles with @, after a word such as username, alias, pseudo, apodo, اسم المستخدم or the "
        "name of a service, in quotation marks, with a Discord number, and Reddit's u/."
    ),
    cannot=(
        "A handle that is an ordinary word without @, colon or quotation marks, one of two words, "
        "and one that nothing names."
    ),
    rank=120,
    prefilter=(
        rf"@|{START}(?i:{_LABELS}|{_SERVICES})(?:[^A-Za-z]|$)"
        r"|(?:^|[ /(])[urc]/[A-Za-z0-9]|user/|#[0-9]{4}"
    ),
    patterns=(_COLON, _QUOTED, _SPACED, _AT, _PATHS, _TAGGED),
    find=_find,
    digits=False,
)
