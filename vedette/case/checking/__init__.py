"""Reading the files of a case, and finding every mistake in them."""
