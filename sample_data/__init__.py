"""The invented country Valdoria, published facts, and the generator that made them."""
