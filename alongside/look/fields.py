"""Form fields as the look draws them: label, control, hint, and what is wrong, tied together for a reader's ear."""

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from markupsafe import Markup, escape

from alongside.look.icons import icon


def field(bound: BoundField, label: str | None = None, hint: str | None = None, big: bool = False, **attrs) -> Markup:
    """Return one form field.

    `label` and `hint` override the form's own words, `big` draws a large control, and `attrs` go onto the
    control (underscores become hyphens: `data_action="…"`). A check box stands before its label; a choice of
    radio buttons is drawn as taps.
    """
    hint = hint if hint is not None else (bound.help_text or "")
    ids = _ids(bound, hint)
    control = _control(bound, big, ids, attrs)
    words = escape(label if label is not None else bound.label)
    tail = _hint(bound, hint) + _wrong(bound)
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        ticked = f'<label class="ticked">{control}<span>{words}</span></label>'
        return Markup(f'<div class="field tick-field">{ticked}{tail}</div>')
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        described = f' aria-describedby="{" ".join(ids)}"' if ids else ""
        return Markup(f'<fieldset class="field"{described}><legend>{words}</legend>{_choices(bound)}{tail}</fieldset>')
    return Markup(f'<div class="field"><label for="{escape(bound.id_for_label)}">{words}</label>{control}{tail}</div>')


def _ids(bound: BoundField, hint: str) -> list[str]:
    ids = [f"{bound.auto_id}_hint"] if hint else []
    return ids + ([f"{bound.auto_id}_wrong"] if bound.errors else [])


def _control(bound: BoundField, big: bool, ids: list[str], attrs: dict) -> str:
    widget = bound.field.widget
    own = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    own["class"] = " ".join(filter(None, [_class(widget, big), widget.attrs.get("class"), own.get("class")]))
    own["aria-describedby"] = " ".join(ids) or False
    if bound.errors:
        own["aria-invalid"] = "true"
    return str(bound.as_widget(attrs=own))


def _class(widget, big: bool) -> str:
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, FileInput):
        return "input file-input"
    kind = "input select" if isinstance(widget, Select) else "input area" if isinstance(widget, Textarea) else "input"
    return f"{kind} big" if big else kind


def _choices(bound: BoundField) -> str:
    labels = "".join(
        f"<label>{choice.tag()}{escape(choice.choice_label)}</label>" for choice in bound.subwidgets
    )
    return f'<div class="taps">{labels}</div>'


def _hint(bound: BoundField, hint: str) -> str:
    return f'<p class="hint" id="{escape(bound.auto_id)}_hint">{escape(hint)}</p>' if hint else ""


def _wrong(bound: BoundField) -> str:
    if not bound.errors:
        return ""
    words = escape(" ".join(str(error) for error in bound.errors))
    return f'<p class="wrong" id="{escape(bound.auto_id)}_wrong">{icon("warning", "s")}<span>{words}</span></p>'
