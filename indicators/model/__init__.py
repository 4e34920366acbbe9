"""The vocabulary: frozen dataclasses and enums, no behaviour beyond validation."""
