"""The look: base templates, design tokens, components, icons, and the words for times and sizes."""
