"""Drawings that the pages make themselves, as SVG: the ties of a day, and ranges of time.

A drawing stands in its page, where ``workbench.css`` and the style of the page give it the colours of light
and dark, and at an address of its own as SVG and PNG, where its attributes give it those of the light.
"""
