# Maximum likelihood by hhh4() of the R package surveillance; called by likelihood.py.
# Rscript likelihood.R FOLDER MODEL REPEATS: reads counts.csv and adjacency.csv there, writes one line of JSON.
suppressPackageStartupMessages(library(surveillance))
asked <- commandArgs(trailingOnly = TRUE)
table <- function(name) {
  size <- scan(file.path(asked[1], paste0(name, ".size")), quiet = TRUE)
  cells <- readBin(file.path(asked[1], paste0(name, ".bin")), "integer", prod(size), size = 4)
  matrix(cells, size[1], size[2], dimnames = list(NULL, sprintf("u%05d", seq_len(size[2]))))
}
counts <- table("counts")
pairs <- table("pairs")
near <- matrix(0, ncol(counts), ncol(counts), dimnames = list(colnames(counts), colnames(counts)))
near[pairs] <- 1
if (grepl("powerlaw|pl0", asked[2])) near <- nbOrder(near, maxlag = Inf)
panel <- sts(counts, start = c(2000, 1), frequency = 52, neighbourhood = near)

parts <- strsplit(asked[2], "_")[[1]]
season <- ~ 1 + I(t/100) + sin(2*pi*t/52) + cos(2*pi*t/52)
both <- ~ -1 + fe(1, unitSpecific = TRUE) + I(t/100) + sin(2*pi*t/52) + cos(2*pi*t/52)
end <- list(st = season, fe = ~ -1 + fe(1, unitSpecific = TRUE), fest = both)[[parts[1]]]
normed <- !("raw" %in% parts)
far <- max(near)
weights <- if ("powerlaw" %in% parts) W_powerlaw(far, normalize = normed) else
  if ("pl0" %in% parts) W_powerlaw(far, normalize = normed, from0 = TRUE) else near == 1
ne <- list(f = ~ 1, weights = weights)
if (is.matrix(weights)) ne$normalize <- normed
control <- list(ar = list(f = if ("ar" %in% parts) ~ 1 else ~ -1), ne = ne, end = list(f = end),
                family = if ("negbinM" %in% parts) "NegBinM" else if ("poisson" %in% parts) "Poisson" else "NegBin1")
seconds <- c()
for (go in seq_len(as.integer(asked[3]))) {
  seconds <- c(seconds, system.time(fit <- hhh4(panel, control))[["elapsed"]])
}
peak <- sum(gc()[, 6]) / 1024
cat(sprintf('{"seconds": %.6f, "log_likelihood": %.9f, "converged": %s, "peak": %.3f}\n', median(seconds),
            fit$loglikelihood, tolower(as.character(fit$convergence)), peak))
