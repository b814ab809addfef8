"""Search over the levers and rules of one decision-maker for robust choices."""
