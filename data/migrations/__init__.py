"""Steps that bring an older store up to date."""
