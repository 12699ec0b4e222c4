"""The Jinja environment of every page: globals and filters the templates may use."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import translation
from jinja2 import Environment, pass_context

from alongside.lib.addresses import path_to
from alongside.lib.picture_marks import in_words
from alongside.look import rail, settings_pages, text, times, words
from alongside.look.fields import field
from alongside.look.icons import icon, mark

THEMES = {"light", "dark"}
DENSITIES = {"close", "roomy"}


def environment(**options) -> Environment:
    """Return the environment Django's Jinja2 backend uses: autoescape, gettext, our words.

    Name it in settings as `TEMPLATES[…]["OPTIONS"]["environment"] = "alongside.look.environment.environment"`.
    """
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    extensions = {"jinja2.ext.i18n", "jinja2.ext.do", *options.pop("extensions", [])}
    env = Environment(extensions=sorted(extensions), **options)
    env.install_gettext_callables(
        words.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        _=words.marked,
        static=static,
        url=url,
        url_if=url_if,
        icon=icon,
        field=field,
        mark=mark,
        lang=lang,
        direction=direction,
        theme=theme,
        density=density,
        rail_doors=rail.doors,
        rail_menu=rail.menu,
        rail_notices=rail.notices,
        rail_following=rail.following,
        settings_sections=settings_pages.sections,
        nonce=nonce,
        form_limit=settings.FORM_LIMIT,
    )
    env.filters.update(
        when=times.when,
        at=times.at,
        full_when=times.full_when,
        seconds_left=times.seconds_left,
        when_words=times.short_words,
        at_words=times.exact_words,
        period=times.period,
        paragraphs=text.paragraphs,
        in_words=in_words,
        linked=text.linked,
        filesize=text.filesize,
    )
    return env


def url(name: str, *args, **kwargs) -> str:
    """Return the path of the view `name`; a missing one is an error of the template."""
    return path_to(name, *args, **kwargs)


def url_if(name: str, *args, **kwargs) -> str | None:
    """Return the path of the view `name`, or None where the room is not there."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return None


def lang() -> str:
    """Return the language of the page, for `<html lang>`."""
    return translation.get_language() or "en"


def direction() -> str:
    """Return "ltr" or "rtl", for `<html dir>`."""
    return "rtl" if translation.get_language_bidi() else "ltr"


@pass_context
def theme(context) -> str:
    """Return the reader's own choice, "light" or "dark"; empty when the device decides."""
    return _chosen(context, "theme", THEMES)


@pass_context
def density(context) -> str:
    """Return the reader's own choice, "close" or "roomy"; empty for the usual."""
    return _chosen(context, "density", DENSITIES)


@pass_context
def nonce(context) -> str:
    """Return the nonce of this answer's content security policy; empty where there is none."""
    return str(getattr(context.get("request"), "csp_nonce", ""))  # false until it is read once


def _chosen(context, name: str, allowed: set[str]) -> str:
    cookies = getattr(context.get("request"), "COOKIES", {})
    value = cookies.get(name, "")
    return value if value in allowed else ""
