"""Tracking: signs that somebody measures, and which scenario and branch the months since speak for."""
