"""The look's parts for Django's own template language."""
