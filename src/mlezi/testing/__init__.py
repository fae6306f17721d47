"""The cast, makers and protocol doubles that tests use. Nothing in the product imports this."""
