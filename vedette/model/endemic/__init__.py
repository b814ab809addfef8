"""Endemic-epidemic count models: an endemic mean, self-excitation and spill-over from neighbours.

    mu[t,i] = exp(a[t,i]) sum_d u[d] Y[t-d,i]  +  exp(b[t,i]) sum_j w[j,i] sum_d u[d] Y[t-d,j]  +  exp(c[t,i])

Held, Hoehle and Hofmann (2005), Paul and Held (2011), Meyer and Held (2014, power laws), Bracher and Held
(2022, distributed lags); with one lag the model `hhh4` of the R package *surveillance*.

`formula` and `structure` say what a model consists of, `design` turns a history into its arrays, `weights`
and `lags` say how the past of other places and other periods counts, `likelihood` is the one description
of the model, `optimum` finds its maximum, `fit` reports it. None of them is imported here: they need JAX.
"""
