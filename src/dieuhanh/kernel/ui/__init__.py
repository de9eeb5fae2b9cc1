"""The look: shell, components, icons. It knows nothing of registers, views or models."""
