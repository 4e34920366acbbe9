"""Widgets: layout and wiring; each renders the state of its view-model."""
