"""The brief as documents: PDF set by Typst, and Word, from the same blocks as the page."""
