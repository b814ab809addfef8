"""The pages of the workbench, one module for each place of the menu."""
