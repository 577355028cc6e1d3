"""A codebook in Markdown: every table, field, rule and code, to be read and searched."""

from __future__ import annotations

import re

from validator.model.standard import Standard
from validator.registry import Artefact, Target
from validator.targets._codebook_page import losses, page


def _escaped(words: object) -> str:
    """Words as plain text of a table's cell: none of their signs is Markdown's."""
    plain = " ".join(str(words).split())
    for sign in "\\`*_{}[]<>#|":
        plain = plain.replace(sign, "\\" + sign)
    return plain


def _compile(standard: Standard) -> Artefact:
    text = page(standard, "_codebook.md.jinja", escape=False, filters={"md": _escaped})
    # the template's own line ends leave more blank lines than Markdown needs
    text = re.sub(r"\n\n(?=- )(?<=[^\n]\n\n)", "\n", re.sub(r"[ ]+\n", "\n", text))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return Artefact({f"{standard.id}.md": (text.rstrip() + "\n").encode()}, losses(standard))


TARGET = Target(
    name="codebook-md",
    title="Codebook (Markdown)",
    describes=(
        "One page with every table, field, rule in words, code with its labels and terms, source "
        "and example."
    ),
    compile=_compile,
)
