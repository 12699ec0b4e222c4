"""HTML of mail cleaned to an allow-list: nothing in it hides, moves, runs or phones home."""

import html
import re

import nh3

from alongside.lib.mail.markup import MAX_HTML, is_monstrous

MAX_INLINE_IMAGE = 400_000

TAGS = set(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main "
    "mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align", "valign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor", "summary"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor", "nowrap"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor", "nowrap", "scope"},
    "tr": {"bgcolor"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "time": {"datetime"},
    "blockquote": {"type"},
}
REMOVED_WITH_CONTENT = set(
    "applet audio button canvas embed head iframe math noembed noframes noscript object plaintext script "
    "select style svg template textarea title video xmp".split()
)
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}

PROPERTIES = {
    "color", "background-color", "font-weight", "font-style", "font-family", "font-size", "text-align",
    "text-decoration", "text-transform", "vertical-align", "white-space", "direction", "list-style-type",
    "padding", "padding-left", "padding-right", "padding-top", "padding-bottom",
    "margin", "margin-left", "margin-right", "margin-top", "margin-bottom",
    "border", "border-left", "border-right", "border-top", "border-bottom", "border-collapse", "border-color",
    "border-style", "border-width", "border-radius", "width", "max-width",
}  # fmt: skip
VALUE = re.compile(r"^[\w\s#%.,'\"+!-]{1,200}$|^rgba?\([\d\s.,%]{1,40}\)$")
NEGATIVE = re.compile(r"(?:^|\s)-\s*[\d.]")
SIZE = re.compile(r"^([\d.]+)\s*(px|pt|em|rem|%)$")
SMALLEST = {"px": 8, "pt": 6, "em": 0.6, "rem": 0.6, "%": 60}
LARGEST = {"px": 72, "pt": 54, "em": 5, "rem": 5, "%": 500}
BOX = {"width", "max-width"}
TINY = re.compile(r"^0*\.?0*[0-9]?(?:px|pt|em|rem|%)?$")
PICTURE = re.compile(r"^data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$", re.I)

CLEAN_IMAGE = re.compile(r'<[a-z][a-z0-9]*(?: [^\s=>"]+="[^"]*")*>')
ATTRIBUTE = re.compile(r' ([^\s=>"]+)="([^"]*)"')


def clean(source: str, attachments: dict[str, int]) -> str | None:
    """`source` as harmless HTML, or None where it is too large or too deep to be cleaned in time.

    `attachments` maps Content-IDs to positions in the mail's attachments. In the result a picture of the mail is
    `<img data-attachment="3">`, one from elsewhere `<img data-remote="https://…">`: neither loads by itself.
    """
    if len(source) > MAX_HTML or is_monstrous(source):
        return None
    cleaned = nh3.clean(
        source.replace("\x00", "\ufffd"),
        tags=TAGS,
        clean_content_tags=REMOVED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return CLEAN_IMAGE.sub(lambda found: _picture(found, attachments), cleaned)


def _attribute(element: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return style(value) or None
    if attribute == "src":
        low = value.lstrip().lower()
        if low.startswith(("cid:", "http:", "https:")):
            return value
        return value if len(value) <= MAX_INLINE_IMAGE and PICTURE.match(value) else None
    if attribute == "href":
        low = value.lstrip().lower()
        return None if low.startswith(("cid:", "data:")) or ":" not in low else value
    if attribute in ("width", "height") and element == "img" and value.strip() in ("0", "1", "0px", "1px"):
        return value
    return value[:500]


def style(value: str) -> str:
    """The harmless declarations of a style attribute: no address, nothing that hides, shrinks, covers or moves."""
    kept = []
    for declaration in value[:4000].split(";"):
        name, _, setting = declaration.partition(":")
        name, setting = name.strip().lower(), setting.strip()
        if name in PROPERTIES and VALUE.match(setting) and not NEGATIVE.search(setting) and _readable(name, setting):
            kept.append(f"{name}: {setting}")
    return "; ".join(kept)


def _readable(name: str, setting: str) -> bool:
    setting = setting.lower().replace("!important", "").strip()
    if name == "font-size" and (size := SIZE.match(setting)):
        try:
            return SMALLEST[size[2]] <= float(size[1]) <= LARGEST[size[2]]
        except ValueError:
            return False
    if name == "font-size":
        return setting.isalpha() or setting.replace("-", "").isalpha()
    if name in BOX:
        return not TINY.match(setting)
    return "transparent" not in setting or name != "color"


def _picture(found: re.Match, attachments: dict[str, int]) -> str:
    tag = found[0]
    if not tag.startswith("<img"):
        return tag
    attributes = []
    for name, value in ATTRIBUTE.findall(tag):
        if name != "src":
            attributes.append(f' {name}="{value}"')
            continue
        plain = html.unescape(value).strip()
        if plain[:4].lower() == "cid:":
            place = attachments.get(plain[4:].strip().strip("<>").lower())
            if place is not None:
                attributes.append(f' data-attachment="{place}"')
        elif plain[:5].lower() == "data:":
            attributes.append(f' src="{value}"')
        else:
            attributes.append(f' data-remote="{value}"')
    return f"<img{''.join(attributes)}>"


def cids(source: str) -> set[str]:
    """The Content-IDs that an HTML text shows as pictures, in lower case."""
    return {
        html.unescape(name).strip().lower() for name in re.findall(r"cid:([^\"'\s>)]{1,300})", source[:MAX_HTML], re.I)
    }
