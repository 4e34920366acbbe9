"""State and commands of the screens; QtCore only, testable without a window."""
