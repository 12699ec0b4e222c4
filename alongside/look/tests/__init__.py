"""The look's promises."""
