"""Icons, mark, theme and form fields for the few pages written in Django's template language."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markupsafe import escape

from alongside.look import icons
from alongside.look.fields import field

register = template.Library()


@register.simple_tag
def look_icon(name: str, size: str | None = None, label: str | None = None) -> SafeString:
    """Return an icon as inline SVG."""
    return mark_safe(icons.icon(name, size, label))


@register.simple_tag
def look_mark() -> SafeString:
    """Return the mark of the house, named."""
    return mark_safe(icons.mark("Alongside"))


@register.simple_tag
def look_field(bound, **options) -> SafeString:
    """Return a form field with label, hint and what is wrong, as the Jinja global `field` does."""
    return mark_safe(field(bound, **options))


@register.simple_tag
def look_fields(form) -> SafeString:
    """Return every field of a form, hidden ones first, then what is wrong with the whole."""
    hidden = "".join(str(bound) for bound in form.hidden_fields())
    wrong = "".join(
        f'<p class="wrong" role="alert">{icons.icon("warning", "s")}<span>{escape(words)}</span></p>'
        for words in form.non_field_errors()
    )
    return mark_safe(hidden + wrong + "".join(str(field(bound)) for bound in form.visible_fields()))


@register.simple_tag(takes_context=True)
def look_theme(context) -> SafeString:
    """Return the attribute that holds the reader's chosen theme, or nothing."""
    chosen = getattr(context.get("request"), "COOKIES", {}).get("theme", "")
    return mark_safe(f' data-theme="{chosen}"') if chosen in {"light", "dark"} else mark_safe("")


@register.simple_tag
def look_optional() -> str:
    """Return the word that stands beside a field which may stay empty."""
    return _("if you like")
