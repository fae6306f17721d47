"""What can be done with forms and with what arrives on them."""
