"""Results become pictures, tables and sentences as data: pure functions, no Qt."""
