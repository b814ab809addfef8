"""A brief told in another language: catalogs of messages, and the two pages by them."""
