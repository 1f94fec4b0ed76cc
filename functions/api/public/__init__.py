"""The API for complainants and for websites that embed the form."""
