"""Running a mechanism: plan, steps, draws of all scenarios together."""
