"""How the invented country is made: one module a subject, one seed for all."""
