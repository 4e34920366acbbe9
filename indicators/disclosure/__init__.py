"""Disclosure control: which counts must be hidden so that no small one can be worked out."""
