"""What jobs can do: one module for each verb that takes long."""
