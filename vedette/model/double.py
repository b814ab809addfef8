"""JAX counts in double precision. Imported before JAX is used, by every module that uses it."""

import jax

jax.config.update("jax_enable_x64", True)
